//! Whether the programme as a whole is what a year's programme looks like (¶12, 16).

use std::collections::HashMap;

use chrono::Days;

use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::domain::{Country, DateSpan, Inspection, Kind};
use crate::format::PROGRAMME;

use super::Parsed;

pub fn check(parsed: &Parsed<'_>, diagnostics: &mut Diagnostics) {
    number_of_irps(parsed, diagnostics);
    if let Some(year) = parsed.policy.year() {
        for inspection in &parsed.programme.rows {
            inside_the_year(inspection, year, diagnostics);
        }
    }
    given_twice(parsed, diagnostics);
    in_wales(parsed, diagnostics);
}

fn number_of_irps(parsed: &Parsed<'_>, diagnostics: &mut Diagnostics) {
    if !parsed.programme.whole {
        return;
    }
    if parsed.programme.rows.is_empty() {
        diagnostics.push(
            Diagnostic::at(
                codes::M0518,
                Place::file(PROGRAMME.name),
                "programme.csv has no inspections",
            )
            .help("enter the programme, one inspection a row; or name the folder that holds it"),
        );
        return;
    }
    let irps = parsed.planned().filter(|one| one.kind == Kind::Irp).count();
    let notice = &parsed.policy.policy.notice;
    let (least, most) = (notice.irps_min as usize, notice.irps_max as usize);
    if irps < least || irps > most {
        let message = format!("IRPs in the programme: {irps}; {least} to {most} are usual");
        diagnostics.push(
            Diagnostic::at(codes::M0504, Place::file(PROGRAMME.name), message)
                .help("check that the whole programme was entered"),
        );
    }
}

fn inside_the_year(inspection: &Inspection, year: DateSpan, diagnostics: &mut Diagnostics) {
    let named = [
        ("start_date", "end_date", Some(inspection.dates)),
        ("attend_from", "attend_to", inspection.attend),
        ("earliest", "latest", inspection.bounds),
    ];
    let ends = named.into_iter().flat_map(|(from, to, span)| {
        let ends = span.map(|span| [(from, span.first()), (to, span.last())]);
        ends.into_iter().flatten()
    });
    let shown = format!("{} to {}", year.first(), year.last());
    let around = Days::new(366);
    let near = (year.first() - around)..=(year.last() + around);
    let mut far = false;
    for (column, date) in ends.filter(|(_, date)| !near.contains(date)) {
        far = true;
        let place = diagnostics.cell(PROGRAMME.name, inspection.line, column);
        let message = format!("{column} {date} is more than a year away from {shown}");
        diagnostics.push(
            Diagnostic::at(codes::M0512, place, message)
                .cell(date.to_string())
                .help("mend the year, here or in programme_year of policy.toml"),
        );
    }
    let dates = inspection.dates;
    let inside = year.contains(dates.first()) && year.contains(dates.last());
    if !far && !inside {
        let column = if year.contains(dates.first()) {
            "end_date"
        } else {
            "start_date"
        };
        let message = format!(
            "{} runs from {} to {}, outside of {shown}",
            inspection.id,
            dates.first(),
            dates.last()
        );
        diagnostics.push(
            Diagnostic::at(
                codes::M0511,
                diagnostics.cell(PROGRAMME.name, inspection.line, column),
                message,
            )
            .help("check the dates, and programme_year of policy.toml"),
        );
    }
}

fn given_twice(parsed: &Parsed<'_>, diagnostics: &mut Diagnostics) {
    let mut lines = HashMap::new();
    for inspection in parsed.planned().filter(|one| one.kind != Kind::Standalone) {
        let key = (inspection.establishment, inspection.kind);
        let first = *lines.entry(key).or_insert(inspection.line);
        if first == inspection.line {
            continue;
        }
        let kind = match inspection.kind {
            Kind::Irp => "IRP",
            _ => "full inspection",
        };
        let name = &parsed.establishment(inspection).name;
        diagnostics.push(
            Diagnostic::at(
                codes::M0514,
                diagnostics.cell(PROGRAMME.name, inspection.line, "establishment_id"),
                format!("{name} has more than one {kind} this year"),
            )
            .cell(&parsed.establishment(inspection).id)
            .help("remove the copy; mark what was put off as postponed")
            .related(
                diagnostics.cell(PROGRAMME.name, first, "establishment_id"),
                "the first one",
            ),
        );
    }
}

/// Education in Welsh prisons is Estyn's to inspect (H3).
fn in_wales(parsed: &Parsed<'_>, diagnostics: &mut Diagnostics) {
    for inspection in parsed.planned() {
        let establishment = parsed.establishment(inspection);
        if establishment.country == Country::Wales {
            let message = format!(
                "{} is in Wales: it is listed as Estyn's",
                establishment.name
            );
            diagnostics.push(
                Diagnostic::at(
                    codes::M0515,
                    diagnostics.cell(PROGRAMME.name, inspection.line, "establishment_id"),
                    message,
                )
                .cell(&establishment.id)
                .help("nothing to do; mend its country if it is in England"),
            );
        }
    }
}
