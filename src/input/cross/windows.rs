//! Whether Ofsted's normal window makes sense: its week is plain (¶17), it holds a working
//! day, and it doesn't give an unannounced inspection away (H16).

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::domain::{DateSpan, Inspection, Kind, WeekdaySet};
use crate::format::PROGRAMME;

use super::Parsed;

pub fn check(parsed: &Parsed<'_>, diagnostics: &mut Diagnostics) {
    let holidays: HashSet<_> = parsed
        .bank_holidays
        .rows
        .iter()
        .map(|(day, _)| *day)
        .collect();
    let is_working = |day: &NaiveDate| {
        WeekdaySet::MONDAY_TO_FRIDAY.contains(day.weekday()) && !holidays.contains(day)
    };
    for inspection in parsed.attended() {
        week_is_plain(inspection, diagnostics);
        let window = normal_window(inspection);
        let column = if inspection.attend.is_some() {
            "attend_from"
        } else {
            "start_date"
        };
        let place = diagnostics.cell(PROGRAMME.name, inspection.line, column);
        match window.days().find(is_working) {
            None => {
                let message = format!(
                    "no day from {} to {} is a working day",
                    window.first(),
                    window.last()
                );
                diagnostics.push(
                    Diagnostic::at(codes::M0509, place, message)
                        .cell(window.first().to_string())
                        .help("Ofsted can't attend: check the dates, or name another window"),
                );
            }
            Some(first) if gives_away(inspection, first) => {
                let message = format!(
                    "Ofsted's window of {} begins on {first}, before the unannounced inspection does",
                    inspection.id
                );
                diagnostics.push(
                    Diagnostic::at(codes::M0510, place, message)
                        .cell(window.first().to_string())
                        .help("Ofsted can't attend: mend attend_from or start_date, or say that it is announced")
                        .related(
                            diagnostics.cell(PROGRAMME.name, inspection.line, "start_date"),
                            "the inspection begins here",
                        ),
                );
            }
            Some(_) => {}
        }
    }
}

fn gives_away(inspection: &Inspection, first: NaiveDate) -> bool {
    inspection.kind == Kind::Full && !inspection.announced && first < inspection.dates.first()
}

fn week_is_plain(inspection: &Inspection, diagnostics: &mut Diagnostics) {
    let dates = inspection.dates;
    let weeks = (monday(dates.last()) - monday(dates.first())).num_weeks() + 1;
    if inspection.kind != Kind::Full || inspection.attend.is_some() || weeks < 3 {
        return;
    }
    let window = normal_window(inspection);
    let message = format!(
        "{} touches {weeks} calendar weeks and names no week for Ofsted: {} to {} is taken",
        inspection.id,
        window.first(),
        window.last()
    );
    diagnostics.push(
        Diagnostic::at(
            codes::M0503,
            diagnostics.cell(PROGRAMME.name, inspection.line, "start_date"),
            message,
        )
        .cell(dates.first().to_string())
        .help("ask HMIP which week is meant, and fill in attend_from and attend_to"),
    );
}

fn monday(day: NaiveDate) -> NaiveDate {
    day.week(Weekday::Mon).first_day()
}

/// Ofsted's normal window (¶17), as the format defines it.
pub fn normal_window(inspection: &Inspection) -> DateSpan {
    let dates = inspection.dates;
    inspection.attend.unwrap_or_else(|| match inspection.kind {
        Kind::Full => {
            let first = monday(dates.last()).max(dates.first());
            DateSpan::new(first, dates.last()).unwrap_or(dates)
        }
        Kind::Irp | Kind::Standalone => dates,
    })
}

/// Every year that its days, or those of Ofsted's window, lie in.
pub fn years(inspection: &Inspection) -> impl Iterator<Item = i32> + use<> {
    let window = normal_window(inspection);
    let first = inspection.dates.first().min(window.first());
    let last = inspection.dates.last().max(window.last());
    first.year()..=last.year()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mondays_are_mondays() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 5, day).expect("a date");
        assert_eq!(monday(day(17)), day(11));
        assert_eq!(monday(day(11)), day(11));
    }
}
