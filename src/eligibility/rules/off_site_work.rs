//! H8 and H12 for one post alone: the person has room for its off-site work (¶31).

use crate::eligibility::calendar::Day;
use crate::eligibility::off_site::Task;
use crate::eligibility::{Candidate, Eligibility, Reason};

/// The work that has too few days. What is done before the days on site and what is done after
/// them never share a day, so that each has only its own span to fit into.
pub(super) fn reason(eligibility: &Eligibility, candidate: Candidate) -> Option<Reason> {
    let workable = eligibility.workable(candidate.person);
    let is_short = |task: &&Task<Day>| {
        let has_span = task.first <= task.last;
        let days = if has_span {
            workable.count_ones(task.first..task.last + 1)
        } else {
            0
        };
        days < task.days as usize
    };
    let task = eligibility
        .engagement(candidate)
        .tasks
        .iter()
        .find(is_short)?;
    Some(Reason::OffSite { work: task.work })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::test_support::{available, span};
    use crate::domain::{AvailabilityKind, InspectorIx, Role};
    use crate::eligibility::off_site::Work;
    use crate::eligibility::test_support::{told, year};

    #[test]
    fn the_work_that_does_not_fit_is_told() {
        let mut year = year();
        assert_eq!(told(&year, reason, Role::Lead), None);
        // The report takes 5 of the 13 working days after 14 May: the last 5 of them are
        // enough, 4 are not.
        let mut away = |from, to| {
            let person = InspectorIx::new(0);
            year.availability.push(available(
                person,
                span(from, to),
                AvailabilityKind::Unavailable,
            ));
            told(&year, reason, Role::Lead)
        };
        assert_eq!(away("2026-05-15", "2026-05-26"), None);
        let report = Reason::OffSite { work: Work::Report };
        assert_eq!(away("2026-05-27", "2026-05-27"), Some(report));
        let preparation = Reason::OffSite {
            work: Work::Preparation,
        };
        assert_eq!(away("2026-04-01", "2026-05-10"), Some(preparation));
    }
}
