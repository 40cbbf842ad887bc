//! H9: the days on which a person can work: at home, and on site (¶16).

use chrono::Datelike;
use fixedbitset::FixedBitSet;

use super::calendar::{Calendar, Horizon};
use crate::domain::{AvailabilityKind, Dataset, Grade, InspectorIx};

/// One person's days, as bit sets over the horizon.
#[derive(Clone, Debug)]
pub struct PersonDays {
    /// Working days of their pattern on which they are not away: off-site work may be done.
    pub workable: FixedBitSet,
    /// Those of them on which they may be on site: for an OI, the days offered.
    pub on_site: FixedBitSet,
    /// Days on which they are away.
    pub away: FixedBitSet,
}

/// The days of every inspector, by position in `inspectors.csv`.
pub fn person_days(dataset: &Dataset, calendar: &Calendar, horizon: Horizon) -> Vec<PersonDays> {
    let empty = || FixedBitSet::with_capacity(horizon.len());
    let mut away = vec![empty(); dataset.inspectors.len()];
    let mut offered = vec![empty(); dataset.inspectors.len()];
    for row in &dataset.availability {
        let days = horizon.days(row.span);
        let person = row.inspector.get();
        match row.kind {
            AvailabilityKind::Unavailable => away[person].insert_range(days),
            AvailabilityKind::Offered => offered[person].insert_range(days),
        }
    }
    let mut working = empty();
    working.extend((0..horizon.len()).filter(|day| calendar.is_working_day(horizon.date(*day))));
    std::iter::zip(away, offered)
        .enumerate()
        .map(|(position, (away, offered))| {
            let person = dataset.inspector(InspectorIx::new(position));
            let mut workable = empty();
            workable.extend(working.ones().filter(|day| {
                person.working_days.contains(horizon.date(*day).weekday()) && !away.contains(*day)
            }));
            let mut on_site = workable.clone();
            if person.grade == Grade::Oi {
                on_site.intersect_with(&offered);
            }
            PersonDays {
                workable,
                on_site,
                away,
            }
        })
        .collect()
}
