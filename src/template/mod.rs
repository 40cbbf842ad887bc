//! What `muster template` writes: an empty dataset with its headers, a commented
//! `policy.toml`, and a guide that a scheduler can work from.

mod guide;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::format::{FILES, PUBLISHED};

/// Files of a dataset as text: name to contents, by name.
pub type Files = BTreeMap<String, String>;

/// `policy.toml` with every key at its default, explained.
pub const POLICY: &str = include_str!("policy.toml");

/// The name of the guide among the template's files.
pub const GUIDE: &str = "README.txt";

/// The files of an empty dataset. `published.csv` is left out: it is a copy of an earlier
/// result, and only when planning again.
pub fn files() -> Files {
    let mut files: Files = FILES
        .into_iter()
        .filter(|file| file.name != PUBLISHED.name)
        .map(|file| (file.name.to_owned(), file.header()))
        .collect();
    files.insert("policy.toml".to_owned(), POLICY.to_owned());
    files.insert(GUIDE.to_owned(), guide::text());
    files
}
