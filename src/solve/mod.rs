//! HiGHS, as much of it as is needed and no more: one mixed-integer program, stated with
//! good_lp, kept alive from one objective to the next, with its proven bound, a starting
//! solution, rows added between runs, progress and interruption. It knows nothing of prisons.
//!
//! HiGHS runs on one thread, so that a run is the same every time; its limits count nodes,
//! never seconds. What ends early does so by [`Stop`], and says so.

mod stop;
mod watch;

use good_lp::solvers::highs::HighsProblem;
use highs::HighsModelStatus;
use highs_sys::HighsInt;

pub use stop::Stop;
pub use watch::Progress;
use watch::Watch;

/// A failure of HiGHS itself, which no input should cause.
#[derive(Debug, thiserror::Error)]
#[error("HiGHS failed while {0}")]
pub struct SolveError(&'static str);

/// What a run may do before it ends by itself; by default it goes on until the optimum is proven.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Which of several equal optima is found may depend on it.
    pub seed: u32,
    /// The run ends once value less bound is at most this.
    pub absolute_gap: f64,
    /// The run ends once value less bound is at most this share of the value.
    pub relative_gap: f64,
    /// The run ends once it has a solution of no more than this.
    pub target: f64,
    /// The run ends after so many nodes of the search tree; `None`: no limit.
    pub max_nodes: Option<u32>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 0,
            absolute_gap: 0.0,
            relative_gap: 0.0,
            target: f64::NEG_INFINITY,
            max_nodes: None,
        }
    }
}

/// What HiGHS is to make of the program as it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The program, simplified first: nearly always worth it.
    Presolved,
    /// The program as it is.
    Plain,
    /// Its linear relaxation, from the last one's basis.
    Relaxed,
}

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The solution is proven to lie within the gaps that were asked for.
    Proven,
    /// There is no solution.
    Infeasible,
    /// The limit of nodes was reached.
    Limit,
    /// It was told to stop.
    Stopped,
    /// HiGHS gave up; seen only inside [`Mip::solve`], which then does without presolve.
    Failed,
}

/// What a run found.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Why it ended.
    pub end: End,
    /// The best solution, a value for each column; not exactly whole where a column is whole.
    pub solution: Option<Vec<f64>>,
    /// The objective that HiGHS says the solution has.
    pub reported: f64,
    /// No solution has an objective below this.
    pub bound: f64,
}

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

/// The optimum of a program's linear relaxation.
#[derive(Clone, Debug)]
pub struct Relaxed {
    /// Its objective.
    pub value: f64,
    /// A value for each column.
    pub columns: Vec<f64>,
    /// A price for each row: by how much the objective rises with the row's bound.
    pub prices: Vec<f64>,
}

/// A mixed-integer program to be minimised.
pub struct Mip {
    model: highs::Model,
    costs: Vec<f64>,
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
        let (mut rows, mut entries) = (0, 0);
        let (mut lower, mut upper) = (vec![0.0; count], vec![0.0; count]);
        let null = std::ptr::null_mut();
        let highs = self.model.as_mut_ptr();
        // SAFETY: the range is of the model's rows; where no array is given for the entries,
        // HiGHS only counts them.
        let status = unsafe {
            highs_sys::Highs_getRowsByRange(
                highs,
                0,
                count as HighsInt - 1,
                &raw mut rows,
                lower.as_mut_ptr(),
                upper.as_mut_ptr(),
                &raw mut entries,
                null,
                null,
                std::ptr::null_mut(),
            )
        };
        succeeded(status, "reading rows")?;
        let mut starts = vec![0; count];
        let (mut columns, mut factors) = (vec![0; entries as usize], vec![0.0; entries as usize]);
        // SAFETY: as above, and the arrays have room for all the entries counted.
        let status = unsafe {
            highs_sys::Highs_getRowsByRange(
                highs,
                0,
                count as HighsInt - 1,
                &raw mut rows,
                lower.as_mut_ptr(),
                upper.as_mut_ptr(),
                &raw mut entries,
                starts.as_mut_ptr(),
                columns.as_mut_ptr(),
                factors.as_mut_ptr(),
            )
        };
        succeeded(status, "reading rows")?;
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

