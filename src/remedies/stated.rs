//! The program of a year with its changes, stated and asked: one goal after the other, each kept
//! for the next.

use std::collections::BTreeSet;

use super::RemedyError;
use super::about::About;
use super::off_site::Least;
use super::program::Base;
use super::question::{Cut, Goal, Limits, Optimum, Solved};
use super::weeks::{Case, Weeks};
use crate::domain::{Pin, RemedyKind, Role};
use crate::model::constraints::site_capacity::site_days;
use crate::model::objectives::Tier;
use crate::model::{Columns, Selection};
use crate::solve::{Column, End, Linear, Mip, Settings, SolveError, Stop};

/// How far one optimum is searched.
const MAX_NODES: u32 = 500;

/// A program that is stated.
pub(super) struct Stated {
    mip: Mip,
    /// Where the changes' columns begin.
    first: usize,
    columns: Columns,
    rows: Vec<Cut>,
    /// The row of all prices.
    price: usize,
}

impl Stated {
    /// What each seat can be.
    pub(super) fn set_seats(&mut self, bounds: &[(f64, f64)]) -> Result<(), SolveError> {
        self.mip.set_bounds(0, bounds)
    }

    fn add(&mut self, rows: Vec<Cut>) -> Result<(), SolveError> {
        let terms = rows.iter().map(|row| {
            let changes = row.changes.iter();
            let changes = changes.map(|(at, factor)| (self.first + at, -factor));
            let terms: Vec<_> = row.seats.iter().copied().chain(changes).collect();
            (row.most, terms)
        });
        let stated: Vec<(f64, Vec<_>)> = terms.collect();
        let stated: Vec<_> = stated.iter().map(|(most, row)| (*most, &row[..])).collect();
        self.mip.add_rows_at_most(&stated)?;
        self.rows.extend(rows);
        Ok(())
    }

    /// Of one list no set is made.
    fn is_not_made(&mut self, weeks: &Weeks) -> Result<(), SolveError> {
        let mut terms = Vec::new();
        for list in &weeks.of {
            terms.push((self.one_of(list)?, 1.0));
        }
        self.mip
            .add_row_at_most(weeks.of.len() as f64 - 1.0, &terms)
    }

    /// A column that is 1 at least where one of these sets of changes is made.
    fn one_of(&mut self, sets: &[Vec<usize>]) -> Result<usize, SolveError> {
        if let [one] = sets
            && let [at] = one[..]
        {
            return Ok(self.first + at);
        }
        let column = self.mip.columns();
        self.mip.add_columns(&[Column {
            cost: 0.0,
            bounds: (0.0, 1.0),
            whole: false,
            terms: Vec::new(),
        }])?;
        for set in sets {
            let made = set.iter().map(|at| (self.first + at, 1.0));
            let terms: Vec<_> = made.chain([(column, -1.0)]).collect();
            self.mip.add_row_at_most(set.len() as f64 - 1.0, &terms)?;
        }
        Ok(column)
    }
}

