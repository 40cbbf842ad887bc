//! HiGHS over the years that are left.

use std::collections::{BTreeMap, BTreeSet};

use super::super::IfFar;
use super::{Near, Plan, Pool};
use crate::solve::{Column, Mip, Progress, Settings, SolveError, Stop};

/// How far a first plan is looked for.
const NODES_OF_A_PLAN: u32 = 10;

/// What HiGHS is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// A better plan.
    Any,
    /// The best plan up to the ceiling, or that there is none.
    UpToCeiling,
}

impl Pool<'_> {
    /// The best plan of these years up to the ceiling, as far as `settings` go.
    pub fn solve(
        mut self,
        if_far: IfFar,
        settings: Settings,
        stop: &Stop,
        progress: &mut dyn FnMut(f64, f64),
    ) -> Result<Near, SolveError> {
        let settings = Settings {
            restarts: false,
            ..settings
        };
        if if_far == IfFar::Tell && self.is_far() {
            return Ok(Near {
                seats: None,
                bound: self.bound.min(self.ceiling),
                is_far: true,
            });
        }
        let before = self.plan.value;
        if self.is_far() && !stop.is_set() {
            let first = Settings {
                max_nodes: Some(NODES_OF_A_PLAN.min(settings.max_nodes.unwrap_or(u32::MAX))),
                target: self.ceiling,
                ..settings
            };
            self.search(Wanted::Any, first, stop, progress)?;
        }
        // What is not better by more than the gap need not be looked for.
        let value = self.plan.value;
        self.ceiling = self.ceiling.min(value - 0.99 * settings.gap(value));
        if self.bound < self.ceiling && !stop.is_set() {
            let bound = self.search(Wanted::UpToCeiling, settings, stop, progress)?;
            self.bound = self.bound.max(bound);
        }
        let is_new = self.plan.value < before;
        Ok(Near {
            seats: is_new.then(|| self.seats()),
            bound: self.bound.min(self.ceiling),
            is_far: false,
        })
    }

    /// A binary for each seat: the sum of the years that hold it, which a row from `row` on says.
    fn seat_columns(
        &self,
        years: &[usize],
        columns: &mut [Column],
        row: usize,
    ) -> BTreeMap<usize, Column> {
        let seats = years.iter().flat_map(|at| &self.years[*at].year.seats);
        let seats: BTreeSet<usize> = seats.copied().collect();
        let rows: BTreeMap<usize, usize> = std::iter::zip(seats, row..).collect();
        for (at, column) in std::iter::zip(years, columns) {
            let seats = self.years[*at].year.seats.iter();
            column.terms.extend(seats.map(|seat| (rows[seat], 1.0)));
        }
        let column = |(seat, row)| {
            let column = Column {
                cost: 0.0,
                bounds: (0.0, 1.0),
                whole: true,
                terms: vec![(row, -1.0)],
            };
            (seat, column)
        };
        rows.into_iter().map(column).collect()
    }

    /// A binary that stands for all plans that are not looked for: where it is 1, every row of
    /// `bounds` holds with nothing else, and it costs as much as is looked up to. HiGHS begins with
    /// it, and so looks for nothing above.
    fn given_up(&self, bounds: &[(f64, f64)], cost: f64) -> Column {
        // Years that cost something are not taken beside it anyhow.
        let is_beside = self.years.iter().any(|year| year.cost < 0.0);
        let one_each = self.linking.rows()..self.linking.bounds().len();
        let factor = |(row, (lower, upper)): (usize, &(f64, f64))| match is_beside
            && one_each.contains(&row)
        {
            true => (row, *upper),
            false => (row, lower.max(0.0) + upper.min(0.0)),
        };
        let terms = bounds.iter().enumerate().map(factor);
        Column {
            cost,
            bounds: (0.0, 1.0),
            whole: true,
            terms: terms.filter(|(_, factor)| *factor != 0.0).collect(),
        }
    }

    /// Looks for a better plan among the years that such a plan can use; the bound of what was
    /// `wanted`. HiGHS decides on seats, of which the years follow.
    fn search(
        &mut self,
        wanted: Wanted,
        settings: Settings,
        stop: &Stop,
        progress: &mut dyn FnMut(f64, f64),
    ) -> Result<f64, SolveError> {
        let rounding = 1e-6 * (1.0 + self.bound.abs());
        let most = self.ceiling - self.bound + rounding;
        let years: Vec<usize> = (0..self.years.len())
            .filter(|at| self.years[*at].loss <= most || self.plan.years.contains(at))
            .collect();
        let mut bounds = self.bounds();
        let mut columns = self.linking.native_columns();
        let first = columns.len();
        columns.extend(years.iter().map(|at| self.column(*at)));
        let last = columns.len();
        let of_seats = self.seat_columns(&years, &mut columns[first..], bounds.len());
        bounds.extend(of_seats.keys().map(|_| (0.0, 0.0)));
        let held: BTreeSet<usize> = self.seats().into_iter().collect();
        let in_plan = years.iter().map(|at| self.plan.years.contains(at));
        let in_plan = in_plan.chain(of_seats.keys().map(|seat| held.contains(seat)));
        let mut start = self.plan.natives.clone();
        start.extend(in_plan.map(|is_held| f64::from(u8::from(is_held))));
        columns.extend(of_seats.into_values());
        let gives_up = wanted == Wanted::UpToCeiling && self.plan.value > self.ceiling + rounding;
        if gives_up {
            let cost = self.ceiling + settings.gap(self.ceiling);
            columns.push(self.given_up(&bounds, cost));
            start.fill(0.0);
            start.push(1.0);
        }
        let mut mip = Mip::of_rows(&bounds)?;
        mip.add_columns(&columns)?;
        let (value, ceiling) = (self.plan.value, self.ceiling);
        let outcome = mip.solve(settings, Some(&start), stop, &mut |heard| {
            if let Progress::At {
                value: found,
                bound,
            } = heard
            {
                let found = if gives_up { value } else { value.min(found) };
                progress(found, bound.min(ceiling));
            }
        })?;
        let found = outcome.solution.filter(|solution| {
            let given_up = gives_up && solution.last().is_some_and(|share| *share > 0.5);
            !given_up
        });
        if let Some(solution) = found {
            let costs = columns.iter().map(|column| column.cost);
            let value = std::iter::zip(costs, &solution).map(|(cost, share)| cost * share);
            let value = value.sum();
            if value < self.plan.value {
                let taken = std::iter::zip(&years, &solution[first..last]);
                let taken = taken.filter(|(_, share)| **share > 0.5);
                self.plan = Plan {
                    years: taken.map(|(at, _)| *at).collect(),
                    natives: solution[..first].to_vec(),
                    value,
                };
            }
        }
        Ok(outcome.bound)
    }
}
