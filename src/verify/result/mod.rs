//! A result's folder, read strictly: what is missing, unreadable, unmarked or out of order is a
//! finding, never a panic.

mod table;
mod text;

use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::finding::Finding;
use crate::domain::Dataset;

pub use table::{Columns, Record, Table};
pub use text::{as_pounds, as_written};

/// Why nothing of a result could be checked.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The folder can't be listed.
    #[error("the result's folder {} can't be read: {source}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is a case of a what-if that came to nothing.
    #[error("{} is a case without a plan, so there is nothing to check: {PROBLEM} says why", folder.display())]
    NoPlan {
        /// The folder.
        folder: PathBuf,
    },
    /// It holds none of a result's files.
    #[error("{} holds no result: none of {} is there", folder.display(), FILES.join(", "))]
    NoResult {
        /// The folder.
        folder: PathBuf,
    },
}

/// The files of every result.
const FILES: [&str; 6] = [
    "allocations.csv",
    "shortfalls.csv",
    "workload.csv",
    "days.csv",
    "out-of-scope.csv",
    "summary.json",
];

/// Files of a re-planning.
const OF_A_REPLANNING: [&str; 2] = ["published.csv", "changes.csv"];

/// What a case of a what-if without a plan has in its folder.
const PROBLEM: &str = "problem.json";

/// The file of named reserves.
const RESERVES: &str = "reserves.csv";

/// What a result's folder holds; a file that could not be read is not there, and has a finding.
pub struct ResultFiles {
    pub allocations: Option<Table>,
    pub shortfalls: Option<Table>,
    pub workload: Option<Table>,
    pub days: Option<Table>,
    pub out_of_scope: Option<Table>,
    pub changes: Option<Table>,
    pub reserves: Option<Table>,
    /// The plan that this one replaces, byte for byte.
    pub published: Option<Vec<u8>>,
    pub summary: Option<Value>,
    /// What is wrong with the files themselves.
    pub findings: Vec<Finding>,
}

impl ResultFiles {
    /// Reads `folder`, a result of `dataset`.
    ///
    /// # Errors
    /// If the folder can't be listed or holds none of the files.
    pub fn read(folder: &Path, dataset: &Dataset) -> Result<Self, VerifyError> {
        let marking = &dataset.policy.marking;
        let replanned = dataset.published.is_some();
        let named = dataset.policy.reserve.name_reserves;
        std::fs::read_dir(folder).map_err(|source| VerifyError::Folder {
            folder: folder.to_owned(),
            source,
        })?;
        if !FILES.iter().any(|file| folder.join(file).exists()) {
            if folder.join(PROBLEM).exists() {
                let folder = folder.to_owned();
                return Err(VerifyError::NoPlan { folder });
            }
            return Err(VerifyError::NoResult {
                folder: folder.to_owned(),
            });
        }
        let not_expected = OF_A_REPLANNING.iter().filter(|_| !replanned);
        let mut findings: Vec<Finding> = not_expected
            .chain((!named).then_some(&RESERVES))
            .filter(|file| folder.join(file).exists())
            .map(|file| Finding::new(*file, "this run writes no such file"))
            .collect();
        let mut table = |columns: &Columns| {
            let text = read_text(folder, columns.file, &mut findings)?;
            Table::parse(&text, columns, marking, &mut findings)
        };
        let allocations = table(&table::ALLOCATIONS);
        let shortfalls = table(&table::SHORTFALLS);
        let workload = table(&table::WORKLOAD);
        let days = table(&table::DAYS);
        let out_of_scope = table(&table::OUT_OF_SCOPE);
        let changes = replanned.then(|| table(&table::CHANGES)).flatten();
        let reserves = named.then(|| table(&table::RESERVES)).flatten();
        let published = std::fs::read(folder.join("published.csv")).ok();
        let summary = read_text(folder, "summary.json", &mut findings).and_then(|text| {
            serde_json::from_str(&text)
                .map_err(|error| {
                    let fault = Finding::new("summary.json", format!("it is no JSON: {error}"));
                    findings.push(fault.at("summary.json", error.line() as u64));
                })
                .ok()
        });
        Ok(Self {
            allocations,
            shortfalls,
            workload,
            days,
            out_of_scope,
            changes,
            reserves,
            published,
            summary,
            findings,
        })
    }
}

fn read_text(folder: &Path, file: &str, findings: &mut Vec<Finding>) -> Option<String> {
    let bytes = match std::fs::read(folder.join(file)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            findings.push(Finding::new(file, "the file is missing"));
            return None;
        }
        Err(error) => {
            findings.push(Finding::new(file, format!("it can't be read: {error}")));
            return None;
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(_) => {
            findings.push(Finding::new(file, "it is not UTF-8 text"));
            None
        }
    }
}
