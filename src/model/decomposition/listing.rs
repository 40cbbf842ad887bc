//! Every year of single people that a plan near a bound can use.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::pool::Year;
use super::{Among, Decomposition, Look, MAX_NODES, Relaxation, WORTHWHILE};

/// How many years of all people are listed at most, over those that are searched: cuts may show that
/// the others are of no use.
const MOST_LISTED: usize = 2;

/// How many are looked at for it, over those that are searched.
const MOST_LOOKED_AT: usize = 10;

/// A set of seats of one person, and what it costs at the prices of the cuts.
struct Priced {
    cost: f64,
    seats: Vec<usize>,
}

impl Decomposition<'_> {
    /// Every year that a plan no more than `room` above the bound can use, but those in which
    /// nothing is held; nothing where there are too many.
    pub(super) fn listed(&self, relaxation: &Relaxation, look: Look) -> Option<Vec<Year>> {
        let _span = tracing::info_span!("listing").entered();
        let room = match look.among {
            Among::Losing(most) => most.min(look.room),
            Among::All | Among::Seats(_) => look.room,
        };
        let mut sets = self.near_the_bound(relaxation, Look { room, ..look })?;
        if let Some(tightened) = &relaxation.tightened {
            // At the prices of the cuts, too, such a plan is made of what loses little.
            let linking = self.master.linking();
            let least = |sets: &Vec<Priced>| sets.iter().map(|set| set.cost).fold(0.0, f64::min);
            let least: Vec<f64> = sets.iter().map(least).collect();
            let people = std::iter::zip(&least, &self.owners.people);
            let people: f64 = people.map(|(least, people)| least * *people as f64).sum();
            let bound = tightened.constant(linking) + people;
            let room = relaxation.bound + room - bound + WORTHWHILE;
            for (sets, least) in std::iter::zip(&mut sets, least) {
                sets.retain(|set| set.cost <= least + room);
            }
        }
        let all: usize = sets.iter().map(Vec::len).sum();
        tracing::debug!(room, listed = all);
        let of_person = |(person, sets): (usize, Vec<Priced>)| {
            let seats = sets.into_iter().map(|set| set.seats);
            seats.map(move |seats| Year { person, seats })
        };
        (all <= MOST_LISTED * look.most_years)
            .then(|| sets.into_iter().enumerate().flat_map(of_person).collect())
    }

    /// Of each person every set of seats that loses no more than `room` at the prices of the
    /// bound; nothing where there are too many.
    fn near_the_bound(
        &self,
        relaxation: &Relaxation,
        Look {
            room,
            among,
            most_years,
            ..
        }: Look,
    ) -> Option<Vec<Vec<Priced>>> {
        let most = MOST_LOOKED_AT * most_years;
        let among = match among {
            Among::Seats(open) => Some(open),
            Among::All | Among::Losing(_) => None,
        };
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
                let least = f64::max(0.0, best) - room - WORTHWHILE;
                let left = most.checked_sub(so_far.load(Ordering::Relaxed))?;
                let some = among.map(|open| posts.without_closed(open));
                let posts = some.as_ref().unwrap_or(posts);
                let sets = posts.all(eligibility, worth, least, left)?;
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