impl Base<'_> {
    /// The optimum of each goal in turn, each kept for the next, under `limits`.
    pub(super) fn solve(
        &mut self,
        limits: &Limits,
        goals: &[Goal],
        stop: &Stop,
    ) -> Result<Solved, RemedyError> {
        // Stating the year takes long enough to be spared where nothing is solved any more.
        if stop.is_set() {
            return Ok(Solved::Unknown);
        }
        let mut stated = self.state(limits.rows)?;
        if let Some(case) = limits.case {
            self.state_case(&mut stated, case)?;
        }
        let all = 0..self.universe.len();
        if let Some(most) = limits.most {
            let most = f64::from(most);
            stated.add(vec![Cut {
                seats: Vec::new(),
                changes: all.map(|at| (at, -1.0)).collect(),
                most,
            }])?;
        }
        for (tier, value) in limits.kept {
            self.keep(&mut stated, Goal::Tier(*tier), *value)?;
        }
        self.ask(&mut stated, limits, goals, stop)
    }

    /// The year with its changes, and `rows` besides.
    pub(super) fn state(&self, rows: &[Cut]) -> Result<Stated, RemedyError> {
        let year = self.year();
        let days = site_days(&year);
        let (mip, columns) = year.state()?;
        let mut stated = Stated {
            first: mip.columns(),
            columns,
            mip,
            rows: Vec::new(),
            price: 0,
        };
        let change = Column {
            cost: 0.0,
            bounds: (0.0, 1.0),
            whole: true,
            terms: Vec::new(),
        };
        stated.mip.add_columns(&vec![change; self.universe.len()])?;
        let prices = (0..self.universe.len()).map(|at| (stated.first + at, self.price(at)));
        let prices: Vec<_> = prices.collect();
        stated.price = stated.mip.rows();
        stated.mip.add_row_at_most(f64::INFINITY, &prices)?;
        let mut all = Vec::new();
        for day in days {
            let places: Vec<_> = self.of(About::Site(day.site), RemedyKind::Place).collect();
            if !places.is_empty() {
                // The year with all changes has these places already.
                let before = f64::from(day.most) - places.len() as f64;
                let before = before.max(f64::from(day.settled));
                all.push(Cut {
                    seats: day.places,
                    changes: places.into_iter().map(|at| (at, 1.0)).collect(),
                    most: before,
                });
            }
        }
        all.extend(self.rows.iter().chain(rows).cloned());
        stated.add(all)?;
        Ok(stated)
    }

    /// So many inspections are moved, and no set is made with which fewer are.
    fn state_case(&self, stated: &mut Stated, case: &Case) -> Result<(), SolveError> {
        let moving = self.moving.values().flatten();
        let moved: Vec<_> = moving.clone().map(|seat| (*seat, 1.0)).collect();
        let at_most = case.at_most.map_or(f64::INFINITY, |most| most as f64);
        stated.mip.add_row_at_most(at_most, &moved)?;
        let moved: Vec<_> = moving.map(|seat| (*seat, -1.0)).collect();
        stated
            .mip
            .add_row_at_most(-(case.at_least as f64), &moved)?;
        for weeks in &case.fewer {
            stated.is_not_made(weeks)?;
        }
        Ok(())
    }

    /// The optimum of each goal in turn of a year that is stated, each kept for the next, with
    /// the seats and changes that `limits` leave.
    pub(super) fn ask(
        &mut self,
        stated: &mut Stated,
        limits: &Limits,
        goals: &[Goal],
        stop: &Stop,
    ) -> Result<Solved, RemedyError> {
        self.limit_changes(stated, limits)?;
        let mut solved = Solved::Unknown;
        let mut proven = Vec::new();
        let bounds = self.bounds(limits);
        for (at, goal) in goals.iter().enumerate() {
            let of_use = self.of_use(limits, goals, *goal, &bounds);
            stated.set_seats(&of_use)?;
            let optimum = match self.optimum(stated, *goal, limits, stop)? {
                Solved::Found(optimum, _) => optimum,
                none => return Ok(none),
            };
            proven.push(optimum.proven);
            if at + 1 < goals.len() {
                let value = self.value(*goal, &optimum);
                self.keep(stated, *goal, value)?;
            }
            solved = Solved::Found(optimum, proven.clone());
        }
        Ok(solved)
    }

    /// What the changes may cost, and which of them there are.
    pub(super) fn limit_changes(
        &self,
        stated: &mut Stated,
        limits: &Limits,
    ) -> Result<(), SolveError> {
        let most = limits.price.unwrap_or(f64::INFINITY);
        stated.mip.set_row_most(stated.price, most)?;
        let is_there =
            |at: usize| self.price(at) <= most && limits.only.is_none_or(|only| only.contains(&at));
        let changes = 0..self.universe.len();
        let changes: Vec<_> = changes
            .map(|at| (0.0, f64::from(u8::from(is_there(at)))))
            .collect();
        stated.mip.set_bounds(stated.first, &changes)
    }

    /// The cheapest mixture where seats are charged too.
    pub(super) fn mixture(
        &self,
        stated: &mut Stated,
        charges: &[f64],
        stop: &Stop,
    ) -> Result<Linear, SolveError> {
        let (mut costs, _) = self.costs(stated, Goal::Price);
        costs[..charges.len()].copy_from_slice(charges);
        stated.mip.set_costs(costs)?;
        stated.mip.relax_whole(stop)
    }

    /// Of each seat what it can be: nothing where it takes more changes than there may be.
    pub(super) fn bounds(&self, limits: &Limits) -> Vec<(f64, f64)> {
        let is_allowed = |at: &usize| limits.only.is_none_or(|only| only.contains(at));
        let is_possible = |(needed, least): (&BTreeSet<usize>, &Option<Least>)| {
            let few_enough = |least: Least| {
                limits.most.is_none_or(|most| least.changes <= most)
                    && limits.price.is_none_or(|most| least.price <= most + 1e-9)
            };
            least.is_some_and(few_enough) && needed.iter().all(is_allowed)
        };
        let seats = std::iter::zip(&self.needed, &self.least).enumerate();
        let is_settled = |at: usize| self.after.settled.is_settled(self.after.candidates[at]);
        let bounds = seats.map(|(at, seat)| match limits.seats.get(at) {
            _ if is_settled(at) => (1.0, 1.0),
            Some(Some(true)) => (1.0, 1.0),
            Some(Some(false)) => (0.0, 0.0),
            _ => (0.0, f64::from(u8::from(is_possible(seat)))),
        });
        bounds.collect()
    }

    /// `bounds` without the team's seats, where leads alone are asked about, or all tiers up to `goal`, those
    /// that are kept included, are about leads and weeks: a team can always be left out but for who is pinned
    /// to it, or was there.
    fn of_use(
        &self,
        limits: &Limits,
        goals: &[Goal],
        goal: Goal,
        bounds: &[(f64, f64)],
    ) -> Vec<(f64, f64)> {
        let kept = limits.kept.iter().map(|(tier, _)| Goal::Tier(*tier));
        let so_far = goals.iter().copied().take_while(|other| *other != goal);
        let mut asked = kept.chain(so_far).chain([goal]);
        let mut bounds = bounds.to_vec();
        let leads_only = limits.leads_only;
        if leads_only || asked.all(|goal| matches!(goal, Goal::Tier(Tier::T1 | Tier::T2))) {
            for (seat, candidate) in self.after.candidates.iter().enumerate() {
                let post = self.after.engagement(*candidate);
                let is_pinned = |pin: &Pin| {
                    pin.inspector == candidate.person && pin.inspection == post.inspection
                };
                let stays = self.after.settled.is_settled(*candidate)
                    || self.after.dataset.pins.iter().any(is_pinned);
                if post.role == Role::Team && !stays {
                    bounds[seat] = (0.0, 0.0);
                }
            }
        }
        bounds
    }

    fn costs(&self, stated: &Stated, goal: Goal) -> (Vec<f64>, f64) {
        let mut costs = vec![0.0; stated.mip.columns()];
        let mut constant = 0.0;
        match goal {
            Goal::Tier(tier) => {
                if let Some(linear) = self.measures.linear(tier) {
                    constant = linear.constant as f64;
                    for (cost, coefficient) in std::iter::zip(&mut costs, &linear.coefficients) {
                        *cost = *coefficient as f64;
                    }
                }
            }
            Goal::Price => {
                for at in 0..self.universe.len() {
                    costs[stated.first + at] = self.price(at);
                }
            }
        }
        (costs, constant)
    }

    fn keep(&self, stated: &mut Stated, goal: Goal, value: f64) -> Result<(), SolveError> {
        let (costs, constant) = self.costs(stated, goal);
        let slack = if goal == Goal::Price { 1e-6 } else { 0.0 };
        let terms = costs
            .into_iter()
            .enumerate()
            .filter(|(_, cost)| *cost != 0.0);
        let terms: Vec<_> = terms.collect();
        if terms.is_empty() {
            return Ok(());
        }
        stated.mip.add_row_at_most(value - constant + slack, &terms)
    }

    /// The optimum of one goal: solved, and given the rows that its solutions turn out to
    /// break, until they break none.
    pub(super) fn optimum(
        &mut self,
        stated: &mut Stated,
        goal: Goal,
        limits: &Limits,
        stop: &Stop,
    ) -> Result<Solved, RemedyError> {
        let (costs, constant) = self.costs(stated, goal);
        stated.mip.set_costs(costs)?;
        let start = limits.start.map(|(set, plan)| {
            let mut values = stated.columns.values(self.after, plan);
            values.resize(stated.mip.columns(), 0.0);
            set.iter().for_each(|at| values[stated.first + at] = 1.0);
            values
        });
        let settings = Settings {
            seed: self.seed,
            absolute_gap: match goal {
                _ if limits.any => f64::INFINITY,
                Goal::Price => 1e-6,
                Goal::Tier(_) => 0.999,
            },
            // They look for something better still.
            sub_programs: !limits.any,
            relative_gap: 0.0,
            target: limits
                .target
                .map_or(f64::NEG_INFINITY, |target| target + 1e-6),
            max_nodes: limits.nodes.or(Some(MAX_NODES)),
            ..Settings::default()
        };
        loop {
            if stop.is_set() {
                return Ok(Solved::Unknown);
            }
            let outcome = stated
                .mip
                .solve(settings, start.as_deref(), stop, &mut |_| {})?;
            let Some(solution) = outcome.solution else {
                return Ok(match outcome.end {
                    End::Infeasible => Solved::Impossible,
                    _ => Solved::Unknown,
                });
            };
            let set = self.needed_of(stated, &solution);
            let optimum = Optimum {
                set,
                selection: Selection::from_solution(&solution, stated.columns.seats),
                proven: outcome.end == End::Proven,
                bound: outcome.bound + constant,
            };
            let broken = self.broken(&optimum)?;
            if broken.is_empty() {
                let proven = vec![optimum.proven];
                return Ok(Solved::Found(optimum, proven));
            }
            self.rows.extend(broken.iter().cloned());
            stated.add(broken)?;
        }
    }

    /// The changes of a solution without those that no row asks for.
    fn needed_of(&self, stated: &Stated, solution: &[f64]) -> Vec<usize> {
        let mut set: BTreeSet<usize> = (0..self.universe.len())
            .filter(|at| solution[stated.first + at] > 0.5)
            .collect();
        let mut helped: Vec<Vec<usize>> = vec![Vec::new(); self.universe.len()];
        let mut spare: Vec<f64> = Vec::new();
        for (number, row) in stated.rows.iter().enumerate() {
            let taken: f64 = row
                .seats
                .iter()
                .map(|(seat, factor)| factor * solution[*seat])
                .sum();
            let given = row.changes.iter().filter(|(at, _)| set.contains(at));
            spare.push(row.most + given.map(|(_, factor)| factor).sum::<f64>() - taken);
            for (at, _) in row.changes.iter().filter(|(_, factor)| *factor > 0.0) {
                helped[*at].push(number);
            }
        }
        let factor = |number: usize, at: usize| {
            let mut changes = stated.rows[number].changes.iter();
            changes
                .find(|(other, _)| *other == at)
                .map_or(0.0, |(_, factor)| *factor)
        };
        for at in (0..self.universe.len()).rev() {
            if set.contains(&at)
                && helped[at]
                    .iter()
                    .all(|row| spare[*row] + 1e-6 >= factor(*row, at))
            {
                set.remove(&at);
                for row in &helped[at] {
                    spare[*row] -= factor(*row, at);
                }
            }
        }
        set.into_iter().collect()
    }
}
