//! When Ofsted may be on site: the normal window and the others (H16).

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use muster::domain::{Dataset, DateSpan, DifferentWeek, Inspection, Kind};

use super::Rule;
use super::calendar::{Calendar, DaySet};

/// A span of days in which an inspection can be attended; never without a working day.
pub struct Window {
    /// Its working days.
    pub days: DaySet,
    /// The first of them.
    pub first: NaiveDate,
    /// The last of them.
    pub last: NaiveDate,
    /// Whether it counts as a different week.
    pub different: bool,
}

/// The normal window of `inspection`, weekends and bank holidays included.
pub fn normal(inspection: &Inspection) -> DateSpan {
    let dates = inspection.dates;
    match (inspection.attend, inspection.kind) {
        (Some(span), _) => span,
        (None, Kind::Full) => {
            let weekday = dates.last().weekday().num_days_from_monday();
            let monday = dates.last() - Days::new(u64::from(weekday));
            span(monday.max(dates.first()), dates.last())
        }
        (None, Kind::Irp | Kind::Standalone) => dates,
    }
}

/// Every window in which `inspection` can be attended.
pub fn windows(
    dataset: &Dataset,
    calendar: &Calendar,
    inspection: &Inspection,
    dropped: &BTreeSet<Rule>,
) -> Vec<Window> {
    let policy = &dataset.policy.different_week;
    let normal = normal(inspection);
    let standalone = inspection.kind == Kind::Standalone;
    let mut spans = vec![(normal, false)];
    if standalone && inspection.dates_named_on.is_some() {
        // Named to HMIP, the dates stand (¶23).
    } else if let (true, Some(bounds)) = (standalone, inspection.bounds) {
        spans.extend(
            (-60..=60)
                .filter(|weeks| *weeks != 0)
                .map(|weeks| shifted(normal, weeks))
                .filter(|span| bounds.contains(span.first()) && bounds.contains(span.last()))
                .map(|span| (span, false)),
        );
    } else if policy.kinds.contains(&inspection.kind)
        && inspection.different_week != DifferentWeek::No
    {
        spans.extend(
            policy
                .offsets
                .iter()
                .map(|weeks| (shifted(normal, *weeks), true)),
        );
    }
    let secret = inspection.kind == Kind::Full && !inspection.announced;
    spans
        .into_iter()
        .filter(|(span, _)| calendar.of(*span) != 0)
        .map(|(span, different)| Window {
            days: calendar.of(span),
            first: calendar.date(calendar.from(span.first())),
            last: calendar.date(calendar.up_to(span.last()) - 1),
            different,
        })
        .filter(|window| {
            !secret || dropped.contains(&Rule::H16) || window.first >= inspection.dates.first()
        })
        .collect()
}

fn shifted(normal: DateSpan, weeks: i32) -> DateSpan {
    let by = TimeDelta::weeks(i64::from(weeks));
    span(normal.first() + by, normal.last() + by)
}

fn span(first: NaiveDate, last: NaiveDate) -> DateSpan {
    DateSpan::new(first, last).expect("a window never ends before it begins")
}
