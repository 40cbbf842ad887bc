//! Everything that is wrong or odd in a dataset: what its files show by themselves, and what
//! only eligibility shows, pins that break a hard rule.

mod pins;
pub(crate) mod words;

use std::path::Path;

use crate::domain::Dataset;
use crate::input::{self, Files, Loaded};

/// Reads and checks the dataset in `folder`.
pub fn read(folder: &Path) -> Loaded {
    let _span = tracing::info_span!("reading").entered();
    finish(input::read(folder))
}

/// The same for files that are elsewhere.
pub fn read_from(files: &(impl Files + ?Sized)) -> Loaded {
    finish(input::read_from(files))
}

/// Checks the pins of a dataset whose published plan is known, adding to what `diagnostics`, those of
/// its reading, hold: a pin on what is over is no question any more.
pub fn pins(dataset: &Dataset, diagnostics: &mut crate::diagnostics::Diagnostics) {
    pins::check(dataset, diagnostics);
    diagnostics.sort();
}

fn finish(loaded: Loaded) -> Loaded {
    let Loaded {
        dataset,
        mut diagnostics,
    } = loaded;
    let checked = |dataset: &Dataset| pins::check(dataset, &mut diagnostics);
    dataset.as_ref().into_iter().for_each(checked);
    diagnostics.sort();
    Loaded {
        dataset: dataset.filter(|_| !diagnostics.has_errors()),
        diagnostics,
    }
}
