//! The rows that link people to each other, and what years of single people come to in them.

use std::collections::BTreeMap;

use super::pricing::Worth;
use super::unevenness::Unevenness;
use crate::model::Columns;
use crate::solve::{Column, Row};

/// What it takes to ask somebody at all, where people are counted: a column of the year's program
/// that is 1 with every year of theirs, and the linking rows it is in.
struct Asked {
    column: usize,
    terms: Vec<(usize, f64)>,
}

/// The linking rows, and the objective.
pub struct Linking {
    /// Over the columns of the year's program.
    rows: Vec<Row>,
    /// For each seat, the rows it is in, with its coefficients.
    of_seat: Vec<Vec<(usize, f64)>>,
    /// For each seat, the days that it takes.
    days: Vec<usize>,
    /// For each person, where people are counted; else none.
    asked: Vec<Asked>,
    /// How many each person stands for.
    people: Vec<usize>,
    costs: Vec<f64>,
    unevenness: Unevenness,
}

impl Linking {
    /// `rows` are over the `columns` of the year's program, whose seats take so many `days`. Each
    /// person stands for so many `people`, and has the column `asked` where people are counted.
    pub fn new(
        rows: Vec<Row>,
        columns: &Columns,
        people: &[usize],
        asked: Vec<usize>,
        days: Vec<usize>,
    ) -> Self {
        let mut of_column: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            for (column, factor) in &row.terms {
                of_column.entry(*column).or_default().push((at, *factor));
            }
        }
        let mut terms = |column: usize| of_column.remove(&column).unwrap_or_default();
        Self {
            rows,
            of_seat: (0..columns.seats).map(&mut terms).collect(),
            asked: asked
                .into_iter()
                .map(|column| Asked {
                    column,
                    terms: terms(column),
                })
                .collect(),
            people: people.to_vec(),
            costs: vec![0.0; columns.total],
            days,
            unevenness: Unevenness::default(),
        }
    }

    /// Replaces the objective; `costs` has a number for each column of the year's program. Beside
    /// them it has what people's days add.
    pub fn minimise(&mut self, costs: Vec<f64>, unevenness: Unevenness) {
        self.costs = costs;
        self.unevenness = unevenness;
    }

    /// Has Σ factor × column of the year's program be at most `most` from now on: returns a
    /// coefficient for each column, and the position of that row.
    pub fn keep_at_most(&mut self, kept: Vec<(usize, f64)>, most: f64) -> (Vec<f64>, usize) {
        let at = self.rows.len();
        let mut factors = vec![0.0; self.costs.len()];
        for (column, factor) in &kept {
            factors[*column] = *factor;
            if let Some(own) = self.of_seat.get_mut(*column) {
                own.push((at, *factor));
            }
        }
        for Asked { column, terms } in &mut self.asked {
            if factors[*column] != 0.0 {
                terms.push((at, factors[*column]));
            }
        }
        self.rows.push(Row {
            lower: f64::NEG_INFINITY,
            upper: most,
            terms: kept,
        });
        (factors, at)
    }

    /// Asks no more of a row that says 'at most'.
    pub fn release(&mut self, row: usize) {
        self.rows[row].upper = f64::INFINITY;
    }

    /// How many columns the year's program has.
    pub fn columns(&self) -> usize {
        self.costs.len()
    }

    /// How many linking rows there are.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The bounds of the linking rows, and of the rows 'one year each' after them.
    pub fn bounds(&self) -> Vec<(f64, f64)> {
        let linking = self.rows.iter().map(|row| (row.lower, row.upper));
        let one_each = self
            .people
            .iter()
            .map(|people| (f64::NEG_INFINITY, *people as f64));
        linking.chain(one_each).collect()
    }

    /// How many each person stands for.
    pub fn people(&self) -> &[usize] {
        &self.people
    }

    /// The first column beside those of years: it is always 1, and costs what the objective is
    /// where nobody holds anything.
    pub fn of_nothing(&self) -> Column {
        Column {
            cost: self.unevenness.of_nothing,
            bounds: (1.0, 1.0),
            whole: false,
            terms: Vec::new(),
        }
    }

    /// What a year of a person adds to the objective.
    pub fn cost(&self, person: usize, seats: &[usize]) -> f64 {
        self.sum(&self.costs, person, seats) + self.cost_of_days(person, seats)
    }

    /// The part of it that follows from the days.
    pub fn cost_of_days(&self, person: usize, seats: &[usize]) -> f64 {
        let days = seats.iter().map(|seat| self.days[*seat]).sum();
        self.unevenness.more(person, days)
    }

    /// What years are worth to a person, where seats are worth so much.
    pub fn worth_to<'w>(&'w self, person: usize, seats: &'w [f64]) -> Worth<'w> {
        Worth {
            seats,
            less: self.unevenness.by_days(person),
        }
    }

    /// Whether the days of years are part of the objective.
    pub fn is_uneven(&self) -> bool {
        !self.unevenness.is_empty()
    }

    /// What so many days of a person add to the objective; empty where it is always nothing.
    pub fn cost_by_days(&self, person: usize) -> &[f64] {
        self.unevenness.by_days(person)
    }

    /// What a seat adds to the objective.
    pub fn cost_of_seat(&self, seat: usize) -> f64 {
        self.costs[seat]
    }

    /// The coefficients of a seat in the linking rows.
    pub fn terms_of_seat(&self, seat: usize) -> &[(usize, f64)] {
        &self.of_seat[seat]
    }

    /// The coefficients of a year of a person in the linking rows, and in their 'one year'.
    pub fn terms(&self, person: usize, seats: &[usize]) -> Vec<(usize, f64)> {
        let mut factors: BTreeMap<usize, f64> = BTreeMap::new();
        let asked = self.asked.get(person).into_iter();
        let asked = asked.flat_map(|asked| &asked.terms);
        let of_seats = seats.iter().flat_map(|seat| &self.of_seat[*seat]);
        for (row, factor) in of_seats.chain(asked) {
            *factors.entry(*row).or_default() += factor;
        }
        let one_each = (self.rows.len() + person, 1.0);
        factors.into_iter().chain([one_each]).collect()
    }

    /// The bound of each row 'at most' of [`Self::bounds`] in which all years have whole numbers
    /// and nothing else is.
    pub fn whole_rows(&self) -> Vec<Option<i64>> {
        let seats = self.of_seat.len();
        let asked = |column: usize| self.asked.iter().any(|asked| asked.column == column);
        let whole = |row: &Row| {
            let mut terms = row.terms.iter();
            let all = terms.all(|(column, factor)| {
                (*column < seats || asked(*column)) && factor.fract() == 0.0
            });
            (all && row.upper.is_finite()).then_some(row.upper.floor() as i64)
        };
        let one_each = self.people.iter().map(|people| Some(*people as i64));
        self.rows.iter().map(whole).chain(one_each).collect()
    }

    /// Prices of the linking rows, each of the sign that its row's bounds allow.
    pub fn allowed(&self, prices: &[f64]) -> Vec<f64> {
        std::iter::zip(&self.rows, prices)
            .map(|(row, price)| allowed(row, *price))
            .collect()
    }

    /// Whether every row holds at `values` of the columns of the year's program.
    pub fn keeps(&self, values: &[f64]) -> bool {
        self.rows.iter().all(|row| {
            let terms = row.terms.iter();
            let sum: f64 = terms.map(|(column, factor)| values[*column] * factor).sum();
            let rounding = 1e-6 * sum.abs().max(1.0);
            row.lower - rounding <= sum && sum <= row.upper + rounding
        })
    }

    /// Σ cost × column of the year's program over a year of a person.
    pub fn sum(&self, costs: &[f64], person: usize, seats: &[usize]) -> f64 {
        let seats: f64 = seats.iter().map(|seat| costs[*seat]).sum();
        let asked = self.asked.get(person);
        seats + asked.map_or(0.0, |asked| costs[asked.column])
    }

    /// What each seat is worth at `prices` of the linking rows: what it is paid less its cost; what
    /// its days add to the objective is to be taken off.
    pub fn worth(&self, prices: &[f64]) -> Vec<f64> {
        std::iter::zip(self.paid(prices), &self.costs)
            .map(|(paid, cost)| paid - cost)
            .collect()
    }

    /// What each seat is paid at `prices` of the linking rows.
    pub fn paid(&self, prices: &[f64]) -> Vec<f64> {
        let seats = self.of_seat.iter();
        seats.map(|terms| paid(terms, prices)).collect()
    }

    /// What it is worth at `prices` to ask `person` at all: mostly below 0.
    pub fn worth_of_asking(&self, person: usize, prices: &[f64]) -> f64 {
        let asked = self.asked.get(person);
        asked.map_or(0.0, |asked| {
            paid(&asked.terms, prices) - self.costs[asked.column]
        })
    }

    /// What the rows give to the bound at `prices`, and where nobody holds anything.
    pub fn constant(&self, prices: &[f64]) -> f64 {
        let rows = std::iter::zip(&self.rows, prices).map(|(row, price)| {
            if *price > 0.0 {
                price * row.lower
            } else if *price < 0.0 {
                price * row.upper
            } else {
                0.0
            }
        });
        rows.sum::<f64>() + self.unevenness.of_nothing
    }
}

/// A price of the sign that a row's bounds allow: HiGHS's may be a rounding error beyond 0.
fn allowed(row: &Row, price: f64) -> f64 {
    let least = if row.upper.is_finite() {
        f64::NEG_INFINITY
    } else {
        0.0
    };
    let most = if row.lower.is_finite() {
        f64::INFINITY
    } else {
        0.0
    };
    price.clamp(least, most)
}

fn paid(terms: &[(usize, f64)], prices: &[f64]) -> f64 {
    terms
        .iter()
        .map(|(row, factor)| prices[*row] * factor)
        .sum()
}
