//! A year with some changes made: by the same means by which `muster apply` makes them.

use super::{Remedy, change_file};
use crate::change::apply::Files;
use crate::change::{apply, read_text};
use crate::diagnostics::Diagnostics;
use crate::domain::Dataset;
use crate::input;

/// The dataset of `files`, which `dataset` was read from, with `set` made; nothing where that is
/// no sound dataset.
pub fn mended<'r>(
    files: &Files,
    dataset: &Dataset,
    set: impl IntoIterator<Item = &'r Remedy>,
) -> Option<Dataset> {
    let file = change_file(dataset, "Remedies", set);
    let mut diagnostics = Diagnostics::default();
    let (_, changes) = read_text("remedies.toml", file.to_toml(), &mut diagnostics)?;
    let changed = apply(files, &changes).ok()?;
    input::read_from(&changed.files).dataset
}
