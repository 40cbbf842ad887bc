//! The program run as its users run it, on small years made for the purpose.
#![allow(dead_code)] // each test program uses its own share of it

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use muster::demo::{Spec, generate};
use tempfile::TempDir;

/// Every file of an annual run's result.
pub const RESULT_FILES: [&str; 6] = [
    "allocations.csv",
    "days.csv",
    "out-of-scope.csv",
    "shortfalls.csv",
    "summary.json",
    "workload.csv",
];

/// The program, ready for its arguments.
pub fn muster() -> Command {
    Command::new(program())
}

/// What the program prints in `folder` for `arguments`, when it ends with `code`: the standard output,
/// then the standard error.
pub fn said(folder: &Path, code: i32, arguments: &[&str]) -> (String, String) {
    let mut command = muster();
    let command = command.current_dir(folder).args(arguments);
    let output = command.assert().code(code).get_output().clone();
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr))
}

/// Where the program is.
pub fn program() -> &'static str {
    env!("CARGO_BIN_EXE_muster")
}

/// A folder of its own with a small dataset in `dataset`, that goes when it is dropped.
pub struct Place {
    folder: TempDir,
}

impl Place {
    /// A year of 8 inspections and 13 people that `seed` draws.
    pub fn small(seed: u64) -> Self {
        Self::of(&Spec::sized(seed, 8, 5, 8))
    }

    /// The year that `spec` asks for.
    pub fn of(spec: &Spec) -> Self {
        let files = generate(spec);
        let bytes = files
            .into_iter()
            .map(|(name, text)| (name, text.into_bytes()));
        Self::holding(&bytes.collect())
    }

    /// A dataset of `files`.
    pub fn holding(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let dataset = folder.path().join("dataset");
        fs::create_dir(&dataset).expect("a folder in it");
        for (name, bytes) in files {
            fs::write(dataset.join(name), bytes).expect("a file in it");
        }
        Self { folder }
    }

    /// The folder as a whole.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The dataset's folder.
    pub fn dataset(&self) -> PathBuf {
        self.path().join("dataset")
    }

    /// Where results go.
    pub fn result(&self) -> PathBuf {
        self.path().join("result")
    }

    /// `muster allocate` of the dataset, in the place's folder so that what is printed names
    /// no temporary folder.
    pub fn allocate(&self) -> Command {
        let mut command = muster();
        command
            .current_dir(self.path())
            .args(["allocate", "dataset", "--out", "result"]);
        command
    }

    /// `muster verify` of the dataset and its result.
    pub fn verify(&self) -> Command {
        let mut command = muster();
        command
            .current_dir(self.path())
            .args(["verify", "dataset", "result"]);
        command
    }
}

/// The files of a folder with their bytes.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder to read");
    entries
        .map(|entry| {
            let entry = entry.expect("an entry to read");
            let name = entry.file_name().into_string().expect("a name in UTF-8");
            (name, fs::read(entry.path()).expect("a file to read"))
        })
        .collect()
}

/// The rows of a CSV file, each by the names of its columns.
pub fn rows(file: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(file).expect("a file to read");
    let rows = reader.deserialize().collect::<Result<_, _>>();
    rows.expect("rows of the header's width")
}

/// The names in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder to read");
    let mut names: Vec<_> = entries
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The files of a result as they are the same at every run: without the seconds.
pub fn without_seconds(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = contents(folder);
    let bytes = files.get_mut("summary.json").expect("a summary");
    let mut summary: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
    for tier in summary["tiers"].as_array_mut().expect("tiers") {
        let tier = tier.as_object_mut().expect("a tier");
        tier.remove("seconds").expect("seconds");
    }
    *bytes = serde_json::to_vec_pretty(&summary).expect("JSON again");
    files
}
