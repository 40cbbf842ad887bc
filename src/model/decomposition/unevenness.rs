//! T7 over people's years: at one rate, or at whichever of some serves best, what a year adds to
//! the sum follows from how many days it takes, and no mixture of years can hide it.
//!
//! With the rate as a variable, half of a year with too many days and half of one with too few are
//! even; that bound lies 15 to 40 days below this one's on years of the demo's size.

use std::ops::RangeInclusive;

use crate::domain::InspectorIx;
use crate::eligibility::Eligibility;
use crate::model::objectives::fairness;

/// What the days of each person's year add to the objective: nothing, unless it is T7.
#[derive(Clone, Debug, Default)]
pub struct Unevenness {
    /// For each person, by the days that a year of theirs takes: more than with no day.
    more: Vec<Vec<f64>>,
    /// The objective where nobody holds anything.
    pub of_nothing: f64,
}

impl Unevenness {
    /// Of `people`, who can take so many days, at the best of `rates` for each of them.
    pub fn at(
        eligibility: &Eligibility,
        people: impl Iterator<Item = (InspectorIx, usize)>,
        rates: &RangeInclusive<f64>,
    ) -> Self {
        let mut all = Self::default();
        for (person, most) in people {
            let inspector = eligibility.dataset.inspector(person);
            let uneven = |days: usize| {
                let used = f64::from(inspector.days_used) + days as f64;
                fairness::least_uneven(used, f64::from(inspector.max_days), rates)
            };
            all.of_nothing += uneven(0);
            let more = (0..=most).map(|days| uneven(days) - uneven(0));
            all.more.push(more.collect());
        }
        all
    }

    /// Whether nobody's days add anything.
    pub fn is_empty(&self) -> bool {
        self.more.is_empty()
    }

    /// What a year of so many `days` adds.
    pub fn more(&self, person: usize, days: usize) -> f64 {
        self.more.get(person).map_or(0.0, |more| more[days])
    }

    /// The same for each number of days; empty where it is always nothing.
    pub fn by_days(&self, person: usize) -> &[f64] {
        self.more.get(person).map_or(&[], |more| more)
    }
}
