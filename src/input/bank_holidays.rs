//! `bank_holidays.csv`.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};

use super::fields::{date, line_of_text};
use super::sheet::{Opened, Sheet, without_ids};

pub fn read(table: Opened, diagnostics: &mut Diagnostics) -> Sheet<(NaiveDate, String)> {
    let mut lines = HashMap::new();
    without_ids(table, diagnostics, |cells| {
        let date = cells.required("date", date);
        let name = cells.required("name", line_of_text);
        let date = date?;
        let line = cells.line();
        let first = *lines.entry(date).or_insert(line);
        if first != line {
            let first = cells.place_of(first, "date");
            cells.report(
                Diagnostic::at(
                    codes::M0303,
                    cells.place("date"),
                    format!("{date} is given twice"),
                )
                .cell(cells.text("date").unwrap_or_default())
                .help("remove one of the two rows")
                .related(first, "first given here"),
            );
        }
        Ok((date, name?.to_owned()))
    })
}
