//! The best year of one person at given prices: an exact search over the person's posts in
//! order of time, with all that the rules ask of one person (H8, H9, H11, H12, H13) inside.

use fixedbitset::FixedBitSet;

use crate::domain::InspectorIx;
use crate::eligibility::Eligibility;
use crate::model::constraints::one_place_at_a_time::Exclusions;

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

/// What years are worth to one person.
#[derive(Clone, Copy)]
pub struct Worth<'a> {
    /// For every seat of the year.
    pub seats: &'a [f64],
    /// What is to be taken off by the days that a year takes; empty where that is nothing.
    pub less: &'a [f64],
}

impl Worth<'_> {
    /// What is to be taken off a year of so many days.
    fn less(self, days: usize) -> f64 {
        self.less.get(days).copied().unwrap_or(0.0)
    }

    /// The most that one day more can be worth by itself.
    fn of_a_day(self) -> f64 {
        let gains = self.less.windows(2).map(|pair| pair[0] - pair[1]);
        gains.fold(0.0, f64::max)
    }
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
    pub fn new(
        eligibility: &Eligibility,
        person: InspectorIx,
        own: &[usize],
        exclusions: &Exclusions,
    ) -> Self {
        let engagement = |seat: usize| eligibility.candidates[seat].engagement;
        // Positions in `own`, in order of time.
        let mut order: Vec<usize> = (0..own.len()).collect();
        order.sort_by_key(|at| {
            let post = &eligibility.engagements[engagement(own[*at])];
            (post.first_day, post.last_day, own[*at])
        });
        let seats: Vec<_> = order.iter().map(|at| own[*at]).collect();
        let mut place = vec![0; own.len()];
        for (now, at) in order.iter().enumerate() {
            place[*at] = now;
        }
        let clashes = order.iter().map(|at| {
            let mut clashes = FixedBitSet::with_capacity(own.len());
            let others = exclusions.clashes(person)[*at].ones();
            clashes.extend(others.map(|other| place[other]));
            clashes
        });
        let clashes = clashes.collect();
        let engagements: Vec<_> = seats.iter().map(|seat| engagement(*seat)).collect();
        let days = engagements
            .iter()
            .map(|at| eligibility.engagements[*at].days() as usize);
        Self {
            person,
            days: days.collect(),
            clashes,
            budget: eligibility.limits(person).year as usize,
            engagements,
            seats,
        }
    }

    /// Without the seats that are not `open`, of all of the year's.
    pub fn without_closed(&self, open: &[bool]) -> Self {
        let stay = |at: &usize| open[self.seats[*at]];
        let stay: Vec<usize> = (0..self.seats.len()).filter(stay).collect();
        let clashes = stay.iter().map(|at| {
            let clashes = &self.clashes[*at];
            let others = stay.iter().enumerate();
            let others = others.filter(|(_, other)| clashes.contains(**other));
            let mut among = FixedBitSet::with_capacity(stay.len());
            among.extend(others.map(|(now, _)| now));
            among
        });
        Self {
            clashes: clashes.collect(),
            seats: stay.iter().map(|at| self.seats[*at]).collect(),
            engagements: stay.iter().map(|at| self.engagements[*at]).collect(),
            days: stay.iter().map(|at| self.days[*at]).collect(),
            ..*self
        }
    }

    /// The seats, in order of time.
    pub fn seats(&self) -> &[usize] {
        &self.seats
    }

    /// The most days that a year can take.
    pub fn budget(&self) -> usize {
        self.budget
    }

    /// The set of seats that the person can hold and that is worth most. The search takes at most
    /// `max_nodes`.
    pub fn best(&self, eligibility: &Eligibility, worth: Worth, max_nodes: u32) -> Best {
        let of_a_day = worth.of_a_day();
        // What is worth nothing is never needed: a part of what can be held can be held too.
        let items: Vec<usize> = (0..self.seats.len())
            .filter(|at| worth.seats[self.seats[*at]] + of_a_day * self.days[*at] as f64 > SAME)
            .collect();
        let worths: Vec<f64> = items
            .iter()
            .map(|at| worth.seats[self.seats[*at]])
            .collect();
        let days: usize = items.iter().map(|at| self.days[*at]).sum();
        let budget = self.budget.min(days);
        let mut search = Search {
            posts: self,
            eligibility,
            from: self.from(&items, &worths, worth, budget),
            width: budget + 1,
            worth,
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
        tracing::debug!(pricing_steps = search.nodes);
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

    /// Every set of seats that the person can hold and that is worth at least `least`; nothing
    /// where there are more than `most`.
    pub fn all(
        &self,
        eligibility: &Eligibility,
        worth: Worth,
        least: f64,
        most: usize,
    ) -> Option<Vec<Vec<usize>>> {
        let items: Vec<usize> = (0..self.seats.len()).collect();
        let worths: Vec<f64> = self.seats.iter().map(|seat| worth.seats[*seat]).collect();
        let budget = self.budget.min(self.days.iter().sum());
        let mut listing = Listing {
            posts: self,
            eligibility,
            from: self.from(&items, &worths, worth, budget),
            width: budget + 1,
            worth,
            worths,
            least,
            most,
            held: Vec::new(),
            sets: Vec::new(),
        };
        let mut all = FixedBitSet::with_capacity(self.seats.len());
        all.insert_range(..);
        listing.go(0, budget, 0.0, &all);
        (listing.sets.len() <= most).then_some(listing.sets)
    }

    /// For each item and number of days left: a bound on what it and those after it are worth
    /// within those days, where each need only go with the one held before it, less what is taken
    /// off in the end; −∞ where it takes more than is left.
    fn from(&self, items: &[usize], worths: &[f64], worth: Worth, budget: usize) -> Vec<f64> {
        let width = budget + 1;
        let mut from = vec![f64::NEG_INFINITY; items.len() * width];
        let at_the_end: Vec<f64> = (0..width).map(|left| -worth.less(budget - left)).collect();
        let mut rest = at_the_end.clone();
        for at in (0..items.len()).rev() {
            rest.clone_from(&at_the_end);
            for next in at + 1..items.len() {
                if !self.clashes[items[at]].contains(items[next]) {
                    let of_next = &from[next * width..(next + 1) * width];
                    for (rest, own) in std::iter::zip(&mut rest, of_next) {
                        *rest = f64::max(*rest, *own);
                    }
                }
            }
            let days = self.days[items[at]];
            for left in days..width {
                from[at * width + left] = worths[at] + rest[left - days];
            }
        }
        from
    }
}

/// A search in depth: which item is held next, the most promising first.
struct Search<'a> {
    posts: &'a Posts,
    eligibility: &'a Eligibility<'a>,
    items: Vec<usize>,
    worths: Vec<f64>,
    worth: Worth<'a>,
    /// See [`Posts::from`].
    from: Vec<f64>,
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
    /// Goes on with the items from `first`, with `left` days left, among what is `free` beside
    /// what is held.
    fn go(&mut self, first: usize, left: usize, worth: f64, free: &FixedBitSet) {
        let in_all = worth - self.worth.less(self.width - 1 - left);
        if in_all > self.best + SAME {
            self.best = in_all;
            self.best_held.clone_from(&self.held);
        }
        let mut next: Vec<(f64, usize)> = (first..self.items.len())
            .filter(|at| free.contains(self.items[*at]))
            .map(|at| (worth + self.from[at * self.width + left], at))
            .filter(|(bound, _)| *bound > self.best + SAME)
            .collect();
        next.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (bound, at) in next {
            if bound <= self.best + SAME {
                return;
            }
            if self.nodes >= self.max_nodes {
                self.left_open = self.left_open.max(bound);
                return;
            }
            self.nodes += 1;
            let item = self.items[at];
            let (person, post) = (self.posts.person, self.posts.engagements[item]);
            let held = self.held.iter().copied();
            // What two posts exclude is known beforehand.
            if self.held.len() < 2 || self.eligibility.fits_beside(person, held, post) {
                self.held.push(post);
                let mut free = free.clone();
                free.difference_with(&self.posts.clashes[item]);
                let left = left - self.posts.days[item];
                self.go(at + 1, left, worth + self.worths[at], &free);
                self.held.pop();
            }
        }
    }
}

