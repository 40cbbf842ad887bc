//! H17: a published lead whose name was due to HMIP before the day of planning stays, unless that
//! breaks another rule (¶22). So that rules go first and as many as can be stay, it is asked like
//! a tier before all tiers.

use super::Linear;
use crate::domain::Role;
use crate::eligibility::Eligibility;

/// All such leads, less one for each who leads that inspection, in whichever window.
pub fn linear(eligibility: &Eligibility) -> Linear {
    let given = &eligibility.settled.names_given;
    let stays = |candidate: &crate::eligibility::Candidate| {
        let post = eligibility.engagement(*candidate);
        let is_given = given.contains(&(post.inspection, candidate.person));
        -i64::from(post.role == Role::Lead && is_given)
    };
    Linear {
        constant: given.len() as i64,
        coefficients: eligibility.candidates.iter().map(stays).collect(),
    }
}
