//! What a re-planning began with: the published plan, by its hash, and the day of planning; and which
//! case of a what-if it is, by the hash of its changes.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::domain::{Given, Published};
use crate::verify::facts::Facts;
use crate::verify::finding::Finding;

use super::{fault, shown};

pub fn check(facts: &Facts, summary: &Value, copy: Option<&[u8]>) -> Vec<Finding> {
    let mut findings = case(facts, summary);
    findings.extend(replan(facts, summary, copy));
    findings
}

fn case(facts: &Facts, summary: &Value) -> Vec<Finding> {
    let expected = facts.dataset.case.as_ref();
    let said = summary.get("scenario");
    let text = |figure: &str| said.and_then(|said| said.get(figure)?.as_str());
    let is_right = match expected {
        None => said.is_none(),
        Some(case) => text("case") == Some(&case.id) && text("sha256") == Some(&case.sha256),
    };
    if is_right {
        return Vec::new();
    }
    let expected = expected.map_or("nothing", |case| case.sha256.as_str());
    let message = format!("it says {}, and should say '{expected}'", shown(said));
    vec![fault("scenario", message)]
}

fn replan(facts: &Facts, summary: &Value, copy: Option<&[u8]>) -> Vec<Finding> {
    let said = summary.get("replan");
    let Some(published) = &facts.dataset.published else {
        let unexpected = said.map(|_| fault("replan", "no published plan is known"));
        return unexpected.into_iter().collect();
    };
    let Some(said) = said else {
        return vec![fault("replan", "it does not say which plan was published")];
    };
    let hash: String = Sha256::digest(&published.file)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let mut findings = Vec::new();
    for (figure, expected) in [
        ("as_of", published.as_of.to_string()),
        ("as_of_from", published.as_of_given.as_str().to_owned()),
        ("published_from", published.given.as_str().to_owned()),
        ("published_sha256", hash.clone()),
    ] {
        let found = said.get(figure);
        if found.and_then(Value::as_str) != Some(&expected) {
            let message = format!("it says {}, and should say '{expected}'", shown(found));
            findings.push(fault(&format!("replan.{figure}"), message));
        }
    }
    if copy != Some(&published.file) {
        let message = "it is not the plan that was published";
        findings.push(Finding::new("published.csv", message));
    }
    findings.extend(sources(facts, published, &hash));
    findings
}

/// That what is said to be the dataset's is.
fn sources(facts: &Facts, published: &Published, hash: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let dataset = facts.dataset;
    if published.as_of_given == Given::InDataset && dataset.policy.as_of != Some(published.as_of) {
        findings.push(fault("replan.as_of", "it is not the policy's as_of"));
    }
    let own = dataset
        .inputs
        .iter()
        .find(|file| file.name == "published.csv");
    let is_own = own.is_some_and(|file| file.sha256 == hash);
    if published.given == Given::InDataset && !is_own {
        let message = "it is not the dataset's published.csv";
        findings.push(fault("replan.published_from", message));
    }
    findings
}
