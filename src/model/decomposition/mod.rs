//! The year with one column a person's year (the decomposition of Dantzig and Wolfe): a column
//! is a set of posts that one person can hold together, and the rows are those that link people
//! to each other. Its relaxation lies far closer to the optimum than that of single posts.
//!
//! Columns are made as they are needed: at the prices of the best mixture of those that are
//! known, everybody's best year is searched exactly ([`pricing`]). Prices and best years give
//! a bound that holds whatever the prices are: their cost to the rows, and nobody's best year.

mod cuts;
mod linking;
mod listing;
mod master;
mod owners;
mod pool;
mod pricing;
mod relaxation;
mod unevenness;

use std::ops::RangeInclusive;

use rayon::prelude::*;

use super::constraints::one_lead;
use super::constraints::one_place_at_a_time::Exclusions;
use super::{Columns, Selection};
use crate::domain::Role;
use crate::eligibility::Eligibility;
use crate::solve::{Row, Settings, SolveError, Stop};
use linking::Linking;
use master::Master;
use owners::Owners;
pub use pool::{FAR, MANY, MOST_SEARCHED, Near};
use pool::{Pool, Year};
use pricing::{Best, Posts, Worth};
pub use relaxation::Relaxation;
use unevenness::Unevenness;

/// See [`Decomposition::max_nodes`].
const MAX_NODES: u32 = 20_000;

/// The last of them.
const MAX_NODES_AT_LAST: u32 = 2_000_000;

/// The same for T7, of which there is a bound for each of many rates.
const MAX_NODES_AT_A_RATE: u32 = 4_000;

/// The same where it is asked often: once for each of their seats, or of many rates.
const MAX_NODES_OF_A_SEAT: u32 = 200;

/// How many more years than the best are made at a time of people who stand for several.
const FURTHER_YEARS: usize = 7;

/// A reduced cost from which a year is worth taking in.
const WORTHWHILE: f64 = 1e-7;

/// How much of the best prices so far is mixed into the master's, which swing without it.
const SMOOTHING: f64 = 0.5;

/// A year's program, decomposed.
pub struct Decomposition<'a> {
    eligibility: &'a Eligibility<'a>,
    /// Of everybody who has a seat; of people who are alike, of the first.
    posts: Vec<Posts>,
    owners: Owners,
    master: Master,
    /// How many nodes the search for one person's best year may take; and where it left open whether
    /// there is a better one, and nobody has another at all.
    max_nodes: RangeInclusive<u32>,
}

/// How plans near the bound are looked for.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// How far above the bound.
    pub room: f64,
    /// What years a plan may take.
    pub among: Among<'a>,
    /// How many years are listed at most: cuts may show that some are of no use.
    pub most_listed: usize,
    /// How many are searched at most.
    pub most_searched: usize,
}

/// The years that plans are looked for among.
#[derive(Clone, Copy, Debug)]
pub enum Among<'a> {
    /// All that can be part of such a plan.
    All,
    /// Those with no seats but these.
    Seats(&'a [bool]),
    /// No more than so many, as many of each person: those that lose least.
    Best(usize),
}

/// How many times as many years are listed at most as are searched.
const MORE_LISTED: usize = 2;

impl<'a> Look<'a> {
    /// Up to some room above the bound, among so many years at most.
    pub fn new(room: f64, among: Among<'a>, most_searched: usize) -> Self {
        Self {
            room,
            among,
            most_listed: MORE_LISTED * most_searched,
            most_searched,
        }
    }
}

impl<'a> Decomposition<'a> {
    /// `linking` are the rows that link people, over `columns`; all other rows are what
    /// `seats_of` each person can hold together, whose pairs are in `exclusions`. Where people are
    /// counted, `alike` are the groups of those who are interchangeable: they have one set of
    /// columns, as often as they are.
    pub fn new(
        eligibility: &'a Eligibility<'a>,
        columns: &Columns,
        linking: Vec<Row>,
        seats_of: &[Vec<usize>],
        exclusions: &Exclusions,
        alike: &[Vec<usize>],
    ) -> Result<Self, SolveError> {
        let owners = Owners::new(columns.seats, seats_of, alike);
        let first = &owners.first;
        let posts: Vec<_> = first
            .par_iter()
            .map(|person| Posts::new(eligibility, *person, &seats_of[person.get()], exclusions))
            .collect();
        let mut asked = Vec::new();
        if !columns.asked.is_empty() {
            asked.extend(first.iter().map(|person| columns.asked[person.get()]));
        }
        let candidates = eligibility.candidates.iter();
        let days = candidates.map(|candidate| eligibility.engagement(*candidate).days() as usize);
        let linking = Linking::new(linking, columns, &owners.people, asked, days.collect());
        Ok(Self {
            eligibility,
            master: Master::new(linking)?,
            posts,
            owners,
            max_nodes: MAX_NODES..=MAX_NODES_AT_LAST,
        })
    }

