//! A plan that was changed after its run: values are its own, and of the proof it keeps what
//! still holds.
//!
//! A tier's bound is what no plan can be below that keeps the earlier tiers as they were kept
//! then. So it holds for the changed plan for as long as that keeps them; from the first tier
//! that it does not keep, nothing is known of the later ones.

use crate::eligibility::Eligibility;
use crate::model::Selection;
use crate::model::objectives::fairness::DaysUsed;
use crate::model::objectives::{Tier, reserves};

use super::{Allocation, Measures, Options, Status, TierOutcome, days};

/// What two values of one plan may differ by.
const SAME: f64 = 1e-9;

/// `allocation` with `selection`, which keeps every rule, in the place of its plan.
pub fn changed(
    eligibility: &Eligibility,
    allocation: &Allocation,
    options: &Options,
    selection: Selection,
) -> Allocation {
    let measures = Measures::new(eligibility);
    let days_used = DaysUsed::of(eligibility, &selection).total();
    let mut tiers = Vec::new();
    let mut earlier_kept = true;
    for (position, was) in allocation.tiers.iter().enumerate() {
        let value = measures.in_unit(was.tier, &selection);
        let (Some(reached), Some(bound), true) = (was.reached, was.bound, earlier_kept) else {
            tiers.push(not_known(was, value));
            continue;
        };
        let later = &allocation.tiers[position + 1..];
        let is_spent = later.iter().any(|later| later.reached.is_some());
        earlier_kept = value <= most(eligibility, was.tier, reached) + SAME;
        // What the tier reached speaks of it only where later ones may have spent some of it.
        let reached = if earlier_kept && is_spent && matches!(was.tier, Tier::T6 | Tier::T7) {
            reached
        } else {
            value
        };
        let over = match was.tier {
            Tier::T7 => f64::from(days_used.max(1)),
            _ => reached.abs().max(1.0),
        };
        let gap = ((reached - bound) / over).max(0.0);
        let status = if gap <= options.gap(was.tier) + 1e-12 {
            Status::Optimal
        } else {
            Status::Gap
        };
        tiers.push(TierOutcome {
            value,
            reached: Some(reached),
            bound: Some(bound.min(value)),
            status,
            gap: Some(gap),
            ..was.clone()
        });
    }
    Allocation {
        plan: selection.plan(eligibility),
        days: days(eligibility, &selection),
        reserves: reserves::named(eligibility, &selection),
        tiers,
        interrupted: allocation.interrupted,
        too_large: allocation.too_large,
        selection,
    }
}

/// The most that a tier may be for later tiers' bounds to hold: what it reached, and for T6 the
/// tolerance, to the penny.
fn most(eligibility: &Eligibility, tier: Tier, reached: f64) -> f64 {
    if tier != Tier::T6 {
        return reached;
    }
    let percent = eligibility.dataset.policy.tolerance.cost_percent;
    (reached * 100.0 * (1.0 + percent / 100.0) + 1e-6).floor() / 100.0
}

fn not_known(was: &TierOutcome, value: f64) -> TierOutcome {
    TierOutcome {
        value,
        reached: None,
        bound: None,
        status: Status::Off,
        gap: None,
        ..was.clone()
    }
}
