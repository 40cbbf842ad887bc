//! A year with some changes made, as the files would be read once `muster apply` had made them
//! there. A test holds the two against each other; this way a year is changed in no time.

use chrono::{Days, NaiveDate};

use super::Remedy;
use crate::change::{Amount, Capacity, Change, NewInspectors, Profile, Who};
use crate::domain::{
    Availability, AvailabilityKind, Clearance, ClearanceLevel, Dataset, DateSpan, Grade, Inspector,
    InspectorIx, WeekdaySet, centres,
};

/// `dataset` with `set` made; nothing where one of them is none that mends, or speaks of
/// somebody or something that is not there.
pub fn mended<'r>(dataset: &Dataset, set: impl IntoIterator<Item = &'r Remedy>) -> Option<Dataset> {
    let mut mended = dataset.clone();
    for remedy in set {
        make(&mut mended, &remedy.change)?;
    }
    Some(mended)
}

fn make(dataset: &mut Dataset, change: &Change) -> Option<()> {
    match change {
        Change::Clearance { who, level, until } => {
            let level = level.as_deref().map(|level| level_of(dataset, level));
            let person = person(dataset, who)?;
            let held = person.clearance.map(|held| held.level);
            person.clearance = Some(Clearance {
                level: level.map_or(held, |level| level)?,
                expires: *until,
            });
        }
        Change::Dbs { who, until } => person(dataset, who)?.dbs_expires = Some(*until),
        Change::Training { who, until } => {
            person(dataset, who)?.custody_training_until = Some(*until);
        }
        Change::LeadTraining { who, trained } => person(dataset, who)?.lead_trained = *trained,
        Change::Days {
            who,
            days: Amount::By(by),
        } => {
            let person = person(dataset, who)?;
            person.max_days = person.max_days.checked_add_signed(by.get())?;
        }
        Change::Offer { who, span } => {
            let Who::Person(id) = who else {
                return None;
            };
            let inspector = position(dataset, id)?;
            offer(dataset, inspector, *span);
        }
        Change::MoveLeave {
            inspector,
            span,
            to,
        } => move_leave(dataset, inspector, *span, *to)?,
        Change::SiteCapacity {
            establishment,
            capacity: Capacity::Places(Amount::By(by)),
        } => {
            let mut sites = dataset.establishments.iter_mut();
            let site = sites.find(|site| site.id == *establishment)?;
            site.site_capacity = Some(site.site_capacity?.checked_add_signed(by.get())?);
        }
        Change::DifferentWeek { inspection, answer } => {
            let mut rows = dataset.programme.iter_mut();
            rows.find(|row| row.id == *inspection)?.different_week = *answer;
        }
        Change::AddInspectors(new) => recruit(dataset, new)?,
        _ => return None,
    }
    Some(())
}

fn level_of(dataset: &Dataset, name: &str) -> Option<ClearanceLevel> {
    let mut levels = dataset.policy.clearance_levels.iter();
    let level = levels.position(|level| level == name)?;
    u8::try_from(level).ok().map(ClearanceLevel)
}

fn position(dataset: &Dataset, id: &str) -> Option<InspectorIx> {
    let mut people = dataset.inspector_ixs();
    people.find(|ix| dataset.inspector(*ix).id == id)
}

fn person<'a>(dataset: &'a mut Dataset, who: &Who) -> Option<&'a mut Inspector> {
    let Who::Person(id) = who else {
        return None;
    };
    dataset.inspectors.iter_mut().find(|row| row.id == *id)
}

fn offer(dataset: &mut Dataset, inspector: InspectorIx, span: DateSpan) {
    dataset.availability.push(Availability {
        inspector,
        span,
        kind: AvailabilityKind::Offered,
        line: 0,
    });
}

/// What lies in `span` of somebody's leave is taken from the day `to` on instead.
fn move_leave(dataset: &mut Dataset, id: &str, span: DateSpan, to: NaiveDate) -> Option<()> {
    let inspector = position(dataset, id)?;
    let shift = to - span.first();
    let rows = std::mem::take(&mut dataset.availability);
    for row in rows {
        let is_theirs = row.inspector == inspector && row.kind == AvailabilityKind::Unavailable;
        let inside = DateSpan::new(
            row.span.first().max(span.first()),
            row.span.last().min(span.last()),
        );
        let Some(inside) = inside.filter(|_| is_theirs) else {
            dataset.availability.push(row);
            continue;
        };
        let before = inside.first().checked_sub_days(Days::new(1));
        let after = inside.last().checked_add_days(Days::new(1));
        let pieces = [
            before.and_then(|last| DateSpan::new(row.span.first(), last)),
            after.and_then(|first| DateSpan::new(first, row.span.last())),
            DateSpan::new(
                inside.first().checked_add_signed(shift)?,
                inside.last().checked_add_signed(shift)?,
            ),
        ];
        let pieces = pieces.into_iter().flatten();
        let rows = pieces.map(|span| Availability {
            span,
            ..row.clone()
        });
        dataset.availability.extend(rows);
    }
    Some(())
}

/// Somebody new: Monday to Friday, no leave, at the centre of the region.
fn recruit(dataset: &mut Dataset, new: &NewInspectors) -> Option<()> {
    let Profile::Recruit {
        grade,
        region,
        max_days,
        clearance,
    } = &new.profile
    else {
        return None;
    };
    let year = dataset.policy.programme_year;
    let expires = NaiveDate::from_ymd_opt(year + 2, 3, 31)?;
    let level = level_of(dataset, clearance)?;
    let location = *centres(&dataset.establishments).get(region.as_str())?;
    dataset.inspectors.push(Inspector {
        id: new.id.clone(),
        name: new.id.clone(),
        grade: *grade,
        lead_trained: *grade == Grade::Hmi,
        region: region.clone(),
        location,
        dbs_expires: Some(expires),
        clearance: Some(Clearance { level, expires }),
        max_days: *max_days,
        days_used: 0,
        working_days: WeekdaySet::MONDAY_TO_FRIDAY,
        custody_training_until: None,
        max_days_quarter: [None; 4],
        line: 0,
    });
    if *grade == Grade::Oi {
        // Windows may lie a little before the programme year or after it.
        let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
        let last = NaiveDate::from_ymd_opt(year + 1, 6, 30)?;
        let inspector = position(dataset, &new.id)?;
        offer(dataset, inspector, DateSpan::new(first, last)?);
    }
    Some(())
}