    /// Replaces the objective; `costs` has a number for each column of the year's program, of which
    /// those for T7 are not known here ([`Self::even_out`]).
    pub fn minimise(&mut self, costs: Vec<f64>) -> Result<(), SolveError> {
        self.master.minimise(costs, Unevenness::default())
    }

    /// Has the objective be T7 at the best of `rates` for each person: no more than T7 where the one
    /// rate is among them, and T7 itself at a single rate that makes the sum least.
    pub fn even_out(&mut self, rates: &RangeInclusive<f64>) -> Result<(), SolveError> {
        let none = vec![0.0; self.master.linking().columns()];
        let unevenness = self.unevenness(rates);
        self.master.minimise(none, unevenness)
    }

    fn unevenness(&self, rates: &RangeInclusive<f64>) -> Unevenness {
        let budgets = self.posts.iter().map(Posts::budget);
        let people = std::iter::zip(self.owners.first.iter().copied(), budgets);
        Unevenness::at(self.eligibility, people, rates)
    }

    /// What T7 is at least where the one rate is among `rates`, at the prices of a bound for others.
    pub fn bound_at(&self, relaxation: &Relaxation, rates: &RangeInclusive<f64>) -> f64 {
        let _span = tracing::info_span!("pricing").entered();
        let unevenness = self.unevenness(rates);
        let (linking, prices) = (self.master.linking(), self.prices_of(relaxation));
        let paid = linking.paid(&prices);
        let rows = linking.constant(&prices) - linking.of_nothing().cost;
        let eligibility = self.eligibility;
        let posts = self.posts.par_iter().enumerate();
        let best = posts.map(|(person, posts)| {
            let worth = Worth {
                seats: &paid,
                less: unevenness.by_days(person),
            };
            posts.best(eligibility, worth, MAX_NODES_OF_A_SEAT).bound
        });
        // Added up in one order, whatever is done side by side.
        let best: Vec<f64> = best.collect();
        let best: f64 = best.iter().sum();
        unevenness.of_nothing + rows - best
    }

    /// Has Σ factor × column be at most `most` from now on, and returns the position of that row.
    pub fn keep_at_most(
        &mut self,
        terms: Vec<(usize, f64)>,
        most: f64,
    ) -> Result<usize, SolveError> {
        self.master.keep_at_most(terms, most)
    }

    /// The same where no plan is known that keeps it.
    pub fn try_at_most(
        &mut self,
        terms: Vec<(usize, f64)>,
        most: f64,
    ) -> Result<usize, SolveError> {
        self.master.try_at_most(terms, most)
    }

    /// Asks no more of such a row.
    pub fn release(&mut self, row: usize) -> Result<(), SolveError> {
        self.master.release(row)
    }

    /// Has no seat be taken from now on that is not `open`.
    pub fn close(&mut self, open: &[bool]) -> Result<(), SolveError> {
        for posts in &mut self.posts {
            *posts = posts.without_closed(open);
        }
        self.master.close(open)
    }

    /// Whether a plan keeps the rows that link people, and all that is to be kept; `values` has
    /// a number for each column of the year's program.
    pub fn keeps(&self, values: &[f64]) -> bool {
        self.master.linking().keeps(values)
    }

    /// Takes in everybody's year of a plan. With one that keeps all that is to be kept, there
    /// is a mixture that does.
    pub fn know(&mut self, selection: &Selection) -> Result<(), SolveError> {
        for Year { person, seats } in self.years_of(selection) {
            self.master.add(person, seats)?;
        }
        Ok(())
    }

    /// Everybody's year of a plan.
    fn years_of(&self, selection: &Selection) -> Vec<Year> {
        let people = self.eligibility.dataset.inspectors.len();
        let mut held = vec![(0, Vec::new()); people];
        for seat in selection.seats() {
            let person = self.eligibility.candidates[seat].person;
            let (posts, seats) = &mut held[person.get()];
            *posts = self.owners.of_seat[seat].at;
            seats.push(self.owners.of_seat[seat].seat);
        }
        let years = held.into_iter().filter(|(_, seats)| !seats.is_empty());
        years
            .map(|(person, seats)| Year { person, seats })
            .collect()
    }

