//! The answer for people and for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::{Cadre, Point, Short, Staffing};
use crate::domain::{Inspector, InspectorIx};
use crate::model::objectives::Tier;

/// What people are counted by.
const BY: [&str; 3] = ["grade", "region", "clearance"];

/// For people.
pub fn text(cadre: &Cadre) -> String {
    let mut out = format!("{}\n", cadre.pool.policy.marking);
    let present = &cadre.of_present;
    let _ = writeln!(
        out,
        "With all {} who are there: {}.",
        people(cadre.present),
        least(present)
    );
    let _ = writeln!(
        out,
        "The fewest of them who leave no more short: {}{}.",
        people(present.people.len()),
        number_proven(present)
    );
    counts(&mut out, cadre, &present.people);
    let spared: Vec<String> = spared(cadre)
        .map(|row| format!("  {} {}\n", row.id, row.name))
        .collect();
    if spared.is_empty() {
        out.push_str("Nobody could be spared.\n");
    } else {
        let _ = writeln!(out, "These {} could be spared, all at once:", spared.len());
        out.push_str(&spared.concat());
    }
    fewer(&mut out, present);
    match &cadre.of_all {
        Some(all) => with_recruits(&mut out, cadre, all),
        None => out.push_str("\nThe policy lets nobody be recruited.\n"),
    }
    if cadre.cut {
        out.push_str("\nSome of it was stopped: with more time more is found, or proven.\n");
    }
    out
}

fn with_recruits(out: &mut String, cadre: &Cadre, all: &Staffing) {
    let _ = writeln!(out, "\nWith any number of recruits: {}.", least(all));
    let recruits = recruits(cadre, all).count();
    let _ = writeln!(
        out,
        "The fewest who leave no more short: {}{}, {} of those who are there and {}{}.",
        people(all.people.len()),
        number_proven(all),
        all.people.len() - recruits,
        match recruits {
            1 => "1 recruit".to_owned(),
            _ => format!("{recruits} recruits"),
        },
        unless(all.fewest_recruits, "; fewer recruits may do")
    );
    counts(out, cadre, &all.people);
    for (kind, count) in recruits_by_kind(cadre, all) {
        let _ = writeln!(out, "  {:<15}{count} × {kind}", "recruits");
    }
    fewer(out, all);
}

/// What is short with everybody.
fn least(staffing: &Staffing) -> String {
    let short = staffing
        .frontier
        .first()
        .map(|point| in_words(&point.short));
    short.unwrap_or_default() + unless(staffing.is_least, "; less may be possible")
}

/// The frontier after its first point.
fn fewer(out: &mut String, staffing: &Staffing) {
    if staffing.frontier.len() > 1 {
        out.push_str("With fewer people:\n");
    }
    for point in staffing.frontier.iter().skip(1) {
        let recruits = match point.recruits {
            0 => String::new(),
            1 => ", 1 of them a recruit".to_owned(),
            count => format!(", {count} of them recruits"),
        };
        let _ = writeln!(
            out,
            "  {}{recruits}: {}{}",
            people(point.people),
            in_words(&point.short),
            unless(point.proven, "; less may be possible")
        );
    }
}

fn unless(proven: bool, words: &str) -> &str {
    if proven { "" } else { words }
}

fn people(count: usize) -> String {
    match count {
        1 => "1 person".to_owned(),
        _ => format!("{count} people"),
    }
}

fn number_proven(staffing: &Staffing) -> String {
    if staffing.at_least == staffing.people.len() {
        " (proven)".to_owned()
    } else {
        format!(" (not proven: at least {})", staffing.at_least)
    }
}

