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
    /// Whether rows came since its relaxation was solved.
    pub(super) has_new_rows: bool,
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
            has_new_rows: false,
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
            has_new_rows: false,
        })
    }

    /// Adds a column, and returns its number.
    pub fn add_column(&mut self, column: &Column) -> Result<usize, SolveError> {
        let number = self.columns();
        self.add_columns(std::slice::from_ref(column))?;
        Ok(number)
    }

    /// Adds columns, in their order: all at once takes a fraction of the time that one after the
    /// other does.
    pub fn add_columns(&mut self, columns: &[Column]) -> Result<(), SolveError> {
        if columns.is_empty() {
            return Ok(());
        }
        let terms: Vec<&[(usize, f64)]> = columns.iter().map(|column| &column.terms[..]).collect();
        let sparse = Sparse::of(&terms, self.rows());
        let first = self.columns();
        let each = |value: fn(&Column) -> f64| columns.iter().map(value).collect::<Vec<_>>();
        let (costs, lower) = (each(|column| column.cost), each(|column| column.bounds.0));
        let upper = each(|column| column.bounds.1);
        let highs = self.model.as_mut_ptr();
        // SAFETY: the arrays have as many entries as is said, and every row exists.
        let status = unsafe {
            highs_sys::Highs_addCols(
                highs,
                columns.len() as HighsInt,
                costs.as_ptr(),
                lower.as_ptr(),
                upper.as_ptr(),
                sparse.index.len() as HighsInt,
                sparse.starts.as_ptr(),
                sparse.index.as_ptr(),
                sparse.factors.as_ptr(),
            )
        };
        succeeded(status, "adding columns")?;
        self.costs.extend(costs);
        if columns.iter().all(|column| !column.whole) {
            return Ok(());
        }
        let kind = |column: &Column| match column.whole {
            true => highs_sys::kHighsVarTypeInteger,
            false => highs_sys::kHighsVarTypeContinuous,
        };
        let kinds: Vec<HighsInt> = columns.iter().map(kind).collect();
        let last = first + columns.len() - 1;
        // SAFETY: the range is that of the columns that were added, with a kind for each.
        let status = unsafe {
            highs_sys::Highs_changeColsIntegralityByRange(
                highs,
                first as HighsInt,
                last as HighsInt,
                kinds.as_ptr(),
            )
        };
        succeeded(status, "making columns whole")
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

    /// Has the columns from `first` on lie between the given bounds from now on, one pair for
    /// each.
    pub fn set_bounds(&mut self, first: usize, bounds: &[(f64, f64)]) -> Result<(), SolveError> {
        assert!(
            first + bounds.len() <= self.columns(),
            "bounds of columns of the model"
        );
        let (lower, upper): (Vec<_>, Vec<_>) = bounds.iter().copied().unzip();
        if lower.is_empty() {
            return Ok(());
        }
        let last = (first + lower.len()) as HighsInt - 1;
        let highs = self.model.as_mut_ptr();
        // SAFETY: the range lies within the columns, and both arrays have a number for each.
        let status = unsafe {
            highs_sys::Highs_changeColsBoundsByRange(
                highs,
                first as HighsInt,
                last,
                lower.as_ptr(),
                upper.as_ptr(),
            )
        };
        succeeded(status, "changing bounds")
    }

    /// Has the sum of a row that has no least be at most `most` from now on.
    pub fn set_row_most(&mut self, row: usize, most: f64) -> Result<(), SolveError> {
        assert!(row < self.rows(), "a row of the model");
        let highs = self.model.as_mut_ptr();
        // SAFETY: the row exists.
        let status = unsafe {
            highs_sys::Highs_changeRowBounds(highs, row as HighsInt, f64::NEG_INFINITY, most)
        };
        succeeded(status, "changing a row")
    }

    /// Takes out the rows from `first` on for which `is_kept` has false, one entry for each; those
    /// after them move up. Where only rows go that have room left, the basis stays.
    pub fn keep_rows(&mut self, first: usize, is_kept: &[bool]) -> Result<(), SolveError> {
        assert_eq!(first + is_kept.len(), self.rows(), "rows of the model");
        let mut goes: Vec<HighsInt> = vec![0; first];
        goes.extend(is_kept.iter().map(|kept| HighsInt::from(!kept)));
        let highs = self.model.as_mut_ptr();
        // SAFETY: the array has a number for each row.
        let status = unsafe { highs_sys::Highs_deleteRowsByMask(highs, goes.as_mut_ptr()) };
        succeeded(status, "taking out rows")
    }

    /// Adds the row Σ coefficient × column ≤ `most`.
    pub fn add_row_at_most(&mut self, most: f64, terms: &[(usize, f64)]) -> Result<(), SolveError> {
        self.add_rows_at_most(&[(most, terms)])
    }

    /// Adds rows Σ coefficient × column ≤ most: all at once takes a fraction of the time that one
    /// after the other does.
    pub fn add_rows_at_most(&mut self, rows: &[(f64, &[(usize, f64)])]) -> Result<(), SolveError> {
        if rows.is_empty() {
            return Ok(());
        }
        let terms: Vec<_> = rows.iter().map(|(_, terms)| *terms).collect();
        let sparse = Sparse::of(&terms, self.columns());
        let lower = vec![f64::NEG_INFINITY; rows.len()];
        let upper: Vec<f64> = rows.iter().map(|(most, _)| *most).collect();
        let highs = self.model.as_mut_ptr();
        // SAFETY: the arrays have as many entries as is said, and every column exists.
        let status = unsafe {
            highs_sys::Highs_addRows(
                highs,
                rows.len() as HighsInt,
                lower.as_ptr(),
                upper.as_ptr(),
                sparse.index.len() as HighsInt,
                sparse.starts.as_ptr(),
                sparse.index.as_ptr(),
                sparse.factors.as_ptr(),
            )
        };
        self.has_new_rows = true;
        succeeded(status, "adding rows")
    }
}

/// Rows or columns one after the other, as HiGHS takes them.
#[derive(Default)]
struct Sparse {
    /// Where each begins.
    starts: Vec<HighsInt>,
    index: Vec<HighsInt>,
    factors: Vec<f64>,
}

impl Sparse {
    /// Of terms that stand in the first `size` columns of rows, or rows of columns.
    fn of(all: &[&[(usize, f64)]], size: usize) -> Self {
        let mut terms = all.iter().flat_map(|terms| terms.iter());
        assert!(terms.all(|(at, _)| *at < size), "terms of the model");
        let mut sparse = Self::default();
        for terms in all {
            sparse.starts.push(sparse.index.len() as HighsInt);
            sparse
                .index
                .extend(terms.iter().map(|(at, _)| *at as HighsInt));
            sparse
                .factors
                .extend(terms.iter().map(|(_, factor)| *factor));
        }
        sparse
    }
}
