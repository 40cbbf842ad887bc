//! H11: the days of a person's posts, on site and off, keep within what is left of the year's
//! contracted or target days, and within the cap of each quarter.

use good_lp::{Constraint, constraint};

use crate::model::Year;

/// For each person: Σ days × seat ≤ days left of the year's; the same for each capped quarter.
pub fn rows(year: &Year) -> Vec<Constraint> {
    let mut rows = Vec::new();
    for person in year.eligibility.dataset.inspector_ixs() {
        let limits = year.eligibility.limits(person);
        let seats = &year.seats_of[person.get()];
        let engagement = |seat: &usize| year.eligibility.engagement(year.candidate(*seat));
        let mut cap = |seats: Vec<usize>, most: u32| {
            let days: Vec<_> = seats
                .iter()
                .map(|seat| (*seat, f64::from(engagement(seat).days())))
                .collect();
            let all: f64 = days.iter().map(|(_, days)| days).sum();
            if all > f64::from(most) {
                rows.push(constraint!(year.weighted(days) <= f64::from(most)));
            }
        };
        cap(seats.clone(), limits.year);
        for (quarter, most) in limits.quarter.iter().enumerate() {
            if let Some(most) = most {
                let in_quarter = |seat: &&usize| engagement(seat).quarter == quarter;
                cap(seats.iter().filter(in_quarter).copied().collect(), *most);
            }
        }
    }
    rows
}
