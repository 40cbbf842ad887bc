//! What-ifs: change files that may extend one another and be swept over values or random draws.
//!
//! A scenario is a file; a case is one dataset that comes of it. A scenario without a sweep has one
//! case. What a case changes depends on the file, the dataset and the sweep's seed alone.

mod draws;
mod read;
mod sweep;

use crate::change::{ChangeFile, Sourced};
use crate::diagnostics::Diagnostics;
use crate::domain::Dataset;

pub use read::read;
pub use sweep::{Draw, Sweep};

/// A what-if as its file says it.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The file's name, without its ending.
    pub name: String,
    /// What it is, in a few words.
    pub title: String,
    /// What it asks, in a sentence.
    pub question: Option<String>,
    /// What is swept; nothing: one case.
    pub sweep: Option<Sweep>,
    /// What messages call the file.
    source: String,
    /// The file's text.
    text: String,
    /// The changes of what it extends.
    extended: Vec<Sourced>,
    /// Its own changes, where there is no grid.
    changes: Vec<Sourced>,
}

/// One dataset that comes of a scenario.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name: the scenario's, and of a sweep its number.
    pub id: String,
    /// The scenario's name.
    pub scenario: String,
    /// The scenario's title.
    pub title: String,
    /// Each swept value by its name; of a draw, its number.
    pub values: Vec<(String, String)>,
    /// All its changes, in the order in which they are made.
    pub changes: Vec<Sourced>,
}

impl Case {
    /// The changes as a file of their own, that extends nothing and sweeps nothing.
    pub fn file(&self, scenario: &Scenario) -> ChangeFile {
        ChangeFile {
            title: scenario.title.clone(),
            question: scenario.question.clone(),
            changes: self.changes.iter().map(|one| one.entry.clone()).collect(),
        }
    }
}

impl Scenario {
    /// Its cases for `dataset`, in order; nothing where one can't be made, which is told.
    pub fn cases(&self, dataset: &Dataset, diagnostics: &mut Diagnostics) -> Option<Vec<Case>> {
        let case = |number: Option<usize>, values, own: Vec<Sourced>| Case {
            id: match number {
                Some(number) => format!("{}-{number:04}", self.name),
                None => self.name.clone(),
            },
            scenario: self.name.clone(),
            title: self.title.clone(),
            values,
            changes: self.extended.iter().cloned().chain(own).collect(),
        };
        match &self.sweep {
            None => Some(vec![case(None, Vec::new(), self.changes.clone())]),
            Some(Sweep::Grid(names)) => {
                let mut cases = Vec::new();
                for (at, values) in sweep::points(names).into_iter().enumerate() {
                    let part = sweep::read_point(&self.source, &self.text, &values, diagnostics)?;
                    let shown = |(name, value): (String, String)| {
                        (name, value.trim_matches(['"', '\'']).to_owned())
                    };
                    let values = values.into_iter().map(shown).collect();
                    cases.push(case(Some(at + 1), values, part.changes));
                }
                Some(cases)
            }
            Some(Sweep::Draws { count, seed, draws }) => {
                let own = self.extended.iter().chain(&self.changes);
                let own: Vec<_> = own.map(|one| &one.entry.change).collect();
                draws::check(dataset, draws, &self.source, diagnostics)?;
                let cases = (1..=*count).map(|number| {
                    let drawn = draws::changes(dataset, &own, draws, *seed, number);
                    let drawn = drawn.into_iter();
                    let drawn = drawn.map(|one| Sourced::of(one.into(), &self.source));
                    let values = vec![("draw".to_owned(), number.to_string())];
                    let own = self.changes.iter().cloned().chain(drawn).collect();
                    case(Some(number as usize), values, own)
                });
                Some(cases.collect())
            }
        }
    }
}