/// A search in depth for all sets that are worth enough.
struct Listing<'a> {
    posts: &'a Posts,
    eligibility: &'a Eligibility<'a>,
    worths: Vec<f64>,
    worth: Worth<'a>,
    from: Vec<f64>,
    width: usize,
    least: f64,
    most: usize,
    held: Vec<usize>,
    sets: Vec<Vec<usize>>,
}

impl Listing<'_> {
    /// Goes on with the posts from `first`, as [`Search::go`] does.
    fn go(&mut self, first: usize, left: usize, worth: f64, free: &FixedBitSet) {
        if worth - self.worth.less(self.width - 1 - left) >= self.least {
            let seats = self.held.iter().map(|at| self.posts.seats[*at]);
            self.sets.push(seats.collect());
        }
        for at in first..self.posts.seats.len() {
            let bound = worth + self.from[at * self.width + left];
            if bound < self.least || !free.contains(at) {
                continue;
            }
            if self.sets.len() > self.most {
                return;
            }
            let held = self.held.iter().map(|at| self.posts.engagements[*at]);
            let (person, post) = (self.posts.person, self.posts.engagements[at]);
            if self.held.len() < 2 || self.eligibility.fits_beside(person, held, post) {
                self.held.push(at);
                let mut free = free.clone();
                free.difference_with(&self.posts.clashes[at]);
                let left = left - self.posts.days[at];
                self.go(at + 1, left, worth + self.worths[at], &free);
                self.held.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::{RngExt as _, SeedableRng as _};
    use rand_chacha::ChaCha8Rng;

    use super::*;
    use crate::demo::Spec;
    use crate::test_support;

    /// What each set of seats that the person can hold is worth.
    fn by_trying_all(eligibility: &Eligibility, posts: &Posts, worth: Worth) -> Vec<f64> {
        let sets = 0..1_u32 << posts.seats.len();
        let held = |set: u32| (0..posts.seats.len()).filter(move |at| set >> at & 1 == 1);
        sets.filter(|set| {
            let engagements: Vec<_> = held(*set).map(|at| posts.engagements[at]).collect();
            eligibility.fits(posts.person, &engagements)
        })
        .map(|set| {
            let days = held(set).map(|at| posts.days[at]).sum();
            let seats = held(set).map(|at| worth.seats[posts.seats[at]]);
            seats.sum::<f64>() - worth.less(days)
        })
        .collect()
    }

    #[test]
    fn the_best_year_is_that_of_trying_all() {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let mut searches = 0;
        for seed in 0..6 {
            let dataset = test_support::year(&Spec::varied(seed, 12, 4, 4));
            let eligibility = Eligibility::new(&dataset);
            for person in dataset.inspector_ixs() {
                let own = |seat: &usize| eligibility.candidates[*seat].person == person;
                let seats: Vec<_> = (0..eligibility.candidates.len())
                    .filter(own)
                    .filter(|_| random.random_bool(0.8))
                    .take(12)
                    .collect();
                let mut seats_of = vec![Vec::new(); dataset.inspectors.len()];
                seats_of[person.get()].clone_from(&seats);
                let exclusions = Exclusions::of(&eligibility, &seats_of);
                let posts = Posts::new(&eligibility, person, &seats, &exclusions);
                let worth: Vec<f64> = eligibility
                    .candidates
                    .iter()
                    .map(|_| random.random_range(-2.0..10.0))
                    .collect();
                // For every other person something is taken off by the days, nothing for none.
                let less: Vec<f64> = match person.get() % 2 {
                    0 => Vec::new(),
                    _ => (0..=posts.budget())
                        .map(|days| (days as f64 - 6.0).abs() - 6.0)
                        .collect(),
                };
                let seats_worth = worth;
                let worth = Worth {
                    seats: &seats_worth,
                    less: &less,
                };
                let all = by_trying_all(&eligibility, &posts, worth);
                let most = all.iter().copied().fold(0.0, f64::max);
                let best = posts.best(&eligibility, worth, u32::MAX);
                assert!((best.worth - most).abs() < 1e-6, "{best:?} is not {most}");
                assert_eq!(best.bound, best.worth);
                let days = |seat: &usize| {
                    let at = posts.seats.iter().position(|own| own == seat);
                    posts.days[at.expect("one of theirs")]
                };
                let own: f64 = best.seats.iter().map(|seat| seats_worth[*seat]).sum();
                let own = own - worth.less(best.seats.iter().map(days).sum());
                assert!((own - best.worth).abs() < 1e-6);
                // All sets that are worth nearly as much, and how many are too many.
                let least = most - 3.0;
                let listed = posts.all(&eligibility, worth, least, usize::MAX);
                let listed = listed.expect("no more than all");
                let as_good = all.iter().filter(|worth| **worth >= least);
                assert_eq!(listed.len(), as_good.count());
                let fewer = listed.len() - 1;
                assert_eq!(posts.all(&eligibility, worth, least, fewer), None);
                // What is left open is bounded all the same.
                let cut = posts.best(&eligibility, worth, 2);
                assert!(cut.worth <= most + 1e-6 && cut.bound >= most - 1e-6);
                // Seats taken away leave what there would be without them.
                let candidates = eligibility.candidates.iter();
                let open: Vec<bool> = candidates.map(|_| random.random_bool(0.6)).collect();
                let left: Vec<usize> = seats.iter().copied().filter(|seat| open[*seat]).collect();
                seats_of[person.get()].clone_from(&left);
                let exclusions = Exclusions::of(&eligibility, &seats_of);
                let anew = Posts::new(&eligibility, person, &left, &exclusions);
                let closed = posts.without_closed(&open);
                assert_eq!(closed.seats, anew.seats);
                assert_eq!(closed.clashes, anew.clashes);
                let best = |posts: &Posts| posts.best(&eligibility, worth, u32::MAX).seats;
                assert_eq!(best(&closed), best(&anew));
                searches += usize::from(most > 0.0);
            }
        }
        assert!(searches > 20, "{searches}");
    }
}
