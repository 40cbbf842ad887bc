//! `muster apply`: a dataset with the changes of change files made in it.

use std::collections::BTreeSet;
use std::path::Path;

use super::Exit;
use super::arguments::Apply;
use super::output::{complain, say};
use super::reading;
use crate::change::{self, ChangeFile, MADE, Sourced, made};
use crate::check;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::domain::Dataset;
use crate::report::folder;
use crate::scenario;

pub(super) fn run(command: &Apply) -> Exit {
    let canonical = std::fs::canonicalize;
    if let (Ok(dataset), Ok(out)) = (canonical(&command.dataset), canonical(&command.out))
        && dataset == out
    {
        complain("--out is the dataset itself; choose another folder, and look at it first");
        return Exit::BadInput;
    }
    let mut ours = change::apply::names();
    ours.push(MADE);
    let claim = match folder::claim(&command.out, &ours, command.writing.force) {
        Ok(claim) => claim,
        Err(error) => {
            complain(error);
            return Exit::Nothing;
        }
    };
    let Some(dataset) = reading::dataset(&command.dataset, true) else {
        return Exit::BadInput;
    };
    let files = match change::apply::files(&command.dataset) {
        Ok(files) => files,
        Err((name, error)) => {
            complain(format!("{name} can't be read: {error}"));
            return Exit::BadInput;
        }
    };
    let mut diagnostics = Diagnostics::default();
    let (mut by, mut changes) = (Vec::new(), Vec::new());
    for path in &command.files {
        if let Some((file, sourced)) = only_case(path, &dataset, &mut diagnostics) {
            by.push(file);
            changes.extend(sourced);
        }
    }
    if diagnostics.has_errors() {
        return wrong(diagnostics);
    }
    let changed = match change::apply(&files, &changes) {
        Ok(changed) => changed,
        Err(problems) => {
            problems.into_iter().for_each(|one| diagnostics.push(one));
            return wrong(diagnostics);
        }
    };
    let mut loaded = check::read_from(&changed.files);
    let Some(after) = loaded.dataset else {
        loaded.diagnostics.add_sources_of(&diagnostics);
        changed.blame(&changes, &mut loaded.diagnostics);
        return wrong(loaded.diagnostics);
    };
    let touched: BTreeSet<_> = changed
        .files
        .iter()
        .filter(|(name, bytes)| files.get(*name) != Some(bytes))
        .map(|(name, _)| name.as_str())
        .collect();
    let report = format!(
        "The changed dataset is in {}: {}, {}.\n",
        command.out.display(),
        counted(changes.len(), "change"),
        match touched.len() {
            0 => "no file is other than before".to_owned(),
            _ => format!("in {}", Vec::from_iter(touched).join(", ")),
        }
    );
    let record = made(&after.policy, &dataset.inputs, &by, &changed.files);
    let mut files: Vec<_> = changed.files.into_iter().collect();
    files.push((MADE.to_owned(), record));
    match claim.write(&files) {
        Ok(()) => {
            say(report);
            Exit::Done
        }
        Err(error) => {
            complain(error);
            Exit::Nothing
        }
    }
}

/// The changes of the file at `path`, which may extend others but not be swept.
fn only_case(
    path: &Path,
    dataset: &Dataset,
    diagnostics: &mut Diagnostics,
) -> Option<(ChangeFile, Vec<Sourced>)> {
    let scenario = scenario::read(path, diagnostics)?;
    if scenario.sweep.is_some() {
        let name = path.display().to_string();
        let message = format!("{name} is a sweep, and so many datasets");
        let report = Diagnostic::at(codes::M0912, Place::file(&name), message);
        diagnostics.push(report.help("run its cases with muster whatif"));
        return None;
    }
    let case = scenario.cases(dataset, diagnostics)?.pop()?;
    Some((case.file(&scenario), case.changes))
}

fn wrong(mut diagnostics: Diagnostics) -> Exit {
    diagnostics.sort();
    reading::show(&diagnostics);
    Exit::BadInput
}

fn counted(count: usize, word: &str) -> String {
    match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    }
}
