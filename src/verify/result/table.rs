//! One CSV file of a result: its columns by name, its rows with their lines.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::Role;
use crate::verify::finding::Finding;

use super::text::{as_written, runs_as_formula};

/// The name and columns of one of the result's CSV files, but for the marking.
pub struct Columns {
    pub file: &'static str,
    pub names: &'static [&'static str],
}

pub const ALLOCATIONS: Columns = Columns {
    file: "allocations.csv",
    names: &[
        "inspection_id",
        "establishment_id",
        "kind",
        "role",
        "inspector_id",
        "inspector_name",
        "grade",
        "attend_from",
        "attend_to",
        "week",
        "lead_name_due",
        "report_due",
        "cost",
    ],
};

pub const SHORTFALLS: Columns = Columns {
    file: "shortfalls.csv",
    names: &[
        "inspection_id",
        "role",
        "posts",
        "inspector_days",
        "cause",
        "addressee",
        "explanation",
    ],
};

pub const WORKLOAD: Columns = Columns {
    file: "workload.csv",
    names: &[
        "inspector_id",
        "name",
        "grade",
        "inspections",
        "as_lead",
        "days_on_site",
        "days_off_site",
        "max_days",
        "utilisation",
    ],
};

pub const DAYS: Columns = Columns {
    file: "days.csv",
    names: &["inspector_id", "date", "work", "inspection_id", "role"],
};

pub const OUT_OF_SCOPE: Columns = Columns {
    file: "out-of-scope.csv",
    names: &["inspection_id", "establishment_id", "reason"],
};

pub const CHANGES: Columns = Columns {
    file: "changes.csv",
    names: &[
        "inspection_id",
        "role",
        "inspector_id",
        "change",
        "attend_from",
        "attend_to",
        "was_from",
        "was_to",
    ],
};

pub const RESERVES: Columns = Columns {
    file: "reserves.csv",
    names: &["inspection_id", "inspector_id"],
};

const MARKING: &str = "marking";

/// A file whose columns are all there; rows of another length are left out, with a finding.
pub struct Table {
    pub file: &'static str,
    pub records: Vec<Record>,
}

/// A row, with the line it begins on.
pub struct Record {
    pub file: &'static str,
    pub line: u64,
    cells: BTreeMap<String, String>,
}

impl Table {
    /// Reads a file's text; nothing where its columns can't be told.
    pub fn parse(
        text: &str,
        columns: &Columns,
        marking: &str,
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let file = columns.file;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(text.as_bytes());
        let header = match reader.headers() {
            Ok(header) => header.clone(),
            Err(error) => {
                findings.push(Finding::new(file, format!("it is no CSV: {error}")));
                return None;
            }
        };
        let faults = header_faults(columns, &header);
        let unusable = faults.iter().any(|fault| fault.1);
        findings.extend(faults.into_iter().map(|(fault, _)| fault.at(file, 1)));
        if unusable {
            return None;
        }
        let mut records = Vec::new();
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    findings.push(Finding::new(file, format!("it is no CSV: {error}")));
                    return None;
                }
            };
            let line = record.position().map_or(0, csv::Position::line);
            if record.len() != header.len() {
                let message = format!("{} cells under {} columns", record.len(), header.len());
                findings.push(Finding::new(file, message).at(file, line));
                continue;
            }
            let cells: BTreeMap<String, String> = header
                .iter()
                .zip(record.iter())
                .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
                .collect();
            let record = Record { file, line, cells };
            record.look_over(marking, findings);
            records.push(record);
        }
        Some(Self { file, records })
    }

    /// A finding for the first row that comes before the one above it, by `key`.
    pub fn check_order<K: Ord>(
        &self,
        key: impl Fn(&Record) -> Option<K>,
        findings: &mut Vec<Finding>,
    ) {
        let keys: Vec<(K, u64)> = self
            .records
            .iter()
            .filter_map(|record| Some((key(record)?, record.line)))
            .collect();
        let disorder = keys.windows(2).find(|pair| pair[1].0 < pair[0].0);
        if let Some(pair) = disorder {
            let rule = format!("{} order", self.file);
            let message = "rows are sorted by date, then id: this one belongs further up";
            findings.push(Finding::new(rule, message).at(self.file, pair[1].1));
        }
    }
}

/// What is wrong with a header, and whether rows can't be read for it.
fn header_faults(columns: &Columns, header: &csv::StringRecord) -> Vec<(Finding, bool)> {
    let mut faults = Vec::new();
    let rule = |name: &str| format!("{} {name}", columns.file);
    for name in columns.names.iter().chain([&MARKING]) {
        match header.iter().filter(|found| found == name).count() {
            1 => {}
            0 => faults.push((
                Finding::new(rule(name), "the column is missing"),
                *name != MARKING,
            )),
            _ => faults.push((Finding::new(rule(name), "the column is there twice"), true)),
        }
    }
    if header.iter().any(|name| name == MARKING) && header.iter().next_back() != Some(MARKING) {
        let fault = Finding::new(rule(MARKING), "it is not the last column");
        faults.push((fault, false));
    }
    faults
}

