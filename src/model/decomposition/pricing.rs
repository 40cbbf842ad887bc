//! The best year of one person at given prices: an exact search over the person's posts in
//! order of time, with all that the rules ask of one person (H8, H9, H11, H12, H13) inside.

use fixedbitset::FixedBitSet;

use crate::domain::InspectorIx;
use crate::eligibility::Eligibility;
use crate::model::constraints::one_place_at_a_time::clashes;

/// A difference in worth that is none.
const SAME: f64 = 1e-9;

/// One person's posts, in order of their first day on site.
#[derive(Clone, Debug)]
pub struct Posts {
    person: InspectorIx,
    /// Positions in [`Eligibility::candidates`].
    seats: Vec<usize>,
    engagements: Vec<usize>,
    days: Vec<usize>,
    /// For each post, those that can't be held beside it.
    clashes: Vec<FixedBitSet>,
    /// Days left of the year's.
    budget: usize,
}

/// What a search found.
#[derive(Clone, Debug)]
pub struct Best {
    /// The seats, in order of time.
    pub seats: Vec<usize>,
    /// What they are worth together.
    pub worth: f64,
    /// No set of seats that the person can hold is worth more. It is their worth, unless the
    /// search ended at its limit.
    pub bound: f64,
}

impl Posts {
    /// Those of `person`, whose seats are given.
    pub fn new(eligibility: &Eligibility, person: InspectorIx, seats: &[usize]) -> Self {
        let mut seats = seats.to_vec();
        let engagement = |seat: usize| eligibility.candidates[seat].engagement;
        seats.sort_by_key(|seat| {
            let post = &eligibility.engagements[engagement(*seat)];
            (post.first_day, post.last_day, *seat)
        });
        let engagements: Vec<_> = seats.iter().map(|seat| engagement(*seat)).collect();
        let days = engagements
            .iter()
            .map(|at| eligibility.engagements[*at].days() as usize);
        Self {
            person,
            days: days.collect(),
            clashes: clashes(eligibility, person, &engagements),
            budget: eligibility.limits(person).year as usize,
            engagements,
            seats,
        }
    }

    /// The seats, in order of time.
    pub fn seats(&self) -> &[usize] {
        &self.seats
    }

    /// The set of seats that the person can hold and that is worth most; `worth` has a number
    /// for every seat of the year. The search takes at most `max_nodes`.
    pub fn best(&self, eligibility: &Eligibility, worth: &[f64], max_nodes: u32) -> Best {
        // What is worth nothing is never needed: a part of what can be held can be held too.
        let items: Vec<usize> = (0..self.seats.len())
            .filter(|at| worth[self.seats[*at]] > SAME)
            .collect();
        let worths: Vec<f64> = items.iter().map(|at| worth[self.seats[*at]]).collect();
        let days: usize = items.iter().map(|at| self.days[*at]).sum();
        let budget = self.budget.min(days);
        let mut search = Search {
            posts: self,
            eligibility,
            rest: self.rest(&items, &worths, budget),
            width: budget + 1,
            items,
            worths,
            held: Vec::new(),
            best: 0.0,
            best_held: Vec::new(),
            left_open: 0.0,
            nodes: 0,
            max_nodes,
        };
        let mut all = FixedBitSet::with_capacity(self.seats.len());
        all.insert_range(..);
        search.go(0, budget, 0.0, &all);
        let mut seats: Vec<_> = search
            .best_held
            .iter()
            .map(|engagement| {
                let at = self.engagements.iter().position(|e| e == engagement);
                self.seats[at.expect("one of the person's posts")]
            })
            .collect();
        seats.sort_unstable();
        Best {
            seats,
            worth: search.best,
            bound: search.best.max(search.left_open),
        }
    }

    /// For each item and number of days left: a bound on what it and those after it are worth
    /// within those days, where each need only go with the one held before it.
    fn rest(&self, items: &[usize], worths: &[f64], budget: usize) -> Vec<f64> {
        let width = budget + 1;
        let mut rest = vec![0.0; (items.len() + 1) * width];
        for at in (0..items.len()).rev() {
            let next = (at + 1..items.len())
                .find(|next| !self.clashes[items[at]].contains(items[*next]))
                .unwrap_or(items.len());
            let days = self.days[items[at]];
            for left in 0..width {
                let without = rest[(at + 1) * width + left];
                let with = if days <= left {
                    worths[at] + rest[next * width + left - days]
                } else {
                    0.0
                };
                rest[at * width + left] = f64::max(without, with);
            }
        }
        rest
    }
}

