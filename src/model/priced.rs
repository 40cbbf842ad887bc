//! T6 at least, where every inspection has to come to the least that it comes to alone (`alone.rs`):
//! Lagrange's relaxation of the days that people have, and of being in one place a day. At prices of
//! somebody's days the inspections are apart again, each with whom is then cheapest; the prices
//! follow what people would hold too much of. The bound holds at whatever prices, and needs no solver.

use std::ops::Range;

use rayon::prelude::*;

use super::alone::Way;
use crate::eligibility::Eligibility;
use crate::solve::Stop;

/// How often prices are moved at most.
const ROUNDS: usize = 3_000;

/// How far they are moved at first, as a share of what would close the gap were it a plane.
const STEP: f64 = 1.0;

/// After how many rounds without a better bound they are moved half as far, and how far at least.
const PATIENCE: u32 = 60;
const LEAST_STEP: f64 = 1e-3;

/// How much of where they were moved last is kept, so that they swing less.
const KEPT: f64 = 0.7;

/// A post's days, about: the rows of days then weigh as much as those of places.
const DAYS_OF_A_POST: f64 = 8.0;

/// Somebody with a post.
struct Seat {
    person: usize,
    cost: f64,
    /// In posts of the usual length.
    days: f64,
    /// Which of [`Relaxed::at_once`] it takes: the person's days on site.
    slots: Range<usize>,
}

/// A lead's post or a team's.
struct Post {
    seats: Range<usize>,
    people: usize,
}

/// What the inspections ask for, and who can give it.
struct Relaxed {
    seats: Vec<Seat>,
    slots: Vec<usize>,
    /// Of each inspection the ways to staff it, each a few posts.
    inspections: Vec<Vec<Vec<Post>>>,
    /// Of each person, in posts of the usual length.
    budgets: Vec<f64>,
    /// How many days people have one after the other.
    horizon: usize,
}

/// What is asked for what one person can't do twice.
#[derive(Clone)]
struct Prices {
    /// For each person, of days as many as a post of the usual length takes.
    days: Vec<f64>,
    /// For each person and day.
    at_once: Vec<f64>,
}

impl Prices {
    /// Each, those of days first.
    fn all(&self) -> impl Iterator<Item = f64> {
        self.days.iter().chain(&self.at_once).copied()
    }

    /// How long a direction is, but for what would lower a price that is nothing.
    fn length(&self, direction: &Self) -> f64 {
        let moved = std::iter::zip(self.all(), direction.all());
        let moved = moved.filter(|(price, much)| *price > 0.0 || *much > 0.0);
        moved.map(|(_, much)| much * much).sum::<f64>().sqrt()
    }

    fn all_mut(&mut self) -> impl Iterator<Item = &mut f64> {
        self.days.iter_mut().chain(&mut self.at_once)
    }
}

/// The least cost, in pence, of plans in which each inspection is staffed in one of its `ways`; a plan
/// of `known` pence says how far prices are to be moved.
pub(super) fn cost_at_least(
    eligibility: &Eligibility,
    ways: &[Vec<Way>],
    known: i64,
    stop: &Stop,
) -> i64 {
    let _span = tracing::info_span!("prices of days").entered();
    let relaxed = Relaxed::new(eligibility, ways);
    let people = relaxed.budgets.len();
    let mut prices = Prices {
        days: vec![0.0; people],
        at_once: vec![0.0; people * relaxed.horizon],
    };
    let mut direction: Option<Prices> = None;
    let (mut best, mut step, mut idle) = (f64::NEG_INFINITY, STEP, 0);
    for _ in 0..ROUNDS {
        let (bound, too_much) = relaxed.at(&prices);
        let direction = direction.get_or_insert_with(|| too_much.clone());
        for (kept, much) in std::iter::zip(direction.all_mut(), too_much.all()) {
            *kept = KEPT * *kept + (1.0 - KEPT) * much;
        }
        idle += 1;
        if bound > best {
            (best, idle) = (bound, 0);
        } else if idle >= PATIENCE {
            (step, idle) = (step / 2.0, 0);
        }
        let norm = prices.length(&too_much) * prices.length(direction);
        if norm == 0.0 || step < LEAST_STEP || stop.is_set() {
            break;
        }
        let length = step * (known as f64 - bound).max(1.0) / norm;
        for (price, much) in std::iter::zip(prices.all_mut(), direction.all()) {
            *price = (*price + length * much).max(0.0);
        }
    }
    // Less what sums of so many numbers may be off by.
    (best - 1e-9 * best.abs()).floor() as i64
}

