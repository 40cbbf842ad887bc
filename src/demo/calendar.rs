//! The programme year and its weeks.

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::DateSpan;

/// A date that is written in the program.
pub(super) fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date of the calendar")
}

/// A span that is written in the program.
pub(super) fn span(first: NaiveDate, last: NaiveDate) -> DateSpan {
    DateSpan::new(first, last).expect("a span that ends no sooner than it begins")
}

/// `days` after `day`.
pub(super) fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day + Days::new(days)
}

/// `days` before `day`.
pub(super) fn before(day: NaiveDate, days: u64) -> NaiveDate {
    day - Days::new(days)
}

/// The Monday of the week that holds `day`.
pub(super) fn monday(day: NaiveDate) -> NaiveDate {
    before(day, u64::from(day.weekday().num_days_from_monday()))
}

/// The programme year: April 2026 to March 2027.
pub(super) fn year() -> DateSpan {
    span(date(2026, 4, 1), date(2027, 3, 31))
}

/// The Mondays of all weeks in which somebody could have work of this year: from six weeks
/// before it to nine after, as windows and reports may lie outside the year.
pub(super) fn mondays() -> Vec<NaiveDate> {
    date(2026, 2, 16)
        .iter_weeks()
        .take_while(|day| *day <= date(2027, 5, 31))
        .collect()
}

/// The Christmas fortnight.
pub(super) fn christmas() -> DateSpan {
    span(date(2026, 12, 21), date(2027, 1, 3))
}

/// The weeks of Good Friday, with Easter Monday.
pub(super) fn easters() -> [DateSpan; 2] {
    [
        span(date(2026, 3, 30), date(2026, 4, 6)),
        span(date(2027, 3, 22), date(2027, 3, 29)),
    ]
}

/// Whether two spans share a day.
pub(super) fn overlap(one: DateSpan, other: DateSpan) -> bool {
    one.first() <= other.last() && other.first() <= one.last()
}

/// The last calendar week of a span, from its Monday or the span's first day.
pub(super) fn last_week(whole: DateSpan) -> DateSpan {
    span(monday(whole.last()).max(whole.first()), whole.last())
}

/// How many calendar weeks a span touches.
pub(super) fn weeks_touched(whole: DateSpan) -> i64 {
    (monday(whole.last()) - monday(whole.first())).num_days() / 7 + 1
}
