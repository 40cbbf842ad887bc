//! The independent checker: every rule, every tier's value and every figure of a result,
//! computed again from the dataset's rows.
//!
//! It shares nothing with the planner but those rows ([`crate::domain`]). What follows from
//! them (windows, working days, deadlines, head-counts, distances, costs) is worked out
//! once more in `facts`, in the plainest way there is. A rule is a file in `rules`, a tier a
//! file in `tiers`, one of the result's files a file in `figures`.

mod facts;
mod finding;
mod posts;
mod rules;
mod tiers;

#[cfg(test)]
mod test_support;

use crate::domain::Dataset;

use facts::Facts;
use posts::Posts;

pub use finding::{Finding, Place};
pub use posts::{PostRow, Week};
pub use tiers::TierValues;

/// What is wrong with the posts of `rows`, by every hard rule. Where no day is given to
/// off-site work, it is enough that days for it can be found.
pub fn verify_posts(dataset: &Dataset, rows: &[PostRow]) -> Vec<Finding> {
    let facts = Facts::new(dataset);
    let (posts, mut findings) = Posts::read(&facts, rows);
    findings.extend(rules::check(&facts, &posts));
    findings
}

/// What the plan that `rows` say is worth in each tier; rows that name nobody or nothing of
/// the dataset count for nothing.
pub fn tier_values(dataset: &Dataset, rows: &[PostRow]) -> TierValues {
    let facts = Facts::new(dataset);
    let (posts, _) = Posts::read(&facts, rows);
    tiers::values(&facts, &posts)
}
