//! Every figure of every file, changed one at a time: refused, naming file and column. Left out
//! is what the checker does not answer for: explanations, bounds and seconds; and of a cause
//! only whether it is one, and who is asked.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use crate::result::YearResult;
use crate::support::tiny::dice::Dice;

/// Columns that say which post, day or row it is. Another valid value there tells of another
/// post, and it is that one's rules and figures that don't hold.
const SAYS_WHICH: [(&str, &[&str]); 3] = [
    (
        "allocations.csv",
        &[
            "inspection_id",
            "role",
            "inspector_id",
            "attend_from",
            "attend_to",
        ],
    ),
    ("shortfalls.csv", &["inspection_id", "role"]),
    (
        "days.csv",
        &["inspector_id", "date", "work", "inspection_id", "role"],
    ),
];

fn says_which(file: &str, column: &str) -> bool {
    let of_file = SAYS_WHICH.iter().filter(|(name, _)| *name == file);
    of_file
        .flat_map(|(_, columns)| *columns)
        .any(|name| *name == column)
}

/// Every column that the checker answers for, by file.
pub fn columns(result: &YearResult) -> Vec<(String, String)> {
    let tables = result.tables.iter();
    let columns = tables.flat_map(|(file, table)| {
        let names = table.header.iter().filter(|name| *name != "explanation");
        names.map(|name| (file.clone(), name.clone()))
    });
    columns.collect()
}

/// How a cell is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// To what no cell of the column holds.
    Garbled,
    /// To what another row of the column holds, or a number or a day beside it.
    Near,
}

/// Changes any cell under a column and has the checker refuse it; false where there is no cell
/// that can be changed so.
pub fn cell_is_refused(
    sound: &YearResult,
    file: &str,
    column: &str,
    change: Change,
    dice: &mut Dice,
) -> bool {
    let table = &sound.tables[file];
    // Off-site work may lie on another day as well.
    let fixed = |at: &usize| {
        let free_day = file == "days.csv" && column == "date" && change == Change::Near;
        !free_day || table.cell(*at, "work") == "on-site"
    };
    let rows: Vec<usize> = (0..table.rows.len()).filter(fixed).collect();
    let Some(&at) = dice.any(&rows) else {
        return false;
    };
    let cell = table.cell(at, column);
    let changed = match change {
        Change::Garbled => Some(garbled(cell, dice)),
        Change::Near => near(sound, file, column, cell, dice),
    };
    let Some(changed) = changed.filter(|changed| changed != cell) else {
        return false;
    };
    let mut damaged = sound.clone();
    damaged.table(file).set(at, column, &changed);
    let findings = damaged.findings();
    let itself = format!("{file} {column}");
    let named = findings.iter().any(|finding| {
        let elsewhere = change == Change::Near && says_which(file, column);
        finding.rule == itself || elsewhere
    });
    assert!(
        named,
        "{itself}: '{cell}' as '{changed}' in row {at} gives {findings:#?}"
    );
    true
}

fn garbled(cell: &str, dice: &mut Dice) -> String {
    match dice.below(4) {
        0 if !cell.is_empty() => String::new(),
        1 => format!("{cell}~"),
        2 => format!(" {cell}"),
        _ => format!("{cell}0x"),
    }
}

