//! Places on a site (H7).

use std::collections::BTreeSet;

use muster::domain::{Dataset, Inspection, Status};

use super::Rule;
use super::calendar::{Calendar, numbers};
use super::windows::{Window, normal};

/// No limit.
pub const UNLIMITED: i64 = i64::MAX;

/// How many of Ofsted's people fit at the site of `inspection` on each working day.
pub fn places(
    dataset: &Dataset,
    calendar: &Calendar,
    inspection: &Inspection,
    dropped: &BTreeSet<Rule>,
) -> Vec<i64> {
    let site = inspection.establishment;
    let capacity = dataset.establishment(site).site_capacity;
    let (Some(capacity), false) = (capacity, dropped.contains(&Rule::H7)) else {
        return vec![UNLIMITED; calendar.len()];
    };
    (0..calendar.len())
        .map(|number| {
            let day = calendar.date(number);
            let others: i64 = dataset
                .programme
                .iter()
                .filter(|other| other.establishment == site && other.status == Status::Planned)
                .filter(|other| other.dates.contains(day))
                .map(|other| i64::from(other.hmip_team) + i64::from(other.partner_team))
                .sum();
            (i64::from(capacity) - others).max(0)
        })
        .collect()
}

/// The most of Ofsted's people at the site on each day of `window`, all inspections there
/// together, while `inspection` is attended in it.
pub fn limit_of(
    dataset: &Dataset,
    calendar: &Calendar,
    inspection: &Inspection,
    window: &Window,
    places: &[i64],
) -> i64 {
    if !window.different || dataset.policy.different_week.for_room {
        return UNLIMITED;
    }
    numbers(calendar.of(normal(inspection)))
        .map(|number| places[number])
        .min()
        .unwrap_or(UNLIMITED)
}
