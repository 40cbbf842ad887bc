//! `moj/shortfall.csv` and `moj/groups.csv`: written, and read back as they were given earlier.

use std::collections::BTreeMap;

use crate::domain::Pence;
use crate::input::as_meant;
use crate::report::Table;

use super::figures::{Dimension, Figures, Group, Shown};

const SHORTFALL: [&str; 6] = [
    "table",
    "group",
    "inspections",
    "posts",
    "inspector_days",
    "cost",
];
const GROUPS: [&str; 3] = ["table", "group", "member"];

/// The text of `shortfall.csv`.
pub fn shortfall_csv(shown: &Shown, marking: &str) -> Vec<u8> {
    let mut table = Table::new(&SHORTFALL, marking);
    for group in &shown.groups {
        let figures = group.figures;
        table.row([
            group.table.as_str().to_owned(),
            group.name.clone(),
            figures.inspections.to_string(),
            figures.posts.to_string(),
            figures.inspector_days.to_string(),
            format!("{:.2}", figures.cost.pounds()),
        ]);
    }
    table.into_bytes()
}

/// The text of `groups.csv`.
pub fn groups_csv(shown: &Shown, marking: &str) -> Vec<u8> {
    let mut table = Table::new(&GROUPS, marking);
    for group in &shown.groups {
        for member in &group.members {
            table.row([
                group.table.as_str().to_owned(),
                group.name.clone(),
                member.clone(),
            ]);
        }
    }
    table.into_bytes()
}

/// What is wrong with a file of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The file, by its name.
    pub file: &'static str,
    /// The line, from 1.
    pub line: u32,
    /// What is wrong.
    pub what: String,
}

/// What the two files of a pack show.
///
/// # Errors
/// If either is not as Muster writes it.
pub fn read(shortfall: &str, groups: &str) -> Result<Shown, Unreadable> {
    let mut members: BTreeMap<(Dimension, String), Vec<String>> = BTreeMap::new();
    for row in rows("groups.csv", groups, &GROUPS)? {
        let table = row.table()?;
        members
            .entry((table, row.cell(1)))
            .or_default()
            .push(row.cell(2));
    }
    let mut shown = Shown::default();
    for row in rows("shortfall.csv", shortfall, &SHORTFALL)? {
        let (table, name) = (row.table()?, row.cell(1));
        let mut its = members.remove(&(table, name.clone())).unwrap_or_default();
        its.sort();
        if its.is_empty() && table != Dimension::Total {
            return Err(row.wrong(format!("groups.csv says nothing of the group {name}")));
        }
        shown.groups.push(Group {
            table,
            members: its,
            name,
            figures: Figures {
                inspections: row.number(2)?,
                posts: row.number(3)?,
                inspector_days: row.number(4)?,
                cost: row.pounds(5)?,
            },
        });
    }
    let has = |table: &Dimension| shown.table(*table).next().is_some();
    if let Some(missing) = Dimension::ALL.iter().find(|table| !has(table)) {
        return Err(Unreadable {
            file: "shortfall.csv",
            line: 1,
            what: format!("the table {} is missing", missing.as_str()),
        });
    }
    if let Some(((_, name), _)) = members.into_iter().next() {
        return Err(Unreadable {
            file: "groups.csv",
            line: 1,
            what: format!("shortfall.csv says nothing of the group {name}"),
        });
    }
    Ok(shown)
}

struct Row {
    file: &'static str,
    line: u32,
    cells: Vec<String>,
}

fn rows(file: &'static str, text: &str, columns: &[&str]) -> Result<Vec<Row>, Unreadable> {
    let wrong = |line: u64, what: String| Unreadable {
        file,
        line: u32::try_from(line).unwrap_or(u32::MAX),
        what,
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader
        .headers()
        .map_err(|error| wrong(1, error.to_string()))?;
    if !header.iter().eq(columns.iter().copied().chain(["marking"])) {
        return Err(wrong(
            1,
            format!("its columns are not {}, marking", columns.join(", ")),
        ));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(1, csv::Position::line);
            wrong(
                line,
                "the row has not as many cells as the header".to_owned(),
            )
        })?;
        let line = record.position().map_or(1, csv::Position::line);
        rows.push(Row {
            file,
            line: u32::try_from(line).unwrap_or(u32::MAX),
            cells: record
                .iter()
                .map(|cell| as_meant(cell).to_owned())
                .collect(),
        });
    }
    Ok(rows)
}

impl Row {
    fn cell(&self, at: usize) -> String {
        self.cells[at].clone()
    }

    fn wrong(&self, what: String) -> Unreadable {
        Unreadable {
            file: self.file,
            line: self.line,
            what,
        }
    }

    fn table(&self) -> Result<Dimension, Unreadable> {
        let known = Dimension::ALL
            .into_iter()
            .find(|table| table.as_str() == self.cells[0]);
        known.ok_or_else(|| self.wrong(format!("there is no table {}", self.cells[0])))
    }

    fn number(&self, at: usize) -> Result<u32, Unreadable> {
        // No year of any country comes near: what is larger is damaged.
        let number = self.cells[at]
            .parse()
            .ok()
            .filter(|number| *number <= 1_000_000);
        number.ok_or_else(|| self.wrong(format!("{} is no number of a pack", self.cells[at])))
    }

    fn pounds(&self, at: usize) -> Result<Pence, Unreadable> {
        let amount: Option<f64> = self.cells[at]
            .parse()
            .ok()
            .filter(|amount| (0.0..1e12).contains(amount));
        amount
            .map(Pence::from_pounds)
            .ok_or_else(|| self.wrong(format!("{} is no amount", self.cells[at])))
    }
}
