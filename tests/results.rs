//! A result read back: what was written is what is read, to the byte; and what a scheduler is
//! told of a result that was damaged, edited or made of another dataset.

mod small_year;
mod support;

use std::collections::BTreeMap;

use muster::allocate::Options;
use muster::demo::Spec;
use muster::diagnostics::{Diagnostics, render};
use muster::domain::Dataset;
use muster::eligibility::{Eligibility, Waiver};
use muster::model::objectives::Tier;
use muster::report::{self, Run};
use muster::result::{self, Loaded};
use muster::solve::Stop;
use small_year::small_year;
use support::checked::allocated;
use support::generated::{files, year};

/// A result's files by name.
type Files = BTreeMap<String, Vec<u8>>;

fn result_of(dataset: &Dataset, options: &Options) -> Files {
    let never = Stop::never();
    let allocation = allocated(dataset, options, &never);
    files(dataset, &allocation, options, &never)
        .into_iter()
        .collect()
}

/// The small year, some places fewer on a site and a second OI for its teams, and its result.
fn small() -> (Dataset, Files) {
    let mut year = small_year();
    replace(
        &mut year,
        "establishments.csv",
        "birch,HMP Birchwood,England,North,training,adult,,,",
        "birch,HMP Birchwood,England,North,training,adult,,6,",
    );
    let loaded = muster::check::read_from(&year);
    let dataset = loaded.dataset.expect("a sound year");
    let result = result_of(&dataset, &Options::default());
    (dataset, result)
}

/// `from`, which must be in `file`, replaced by `to`.
fn replace(files: &mut Files, file: &str, from: &str, to: &str) {
    let bytes = files.get_mut(file).expect("a file of that name");
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    assert!(text.contains(from), "{from:?} is not in {file}:\n{text}");
    *bytes = text.replacen(from, to, 1).into_bytes();
}

fn read(dataset: &Dataset, files: &Files) -> Loaded {
    result::read_from(files, &Eligibility::new(dataset, Waiver::default()))
}

fn ids(diagnostics: &Diagnostics) -> Vec<&'static str> {
    diagnostics.iter().map(|one| one.code.id).collect()
}

#[test]
fn dump() {
    let (_, files) = small();
    for (n, b) in &files {
        println!("== {n}\n{}", String::from_utf8_lossy(b));
    }
}

/// Reads what was written, writes it again, and compares every byte.
fn comes_back(dataset: &Dataset, options: &Options) {
    let written = result_of(dataset, options);
    let eligibility = Eligibility::new(dataset, Waiver::default());
    let loaded = result::read_from(&written, &eligibility);
    let said = render::text(&loaded.diagnostics, false);
    assert_eq!(said, "no errors, no warnings\n");
    let past = loaded.run.expect("a run");
    let again = report::files(&Run {
        eligibility: &eligibility,
        allocation: &past.allocation,
        shortfalls: &past.shortfalls,
        options: &past.options,
    });
    for (name, bytes) in again {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(
            bytes == written[&name],
            "{name} comes back as {}",
            text(&bytes)
        );
    }
}

#[test]
fn what_was_written_is_what_is_read() {
    let (dataset, _) = small();
    comes_back(&dataset, &Options::default());
    let after_t3 = Options {
        stop_after: Some(Tier::T3),
        seed: 3,
        ..Options::default()
    };
    for seed in 1..=5 {
        comes_back(&year(&Spec::sized(seed, 8, 5, 8)), &after_t3);
    }
}
