//! A year's program in HiGHS's hands: solved, and given the rows of H12 that its solutions
//! turn out to break, until they break none. Beside it stands its decomposition, whose bounds
//! are better.

use std::sync::Arc;

use super::constraints::off_site_span;
use super::constraints::one_place_at_a_time::Exclusions;
use super::decomposition::{Decomposition, Relaxation};
use super::reserves::Reserves;
use super::{Columns, Selection, Year, counted};
use crate::eligibility::Eligibility;
use crate::fewest;
use crate::solve::{End, Mip, Progress, Settings, SolveError, Stop};

/// A year's rules as a program that can be solved for one objective after another.
pub struct Program<'a> {
    pub(super) eligibility: &'a Eligibility<'a>,
    pub(super) decomposition: Decomposition<'a>,
    /// The objective.
    pub(super) costs: Vec<f64>,
    mip: Mip,
    columns: Columns,
    seats_of: Vec<Vec<usize>>,
    exclusions: Arc<Exclusions>,
    /// T5's part, once it is reached.
    reserves: Option<Reserves>,
    /// Where people are counted, the groups of those who are interchangeable.
    alike: Vec<Vec<usize>>,
    /// Whether each seat can be taken in a plan that keeps all that is kept for good, as far as is
    /// known.
    useful: Vec<bool>,
    /// Whether each seat is there still.
    pub(super) open: Vec<bool>,
    /// What the last search's bound rests on, until the next objective.
    pub(super) relaxation: Option<Relaxation>,
    /// The most that T7 may be, once it is kept.
    pub(super) most_uneven: Option<f64>,
}

/// What is kept from now on: its row in HiGHS, and that in the decomposition where it knows it.
#[derive(Debug)]
pub struct Kept(Option<(usize, Option<usize>)>);

/// What a search found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The best selection; it keeps every rule, as exactly as HiGHS keeps rows.
    pub selection: Option<Selection>,
    /// No selection has an objective below this.
    pub bound: f64,
    /// Why the search ended.
    pub end: End,
}

impl<'a> Program<'a> {
    /// States the rules of a year.
    pub fn new(eligibility: &'a Eligibility<'a>) -> Result<Self, SolveError> {
        Self::stated(eligibility, None)
    }

    /// The same with a binary for each person that says whether they hold anything
    /// ([`Columns::asked`]); people who are `alike` ([`super::alike`]) are asked in order, and
    /// have to be so in every objective too. T7 can't be one.
    pub fn counting_people(
        eligibility: &'a Eligibility<'a>,
        alike: Vec<Vec<usize>>,
    ) -> Result<Self, SolveError> {
        Self::stated(eligibility, Some(alike))
    }

    fn stated(
        eligibility: &'a Eligibility<'a>,
        counting: Option<Vec<Vec<usize>>>,
    ) -> Result<Self, SolveError> {
        let year = Year::new(eligibility);
        let seats_of = year.seats_of.clone();
        let exclusions = Arc::clone(&year.exclusions);
        let people = counting.is_some().then(|| counted::people(&year));
        let alike = counting.unwrap_or_default();
        let (mut mip, mut columns) = year.state()?;
        if let Some(people) = people {
            columns.asked = fewest::add_asked(&mut mip, &people, &alike)?;
            columns.total = mip.columns();
        }
        let linking = mip.first_rows(columns.linking)?;
        let decomposition = {
            let _span = tracing::info_span!("decomposition").entered();
            Decomposition::new(
                eligibility,
                &columns,
                linking,
                &seats_of,
                &exclusions,
                &alike,
            )?
        };
        Ok(Self {
            eligibility,
            decomposition,
            costs: vec![0.0; columns.total],
            useful: vec![true; columns.seats],
            open: vec![true; columns.seats],
            relaxation: None,
            most_uneven: None,
            mip,
            columns,
            seats_of,
            exclusions,
            reserves: None,
            alike,
        })
    }

    /// The year that it is of.
    pub fn eligibility(&self) -> &'a Eligibility<'a> {
        self.eligibility
    }

    /// Its columns.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// A value for each column under which the program holds `selection`.
    pub fn values(&self, selection: &Selection) -> Vec<f64> {
        let mut values = self.columns.values(self.eligibility, selection);
        if let Some(reserves) = &self.reserves {
            values.resize(self.mip.columns(), 0.0);
            reserves.set_values(self.eligibility, selection, &mut values);
        }
        values
    }