/// A search in depth: each item in turn is held, if it can be, or left out.
struct Search<'a> {
    posts: &'a Posts,
    eligibility: &'a Eligibility<'a>,
    items: Vec<usize>,
    worths: Vec<f64>,
    rest: Vec<f64>,
    width: usize,
    held: Vec<usize>,
    best: f64,
    best_held: Vec<usize>,
    /// The greatest bound of what the limit left open.
    left_open: f64,
    nodes: u32,
    max_nodes: u32,
}

impl Search<'_> {
    /// Goes on from the item at `at`, with `left` days left, among what is `free` beside what
    /// is held.
    fn go(&mut self, mut at: usize, left: usize, worth: f64, free: &FixedBitSet) {
        if worth > self.best + SAME {
            self.best = worth;
            self.best_held.clone_from(&self.held);
        }
        while at < self.items.len() {
            let bound = worth + self.rest[at * self.width + left];
            if bound <= self.best + SAME {
                return;
            }
            if self.nodes >= self.max_nodes {
                self.left_open = self.left_open.max(bound);
                return;
            }
            let item = self.items[at];
            let days = self.posts.days[item];
            if days <= left && free.contains(item) {
                self.nodes += 1;
                self.held.push(self.posts.engagements[item]);
                // What two posts exclude is known beforehand.
                let person = self.posts.person;
                if self.held.len() < 3 || self.eligibility.fits(person, &self.held) {
                    let mut free = free.clone();
                    free.difference_with(&self.posts.clashes[item]);
                    self.go(at + 1, left - days, worth + self.worths[at], &free);
                }
                self.held.pop();
            }
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rand::{RngExt as _, SeedableRng as _};
    use rand_chacha::ChaCha8Rng;

    use super::*;
    use crate::check;
    use crate::demo::{Spec, generate};

    /// The most that any set of `seats` which the person can hold is worth.
    fn by_trying_all(eligibility: &Eligibility, posts: &Posts, worth: &[f64]) -> f64 {
        let sets = 0..1_u32 << posts.seats.len();
        let held = |set: u32| (0..posts.seats.len()).filter(move |at| set >> at & 1 == 1);
        sets.filter(|set| {
            let engagements: Vec<_> = held(*set).map(|at| posts.engagements[at]).collect();
            eligibility.fits(posts.person, &engagements)
        })
        .map(|set| held(set).map(|at| worth[posts.seats[at]]).sum())
        .fold(0.0, f64::max)
    }

    #[test]
    fn the_best_year_is_that_of_trying_all() {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let mut searches = 0;
        for seed in 0..6 {
            let files: BTreeMap<String, Vec<u8>> = generate(&Spec::varied(seed, 12, 4, 4))
                .into_iter()
                .map(|(name, text)| (name.to_owned(), text.into()))
                .collect();
            let dataset = check::read_from(&files).dataset.expect("a valid year");
            let eligibility = Eligibility::new(&dataset);
            for person in dataset.inspector_ixs() {
                let own = |seat: &usize| eligibility.candidates[*seat].person == person;
                let seats: Vec<_> = (0..eligibility.candidates.len())
                    .filter(own)
                    .filter(|_| random.random_bool(0.8))
                    .take(12)
                    .collect();
                let posts = Posts::new(&eligibility, person, &seats);
                let worth: Vec<f64> = eligibility
                    .candidates
                    .iter()
                    .map(|_| random.random_range(-2.0..10.0))
                    .collect();
                let most = by_trying_all(&eligibility, &posts, &worth);
                let best = posts.best(&eligibility, &worth, u32::MAX);
                assert!((best.worth - most).abs() < 1e-6, "{best:?} is not {most}");
                assert_eq!(best.bound, best.worth);
                let own: f64 = best.seats.iter().map(|seat| worth[*seat]).sum();
                assert!((own - best.worth).abs() < 1e-6);
                // What is left open is bounded all the same.
                let cut = posts.best(&eligibility, &worth, 2);
                assert!(cut.worth <= most + 1e-6 && cut.bound >= most - 1e-6);
                searches += usize::from(most > 0.0);
            }
        }
        assert!(searches > 20, "{searches}");
    }
}
