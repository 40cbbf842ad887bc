//! One file a rule that forbids a post to one person: what it says, its paragraph, the reason
//! it gives and its test.

mod available;
mod caps;
mod clearance;
mod conflict;
mod custody_training;
mod dbs;
mod forbidden;
mod lead_trained;
mod off_site_work;
mod over;
pub(super) mod place;
mod travel;

use super::{Candidate, Eligibility, Reason};

/// Why a candidate may not hold the post, by one rule; nothing where they may.
pub(super) type Rule = fn(&Eligibility, Candidate) -> Option<Reason>;

/// Every rule, in the order in which their reasons are told.
const RULES: [Rule; 12] = [
    over::reason,
    lead_trained::reason,
    travel::reason,
    conflict::reason,
    forbidden::reason,
    custody_training::reason,
    dbs::reason,
    clearance::reason,
    available::reason,
    place::reason,
    off_site_work::reason,
    caps::reason,
];

/// Whether `candidate` may hold the post: the rule that keeps most people away is asked first.
pub(super) fn allow(eligibility: &Eligibility, candidate: Candidate) -> bool {
    available::reason(eligibility, candidate).is_none()
        && reasons(eligibility, candidate).next().is_none()
}

/// Every reason why `candidate` may not hold the post, found one after the other.
pub(super) fn reasons(
    eligibility: &Eligibility,
    candidate: Candidate,
) -> impl Iterator<Item = Reason> {
    RULES
        .into_iter()
        .filter_map(move |rule| rule(eligibility, candidate))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Grade, InspectorIx};
    use crate::eligibility::test_support::year;

    #[test]
    fn every_reason_is_told_in_order() {
        let mut year = year();
        let person = &mut year.inspectors[0];
        person.grade = Grade::Oi;
        person.dbs_expires = None;
        person.clearance = None;
        person.max_days = 0;
        let eligibility = Eligibility::new(&year);
        assert!(eligibility.candidates.is_empty());
        let lead = Candidate {
            engagement: 0,
            person: InspectorIx::new(0),
        };
        let rules = reasons(&eligibility, lead).map(Reason::rule);
        assert_eq!(rules.collect::<Vec<_>>(), ["H2", "H5", "H6", "H9", "H11"]);
    }
}
