//! A run of HiGHS: its options, the run itself, and what came of it.

use highs::HighsModelStatus;
use highs_sys::HighsInt;

use super::watch::{Phase, Watch};
use super::{End, Linear, Mip, Outcome, Progress, Relaxed, Settings, SolveError, Stop, succeeded};

/// What HiGHS is to make of the program as it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The program, simplified first: nearly always worth it.
    Presolved,
    /// The program as it is.
    Plain,
    /// Its linear relaxation, from the last one's basis, by a simplex method.
    Relaxed(Simplex),
    /// The same, simplified first where no basis is left.
    RelaxedWhole,
}

/// Which simplex method goes on from a basis.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Simplex {
    /// Where rows were added: the basis is still one of right prices.
    Dual = 1,
    /// Where columns were added: the basis is still one of a solution.
    Primal = 4,
}

impl Mip {
    /// The optimum of the linear relaxation, beginning from the last one's basis; nothing
    /// where there is none, or where it was told to stop.
    pub fn relax(&mut self, stop: &Stop) -> Result<Option<Relaxed>, SolveError> {
        let simplex = match self.has_new_rows {
            true => Simplex::Dual,
            false => Simplex::Primal,
        };
        self.has_new_rows = false;
        Ok(match self.relax_by(Mode::Relaxed(simplex), stop)? {
            Linear::Optimum(relaxed) => Some(relaxed),
            Linear::Infeasible | Linear::Unknown => None,
        })
    }

    /// The same of a program that is stated whole and asked for other costs each time: without a
    /// basis to begin from, it is simplified first.
    pub fn relax_whole(&mut self, stop: &Stop) -> Result<Linear, SolveError> {
        self.relax_by(Mode::RelaxedWhole, stop)
    }

    fn relax_by(&mut self, mode: Mode, stop: &Stop) -> Result<Linear, SolveError> {
        let model = &mut self.model;
        set_options(model, mode, Settings::default())?;
        let run = watched_run(model, Phase::Linear, stop, &mut |_| {});
        succeeded(run, "solving a relaxation")?;
        // SAFETY: the model is alive.
        let status = unsafe { highs_sys::Highs_getModelStatus(model.as_mut_ptr()) };
        Ok(match HighsModelStatus::try_from(status) {
            Ok(HighsModelStatus::Optimal) => {
                let (columns, prices) = read_solution(model);
                // SAFETY: the model is alive.
                let value = unsafe { highs_sys::Highs_getObjectiveValue(model.as_mut_ptr()) };
                Linear::Optimum(Relaxed {
                    value,
                    columns,
                    prices,
                })
            }
            Ok(HighsModelStatus::Infeasible) => Linear::Infeasible,
            _ => Linear::Unknown,
        })
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
        // the start itself, and then keeps the start as the solution of that better value, or
        // calls it proven by a bound that is that value. The bound is right all the same. Without
        // a start it has nothing to mistake.
        let mistaken = |solution: &Vec<f64>| {
            let value: f64 = std::iter::zip(&self.costs, solution)
                .map(|(c, x)| c * x)
                .sum();
            let rounding = 1e-6 * value.abs().max(1.0);
            let is_open = value - outcome.bound > settings.gap(value) + rounding;
            value - outcome.reported > rounding || (outcome.end == End::Proven && is_open)
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
        let status = watched_run(model, Phase::Presolve, stop, progress);
        give_memory_back();
        read_outcome(model, status, stop)
    }
}

/// Gives the system what a run held and holds no more. glibc keeps it, in pieces that the next run
/// rarely finds fit: a quarter of what the demo year takes would be such.
fn give_memory_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: it touches no memory that is in use.
    unsafe {
        libc::malloc_trim(0);
    }
}

/// Runs HiGHS while `stop` is asked and `progress` told.
fn watched_run(
    model: &mut highs::Model,
    phase: Phase,
    stop: &Stop,
    progress: &mut dyn FnMut(Progress<'_>),
) -> HighsInt {
    let mut watch = Watch::new(phase, stop, progress);
    // SAFETY: the model is alive; `watch` outlives the run, and is detached before it goes.
    unsafe {
        let highs = model.as_mut_ptr();
        watch.attach(highs);
        let status = highs_sys::Highs_run(highs);
        watch.detach(highs);
        tell_work(highs);
        status
    }
}

/// Tells whoever listens what a run took, in what can be counted: that is the same on every
/// machine, however busy.
///
/// # Safety
/// `highs` is alive.
unsafe fn tell_work(highs: *mut std::ffi::c_void) {
    if !tracing::enabled!(tracing::Level::DEBUG) {
        return;
    }
    let (mut iterations, mut nodes) = (0, 0);
    // SAFETY: the names are HiGHS's own, and each number has the type that is asked for.
    unsafe {
        highs_sys::Highs_getIntInfoValue(
            highs,
            c"simplex_iteration_count".as_ptr(),
            &raw mut iterations,
        );
        highs_sys::Highs_getInt64InfoValue(highs, c"mip_node_count".as_ptr(), &raw mut nodes);
    }
    // A linear program has no nodes, and says so by a number below 0.
    let (iterations, nodes) = (i64::from(iterations.max(0)), nodes.max(0));
    tracing::debug!(simplex_iterations = iterations, nodes);
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

/// HiGHS's bit of the rule of presolve that tries each binary at 0 and at 1: on large programs it
/// takes far longer than the search that it is to shorten, and heeds no wish to stop.
const WITHOUT_PROBING: i32 = 1 << 15;

/// That of the rule which tries all solutions of small rows: half of presolve's time and more, for
/// no shorter search.
const WITHOUT_ENUMERATION: i32 = 1 << 16;

/// HiGHS's switches of the heuristics that solve programs of their own.
const SUB_PROGRAMS: [&str; 3] = [
    "mip_heuristic_run_rens",
    "mip_heuristic_run_rins",
    "mip_heuristic_run_root_reduced_cost",
];

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
        // HiGHS's numbers for the methods are those of `Simplex`.
        let (relaxed, simplex) = match mode {
            Mode::Relaxed(simplex) => (true, simplex),
            Mode::RelaxedWhole => (true, Simplex::Dual),
            Mode::Presolved | Mode::Plain => (false, Simplex::Dual),
        };
        model.try_set_option("solve_relaxation", relaxed)?;
        model.try_set_option("simplex_strategy", simplex as i32)?;
        // By 'choose', a basis to begin from goes before presolve.
        let presolve = matches!(mode, Mode::Presolved | Mode::RelaxedWhole);
        model.try_set_option("presolve", if presolve { "choose" } else { "off" })?;
        model.try_set_option("presolve_rule_off", WITHOUT_PROBING | WITHOUT_ENUMERATION)?;
        model.try_set_option("objective_target", settings.target)?;
        model.try_set_option("mip_allow_restart", settings.restarts)?;
        for heuristic in SUB_PROGRAMS {
            model.try_set_option(heuristic, settings.sub_programs)?;
        }
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
