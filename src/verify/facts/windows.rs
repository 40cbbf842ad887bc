//! The windows in which Ofsted may attend (¶17, 23).

use chrono::{NaiveDate, TimeDelta};

use crate::domain::{DateSpan, DifferentWeek, Inspection, InspectionIx, Kind};
use crate::verify::posts::Week;

use super::{Facts, monday_of};

/// A window with at least one working day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The days on site, in order; never empty.
    pub days: Vec<NaiveDate>,
    pub week: Week,
}

impl Window {
    /// The first day on site.
    pub fn first(&self) -> NaiveDate {
        self.days[0]
    }

    /// The last day on site.
    pub fn last(&self) -> NaiveDate {
        self.days[self.days.len() - 1]
    }
}

impl Facts<'_> {
    /// Every window of an inspection, the normal one first where it has a working day.
    pub fn windows(&self, inspection: InspectionIx) -> &[Window] {
        &self.windows[inspection.get()]
    }

    /// The working days of the normal window; there may be none.
    pub fn normal_days(&self, inspection: &Inspection) -> Vec<NaiveDate> {
        self.working_days(normal_span(inspection))
    }

    pub(super) fn list_windows(&self, inspection: &Inspection) -> Vec<Window> {
        let normal = normal_span(inspection);
        let moved = moved_spans(self, inspection, normal);
        std::iter::once((normal, Week::Normal))
            .chain(moved)
            .map(|(span, week)| Window {
                days: self.working_days(span),
                week,
            })
            .filter(|window| !window.days.is_empty())
            .collect()
    }
}

/// The normal window's calendar days: what the programme names, else the calendar week of a
/// full inspection's last day up to that day, else the whole inspection.
fn normal_span(inspection: &Inspection) -> DateSpan {
    let dates = inspection.dates;
    if let Some(named) = inspection.attend {
        return named;
    }
    match inspection.kind {
        Kind::Full => {
            let first = monday_of(dates.last()).max(dates.first());
            DateSpan::new(first, dates.last()).unwrap_or(dates)
        }
        Kind::Irp | Kind::Standalone => dates,
    }
}

fn moved_spans(facts: &Facts, inspection: &Inspection, normal: DateSpan) -> Vec<(DateSpan, Week)> {
    let standalone = inspection.kind == Kind::Standalone;
    if standalone && inspection.dates_named_on.is_some() {
        return Vec::new();
    }
    if let (true, Some(bounds)) = (standalone, inspection.bounds) {
        return shifts_within(normal, bounds);
    }
    let policy = &facts.dataset.policy.different_week;
    if inspection.different_week == DifferentWeek::No || !policy.kinds.contains(&inspection.kind) {
        return Vec::new();
    }
    policy
        .offsets
        .iter()
        .filter(|offset| **offset != 0)
        .filter_map(|offset| shifted(normal, i64::from(*offset)))
        .map(|span| (span, Week::Different))
        .collect()
}

/// Every whole-week shift of a standalone's window between its bounds: not a different week.
fn shifts_within(normal: DateSpan, bounds: DateSpan) -> Vec<(DateSpan, Week)> {
    let inside = |span: &DateSpan| bounds.contains(span.first()) && bounds.contains(span.last());
    let earlier = (1..).map_while(|weeks| shifted(normal, -weeks).filter(inside));
    let later = (1..).map_while(|weeks| shifted(normal, weeks).filter(inside));
    earlier
        .chain(later)
        .map(|span| (span, Week::Normal))
        .collect()
}

fn shifted(span: DateSpan, weeks: i64) -> Option<DateSpan> {
    let by = TimeDelta::try_weeks(weeks)?;
    DateSpan::new(
        span.first().checked_add_signed(by)?,
        span.last().checked_add_signed(by)?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::test_support::{Year, day};

    fn spans(year: &Year) -> Vec<(String, String, Week)> {
        Facts::new(&year.dataset)
            .windows(InspectionIx::new(0))
            .iter()
            .map(|window| {
                (
                    window.first().to_string(),
                    window.last().to_string(),
                    window.week,
                )
            })
            .collect()
    }

    fn owned(spans: &[(&str, &str, Week)]) -> Vec<(String, String, Week)> {
        spans
            .iter()
            .map(|(first, last, week)| ((*first).to_owned(), (*last).to_owned(), *week))
            .collect()
    }

    #[test]
    fn a_full_inspection_has_its_second_week_and_the_offsets() {
        let year = Year::new().full("F1", "2026-05-04", "2026-05-14");
        assert_eq!(
            spans(&year),
            owned(&[
                ("2026-05-11", "2026-05-14", Week::Normal),
                ("2026-05-18", "2026-05-21", Week::Different),
                ("2026-05-25", "2026-05-28", Week::Different),
                ("2026-05-04", "2026-05-07", Week::Different),
            ])
        );
    }

    #[test]
    fn no_different_week_and_a_named_window_are_kept() {
        let mut year = Year::new().full("F1", "2026-05-04", "2026-05-22");
        year.dataset.programme[0].different_week = DifferentWeek::No;
        year.dataset.programme[0].attend = DateSpan::new(day("2026-05-12"), day("2026-05-16"));
        assert_eq!(
            spans(&year),
            owned(&[("2026-05-12", "2026-05-15", Week::Normal)])
        );
    }

    #[test]
    fn a_short_full_inspection_begins_on_its_first_day() {
        let mut year = Year::new().full("F1", "2026-05-06", "2026-05-08");
        year.dataset.policy.different_week.offsets.clear();
        assert_eq!(
            spans(&year),
            owned(&[("2026-05-06", "2026-05-08", Week::Normal)])
        );
    }

    #[test]
    fn a_standalone_moves_by_weeks_between_its_bounds_until_its_dates_are_named() {
        let mut year = Year::new().standalone("S1", "2026-05-12", "2026-05-14");
        year.dataset.programme[0].bounds = DateSpan::new(day("2026-05-05"), day("2026-05-27"));
        assert_eq!(
            spans(&year),
            owned(&[
                ("2026-05-12", "2026-05-14", Week::Normal),
                ("2026-05-05", "2026-05-07", Week::Normal),
                ("2026-05-19", "2026-05-21", Week::Normal),
            ])
        );
        year.dataset.programme[0].dates_named_on = Some(day("2026-02-01"));
        assert_eq!(spans(&year).len(), 1);
    }

    #[test]
    fn a_window_of_bank_holidays_is_none() {
        let mut year = Year::new().full("F1", "2026-05-04", "2026-05-04");
        year = year.bank_holiday("2026-05-04");
        assert!(spans(&year).iter().all(|span| span.2 == Week::Different));
    }
}
