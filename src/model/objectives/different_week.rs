//! T2: inspections moved out of the second week: 'the rare cases where no HMI or OI is
//! available' (¶17).

use super::Linear;
use crate::domain::Role;
use crate::eligibility::Eligibility;

/// One for each lead in a different week.
pub fn linear(eligibility: &Eligibility) -> Linear {
    let moved = |candidate: &_| {
        let post = eligibility.engagement(*candidate);
        i64::from(post.role == Role::Lead && eligibility.window(post).different_week)
    };
    Linear {
        constant: 0,
        coefficients: eligibility.candidates.iter().map(moved).collect(),
    }
}
