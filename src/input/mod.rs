//! Files to domain: a folder as the format describes it becomes a
//! [`Dataset`], or a list of everything that is wrong with it.
//!
//! Every file is read once, into types that can't hold a wrong value; every problem of
//! every file is reported in one go. A value that could not be read raises no further
//! problems elsewhere: `cells::Reported` says that it was told already. One file here a
//! file of the dataset; `cross` holds what only several files together can show.

pub(crate) mod availability;
mod bank_holidays;
mod cells;
mod conflicts;
mod cross;
mod establishments;
pub(crate) mod fields;
mod files;
mod history;
mod ids;
pub(crate) mod inspectors;
pub(crate) mod open;
pub(crate) mod pins;
pub(crate) mod policy;
pub(crate) mod programme;
pub(crate) mod published;
pub(crate) mod records;
pub(crate) mod section;
mod sheet;
pub(crate) mod table;
pub(crate) mod text;

use std::path::Path;

// A result's files are read as a dataset's are.
pub(crate) use cells::{Cell, Cells, Reported};
pub(crate) use fields::{choice, date, line_of_text, whole};
pub use files::{Files, Found};
pub(crate) use open::Opener;
pub(crate) use pins::ROLES;
pub(crate) use policy::FILE as POLICY;
pub(crate) use table::Table;
pub(crate) use text::as_meant;

use crate::diagnostics::Diagnostics;
use crate::domain::Dataset;
use crate::format::{
    AVAILABILITY, BANK_HOLIDAYS, CONFLICTS, ESTABLISHMENTS, HISTORY, INSPECTORS, PINS, PROGRAMME,
    PUBLISHED,
};

/// What became of a folder.
#[derive(Debug)]
pub struct Loaded {
    /// The dataset; there if, and only if, there are no errors.
    pub dataset: Option<Dataset>,
    /// Errors and warnings, sorted by place.
    pub diagnostics: Diagnostics,
}

/// The dataset in `folder`.
pub fn read(folder: &Path) -> Loaded {
    read_from(folder)
}

/// The dataset of `files`, wherever they are: a map from names to bytes will do.
pub fn read_from(files: &(impl Files + ?Sized)) -> Loaded {
    let mut diagnostics = Diagnostics::default();
    let dataset = load(files, &mut diagnostics);
    diagnostics.sort();
    Loaded {
        dataset: dataset.filter(|_| !diagnostics.has_errors()),
        diagnostics,
    }
}

fn load(files: &(impl Files + ?Sized), diagnostics: &mut Diagnostics) -> Option<Dataset> {
    let mut opener = Opener::new(files, diagnostics)?;
    let policy_text = opener.policy(policy::FILE, diagnostics);
    let establishments = opener.table(&ESTABLISHMENTS, diagnostics);
    let programme = opener.table(&PROGRAMME, diagnostics);
    let inspectors = opener.table(&INSPECTORS, diagnostics);
    let availability = opener.table(&AVAILABILITY, diagnostics);
    let conflicts = opener.table(&CONFLICTS, diagnostics);
    let pins = opener.table(&PINS, diagnostics);
    let history = opener.table(&HISTORY, diagnostics);
    let published = opener.table(&PUBLISHED, diagnostics);
    let bank_holidays = opener.table(&BANK_HOLIDAYS, diagnostics);

    let policy = policy::read(policy_text, diagnostics);
    let levels = policy.levels();
    let establishments = establishments::read(establishments, levels, diagnostics);
    let inspectors = inspectors::read(inspectors, levels, &establishments, diagnostics);
    let programme = programme::read(programme, &establishments, diagnostics);
    let availability = availability::read(availability, &inspectors, diagnostics);
    let conflicts = conflicts::read(conflicts, &inspectors, &establishments, diagnostics);
    let pins = pins::read(pins, &programme, &inspectors, diagnostics);
    let history = history::read(history, &establishments, &inspectors, diagnostics);
    let bank_holidays = bank_holidays::read(bank_holidays, diagnostics);
    published::warn(published, diagnostics);

    cross::check(
        &cross::Parsed {
            policy: &policy,
            establishments: &establishments,
            programme: &programme,
            inspectors: &inspectors,
            availability: &availability,
            pins: &pins,
            bank_holidays: &bank_holidays,
        },
        diagnostics,
    );
    Some(Dataset {
        policy: policy.policy,
        establishments: establishments.rows,
        programme: programme.rows,
        inspectors: inspectors.rows,
        availability: availability.rows,
        conflicts: conflicts.rows,
        pins: pins.rows,
        history: history.rows,
        bank_holidays: bank_holidays.rows.into_iter().collect(),
        published: None,
        case: None,
        inputs: opener.into_inputs(),
    })
}
