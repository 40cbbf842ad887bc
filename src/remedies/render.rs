//! The remedies, for people and for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Empty, Point, Proof, Remedies, Remedy, Short, WholeMend};
use crate::change::{Change, Profile, Who};
use crate::domain::{Dataset, InputFile, RemedyKind};
use crate::model::objectives::Tier;

/// For people.
pub fn text(dataset: &Dataset, found: &Remedies) -> String {
    let mut out = format!("{}\n", dataset.policy.marking);
    let _ = writeln!(out, "{} changes were looked at.", found.universe.len());
    for (most, point) in found.frontier.iter().enumerate() {
        let _ = writeln!(
            out,
            "\n{}: {} ({}){}",
            counted(most, "change"),
            posts(point.empty),
            short(&point.short),
            proof(point)
        );
        changes(&mut out, dataset, found, point);
    }
    match &found.whole {
        Some(WholeMend { point, at_least }) => {
            let _ = writeln!(
                out,
                "\nThe cheapest whole mend, {}, price {}{}:",
                counted(point.set.len(), "change"),
                point.price,
                match point.proof {
                    Proof::Whole => String::new(),
                    Proof::Open => format!(" (not proven: less may do, but at least {at_least})"),
                }
            );
            changes(&mut out, dataset, found, point);
            asked(&mut out, dataset, found, point);
        }
        None => {
            if let (Some(least), false) = (&found.least, found.cut) {
                let _ = writeln!(
                    out,
                    "\nNo set of these changes mends all. With every one of them: {}.",
                    short(least)
                );
            }
            if let Some(last) = found.frontier.last() {
                asked(&mut out, dataset, found, last);
            }
        }
    }
    if found.cut {
        out.push_str(match found.whole {
            Some(_) => "\nIt was stopped before all was searched.\n",
            None => "\nIt was stopped: more changes may mend more.\n",
        });
    }
    out
}

fn changes(out: &mut String, dataset: &Dataset, found: &Remedies, point: &Point) {
    for at in &point.set {
        let _ = writeln!(out, "  {}", words(dataset, &found.universe[*at]));
    }
}

/// Who is asked for what.
fn asked(out: &mut String, dataset: &Dataset, found: &Remedies, point: &Point) {
    for (addressee, changes) in by_addressee(dataset, found, point) {
        let _ = writeln!(out, "\nAsked of {addressee}:");
        for at in changes {
            let _ = writeln!(out, "  {}", words(dataset, &found.universe[at]));
        }
    }
}

fn by_addressee(
    dataset: &Dataset,
    found: &Remedies,
    point: &Point,
) -> BTreeMap<String, Vec<usize>> {
    let mut all: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in &point.set {
        let policy = &dataset.policy.remedy[&found.universe[*at].kind];
        all.entry(policy.addressee.clone()).or_default().push(*at);
    }
    all
}

fn posts(empty: Empty) -> String {
    match (empty.posts(), empty.leads) {
        (0, _) => "nothing is short".to_owned(),
        (posts, 0) => format!("{} short", counted(posts as usize, "post")),
        (1, _) => "1 post short, a lead's".to_owned(),
        (posts, 1) => format!("{posts} posts short, 1 of them a lead's"),
        (posts, leads) => format!("{posts} posts short, {leads} of them leads'"),
    }
}

fn proof(point: &Point) -> &'static str {
    match point.proof {
        Proof::Whole => "",
        Proof::Open => " (not proven: less may do)",
    }
}

fn short(short: &Short) -> String {
    if short.is_mended() {
        return match short.of(Tier::T2) {
            0.0 => "nothing is short".to_owned(),
            moved => format!("nothing is short, {moved} in a different week"),
        };
    }
    let tiers = short
        .tiers
        .map(|(tier, value)| format!("{} {value}", tier.name()));
    tiers.join(", ")
}