    /// The optimum of the linear relaxation, beginning from the last one's basis; nothing
    /// where there is none, or where it was told to stop.
    pub fn relax(&mut self, stop: &Stop) -> Result<Option<Relaxed>, SolveError> {
        let model = &mut self.model;
        set_options(model, Mode::Relaxed, Settings::default())?;
        let run = watched_run(model, stop, &mut |_| {});
        succeeded(run, "solving a relaxation")?;
        // SAFETY: the model is alive.
        let status = unsafe { highs_sys::Highs_getModelStatus(model.as_mut_ptr()) };
        let optimal = matches!(
            HighsModelStatus::try_from(status),
            Ok(HighsModelStatus::Optimal)
        );
        Ok(optimal.then(|| {
            let (columns, prices) = read_solution(model);
            // SAFETY: the model is alive.
            let value = unsafe { highs_sys::Highs_getObjectiveValue(model.as_mut_ptr()) };
            Relaxed {
                value,
                columns,
                prices,
            }
        }))
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

    /// Minimises, beginning from `start` (a value for each column) where one is known.
    pub fn solve(
        &mut self,
        settings: Settings,
        start: Option<&[f64]>,
        stop: &Stop,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Outcome, SolveError> {
        let mut mode = Mode::Presolved;
        let mut outcome = self.run(mode, settings, start, stop, progress)?;
        if outcome.end == End::Failed {
            mode = Mode::Plain;
            outcome = self.run(mode, settings, start, stop, progress)?;
        }
        if outcome.end == End::Failed {
            return Err(SolveError("solving"));
        }
        // HiGHS values a start by its image in the presolved program, which can be better than
        // the start itself, and then keeps the start as the solution of that better value. The
        // bound is right all the same. Without a start it has nothing to mistake.
        let mistaken = |solution: &Vec<f64>| {
            let value: f64 = std::iter::zip(&self.costs, solution)
                .map(|(c, x)| c * x)
                .sum();
            value - outcome.reported > 1e-6 * value.abs().max(1.0)
        };
        if start.is_some() && outcome.solution.as_ref().is_some_and(mistaken) {
            let again = self.run(mode, settings, None, stop, progress)?;
            let bound = outcome.bound.max(again.bound);
            return Ok(Outcome { bound, ..again });
        }
        Ok(outcome)
    }

    fn run(
        &mut self,
        mode: Mode,
        settings: Settings,
        start: Option<&[f64]>,
        stop: &Stop,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Outcome, SolveError> {
        let model = &mut self.model;
        set_options(model, mode, settings)?;
        // Without this, a run would begin where the last one ended.
        // SAFETY: the model is alive.
        succeeded(
            unsafe { highs_sys::Highs_clearSolver(model.as_mut_ptr()) },
            "starting afresh",
        )?;
        if start.is_some() {
            model
                .try_set_solution(start, None, None, None)
                .map_err(|_| SolveError("taking a starting solution"))?;
        }
        let status = watched_run(model, stop, progress);
        read_outcome(model, status, stop)
    }
}

/// Runs HiGHS while `stop` is asked and `progress` told.
fn watched_run(
    model: &mut highs::Model,
    stop: &Stop,
    progress: &mut dyn FnMut(Progress<'_>),
) -> HighsInt {
    let mut watch = Watch::new(stop, progress);
    // SAFETY: the model is alive; `watch` outlives the run, and is detached before it goes.
    unsafe {
        let highs = model.as_mut_ptr();
        watch.attach(highs);
        let status = highs_sys::Highs_run(highs);
        watch.detach(highs);
        status
    }
}

/// A value for each column, and a price for each row where it is a linear program.
fn read_solution(model: &mut highs::Model) -> (Vec<f64>, Vec<f64>) {
    let (columns, rows) = (model.num_cols(), model.num_rows());
    let (mut values, mut duals) = (vec![0.0; columns], vec![0.0; columns]);
    let (mut row_values, mut prices) = (vec![0.0; rows], vec![0.0; rows]);
    // SAFETY: each array has a number for each column or row.
    unsafe {
        highs_sys::Highs_getSolution(
            model.as_mut_ptr(),
            values.as_mut_ptr(),
            duals.as_mut_ptr(),
            row_values.as_mut_ptr(),
            prices.as_mut_ptr(),
        )
    };
    (values, prices)
}

/// HiGHS's numbers for strategies of the simplex method.
const DUAL: i32 = 1;
const PRIMAL: i32 = 4;

fn set_options(model: &mut highs::Model, mode: Mode, settings: Settings) -> Result<(), SolveError> {
    let nodes = settings
        .max_nodes
        .map_or(i32::MAX, |nodes| nodes.min(i32::MAX as u32) as i32);
    let mut set = || {
        model.try_set_option("threads", 1)?;
        model.try_set_option("parallel", "off")?;
        model.try_set_option("random_seed", (settings.seed & i32::MAX as u32) as i32)?;
        model.try_set_option("mip_rel_gap", settings.relative_gap)?;
        model.try_set_option("mip_abs_gap", settings.absolute_gap)?;
        model.try_set_option("solve_relaxation", mode == Mode::Relaxed)?;
        let presolve = mode == Mode::Presolved;
        model.try_set_option("presolve", if presolve { "choose" } else { "off" })?;
        // A basis to which columns were added is feasible still: the primal simplex begins there.
        let strategy = if mode == Mode::Relaxed { PRIMAL } else { DUAL };
        model.try_set_option("simplex_strategy", strategy)?;
        model.try_set_option("objective_target", settings.target)?;
        model.try_set_option("mip_max_nodes", nodes)
    };
    set().map_err(|_| SolveError("setting an option"))
}

fn read_outcome(
    model: &mut highs::Model,
    run: HighsInt,
    stop: &Stop,
) -> Result<Outcome, SolveError> {
    let highs = model.as_mut_ptr();
    let failed = SolveError("reading the result");
    let (mut found, mut bound) = (0, 0.0);
    // SAFETY: the model is alive, the names are HiGHS's own, and each number has the type that
    // is asked for.
    let (read, status, reported) = unsafe {
        let whole = highs_sys::Highs_getIntInfoValue(
            highs,
            c"primal_solution_status".as_ptr(),
            &raw mut found,
        );
        let real =
            highs_sys::Highs_getDoubleInfoValue(highs, c"mip_dual_bound".as_ptr(), &raw mut bound);
        let status = highs_sys::Highs_getModelStatus(highs);
        (
            [whole, real],
            status,
            highs_sys::Highs_getObjectiveValue(highs),
        )
    };
    if read.contains(&highs_sys::STATUS_ERROR) {
        return Err(failed);
    }
    let end = match HighsModelStatus::try_from(status) {
        _ if run == highs_sys::STATUS_ERROR => End::Failed,
        // A model that presolve empties is solved, too.
        Ok(HighsModelStatus::Optimal | HighsModelStatus::ModelEmpty) => End::Proven,
        Ok(HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible) => {
            End::Infeasible
        }
        _ if stop.is_set() => End::Stopped,
        Ok(
            HighsModelStatus::ReachedInterrupt
            | HighsModelStatus::ReachedTimeLimit
            | HighsModelStatus::ReachedSolutionLimit
            | HighsModelStatus::ObjectiveTarget
            | HighsModelStatus::ReachedIterationLimit,
        ) => End::Limit,
        _ => End::Failed,
    };
    let bound = match end {
        End::Infeasible => f64::INFINITY,
        End::Failed => f64::NEG_INFINITY,
        End::Proven | End::Limit | End::Stopped => bound,
    };
    let solution = (found == highs_sys::SOLUTION_STATUS_FEASIBLE).then(|| read_solution(model).0);
    Ok(Outcome {
        end,
        solution,
        reported,
        bound,
    })
}

fn succeeded(status: HighsInt, doing: &'static str) -> Result<(), SolveError> {
    if status == highs_sys::STATUS_ERROR {
        Err(SolveError(doing))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
