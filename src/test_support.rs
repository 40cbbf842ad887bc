//! Years for the tests.

use std::collections::BTreeMap;

use crate::check;
use crate::demo::{Spec, generate};
use crate::domain::Dataset;

/// The year that `spec` asks for, as it is read; nothing where that is not sound.
pub fn read(spec: &Spec) -> Option<Dataset> {
    let files = generate(spec).into_iter();
    let files: BTreeMap<String, Vec<u8>> = files
        .map(|(name, text)| (name.to_owned(), text.into()))
        .collect();
    check::read_from(&files).dataset
}

/// The same of one that is sound.
pub fn year(spec: &Spec) -> Dataset {
    read(spec).expect("a valid year")
}