/// A change in a line.
fn words(dataset: &Dataset, remedy: &Remedy) -> String {
    let named = |id: &str| {
        let row = dataset.inspectors.iter().find(|row| row.id == id);
        row.map_or(id.to_owned(), |row| format!("{id} {}", row.name))
    };
    let whose = |who: &Who| match who {
        Who::Person(id) => named(id),
        Who::Grade(grade) => grade.as_str().to_owned(),
        Who::Region(region) => region.clone(),
        Who::GradeInRegion(grade, region) => format!("{} in {region}", grade.as_str()),
    };
    let step = dataset
        .policy
        .remedy
        .get(&remedy.kind)
        .and_then(|one| one.step);
    match &remedy.change {
        Change::Clearance { who, level, until } => {
            let level = level.as_deref().unwrap_or("as held");
            format!("clearance of {}: {level} until {until}", whose(who))
        }
        Change::Dbs { who, until } => format!("DBS check of {} until {until}", whose(who)),
        Change::Training { who, until } => format!("training of {} until {until}", whose(who)),
        Change::LeadTraining { who, .. } => format!("{} trained to lead", whose(who)),
        Change::Days { who, .. } => {
            format!(
                "{} more days a year of {}",
                step.unwrap_or_default(),
                whose(who)
            )
        }
        Change::Offer { who, span } => {
            format!("{} offers {} to {}", whose(who), span.first(), span.last())
        }
        Change::MoveLeave {
            inspector, span, ..
        } => format!(
            "leave of {} from {} to {} taken at another time",
            named(inspector),
            span.first(),
            span.last()
        ),
        Change::SiteCapacity { establishment, .. } => {
            let site = dataset
                .establishments
                .iter()
                .find(|row| row.id == *establishment);
            let name = site.map_or(establishment.as_str(), |row| row.name.as_str());
            format!("one place more on the site {name}")
        }
        Change::DifferentWeek { inspection, .. } => format!("a different week for {inspection}"),
        Change::AddInspectors(new) => match &new.profile {
            Profile::Recruit { grade, region, .. } => {
                format!("one more {} in {region}", grade.as_str())
            }
            Profile::Like(id) => format!("one more like {}", named(id)),
        },
        other => other.kind().to_owned(),
    }
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}

/// For programs.
pub fn json(dataset: &Dataset, found: &Remedies) -> Value {
    let point = |point: &Point| {
        let changes = point.set.iter().map(|at| {
            let remedy = &found.universe[*at];
            let policy = &dataset.policy.remedy[&remedy.kind];
            json!({
                "kind": remedy.kind.as_str(),
                "what": words(dataset, remedy),
                "price": policy.price,
                "addressee": policy.addressee,
            })
        });
        let tiers = point
            .short
            .tiers
            .map(|(tier, value)| (tier.name().to_owned(), json!(value)));
        json!({
            "changes": changes.collect::<Vec<_>>(),
            "short": tiers.into_iter().collect::<serde_json::Map<_, _>>(),
            "leads": point.empty.leads,
            "team": point.empty.team,
            "price": point.price,
            "proven": point.proof == Proof::Whole,
        })
    };
    let input = |input: &InputFile| json!({ "file": input.name, "sha256": input.sha256 });
    json!({
        "marking": dataset.policy.marking,
        "inputs": dataset.inputs.iter().map(input).collect::<Vec<_>>(),
        "looked_at": found.universe.len(),
        "frontier": found.frontier.iter().map(point).collect::<Vec<_>>(),
        "whole": found.whole.as_ref().map(|whole| point(&whole.point)),
        "whole_at_least": found.whole.as_ref().map(|whole| whole.at_least),
        "interrupted": found.cut,
    })
}

/// Changes of a kind in words, as in '2 places on sites'.
pub fn in_words(kind: RemedyKind, count: u32) -> String {
    let (one, many) = match kind {
        RemedyKind::Clearance => ("clearance", "clearances"),
        RemedyKind::Dbs => ("DBS check", "DBS checks"),
        RemedyKind::Training => (
            "training for custodial sites",
            "trainings for custodial sites",
        ),
        RemedyKind::LeadTraining => ("inspector trained to lead", "inspectors trained to lead"),
        RemedyKind::Days => ("step of contracted days", "steps of contracted days"),
        RemedyKind::Offer => ("week offered", "weeks offered"),
        RemedyKind::Leave => ("leave moved", "leaves moved"),
        RemedyKind::Place => ("place on a site", "places on sites"),
        RemedyKind::Week => ("week moved", "weeks moved"),
        RemedyKind::Person => ("more inspector", "more inspectors"),
    };
    format!("{count} {}", if count == 1 { one } else { many })
}