    /// Makes columns until none is worth it, `enough(bound, value of the mixture)` says so, or
    /// it is told to stop; nothing where it is stopped before there is a bound.
    pub fn relax(
        &mut self,
        enough: &dyn Fn(f64, f64) -> bool,
        stop: &Stop,
    ) -> Result<Option<Relaxation>, SolveError> {
        let _span = tracing::info_span!("relaxation").entered();
        let (mut max_nodes, at_last) = match self.master.linking().is_uneven() {
            true => (MAX_NODES_AT_A_RATE, MAX_NODES_AT_A_RATE),
            false => self.max_nodes.clone().into_inner(),
        };
        // The best bound so far, its prices, and what everybody's years are worth at most at those.
        let mut best: Option<(f64, Vec<f64>, Vec<f64>)> = None;
        let mut mixture = Vec::new();
        while let Some(prices) = self.master.prices(stop)? {
            mixture = self.master.mixture(&prices);
            let true_worth = self.master.linking().worth(&prices.rows);
            let mut smoothing = if best.is_some() { SMOOTHING } else { 0.0 };
            let mut made = 0;
            let is_open = loop {
                let at: Vec<f64> = match &best {
                    Some((_, best, _)) => std::iter::zip(best, &prices.rows)
                        .map(|(best, now)| smoothing * best + (1.0 - smoothing) * now)
                        .collect(),
                    None => prices.rows.clone(),
                };
                let linking = self.master.linking();
                let worth = linking.worth(&at);
                let eligibility = self.eligibility;
                let _span = tracing::info_span!("pricing").entered();
                let mut years: Vec<_> = self
                    .posts
                    .par_iter()
                    .enumerate()
                    .map(|(person, posts)| {
                        posts.best(eligibility, linking.worth_to(person, &worth), max_nodes)
                    })
                    .collect();
                // Nobody need be asked.
                let most_worth = years.iter().enumerate().map(|(person, year)| {
                    let worth = year.bound + self.master.linking().worth_of_asking(person, &at);
                    worth.max(0.0)
                });
                let most_worth: Vec<f64> = most_worth.collect();
                let in_all = std::iter::zip(&most_worth, &self.owners.people);
                let in_all: f64 = in_all.map(|(worth, people)| *people as f64 * worth).sum();
                let bound = self.master.linking().constant(&at) - in_all;
                if best.as_ref().is_none_or(|(so_far, ..)| bound > *so_far) {
                    best = Some((bound, at, most_worth));
                }
                let is_open = years.iter().any(|year| year.bound > year.worth);
                let more = self.further_years(&worth, &years);
                years.extend(more.iter().map(|(_, year)| year.clone()));
                let whose = (0..self.posts.len()).chain(more.iter().map(|(person, _)| *person));
                for (person, year) in std::iter::zip(whose, years) {
                    let linking = self.master.linking();
                    let worth: f64 = year.seats.iter().map(|seat| true_worth[*seat]).sum();
                    let worth = worth + linking.worth_of_asking(person, &prices.rows)
                        - linking.cost_of_days(person, &year.seats);
                    if !year.seats.is_empty() && worth + prices.people[person] > WORTHWHILE {
                        self.master.add(person, year.seats)?;
                        made += 1;
                    }
                }
                // Where smoothed prices make nothing that the master's own would buy, they are
                // moved to those.
                if made > 0 || smoothing == 0.0 {
                    break is_open;
                }
                smoothing = if smoothing < 0.1 {
                    0.0
                } else {
                    smoothing / 2.0
                };
            };
            let bound = best
                .as_ref()
                .map_or(f64::NEG_INFINITY, |(bound, ..)| *bound);
            if stop.is_set() {
                break;
            }
            let is_enough = enough(bound, prices.value);
            if made == 0 && is_open && !is_enough && max_nodes < at_last {
                max_nodes = at_last;
                continue;
            }
            if made == 0 || is_enough {
                let rows = self.broken(&mixture);
                if rows.is_empty() {
                    break;
                }
                for row in rows {
                    self.master.keep_at_most(row.terms, row.upper)?;
                    // The best prices so far are as good without it.
                    best.iter_mut().for_each(|(_, prices, _)| prices.push(0.0));
                }
            }
        }
        let (years, shares) = mixture.into_iter().unzip();
        Ok(best.map(|(bound, prices, most_worth)| Relaxation {
            bound,
            years,
            shares,
            prices,
            most_worth,
            tightened: None,
        }))
    }

    /// Rows that every plan keeps and a mixture breaks.
    fn broken(&self, mixture: &[(Year, f64)]) -> Vec<Row> {
        let eligibility = self.eligibility;
        let mut seats = vec![0.0; eligibility.candidates.len()];
        for (year, share) in mixture {
            // A team seat that stands for several people's may be held more than once.
            let is_several = self.owners.people[year.person] > 1;
            let is_team = |seat: usize| {
                eligibility.engagement(eligibility.candidates[seat]).role == Role::Team
            };
            let own = year
                .seats
                .iter()
                .filter(|seat| !(is_several && is_team(**seat)));
            own.for_each(|seat| seats[*seat] += share);
        }
        one_lead::broken(eligibility, &seats)
    }

