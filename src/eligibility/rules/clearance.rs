//! H6: clearance is at least the site's requirement, and valid on every day on site (¶18).

use crate::eligibility::{Candidate, Eligibility, Reason};

/// No clearance, too low a one, or one that ends before the last day on site.
pub(super) fn reason(eligibility: &Eligibility, candidate: Candidate) -> Option<Reason> {
    let dataset = eligibility.dataset;
    let engagement = eligibility.engagement(candidate);
    let site = dataset.inspection(engagement.inspection).establishment;
    let required = dataset.establishment(site).clearance_required;
    match dataset.inspector(candidate.person).clearance {
        Some(held) if held.level < required => Some(Reason::ClearanceLevel {
            held: Some(held.level),
            required,
        }),
        None => Some(Reason::ClearanceLevel {
            held: None,
            required,
        }),
        Some(held) if held.expires < engagement.last_day => Some(Reason::ClearanceExpired {
            valid_until: held.expires,
            needed: engagement.last_day,
        }),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::test_support::day;
    use crate::domain::{Clearance, ClearanceLevel, Dataset, Role};
    use crate::eligibility::test_support::{told, year};

    /// A site that asks for level 2, and somebody who holds `clearance`.
    fn year_with(clearance: Option<(u8, &str)>) -> Dataset {
        let mut year = year();
        year.establishments[0].clearance_required = ClearanceLevel(2);
        year.inspectors[0].clearance = clearance.map(|(level, expires)| Clearance {
            level: ClearanceLevel(level),
            expires: day(expires),
        });
        year
    }

    #[test]
    fn the_level_is_reached_or_passed() {
        let too_low = |held: Option<u8>| {
            Some(Reason::ClearanceLevel {
                held: held.map(ClearanceLevel),
                required: ClearanceLevel(2),
            })
        };
        let told = |clearance| told(&year_with(clearance), reason, Role::Team);
        assert_eq!(told(None), too_low(None));
        assert_eq!(told(Some((1, "2030-01-01"))), too_low(Some(1)));
        assert_eq!(told(Some((2, "2030-01-01"))), None);
        assert_eq!(told(Some((3, "2030-01-01"))), None);
    }

    #[test]
    fn it_lasts_to_the_last_day_on_site() {
        let told = |clearance| told(&year_with(clearance), reason, Role::Team);
        assert_eq!(told(Some((2, "2026-05-14"))), None);
        assert_eq!(
            told(Some((2, "2026-05-13"))),
            Some(Reason::ClearanceExpired {
                valid_until: day("2026-05-13"),
                needed: day("2026-05-14"),
            })
        );
    }
}
