//! H5: an enhanced DBS check is valid on every day on site (¶18).

use crate::eligibility::{Candidate, Eligibility, Reason};

/// No check, or one that ends before the last day on site.
pub(super) fn reason(eligibility: &Eligibility, candidate: Candidate) -> Option<Reason> {
    let engagement = eligibility.engagement(candidate);
    let valid_until = eligibility.dataset.inspector(candidate.person).dbs_expires;
    let needed = engagement.last_day;
    let lacking = valid_until.is_none_or(|valid_until| valid_until < needed);
    lacking.then_some(Reason::Dbs {
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
    fn the_check_lasts_to_the_last_day_on_site() {
        let mut year = year();
        year.inspectors[0].dbs_expires = Some(day("2026-05-14"));
        assert_eq!(told(&year, reason, Role::Team), None);
        for valid_until in [Some(day("2026-05-13")), None] {
            year.inspectors[0].dbs_expires = valid_until;
            assert_eq!(
                told(&year, reason, Role::Team),
                Some(Reason::Dbs {
                    valid_until,
                    needed: day("2026-05-14"),
                })
            );
        }
    }
}
