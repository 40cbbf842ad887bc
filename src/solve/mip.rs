//! A program in HiGHS's hands: its columns and rows, read, added and changed while it lives.

use std::ptr::null_mut;

use good_lp::solvers::highs::HighsProblem;
use highs_sys::HighsInt;

use super::{SolveError, succeeded};

/// A row: lower ≤ Σ coefficient × column ≤ upper.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The least that the sum may be.
    pub lower: f64,
    /// The most that it may be.
    pub upper: f64,
    /// Columns with their coefficients.
    pub terms: Vec<(usize, f64)>,
}

/// A column that comes to a live program.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its part of the objective.
    pub cost: f64,
    /// The least and the most that it may be.
    pub bounds: (f64, f64),
    /// Whether it is whole.
    pub whole: bool,
    /// Rows with its coefficients in them.
    pub terms: Vec<(usize, f64)>,
}

/// A mixed-integer program to be minimised.
pub struct Mip {
    pub(super) model: highs::Model,
    pub(super) costs: Vec<f64>,
}

impl Mip {
    /// Takes over the rows and columns of a program stated with good_lp; its objective is 0
    /// until it is set.
    pub fn new(problem: HighsProblem) -> Result<Self, SolveError> {
        let mut model = problem
            .try_into_inner()
            .map_err(|_| SolveError("reading the model"))?;
        model.make_quiet();
        let costs = vec![0.0; model.num_cols()];
        let mut mip = Self {
            model,
            costs: Vec::new(),
        };
        mip.set_costs(costs)?;
        Ok(mip)
    }

    /// A program of rows that have no column yet, given by their bounds.
    pub fn of_rows(bounds: &[(f64, f64)]) -> Result<Self, SolveError> {
        let mut problem = highs::ColProblem::default();
        for (lower, upper) in bounds {
            problem.add_row(*lower..=*upper);
        }
        let mut model = problem
            .try_optimise(highs::Sense::Minimise)
            .map_err(|_| SolveError("stating rows"))?;
        model.make_quiet();
        Ok(Self {
            model,
            costs: Vec::new(),
        })
    }

    /// Adds a column, and returns its number.
    pub fn add_column(&mut self, column: &Column) -> Result<usize, SolveError> {
        assert!(
            column.terms.iter().all(|(row, _)| *row < self.rows()),
            "rows of the model"
        );
        let rows: Vec<HighsInt> = column
            .terms
            .iter()
            .map(|(row, _)| *row as HighsInt)
            .collect();
        let factors: Vec<f64> = column.terms.iter().map(|(_, factor)| *factor).collect();
        let number = self.columns();
        let highs = self.model.as_mut_ptr();
        // SAFETY: both arrays have as many entries as is said, and every row exists.
        let status = unsafe {
            highs_sys::Highs_addCol(
                highs,
                column.cost,
                column.bounds.0,
                column.bounds.1,
                rows.len() as HighsInt,
                rows.as_ptr(),
                factors.as_ptr(),
            )
        };
        succeeded(status, "adding a column")?;
        if column.whole {
            // SAFETY: the column exists.
            let status = unsafe {
                highs_sys::Highs_changeColIntegrality(
                    highs,
                    number as HighsInt,
                    highs_sys::kHighsVarTypeInteger,
                )
            };
            succeeded(status, "making a column whole")?;
        }
        self.costs.push(column.cost);
        Ok(number)
    }

