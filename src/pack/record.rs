//! `pack.json`: what made a pack, and the pack's line in the ledger.

use serde::Serialize;

use crate::domain::{Dataset, Policy};
use crate::ledger::{self, Hashed, Shown};

use super::{Made, given::Given};

/// The audit's result, as far as it may be told: nothing of the programme.
#[derive(Debug, Serialize)]
struct AuditJson {
    result: &'static str,
    establishments: usize,
    min_candidates: u32,
    max_share: f64,
    given: Vec<GivenJson>,
}

/// A pack given earlier.
#[derive(Debug, Serialize)]
struct GivenJson {
    shortfall: String,
    groups: String,
}

#[derive(Debug, Serialize)]
struct PackJson<'a> {
    marking: &'a str,
    program: &'static str,
    version: &'static str,
    made_for: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    audit: Option<AuditJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    naming_reason: Option<&'a str>,
    inputs: Vec<Hashed>,
    result: &'a [Hashed],
    files: Vec<Hashed>,
    policy: &'a Policy,
}

/// The bytes of `pack.json`, and the pack's line in the ledger.
pub fn record(
    dataset: &Dataset,
    made: &Made,
    given: &[Given],
    result: &[Hashed],
) -> (Vec<u8>, ledger::Pack) {
    let policy = &dataset.policy;
    let inputs: Vec<Hashed> = dataset
        .inputs
        .iter()
        .map(|input| Hashed {
            file: input.name.clone(),
            sha256: input.sha256.clone(),
        })
        .collect();
    let files: Vec<Hashed> = made
        .files
        .iter()
        .map(|(name, bytes)| Hashed {
            file: name.clone(),
            sha256: ledger::sha256(bytes),
        })
        .collect();
    let audit = made.audited.as_ref().map(|audited| AuditJson {
        result: "passed",
        establishments: audited.establishments,
        min_candidates: policy.disclosure.min_candidates,
        max_share: policy.disclosure.max_share,
        given: given
            .iter()
            .map(|given| GivenJson {
                shortfall: given.shortfall.clone(),
                groups: given.groups.clone(),
            })
            .collect(),
    });
    let json = PackJson {
        marking: &policy.marking,
        program: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        made_for: made.addressee.as_str(),
        audit,
        naming_reason: made.naming_reason.as_deref(),
        inputs: inputs.clone(),
        result,
        files: files.clone(),
        policy,
    };
    let mut bytes =
        serde_json::to_vec_pretty(&json).expect("a record holds nothing that JSON can't");
    bytes.push(b'\n');
    let text = |name: &str| {
        let file = made.files.iter().find(|(file, _)| file == name);
        file.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
    };
    let shown = text("moj/shortfall.csv").zip(text("moj/groups.csv"));
    let line = ledger::Pack {
        made_for: made.addressee.as_str().to_owned(),
        marking: policy.marking.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        programme_year: Some(policy.programme_year),
        inputs,
        result: result.to_vec(),
        files,
        shown: shown.map(|(shortfall, groups)| Shown { shortfall, groups }),
        naming_reason: made.naming_reason.clone(),
    };
    (bytes, line)
}
