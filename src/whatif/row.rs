//! What the table says of a case, read from its folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::manifest::Listed;
use super::place::PROBLEM;

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It has a plan; what is proven of each tier is told by its bound.
    Planned,
    /// Its changes can't be made, or make no sound dataset.
    Invalid,
    /// No plan keeps its pins.
    NoPlan,
}

impl Status {
    /// As the table has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Invalid => "invalid",
            Self::NoPlan => "no plan",
        }
    }
}

/// Why a case has no plan.
#[derive(Deserialize, Serialize)]
struct Problem {
    status: Status,
    message: String,
}

/// The file that says why a case has no plan.
pub(super) fn problem(status: Status, message: &str) -> (String, Vec<u8>) {
    let message = message.to_owned();
    let mut bytes = serde_json::to_vec_pretty(&Problem { status, message })
        .expect("nothing that JSON can't hold");
    bytes.push(b'\n');
    (PROBLEM.to_owned(), bytes)
}

/// The files of a case that has no plan, whose changes are `file`.
pub fn without_plan(status: Status, message: &str, file: &str) -> Vec<(String, Vec<u8>)> {
    let changes = (super::SCENARIO.to_owned(), file.as_bytes().to_vec());
    vec![problem(status, message), changes]
}

/// A tier of a case: its value, and its bound where it was asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tier {
    /// The plan's value.
    pub value: f64,
    /// What no plan that keeps the earlier tiers is below.
    pub bound: Option<f64>,
    /// Whether that is proven to be the best.
    pub proven: bool,
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The case's name; `base` for the base plan.
    pub case: String,
    /// Its scenario's name.
    pub scenario: String,
    /// Its scenario's title.
    pub title: String,
    /// The swept values, by name.
    pub values: Vec<(String, String)>,
    /// How it ended.
    pub status: Status,
    /// Its tiers by name.
    pub tiers: BTreeMap<String, Tier>,
    /// Inspections attended.
    pub attended: u64,
    /// Posts that are empty.
    pub empty: u64,
    /// Of them, by cause.
    pub causes: BTreeMap<String, u64>,
    /// Inspections in a different week.
    pub moved: u64,
    /// Posts that are not as in the base plan: new, released or moved.
    pub changed: u64,
    /// Whose they are.
    pub people: BTreeSet<String>,
    /// Why there is no plan.
    pub message: String,
}

/// The row of the base plan.
pub(super) fn of_base(folder: &Path) -> io::Result<Row> {
    let row = Row {
        case: "base".to_owned(),
        scenario: String::new(),
        title: "the dataset as it is".to_owned(),
        ..blank()
    };
    planned(folder, row)
}

/// The row of a case.
pub(super) fn of_case(folder: &Path, case: &Listed) -> io::Result<Row> {
    let row = Row {
        case: case.id.clone(),
        scenario: case.scenario.clone(),
        title: case.title.clone(),
        values: case.values.clone(),
        ..blank()
    };
    match fs::read(folder.join(PROBLEM)) {
        Ok(bytes) => {
            let Problem { status, message } = serde_json::from_slice(&bytes)?;
            // Of what the checks say, the first thing that stops it.
            let mut lines = message.lines();
            let first = lines.find(|line| line.starts_with("error"));
            let message = first
                .or(message.lines().next())
                .unwrap_or_default()
                .to_owned();
            Ok(Row {
                status,
                message,
                ..row
            })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => planned(folder, row),
        Err(error) => Err(error),
    }
}

fn blank() -> Row {
    Row {
        case: String::new(),
        scenario: String::new(),
        title: String::new(),
        values: Vec::new(),
        status: Status::Planned,
        tiers: BTreeMap::new(),
        attended: 0,
        empty: 0,
        causes: BTreeMap::new(),
        moved: 0,
        changed: 0,
        people: BTreeSet::new(),
        message: String::new(),
    }
}

fn planned(folder: &Path, mut row: Row) -> io::Result<Row> {
    let summary: Value = serde_json::from_slice(&fs::read(folder.join("summary.json"))?)?;
    let tiers = summary["tiers"].as_array().into_iter().flatten();
    for tier in tiers {
        let name = tier["tier"].as_str().unwrap_or_default().to_owned();
        let read = Tier {
            value: tier["value"].as_f64().unwrap_or(f64::NAN),
            bound: tier["bound"].as_f64(),
            proven: tier["status"] == "optimal",
        };
        row.tiers.insert(name, read);
    }
    let count = |name: &str| summary["counts"][name].as_u64().unwrap_or(0);
    row.attended = count("attended");
    row.empty = count("posts_empty");
    row.moved = count("moved");
    for short in records(folder, "shortfalls.csv")? {
        let posts = short["posts"].parse::<u64>().unwrap_or(0);
        *row.causes.entry(short["cause"].clone()).or_default() += posts;
    }
    if folder.join("changes.csv").is_file() {
        for change in records(folder, "changes.csv")? {
            if change["change"] != "unchanged" {
                row.changed += 1;
                row.people.insert(change["inspector_id"].clone());
            }
        }
    }
    Ok(row)
}

fn records(folder: &Path, file: &str) -> io::Result<Vec<BTreeMap<String, String>>> {
    let mut reader = csv::Reader::from_path(folder.join(file))?;
    let records: Result<_, csv::Error> = reader.deserialize().collect();
    Ok(records?)
}

/// A file of a result as it is the same in every run: a summary without the seconds.
pub(super) fn without_seconds(name: &str, bytes: &[u8]) -> Vec<u8> {
    let summary = serde_json::from_slice::<Value>(bytes);
    let (true, Ok(mut summary)) = (name == "summary.json", summary) else {
        return bytes.to_vec();
    };
    for tier in summary["tiers"].as_array_mut().into_iter().flatten() {
        if let Some(tier) = tier.as_object_mut() {
            tier.remove("seconds");
        }
    }
    serde_json::to_vec(&summary).unwrap_or_else(|_| bytes.to_vec())
}
