//! `summary.json`: the tiers' status, counts, cost, and what made the result.

mod made_by;
pub mod replan;
mod tiers;
mod totals;

use serde_json::Value;

use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;
use crate::verify::tiers::t5_reserves::Named;

/// What is wrong with a summary.
pub fn check(facts: &Facts, posts: &Posts, named: &Named, summary: &Value) -> Vec<Finding> {
    let mut findings = tiers::check(facts, posts, named, summary);
    findings.extend(totals::check(facts, posts, summary));
    findings.extend(made_by::check(facts, summary));
    findings
}

/// A fault of one of the summary's figures.
fn fault(figure: &str, message: impl Into<String>) -> Finding {
    Finding::new(format!("summary.json {figure}"), message)
}

/// A value as it is shown: nothing where there is none.
fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), Value::to_string)
}
