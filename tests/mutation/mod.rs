//! Valid datasets, damaged as life and chance damage them: bytes, cells, rows, columns, dates,
//! numbers and policy keys; and what must hold of whatever comes out. The tests and the fuzzing
//! target in `fuzz/` share it.

mod bytes;
mod choose;
mod policy;
mod tables;

use std::collections::BTreeMap;
use std::time::Duration;

pub use choose::Choose;
use muster::allocate::{AllocateError, Options, Unobserved, allocate};
use muster::check::read_from;
use muster::diagnostics::render;
use muster::domain::Dataset;
use muster::eligibility::Eligibility;
use muster::explain::shortfalls;
use muster::model::objectives::Tier;
use muster::report::{Run, files};
use muster::solve::Stop;
use muster::verify::verify;

/// Files by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// `dataset` with one to four changes.
pub fn mutated(dataset: &Files, choose: &mut impl Choose) -> Files {
    let mut files = dataset.clone();
    for _ in 0..=choose.below(4) {
        let at = choose.below(files.len());
        let Some((name, contents)) = files.iter_mut().nth(at) else {
            continue;
        };
        let raw = choose.below(6) == 0;
        if !raw && name.ends_with(".csv") {
            tables::change(contents, choose);
        } else if !raw && name.ends_with(".toml") {
            policy::change(contents, choose);
        } else if raw {
            bytes::change(contents, choose);
        }
    }
    files
}

/// Reads `files` as `muster check` does, and draws what there is to say; the dataset where it
/// got past parsing.
pub fn examine(files: &Files) -> Option<Dataset> {
    let loaded = read_from(files);
    assert_eq!(loaded.dataset.is_none(), loaded.diagnostics.has_errors());
    let drawn = render::text(&loaded.diagnostics, false);
    assert!(!drawn.contains('\u{1b}'), "a command to the terminal");
    assert!(render::json(&loaded.diagnostics).is_object());
    loaded.dataset
}

/// Allocates `dataset` as far as attendance, in a moment, and has the checker accept the
/// whole result. Whether there was one: pins may be too many.
pub fn plan(dataset: &Dataset) -> bool {
    let eligibility = Eligibility::new(dataset);
    let options = Options {
        stop_after: Some(Tier::T1),
        max_nodes: Some(10),
        ..Options::default()
    };
    let stop = Stop::after(Duration::from_secs(3));
    let allocation = match allocate(&eligibility, &options, &stop, &mut Unobserved) {
        Ok(allocation) => allocation,
        Err(AllocateError::NoPlan | AllocateError::Stopped) => return false,
        Err(AllocateError::Solver(error)) => panic!("{error}"),
    };
    // What is not solved again has resourcing as its cause.
    let causes = Stop::never();
    causes.set();
    let shortfalls = shortfalls(&eligibility, &allocation.selection, 0, &causes)
        .unwrap_or_else(|error| panic!("{error}"));
    let run = Run {
        eligibility: &eligibility,
        allocation: &allocation,
        shortfalls: &shortfalls,
        options: &options,
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, contents) in files(&run) {
        std::fs::write(folder.path().join(name), contents).expect("a file in it");
    }
    let findings = verify(dataset, folder.path()).expect("a result to check");
    assert!(findings.is_empty(), "{findings:#?}");
    true
}