impl Record {
    /// The cell under a column of the file.
    pub fn cell(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// A fault of one cell.
    pub fn fault(&self, column: &str, message: impl Into<String>) -> Finding {
        Finding::new(format!("{} {column}", self.file), message).at(self.file, self.line)
    }

    /// A finding where a cell does not hold `expected`.
    pub fn expect(&self, column: &str, expected: &str, findings: &mut Vec<Finding>) {
        let cell = self.cell(column);
        if cell != expected {
            let message = format!("it says '{cell}', and should say '{expected}'");
            findings.push(self.fault(column, message));
        }
    }

    /// A finding where a cell does not hold a text of the dataset's.
    pub fn expect_text(&self, column: &str, text: &str, findings: &mut Vec<Finding>) {
        self.expect(column, &as_written(text), findings);
    }

    /// An ISO date.
    pub fn date(&self, column: &str, findings: &mut Vec<Finding>) -> Option<NaiveDate> {
        self.read(column, "a date", findings, iso_date)
    }

    /// A whole number of at least 0.
    pub fn number(&self, column: &str, findings: &mut Vec<Finding>) -> Option<i64> {
        self.read(column, "a whole number", findings, |cell| {
            let digits = !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| cell.parse().ok()).flatten()
        })
    }

    /// Lead or team.
    pub fn role(&self, findings: &mut Vec<Finding>) -> Option<Role> {
        self.read("role", "'lead' or 'team'", findings, |cell| {
            [Role::Lead, Role::Team]
                .into_iter()
                .find(|role| role.as_str() == cell)
        })
    }

    /// A cell that `parse` understands, or a finding that it is not `what`.
    pub fn read<T>(
        &self,
        column: &str,
        what: &str,
        findings: &mut Vec<Finding>,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let cell = self.cell(column);
        let value = parse(cell);
        if value.is_none() {
            findings.push(self.fault(column, format!("'{cell}' is not {what}")));
        }
        value
    }

    /// The marking, and that no cell is a formula.
    fn look_over(&self, marking: &str, findings: &mut Vec<Finding>) {
        if self.cells.contains_key(MARKING) {
            self.expect_text(MARKING, marking, findings);
        }
        for (column, cell) in &self.cells {
            if runs_as_formula(cell) {
                let message = format!("a spreadsheet would run '{cell}'");
                findings.push(self.fault(column, message));
            }
        }
    }
}

/// `2026-05-04`, and nothing looser.
pub fn iso_date(cell: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(cell, "%Y-%m-%d").ok()?;
    (date.to_string() == cell && cell.len() == 10).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: Columns = Columns {
        file: "two.csv",
        names: &["a", "b"],
    };

    fn rules(text: &str) -> (Option<usize>, Vec<String>) {
        let mut findings = Vec::new();
        let table = Table::parse(text, &TWO, "SECRET", &mut findings);
        let rules = findings.into_iter().map(|finding| finding.rule).collect();
        (table.map(|table| table.records.len()), rules)
    }

    #[test]
    fn columns_are_found_by_name_and_the_marking_is_last() {
        let none = Vec::<String>::new();
        assert_eq!(rules("a,b,marking\n1,2,SECRET\n"), (Some(1), none.clone()));
        assert_eq!(rules("b,c,a,marking\n1,2,3,SECRET\n"), (Some(1), none));
        assert_eq!(
            rules("a,marking,b\n1,SECRET,2\n"),
            (Some(1), vec!["two.csv marking".to_owned()])
        );
    }

    #[test]
    fn what_is_missing_or_not_marked_is_said() {
        assert_eq!(
            rules("a,marking\n1,SECRET\n"),
            (None, vec!["two.csv b".to_owned()])
        );
        assert_eq!(
            rules("a,b\n1,2\n"),
            (Some(1), vec!["two.csv marking".to_owned()])
        );
        assert_eq!(
            rules("a,b,marking\n1,2,OFFICIAL\n"),
            (Some(1), vec!["two.csv marking".to_owned()])
        );
        assert_eq!(
            rules("a,b,marking\n1,SECRET\n"),
            (Some(0), vec!["two.csv".to_owned()])
        );
        assert_eq!(
            rules("a,b,marking\n=1,2,SECRET\n"),
            (Some(1), vec!["two.csv a".to_owned()])
        );
    }

    #[test]
    fn dates_are_iso_and_nothing_looser() {
        assert!(iso_date("2026-05-04").is_some());
        for loose in ["2026-5-4", "+12026-05-04", "04/05/2026", " 2026-05-04", ""] {
            assert_eq!(iso_date(loose), None, "{loose}");
        }
    }
}
