//! T7: unfairness: Σ over people of |days used − u × days contracted|, u the one rate that
//! makes the sum least.

use std::ops::RangeInclusive;

use good_lp::{Constraint, constraint};

use crate::domain::InspectorIx;
use crate::eligibility::Eligibility;
use crate::model::{Selection, Year};

/// Days used and contracted of everybody who may hold a post, and all days used at all.
#[derive(Clone, Debug)]
pub struct DaysUsed {
    people: Vec<(InspectorIx, u32, u32)>,
    total: u32,
}

impl DaysUsed {
    /// Under `selection`; days used outside the programme are included.
    pub fn of(eligibility: &Eligibility, selection: &Selection) -> Self {
        let dataset = eligibility.dataset;
        let mut counted = vec![false; dataset.inspectors.len()];
        for candidate in &eligibility.candidates {
            counted[candidate.person.get()] = true;
        }
        let held = selection.held(eligibility);
        let all = dataset
            .inspector_ixs()
            .map(|person| {
                let inspector = dataset.inspector(person);
                let days = held[person.get()]
                    .iter()
                    .map(|at| eligibility.engagements[*at].days());
                (
                    person,
                    inspector.days_used + days.sum::<u32>(),
                    inspector.max_days,
                )
            })
            .collect::<Vec<_>>();
        let total = all.iter().map(|(_, used, _)| used).sum();
        let people = all
            .into_iter()
            .filter(|(person, ..)| counted[person.get()])
            .collect();
        Self { people, total }
    }

    /// All days used, of everybody: what T7's gap is a share of.
    pub fn total(&self) -> u32 {
        self.total
    }

    /// The rate at which the sum is least: where the slope of the sum turns, which is at
    /// somebody's own rate, the median weighted by days contracted.
    pub fn best_rate(&self) -> f64 {
        let mut rates: Vec<(f64, u32)> = self
            .people
            .iter()
            .filter(|(_, _, contracted)| *contracted > 0)
            .map(|(_, used, contracted)| (f64::from(*used) / f64::from(*contracted), *contracted))
            .collect();
        rates.sort_by(|a, b| a.0.total_cmp(&b.0));
        let all: u64 = rates
            .iter()
            .map(|(_, contracted)| u64::from(*contracted))
            .sum();
        let mut below = 0;
        for (rate, contracted) in rates {
            below += u64::from(contracted);
            if 2 * below >= all {
                return rate;
            }
        }
        0.0
    }

    /// |days used − rate × days contracted| of one person; 0 of one who can hold no post.
    pub fn unevenness(&self, person: InspectorIx, rate: f64) -> f64 {
        let of = self.people.iter().find(|(who, _, _)| *who == person);
        of.map_or(0.0, |(_, used, contracted)| {
            uneven(*used, *contracted, rate)
        })
    }

    /// The sum, at the rate that makes it least.
    pub fn value(&self) -> f64 {
        let rate = self.best_rate();
        let unevenness = |(_, used, contracted): &(_, u32, u32)| uneven(*used, *contracted, rate);
        // Added to 0, as the sum of nothing would be −0.
        0.0 + self.people.iter().map(unevenness).sum::<f64>()
    }
}

/// The least |days used − rate × days contracted| at any of `rates`.
pub fn least_uneven(used: f64, contracted: f64, rates: &RangeInclusive<f64>) -> f64 {
    let over = used - rates.end() * contracted;
    let under = rates.start() * contracted - used;
    over.max(under).max(0.0)
}

/// Every rate that can be the best one, in order: somebody's own, for some number of days. (Where
/// nobody is contracted for any, all are as good.)
pub fn rates(eligibility: &Eligibility) -> Vec<f64> {
    let mut people = vec![false; eligibility.dataset.inspectors.len()];
    for candidate in &eligibility.candidates {
        people[candidate.person.get()] = true;
    }
    let people = eligibility
        .dataset
        .inspector_ixs()
        .filter(|person| people[person.get()]);
    let of_person = |person: InspectorIx| {
        let inspector = eligibility.dataset.inspector(person);
        let contracted = f64::from(inspector.max_days);
        let used = inspector.days_used..=inspector.days_used + eligibility.limits(person).year;
        used.map(move |used| f64::from(used) / contracted)
    };
    let mut rates: Vec<f64> = people
        .flat_map(of_person)
        .filter(|rate| rate.is_finite())
        .collect();
    rates.sort_by(f64::total_cmp);
    rates.dedup();
    if rates.is_empty() {
        rates.push(0.0);
    }
    rates
}

fn uneven(used: u32, contracted: u32, rate: f64) -> f64 {
    (f64::from(used) - rate * f64::from(contracted)).abs()
}

/// A rate that the best one never exceeds: the highest that one person can reach.
pub fn highest_rate(eligibility: &Eligibility) -> f64 {
    let rate = |person: &crate::domain::Inspector| {
        f64::from(person.days_used) / f64::from(person.max_days.max(1))
    };
    eligibility
        .dataset
        .inspectors
        .iter()
        .map(rate)
        .fold(1.0, f64::max)
}

/// For each person: unevenness ≥ days used − rate × contracted, and ≥ its opposite.
pub fn rows(year: &Year) -> Vec<Constraint> {
    let mut rows = Vec::new();
    for (person, unevenness) in &year.unevenness {
        let inspector = year.eligibility.dataset.inspector(*person);
        let days = year.seats_of[person.get()].iter().map(|seat| {
            let days = year.eligibility.engagement(year.candidate(*seat)).days();
            (*seat, f64::from(days))
        });
        let used = year.weighted(days) + f64::from(inspector.days_used);
        let due = f64::from(inspector.max_days) * year.rate;
        rows.push(constraint!(used.clone() - due.clone() <= *unevenness));
        rows.push(constraint!(due - used <= *unevenness));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_uneven_by_nothing() {
        let days = DaysUsed {
            people: Vec::new(),
            total: 0,
        };
        assert_eq!(days.value().to_string(), "0");
    }

    #[test]
    fn at_some_rates_the_best_counts() {
        assert_eq!(least_uneven(12.0, 20.0, &(0.5..=0.7)), 0.0);
        assert_eq!(least_uneven(16.0, 20.0, &(0.5..=0.7)), 2.0);
        assert_eq!(least_uneven(7.0, 20.0, &(0.5..=0.7)), 3.0);
    }

    #[test]
    fn the_rate_is_the_one_that_makes_the_sum_least() {
        let person = |at, used, contracted| (InspectorIx::new(at), used, contracted);
        let people = vec![person(0, 10, 20), person(1, 5, 50), person(2, 8, 10)];
        let days = DaysUsed { people, total: 23 };
        assert_eq!(days.best_rate(), 0.1);
        assert_eq!(days.value(), 8.0 + 0.0 + 7.0);
    }
}
