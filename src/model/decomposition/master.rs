//! The restricted master: the rows that link people to each other, over the years of single
//! people that are known so far.

use std::collections::BTreeMap;

use super::pool::Year;
use crate::model::Columns;
use crate::solve::{Column, Mip, Relaxed, Row, SolveError, Stop};

/// How much of a year a mixture must have to use it.
const USED: f64 = 1e-6;

/// A column of the year's program that is no seat: it stands in the master as it is.
#[derive(Clone, Debug)]
pub struct Native {
    /// Its number in the year's program.
    pub column: usize,
    /// The least and the most that it may be.
    pub bounds: (f64, f64),
}

/// The posts that somebody holds over the year, at least one.
struct PersonsYear {
    person: usize,
    seats: Vec<usize>,
    column: usize,
}

/// What it takes to ask somebody at all, where people are counted: a column of the year's program
/// that is 1 with every year of theirs, and the linking rows it is in.
struct Asked {
    column: usize,
    terms: Vec<(usize, f64)>,
}

/// The restricted master.
pub struct Master {
    mip: Mip,
    /// Linking rows, over the columns of the year's program.
    rows: Vec<Row>,
    /// HiGHS's number of each of them.
    numbers: Vec<usize>,
    /// For each seat, the linking rows it is in, with its coefficients.
    of_seat: Vec<Vec<(usize, f64)>>,
    natives: Vec<(Native, Vec<(usize, f64)>)>,
    /// For each person, where people are counted; else none.
    asked: Vec<Asked>,
    /// The first of the rows 'one year each', of which every person has one.
    one_each: usize,
    /// How many each person stands for.
    people: Vec<usize>,
    years: Vec<PersonsYear>,
    costs: Vec<f64>,
}

/// Prices of the rows at an optimum over the years that are known.
pub struct Prices {
    /// The optimum.
    pub value: f64,
    /// Of each linking row.
    pub rows: Vec<f64>,
    /// What each person's row 'one year' takes off: their best known year's reduced cost is 0.
    pub people: Vec<f64>,
    /// A value for each of the master's columns.
    columns: Vec<f64>,
}

