//! Suggestions for people, for programs, and as changes. Nothing speaks of people.

use std::fmt::Write as _;
use std::num::NonZeroI32;

use serde_json::{Value, json};

use super::moves::moved;
use super::{Move, Point, Suggestions};
use crate::change::{Change, ChangeFile, NewDates};
use crate::domain::Dataset;
use crate::model::objectives::Tier;

/// For people.
pub fn text(dataset: &Dataset, found: &Suggestions) -> String {
    let mut out = format!("{}\n", dataset.policy.marking);
    let _ = writeln!(out, "{} moves were looked at.", found.looked_at);
    for point in &found.frontier {
        let moves = match point.moves.len() {
            1 => "1 move".to_owned(),
            count => format!("{count} moves"),
        };
        let short: Vec<_> = point
            .short
            .iter()
            .map(|(tier, value)| in_words(*tier, *value))
            .collect();
        let proof = if point.proven {
            ""
        } else {
            "; less may be possible"
        };
        let _ = writeln!(out, "\n{moves}: {}{proof}", short.join(", "));
        for one in &point.moves {
            let _ = writeln!(out, "  {}", move_in_words(dataset, *one));
        }
    }
    let last = found.frontier.last();
    out.push('\n');
    if found.cut {
        out.push_str("It was stopped: more moves may help more.\n");
    } else if last.is_some_and(Point::is_whole) {
        out.push_str("Nothing is short then, and nothing in a different week.\n");
    } else {
        let count = found.up_to;
        let _ = writeln!(
            out,
            "Up to {count} moves were looked for: no others help more."
        );
    }
    out
}

fn in_words(tier: Tier, value: f64) -> String {
    match tier {
        Tier::T1 => format!("inspections without attendance weigh {value}"),
        Tier::T2 => format!("{value} in a different week"),
        _ => format!("{value} team posts empty"),
    }
}

fn move_in_words(dataset: &Dataset, one: Move) -> String {
    let inspection = dataset.inspection(one.inspection);
    let site = dataset.establishment(inspection.establishment);
    let (count, when) = (
        one.weeks.unsigned_abs(),
        if one.weeks > 0 { "later" } else { "earlier" },
    );
    let weeks = if count == 1 { "week" } else { "weeks" };
    let dates = moved(inspection.dates, one.weeks);
    format!(
        "{} {}: {count} {weeks} {when}, {} to {} instead of {} to {}",
        inspection.id,
        site.name,
        dates.first(),
        dates.last(),
        inspection.dates.first(),
        inspection.dates.last()
    )
}

/// For programs.
pub fn json(dataset: &Dataset, found: &Suggestions) -> Value {
    let point = |point: &Point| {
        let moves = point.moves.iter().map(|one| {
            let inspection = dataset.inspection(one.inspection);
            let dates = moved(inspection.dates, one.weeks);
            json!({
                "inspection_id": inspection.id,
                "weeks": one.weeks,
                "start_date": dates.first(),
                "end_date": dates.last(),
            })
        });
        let short = point.short.iter();
        let short: serde_json::Map<_, _> = short
            .map(|(tier, value)| (tier.name().to_owned(), json!(value)))
            .collect();
        json!({
            "moves": moves.collect::<Vec<_>>(),
            "short": short,
            "proven": point.proven,
        })
    };
    json!({
        "marking": dataset.policy.marking,
        "looked_at": found.looked_at,
        "up_to": found.up_to,
        "interrupted": found.cut,
        "frontier": found.frontier.iter().map(point).collect::<Vec<_>>(),
    })
}

/// The moves of a point as a change file.
pub fn change_file(dataset: &Dataset, point: &Point) -> ChangeFile {
    let changes = point.moves.iter().filter_map(|one| {
        let inspection = dataset.inspection(one.inspection).id.clone();
        let to = NewDates::Weeks(NonZeroI32::new(one.weeks)?);
        Some(Change::MoveInspection { inspection, to }.into())
    });
    ChangeFile {
        title: "Dates to propose to HMIP".to_owned(),
        question: None,
        changes: changes.collect(),
    }
}
