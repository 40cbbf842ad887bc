//! A year's program in HiGHS's hands: solved, and given the rows of H12 that its solutions
//! turn out to break, until they break none. Beside it stands its decomposition, whose bounds
//! are better.

use super::constraints::off_site_span;
use super::decomposition::Decomposition;
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
    /// Where people are counted, the groups of those who are interchangeable.
    alike: Vec<Vec<usize>>,
}

/// What is kept from now on: its row in HiGHS and in the decomposition.
#[derive(Debug)]
pub struct Kept(Option<(usize, usize)>);

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
        let people = counting.is_some().then(|| counted::people(&year));
        let alike = counting.unwrap_or_default();
        let (mut mip, mut columns) = year.state()?;
        if let Some(people) = people {
            columns.asked = fewest::add_asked(&mut mip, &people, &alike)?;
            columns.total = mip.columns();
        }
        let linking = mip.first_rows(columns.linking)?;
        Ok(Self {
            eligibility,
            decomposition: Decomposition::new(eligibility, &columns, linking, &seats_of, &alike)?,
            costs: vec![0.0; columns.total],
            mip,
            columns,
            seats_of,
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

    /// Replaces the objective.
    pub fn minimise(&mut self, costs: Vec<f64>) -> Result<(), SolveError> {
        self.costs.clone_from(&costs);
        self.decomposition.minimise(costs.clone())?;
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
        let of_decomposition = self.decomposition.keep_at_most(costs, most)?;
        let row = self.mip.rows();
        self.mip.add_row_at_most(most, &terms)?;
        Ok(Kept(Some((row, of_decomposition))))
    }

    /// Asks no more of what was kept.
    pub fn release(&mut self, kept: Kept) -> Result<(), SolveError> {
        let Some((row, of_decomposition)) = kept.0 else {
            return Ok(());
        };
        self.decomposition.release(of_decomposition)?;
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
                self.columns.values(eligibility, &best)
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
                    let broken = self.forbid_overfull(&found)?;
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
        for seat in seats.iter().copied().chain(best.seats()) {
            bounds[seat].1 = 1.0;
        }
        self.open_to_alike(&mut bounds);
        self.mip.set_bounds(0, &bounds)?;
        let found = self.solve(settings, Some(best), stop, progress);
        self.mip.set_bounds(0, &vec![(0.0, 1.0); bounds.len()])?;
        found
    }

    /// Adds the H12 row of everybody whose posts don't fit together; whether there were any.
    fn forbid_overfull(&mut self, found: &Selection) -> Result<bool, SolveError> {
        let mut any = false;
        let held = found.held(self.eligibility);
        for (person, held) in std::iter::zip(self.eligibility.dataset.inspector_ixs(), held) {
            if let Some(span) = self.eligibility.overfull(person, &held) {
                // Whoever is interchangeable with them would break it next.
                let group = self
                    .alike
                    .iter()
                    .find(|group| group.contains(&person.get()));
                for one in group.unwrap_or(&vec![person.get()]) {
                    let seats = &self.seats_of[*one];
                    let row = off_site_span::row(self.eligibility, seats, person, span);
                    self.mip.add_row_at_most(row.most, &row.terms)?;
                }
                any = true;
            }
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
