//! What would mend the year, as MoJ may be told of it: totals of the year by kind, from what
//! `muster remedies --report` wrote of it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::{Dataset, RemedyKind};
use crate::ledger::Hashed;
use crate::remedies::in_words;

/// Sets of changes: with 0, 1, 2, … of them, and the cheapest after which nothing is short.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Mend {
    inputs: Vec<Hashed>,
    frontier: Vec<Set>,
    whole: Option<Set>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Set {
    changes: Vec<Kind>,
    leads: u32,
    team: u32,
    price: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Kind {
    kind: String,
}

/// A set of changes as it is told.
pub(super) struct Told {
    /// '2 clearances renewed or raised, 1 place on a site'; empty with no change.
    pub(super) changes: String,
    /// Posts that are empty after it.
    pub(super) posts: u32,
    /// Its price.
    pub(super) price: f64,
}

impl Mend {
    /// Reads what the command wrote about `dataset`.
    ///
    /// # Errors
    /// If it is something else, or about other files.
    pub fn read(text: &str, dataset: &Dataset) -> Result<Self, String> {
        let mend: Self = serde_json::from_str(text)
            .map_err(|error| format!("not what muster remedies --report writes: {error}"))?;
        let kinds = mend
            .frontier
            .iter()
            .chain(&mend.whole)
            .flat_map(|set| &set.changes);
        if let Some(unknown) = kinds
            .map(|one| &one.kind)
            .find(|kind| known(kind).is_none())
        {
            return Err(format!("there is no kind of change {unknown}"));
        }
        let held = |input: &crate::domain::InputFile| {
            let mut inputs = mend.inputs.iter();
            inputs.any(|other| other.file == input.name && other.sha256 == input.sha256)
        };
        if mend.inputs.len() != dataset.inputs.len() || !dataset.inputs.iter().all(held) {
            return Err("it is about other files than this dataset's".to_owned());
        }
        Ok(mend)
    }

    /// The frontier, from no change on.
    pub(super) fn frontier(&self) -> impl Iterator<Item = Told> + '_ {
        self.frontier.iter().map(Set::told)
    }

    /// The cheapest whole mend.
    pub(super) fn whole(&self) -> Option<Told> {
        self.whole.as_ref().map(Set::told)
    }
}

impl Set {
    fn told(&self) -> Told {
        let mut counts: BTreeMap<RemedyKind, u32> = BTreeMap::new();
        for kind in self.changes.iter().filter_map(|change| known(&change.kind)) {
            *counts.entry(kind).or_default() += 1;
        }
        let parts: Vec<_> = counts
            .into_iter()
            .map(|(kind, count)| in_words(kind, count))
            .collect();
        Told {
            changes: parts.join(", "),
            posts: self.leads + self.team,
            price: self.price,
        }
    }
}

fn known(name: &str) -> Option<RemedyKind> {
    RemedyKind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == name)
}