impl Relaxed {
    fn new(eligibility: &Eligibility, ways: &[Vec<Way>]) -> Self {
        let horizon = eligibility.horizon.len();
        let (mut seats, mut slots) = (Vec::new(), Vec::new());
        let mut post = |engagement: usize, people: usize| {
            let first = seats.len();
            let taken = &eligibility.engagements[engagement];
            for candidate in eligibility.candidates_of(engagement) {
                let person = candidate.person.get();
                let begin = slots.len();
                slots.extend(taken.on_site.ones().map(|day| person * horizon + day));
                seats.push(Seat {
                    person,
                    cost: eligibility.cost(*candidate).0 as f64,
                    days: f64::from(taken.days()) / DAYS_OF_A_POST,
                    slots: begin..slots.len(),
                });
            }
            Post {
                seats: first..seats.len(),
                people,
            }
        };
        let mut posts = |way: &Way| {
            let team = way.team.filter(|_| way.people > 0);
            let team = team.map(|team| post(team, way.people));
            std::iter::once(post(way.lead, 1)).chain(team).collect()
        };
        let inspections = ways
            .iter()
            .filter(|ways| !ways.is_empty())
            .map(|ways| ways.iter().map(&mut posts).collect())
            .collect();
        let people = eligibility.dataset.inspector_ixs();
        let budgets = people.map(|person| f64::from(eligibility.limits(person).year));
        Self {
            inspections,
            budgets: budgets.map(|days| days / DAYS_OF_A_POST).collect(),
            seats,
            slots,
            horizon,
        }
    }

    /// The bound at `prices`, and how much more of everything is then held than there is.
    fn at(&self, prices: &Prices) -> (f64, Prices) {
        let cheapest = self.inspections.par_iter().map(|ways| {
            let staffed = ways.iter().map(|way| {
                let mut held: Vec<usize> = Vec::new();
                let posts = way
                    .iter()
                    .map(|post| self.cheapest(post, prices, &mut held));
                (posts.sum::<f64>(), held)
            });
            let least = staffed.min_by(|one, other| one.0.total_cmp(&other.0));
            least.unwrap_or_default()
        });
        // Added up in one order, whatever is done side by side.
        let cheapest: Vec<(f64, Vec<usize>)> = cheapest.collect();
        let mut too_much = Prices {
            days: self.budgets.iter().map(|days| -days).collect(),
            at_once: vec![-1.0; prices.at_once.len()],
        };
        let mut bound = 0.0;
        for (price, spare) in std::iter::zip(prices.all(), too_much.all()) {
            bound += price * spare;
        }
        for (cost, held) in cheapest {
            bound += cost;
            for seat in held.into_iter().map(|seat| &self.seats[seat]) {
                too_much.days[seat.person] += seat.days;
                for slot in &self.slots[seat.slots.clone()] {
                    too_much.at_once[*slot] += 1.0;
                }
            }
        }
        (bound, too_much)
    }

    /// What the people who are cheapest for a post cost together; who they are goes to `held`.
    fn cheapest(&self, post: &Post, prices: &Prices, held: &mut Vec<usize>) -> f64 {
        let price = |at: usize| {
            let seat = &self.seats[at];
            let slots = self.slots[seat.slots.clone()].iter();
            let at_once: f64 = slots.map(|slot| prices.at_once[*slot]).sum();
            (
                seat.cost + seat.days * prices.days[seat.person] + at_once,
                at,
            )
        };
        let mut all: Vec<(f64, usize)> = post.seats.clone().map(price).collect();
        let by_price = |one: &(f64, usize), other: &(f64, usize)| {
            one.0.total_cmp(&other.0).then(one.1.cmp(&other.1))
        };
        if post.people < all.len() {
            all.select_nth_unstable_by(post.people, by_price);
            all.truncate(post.people);
        }
        // Added up in one order.
        all.sort_unstable_by(by_price);
        held.extend(all.iter().map(|(_, at)| *at));
        all.iter().map(|(price, _)| price).sum()
    }
}
