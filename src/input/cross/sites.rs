//! Whether sites have room for HMIP and its partners (¶19), and whether the years of the
//! programme have bank holidays.

use std::collections::{BTreeSet, HashMap};

use chrono::Datelike;

use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::format::{BANK_HOLIDAYS, ESTABLISHMENTS, PROGRAMME};

use super::Parsed;
use super::windows::years;

pub fn check(parsed: &Parsed<'_>, diagnostics: &mut Diagnostics) {
    room(parsed, diagnostics);
    bank_holidays(parsed, diagnostics);
}

/// HMIP and partners are there from an inspection's first day to its last, whether or not
/// Ofsted comes (H7).
fn room(parsed: &Parsed<'_>, diagnostics: &mut Diagnostics) {
    let mut people = HashMap::new();
    for inspection in parsed.planned() {
        for day in inspection.dates.days() {
            let there = people
                .entry((inspection.establishment, day))
                .or_insert(0_u32);
            *there = there.saturating_add(inspection.hmip_team + inspection.partner_team);
        }
    }
    for inspection in parsed.planned() {
        let establishment = parsed.establishment(inspection);
        let Some(capacity) = establishment.site_capacity else {
            continue;
        };
        let there = |day| people[&(inspection.establishment, day)];
        let Some(day) = inspection.dates.days().find(|day| there(*day) > capacity) else {
            continue;
        };
        let message = format!(
            "on {day} HMIP and its partners are {} people, and {} takes {capacity}",
            there(day),
            establishment.name
        );
        diagnostics.push(
            Diagnostic::at(
                codes::M0516,
                diagnostics.cell(PROGRAMME.name, inspection.line, "hmip_team"),
                message,
            )
            .cell(inspection.hmip_team.to_string())
            .help("no place is left for Ofsted: check the numbers, or ask HMIP to make room")
            .related(
                diagnostics.cell(ESTABLISHMENTS.name, establishment.line, "site_capacity"),
                "what the site takes",
            ),
        );
    }
}

fn bank_holidays(parsed: &Parsed<'_>, diagnostics: &mut Diagnostics) {
    if !parsed.bank_holidays.whole {
        return;
    }
    let holidays = parsed.bank_holidays.rows.iter();
    let given: BTreeSet<_> = holidays.map(|(day, _)| day.year()).collect();
    let touched: BTreeSet<_> = parsed.planned().flat_map(years).collect();
    // A date far from the programme year is mistyped, which was told already.
    let programme_year = parsed.policy.policy.programme_year;
    let near = programme_year - 1..=programme_year + 2;
    for year in touched
        .difference(&given)
        .filter(|year| near.contains(year))
    {
        let message =
            format!("no bank holidays are given for {year}, in which there are inspections");
        diagnostics.push(
            Diagnostic::at(codes::M0517, Place::file(BANK_HOLIDAYS.name), message)
                .help("add that year's bank holidays of England and Wales (gov.uk lists them)"),
        );
    }
}
