//! H8 and H12 for one post alone: the person has room for its off-site work (¶31).

use crate::eligibility::off_site::{Task, Work, place};
use crate::eligibility::{Candidate, Eligibility, Reason};

/// The work that finds no days of its own, or the last of them where it is their sum.
pub(super) fn reason(eligibility: &Eligibility, candidate: Candidate) -> Option<Reason> {
    let engagement = eligibility.engagement(candidate);
    let mut free = eligibility.workable(candidate.person).clone();
    free.difference_with(&engagement.on_site);
    let tasks = &engagement.tasks;
    if place(&free, tasks).is_some() {
        return None;
    }
    let alone = |task: &&Task<_>| place(&free, &[**task]).is_none();
    let task = tasks.iter().find(alone).or(tasks.last());
    Some(Reason::OffSite {
        work: task.map_or(Work::Report, |task| task.work),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::test_support::{available, span};
    use crate::domain::{AvailabilityKind, InspectorIx, Role};
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
