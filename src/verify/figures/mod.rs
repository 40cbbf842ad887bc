//! Every figure of a result's files, one file of the result a file here; all but cause,
//! explanation, bounds and seconds, which are the planner's own.

mod allocations;
mod changes;
mod days;
mod out_of_scope;
mod reserves;
mod shortfalls;
mod summary;
mod workload;

use super::facts::Facts;
use super::finding::Finding;
use super::posts::{PostRow, Posts};
use super::result::{ResultFiles, Table};
use super::tiers::t5_reserves::Named;

pub use allocations::rows;

/// What is wrong with the figures of `files`, given the posts that its allocations say.
pub fn check(
    facts: &Facts,
    posts: &Posts,
    allocations: &Table,
    rows: &[(PostRow, u64)],
    files: &ResultFiles,
) -> Vec<Finding> {
    let mut findings = allocations::check(facts, allocations, rows);
    if let Some(table) = &files.shortfalls {
        findings.extend(shortfalls::check(facts, posts, table));
    }
    if let Some(table) = &files.workload {
        findings.extend(workload::check(facts, posts, table));
    }
    if let Some(table) = &files.days {
        findings.extend(days::check(facts, posts, table));
    }
    if let Some(table) = &files.out_of_scope {
        findings.extend(out_of_scope::check(facts, table));
    }
    if let Some(table) = &files.changes {
        findings.extend(changes::check(facts, posts, table));
    }
    let named = match &files.reserves {
        Some(table) => {
            let named = reserves::named(facts, table, &mut findings);
            findings.extend(reserves::check(facts, posts, table, &named));
            named
        }
        None => Named::new(),
    };
    if let Some(summary) = &files.summary {
        findings.extend(summary::replan::check(
            facts,
            summary,
            files.published.as_deref(),
        ));
        findings.extend(summary::check(facts, posts, &named, summary));
    }
    findings
}
