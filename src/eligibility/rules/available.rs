//! H9: only on days on which the person is available, and for OIs only on days offered (¶16).

use chrono::Datelike;

use crate::eligibility::{Candidate, Eligibility, Reason};

/// The first day on site on which the person can't be there, and what they are then.
pub(super) fn reason(eligibility: &Eligibility, candidate: Candidate) -> Option<Reason> {
    let days = &eligibility.people[candidate.person.get()];
    let person = eligibility.dataset.inspector(candidate.person);
    // Who is at an inspection under way was there on the days that are past (H17).
    let past = eligibility.there_before(candidate);
    let is_asked = |day: &usize| past.is_none_or(|as_of| eligibility.horizon.date(*day) >= as_of);
    let missing = eligibility
        .engagement(candidate)
        .on_site
        .difference(&days.on_site)
        .find(is_asked)?;
    let day = eligibility.horizon.date(missing);
    Some(if days.away.contains(missing) {
        Reason::Away { day }
    } else if !person.working_days.contains(day.weekday()) {
        Reason::NotAWorkingDay { day }
    } else {
        Reason::NotOffered { day }
    })
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;
    use crate::domain::test_support::{available, day, span};
    use crate::domain::{AvailabilityKind, Dataset, Grade, InspectorIx, Role, WeekdaySet};
    use crate::eligibility::test_support::{told, year};

    #[test]
    fn leave_and_the_pattern_keep_people_away() {
        let mut year = year();
        let told = |year: &Dataset| told(year, reason, Role::Team);
        assert_eq!(told(&year), None);
        let not_wednesday = [Weekday::Mon, Weekday::Tue, Weekday::Thu, Weekday::Fri];
        year.inspectors[0].working_days = WeekdaySet::from_days(not_wednesday);
        let wednesday = day("2026-05-13");
        assert_eq!(told(&year), Some(Reason::NotAWorkingDay { day: wednesday }));
        let leave = span("2026-05-12", "2026-05-13");
        let person = InspectorIx::new(0);
        year.availability
            .push(available(person, leave, AvailabilityKind::Unavailable));
        let tuesday = day("2026-05-12");
        assert_eq!(told(&year), Some(Reason::Away { day: tuesday }));
    }

    #[test]
    fn an_oi_comes_on_days_offered() {
        let mut year = year();
        year.inspectors[0].grade = Grade::Oi;
        let told = |year: &Dataset| told(year, reason, Role::Team);
        let monday = day("2026-05-11");
        assert_eq!(told(&year), Some(Reason::NotOffered { day: monday }));
        let offered = span("2026-05-11", "2026-05-14");
        let person = InspectorIx::new(0);
        year.availability
            .push(available(person, offered, AvailabilityKind::Offered));
        assert_eq!(told(&year), None);
    }
}
