//! A result's folder read back into the run that it was written from, so that it can be asked
//! about, changed and written again.
//!
//! Everything that later commands build on is held against the dataset first: that it is the
//! one the result was made of, that every row says what Muster would have written, that the
//! plan breaks no rule, and that its figures are the plan's. All that is wrong is told in one
//! go. What follows from the plan (days, workloads, dates due, costs) is not read but computed
//! again. (The independent checker is [`crate::verify`]; this shares the planner's own rules.)

mod ids;
mod posts;
mod rules;
mod shortfalls;
mod summary;

use std::path::Path;
use std::sync::Arc;

use crate::allocate::{Allocation, Options, days};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source, codes};
use crate::domain::InputFile;
use crate::eligibility::{Candidate, Eligibility};
use crate::explain::Shortfall;
use crate::format::{ALLOCATIONS, FileFormat, SHORTFALLS};
use crate::input::{Files, Opener, Table};
use crate::model::Selection;
use crate::model::objectives::{Tier, reserves};
use ids::Ids;

/// The files of every result.
const FILES: [&str; 6] = [
    "allocations.csv",
    "shortfalls.csv",
    "workload.csv",
    "days.csv",
    "out-of-scope.csv",
    "summary.json",
];

/// A run as its result tells it: all that [`crate::report::Run`] is made of.
#[derive(Clone, Debug)]
pub struct PastRun {
    /// The plan, its seats, its proof, and the days of all work, placed anew.
    pub allocation: Allocation,
    /// Every empty post with its cause, by inspection and role.
    pub shortfalls: Vec<Shortfall>,
    /// The seed and the gaps that were asked for; what else was asked for is not written down.
    pub options: Options,
}

/// What became of a folder.
#[derive(Debug)]
pub struct Loaded {
    /// The run; there if, and only if, there are no errors.
    pub run: Option<PastRun>,
    /// What is wrong, sorted by place.
    pub diagnostics: Diagnostics,
}

/// The result in `folder`, of the year of `eligibility`.
pub fn read(folder: &Path, eligibility: &Eligibility) -> Loaded {
    read_from(folder, eligibility)
}

/// The same for files that are elsewhere.
pub fn read_from(files: &(impl Files + ?Sized), eligibility: &Eligibility) -> Loaded {
    let mut diagnostics = Diagnostics::default();
    let run = load(files, eligibility, &mut diagnostics);
    diagnostics.sort();
    Loaded {
        run: run.filter(|_| !diagnostics.has_errors()),
        diagnostics,
    }
}

fn load(
    files: &(impl Files + ?Sized),
    eligibility: &Eligibility,
    diagnostics: &mut Diagnostics,
) -> Option<PastRun> {
    let mut opener = open(files, diagnostics)?;
    let summary = text(&mut opener, summary::FILE, diagnostics);
    let allocations = table(&mut opener, &ALLOCATIONS, diagnostics);
    let shortfalls = table(&mut opener, &SHORTFALLS, diagnostics);

    let summary = summary.and_then(|text| {
        let source = Arc::new(Source::new(summary::FILE, text));
        diagnostics.add_source(Arc::clone(&source));
        summary::Summary::read(source, Tier::in_order(eligibility.dataset), diagnostics)
    });
    let inputs: &[InputFile] = &eligibility.dataset.inputs;
    let same_dataset = match &summary {
        Some(summary) => summary.check_inputs(inputs, diagnostics),
        None => false,
    };
    let ids = Ids::of(eligibility.dataset);
    let rows = posts::Reader {
        eligibility,
        ids: &ids,
        same_dataset,
    };
    let posts = allocations.map(|table| rows.read(&table, diagnostics));
    let shortfalls =
        shortfalls.map(|table| shortfalls::read(&table, eligibility, &ids, diagnostics));
    let (summary, posts, shortfalls) = (summary?, posts?, shortfalls?);
    // What another dataset's rules say of the posts would lead astray.
    if !same_dataset {
        return None;
    }
    rules::check(eligibility, &posts, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let seat = |post: &posts::PostRow| {
        let candidate = Candidate {
            engagement: post.engagement,
            person: post.person,
        };
        eligibility.candidates.binary_search(&candidate).ok()
    };
    let selection = Selection::new(posts.rows.iter().filter_map(seat).collect());
    shortfalls::check(&shortfalls, eligibility, &posts, diagnostics);
    summary.check_values(eligibility, &selection, diagnostics);
    Some(PastRun {
        allocation: Allocation {
            plan: selection.plan(eligibility),
            days: days(eligibility, &selection),
            reserves: reserves::named(eligibility, &selection),
            tiers: summary.tiers,
            interrupted: summary.interrupted,
            too_large: false,
            selection,
        },
        shortfalls: shortfalls.rows,
        options: summary.options,
    })
}

/// The folder's files, if any of a result's is there; what is missing is told.
fn open<'a, F: Files + ?Sized>(
    files: &'a F,
    diagnostics: &mut Diagnostics,
) -> Option<Opener<'a, F>> {
    let mut nothing = |message: String| {
        diagnostics.push(
            Diagnostic::nowhere(codes::M0801, message)
                .help("name the dataset's folder first, then the result's"),
        );
    };
    let opener = match Opener::of(files) {
        Ok(opener) => opener,
        Err(message) => {
            nothing(message);
            return None;
        }
    };
    let is_there = |file: &str| opener.names().iter().any(|name| name == file);
    if !FILES.iter().any(|file| is_there(file)) {
        nothing("the folder holds no result: none of its files is there".to_owned());
        return None;
    }
    for file in FILES.iter().filter(|file| !is_there(file)) {
        let message = format!("{file} is missing from the result");
        diagnostics.push(
            Diagnostic::at(codes::M0802, Place::file(file), message)
                .help("copy the whole folder, or allocate again"),
        );
    }
    Some(opener)
}

/// The text of `file`, where it is there and is one; what is wrong with it has been told.
fn text<F: Files + ?Sized>(
    opener: &mut Opener<'_, F>,
    file: &str,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    opener.text(file, diagnostics).ok().flatten()
}

fn table<F: Files + ?Sized>(
    opener: &mut Opener<'_, F>,
    format: &'static FileFormat,
    diagnostics: &mut Diagnostics,
) -> Option<Table> {
    let text = text(opener, format.name, diagnostics)?;
    Table::read(format, text, diagnostics)
}

#[cfg(test)]
mod tests {
    use super::FILES;

    #[test]
    fn every_file_that_is_written_is_looked_for() {
        let written = crate::report::FILES.map(|file| file.name());
        assert_eq!(written, FILES);
    }
}
