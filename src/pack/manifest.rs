//! `pack.json`: for whom the pack is, and what made it.

use serde::Serialize;

use super::{Addressee, Sources};
use crate::domain::Policy;
use crate::ledger::Hashed;

#[derive(Serialize)]
struct Manifest<'a> {
    marking: &'a str,
    program: &'static str,
    version: &'static str,
    addressee: &'static str,
    inputs: Vec<Hashed>,
    result: &'a [Hashed],
    /// Only what goes to MoJ is audited.
    audit: Option<()>,
    policy: &'a Policy,
}

pub(super) fn manifest(sources: &Sources, addressee: Addressee) -> Vec<u8> {
    let dataset = sources.eligibility.dataset;
    let manifest = Manifest {
        marking: &dataset.policy.marking,
        program: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        addressee: addressee.as_str(),
        inputs: inputs(sources),
        result: sources.result,
        audit: None,
        policy: &dataset.policy,
    };
    let mut bytes = serde_json::to_vec_pretty(&manifest).expect("nothing that JSON can't hold");
    bytes.push(b'\n');
    bytes
}

/// The dataset's files with their hashes.
pub(super) fn inputs(sources: &Sources) -> Vec<Hashed> {
    let inputs = sources.eligibility.dataset.inputs.iter();
    inputs
        .map(|input| Hashed {
            file: input.name.clone(),
            sha256: input.sha256.clone(),
        })
        .collect()
}
