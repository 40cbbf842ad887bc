//! `whatif.json`: what a folder of cases is made of. Two runs with the same one end with the same
//! bytes.

use serde::{Deserialize, Serialize};

use crate::allocate::Options;
use crate::domain::{Dataset, InputFile};
use crate::ledger::sha256;
use crate::scenario::{Case, Scenario};

/// What is run.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Manifest {
    /// What every file is marked with.
    pub marking: String,
    program: String,
    version: String,
    seed: u32,
    stop_after: String,
    gaps: std::collections::BTreeMap<String, String>,
    inputs: Vec<Input>,
    /// Every case, in order.
    pub cases: Vec<Listed>,
    /// The dataset's, whole: how long the folder is kept stands in it.
    policy: serde_json::Value,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
struct Input {
    file: String,
    sha256: String,
}

/// A case, and the hash of its changes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Listed {
    /// Its name.
    pub id: String,
    /// Its scenario's name.
    pub scenario: String,
    /// Its scenario's title.
    pub title: String,
    /// The swept values, by name.
    pub values: Vec<(String, String)>,
    /// Whether the values are those of a grid, and not of a draw.
    pub is_grid: bool,
    sha256: String,
}

impl Listed {
    /// Whether `file` holds the case's changes.
    pub(super) fn is_made_by(&self, file: &[u8]) -> bool {
        sha256(file) == self.sha256
    }
}

impl Manifest {
    /// That of `cases`, each with its changes as a file.
    pub fn new(
        dataset: &Dataset,
        options: &Options,
        stop_after: &str,
        cases: &[(&Scenario, Case, String)],
    ) -> Self {
        let inputs = dataset.inputs.iter();
        let gaps = options.gaps.iter();
        Self {
            marking: dataset.policy.marking.clone(),
            program: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            seed: options.seed,
            stop_after: stop_after.to_owned(),
            gaps: gaps
                .map(|(tier, gap)| (tier.name().to_owned(), gap.to_string()))
                .collect(),
            inputs: inputs
                .map(|InputFile { name, sha256 }| Input {
                    file: name.clone(),
                    sha256: sha256.clone(),
                })
                .collect(),
            cases: cases
                .iter()
                .map(|(scenario, case, file)| Listed {
                    id: case.id.clone(),
                    scenario: case.scenario.clone(),
                    title: case.title.clone(),
                    values: case.values.clone(),
                    is_grid: matches!(scenario.sweep, Some(crate::scenario::Sweep::Grid(_))),
                    sha256: sha256(file.as_bytes()),
                })
                .collect(),
            policy: serde_json::to_value(&dataset.policy).unwrap_or_default(),
        }
    }

    /// As its file has it.
    pub fn to_json(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("nothing that JSON can't hold");
        bytes.push(b'\n');
        bytes
    }
}
