//! What is left of a post's preparation on the day on which it is taken over (¶24): days that
//! are past prepare nobody.

use chrono::NaiveDate;

use crate::domain::{DateSpan, InspectorIx};
use crate::eligibility::Eligibility;
use crate::eligibility::off_site::{self, Work};

/// How many days of preparing `takes` find no place from `on` on, beside all the work of what
/// `person` holds otherwise.
pub(super) fn missing(
    eligibility: &Eligibility,
    person: InspectorIx,
    others: &[usize],
    takes: usize,
    on: Option<NaiveDate>,
) -> u32 {
    let Some(today) = on.and_then(|on| DateSpan::new(on, on)) else {
        return 0;
    };
    let today = eligibility.horizon.days(today).start;
    let post = &eligibility.engagements[takes];
    let others = others.iter().map(|held| &eligibility.engagements[*held]);
    let mut free = eligibility.workable(person).clone();
    free.difference_with(&post.on_site);
    let mut tasks = Vec::new();
    for other in others {
        free.difference_with(&other.on_site);
        tasks.extend_from_slice(&other.tasks);
    }
    let first = tasks.len();
    tasks.extend_from_slice(&post.tasks);
    let mut preparation = 0;
    for task in &mut tasks[first..] {
        task.first = task.first.max(today);
        if task.work == Work::Preparation {
            preparation += task.days;
        }
    }
    for missing in 0..preparation {
        if off_site::place(&free, &tasks).is_some() {
            return missing;
        }
        let mut new = tasks[first..].iter_mut();
        if let Some(task) = new.find(|task| task.work == Work::Preparation) {
            task.days -= 1;
        }
    }
    preparation
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::test_support::{available, bare_year, day, inspection, inspector, span};
    use crate::domain::{AvailabilityKind, Grade, InspectionIx, Kind, Role};

    /// Two days to prepare, and a Monday to begin on: what is left of them day by day.
    #[test]
    fn days_that_are_past_prepare_nobody() {
        let mut year = bare_year();
        let dates = span("2026-05-11", "2026-05-13");
        year.programme.push(inspection("R1", Kind::Irp, dates));
        year.inspectors.push(inspector("A", Grade::Hmi));
        let person = InspectorIx::new(0);
        let away = span("2026-05-07", "2026-05-07");
        let leave = AvailabilityKind::Unavailable;
        year.availability.push(available(person, away, leave));
        let eligibility = Eligibility::new(&year);
        let lead = eligibility.engagement_of(InspectionIx::new(0), 0, Role::Lead);
        let lead = lead.expect("a window that is open");
        let missing = |on| missing(&eligibility, person, &[], lead, on);
        assert_eq!(missing(None), 0);
        assert_eq!(missing(Some(day("2026-05-06"))), 0, "Wednesday and Friday");
        assert_eq!(missing(Some(day("2026-05-07"))), 1, "Friday alone");
        assert_eq!(missing(Some(day("2026-05-09"))), 2, "only a weekend");
        assert_eq!(missing(Some(day("2020-01-01"))), 0);
    }
}