    /// The first `count` rows, as they were stated.
    pub fn first_rows(&mut self, count: usize) -> Result<Vec<Row>, SolveError> {
        assert!(count <= self.rows(), "rows of the model");
        if count == 0 {
            return Ok(Vec::new());
        }
        let highs = self.model.as_mut_ptr();
        let (mut lower, mut upper) = (vec![0.0; count], vec![0.0; count]);
        let (mut rows, mut entries) = (0, 0);
        let mut read = |starts: *mut HighsInt, columns: *mut HighsInt, factors: *mut f64| {
            // SAFETY: the range is of the model's rows, and the arrays have room for all of
            // their entries; where none is given for the entries, HiGHS only counts them.
            let status = unsafe {
                highs_sys::Highs_getRowsByRange(
                    highs,
                    0,
                    count as HighsInt - 1,
                    &raw mut rows,
                    lower.as_mut_ptr(),
                    upper.as_mut_ptr(),
                    &raw mut entries,
                    starts,
                    columns,
                    factors,
                )
            };
            succeeded(status, "reading rows").map(|()| entries)
        };
        let entries = read(null_mut(), null_mut(), null_mut())?;
        let mut starts = vec![0; count];
        let (mut columns, mut factors) = (vec![0; entries as usize], vec![0.0; entries as usize]);
        read(
            starts.as_mut_ptr(),
            columns.as_mut_ptr(),
            factors.as_mut_ptr(),
        )?;
        let ends = starts.iter().skip(1).copied().chain([entries]);
        Ok(std::iter::zip(&starts, ends)
            .enumerate()
            .map(|(at, (start, end))| {
                let range = *start as usize..end as usize;
                Row {
                    lower: lower[at],
                    upper: upper[at],
                    terms: std::iter::zip(&columns[range.clone()], &factors[range])
                        .map(|(column, factor)| (*column as usize, *factor))
                        .collect(),
                }
            })
            .collect())
    }

    /// How many columns it has.
    pub fn columns(&self) -> usize {
        self.costs.len()
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.model.num_rows()
    }

    /// Replaces the objective by `costs`, one for each column.
    pub fn set_costs(&mut self, costs: Vec<f64>) -> Result<(), SolveError> {
        let model = &mut self.model;
        assert_eq!(costs.len(), model.num_cols(), "a cost for each column");
        if !costs.is_empty() {
            let (highs, last) = (model.as_mut_ptr(), costs.len() as HighsInt - 1);
            // SAFETY: the range is all of the columns, and `costs` has one number for each.
            let status =
                unsafe { highs_sys::Highs_changeColsCostByRange(highs, 0, last, costs.as_ptr()) };
            succeeded(status, "changing the objective")?;
        }
        self.costs = costs;
        Ok(())
    }

    /// Has the first columns lie between the given bounds from now on, one pair for each.
    pub fn set_bounds(&mut self, bounds: &[(f64, f64)]) -> Result<(), SolveError> {
        assert!(
            bounds.len() <= self.columns(),
            "bounds of columns of the model"
        );
        let (lower, upper): (Vec<_>, Vec<_>) = bounds.iter().copied().unzip();
        if lower.is_empty() {
            return Ok(());
        }
        let last = lower.len() as HighsInt - 1;
        let highs = self.model.as_mut_ptr();
        // SAFETY: the range lies within the columns, and both arrays have a number for each.
        let status = unsafe {
            highs_sys::Highs_changeColsBoundsByRange(highs, 0, last, lower.as_ptr(), upper.as_ptr())
        };
        succeeded(status, "changing bounds")
    }

    /// Adds the row Σ coefficient × column ≤ `most`.
    pub fn add_row_at_most(&mut self, most: f64, terms: &[(usize, f64)]) -> Result<(), SolveError> {
        assert!(
            terms.iter().all(|(column, _)| *column < self.columns()),
            "columns of the model"
        );
        let columns: Vec<HighsInt> = terms
            .iter()
            .map(|(column, _)| *column as HighsInt)
            .collect();
        let factors: Vec<f64> = terms.iter().map(|(_, factor)| *factor).collect();
        let highs = self.model.as_mut_ptr();
        // SAFETY: both arrays have as many entries as is said, and every column exists.
        let status = unsafe {
            highs_sys::Highs_addRow(
                highs,
                f64::NEG_INFINITY,
                most,
                columns.len() as HighsInt,
                columns.as_ptr(),
                factors.as_ptr(),
            )
        };
        succeeded(status, "adding a row")
    }
}
