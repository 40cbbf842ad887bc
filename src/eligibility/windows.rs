//! The windows in which an inspection may be attended: the second week, a different week
//! (¶17), or a standalone's whole weeks between its bounds. H14 and H16 live here: a window
//! is the whole team's, and none begins before an unannounced inspection does.

use chrono::NaiveDate;

use super::calendar::{Calendar, add_weeks, monday};
use crate::domain::{DateSpan, DifferentWeek, Inspection, Kind, Policy};

/// One window of an inspection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Weeks from the normal window.
    pub offset: i32,
    /// Whether it is a *different week* (¶17): a standalone's own shift is not.
    pub different_week: bool,
    /// The days on site: its working days, in order.
    pub on_site: Vec<NaiveDate>,
    /// Why nobody can attend in it at all.
    pub closed: Option<Closed>,
}

/// Why a window is open to nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It has no working day.
    NoWorkingDay,
    /// It would begin before an unannounced inspection does, and give it away (H16; ¶14, ¶25).
    GivesAway,
    /// It lies before the day from which the year is planned anew, or the inspection was begun in
    /// another one (H17; ¶22).
    Past,
}

/// The calendar days of an inspection's normal window.
pub fn normal_span(inspection: &Inspection) -> DateSpan {
    if let Some(attend) = inspection.attend {
        return attend;
    }
    match inspection.kind {
        Kind::Full => {
            let last = inspection.dates.last();
            let first = monday(last).max(inspection.dates.first());
            DateSpan::new(first, last).unwrap_or(inspection.dates)
        }
        Kind::Irp | Kind::Standalone => inspection.dates,
    }
}

/// Every window of `inspection`, the normal one first. A standalone whose dates were named to
/// HMIP has no other (¶23).
pub fn windows(inspection: &Inspection, policy: &Policy, calendar: &Calendar) -> Vec<Window> {
    let normal = normal_span(inspection);
    let window = |offset: i32, different_week: bool| {
        let moved = DateSpan::new(
            add_weeks(normal.first(), offset),
            add_weeks(normal.last(), offset),
        )
        .unwrap_or(normal);
        let on_site: Vec<_> = calendar.working_days(moved).collect();
        let gives_away = |first: &NaiveDate| {
            inspection.kind == Kind::Full
                && !inspection.announced
                && *first < inspection.dates.first()
        };
        let closed = match on_site.first() {
            None => Some(Closed::NoWorkingDay),
            Some(first) if gives_away(first) => Some(Closed::GivesAway),
            Some(_) => None,
        };
        Window {
            offset,
            different_week,
            on_site,
            closed,
        }
    };
    let mut all = vec![window(0, false)];
    let named = inspection.kind == Kind::Standalone && inspection.dates_named_on.is_some();
    if named {
        return all;
    }
    if let Some(bounds) = inspection.bounds {
        let weeks_before = (normal.first() - bounds.first()).num_weeks() as i32;
        let weeks_after = (bounds.last() - normal.last()).num_weeks() as i32;
        let offsets = (-weeks_before..=weeks_after).filter(|offset| *offset != 0);
        all.extend(offsets.map(|offset| window(offset, false)));
    } else if inspection.different_week != DifferentWeek::No
        && policy.different_week.kinds.contains(&inspection.kind)
    {
        all.extend(
            policy
                .different_week
                .offsets
                .iter()
                .map(|offset| window(*offset, true)),
        );
    }
    all
}