fn in_words(short: &Short) -> String {
    if short.iter().all(|(_, value)| *value == 0) {
        return "nothing is short, and nothing in a different week".to_owned();
    }
    let short = short.iter().filter(|(_, value)| *value != 0);
    let words = short.map(|(tier, value)| match tier {
        Tier::T1 => format!("inspections without attendance weigh {value}"),
        Tier::T2 => format!("{value} in a different week"),
        _ => format!("{value} team posts empty"),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// A line for each of [`BY`].
fn counts(out: &mut String, cadre: &Cadre, people: &[InspectorIx]) {
    for by in BY {
        let counted = counted(cadre, people, by);
        let words = counted
            .iter()
            .map(|(name, count)| format!("{count} {name}"));
        let words: Vec<String> = words.collect();
        if !words.is_empty() {
            let _ = writeln!(out, "  by {by:<12}{}", words.join(", "));
        }
    }
}

fn counted(cadre: &Cadre, people: &[InspectorIx], by: &str) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for who in people {
        let row = cadre.pool.inspector(*who);
        let name = match by {
            "grade" => row.grade.as_str().to_owned(),
            "region" => row.region.clone(),
            _ => clearance(cadre, row),
        };
        *counted.entry(name).or_default() += 1;
    }
    counted
}

fn clearance(cadre: &Cadre, row: &Inspector) -> String {
    let levels = &cadre.pool.policy.clearance_levels;
    let level = row.clearance.map(|held| usize::from(held.level.0));
    let name = level.and_then(|level| levels.get(level));
    name.map_or_else(|| "none".to_owned(), Clone::clone)
}

fn recruits(cadre: &Cadre, staffing: &Staffing) -> impl Iterator<Item = Inspector> {
    let people = staffing.people.iter();
    let recruits = people.filter(|who| who.get() >= cadre.present);
    recruits.map(|who| cadre.pool.inspector(*who).clone())
}

/// Those who are there and are not needed.
fn spared(cadre: &Cadre) -> impl Iterator<Item = &Inspector> {
    let present = (0..cadre.present).map(InspectorIx::new);
    present
        .filter(|who| !cadre.of_present.people.contains(who))
        .map(|who| cadre.pool.inspector(who))
}

fn recruits_by_kind(cadre: &Cadre, staffing: &Staffing) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for row in recruits(cadre, staffing) {
        let clearance = clearance(cadre, &row);
        let kind = format!("{}, {}, {clearance}", row.grade.as_str(), row.region);
        *kinds.entry(kind).or_default() += 1;
    }
    kinds
}

/// For programs.
pub fn json(cadre: &Cadre) -> Value {
    let mut present = staffing_json(cadre, &cadre.of_present);
    let spared: Vec<&str> = spared(cadre).map(|row| &row.id[..]).collect();
    present.insert("spared".to_owned(), json!(spared));
    let all = cadre.of_all.as_ref().map(|all| {
        let mut of_all = staffing_json(cadre, all);
        of_all.insert("recruits".to_owned(), json!(recruits_by_kind(cadre, all)));
        of_all.insert("fewest_recruits".to_owned(), json!(all.fewest_recruits));
        of_all
    });
    json!({
        "marking": cadre.pool.policy.marking,
        "present": cadre.present,
        "of_present": present,
        "with_recruits": all,
        "interrupted": cadre.cut,
    })
}

fn staffing_json(cadre: &Cadre, staffing: &Staffing) -> Map<String, Value> {
    let mut all = Map::new();
    let mut add = |name: &str, value| all.insert(name.to_owned(), value);
    let present = staffing.people.iter();
    let present = present.filter(|who| who.get() < cadre.present);
    let kept: Vec<&str> = present
        .map(|who| &cadre.pool.inspector(*who).id[..])
        .collect();
    add("people", json!(staffing.people.len()));
    add("at_least", json!(staffing.at_least));
    add("short_proven", json!(staffing.is_least));
    add("kept", json!(kept));
    for by in BY {
        let counted = counted(cadre, &staffing.people, by);
        add(&format!("by_{by}"), json!(counted));
    }
    let frontier = staffing.frontier.iter().map(point_json);
    add("frontier", frontier.collect());
    all
}

fn short_json(short: &Short) -> Value {
    let values = short.iter();
    let values: Map<_, _> = values
        .map(|(tier, value)| (tier.name().to_owned(), json!(value)))
        .collect();
    Value::Object(values)
}

fn point_json(point: &Point) -> Value {
    json!({
        "people": point.people,
        "recruits": point.recruits,
        "short": short_json(&point.short),
        "proven": point.proven,
    })
}
