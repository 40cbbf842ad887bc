//! Which inspections may be moved, and to when.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate, TimeDelta};

use crate::domain::{Dataset, DateSpan, Inspection, InspectionIx, Kind, Status};
use crate::eligibility::calendar::{add_weeks, week_number};
use crate::eligibility::scope::{Scope, scope};

/// An inspection moved by whole weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Move {
    /// Which.
    pub inspection: InspectionIx,
    /// By how many weeks; later where above 0, never 0.
    pub weeks: i32,
}

/// The weeks, Monday to Sunday, that a span touches.
pub(super) fn weeks(span: DateSpan) -> impl Iterator<Item = i32> {
    let (first, last) = (week_number(span.first()), week_number(span.last()));
    first..=last
}

/// `span` moved by whole weeks.
pub(super) fn moved(span: DateSpan, by: i32) -> DateSpan {
    DateSpan::new(add_weeks(span.first(), by), add_weeks(span.last(), by)).unwrap_or(span)
}

/// The inspection with all its dates moved.
pub(super) fn as_moved(inspection: &Inspection, by: i32) -> Inspection {
    Inspection {
        dates: moved(inspection.dates, by),
        attend: inspection.attend.map(|attend| moved(attend, by)),
        ..inspection.clone()
    }
}

/// Whether HMIP has people at an entry of the programme in its weeks.
pub(super) fn is_hmips(inspection: &Inspection) -> bool {
    inspection.status == Status::Planned && inspection.kind != Kind::Standalone
}

/// Every move of HMIP's inspections in Ofsted's scope by at most `within` weeks: not of what is
/// announced or has begun, not into weeks in which the programme has nothing, and neither out of
/// the programme year nor into the past.
pub(super) fn moves(dataset: &Dataset, within: u32) -> Vec<Move> {
    let programme = dataset.programme.iter().filter(|one| is_hmips(one));
    let busy: BTreeSet<i32> = programme.flat_map(|one| weeks(one.dates)).collect();
    let as_of = dataset.policy.as_of.unwrap_or(NaiveDate::MIN);
    let within = i32::try_from(within).unwrap_or(i32::MAX);
    let mut all = Vec::new();
    for ix in dataset.inspection_ixs() {
        let inspection = dataset.inspection(ix);
        let in_scope = matches!(scope(dataset, inspection), Scope::In { .. });
        let begins = inspection.dates.first();
        let is_public = inspection.announced_on.is_some();
        if !in_scope || !is_hmips(inspection) || is_public || begins < as_of {
            continue;
        }
        for by in (-within..=within).filter(|by| *by != 0) {
            let Some(_) = begins.checked_add_signed(TimeDelta::weeks(i64::from(by))) else {
                continue;
            };
            let dates = moved(inspection.dates, by);
            let fits = weeks(dates).all(|week| busy.contains(&week))
                && dates.first() >= as_of
                && programme_year(dates.first()) == programme_year(begins);
            if fits {
                all.push(Move {
                    inspection: ix,
                    weeks: by,
                });
            }
        }
    }
    all
}

/// The year in whose April the programme year of `date` begins.
fn programme_year(date: NaiveDate) -> i32 {
    date.year() - i32::from(date.month() < 4)
}
