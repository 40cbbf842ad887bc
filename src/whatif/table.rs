//! The cases side by side: as a spreadsheet, as Markdown, and on the terminal.

use std::fmt::Write as _;

use serde_json::json;

use super::row::{Row, Status};
use crate::explain::Cause;
use crate::report::{Table, pounds};

const TIERS: [&str; 8] = ["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8"];

const CAUSES: [Cause; 4] = [
    Cause::Resourcing,
    Cause::Clearance,
    Cause::SiteCapacity,
    Cause::DifferentWeek,
];

/// `whatif.csv`: the base plan, then every case, with all figures.
pub fn csv(rows: &[Row], marking: &str) -> Vec<u8> {
    let mut columns: Vec<String> = ["case", "scenario", "values", "status"]
        .map(str::to_owned)
        .to_vec();
    for tier in TIERS.map(str::to_lowercase) {
        columns.push(tier.clone());
        columns.push(format!("{tier}_bound"));
    }
    columns.extend(["attended", "empty"].map(str::to_owned));
    columns.extend(CAUSES.map(|cause| cause.as_str().replace('-', "_")));
    columns.extend(["moved", "changed", "changed_people", "message"].map(str::to_owned));
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let mut table = Table::new(&columns, marking);
    for row in rows {
        let mut cells = vec![
            row.case.clone(),
            row.scenario.clone(),
            values(row),
            row.status.as_str().to_owned(),
        ];
        let planned = row.status == Status::Planned;
        for tier in TIERS {
            let tier = row.tiers.get(tier);
            cells.push(tier.map_or_else(String::new, |tier| number(tier.value)));
            let bound = tier.and_then(|tier| tier.bound);
            cells.push(bound.map_or_else(String::new, number));
        }
        let count = |count: u64| {
            if planned {
                count.to_string()
            } else {
                String::new()
            }
        };
        cells.extend([count(row.attended), count(row.empty)]);
        cells.extend(CAUSES.map(|cause| count(posts(row, cause))));
        cells.extend([count(row.moved), count(row.changed)]);
        cells.push(Vec::from_iter(row.people.iter().map(String::as_str)).join(" "));
        cells.push(row.message.clone());
        table.row(cells);
    }
    table.into_bytes()
}

fn posts(row: &Row, cause: Cause) -> u64 {
    row.causes.get(cause.as_str()).copied().unwrap_or(0)
}

fn values(row: &Row) -> String {
    let values = row
        .values
        .iter()
        .map(|(name, value)| format!("{name}={value}"));
    values.collect::<Vec<_>>().join(" ")
}

fn number(value: f64) -> String {
    // Whole numbers as such, pounds and days to the penny.
    let rounded = (value * 100.0).round() / 100.0;
    format!("{rounded}")
}

/// The same for programs.
pub fn json(rows: &[Row], marking: &str) -> serde_json::Value {
    let case = |row: &Row| {
        let tiers = row.tiers.iter().map(|(name, tier)| {
            let tier = json!({ "value": tier.value, "bound": tier.bound, "proven": tier.proven });
            (name.clone(), tier)
        });
        let values = row.values.iter();
        let values = values.map(|(name, value)| (name.clone(), json!(value)));
        json!({
            "case": row.case,
            "scenario": row.scenario,
            "values": values.collect::<serde_json::Map<_, _>>(),
            "status": row.status.as_str(),
            "message": row.message,
            "tiers": tiers.collect::<serde_json::Map<_, _>>(),
            "attended": row.attended,
            "empty": row.empty,
            "causes": row.causes,
            "moved": row.moved,
            "changed": row.changed,
            "changed_people": row.people,
        })
    };
    let cases: Vec<_> = rows.iter().map(case).collect();
    json!({ "marking": marking, "cases": cases })
}

