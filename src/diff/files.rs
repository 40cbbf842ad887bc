//! Two datasets, file by file: rows that came, went, or say something else. A row of a file with
//! ids is known by its id, and of any other by all that it says. `reason` columns, which may tell of
//! somebody's health, are not looked at.

use std::collections::BTreeMap;

use crate::format::FileFormat;
use crate::input::Table;

/// The column that is not looked at.
const UNTOLD: &str = "reason";

/// What differs in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Its name.
    pub file: &'static str,
    /// Its rows, in the later file's order, then those that went.
    pub rows: Vec<RowChange>,
}

/// What becomes of a row, or of a key of the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowChange {
    /// It is new.
    Added(String),
    /// It is no more.
    Removed(String),
    /// The row of an id says something else in some columns.
    Changed {
        /// Its id.
        id: String,
        /// The column, what it was, and what it is.
        cells: Vec<(String, String, String)>,
    },
}

/// A dataset's files: a table each, where they are there, and the policy's keys with their values.
pub struct Tables {
    /// By format.
    pub tables: Vec<(&'static FileFormat, Option<Table>)>,
    /// Keys such as `remedy.clearance.price`.
    pub policy: BTreeMap<String, String>,
}

/// What differs between two datasets: only files in which something does.
pub fn files(was: &Tables, now: &Tables) -> Vec<FileChange> {
    let mut all = vec![FileChange {
        file: crate::input::POLICY,
        rows: keys(&was.policy, &now.policy),
    }];
    for ((format, before), (_, after)) in std::iter::zip(&was.tables, &now.tables) {
        all.push(FileChange {
            file: format.name,
            rows: rows(format, before.as_ref(), after.as_ref()),
        });
    }
    all.retain(|file| !file.rows.is_empty());
    all
}

/// Keys of the policy: with their values where they came or went.
fn keys(was: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<RowChange> {
    let changed = now.iter().filter_map(|(key, value)| match was.get(key) {
        None => Some(RowChange::Added(format!("{key} = {value}"))),
        Some(before) if before == value => None,
        Some(before) => Some(RowChange::Changed {
            id: key.clone(),
            cells: vec![(String::new(), before.clone(), value.clone())],
        }),
    });
    let gone = was.iter().filter(|(key, _)| !now.contains_key(*key));
    let gone = gone.map(|(key, value)| RowChange::Removed(format!("{key} = {value}")));
    changed.chain(gone).collect()
}

fn rows(format: &FileFormat, was: Option<&Table>, now: Option<&Table>) -> Vec<RowChange> {
    let columns = format.columns.iter().map(|column| column.name);
    let columns: Vec<&'static str> = columns.filter(|column| *column != UNTOLD).collect();
    let read = |table: Option<&Table>| -> Vec<Vec<String>> {
        let Some(table) = table else {
            return Vec::new();
        };
        let text = |row| columns.iter().map(move |column| table.text(row, column));
        (0..table.len())
            .map(|row| text(row).map(str::to_owned).collect())
            .collect()
    };
    let (was, now) = (read(was), read(now));
    if has_ids(format) {
        by_id(&columns, &was, &now)
    } else {
        as_a_whole(&was, &now)
    }
}

/// Whether the first column of a file names its rows.
fn has_ids(format: &FileFormat) -> bool {
    [
        crate::format::ESTABLISHMENTS.name,
        crate::format::PROGRAMME.name,
        crate::format::INSPECTORS.name,
    ]
    .contains(&format.name)
}

fn by_id(columns: &[&str], was: &[Vec<String>], now: &[Vec<String>]) -> Vec<RowChange> {
    let mut earlier: BTreeMap<&str, &Vec<String>> =
        was.iter().map(|row| (row[0].as_str(), row)).collect();
    let mut all = Vec::new();
    for row in now {
        let Some(before) = earlier.remove(row[0].as_str()) else {
            all.push(RowChange::Added(row[0].clone()));
            continue;
        };
        let cells: Vec<_> = std::iter::zip(columns, std::iter::zip(before, row))
            .filter(|(_, (was, now))| was != now)
            .map(|(column, (was, now))| ((*column).to_owned(), was.clone(), now.clone()))
            .collect();
        if !cells.is_empty() {
            let id = row[0].clone();
            all.push(RowChange::Changed { id, cells });
        }
    }
    let gone = was
        .iter()
        .filter(|row| earlier.contains_key(row[0].as_str()));
    all.extend(gone.map(|row| RowChange::Removed(row[0].clone())));
    all
}

fn as_a_whole(was: &[Vec<String>], now: &[Vec<String>]) -> Vec<RowChange> {
    let mut left: BTreeMap<&Vec<String>, usize> = BTreeMap::new();
    for row in was {
        *left.entry(row).or_default() += 1;
    }
    let shown = |row: &[String]| {
        let cells = row.iter().filter(|cell| !cell.is_empty());
        cells.map(String::as_str).collect::<Vec<_>>().join(", ")
    };
    let mut all = Vec::new();
    for row in now {
        match left.get_mut(row) {
            Some(count) if *count > 0 => *count -= 1,
            _ => all.push(RowChange::Added(shown(row))),
        }
    }
    for row in was {
        if let Some(count) = left.get_mut(row).filter(|count| **count > 0) {
            *count -= 1;
            all.push(RowChange::Removed(shown(row)));
        }
    }
    all
}
