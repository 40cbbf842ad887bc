//! T3: team posts left empty, all of a team where nobody attends (¶13).

use super::Linear;
use crate::domain::Role;
use crate::eligibility::Eligibility;

/// All team posts of the inspections in scope, less one for each that is held.
pub fn linear(eligibility: &Eligibility) -> Linear {
    let held = |candidate: &_| -i64::from(eligibility.engagement(*candidate).role == Role::Team);
    Linear {
        constant: eligibility
            .inspections()
            .map(|ix| i64::from(eligibility.team_posts(ix)))
            .sum(),
        coefficients: eligibility.candidates.iter().map(held).collect(),
    }
}
