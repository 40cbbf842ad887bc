//! H5: training for custodial sites, where the data holds its date, is valid on every day on
//! site (¶18).

use crate::eligibility::{Candidate, Eligibility, Reason};

/// Training that ends before the last day on site.
pub(super) fn reason(eligibility: &Eligibility, candidate: Candidate) -> Option<Reason> {
    let engagement = eligibility.engagement(candidate);
    let person = eligibility.dataset.inspector(candidate.person);
    let valid_until = person.custody_training_until?;
    let needed = engagement.last_day;
    (valid_until < needed).then_some(Reason::Training {
        valid_until,
        needed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;
    use crate::domain::test_support::day;
    use crate::eligibility::test_support::{told, year};

    #[test]
    fn training_lasts_to_the_last_day_on_site() {
        let mut year = year();
        assert_eq!(told(&year, reason, Role::Team), None);
        year.inspectors[0].custody_training_until = Some(day("2026-05-14"));
        assert_eq!(told(&year, reason, Role::Team), None);
        year.inspectors[0].custody_training_until = Some(day("2026-05-13"));
        assert_eq!(
            told(&year, reason, Role::Team),
            Some(Reason::Training {
                valid_until: day("2026-05-13"),
                needed: day("2026-05-14"),
            })
        );
    }
}
