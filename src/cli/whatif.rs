//! `muster whatif`: scenarios side by side; and `muster merge`: parts of one put together.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::Exit;
use super::arguments::{Format, Merge, Shard, Whatif};
use super::output::{complain, is_watched, say};
use super::{reading, session};
use crate::allocate::{Options, Unobserved, allocate};
use crate::change;
use crate::diagnostics::{Diagnostic, Diagnostics, Place as At, codes};
use crate::domain::Dataset;
use crate::eligibility::Eligibility;
use crate::explain::shortfalls;
use crate::model::objectives::Tier;
use crate::report::{self, Run};
use crate::scenario::{self, Case, Scenario};
use crate::solve::Stop;
use crate::whatif::{self, Base, Manifest, Outcome, Place, PlaceError, Status, without_plan};

pub(super) fn run(command: &Whatif) -> Exit {
    let ran = whatif(command);
    ran.unwrap_or_else(|exit| exit)
}

fn refused(error: &PlaceError) -> Exit {
    complain(error);
    match error {
        PlaceError::Other(_)
        | PlaceError::Nothing(_)
        | PlaceError::Differs(_)
        | PlaceError::Damaged { .. }
        | PlaceError::IsAPart(_) => Exit::BadInput,
        _ => Exit::Nothing,
    }
}

fn whatif(command: &Whatif) -> Result<Exit, Exit> {
    let running = &command.solving.running;
    let stop = session::begin(running);
    let dataset = reading::dataset(&command.dataset, running.quiet).ok_or(Exit::BadInput)?;
    let files = change::apply::files(&command.dataset).map_err(|(name, error)| {
        complain(format!("{name} can't be read: {error}"));
        Exit::BadInput
    })?;
    let scenarios = scenarios(command, &dataset)?;
    let mut cases: Vec<(&Scenario, Case, String)> = Vec::new();
    for (scenario, own) in &scenarios {
        for case in own {
            let file = case.file(scenario).to_toml();
            cases.push((scenario, case.clone(), file));
        }
    }
    let last = command.solving.stop_after.unwrap_or(Tier::T4);
    let options = Options {
        seed: running.seed,
        gaps: command.solving.gap.iter().copied().collect(),
        // Through T4 the tiers are proven; the later ones have a good value.
        stop_after: (last != Tier::T4).then_some(last),
        max_nodes: Some(whatif::MAX_NODES),
        nodes_after_t4: (last == Tier::T4).then_some(whatif::NODES_AFTER_T4),
        ..Options::default()
    };
    let manifest = Manifest::new(&dataset, &options, last.name(), &cases);
    let force = command.writing.force;
    let place = Place::take(&command.out, manifest, command.resume, force);
    let place = place.map_err(|error| refused(&error))?;
    let plan = base_plan(&place, &dataset, &options, &stop)?;
    let base = Base {
        files: &files,
        plan: &plan,
        marking: &dataset.policy.marking,
        options: &options,
    };
    let shard = command.shard.unwrap_or(Shard { part: 1, of: 1 });
    let mut mine = Vec::new();
    for (at, (listed, case)) in std::iter::zip(&place.manifest().cases, &cases).enumerate() {
        let is_there = place.has(listed).map_err(|error| refused(&error))?;
        if at % shard.of == shard.part - 1 && !is_there {
            mine.push(case);
        }
    }
    solve(&place, &base, &mine, command, &stop)?;
    let rows = place.rows().map_err(|error| refused(&error))?;
    place.write_tables(&rows).map_err(|error| refused(&error))?;
    match running.format {
        Format::Text => {
            say(format!("{}\n", dataset.policy.marking));
            say(whatif::text(&rows));
            say(format!("{:<12}{}\n", "Cases", command.out.display()));
        }
        Format::Json => {
            let json = whatif::json(&rows, &dataset.policy.marking);
            say(format!("{json:#}\n"));
        }
    }
    Ok(if stop.is_set() {
        Exit::Stopped
    } else {
        Exit::Done
    })
}

/// Every scenario with its cases; what is wrong with any of them is shown, all at once.
fn scenarios(command: &Whatif, dataset: &Dataset) -> Result<Vec<(Scenario, Vec<Case>)>, Exit> {
    let mut diagnostics = Diagnostics::default();
    let mut scenarios = Vec::new();
    let mut names = BTreeSet::new();
    let mut taken = BTreeSet::new();
    for path in &command.scenarios {
        let Some(scenario) = scenario::read(path, &mut diagnostics) else {
            continue;
        };
        if !names.insert(scenario.name.clone()) {
            let name = path.display().to_string();
            let message = format!("another scenario is called {} too", scenario.name);
            let report = Diagnostic::at(codes::M0910, At::file(&name), message);
            diagnostics.push(report.help("give one of the files another name"));
        }
        if let Some(cases) = scenario.cases(dataset, &mut diagnostics) {
            let mut ids = cases.iter().map(|case| &case.id);
            if let Some(id) = ids.find(|id| *id == "base" || !taken.insert((*id).clone())) {
                let name = path.display().to_string();
                let message = format!("another case is called {id} too");
                let report = Diagnostic::at(codes::M0910, At::file(&name), message);
                diagnostics.push(report.help("give the file another name"));
            }
            scenarios.push((scenario, cases));
        }
    }
    if diagnostics.has_errors() {
        diagnostics.sort();
        reading::show(&diagnostics);
        return Err(Exit::BadInput);
    }
    Ok(scenarios)
}

