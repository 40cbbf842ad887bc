//! Every year of single people that a plan near a bound can use.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::pool::Year;
use super::pricing::Posts;
use super::{Among, Decomposition, Look, Relaxation, WORTHWHILE};

/// How many are looked at for it, over those that are listed.
const MORE_LOOKED_AT: usize = 5;

/// How many times what may be lost is made less, for no more of a person's years than are wanted, and
/// how much of it is left each time.
const TIMES: i32 = 30;
const LESS: f64 = 0.75;

/// A set of seats of one person, and what it costs at the prices of the cuts.
struct Priced {
    cost: f64,
    seats: Vec<usize>,
}

impl Decomposition<'_> {
    /// Every year that a plan of such a look can use, but those in which nothing is held; nothing where
    /// there are too many.
    pub(super) fn listed(&self, relaxation: &Relaxation, look: Look) -> Option<Vec<Year>> {
        let _span = tracing::info_span!("listing").entered();
        let mut sets = self.near_the_bound(relaxation, look)?;
        if let Some(tightened) = &relaxation.tightened {
            // At the prices of the cuts, too, such a plan is made of what loses little.
            let linking = self.master.linking();
            let least = |sets: &Vec<Priced>| sets.iter().map(|set| set.cost).fold(0.0, f64::min);
            let least: Vec<f64> = sets.iter().map(least).collect();
            let people = std::iter::zip(&least, &self.owners.people);
            let people: f64 = people.map(|(least, people)| least * *people as f64).sum();
            let bound = tightened.constant(linking) + people;
            let room = relaxation.bound + look.room - bound + WORTHWHILE;
            for (sets, least) in std::iter::zip(&mut sets, least) {
                sets.retain(|set| set.cost <= least + room);
            }
        }
        let all: usize = sets.iter().map(Vec::len).sum();
        tracing::debug!(room = look.room, listed = all);
        let of_person = |(person, sets): (usize, Vec<Priced>)| {
            let seats = sets.into_iter().map(|set| set.seats);
            seats.map(move |seats| Year { person, seats })
        };
        (all <= look.most_listed)
            .then(|| sets.into_iter().enumerate().flat_map(of_person).collect())
    }

    /// Of each person every set of seats of such a look that loses no more than its room at the prices of
    /// the bound; nothing where there are too many.
    fn near_the_bound(&self, relaxation: &Relaxation, look: Look) -> Option<Vec<Vec<Priced>>> {
        let most = MORE_LOOKED_AT * look.most_listed;
        let (eligibility, linking) = (self.eligibility, self.master.linking());
        let worth = linking.worth(&self.prices_of(relaxation));
        // Nobody's are kept where those of all are too many.
        let so_far = AtomicUsize::new(0);
        let sets: Option<_> = self
            .posts
            .par_iter()
            .enumerate()
            .map(|(person, posts)| {
                let worth = linking.worth_to(person, &worth);
                // What the bound rests on, as it was taken there: at more, years would be left out.
                let most_worth = relaxation.most_worth[person];
                let least = |losing: f64| most_worth - losing - WORTHWHILE;
                let left = most.checked_sub(so_far.load(Ordering::Relaxed))?;
                let all = |posts: &Posts, losing, most| {
                    posts.all(eligibility, worth, least(losing), most)
                };
                let sets = match look.among {
                    Among::All => all(posts, look.room, left)?,
                    Among::Seats(open) => all(&posts.without_closed(open), look.room, left)?,
                    Among::Best(most) => {
                        let most = most.div_ceil(eligibility.dataset.inspectors.len());
                        let losing = |time| look.room * LESS.powi(time);
                        let mut sets = (0..TIMES).map(|time| all(posts, losing(time), most));
                        sets.find_map(|sets| sets).unwrap_or_default()
                    }
                };
                so_far.fetch_add(sets.len(), Ordering::Relaxed);
                let priced = |seats: Vec<usize>| Priced {
                    cost: relaxation
                        .tightened
                        .as_ref()
                        .map_or(0.0, |tightened| tightened.reduced(linking, person, &seats)),
                    seats,
                };
                let sets = sets.into_iter().filter(|seats| !seats.is_empty());
                Some(sets.map(priced).collect())
            })
            .collect();
        sets.filter(|_| so_far.into_inner() <= most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::Spec;
    use crate::eligibility::Eligibility;
    use crate::model::objectives::{attendance, cost};
    use crate::model::{Program, Selection};
    use crate::solve::{Settings, Stop};
    use crate::test_support;

    /// The room is measured from the bound, so that what years lose has to be measured from what it
    /// rests on, however far each person's search went.
    #[test]
    fn the_best_plan_is_made_of_listed_years() {
        let mut years = 0;
        for seed in 0..6 {
            let max_nodes = [3, 30, 20_000][seed as usize % 3];
            let dataset = test_support::year(&Spec::varied(seed, 16, 12, 14));
            let eligibility = Eligibility::new(&dataset);
            let mut program = Program::new(&eligibility).expect("a program");
            let (settings, stop) = (Settings::default(), Stop::never());
            let nothing = Selection::new(Vec::new());
            if !program.decomposition.keeps(&program.values(&nothing)) {
                // Somebody is pinned.
                continue;
            }
            let tiers = [attendance::linear(&eligibility), cost::linear(&eligibility)];
            let (mut best, mut value) = (nothing, 0.0);
            for linear in tiers {
                let costs = program.columns().costs(&linear);
                program.minimise(costs.clone()).expect("an objective");
                let found = program.solve(settings, Some(&best), &stop, &mut |_, _| {});
                best = found.expect("solved").selection.expect("a plan");
                let values = std::iter::zip(&costs, program.values(&best));
                value = values.map(|(cost, value)| cost * value).sum();
                program
                    .keep_at_most(&costs, value + 1e-6)
                    .expect("a row that is kept");
            }
            let decomposition = &mut program.decomposition;
            decomposition.know(&best).expect("years");
            decomposition.max_nodes = max_nodes..=max_nodes;
            let relaxation = decomposition.relax(&|_, _| false, &stop).expect("relaxed");
            let relaxation = relaxation.expect("a bound");
            assert!(relaxation.bound <= value + 1e-6);
            let room = value - relaxation.bound;
            let look = Look::new(room, Among::All, usize::MAX / MORE_LOOKED_AT / 4);
            let listed = decomposition.listed(&relaxation, look);
            let listed = listed.expect("few enough");
            for mut year in decomposition.years_of(&best) {
                year.seats.sort_unstable();
                let is_that = |other: &Year| {
                    let mut seats = other.seats.clone();
                    seats.sort_unstable();
                    other.person == year.person && seats == year.seats
                };
                assert!(listed.iter().any(is_that), "{seed}: {year:?}");
                years += 1;
            }
        }
        assert!(years > 20, "{years}");
    }
}
