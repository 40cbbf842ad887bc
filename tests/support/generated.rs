//! Years that the demo's generator makes, of any size, and whole results of theirs on the disk.

use std::collections::BTreeMap;
use std::path::PathBuf;

use muster::allocate::{Allocation, Options};
use muster::demo::{Spec, generate};
use muster::domain::Dataset;
use muster::eligibility::Eligibility;
use muster::explain::shortfalls;
use muster::report::{self, Run, folder};
use muster::solve::Stop;
use tempfile::TempDir;

/// The year of `spec`, read and checked as a scheduler's folder would be.
pub fn year(spec: &Spec) -> Dataset {
    let files: BTreeMap<String, Vec<u8>> = generate(spec)
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()))
        .collect();
    let loaded = muster::check::read_from(&files);
    loaded
        .dataset
        .unwrap_or_else(|| panic!("{spec:?} has errors: {:#?}", loaded.diagnostics))
}

/// The files of the result of `allocation`, by name, causes of its gaps included.
pub fn files(
    dataset: &Dataset,
    allocation: &Allocation,
    options: &Options,
    stop: &Stop,
) -> Vec<(String, Vec<u8>)> {
    let eligibility = Eligibility::new(dataset);
    let shortfalls = shortfalls(&eligibility, &allocation.selection, options.seed, stop)
        .expect("the causes are found");
    report::files(&Run {
        eligibility: &eligibility,
        allocation,
        shortfalls: &shortfalls,
        options,
    })
}

/// `files` as a result's folder, in a place that goes with what is returned.
pub fn written(files: &[(String, Vec<u8>)]) -> (TempDir, PathBuf) {
    let place = tempfile::tempdir().expect("a temporary folder");
    let result = place.path().join("result");
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    folder::write(&result, files, &names, false).expect("the result is written");
    (place, result)
}