    /// The costs under which the objective is T5's, whose columns come with this.
    pub fn costs_of_reserves(&mut self) -> Result<Vec<f64>, SolveError> {
        let reserves = match self.reserves.take() {
            Some(reserves) => reserves,
            None => Reserves::add(
                self.eligibility,
                &self.columns,
                &self.seats_of,
                &self.exclusions,
                &mut self.mip,
            )?,
        };
        let costs = reserves.costs(self.eligibility, self.mip.columns());
        self.reserves = Some(reserves);
        Ok(costs)
    }

    /// Whether everybody's year and the rows that link them say all of a plan: they know no
    /// reserves, and where people are counted, one year may be several people's.
    pub(super) fn is_made_of_years(&self) -> bool {
        self.reserves.is_none() && self.columns.asked.is_empty()
    }

    /// Whether these are T7's costs.
    pub(super) fn is_unevenness(&self, costs: &[f64]) -> bool {
        let mut columns = self.columns.unevenness.iter();
        columns.any(|(_, column)| costs[*column] != 0.0)
    }

    /// Replaces the objective.
    pub fn minimise(&mut self, costs: Vec<f64>) -> Result<(), SolveError> {
        self.costs.clone_from(&costs);
        self.relaxation = None;
        self.decomposition.minimise(costs.clone())?;
        let mut costs = costs;
        costs.resize(self.mip.columns(), 0.0);
        self.mip.set_costs(costs)
    }

    /// Has Σ cost × column be at most `most` from now on; `costs` has one for each column.
    pub fn keep_at_most(&mut self, costs: &[f64], most: f64) -> Result<Kept, SolveError> {
        let terms = costs
            .iter()
            .copied()
            .enumerate()
            .filter(|(_, cost)| *cost != 0.0);
        let terms: Vec<_> = terms.collect();
        if terms.is_empty() {
            return Ok(Kept(None));
        }
        if self.is_unevenness(costs) {
            self.most_uneven = Some(most);
        }
        // The decomposition knows no reserves, and of T7 only at one rate after the other. Without
        // what is kept of them, its bounds may be lower, and are bounds all the same.
        let is_known = |(column, _): &(usize, f64)| {
            *column < self.columns.seats || self.columns.asked.contains(column)
        };
        let is_known = terms.iter().all(is_known);
        let of_decomposition =
            is_known.then(|| self.decomposition.keep_at_most(terms.clone(), most));
        let of_decomposition = of_decomposition.transpose()?;
        let row = self.mip.rows();
        self.mip.add_row_at_most(most, &terms)?;
        Ok(Kept(Some((row, of_decomposition))))
    }

    /// Has the objective that was searched for last be at most `most` from now on, for good. `best`
    /// is a plan that does. Seats that no such plan can take are known to be of no use
    /// ([`Self::close`]).
    pub fn keep_for_good(&mut self, most: f64, best: &Selection) -> Result<(), SolveError> {
        let costs = self.costs.clone();
        self.keep_at_most(&costs, most)?;
        if let Some(relaxation) = self.relaxation.take() {
            let rounding = 1e-6 * (1.0 + relaxation.bound.abs());
            let room = most - relaxation.bound + rounding;
            let mut within = vec![false; self.useful.len()];
            let seats = self.decomposition.within(&relaxation, room).into_iter();
            seats
                .chain(best.seats())
                .for_each(|seat| within[seat] = true);
            let useful = std::iter::zip(&mut self.useful, within);
            useful.for_each(|(useful, within)| *useful &= within);
        }
        Ok(())
    }

    /// Takes away the seats that are known to be of no use.
    pub fn close(&mut self) -> Result<(), SolveError> {
        self.open.clone_from(&self.useful);
        self.decomposition.close(&self.open)?;
        self.mip.set_bounds(0, &self.bounds_of_seats())
    }

    fn bounds_of_seats(&self) -> Vec<(f64, f64)> {
        let most = |open: &bool| (0.0, f64::from(u8::from(*open)));
        self.open.iter().map(most).collect()
    }

    /// Asks no more of what was kept.
    pub fn release(&mut self, kept: Kept) -> Result<(), SolveError> {
        let Some((row, of_decomposition)) = kept.0 else {
            return Ok(());
        };
        if let Some(of_decomposition) = of_decomposition {
            self.decomposition.release(of_decomposition)?;
        }
        self.mip.set_row_most(row, f64::INFINITY)
    }

    /// Has `seat` be held from now on.
    pub fn hold(&mut self, seat: usize) -> Result<(), SolveError> {
        let mut costs = vec![0.0; self.columns.total];
        costs[seat] = -1.0;
        self.keep_at_most(&costs, -1.0)?;
        Ok(())
    }

