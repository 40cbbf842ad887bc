//! The least that is short with any number of recruits.
//!
//! Recruits of a kind are all alike, and there may be one for each post: so a number for each of
//! their posts and windows says all, and none of the rules about one person binds two of them.

use super::tiers::{How, Tiers};
use crate::domain::Role;
use crate::eligibility::Eligibility;
use crate::model::constraints::off_site_span;
use crate::model::{Selection, Year};
use crate::solve::{Column, End, Mip, Settings, SolveError};

/// What was found.
pub(super) struct Floor {
    /// The seats of those who are there.
    pub(super) present: Selection,
    /// For each kind of recruits, the posts that one of them each holds.
    pub(super) recruits: Vec<Vec<usize>>,
    /// What each of [`Tiers::linear`] comes to.
    pub(super) values: Vec<i64>,
    /// Whether nothing less is possible.
    pub(super) proven: bool,
}

/// How far a tier is searched.
const MAX_NODES: u32 = 2_000;

struct Program<'a> {
    one: &'a Eligibility<'a>,
    /// Where the recruits begin in `inspectors.csv`.
    first: usize,
    mip: Mip,
    seats: usize,
    seats_of: Vec<Vec<usize>>,
    /// The recruits' seats, each with the column that counts those who hold it.
    counted: Vec<(usize, usize)>,
}

/// The floor of a year with one recruit of each kind, from the position `first` on, beginning
/// from a plan without them.
pub(super) fn floor(
    one: &Eligibility,
    first: usize,
    start: &Selection,
    how: How,
) -> Result<Floor, SolveError> {
    let (mut program, mut columns) = Program::new(one, first, start)?;
    let mut proven = true;
    let mut values = Vec::new();
    for linear in &Tiers::of(one, first).linear {
        let mut costs = vec![0.0; program.mip.columns()];
        for (cost, factor) in std::iter::zip(&mut costs, &linear.coefficients) {
            *cost = *factor as f64;
        }
        for (seat, column) in &program.counted {
            costs[*column] = costs[*seat];
        }
        program.mip.set_costs(costs.clone())?;
        let value = |columns: &[f64]| -> f64 {
            std::iter::zip(&costs, columns)
                .map(|(cost, x)| cost * x)
                .sum()
        };
        match program.optimum(&columns, how)? {
            Some((found, is_proven)) if value(&found) <= value(&columns) => {
                columns = found;
                proven &= is_proven;
            }
            _ => proven = false,
        }
        let terms = costs.iter().copied().enumerate();
        let terms: Vec<_> = terms.filter(|(_, cost)| *cost != 0.0).collect();
        program.mip.add_row_at_most(value(&columns), &terms)?;
        values.push(linear.constant + value(&columns).round() as i64);
    }
    Ok(program.read(&columns, values, proven))
}

impl<'a> Program<'a> {
    fn new(
        one: &'a Eligibility<'a>,
        first: usize,
        start: &Selection,
    ) -> Result<(Self, Vec<f64>), SolveError> {
        let year = Year::new(one);
        let seats_of = year.seats_of.clone();
        let (mut mip, columns) = year.state()?;
        let mut start = columns.values(one, start);
        let mut of_seat = vec![Vec::new(); columns.total];
        for (at, row) in mip.first_rows(columns.linking)?.into_iter().enumerate() {
            for (column, factor) in row.terms {
                of_seat[column].push((at, factor));
            }
        }
        let mut counted = Vec::new();
        let mut bounds = vec![(0.0, 1.0); columns.seats];
        for seat in seats_of[first..].iter().flatten() {
            let post = one.engagement(one.candidates[*seat]);
            let most = match post.role {
                Role::Lead => 1,
                Role::Team => one.team_posts(post.inspection),
            };
            let column = mip.add_column(&Column {
                cost: 0.0,
                bounds: (0.0, f64::from(most)),
                whole: true,
                terms: std::mem::take(&mut of_seat[*seat]),
            })?;
            counted.push((*seat, column));
            bounds[*seat].1 = 0.0;
        }
        mip.set_bounds(0, &bounds)?;
        start.resize(mip.columns(), 0.0);
        let program = Self {
            one,
            first,
            mip,
            seats: columns.seats,
            seats_of,
            counted,
        };
        Ok((program, start))
    }

    /// The optimum, in whole numbers, and whether it is proven; rows of H12 are added until
    /// none is broken.
    fn optimum(&mut self, start: &[f64], how: How) -> Result<Option<(Vec<f64>, bool)>, SolveError> {
        let settings = Settings {
            seed: how.seed,
            absolute_gap: 0.999,
            max_nodes: Some(MAX_NODES),
            ..Settings::default()
        };
        while !how.stop.is_set() {
            let outcome = self
                .mip
                .solve(settings, Some(start), how.stop, &mut |_| {})?;
            let Some(mut solution) = outcome.solution else {
                return Ok(None);
            };
            let counted = self.counted.iter().map(|(_, column)| *column);
            for column in (0..self.seats).chain(counted) {
                solution[column] = solution[column].round();
            }
            let found = Selection::from_solution(&solution, self.seats);
            if !off_site_span::forbid(self.one, &self.seats_of, &found, &mut self.mip)? {
                return Ok(Some((solution, outcome.end == End::Proven)));
            }
        }
        Ok(None)
    }

    fn read(&self, columns: &[f64], values: Vec<i64>, proven: bool) -> Floor {
        let kinds = self.one.dataset.inspectors.len() - self.first;
        let mut recruits = vec![Vec::new(); kinds];
        for (seat, column) in &self.counted {
            let candidate = self.one.candidates[*seat];
            let kind = candidate.person.get() - self.first;
            let count = columns[*column].round().max(0.0) as usize;
            recruits[kind].extend(std::iter::repeat_n(candidate.engagement, count));
        }
        Floor {
            present: Selection::from_solution(columns, self.seats),
            recruits,
            values,
            proven,
        }
    }
}
