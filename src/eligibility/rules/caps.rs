//! H11 and H13 for one post alone: its days, off site too, are within the quarter's cap and
//! what is left of the year's, and its weeks within the rolling load (¶37).

use crate::eligibility::{Candidate, Eligibility, Reason};

/// The first cap that the post breaks by itself: the quarter's, the year's, the rolling load.
pub(super) fn reason(eligibility: &Eligibility, candidate: Candidate) -> Option<Reason> {
    let engagement = eligibility.engagement(candidate);
    let limits = eligibility.limits(candidate.person);
    let needed = engagement.days();
    match limits.quarter[engagement.quarter] {
        Some(cap) if cap < needed => return Some(Reason::QuarterDays { needed, cap }),
        _ => {}
    }
    if limits.year < needed {
        return Some(Reason::YearDays {
            needed,
            left: limits.year,
        });
    }
    (!limits.rolling_allows(&engagement.weeks)).then_some(Reason::RollingLoad)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;
    use crate::domain::test_support::span;
    use crate::eligibility::test_support::{told, year};

    /// A lead takes 4 days on site, 2 to prepare and 5 to report.
    const NEEDED: u32 = 11;

    #[test]
    fn the_days_used_count_for_the_year() {
        let mut year = year();
        year.inspectors[0].max_days = NEEDED + 3;
        year.inspectors[0].days_used = 3;
        assert_eq!(told(&year, reason, Role::Lead), None);
        year.inspectors[0].days_used = 4;
        assert_eq!(
            told(&year, reason, Role::Lead),
            Some(Reason::YearDays {
                needed: NEEDED,
                left: NEEDED - 1,
            })
        );
    }

    #[test]
    fn the_cap_of_its_own_quarter_counts() {
        let mut year = year();
        year.inspectors[0].max_days_quarter = [Some(NEEDED), Some(0), None, None];
        assert_eq!(told(&year, reason, Role::Lead), None);
        year.inspectors[0].max_days_quarter[0] = Some(NEEDED - 1);
        assert_eq!(
            told(&year, reason, Role::Lead),
            Some(Reason::QuarterDays {
                needed: NEEDED,
                cap: NEEDED - 1,
            })
        );
    }

    #[test]
    fn a_long_window_can_break_the_rolling_load() {
        let mut year = year();
        year.policy.rolling.max_weeks = 1;
        assert_eq!(told(&year, reason, Role::Lead), None);
        year.programme[0].attend = Some(span("2026-05-07", "2026-05-14"));
        assert_eq!(told(&year, reason, Role::Lead), Some(Reason::RollingLoad));
    }
}
