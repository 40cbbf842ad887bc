//! H2: leads are HMIs, or OIs trained to lead (¶16).

use crate::domain::{Grade, Role};
use crate::eligibility::{Candidate, Eligibility, Reason};

/// An OI who is not trained to lead has no lead's post.
pub(super) fn reason(eligibility: &Eligibility, candidate: Candidate) -> Option<Reason> {
    let person = eligibility.dataset.inspector(candidate.person);
    let may_lead = person.grade == Grade::Hmi || person.lead_trained;
    let leads = eligibility.engagement(candidate).role == Role::Lead;
    (leads && !may_lead).then_some(Reason::NotTrainedToLead)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eligibility::test_support::{told, year};

    #[test]
    fn an_oi_leads_only_when_trained_to() {
        let mut year = year();
        assert_eq!(told(&year, reason, Role::Lead), None);
        year.inspectors[0].grade = Grade::Oi;
        assert_eq!(
            told(&year, reason, Role::Lead),
            Some(Reason::NotTrainedToLead)
        );
        assert_eq!(told(&year, reason, Role::Team), None);
        year.inspectors[0].lead_trained = true;
        assert_eq!(told(&year, reason, Role::Lead), None);
    }
}