    /// Solves for the objective, beginning from `start` where there is one. `progress` hears of
    /// values and bounds, in HiGHS's terms.
    pub fn solve(
        &mut self,
        settings: Settings,
        start: Option<&Selection>,
        stop: &Stop,
        progress: &mut dyn FnMut(f64, f64),
    ) -> Result<Found, SolveError> {
        let (eligibility, seats) = (self.eligibility, self.columns.seats);
        let mut best = start.cloned();
        let mut bound = f64::NEG_INFINITY;
        loop {
            let start = best.as_ref().map(|best| {
                let best = counted::in_order(eligibility, &self.alike, best);
                self.values(&best)
            });
            let mut hear = |heard: Progress<'_>| match heard {
                Progress::At { value, bound } => progress(value, bound),
                // Each is better than the one before. Kept at once where it keeps H12 too: the
                // last one may not, and the run may be cut short.
                Progress::Better { solution } => {
                    let found = Selection::from_solution(solution, seats);
                    if found.fits(eligibility) {
                        best = Some(found);
                    }
                }
            };
            let outcome = self
                .mip
                .solve(settings, start.as_deref(), stop, &mut hear)?;
            // Rows are only ever added, so each run's bound holds for all that follow.
            bound = bound.max(outcome.bound);
            let broken = match outcome.solution {
                Some(solution) => {
                    let found = Selection::from_solution(&solution, seats);
                    let mut broken = self.forbid_overfull(&found)?;
                    broken |= self.forbid_reserves(&solution, &found)?;
                    if !broken && found.fits(eligibility) {
                        best = Some(found);
                    }
                    broken
                }
                None => false,
            };
            if !broken || stop.is_set() {
                return Ok(Found {
                    selection: best,
                    bound,
                    end: outcome.end,
                });
            }
        }
    }

    /// The same among some seats and those of `best` alone: the bound then holds for plans of
    /// those seats.
    pub(super) fn solve_among(
        &mut self,
        seats: &[usize],
        settings: Settings,
        best: &Selection,
        stop: &Stop,
        progress: &mut dyn FnMut(f64, f64),
    ) -> Result<Found, SolveError> {
        let mut bounds = vec![(0.0, 0.0); self.columns.seats];
        let open = seats.iter().copied().filter(|seat| self.open[*seat]);
        for seat in open.chain(best.seats()) {
            bounds[seat].1 = 1.0;
        }
        self.open_to_alike(&mut bounds);
        self.mip.set_bounds(0, &bounds)?;
        let found = self.solve(settings, Some(best), stop, progress);
        self.mip.set_bounds(0, &self.bounds_of_seats())?;
        found
    }

    /// Adds a row for each reserve of a solution that can't be one; whether there were any.
    fn forbid_reserves(&mut self, solution: &[f64], found: &Selection) -> Result<bool, SolveError> {
        let Some(reserves) = &self.reserves else {
            return Ok(false);
        };
        let (columns, seats_of) = (&self.columns, &self.seats_of);
        let rows = reserves.broken(self.eligibility, columns, seats_of, solution, found);
        let rows: Vec<_> = rows.iter().map(|(most, row)| (*most, &row[..])).collect();
        self.mip.add_rows_at_most(&rows)?;
        Ok(!rows.is_empty())
    }

    /// Adds the H12 row of everybody whose posts don't fit together; whether there were any.
    fn forbid_overfull(&mut self, found: &Selection) -> Result<bool, SolveError> {
        let _span = tracing::info_span!("added rows").entered();
        let mut any = false;
        for (person, span) in off_site_span::overfull(self.eligibility, found) {
            // Whoever is interchangeable with them would break it next.
            let mut groups = self.alike.iter();
            let group = groups.find(|group| group.contains(&person.get()));
            for one in group.unwrap_or(&vec![person.get()]) {
                let seats = &self.seats_of[*one];
                let row = off_site_span::row(self.eligibility, seats, person, span);
                self.mip.add_row_at_most(row.most, &row.terms)?;
            }
            any = true;
        }
        Ok(any)
    }

    /// What one of people who are interchangeable may hold, all of them may.
    fn open_to_alike(&self, bounds: &mut [(f64, f64)]) {
        for group in &self.alike {
            // Interchangeable people have the same posts, in the same order.
            for at in 0..self.seats_of[group[0]].len() {
                let seats = group.iter().map(|person| self.seats_of[*person][at]);
                if seats.clone().any(|seat| bounds[seat].1 > 0.0) {
                    seats.for_each(|seat| bounds[seat].1 = 1.0);
                }
            }
        }
    }
}
