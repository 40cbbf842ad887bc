//! A tier in the terms of HiGHS: its coefficients, its unit, and what a bound of it is worth.

use super::{AllocateError, Measures};
use crate::model::Program;
use crate::model::objectives::Tier;

/// A tier's coefficients for HiGHS, and the constant that they leave out.
pub(super) fn costs(
    measures: &Measures,
    program: &mut Program,
    tier: Tier,
) -> Result<(Vec<f64>, f64), AllocateError> {
    Ok(match measures.linear(tier) {
        Some(linear) => {
            let mut costs = program.columns().costs(linear);
            costs.iter_mut().for_each(|cost| *cost *= scale(tier));
            (costs, linear.constant as f64)
        }
        None if tier == Tier::T5 => (program.costs_of_reserves()?, 0.0),
        None => {
            let columns = program.columns();
            let mut costs = vec![0.0; columns.total];
            for (_, column) in &columns.unevenness {
                costs[*column] = 1.0;
            }
            (costs, 0.0)
        }
    })
}

/// What one unit of a tier is in HiGHS's objective: costs are given in pounds, because sums of
/// many pence are too coarse for its tolerances.
pub(super) fn scale(tier: Tier) -> f64 {
    if tier == Tier::T6 { 0.01 } else { 1.0 }
}

/// What a kept tier may exceed its value by in HiGHS's row: nothing where the coefficients are
/// whole and small, else less than any real difference.
pub(super) fn slack(tier: Tier) -> f64 {
    match tier {
        Tier::T1 | Tier::T2 | Tier::T3 | Tier::T4 | Tier::T5 | Tier::T8 => 0.0,
        Tier::T6 => 0.004,
        Tier::T7 => 1e-6,
    }
}

/// A bound on a whole number is a bound on the next whole number.
pub(super) fn round_bound(tier: Tier, bound: f64) -> f64 {
    if tier == Tier::T7 || !bound.is_finite() {
        return bound.max(0.0);
    }
    (bound - 1e-4).ceil().max(0.0)
}
