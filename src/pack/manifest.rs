//! `pack.json`: for whom the pack is and what made it; and the pack's line in the ledger.

use serde::Serialize;

use super::{Addressee, Given, Made, Sources};
use crate::domain::{
    DisclosurePolicy, FeePolicy, LeadPolicy, LedgerPolicy, Policy, RetentionPolicy, TeamPolicy,
};
use crate::ledger::{self, Hashed, Shown, sha256};

#[derive(Serialize)]
struct Manifest<'a> {
    marking: &'a str,
    program: &'static str,
    version: &'static str,
    addressee: &'static str,
    inputs: Vec<Hashed>,
    result: &'a [Hashed],
    files: Vec<Hashed>,
    /// Only what goes to MoJ is audited.
    audit: Option<Audit<'a>>,
    naming_reason: Option<&'a str>,
    policy: Told<'a>,
}

/// As much of the policy as the addressee may see.
#[derive(Serialize)]
#[serde(untagged)]
enum Told<'a> {
    Whole(&'a Policy),
    /// For MoJ what its figures are made with, what a purge asks for, and no date.
    Figures {
        programme_year: i32,
        disclosure: &'a DisclosurePolicy,
        fees: &'a FeePolicy,
        lead: &'a LeadPolicy,
        team: &'a TeamPolicy,
        retention: &'a RetentionPolicy,
        ledger: &'a LedgerPolicy,
    },
}

impl<'a> Told<'a> {
    fn of(policy: &'a Policy, addressee: Addressee) -> Self {
        match addressee {
            Addressee::Hmip | Addressee::Confirmation | Addressee::Changes => Self::Whole(policy),
            Addressee::Moj => Self::Figures {
                programme_year: policy.programme_year,
                disclosure: &policy.disclosure,
                fees: &policy.fees,
                lead: &policy.lead,
                team: &policy.team,
                retention: &policy.retention,
                ledger: &policy.ledger,
            },
        }
    }
}

/// The audit's result, as far as it may be told: nothing of the programme.
#[derive(Serialize)]
struct Audit<'a> {
    result: &'static str,
    establishments: usize,
    min_candidates: u32,
    max_share: f64,
    /// The hashes of what it was held against.
    given: Vec<Earlier<'a>>,
}

/// A pack given earlier.
#[derive(Serialize)]
struct Earlier<'a> {
    shortfall: &'a str,
    groups: &'a str,
}

pub(super) fn manifest(sources: &Sources, made: &Made, given: &[Given]) -> Vec<u8> {
    let policy = &sources.eligibility.dataset.policy;
    let earlier = given.iter().map(|given| Earlier {
        shortfall: &given.shortfall,
        groups: &given.groups,
    });
    let manifest = Manifest {
        marking: &policy.marking,
        program: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        addressee: made.addressee.as_str(),
        inputs: inputs(sources),
        result: sources.result,
        files: hashed(&made.files),
        audit: made.audited.as_ref().map(|audited| Audit {
            result: "passed",
            establishments: audited.establishments,
            min_candidates: policy.disclosure.min_candidates,
            max_share: policy.disclosure.max_share,
            given: earlier.collect(),
        }),
        naming_reason: made.naming_reason.as_deref(),
        policy: Told::of(policy, made.addressee),
    };
    let mut bytes = serde_json::to_vec_pretty(&manifest).expect("nothing that JSON can't hold");
    bytes.push(b'\n');
    bytes
}

/// The line in the ledger for `made`: what is in a MoJ pack's tables stands in it whole, for
/// later audits.
pub fn record(sources: &Sources, made: &Made) -> ledger::Pack {
    let policy = &sources.eligibility.dataset.policy;
    let text = |name: &str| {
        let file = made.files.iter().find(|(file, _)| file == name);
        file.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
    };
    let shown = text("moj/shortfall.csv").zip(text("moj/groups.csv"));
    ledger::Pack {
        made_for: made.addressee.as_str().to_owned(),
        marking: policy.marking.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        programme_year: policy.programme_year,
        inputs: inputs(sources),
        result: sources.result.to_vec(),
        files: hashed(&made.files),
        shown: shown.map(|(shortfall, groups)| Shown { shortfall, groups }),
        naming_reason: made.naming_reason.clone(),
    }
}

/// The dataset's files with their hashes.
fn inputs(sources: &Sources) -> Vec<Hashed> {
    let inputs = sources.eligibility.dataset.inputs.iter();
    inputs
        .map(|input| Hashed {
            file: input.name.clone(),
            sha256: input.sha256.clone(),
        })
        .collect()
}

fn hashed(files: &[(String, Vec<u8>)]) -> Vec<Hashed> {
    let files = files.iter().map(|(name, bytes)| Hashed {
        file: name.clone(),
        sha256: sha256(bytes),
    });
    files.collect()
}