impl Master {
    /// No year is known yet. `rows` are over the `columns` of the year's program. Each person
    /// stands for so many `people`, and has the column `asked` where people are counted.
    pub fn new(
        rows: Vec<Row>,
        columns: &Columns,
        people: &[usize],
        asked: Vec<usize>,
        natives: Vec<Native>,
    ) -> Result<Self, SolveError> {
        let one_each = rows.len();
        let mut bounds: Vec<_> = rows.iter().map(|row| (row.lower, row.upper)).collect();
        let years = people.iter().map(|people| *people as f64);
        bounds.extend(years.map(|most| (f64::NEG_INFINITY, most)));
        let mut mip = Mip::of_rows(&bounds)?;
        let mut of_column: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            for (column, factor) in &row.terms {
                of_column.entry(*column).or_default().push((at, *factor));
            }
        }
        let mut with_terms = Vec::new();
        for native in natives {
            let terms = of_column.remove(&native.column).unwrap_or_default();
            mip.add_column(&Column {
                cost: 0.0,
                bounds: native.bounds,
                whole: false,
                terms: terms.clone(),
            })?;
            with_terms.push((native, terms));
        }
        Ok(Self {
            mip,
            numbers: (0..rows.len()).collect(),
            rows,
            of_seat: (0..columns.seats)
                .map(|seat| of_column.remove(&seat).unwrap_or_default())
                .collect(),
            natives: with_terms,
            asked: asked
                .into_iter()
                .map(|column| Asked {
                    column,
                    terms: of_column.remove(&column).unwrap_or_default(),
                })
                .collect(),
            one_each,
            people: people.to_vec(),
            years: Vec::new(),
            costs: vec![0.0; columns.total],
        })
    }

    /// Replaces the objective; `costs` has a number for each column of the year's program.
    pub fn minimise(&mut self, costs: Vec<f64>) -> Result<(), SolveError> {
        let natives = self.natives.iter().map(|(native, _)| costs[native.column]);
        let years = self
            .years
            .iter()
            .map(|year| self.sum(&costs, year.person, &year.seats));
        let all = natives.chain(years).collect();
        self.costs = costs;
        self.mip.set_costs(all)
    }

    /// Has Σ factor × column of the year's program be at most `most` from now on, and returns the
    /// position of that row.
    pub fn keep_at_most(
        &mut self,
        kept: Vec<(usize, f64)>,
        most: f64,
    ) -> Result<usize, SolveError> {
        let at = self.rows.len();
        let mut factors = vec![0.0; self.costs.len()];
        for (column, factor) in &kept {
            factors[*column] = *factor;
            if let Some(own) = self.of_seat.get_mut(*column) {
                own.push((at, *factor));
            }
        }
        let mut terms = Vec::new();
        for (number, (native, own)) in self.natives.iter_mut().enumerate() {
            let factor = factors[native.column];
            if factor != 0.0 {
                own.push((at, factor));
                terms.push((number, factor));
            }
        }
        for asked in &mut self.asked {
            if factors[asked.column] != 0.0 {
                asked.terms.push((at, factors[asked.column]));
            }
        }
        let years = self.years.iter();
        terms.extend(
            years
                .map(|year| (year.column, self.sum(&factors, year.person, &year.seats)))
                .filter(|(_, factor)| *factor != 0.0),
        );
        self.rows.push(Row {
            lower: f64::NEG_INFINITY,
            upper: most,
            terms: kept,
        });
        self.numbers.push(self.mip.rows());
        self.mip.add_row_at_most(most, &terms)?;
        Ok(at)
    }

    /// Asks no more of a row that says 'at most'.
    pub fn release(&mut self, row: usize) -> Result<(), SolveError> {
        self.rows[row].upper = f64::INFINITY;
        self.mip.set_row_most(self.numbers[row], f64::INFINITY)
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

    /// The columns that are no seats.
    pub fn native_columns(&self) -> Vec<Column> {
        let column = |(native, terms): &(Native, Vec<(usize, f64)>)| Column {
            cost: self.costs[native.column],
            bounds: native.bounds,
            whole: false,
            terms: terms.clone(),
        };
        self.natives.iter().map(column).collect()
    }

    /// Their values, of the values of all columns of the year's program.
    pub fn native_values(&self, values: &[f64]) -> Vec<f64> {
        let natives = self.natives.iter();
        natives.map(|(native, _)| values[native.column]).collect()
    }

    /// The objective, of the values of all columns of the year's program.
    pub fn value(&self, values: &[f64]) -> f64 {
        std::iter::zip(&self.costs, values)
            .map(|(cost, value)| cost * value)
            .sum()
    }

    /// What a year of a person adds to the objective.
    pub fn cost(&self, person: usize, seats: &[usize]) -> f64 {
        self.sum(&self.costs, person, seats)
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

    /// Takes in a year of a person in which they hold something.
    pub fn add(&mut self, person: usize, seats: Vec<usize>) -> Result<(), SolveError> {
        let number = |row: usize| match row.checked_sub(self.rows.len()) {
            Some(person) => self.one_each + person,
            None => self.numbers[row],
        };
        let terms = self.terms(person, &seats).into_iter();
        let terms = terms.map(|(row, factor)| (number(row), factor)).collect();
        let mut year = PersonsYear {
            person,
            seats,
            column: 0,
        };
        year.column = self.mip.add_column(&Column {
            cost: self.cost(year.person, &year.seats),
            bounds: (0.0, self.people[year.person] as f64),
            whole: false,
            terms,
        })?;
        self.years.push(year);
        Ok(())
    }

    /// Σ cost × column of the year's program over a year of a person.
    fn sum(&self, costs: &[f64], person: usize, seats: &[usize]) -> f64 {
        let seats: f64 = seats.iter().map(|seat| costs[*seat]).sum();
        let asked = self.asked.get(person);
        seats + asked.map_or(0.0, |asked| costs[asked.column])
    }

    /// The prices of the best mixture of what is known; nothing where it was told to stop.
    pub fn prices(&mut self, stop: &Stop) -> Result<Option<Prices>, SolveError> {
        let Some(Relaxed {
            value,
            columns,
            prices,
        }) = self.mip.relax(stop)?
        else {
            return Ok(None);
        };
        let people = &prices[self.one_each..];
        let people = people.iter().take(self.people.len()).copied();
        Ok(Some(Prices {
            value,
            rows: std::iter::zip(&self.numbers, &self.rows)
                .map(|(number, row)| allowed(row, prices[*number]))
                .collect(),
            people: people.collect(),
            columns,
        }))
    }

    /// The years that the mixture uses, with their shares.
    pub fn mixture(&self, prices: &Prices) -> Vec<(Year, f64)> {
        let years = self.years.iter().filter_map(|year| {
            let share = *prices.columns.get(year.column)?;
            let used = Year {
                person: year.person,
                seats: year.seats.clone(),
            };
            (share > USED).then_some((used, share))
        });
        years.collect()
    }

    /// What each seat is worth at `prices` of the linking rows: what it is paid less its cost.
    pub fn worth(&self, prices: &[f64]) -> Vec<f64> {
        std::iter::zip(&self.of_seat, &self.costs)
            .map(|(terms, cost)| paid(terms, prices) - cost)
            .collect()
    }

    /// What it is worth at `prices` to ask `person` at all: mostly below 0.
    pub fn worth_of_asking(&self, person: usize, prices: &[f64]) -> f64 {
        let asked = self.asked.get(person);
        asked.map_or(0.0, |asked| {
            paid(&asked.terms, prices) - self.costs[asked.column]
        })
    }

    /// What the rows and the columns that are no seats give to the bound at `prices`.
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
        let natives = self.natives.iter().map(|(native, terms)| {
            let reduced = self.costs[native.column] - paid(terms, prices);
            f64::min(reduced * native.bounds.0, reduced * native.bounds.1)
        });
        rows.sum::<f64>() + natives.sum::<f64>()
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