/// `whatif.md`: for people, each case with how it differs from the base plan.
pub fn markdown(rows: &[Row], marking: &str) -> String {
    let mut out = format!("{marking}\n\n# What if\n\n");
    out.push_str(
        "Each case with its difference from the base plan. ≥ is what a figure is at least, where it \
         is not proven to be the best.\n\n",
    );
    let with_reserves = rows.iter().any(|row| row.tiers.contains_key("T5"));
    let mut head = vec![
        "case",
        "values",
        "attended",
        "T1",
        "moved",
        "team posts empty",
        "empty",
        "resourcing",
        "clearance",
        "places",
        "week",
        "posts changed",
        "people",
        "cost",
    ];
    if with_reserves {
        head.push("no reserve");
    }
    let _ = writeln!(out, "| {} |", head.join(" | "));
    let _ = writeln!(out, "|{}", " --- |".repeat(head.len()));
    let base = rows.first();
    for row in rows {
        if row.status != Status::Planned {
            let what = format!("{}: {}", row.status.as_str(), row.message);
            let blank = " |".repeat(head.len() - 3);
            let cells = [&row.case, &values(row), &what].map(|cell| in_a_cell(cell));
            let _ = writeln!(out, "| {} |{blank}", cells.join(" | "));
            continue;
        }
        let mut cells = vec![
            in_a_cell(&row.case),
            in_a_cell(&values(row)),
            against(row.attended as f64, base.map(|base| base.attended as f64)),
            tier(row, base, "T1"),
            tier(row, base, "T2"),
            tier(row, base, "T3"),
            against(row.empty as f64, base.map(|base| base.empty as f64)),
            posts(row, Cause::Resourcing).to_string(),
            posts(row, Cause::Clearance).to_string(),
            posts(row, Cause::SiteCapacity).to_string(),
            posts(row, Cause::DifferentWeek).to_string(),
            row.changed.to_string(),
            row.people.len().to_string(),
            cost(row),
        ];
        if with_reserves {
            cells.push(tier(row, base, "T5"));
        }
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    titles(rows, &mut out);
    let _ = writeln!(out, "\n{marking}");
    out
}

/// Text that is to stay in its cell.
fn in_a_cell(text: &str) -> String {
    text.replace('|', "\\|").replace(char::is_control, " ")
}

/// A figure, and by how much it differs from the base plan's.
fn against(value: f64, base: Option<f64>) -> String {
    match base {
        Some(base) if base != value => {
            let sign = if value > base { "+" } else { "−" };
            format!("{} ({sign}{})", number(value), number((value - base).abs()))
        }
        _ => number(value),
    }
}

fn tier(row: &Row, base: Option<&Row>, name: &str) -> String {
    let Some(tier) = row.tiers.get(name) else {
        return String::new();
    };
    let base = base.and_then(|base| base.tiers.get(name));
    let figure = against(tier.value, base.map(|tier| tier.value));
    match tier.bound {
        Some(bound) if !tier.proven => format!("{figure} ≥ {}", number(bound)),
        _ => figure,
    }
}

fn cost(row: &Row) -> String {
    let Some(tier) = row.tiers.get("T6") else {
        return String::new();
    };
    match tier.bound {
        Some(bound) if !tier.proven => format!("{} ≥ {}", pounds(tier.value), pounds(bound)),
        _ => pounds(tier.value),
    }
}

/// What each scenario asks.
fn titles(rows: &[Row], out: &mut String) {
    let mut told: Vec<&str> = Vec::new();
    out.push('\n');
    for row in rows.iter().filter(|row| !row.scenario.is_empty()) {
        if !told.contains(&row.scenario.as_str()) {
            told.push(&row.scenario);
            let _ = writeln!(out, "- **{}**: {}", row.scenario, row.title);
        }
    }
}

/// A few lines for the terminal: at most twenty cases, those that differ most in what is short
/// first.
pub fn text(rows: &[Row]) -> String {
    let mut out = String::new();
    let Some((base, cases)) = rows.split_first() else {
        return out;
    };
    let line = |row: &Row, out: &mut String| {
        let figures = match row.status {
            Status::Planned => format!(
                "{:>8} {:>6} {:>6} {:>8}",
                row.attended, row.empty, row.moved, row.changed
            ),
            status => format!("{}: {}", status.as_str(), row.message),
        };
        let name = [row.case.as_str(), &values(row)].join(" ");
        let _ = writeln!(out, "{:<44} {figures}", name.trim_end());
    };
    let heads = ["attended", "empty", "moved", "changed"];
    let _ = writeln!(
        out,
        "{:<44} {:>8} {:>6} {:>6} {:>8}",
        "case", heads[0], heads[1], heads[2], heads[3]
    );
    line(base, &mut out);
    let mut order: Vec<&Row> = cases.iter().collect();
    if order.len() > MOST_LINES {
        let key = |row: &Row| (row.status == Status::Planned, std::cmp::Reverse(row.empty));
        order.sort_by_key(|row| key(row));
    }
    for row in order.iter().take(MOST_LINES) {
        line(row, &mut out);
    }
    if order.len() > MOST_LINES {
        let more = order.len() - MOST_LINES;
        let _ = writeln!(out, "… and {more} more, in whatif.csv");
    }
    out
}

const MOST_LINES: usize = 20;
