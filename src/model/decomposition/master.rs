//! The restricted master: the rows that link people to each other, over the years of single
//! people that are known so far.

use super::linking::Linking;
use super::pool::Year;
use super::unevenness::Unevenness;
use crate::solve::{Column, Mip, Relaxed, SolveError, Stop};

/// How much of a year a mixture must have to use it.
const USED: f64 = 1e-6;

/// What it costs where a soft row is broken by 1: much more than T7 comes to.
const BROKEN: f64 = 1e4;

/// The column that says by how much soft rows are broken; before it is that of nothing.
const HOW_BROKEN: usize = 1;

/// The posts that somebody holds over the year, at least one.
struct PersonsYear {
    person: usize,
    seats: Vec<usize>,
    column: usize,
}

/// The restricted master.
pub struct Master {
    mip: Mip,
    linking: Linking,
    /// HiGHS's number of each linking row.
    numbers: Vec<usize>,
    /// The first of the rows 'one year each', of which every person has one.
    one_each: usize,
    years: Vec<PersonsYear>,
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
    /// No year is known yet.
    pub fn new(linking: Linking) -> Result<Self, SolveError> {
        let mut mip = Mip::of_rows(&linking.bounds())?;
        let broken = Column {
            cost: BROKEN,
            bounds: (0.0, f64::INFINITY),
            whole: false,
            terms: Vec::new(),
        };
        mip.add_columns(&[linking.of_nothing(), broken])?;
        Ok(Self {
            mip,
            numbers: (0..linking.rows()).collect(),
            one_each: linking.rows(),
            linking,
            years: Vec::new(),
        })
    }

    /// The rows, and the objective.
    pub fn linking(&self) -> &Linking {
        &self.linking
    }

    /// Replaces the objective: see [`Linking::minimise`].
    pub fn minimise(&mut self, costs: Vec<f64>, more: Unevenness) -> Result<(), SolveError> {
        self.linking.minimise(costs, more);
        let of_nothing = self.linking.of_nothing().cost;
        let years = self.years.iter();
        let years = years.map(|year| self.linking.cost(year.person, &year.seats));
        self.mip
            .set_costs([of_nothing, BROKEN].into_iter().chain(years).collect())
    }

    /// Has Σ factor × column of the year's program be at most `most` from now on, and returns the
    /// position of that row.
    pub fn keep_at_most(
        &mut self,
        kept: Vec<(usize, f64)>,
        most: f64,
    ) -> Result<usize, SolveError> {
        self.add_row(kept, most, &[])
    }

    /// The same where no plan is known that keeps it: there is a mixture all the same, which costs so
    /// much where the row is broken that any bound is that of no plan.
    pub fn try_at_most(&mut self, kept: Vec<(usize, f64)>, most: f64) -> Result<usize, SolveError> {
        self.add_row(kept, most, &[(HOW_BROKEN, -1.0)])
    }

    fn add_row(
        &mut self,
        kept: Vec<(usize, f64)>,
        most: f64,
        besides: &[(usize, f64)],
    ) -> Result<usize, SolveError> {
        let (factors, at) = self.linking.keep_at_most(kept, most);
        let (linking, years) = (&self.linking, self.years.iter());
        let terms = years.map(|year| {
            let factor = linking.sum(&factors, year.person, &year.seats);
            (year.column, factor)
        });
        let terms = terms.filter(|(_, factor)| *factor != 0.0);
        let terms: Vec<_> = besides.iter().copied().chain(terms).collect();
        self.numbers.push(self.mip.rows());
        self.mip.add_row_at_most(most, &terms)?;
        Ok(at)
    }

    /// Asks no more of a row that says 'at most'.
    pub fn release(&mut self, row: usize) -> Result<(), SolveError> {
        self.linking.release(row);
        self.mip.set_row_most(self.numbers[row], f64::INFINITY)
    }

    /// Takes in a year of a person in which they hold something.
    pub fn add(&mut self, person: usize, seats: Vec<usize>) -> Result<(), SolveError> {
        let number = |row: usize| match row.checked_sub(self.linking.rows()) {
            Some(person) => self.one_each + person,
            None => self.numbers[row],
        };
        let terms = self.linking.terms(person, &seats).into_iter();
        let terms = terms.map(|(row, factor)| (number(row), factor)).collect();
        let mut year = PersonsYear {
            person,
            seats,
            column: 0,
        };
        year.column = self.mip.add_column(&Column {
            cost: self.linking.cost(year.person, &year.seats),
            bounds: (0.0, self.linking.people()[year.person] as f64),
            whole: false,
            terms,
        })?;
        self.years.push(year);
        Ok(())
    }

    /// Has years with a seat that is not `open` be used no more.
    pub fn close(&mut self, open: &[bool]) -> Result<(), SolveError> {
        let is_closed = |year: &PersonsYear| year.seats.iter().any(|seat| !open[*seat]);
        let mut closed = self.years.iter().filter(|year| is_closed(year));
        closed.try_for_each(|year| self.mip.set_bounds(year.column, &[(0.0, 0.0)]))
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
        let of_rows: Vec<f64> = self.numbers.iter().map(|number| prices[*number]).collect();
        let people = &prices[self.one_each..];
        let people = people.iter().take(self.linking.people().len()).copied();
        Ok(Some(Prices {
            value,
            rows: self.linking.allowed(&of_rows),
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
}
