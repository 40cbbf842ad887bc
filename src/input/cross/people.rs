//! Whether people are as available and as qualified as somebody meant to enter.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::domain::{AvailabilityKind, DateSpan, Grade, Inspector};
use crate::format::{AVAILABILITY, INSPECTORS};

use super::Parsed;

pub fn check(parsed: &Parsed<'_>, diagnostics: &mut Diagnostics) {
    offers(parsed, diagnostics);
    for person in &parsed.inspectors.rows {
        if let Some(year) = parsed.policy.year() {
            lapses(person, year, diagnostics);
        }
        if person.days_used > person.max_days {
            let message = format!(
                "{} has used {} of {} days, and can hold no post",
                person.id, person.days_used, person.max_days
            );
            diagnostics.push(
                Diagnostic::at(
                    codes::M0605,
                    diagnostics.cell(INSPECTORS.name, person.line, "days_used"),
                    message,
                )
                .cell(person.days_used.to_string())
                .help("check both numbers"),
            );
        }
    }
}

/// OIs are on site only on days they offered (H9); offers of HMIs mean nothing.
fn offers(parsed: &Parsed<'_>, diagnostics: &mut Diagnostics) {
    let mut offering = HashSet::new();
    let mut of_hmis: HashMap<_, usize> = HashMap::new();
    let people = &parsed.inspectors.rows;
    let rows = parsed.availability.rows.iter();
    let offers: Vec<_> = rows
        .filter(|row| row.kind == AvailabilityKind::Offered)
        .collect();
    for offer in &offers {
        offering.insert(offer.inspector);
        *of_hmis.entry(offer.inspector).or_default() += 1;
    }
    for offer in &offers {
        let person = &people[offer.inspector.get()];
        if person.grade != Grade::Hmi {
            continue;
        }
        // Said once a person, at their first offer.
        let Some(count) = of_hmis.remove(&offer.inspector) else {
            continue;
        };
        let message = match count {
            1 => format!("{} is an HMI: this offer is ignored", person.id),
            _ => format!(
                "{} is an HMI: this and {} more offers are ignored",
                person.id,
                count - 1
            ),
        };
        diagnostics.push(
            Diagnostic::at(
                codes::M0602,
                diagnostics.cell(AVAILABILITY.name, offer.line, "kind"),
                message,
            )
            .cell("offered")
            .help("remove it, or mend the grade in inspectors.csv")
            .related(
                diagnostics.cell(INSPECTORS.name, person.line, "grade"),
                "the grade",
            ),
        );
    }
    if !parsed.availability.whole {
        return;
    }
    for (position, person) in people.iter().enumerate() {
        let ix = crate::domain::InspectorIx::new(position);
        if person.grade == Grade::Oi && !offering.contains(&ix) {
            let message = format!(
                "{} is an OI and offers no days: they can hold no post",
                person.id
            );
            diagnostics.push(
                Diagnostic::at(
                    codes::M0601,
                    diagnostics.cell(INSPECTORS.name, person.line, "inspector_id"),
                    message,
                )
                .cell(&person.id)
                .help(
                    "enter the days they offer into availability.csv, as rows of the kind offered",
                ),
            );
        }
    }
}

/// What ends before the programme year does (H5, H6).
fn lapses(person: &Inspector, year: DateSpan, diagnostics: &mut Diagnostics) {
    let held: [(&str, &str, Option<NaiveDate>); 3] = [
        ("enhanced DBS check", "dbs_expires", person.dbs_expires),
        (
            "clearance",
            "clearance_expires",
            person.clearance.map(|held| held.expires),
        ),
        (
            "training for custodial sites",
            "custody_training_until",
            person.custody_training_until,
        ),
    ];
    for (what, column, expires) in held {
        let Some(expires) = expires.filter(|expires| *expires < year.last()) else {
            continue;
        };
        let message = if expires < year.first() {
            format!(
                "the {what} of {} lapsed on {expires}, before the programme year",
                person.id
            )
        } else {
            format!(
                "the {what} of {} lapses on {expires}, inside of the programme year",
                person.id
            )
        };
        diagnostics.push(
            Diagnostic::at(
                codes::M0603,
                diagnostics.cell(INSPECTORS.name, person.line, column),
                message,
            )
            .cell(expires.to_string())
            .help(
                "they can hold no post after it: have it renewed in time, and enter the new date",
            ),
        );
    }
}
