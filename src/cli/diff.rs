//! `muster diff`: what differs between two results, or two datasets.

use std::path::Path;

use super::Exit;
use super::arguments::{Diff, Format};
use super::output::{complain, say};
use super::reading;
use crate::diagnostics::Diagnostics;
use crate::diff::{self, Kind, Posts, Tables};
use crate::domain::Dataset;
use crate::report::file;

pub(super) fn run(command: &Diff) -> Exit {
    let compared = compare(command);
    compared.unwrap_or_else(|exit| exit)
}

fn compare(command: &Diff) -> Result<Exit, Exit> {
    match (kind(&command.old)?, kind(&command.new)?) {
        (Kind::Result, Kind::Result) => results(command),
        (Kind::Dataset, Kind::Dataset) if command.save.is_some() => {
            complain("--save is for two results: their changes.csv");
            Err(Exit::BadInput)
        }
        (Kind::Dataset, Kind::Dataset) => datasets(command),
        _ => {
            complain("one folder holds a dataset and the other a result: give two of a kind");
            Err(Exit::BadInput)
        }
    }
}

fn kind(folder: &Path) -> Result<Kind, Exit> {
    diff::kind(folder).map_err(|message| {
        complain(format!("{}: {message}", folder.display()));
        Exit::BadInput
    })
}

fn results(command: &Diff) -> Result<Exit, Exit> {
    let (was, now) = (posts(&command.old), posts(&command.new));
    let (was, now) = (was?, now?);
    let changes = diff::posts(&was.held, &now.held);
    let marking = &now.marking;
    if let Some(path) = &command.save {
        let bytes = diff::csv(&changes, marking);
        file::write(path, &bytes, command.writing.force).map_err(|error| {
            complain(format!("{} can't be written: {error}", path.display()));
            Exit::Nothing
        })?;
    }
    match command.format {
        Format::Text => say(diff::posts_text(&changes, marking)),
        Format::Json => say(format!("{:#}\n", diff::posts_json(&changes, marking))),
    }
    Ok(Exit::Done)
}

fn posts(folder: &Path) -> Result<Posts, Exit> {
    let mut diagnostics = Diagnostics::default();
    let posts = diff::held(folder, &mut diagnostics);
    posts.ok_or_else(|| {
        complain(format!("{} can't be compared:", folder.display()));
        diagnostics.sort();
        reading::show(&diagnostics);
        Exit::BadInput
    })
}

fn dataset(folder: &Path) -> Result<(Dataset, Tables), Exit> {
    let dataset = reading::dataset(folder, true);
    dataset.zip(diff::tables(folder)).ok_or(Exit::BadInput)
}

fn datasets(command: &Diff) -> Result<Exit, Exit> {
    let (was, now) = (dataset(&command.old), dataset(&command.new));
    let ((_, was), (now, tables)) = (was?, now?);
    let files = diff::files(&was, &tables);
    let marking = &now.policy.marking;
    match command.format {
        Format::Text => say(diff::files_text(&files, marking)),
        Format::Json => say(format!("{:#}\n", diff::files_json(&files, marking))),
    }
    Ok(Exit::Done)
}