/// The base plan that is stored, or made and stored now.
fn base_plan(
    place: &Place,
    dataset: &Dataset,
    options: &Options,
    stop: &Stop,
) -> Result<Vec<u8>, Exit> {
    if let Some(plan) = place.base_plan() {
        return Ok(plan);
    }
    let eligibility = Eligibility::new(dataset);
    let fault = |error: &dyn std::fmt::Display| {
        complain(error);
        Exit::Fault
    };
    let allocation = allocate(&eligibility, options, stop, &mut Unobserved).map_err(|error| {
        complain(&error);
        Exit::Nothing
    })?;
    let causes = shortfalls(&eligibility, &allocation.selection, options.seed, stop)
        .map_err(|error| fault(&error))?;
    if stop.is_set() {
        complain("stopped before the base plan was done");
        return Err(Exit::Stopped);
    }
    let files = report::files(&Run {
        eligibility: &eligibility,
        allocation: &allocation,
        shortfalls: &causes,
        options,
    });
    place.write_base(&files).map_err(|error| refused(&error))?;
    place.base_plan().ok_or(Exit::Fault)
}

/// Solves the cases side by side; each is on the disk as soon as it is done.
fn solve(
    place: &Place,
    base: &Base,
    cases: &[&(&Scenario, Case, String)],
    command: &Whatif,
    stop: &Stop,
) -> Result<(), Exit> {
    let quiet = command.solving.running.quiet;
    let progress = Progress::new(cases.len(), quiet);
    let jobs = command.jobs.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
    let one = |(_, case, file): &(&Scenario, Case, String)| -> Result<(), Exit> {
        if stop.is_set() {
            return Ok(());
        }
        let outcome = whatif::run(base, case, file, stop).map_err(|error| {
            complain(error);
            Exit::Fault
        })?;
        let files = match outcome {
            Outcome::Result(files) => files,
            Outcome::Invalid(problem) => without_plan(Status::Invalid, &problem, file),
            Outcome::NoPlan(problem) => without_plan(Status::NoPlan, &problem, file),
            Outcome::Stopped => return Ok(()),
        };
        let written = place.write_case(&case.id, &files);
        written.map_err(|error| refused(&error))?;
        progress.done(&case.id);
        Ok(())
    };
    let solved = match &pool {
        Ok(pool) => pool.install(|| cases.par_iter().try_for_each(|case| one(case))),
        Err(_) => cases.iter().try_for_each(|case| one(case)),
    };
    if cfg!(all(windows, target_env = "gnu")) {
        // Compiled by MinGW, HiGHS uses what it keeps for a thread after that is freed, when the
        // thread ends: so these end with the program only.
        std::mem::forget(pool);
    }
    progress.finish();
    solved
}

/// How many cases are done, and how long the rest will take.
struct Progress {
    bar: Option<ProgressBar>,
    lines: bool,
    done: AtomicUsize,
    of: usize,
}

impl Progress {
    fn new(of: usize, quiet: bool) -> Self {
        let live = !quiet && is_watched() && of > 0;
        let bar = live.then(|| {
            let bar = ProgressBar::new(of as u64);
            let template = "{bar:30} {pos} of {len} cases, {eta} left  {msg}";
            let style = ProgressStyle::with_template(template);
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.enable_steady_tick(Duration::from_millis(500));
            bar
        });
        Self {
            lines: !quiet && bar.is_none(),
            bar,
            done: AtomicUsize::new(0),
            of,
        }
    }

    fn done(&self, case: &str) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(bar) = &self.bar {
            bar.set_message(case.to_owned());
            bar.inc(1);
        }
        if self.lines {
            eprintln!("case {done} of {}: {case}", self.of);
        }
    }

    fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// `muster merge`.
pub(super) fn merge(command: &Merge) -> Exit {
    let merged = whatif::merge(&command.parts, &command.out, command.writing.force);
    let rows = merged.and_then(|place| place.rows());
    match rows {
        Ok(rows) => {
            say(whatif::text(&rows));
            say(format!("{:<12}{}\n", "Cases", command.out.display()));
            Exit::Done
        }
        Err(error) => refused(&error),
    }
}
