//! A dataset or a result read and checked, with what is wrong or odd shown on the standard error.

use std::io::Write as _;
use std::path::Path;

use super::arguments::Folders;
use super::output::is_watched;
use crate::change;
use crate::check;
use crate::diagnostics::{Diagnostics, Severity, render};
use crate::domain::Dataset;
use crate::eligibility::Eligibility;
use crate::input::{self, Loaded};
use crate::replan;
use crate::result::{self, PastRun};
use crate::whatif;

/// The dataset in `folder` with everything that there is to say about it.
pub(super) fn check(folder: &Path) -> Loaded {
    check::read(folder)
}

/// The dataset in `folder`, where it has no errors. Errors are always shown, warnings in one
/// line, and not at all if `quiet`.
pub(super) fn dataset(folder: &Path, quiet: bool) -> Option<Dataset> {
    let Loaded {
        dataset,
        diagnostics,
    } = check::read(folder);
    if dataset.is_none() {
        show(&diagnostics);
    } else if !quiet && !diagnostics.is_empty() {
        let warnings = diagnostics.count(Severity::Warning);
        let (things, them) = if warnings == 1 {
            ("thing is", "it")
        } else {
            ("things are", "them")
        };
        let _ = writeln!(
            std::io::stderr(),
            "{warnings} {things} odd in the dataset; muster check {} shows {them}.",
            folder.display()
        );
    }
    dataset
}

/// The dataset that a result was planned from, where neither it nor the plan that the result
/// replaces has errors.
pub(super) fn year_of(folders: &Folders) -> Option<Dataset> {
    // Its pins are looked at once it is known what is past.
    let (dataset, mut diagnostics) = unpinned(&folders.dataset)?;
    let result = folders.result.as_path();
    let files = change::apply::files(&folders.dataset).unwrap_or_default();
    let case = whatif::of_result(result, &files, dataset, &mut diagnostics);
    let year = case.and_then(|year| replan::of_result(result, year, &mut diagnostics));
    if let Some(year) = &year {
        check::pins(year, &mut diagnostics);
    }
    let year = year.filter(|_| !diagnostics.has_errors());
    if year.is_none() {
        show(&diagnostics);
    }
    year
}

/// The dataset in `folder` where it has no errors but in its pins, and all that there is to say of
/// it; errors are shown.
pub(super) fn unpinned(folder: &Path) -> Option<(Dataset, Diagnostics)> {
    let Loaded {
        dataset,
        diagnostics,
    } = input::read(folder);
    if dataset.is_none() {
        show(&diagnostics);
    }
    Some((dataset?, diagnostics))
}

/// The result in `folder`, of the year of `eligibility`, where nothing is wrong with it; what is
/// wrong is shown.
pub(super) fn result(folder: &Path, eligibility: &Eligibility) -> Option<PastRun> {
    let loaded = result::read(folder, eligibility);
    if loaded.run.is_none() {
        show(&loaded.diagnostics);
    }
    loaded.run
}

/// Draws `diagnostics` on the standard error.
pub(super) fn show(diagnostics: &Diagnostics) {
    let text = render::text(diagnostics, is_watched());
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// `diagnostics` for programs.
pub(super) fn as_json(diagnostics: &Diagnostics) -> String {
    format!("{:#}\n", render::json(diagnostics))
}
