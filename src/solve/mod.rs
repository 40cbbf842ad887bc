//! HiGHS, as much of it as is needed and no more: one mixed-integer program, stated with
//! good_lp, kept alive from one objective to the next, with its proven bound, a starting
//! solution, rows added between runs, progress and interruption. It knows nothing of prisons.
//!
//! HiGHS runs on one thread, so that a run is the same every time; its limits count nodes,
//! never seconds. What ends early does so by [`Stop`], and says so.

mod mip;
mod run;
mod stop;
mod watch;

use highs_sys::HighsInt;

pub use mip::{Column, Mip, Row};
pub use stop::Stop;
pub use watch::Progress;

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
    /// Whether the run may begin anew, from presolve on, where the root has fixed much.
    pub restarts: bool,
    /// Whether the run may solve small programs of its own making, in search of a solution.
    pub sub_programs: bool,
}

impl Settings {
    /// How far from its bound a value may be and count as proven.
    pub fn gap(&self, value: f64) -> f64 {
        f64::max(self.absolute_gap, self.relative_gap * value.abs())
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 0,
            absolute_gap: 0.0,
            relative_gap: 0.0,
            target: f64::NEG_INFINITY,
            max_nodes: None,
            restarts: true,
            sub_programs: true,
        }
    }
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

/// What came of a linear relaxation.
#[derive(Clone, Debug)]
pub enum Linear {
    /// Its optimum.
    Optimum(Relaxed),
    /// There is no solution, and so none of the program.
    Infeasible,
    /// It was told to stop, or came to no end.
    Unknown,
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
