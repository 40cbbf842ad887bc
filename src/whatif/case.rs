//! One case: the dataset with its changes, planned from the base plan.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::allocate::{AllocateError, Allocation, Options, Unobserved, allocate};
use crate::change::{self, Changed, Sourced, apply};
use crate::check;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes, render};
use crate::domain::{CaseOf, Dataset, Given};
use crate::eligibility::Eligibility;
use crate::explain::{CauseError, Shortfall, shortfalls};
use crate::format::PUBLISHED;
use crate::input::published::{self, Asked};
use crate::input::{Files, Found};
use crate::ledger::sha256;
use crate::replan;
use crate::report::Run;
use crate::scenario::Case;
use crate::solve::{SolveError, Stop};

/// The changes of a case, beside its result.
pub const SCENARIO: &str = "scenario.toml";

/// What every case begins with.
pub struct Base<'a> {
    /// The dataset's files.
    pub files: &'a change::apply::Files,
    /// The base plan: its `allocations.csv`.
    pub plan: &'a [u8],
    /// What every file is marked with.
    pub marking: &'a str,
    /// How a case is solved.
    pub options: &'a Options,
}

/// Why nothing can be said of a case.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// HiGHS failed.
    #[error(transparent)]
    Solver(#[from] SolveError),
    /// The causes could not be found.
    #[error(transparent)]
    Cause(#[from] CauseError),
}

/// What came of a case.
pub enum Outcome {
    /// The files of its result.
    Result(Vec<(String, Vec<u8>)>),
    /// Its changes can't be made, or make no sound dataset: what is wrong, in words.
    Invalid(String),
    /// No plan keeps its pins.
    NoPlan(String),
    /// It was stopped before it was done.
    Stopped,
}

/// Solves `case`, whose changes are `file` as a file of their own.
///
/// # Errors
/// If HiGHS fails.
pub fn run(base: &Base, case: &Case, file: &str, stop: &Stop) -> Result<Outcome, CaseError> {
    let dataset = match dataset(base, case, file) {
        Ok(dataset) => dataset,
        Err(problem) => return Ok(Outcome::Invalid(problem)),
    };
    let eligibility = Eligibility::new(&dataset);
    let allocation = match allocate(&eligibility, base.options, stop, &mut Unobserved) {
        Ok(allocation) => allocation,
        Err(AllocateError::Solver(error)) => return Err(error.into()),
        Err(AllocateError::Stopped) => return Ok(Outcome::Stopped),
        Err(error) => return Ok(Outcome::NoPlan(error.to_string())),
    };
    let causes = shortfalls(&eligibility, &allocation.selection, base.options.seed, stop)?;
    if stop.is_set() {
        return Ok(Outcome::Stopped);
    }
    let mut files = written(&eligibility, &allocation, &causes, base.options);
    files.push((SCENARIO.to_owned(), file.as_bytes().to_vec()));
    Ok(Outcome::Result(files))
}

fn written(
    eligibility: &Eligibility,
    allocation: &Allocation,
    shortfalls: &[Shortfall],
    options: &Options,
) -> Vec<(String, Vec<u8>)> {
    replan::files(&Run {
        eligibility,
        allocation,
        shortfalls,
        options,
    })
}

/// The dataset of a case; what is wrong, in words, where there is none.
fn dataset(base: &Base, case: &Case, file: &str) -> Result<Dataset, String> {
    let mut dataset = changed(base.files, &case.changes).map_err(|mut diagnostics| {
        diagnostics.sort();
        render::text(&diagnostics, false)
    })?;
    if dataset.policy.marking != base.marking {
        // Its figures would stand in a table with another one.
        return Err("error: a scenario can't change the marking".to_owned());
    }
    dataset.case = Some(CaseOf {
        id: case.id.clone(),
        sha256: sha256(file.as_bytes()),
    });
    let plan = BTreeMap::from([(PUBLISHED.name.to_owned(), base.plan.to_vec())]);
    let asked = Asked {
        as_of: NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or(NaiveDate::MIN),
        as_of_given: Given::InBase,
        given: Given::InBase,
    };
    let mut diagnostics = Diagnostics::default();
    let published = published::read(&plan, &PUBLISHED, &dataset, asked, &mut diagnostics);
    dataset.published = Some(published.ok_or_else(|| render::text(&diagnostics, false))?);
    Ok(dataset)
}

/// The files with `changes` made, as a checked dataset.
fn changed(files: &change::apply::Files, changes: &[Sourced]) -> Result<Dataset, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let changed: Changed = match apply(files, changes) {
        Ok(changed) => changed,
        Err(problems) => {
            problems.into_iter().for_each(|one| diagnostics.push(one));
            return Err(diagnostics);
        }
    };
    let mut loaded = check::read_from(&changed.files);
    loaded.dataset.ok_or_else(|| {
        changed.blame(changes, &mut loaded.diagnostics);
        loaded.diagnostics
    })
}

/// The dataset that the case whose result is in `result` was planned from, made of the dataset in
/// `files`; the dataset itself, where the result is none of a case.
///
/// Nothing where the case's changes are not what its summary says, or can't be made, which is told.
pub fn of_result(
    result: &(impl Files + ?Sized),
    files: &change::apply::Files,
    dataset: Dataset,
    diagnostics: &mut Diagnostics,
) -> Option<Dataset> {
    #[derive(serde::Deserialize)]
    struct Summary {
        scenario: Option<Said>,
    }
    #[derive(serde::Deserialize)]
    struct Said {
        case: String,
        sha256: String,
    }
    let Found::Bytes(bytes) = result.find("summary.json") else {
        return Some(dataset);
    };
    let summary = serde_json::from_slice(&bytes).ok();
    let Some(Summary {
        scenario: Some(said),
    }) = summary
    else {
        return Some(dataset);
    };
    let other = |message: &str, diagnostics: &mut Diagnostics| {
        let report = Diagnostic::at(codes::M0808, Place::file(SCENARIO), message);
        diagnostics.push(report.help("undo the edit, or run the case again"));
        None
    };
    let Found::Bytes(text) = result.find(SCENARIO) else {
        return other("the changes of the case are missing", diagnostics);
    };
    if sha256(&text) != said.sha256 {
        let message = "these are not the changes that summary.json says the case has";
        return other(message, diagnostics);
    }
    let text = String::from_utf8_lossy(&text).into_owned();
    let part = change::read_text(SCENARIO, text, diagnostics)?;
    match changed(files, &part.changes) {
        Ok(mut dataset) => {
            dataset.case = Some(CaseOf {
                id: said.case,
                sha256: said.sha256,
            });
            Some(dataset)
        }
        Err(_) => other("its changes can't be made in this dataset", diagnostics),
    }
}
