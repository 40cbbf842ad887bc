//! Who is told what where a published plan was made anew (¶15, 22): a notice for HMIP, and one for
//! each inspector whose posts change, which holds that inspector's own and nothing else.

use std::collections::BTreeMap;

use super::statement::{Block, Statement};
use super::{Sources, counted, span};
use crate::diff::{Fate, PostChange};
use crate::domain::{DateSpan, Role};
use crate::replan;
use crate::report::Run;

/// The notices by the name of their file, without its ending; nothing where the result replaces no
/// plan.
pub(super) fn notices(sources: &Sources) -> Option<Vec<(String, Statement)>> {
    sources.eligibility.dataset.published.as_ref()?;
    let run = Run {
        eligibility: sources.eligibility,
        allocation: &sources.past.allocation,
        shortfalls: &sources.past.shortfalls,
        options: &sources.past.options,
    };
    let changes = replan::changes(&run);
    let mut notices = vec![("hmip".to_owned(), for_hmip(sources, &changes))];
    let mut people: BTreeMap<&str, Vec<&PostChange>> = BTreeMap::new();
    for change in &changes {
        people
            .entry(&change.held.inspector)
            .or_default()
            .push(change);
    }
    let is_told = |own: &[&PostChange]| {
        own.iter()
            .any(|change| !matches!(change.fate, Fate::Unchanged(_)))
    };
    let told = people.into_iter().filter(|(_, own)| is_told(own));
    for (number, (id, own)) in told.enumerate() {
        notices.push((file_name(id, number + 1), for_inspector(sources, &own)));
    }
    Some(notices)
}

/// An id as a file may be called; a number, where it holds what a name should not.
fn file_name(id: &str, number: usize) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !id.is_empty() && id.chars().all(is_plain) && id != "hmip" {
        format!("inspector-{id}")
    } else {
        format!("inspector-number-{number}")
    }
}

fn site(sources: &Sources, inspection: &str) -> String {
    let dataset = sources.eligibility.dataset;
    let mut rows = dataset.programme.iter();
    match rows.find(|row| row.id == inspection) {
        Some(row) => dataset.establishment(row.establishment).name.clone(),
        None => "no longer in the programme".to_owned(),
    }
}

fn days(days: Option<DateSpan>) -> String {
    days.map_or_else(|| "–".to_owned(), span)
}

/// What changes at each inspection: the days, the lead, how many come.
fn for_hmip(sources: &Sources, changes: &[PostChange]) -> Statement {
    let dataset = sources.eligibility.dataset;
    let mut inspections: BTreeMap<&str, Vec<&PostChange>> = BTreeMap::new();
    for change in changes {
        inspections
            .entry(&change.held.inspection)
            .or_default()
            .push(change);
    }
    let mut rows = Vec::new();
    for (id, own) in inspections {
        let lead = |at: fn(Fate) -> Option<DateSpan>| {
            let mut leads = own.iter().filter(|change| change.held.role == Role::Lead);
            leads.find(|change| at(change.fate).is_some())
        };
        let people = |at: fn(Fate) -> Option<DateSpan>| {
            own.iter()
                .filter(|change| at(change.fate).is_some())
                .count() as u32
        };
        let (was, now) = (lead(Fate::was), lead(Fate::now));
        let name = |one: Option<&&PostChange>| one.map(|one| one.held.name.clone());
        let when = |one: Option<&&PostChange>, at: fn(Fate) -> Option<DateSpan>| {
            one.and_then(|one| at(one.fate))
        };
        let before = (name(was), when(was, Fate::was), people(Fate::was));
        let after = (name(now), when(now, Fate::now), people(Fate::now));
        if before == after {
            continue;
        }
        let cell = |(name, when, people): (Option<String>, Option<DateSpan>, u32)| match when {
            None => "not attended".to_owned(),
            Some(_) => format!(
                "{}, led by {}, {}",
                days(when),
                name.unwrap_or_default(),
                counted(people, "inspector")
            ),
        };
        rows.push(vec![
            format!("{id} {}", site(sources, id)),
            cell(before),
            cell(after),
        ]);
    }
    let mut blocks = Vec::new();
    if rows.is_empty() {
        blocks.push(Block::Paragraph(
            "Nothing changes in days, leads or numbers of inspectors.".to_owned(),
        ));
    } else {
        blocks.push(Block::Paragraph(
            "Since the plan that you were given, Ofsted's attendance at these inspections has \
             changed."
                .to_owned(),
        ));
        blocks.push(Block::Table(vec!["inspection", "was", "is now"], rows));
    }
    Statement {
        marking: dataset.policy.marking.clone(),
        title: "Changes to Ofsted's attendance".to_owned(),
        blocks,
    }
}

/// What changes for one inspector, and what stays of what is to come.
fn for_inspector(sources: &Sources, own: &[&PostChange]) -> Statement {
    let dataset = sources.eligibility.dataset;
    let as_of = dataset.published.as_ref().map(|published| published.as_of);
    let is_ahead = |change: &&&PostChange| {
        let last = change.fate.now().or(change.fate.was()).map(DateSpan::last);
        !matches!(change.fate, Fate::Unchanged(_)) || last >= as_of
    };
    let rows = own.iter().filter(is_ahead).map(|change| {
        let held = &change.held;
        vec![
            format!("{} {}", held.inspection, site(sources, &held.inspection)),
            held.role.as_str().to_owned(),
            change.fate.as_str().to_owned(),
            days(change.fate.now()),
            days(change.fate.was()),
        ]
    });
    let name = own.first().map_or("", |change| change.held.name.as_str());
    let head = vec!["inspection", "role", "change", "days on site", "were"];
    Statement {
        marking: dataset.policy.marking.clone(),
        title: format!("Your prison inspections: {name}"),
        blocks: vec![
            Block::Paragraph(
                "Your inspections to come, and what has changed since you were last told."
                    .to_owned(),
            ),
            Block::Table(head, rows.collect()),
        ],
    }
}
