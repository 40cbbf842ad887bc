//! What differs, for people and for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::files::{FileChange, RowChange};
use super::posts::{Fate, PostChange};
use crate::domain::DateSpan;
use crate::report::Table;

/// Two results for people: how much changes, then who is told what, by inspection and by person.
pub fn posts_text(changes: &[PostChange], marking: &str) -> String {
    let mut out = format!("{marking}\n");
    let count = |wanted: &str| {
        let fates = changes.iter().map(|change| change.fate.as_str());
        fates.filter(|fate| *fate == wanted).count()
    };
    let fates = ["new", "released", "moved", "unchanged"];
    let counts = fates.map(|fate| format!("{} {fate}", count(fate)));
    let _ = writeln!(out, "Posts: {}.", counts.join(", "));
    let told = changes
        .iter()
        .filter(|change| !matches!(change.fate, Fate::Unchanged(_)));
    let mut inspections: BTreeMap<_, Vec<&PostChange>> = BTreeMap::new();
    let mut people: BTreeMap<_, Vec<&PostChange>> = BTreeMap::new();
    for change in told {
        let held = &change.held;
        let inspection = (&held.inspection, &held.establishment);
        inspections.entry(inspection).or_default().push(change);
        let person = (&held.inspector, &held.name);
        people.entry(person).or_default().push(change);
    }
    if inspections.is_empty() {
        return out;
    }
    out.push_str("\nBy inspection:\n");
    for ((inspection, establishment), changes) in inspections {
        let _ = writeln!(out, "  {inspection} {establishment}");
        for PostChange { held, fate } in changes {
            let (role, who) = (held.role.as_str(), &held.inspector);
            let post = format!("{role} {who} {}", held.name);
            let _ = writeln!(out, "    {:<9} {post}, {}", fate.as_str(), when(*fate));
        }
    }
    out.push_str("\nBy person:\n");
    for ((id, name), changes) in people {
        let _ = writeln!(out, "  {id} {name}");
        for PostChange { held, fate } in changes {
            let (role, inspection) = (held.role.as_str(), &held.inspection);
            let post = format!("{inspection} {role}");
            let _ = writeln!(out, "    {:<9} {post}, {}", fate.as_str(), when(*fate));
        }
    }
    out
}

fn when(fate: Fate) -> String {
    let days = |days: DateSpan| format!("{} to {}", days.first(), days.last());
    match fate {
        Fate::New(now) | Fate::Unchanged(now) => days(now),
        Fate::Released(was) => format!("was {}", days(was)),
        Fate::Moved { was, now } => format!("{}, was {}", days(now), days(was)),
    }
}

/// Two results for programs.
pub fn posts_json(changes: &[PostChange], marking: &str) -> Value {
    let change = |change: &PostChange| {
        let (now, was) = (change.fate.now(), change.fate.was());
        json!({
            "inspection_id": change.held.inspection,
            "role": change.held.role.as_str(),
            "inspector_id": change.held.inspector,
            "change": change.fate.as_str(),
            "attend_from": now.map(DateSpan::first),
            "attend_to": now.map(DateSpan::last),
            "was_from": was.map(DateSpan::first),
            "was_to": was.map(DateSpan::last),
        })
    };
    json!({ "marking": marking, "changes": changes.iter().map(change).collect::<Vec<_>>() })
}

/// `changes.csv`.
pub fn csv(changes: &[PostChange], marking: &str) -> Vec<u8> {
    let columns = [
        "inspection_id",
        "role",
        "inspector_id",
        "change",
        "attend_from",
        "attend_to",
        "was_from",
        "was_to",
    ];
    let mut table = Table::new(&columns, marking);
    for PostChange { held, fate } in changes {
        let first =
            |days: Option<DateSpan>| days.map_or_else(String::new, |days| days.first().to_string());
        let last =
            |days: Option<DateSpan>| days.map_or_else(String::new, |days| days.last().to_string());
        table.row([
            held.inspection.clone(),
            held.role.as_str().to_owned(),
            held.inspector.clone(),
            fate.as_str().to_owned(),
            first(fate.now()),
            last(fate.now()),
            first(fate.was()),
            last(fate.was()),
        ]);
    }
    table.into_bytes()
}

/// Two datasets for people.
pub fn files_text(files: &[FileChange], marking: &str) -> String {
    let mut out = format!("{marking}\n");
    if files.is_empty() {
        out.push_str("Nothing differs.\n");
    }
    for FileChange { file, rows } in files {
        let _ = writeln!(out, "{file}");
        for row in rows {
            match row {
                RowChange::Added(what) => {
                    let _ = writeln!(out, "  new      {what}");
                }
                RowChange::Removed(what) => {
                    let _ = writeln!(out, "  gone     {what}");
                }
                RowChange::Changed { id, cells } => {
                    for (column, was, now) in cells {
                        let what = format!("{id} {column}");
                        let _ =
                            writeln!(out, "  changed  {}{}", what.trim_end(), from_to(was, now));
                    }
                }
            }
        }
    }
    out
}

fn from_to(was: &str, now: &str) -> String {
    let shown = |text: &str| {
        if text.is_empty() {
            "(empty)".to_owned()
        } else {
            text.to_owned()
        }
    };
    format!(": {} → {}", shown(was), shown(now))
}

/// Two datasets for programs.
pub fn files_json(files: &[FileChange], marking: &str) -> Value {
    let row = |row: &RowChange| match row {
        RowChange::Added(what) => json!({ "change": "new", "what": what }),
        RowChange::Removed(what) => json!({ "change": "gone", "what": what }),
        RowChange::Changed { id, cells } => {
            let cell = |(column, was, now): &(String, String, String)| json!({ "column": column, "was": was, "now": now });
            json!({ "change": "changed", "what": id, "cells": cells.iter().map(cell).collect::<Vec<_>>() })
        }
    };
    let file = |file: &FileChange| json!({ "file": file.file, "rows": file.rows.iter().map(row).collect::<Vec<_>>() });
    json!({ "marking": marking, "files": files.iter().map(file).collect::<Vec<_>>() })
}
