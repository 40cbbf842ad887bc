//! `travel.max_km` of the policy: how far an HMI may be sent.

use crate::domain::Grade;
use crate::eligibility::{Candidate, Eligibility, Reason};

/// An HMI is not sent farther than the policy says; an OI takes what they are offered.
pub(super) fn reason(eligibility: &Eligibility, candidate: Candidate) -> Option<Reason> {
    let max_km = eligibility.dataset.policy.travel.max_km?;
    let inspection = eligibility.engagement(candidate).inspection;
    let distance = eligibility.distance(candidate.person, inspection);
    let grade = eligibility.dataset.inspector(candidate.person).grade;
    (grade == Grade::Hmi && distance.0 > max_km).then_some(Reason::TooFar { distance })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;
    use crate::eligibility::test_support::{told, year};

    #[test]
    fn an_hmi_is_not_sent_beyond_the_limit() {
        let mut year = year();
        // A degree of latitude: 111.2 km.
        year.inspectors[0].location.latitude += 1.0;
        assert_eq!(told(&year, reason, Role::Team), None);
        year.policy.travel.max_km = Some(112.0);
        assert_eq!(told(&year, reason, Role::Team), None);
        year.policy.travel.max_km = Some(111.0);
        let Some(Reason::TooFar { distance }) = told(&year, reason, Role::Team) else {
            panic!("111.2 km are too far");
        };
        assert!((distance.0 - 111.195).abs() < 0.001);
        year.inspectors[0].grade = Grade::Oi;
        assert_eq!(told(&year, reason, Role::Team), None);
    }
}
