//! HiGHS, as much of it as is needed and no more: one mixed-integer program, stated with
//! good_lp, kept alive from one objective to the next, with its proven bound, a starting
//! solution, rows added between runs, progress and interruption. It knows nothing of prisons.
//!
//! HiGHS runs on one thread, so that a run is the same every time; its limits count nodes,
//! never seconds. What ends early does so by [`Stop`], and says so.

mod stop;
mod watch;

use std::ffi::CStr;

use good_lp::solvers::highs::HighsProblem;
use highs::{HighsModelStatus, HighsSolutionStatus};
use highs_sys::HighsInt;

pub use stop::Stop;
pub use watch::Progress;
use watch::Watch;

/// A failure of HiGHS itself, which no input should cause.
#[derive(Debug, thiserror::Error)]
#[error("HiGHS failed while {0}")]
pub struct SolveError(&'static str);

/// What a run may do before it ends by itself.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Which of several equal optima is found may depend on it.
    pub seed: u32,
    /// The run ends once value less bound is at most this.
    pub absolute_gap: f64,
    /// The run ends once value less bound is at most this share of the value.
    pub relative_gap: f64,
    /// The run ends after so many nodes of the search tree; `None`: no limit.
    pub max_nodes: Option<u32>,
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
}

/// What a run found.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Why it ended.
    pub end: End,
    /// The best solution, a value for each column; not exactly whole where a column is whole.
    pub solution: Option<Vec<f64>>,
    /// No solution has an objective below this.
    pub bound: f64,
    /// Nodes of the search tree.
    pub nodes: i64,
}

/// A mixed-integer program to be minimised.
pub struct Mip {
    // Taken while HiGHS runs; a run that fails leaves nothing behind.
    model: Option<highs::Model>,
    columns: usize,
}

impl Mip {
    /// Takes over a program stated with good_lp.
    pub fn new(problem: HighsProblem) -> Result<Self, SolveError> {
        let mut model = problem
            .try_into_inner()
            .map_err(|_| SolveError("reading the model"))?;
        model.make_quiet();
        let columns = model.num_cols();
        Ok(Self {
            model: Some(model),
            columns,
        })
    }

    /// How many columns it has.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.model.as_ref().map_or(0, highs::Model::num_rows)
    }

    /// Replaces the objective by `costs`, one for each column.
    pub fn set_costs(&mut self, costs: &[f64]) -> Result<(), SolveError> {
        assert_eq!(costs.len(), self.columns, "a cost for each column");
        let last = self.columns as HighsInt - 1;
        let highs = self.model()?.as_mut_ptr();
        // SAFETY: the range is all of the columns, and `costs` has one number for each.
        let status =
            unsafe { highs_sys::Highs_changeColsCostByRange(highs, 0, last, costs.as_ptr()) };
        succeeded(status, "changing the objective")
    }

    /// Adds the row Σ coefficient × column ≤ `most`.
    pub fn add_row_at_most(&mut self, most: f64, terms: &[(usize, f64)]) -> Result<(), SolveError> {
        assert!(
            terms.iter().all(|(column, _)| *column < self.columns),
            "columns of the model"
        );
        let columns: Vec<HighsInt> = terms
            .iter()
            .map(|(column, _)| *column as HighsInt)
            .collect();
        let factors: Vec<f64> = terms.iter().map(|(_, factor)| *factor).collect();
        let highs = self.model()?.as_mut_ptr();
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
        let mut model = self
            .model
            .take()
            .ok_or(SolveError("running again after a failure"))?;
        set_options(&mut model, settings)?;
        if start.is_some() {
            model
                .try_set_solution(start, None, None, None)
                .map_err(|_| SolveError("taking a starting solution"))?;
        }
        let mut watch = Watch::new(stop, progress);
        // SAFETY: `watch` outlives the run, and is detached before it goes.
        let solved = unsafe {
            watch.attach(model.as_mut_ptr());
            let solved = model.try_solve();
            let mut solved = solved.map_err(|_| SolveError("solving"))?;
            watch.detach(solved.as_mut_ptr());
            solved
        };
        let outcome = read_outcome(&solved, stop)?;
        self.model = Some(solved.into());
        Ok(outcome)
    }

    fn model(&mut self) -> Result<&mut highs::Model, SolveError> {
        self.model
            .as_mut()
            .ok_or(SolveError("going on after a failure"))
    }
}

fn set_options(model: &mut highs::Model, settings: Settings) -> Result<(), SolveError> {
    let nodes = settings
        .max_nodes
        .map_or(i32::MAX, |nodes| nodes.min(i32::MAX as u32) as i32);
    let mut set = || {
        model.try_set_option("threads", 1)?;
        model.try_set_option("parallel", "off")?;
        model.try_set_option("random_seed", (settings.seed & i32::MAX as u32) as i32)?;
        model.try_set_option("mip_rel_gap", settings.relative_gap)?;
        model.try_set_option("mip_abs_gap", settings.absolute_gap)?;
        model.try_set_option("mip_max_nodes", nodes)
    };
    set().map_err(|_| SolveError("setting an option"))
}

fn read_outcome(solved: &highs::SolvedModel, stop: &Stop) -> Result<Outcome, SolveError> {
    let info = |name: &CStr| {
        solved
            .double_info_value(name)
            .map_err(|_| SolveError("reading the result"))
    };
    let status = solved.status();
    let found = solved.primal_solution_status() == HighsSolutionStatus::Feasible;
    let mut nodes: i64 = 0;
    // SAFETY: the name is one of HiGHS's own, and `nodes` has the type that it asks for.
    let read = unsafe {
        highs_sys::Highs_getInt64InfoValue(
            solved.as_ptr().cast_mut(),
            c"mip_node_count".as_ptr(),
            &raw mut nodes,
        )
    };
    succeeded(read, "reading the result")?;
    let end = match status {
        // A model that presolve empties is solved, too.
        HighsModelStatus::Optimal | HighsModelStatus::ModelEmpty => End::Proven,
        HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible => End::Infeasible,
        _ if stop.is_set() => End::Stopped,
        HighsModelStatus::ReachedInterrupt
        | HighsModelStatus::ReachedTimeLimit
        | HighsModelStatus::ReachedSolutionLimit
        | HighsModelStatus::ReachedIterationLimit => End::Limit,
        _ => return Err(SolveError("solving")),
    };
    let bound = match end {
        End::Infeasible => f64::INFINITY,
        _ => info(c"mip_dual_bound")?,
    };
    let solution = found.then(|| solved.get_solution().columns().to_vec());
    Ok(Outcome {
        end,
        solution,
        bound,
        nodes,
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
