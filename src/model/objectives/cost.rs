//! T6: cost in pence: OIs' fees, HMIs' travel and nights away (¶13).

use super::Linear;
use crate::eligibility::Eligibility;

/// The cost of each post that is held.
pub fn linear(eligibility: &Eligibility) -> Linear {
    let cost = |candidate: &_| eligibility.cost(*candidate).0;
    Linear {
        constant: 0,
        coefficients: eligibility.candidates.iter().map(cost).collect(),
    }
}
