//! What falls due, for people and for programs.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use crate::domain::Dataset;

use super::Due;

/// For people: overdue things first, then the rest by date, a line each.
pub fn text(dataset: &Dataset, all: &[Due], on: NaiveDate, days: u16) -> String {
    let mut out = format!("{}\n", dataset.policy.marking);
    let (overdue, coming): (Vec<&Due>, Vec<&Due>) = all.iter().partition(|one| one.is_overdue(on));
    let until = on + Days::new(u64::from(days));
    if !overdue.is_empty() {
        let _ = writeln!(out, "Overdue on {on}, unless it was done:");
        lines(&mut out, dataset, &overdue);
        out.push('\n');
    }
    if coming.is_empty() {
        let _ = writeln!(out, "Nothing falls due from {on} to {until}.");
    } else {
        let _ = writeln!(out, "Due from {on} to {until}:");
        lines(&mut out, dataset, &coming);
    }
    out
}

fn lines(out: &mut String, dataset: &Dataset, all: &[&Due]) {
    let rows: Vec<_> = all.iter().map(|one| cells(dataset, one)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<_> = (0..4).map(|column| width(column).unwrap_or(0)).collect();
    for (one, row) in std::iter::zip(all, &rows) {
        let mut line = format!("  {}", one.date.format("%Y-%m-%d %a"));
        for (cell, width) in std::iter::zip(row, &widths) {
            let _ = write!(line, "  {cell:<width$}");
        }
        let _ = writeln!(out, "{}  {}", line, one.detail);
    }
}

/// What, which inspection, which site, whose.
fn cells(dataset: &Dataset, one: &Due) -> [String; 4] {
    let inspection = one.inspection.map(|ix| dataset.inspection(ix));
    let site = inspection.map(|row| &dataset.establishment(row.establishment).name);
    let person = one.person.map(|ix| dataset.inspector(ix));
    [
        one.what.title().to_owned(),
        inspection.map_or_else(String::new, |row| row.id.clone()),
        site.cloned().unwrap_or_default(),
        person.map_or_else(String::new, |row| format!("{} {}", row.id, row.name)),
    ]
}

/// For programs.
pub fn json(dataset: &Dataset, all: &[Due], on: NaiveDate, days: u16) -> Value {
    let list = all.iter().map(|one| {
        let inspection = one.inspection.map(|ix| dataset.inspection(ix));
        let site = inspection.map(|row| &dataset.establishment(row.establishment).id);
        json!({
            "date": one.date,
            "overdue": one.is_overdue(on),
            "what": one.what.as_str(),
            "inspection_id": inspection.map(|row| &row.id),
            "establishment_id": site,
            "inspector_id": one.person.map(|ix| &dataset.inspector(ix).id),
            "detail": one.detail,
        })
    });
    json!({
        "marking": dataset.policy.marking,
        "on": on,
        "until": on + Days::new(u64::from(days)),
        "due": list.collect::<Vec<_>>(),
    })
}