    /// For people who stand for several: good years without the seats of the best, then of the
    /// next best, and so on, so that there is something for each of them.
    fn further_years(&self, worth: &[f64], best: &[Best]) -> Vec<(usize, Best)> {
        let (eligibility, linking) = (self.eligibility, self.master.linking());
        let (posts, people) = (&self.posts, &self.owners.people);
        let several = (0..posts.len()).filter(|person| people[*person] > 1);
        let several: Vec<usize> = several.collect();
        let years = several.into_par_iter().flat_map_iter(|person| {
            let mut worth = worth.to_vec();
            let mut last = best[person].seats.clone();
            let most = FURTHER_YEARS.min(people[person] - 1);
            let mut found = Vec::new();
            for _ in 0..most {
                last.iter().for_each(|seat| worth[*seat] = 0.0);
                let own = linking.worth_to(person, &worth);
                let year = posts[person].best(eligibility, own, MAX_NODES_OF_A_SEAT);
                last.clone_from(&year.seats);
                found.push((person, year));
            }
            found
        });
        years.collect()
    }

    /// The best plan that lies no more than some room above the bound, where those that one might
    /// use are not too many to be searched. People are not counted. Where a plan is `known`, it keeps
    /// all that is to be kept.
    pub fn near(
        &self,
        relaxation: &mut Relaxation,
        look: Look,
        known: Option<&Selection>,
        settings: Settings,
        stop: &Stop,
        progress: &mut dyn FnMut(f64, f64),
    ) -> Result<Near, SolveError> {
        let linking = self.master.linking();
        let tightened = relaxation.tightened.take();
        relaxation.tightened = tightened.filter(|tightened| tightened.is_of(linking));
        let Some(listed) = self.listed(relaxation, look) else {
            return Ok(Near::too_many(relaxation.bound));
        };
        let mixture = relaxation.years.clone();
        let plan = known.map(|known| self.years_of(known));
        let upto = relaxation.bound + look.room;
        let tightened = relaxation.tightened.take();
        let mut pool = Pool::new(
            linking,
            tightened,
            listed,
            mixture,
            plan,
            relaxation.bound,
            upto,
        );
        pool.tighten(stop)?;
        relaxation.tightened = pool.tightened();
        if pool.len() > look.most_searched {
            return Ok(Near::too_many(pool.bound()));
        }
        pool.solve(settings, stop, progress)
    }

    /// The prices of the bound; rows that came since cost nothing.
    fn prices_of(&self, relaxation: &Relaxation) -> Vec<f64> {
        let mut prices = relaxation.prices.clone();
        prices.resize(self.master.linking().rows(), 0.0);
        prices
    }

    /// Every seat that a plan less than `gap` above the bound can take: what it costs more,
    /// at the prices of the bound, to hold the seat than not to, is less than that.
    pub fn within(&self, relaxation: &Relaxation, gap: f64) -> Vec<usize> {
        let _span = tracing::info_span!("fixing").entered();
        let prices = self.prices_of(relaxation);
        let linking = self.master.linking();
        let worth = linking.worth(&prices);
        let days = (0..self.posts.len()).flat_map(|person| linking.cost_by_days(person));
        let all = worth.iter().chain(days).map(|worth| worth.abs());
        let more = all.sum::<f64>() + 1.0;
        let eligibility = self.eligibility;
        let asking = |person| linking.worth_of_asking(person, &prices);
        let asking: Vec<f64> = (0..self.posts.len()).map(asking).collect();
        std::iter::zip(&self.posts, asking)
            .enumerate()
            .collect::<Vec<_>>()
            .into_par_iter()
            .flat_map_iter(|(person, (posts, asking))| {
                let best = posts.best(eligibility, linking.worth_to(person, &worth), MAX_NODES);
                let best = best.worth;
                let best = f64::max(0.0, best + asking);
                let mut worth = worth.clone();
                let mut loses_less = |seat: &usize| {
                    let own = worth[*seat];
                    worth[*seat] = own + more;
                    let with = linking.worth_to(person, &worth);
                    let with = posts.best(eligibility, with, MAX_NODES_OF_A_SEAT).bound - more;
                    worth[*seat] = own;
                    best - (with + asking) < gap
                };
                let seats = posts.seats().iter().copied();
                seats.filter(|seat| loses_less(seat)).collect::<Vec<_>>()
            })
            .collect()
    }
}
