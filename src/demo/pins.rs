//! `pins.csv`: posts settled by hand. A pin must break no rule, so that only people with time
//! and qualifications to spare are pinned, each once.

use std::collections::BTreeSet;

use crate::domain::{DateSpan, Grade};

use super::availability::Span;
use super::calendar::{after, before, date, overlap, span};
use super::conflicts::Conflict;
use super::draw::Draw;
use super::people::{LEVELS, Person};
use super::sites::Site;
use super::spec::{Programme, Spec};
use super::table::Table;
use super::teams::Entry;

/// A row of the file: positions of the inspection and of the person.
#[derive(Clone, Debug)]
pub(super) struct Pin {
    entry: usize,
    person: usize,
    role: &'static str,
    action: &'static str,
}

/// What a pin must fit in with.
pub(super) struct Year<'a> {
    pub(super) sites: &'a [Site],
    pub(super) entries: &'a [Entry],
    pub(super) people: &'a [Person],
    pub(super) spans: &'a [Span],
    pub(super) conflicts: &'a [Conflict],
}

/// As many pins as asked for and can be had, half of them of leads, and as many forbidden
/// posts, by inspection.
pub(super) fn pins(spec: &Spec, year: &Year<'_>, draw: &mut Draw) -> Vec<Pin> {
    let mut entries: Vec<usize> = (0..year.entries.len())
        .filter(|&entry| year.entries[entry].in_scope(year.sites))
        .collect();
    draw.shuffle(&mut entries);
    // In a drawn year, which is often small, more of them may be pinned elsewhere, pinned to
    // its team or ruled out.
    let enough = match spec.programme {
        Programme::Published => 1,
        Programme::Drawn => 4,
    };
    let mut pins: Vec<Pin> = Vec::new();
    let mut taken = BTreeSet::new();
    for &entry in entries.iter().filter(|&&entry| has_room(year, entry)) {
        if pins.len() >= spec.tightness.pins {
            break;
        }
        let role = if pins.len().is_multiple_of(2) {
            "lead"
        } else {
            "team"
        };
        let led = leads(year, entry) >= enough;
        if role == "team" && (year.entries[entry].team_required < 2 || !led) {
            continue;
        }
        let fit: Vec<usize> = (0..year.people.len())
            .filter(|person| !taken.contains(person) && fits(year, entry, *person, role))
            .collect();
        if fit.is_empty() {
            continue;
        }
        let person = draw.pick(&fit);
        taken.insert(person);
        pins.push(Pin {
            entry,
            person,
            role,
            action: "pin",
        });
    }
    let others: Vec<usize> = (0..year.people.len())
        .filter(|person| !taken.contains(person))
        .collect();
    for (number, &entry) in entries.iter().take(spec.tightness.pins).enumerate() {
        if others.is_empty() {
            break;
        }
        pins.push(Pin {
            entry,
            person: draw.pick(&others),
            role: ["lead", ""][number % 2],
            action: "forbid",
        });
    }
    pins.sort_by_key(|pin| (pin.entry, pin.person));
    pins
}

/// Whether Ofsted's whole team finds room: enough places, and nobody else on site.
fn has_room(year: &Year<'_>, position: usize) -> bool {
    let entry = &year.entries[position];
    let alone = year.entries.iter().enumerate().all(|(other, there)| {
        other == position
            || there.dates.site != entry.dates.site
            || !overlap(there.dates.days, entry.dates.days)
    });
    alone && entry.places(year.sites) >= entry.team_required
}

/// How many people can surely lead an inspection.
fn leads(year: &Year<'_>, entry: usize) -> usize {
    (0..year.people.len())
        .filter(|person| fits(year, entry, *person, "lead"))
        .count()
}

/// Whether a person can hold a post in the normal window with room to spare: more than the
/// rules ask for, so that nothing has to be placed day by day.
fn fits(year: &Year<'_>, entry: usize, person: usize, role: &str) -> bool {
    let entry = &year.entries[entry];
    let site = &year.sites[entry.dates.site];
    let window = entry.normal_window();
    let who = &year.people[person];
    // A lead prepares in the week before and reports in the two weeks after; a team inspector
    // writes up within three working days.
    let (clear, days) = if role == "lead" {
        (around(window, 7, 14), 12)
    } else {
        (around(window, 0, 7), 6)
    };
    let valid_after = date(2027, 6, 1);
    let free = year
        .spans
        .iter()
        .filter(|span| span.person == person && !span.offered)
        .all(|span| !overlap(span.days, clear));
    let offered = who.grade == Grade::Hmi
        || year
            .spans
            .iter()
            .any(|span| span.person == person && span.offered && covers(span.days, window));
    (role == "team" || who.may_lead())
        && free
        && offered
        && LEVELS[..=who.clearance].contains(&site.clearance_required.as_str())
        && [
            Some(who.dbs_expires),
            Some(who.clearance_expires),
            who.training_until,
        ]
        .into_iter()
        .flatten()
        .all(|expires| expires >= valid_after)
        && who.working_days.is_none()
        && who.quarter_caps == [None; 4]
        && who.max_days >= days + who.days_used.unwrap_or(0)
        && !year
            .conflicts
            .iter()
            .any(|conflict| conflict.person == person)
}

fn around(window: DateSpan, days_before: u64, days_after: u64) -> DateSpan {
    span(
        before(window.first(), days_before),
        after(window.last(), days_after),
    )
}

fn covers(whole: DateSpan, part: DateSpan) -> bool {
    whole.contains(part.first()) && whole.contains(part.last())
}

/// The file.
pub(super) fn table(entries: &[Entry], people: &[Person], pins: &[Pin]) -> Table {
    let mut table = Table::new("pins.csv");
    for pin in pins {
        table.row(&[
            ("inspection_id", entries[pin.entry].id.clone()),
            ("inspector_id", people[pin.person].id.clone()),
            ("role", pin.role.to_owned()),
            ("action", pin.action.to_owned()),
        ]);
    }
    table
}
