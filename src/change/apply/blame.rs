//! Which change an error of the changed dataset comes from, so that it is named beside it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Diagnostic, Diagnostics, Place, Severity};

use super::super::Sourced;

/// What the changes touched.
#[derive(Debug)]
pub(super) struct Blame {
    /// For each file and each of its lines, the change that touched it last.
    pub touched: BTreeMap<String, Vec<Option<usize>>>,
    /// Ids that are no longer there, and the change that took them away.
    pub gone: Vec<(String, usize)>,
}

impl Blame {
    /// Adds to each error the changes that it comes from.
    pub fn add_to(&self, changes: &[Sourced], diagnostics: &mut Diagnostics) {
        let errors = |one: &&mut Diagnostic| one.severity() == Severity::Error;
        for error in diagnostics.iter_mut().filter(errors) {
            let mut blamed = self.of(error);
            if blamed.is_empty() && changes.len() == 1 {
                blamed.insert(0);
            }
            if blamed.is_empty() {
                // The dataset was sound before: it is the changes together that do it.
                let files: BTreeSet<_> = changes.iter().map(|one| &one.place().file).collect();
                for file in files {
                    let place = Place::file(file);
                    *error = error
                        .clone()
                        .related(place, "the changes of this file make it so");
                }
            }
            for place in blamed
                .iter()
                .filter_map(|by| changes.get(*by))
                .map(Sourced::place)
            {
                *error = error
                    .clone()
                    .related(place.clone(), "this change makes it so");
            }
        }
    }

    fn of(&self, error: &Diagnostic) -> BTreeSet<usize> {
        let related = error.related.iter().map(|related| &related.place);
        let places = error.place.iter().chain(related);
        let touched = places.filter_map(|place| {
            let line = place.line()?.checked_sub(1)?;
            *self.touched.get(&place.file)?.get(line as usize)?
        });
        let gone = self
            .gone
            .iter()
            .filter(|(id, _)| error.cell.as_ref() == Some(id));
        touched.chain(gone.map(|(_, by)| *by)).collect()
    }
}
