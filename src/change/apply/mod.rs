//! Changes made in the files of a dataset: in memory, in their order, every byte left alone
//! that they say nothing of.

mod blame;
mod days;
mod desk;
mod people;
mod policy;
mod programme;
mod settled;
mod sheet;
mod text;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::{Change, Sourced};
use crate::diagnostics::Diagnostic;
use blame::Blame;
use desk::Desk;

/// Files of a dataset by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The names of the files that belong to a dataset: what else lies in its folder is not Muster's.
pub fn names() -> Vec<&'static str> {
    let tables = crate::format::FILES.iter().map(|file| file.name);
    tables.chain([crate::input::policy::FILE]).collect()
}

/// The files of the dataset in `folder`.
///
/// # Errors
/// If one that is there can't be read; its name comes with the reason.
pub fn files(folder: &Path) -> Result<Files, (String, io::Error)> {
    let mut files = Files::new();
    for name in names() {
        match fs::read(folder.join(name)) {
            Ok(bytes) => {
                files.insert(name.to_owned(), bytes);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err((name.to_owned(), error)),
        }
    }
    Ok(files)
}

/// A dataset's files after the changes.
#[derive(Debug)]
pub struct Changed {
    /// Every file; those that no change touches are as they were.
    pub files: Files,
    blame: Blame,
}

impl Changed {
    /// Adds to every error among `diagnostics`, which are those of the changed files, which of
    /// `changes` it comes from.
    pub fn blame(&self, changes: &[Sourced], diagnostics: &mut crate::diagnostics::Diagnostics) {
        self.blame.add_to(changes, diagnostics);
    }
}

/// Makes `changes` in `files`, which are those of a sound dataset.
///
/// # Errors
/// Everything that keeps a change from being made, each where the change stands.
pub fn apply(files: &Files, changes: &[Sourced]) -> Result<Changed, Vec<Diagnostic>> {
    let mut desk = Desk::new(files);
    for (position, sourced) in changes.iter().enumerate() {
        desk.begin(position, sourced);
        // What keeps it from being made has been reported; the others are looked at all the same.
        let _ = make(&mut desk, &sourced.entry.change);
    }
    desk.finish()
}

/// A marker: a change could not be made, and why has been reported.
#[derive(Clone, Copy, Debug)]
struct Refused;

/// What became of one change.
type Made<T = ()> = Result<T, Refused>;

fn make(desk: &mut Desk<'_>, change: &Change) -> Made {
    match change {
        Change::Clearance { who, level, until } => {
            people::clearance(desk, who, level.as_deref(), *until)
        }
        Change::Dbs { who, until } => people::set(desk, who, "dbs_expires", &until.to_string()),
        Change::Training { who, until } => {
            people::set(desk, who, "custody_training_until", &until.to_string())
        }
        Change::LeadTraining { who, trained } => {
            let word = if *trained { "yes" } else { "no" };
            people::set(desk, who, "lead_trained", word)
        }
        Change::Days { who, days } => people::days(desk, who, *days),
        Change::Offer { who, span } => days::add(desk, who, days::OFFERED, *span),
        Change::Away { who, span } => days::add(desk, who, days::UNAVAILABLE, *span),
        Change::WithdrawOffer { who, span } => days::clear(desk, who, days::OFFERED, *span),
        Change::DropLeave { who, span } => days::clear(desk, who, days::UNAVAILABLE, *span),
        Change::MoveLeave {
            inspector,
            span,
            to,
        } => days::move_leave(desk, inspector, *span, *to),
        Change::AddInspectors(new) => people::add(desk, new),
        Change::RemoveInspector { who } => people::remove(desk, who),
        Change::SiteCapacity {
            establishment,
            capacity,
        } => programme::capacity(desk, establishment, *capacity),
        Change::SiteClearance {
            establishment,
            level,
        } => programme::site_clearance(desk, establishment, level),
        Change::DifferentWeek { inspection, answer } => {
            programme::different_week(desk, inspection, *answer)
        }
        Change::Attend { inspection, span } => programme::attend(desk, inspection, *span),
        Change::MoveInspection { inspection, to } => programme::moved(desk, inspection, to),
        Change::AddInspection(new) => programme::add(desk, new),
        Change::Status { inspection, status } => programme::status(desk, inspection, *status),
        Change::Team {
            inspection,
            of,
            people,
        } => programme::team(desk, inspection, *of, *people),
        Change::Pin {
            inspection,
            inspector,
            role,
        } => settled::add(desk, inspection, inspector, Some(*role), "pin"),
        Change::Forbid {
            inspection,
            inspector,
            role,
        } => settled::add(desk, inspection, inspector, *role, "forbid"),
        Change::Unpin {
            inspection,
            inspector,
        } => settled::remove(desk, inspection, inspector),
        Change::Policy(key) => policy::set(desk, key),
    }
}