fn near(
    sound: &YearResult,
    file: &str,
    column: &str,
    cell: &str,
    dice: &mut Dice,
) -> Option<String> {
    if column == "cause" {
        return None; // Only the planner knows it.
    }
    if column == "week" {
        let other = if cell == "normal" {
            "different"
        } else {
            "normal"
        };
        return Some(other.to_owned());
    }
    if let Ok(date) = cell.parse::<NaiveDate>() {
        let days = Days::new(u64::from(dice.between(1, 9)));
        let moved = if dice.chance(50) {
            date + days
        } else {
            date - days
        };
        return Some(moved.to_string());
    }
    if let Ok(number) = cell.parse::<u32>() {
        let up = number == 0 || dice.chance(50);
        return Some(if up { number + 1 } else { number - 1 }.to_string());
    }
    if let Some((whole, decimals)) = cell.split_once('.')
        && let (Ok(_), Ok(number)) = (whole.parse::<u32>(), decimals.parse::<u32>())
    {
        // Of a share that lies halfway between two of four decimals, both are right.
        let step = if column == "utilisation" { 2 } else { 1 };
        let up = number < step || dice.chance(50);
        let number = if up { number + step } else { number - step };
        return Some(format!("{whole}.{number:0width$}", width = decimals.len()));
    }
    let table = &sound.tables[file];
    let at = table.column(column);
    let others: Vec<&String> = table.rows.iter().map(|row| &row[at]).collect();
    let others: Vec<&&String> = others.iter().filter(|other| ***other != cell).collect();
    dice.any(&others).map(|other| (**other).clone())
}

/// Figures of the summary that nothing else of a result shows: only their form is checked.
const BY_FORM: [&str; 3] = ["/version", "/seed", "/interrupted"];

/// The figures of `summary.json` that the checker answers for, as JSON pointers.
pub fn figures(summary: &Value) -> Vec<String> {
    let mut found = Vec::new();
    leaves(summary, "", &mut found);
    found.retain(|path| !path.ends_with("/bound") && !path.ends_with("/seconds"));
    found
}

fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                leaves(inner, &format!("{path}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (position, inner) in items.iter().enumerate() {
                leaves(inner, &format!("{path}/{position}"), found);
            }
        }
        _ => found.push(path.to_owned()),
    }
}

/// Changes a figure of the summary and has the checker refuse it, naming the figure.
pub fn figure_is_refused(sound: &YearResult, path: &str, dice: &mut Dice) {
    let by_form = BY_FORM.contains(&path) || path.starts_with("/gaps/");
    let figure = sound.summary.pointer(path).expect("a figure of it");
    let changed = changed(figure, by_form, dice);
    let mut damaged = sound.clone();
    *damaged.summary.pointer_mut(path).expect("a figure of it") = changed.clone();
    let findings = damaged.findings();
    let name = named(sound, path);
    assert!(
        findings
            .iter()
            .any(|finding| finding.rule.starts_with(&name)),
        "{path} is not named {name}: {figure} as {changed} gives {findings:#?}"
    );
}

fn changed(figure: &Value, by_form: bool, dice: &mut Dice) -> Value {
    let steps = [-1.0, 1.0, 0.01, 1000.0];
    match figure {
        // Neither is a text, a choice or a number that counts.
        _ if by_form && dice.chance(50) => json!(-1),
        _ if by_form => Value::Null,
        Value::Bool(yes) => json!(!yes),
        Value::Number(number) => {
            let number = number.as_f64().expect("a number");
            json!(number + dice.pick(&steps))
        }
        Value::String(text) => json!(format!("{text}~")),
        _ => json!(1.0),
    }
}

/// What the checker calls the figure at `path`.
fn named(sound: &YearResult, path: &str) -> String {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match parts.as_slice() {
        ["tiers", position, figure] => {
            let position: usize = position.parse().expect("a position");
            let tier = sound.summary["tiers"][position]["tier"].as_str();
            let tier = tier.expect("a name");
            match *figure {
                "tier" => "summary.json".to_owned(),
                // A tier's value is named by the tier itself, as a rule is.
                "value" => tier.to_owned(),
                // It may be the gap between them that tells.
                "reached" => format!("summary.json {tier} "),
                figure => format!("summary.json {tier} {figure}"),
            }
        }
        ["inputs", ..] => "summary.json inputs".to_owned(),
        parts => {
            // Lists are named as a whole.
            let names: Vec<&str> = parts.iter().copied().filter(is_name).collect();
            format!("summary.json {}", names.join("."))
        }
    }
}

fn is_name(part: &&str) -> bool {
    part.parse::<usize>().is_err()
}
