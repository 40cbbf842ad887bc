//! HiGHS over the years that are left.

use std::collections::{BTreeMap, BTreeSet};

use super::{Near, Plan, Pool, Year};
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
        settings: Settings,
        stop: &Stop,
        progress: &mut dyn FnMut(f64, f64),
    ) -> Result<Near, SolveError> {
        let settings = Settings {
            restarts: false,
            ..settings
        };
        let before = self.value();
        if self.is_far() && !stop.is_set() {
            let first = Settings {
                max_nodes: Some(NODES_OF_A_PLAN.min(settings.max_nodes.unwrap_or(u32::MAX))),
                target: self.ceiling,
                sub_programs: true,
                ..settings
            };
            self.search(Wanted::Any, first, stop, progress)?;
        }
        // What is not better by more than the gap need not be looked for.
        if let Some(plan) = &self.plan {
            let better = plan.value - 0.99 * settings.gap(plan.value);
            self.ceiling = self.ceiling.min(better);
        }
        if self.bound < self.ceiling && !stop.is_set() {
            let bound = self.search(Wanted::UpToCeiling, settings, stop, progress)?;
            self.bound = self.bound.max(bound);
        }
        let is_new = self.value() < before;
        Ok(Near {
            seats: is_new.then(|| self.seats()),
            bound: self.bound(),
            is_searched: true,
        })
    }

    /// The column of a year beside binaries for its seats, which have its cost and its part of the
    /// linking rows: `rows` has the row of each seat.
    fn column_of_seats(&self, at: usize, rows: &BTreeMap<usize, usize>) -> Column {
        let mut column = self.column(at);
        let Year { person, seats } = &self.years[at].year;
        column.cost = self.linking.cost_of_days(*person, seats);
        column.terms.retain(|(row, _)| *row >= self.linking.rows());
        let seats = self.years[at].year.seats.iter();
        column.terms.extend(seats.map(|seat| (rows[seat], 1.0)));
        column
    }

    /// A binary for a seat: the sum of the years that hold it, which `row` says. It stands in the
    /// linking rows itself, unless it is `counted` in a row with others.
    fn seat_column(&self, seat: usize, row: usize, counted: Option<usize>) -> Column {
        let linking = match counted {
            Some(counted) => &[(counted, 1.0)],
            None => self.linking.terms_of_seat(seat),
        };
        Column {
            cost: self.linking.cost_of_seat(seat),
            bounds: (0.0, 1.0),
            whole: true,
            terms: linking.iter().copied().chain([(row, -1.0)]).collect(),
        }
    }

    /// How many of some seats are held, which `row` says: it stands in their linking rows for them.
    fn number_column(&self, seats: &[usize], row: usize) -> Column {
        let linking = self.linking.terms_of_seat(seats[0]).iter().copied();
        Column {
            cost: 0.0,
            bounds: (0.0, seats.len() as f64),
            whole: true,
            terms: linking.chain([(row, -1.0)]).collect(),
        }
    }

    /// Of some seats those that have the same part in the linking rows, two or more at a time: mostly
    /// those of one post, whoever holds it.
    fn alike(&self, seats: impl Iterator<Item = usize>) -> Vec<Vec<usize>> {
        let mut alike: BTreeMap<Vec<(usize, u64)>, Vec<usize>> = BTreeMap::new();
        for seat in seats {
            let terms = self.linking.terms_of_seat(seat).iter();
            let part = terms.map(|(row, factor)| (*row, factor.to_bits()));
            alike.entry(part.collect()).or_default().push(seat);
        }
        let several = alike.into_values().filter(|seats| seats.len() > 1);
        several.collect()
    }

    /// A binary that stands for all plans that are not looked for: where it is 1, every row of
    /// `bounds` holds with nothing else, and it costs as much as is looked up to. HiGHS begins with
    /// it, and so looks for nothing above.
    pub(super) fn given_up(&self, bounds: &[(f64, f64)], cost: f64) -> Column {
        // It takes everybody's year. A share of it would else spare the dearest posts, and
        // people would still have all of their years for the others: a far lower bound.
        let one_each = self.linking.rows()..self.linking.bounds().len();
        let factor = |(row, (lower, upper)): (usize, &(f64, f64))| match one_each.contains(&row) {
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

    /// The years that lose no more than `most`, and those of the best plan, which is the start. HiGHS
    /// decides on seats, of which the years follow: a year stands in few rows so. And it decides on how
    /// many of a post's seats are held, before it decides by whom.
    fn stated(&self, most: f64) -> Stated {
        let years: Vec<usize> = (0..self.years.len())
            .filter(|at| self.years[*at].loss <= most || self.planned().contains(at))
            .collect();
        let mut bounds = self.bounds();
        let seats = years.iter().flat_map(|at| &self.years[*at].year.seats);
        let seats: BTreeSet<usize> = seats.copied().collect();
        let rows: BTreeMap<usize, usize> = std::iter::zip(seats, bounds.len()..).collect();
        let alike = self.alike(rows.keys().copied());
        let alike: Vec<_> = std::iter::zip(alike, bounds.len() + rows.len()..).collect();
        let counted = alike.iter();
        let counted = counted.flat_map(|(seats, row)| seats.iter().map(move |seat| (*seat, *row)));
        let counted: BTreeMap<usize, usize> = counted.collect();
        bounds.resize(bounds.len() + rows.len() + alike.len(), (0.0, 0.0));
        let of_years = years.iter().map(|at| self.column_of_seats(*at, &rows));
        let of_seats = rows.iter().map(|(seat, row)| {
            let counted = counted.get(seat).copied();
            self.seat_column(*seat, *row, counted)
        });
        let numbers = alike.iter();
        let numbers = numbers.map(|(seats, row)| self.number_column(seats, *row));
        let columns = of_years.chain(of_seats).chain(numbers);
        let held: BTreeSet<usize> = self.seats().into_iter().collect();
        let in_plan = years.iter().map(|at| self.planned().contains(at));
        let in_plan = in_plan.chain(rows.keys().map(|seat| held.contains(seat)));
        let in_plan = in_plan.map(|is_held| f64::from(u8::from(is_held)));
        let held_of = |seats: &[usize]| seats.iter().filter(|seat| held.contains(seat)).count();
        let numbers = alike.iter().map(|(seats, _)| held_of(seats) as f64);
        Stated {
            bounds,
            columns: std::iter::once(self.linking.of_nothing())
                .chain(columns)
                .collect(),
            start: std::iter::once(1.0).chain(in_plan).chain(numbers).collect(),
            years,
        }
    }

    /// Looks for a better plan among the years that such a plan can use; the bound of what was
    /// `wanted`.
    fn search(
        &mut self,
        wanted: Wanted,
        settings: Settings,
        stop: &Stop,
        progress: &mut dyn FnMut(f64, f64),
    ) -> Result<f64, SolveError> {
        let rounding = 1e-6 * (1.0 + self.bound.abs());
        let mut stated = self.stated(self.ceiling - self.bound + rounding);
        let gives_up = wanted == Wanted::UpToCeiling && self.value() > self.ceiling + rounding;
        if gives_up {
            let cost = self.ceiling + settings.gap(self.ceiling) - self.linking.of_nothing().cost;
            stated.begin_with(self.given_up(&stated.bounds, cost));
        }
        let mut mip = Mip::of_rows(&stated.bounds)?;
        mip.add_columns(&stated.columns)?;
        let (value, ceiling) = (self.value(), self.ceiling);
        let outcome = mip.solve(settings, Some(&stated.start), stop, &mut |heard| {
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
        if let Some(plan) = found.map(|solution| stated.plan(&solution))
            && plan.value < self.value()
        {
            self.plan = Some(plan);
        }
        Ok(outcome.bound)
    }
}

/// What HiGHS is given.
struct Stated {
    /// Positions of the years, whose columns come after the first.
    years: Vec<usize>,
    bounds: Vec<(f64, f64)>,
    columns: Vec<Column>,
    /// What it begins with: a value for each column.
    start: Vec<f64>,
}

impl Stated {
    /// Has it begin with one more column, and none of the others but the first.
    fn begin_with(&mut self, column: Column) {
        self.columns.push(column);
        self.start[1..].fill(0.0);
        self.start.push(1.0);
    }

    /// The plan of a solution.
    fn plan(&self, solution: &[f64]) -> Plan {
        let columns = std::iter::zip(&self.columns, solution);
        let taken = std::iter::zip(&self.years, &solution[1..]);
        let taken = taken.filter(|(_, share)| **share > 0.5);
        Plan {
            years: taken.map(|(at, _)| *at).collect(),
            value: columns.map(|(column, share)| column.cost * share).sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::unevenness::Unevenness;
    use super::*;
    use crate::model::Columns;
    use crate::model::decomposition::linking::Linking;
    use crate::solve::Row;

    #[test]
    fn a_share_of_giving_up_takes_its_share_of_everybody() {
        // Two posts that are both to be held, each by the one person who can, for 1 and for 100.
        let columns = Columns {
            seats: 2,
            rate: 2,
            unevenness: Vec::new(),
            weeks: Vec::new(),
            total: 2,
            linking: 1,
            asked: Vec::new(),
        };
        let both = Row {
            lower: f64::NEG_INFINITY,
            upper: -2.0,
            terms: vec![(0, -1.0), (1, -1.0)],
        };
        let mut linking = Linking::new(vec![both], &columns, &[1, 1], Vec::new(), vec![1, 1]);
        linking.minimise(vec![1.0, 100.0], Unevenness::default());
        let years = (0..2).map(|person| Year {
            person,
            seats: vec![person],
        });
        let years = years.collect();
        let pool = Pool::new(&linking, None, years, Vec::new(), None, 101.0, 110.0);
        let mut columns = vec![pool.column(0), pool.column(1)];
        columns.push(pool.given_up(&pool.bounds(), 110.0));
        let mut mip = Mip::of_rows(&pool.bounds()).expect("rows");
        mip.add_columns(&columns).expect("columns");
        let relaxed = mip.relax(&Stop::never()).expect("no error");
        let relaxed = relaxed.expect("not stopped");
        let costs = std::iter::zip(&columns, &relaxed.columns);
        let cost: f64 = costs.map(|(column, share)| column.cost * share).sum();
        assert!((cost - 101.0).abs() < 1e-6, "{cost}");
    }
}
