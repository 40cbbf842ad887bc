//! `muster allocate`: the annual run.

use super::Exit;
use super::arguments::{Allocate, Format, Solving};
use super::output::{complain, say};
use super::progress::Progress;
use super::{reading, session};
use crate::allocate::{AllocateError, Options, allocate};
use crate::diagnostics::Diagnostics;
use crate::domain::Dataset;
use crate::eligibility::Eligibility;
use crate::explain::shortfalls;
use crate::replan;
use crate::report::folder::Claim;
use crate::report::{Run, folder, terminal};
use crate::solve::Stop;

pub(super) fn run(command: &Allocate) -> Exit {
    let stop = session::begin(&command.solving.running);
    let claim = match folder::claim(&command.out, &replan::names(), command.writing.force) {
        Ok(claim) => claim,
        Err(error) => {
            complain(error);
            return Exit::Nothing;
        }
    };
    let Some(dataset) = reading::dataset(&command.dataset, command.solving.running.quiet) else {
        return Exit::BadInput;
    };
    match year(&dataset, claim, &command.solving, &stop) {
        Ok(ending) => ending.exit(command.fail_on_shortfall),
        Err(exit) => exit,
    }
}

/// How much of a time limit the plan may take; the rest is for the causes of its gaps.
const SHARE_OF_THE_PLAN: f64 = 0.75;

/// How a run that made a result ended.
pub(super) struct Ending {
    short: bool,
    stopped: bool,
}

impl Ending {
    /// With `fail_on_shortfall`, an empty post is told by the exit code.
    pub(super) fn exit(&self, fail_on_shortfall: bool) -> Exit {
        match self {
            Self { stopped: true, .. } => Exit::Stopped,
            Self { short: true, .. } if fail_on_shortfall => Exit::Found,
            Self { .. } => Exit::Done,
        }
    }
}

/// Allocates the year of `dataset`, anew where something is published; writes the result to the folder that is claimed for it, and
/// says what came of it.
pub(super) fn year(
    dataset: &Dataset,
    claim: Claim,
    solving: &Solving,
    stop: &Stop,
) -> Result<Ending, Exit> {
    let options = Options {
        seed: solving.running.seed,
        stop_after: solving.stop_after,
        gaps: solving.gap.iter().copied().collect(),
        ..Options::default()
    };
    let eligibility = Eligibility::new(dataset);
    let mut progress = Progress::new(solving.running.quiet);
    let for_plan = stop.for_share(SHARE_OF_THE_PLAN);
    let mut allocation =
        allocate(&eligibility, &options, &for_plan, &mut progress).map_err(nothing)?;
    let shortfalls =
        shortfalls(&eligibility, &allocation.selection, options.seed, stop).map_err(|error| {
            complain(error);
            Exit::Fault
        })?;
    // Causes that were not solved again may be others in an undisturbed run.
    allocation.interrupted |= stop.is_set();
    let run = Run {
        eligibility: &eligibility,
        allocation: &allocation,
        shortfalls: &shortfalls,
        options: &options,
    };
    let files = replan::files(&run);
    let out = claim.folder().to_owned();
    claim.write(&files).map_err(|error| {
        complain(error);
        Exit::Nothing
    })?;
    let mut odd = Diagnostics::default();
    replan::names_lost(&eligibility, &allocation.plan, &mut odd);
    if !odd.is_empty() {
        reading::show(&odd);
    }
    match solving.running.format {
        Format::Text => {
            say(terminal(&run));
            say(format!("{:<12}{}\n", "Result", out.display()));
        }
        Format::Json => {
            let summary = files.iter().find(|(name, _)| name == "summary.json");
            let summary = summary.map(|(_, bytes)| String::from_utf8_lossy(bytes));
            say(summary.unwrap_or_default());
        }
    }
    Ok(Ending {
        short: !shortfalls.is_empty(),
        stopped: allocation.interrupted,
    })
}

fn nothing(error: AllocateError) -> Exit {
    complain(&error);
    match error {
        AllocateError::NoPlan | AllocateError::Stopped => Exit::Nothing,
        AllocateError::Solver(_) => Exit::Fault,
    }
}
