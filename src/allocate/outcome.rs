//! How a tier ended: what it reached, and what is proven of it.

use serde::{Deserialize, Serialize};

use crate::model::objectives::Tier;

/// What is proven of a tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Nothing better exists, or only within the gap that was asked for.
    Optimal,
    /// Something better may exist, but nothing below the bound.
    Gap,
    /// It was not asked for.
    Off,
}

/// How a tier ended. Values are in the tier's own unit; T6 in pounds.
#[derive(Clone, Debug, PartialEq)]
pub struct TierOutcome {
    /// Which tier.
    pub tier: Tier,
    /// Its value for the final plan.
    pub value: f64,
    /// Its value when it ended; `None` where it was not asked for.
    pub reached: Option<f64>,
    /// What no plan that keeps the earlier tiers can be below.
    pub bound: Option<f64>,
    /// What is proven.
    pub status: Status,
    /// (reached − bound) / max(1, reached); for T7 over all days used.
    pub gap: Option<f64>,
    /// How long it took.
    pub seconds: f64,
}
