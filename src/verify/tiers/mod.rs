//! The value of each tier of the objective, one a file, computed again from the posts.

mod t1_unattended;
mod t2_different_week;
mod t3_team_posts;
mod t4_changes;
pub mod t5_reserves;
mod t6_cost;
mod t7_unfairness;
mod t8_continuity;

use crate::domain::Pence;

use super::facts::Facts;
use super::posts::Posts;

pub use t7_unfairness::all_days_used;

/// What a plan is worth in each tier; less is better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TierValues {
    /// Weight of the inspections left without attendance.
    pub t1: i64,
    /// Attended inspections moved to a different week.
    pub t2: i64,
    /// Team posts left empty.
    pub t3: i64,
    /// Published posts that changed; nothing where nothing was published.
    pub t4: Option<i64>,
    /// Cost.
    pub t6: Pence,
    /// Unfairness, in days.
    pub t7: f64,
    /// IRPs not led by the lead of the site's last full inspection.
    pub t8: i64,
}

/// The tiers' values of a plan.
pub fn values(facts: &Facts, posts: &Posts) -> TierValues {
    TierValues {
        t1: t1_unattended::value(facts, posts),
        t2: t2_different_week::value(facts, posts),
        t3: t3_team_posts::value(facts, posts),
        t4: t4_changes::value(facts, posts),
        t6: t6_cost::value(facts, posts),
        t7: t7_unfairness::value(facts, posts),
        t8: t8_continuity::value(facts, posts),
    }
}
