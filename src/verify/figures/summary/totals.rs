//! Counts and cost.

use serde_json::Value;

use crate::domain::{Pence, Role};
use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::{Posts, Week};

use super::{fault, shown};

pub fn check(facts: &Facts, posts: &Posts, summary: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, expected) in counts(facts, posts) {
        let said = summary.get("counts").and_then(|counts| counts.get(name));
        if said.and_then(Value::as_i64) != Some(expected) {
            let message = format!("it says {}, and should say {expected}", shown(said));
            findings.push(fault(&format!("counts.{name}"), message));
        }
    }
    let cost: Pence = posts.held.iter().map(|post| facts.cost(post)).sum();
    let said = summary.get("cost");
    let agrees = |said: f64| (said - cost.pounds()).abs() <= 1e-6;
    if !said.and_then(Value::as_f64).is_some_and(agrees) {
        let message = format!(
            "it says {}, and should say {:.2}",
            shown(said),
            cost.pounds()
        );
        findings.push(fault("cost", message));
    }
    findings
}

fn counts(facts: &Facts, posts: &Posts) -> [(&'static str, i64); 8] {
    let in_scope = facts.in_scope().count() as i64;
    let attended: Vec<_> = facts.in_scope().filter_map(|ix| posts.lead(ix)).collect();
    let moved = attended
        .iter()
        .filter(|lead| lead.week() == Week::Different)
        .count();
    let asked: i64 = facts.in_scope().map(|ix| facts.team_required(ix)).sum();
    let filled: i64 = facts
        .in_scope()
        .map(|ix| posts.count(ix, Role::Lead) + posts.count(ix, Role::Team))
        .sum();
    let provisional = facts.in_scope().filter(|ix| facts.is_provisional(*ix));
    [
        ("in_scope", in_scope),
        ("attended", attended.len() as i64),
        ("posts", asked),
        ("posts_filled", filled),
        ("posts_empty", asked - filled),
        ("moved", moved as i64),
        (
            "out_of_scope",
            facts.dataset.programme.len() as i64 - in_scope,
        ),
        ("provisional", provisional.count() as i64),
    ]
}
