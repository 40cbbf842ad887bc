//! Every year of single people that a plan near a bound can use.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::pool::Year;
use super::pricing::Posts;
use super::{Among, Decomposition, Look, MAX_NODES, Relaxation, WORTHWHILE};

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
                let best = posts.best(eligibility, worth, MAX_NODES).bound;
                let least = |losing: f64| f64::max(0.0, best) - losing - WORTHWHILE;
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
