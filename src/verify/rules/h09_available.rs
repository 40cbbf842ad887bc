//! H9 (¶16): only on days on which the person is available: in their pattern, no bank holiday,
//! not away, and for OIs on site only days they offered.

use crate::verify::facts::{Facts, Work};
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;

use super::about;

pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for post in &posts.held {
        // Who is at an inspection under way was there on the days that are past (H17).
        let rows = facts.published_of(post.inspection);
        let was_there = !facts.is_over(post.inspection)
            && rows.iter().any(|row| row.inspector == Some(post.inspector));
        let published = facts.dataset.published.as_ref().filter(|_| was_there);
        let as_of = facts.begun(post.inspection).and(published.map(|p| p.as_of));
        let is_asked = |day: &&chrono::NaiveDate| as_of.is_none_or(|as_of| **day >= as_of);
        for day in post.days.iter().filter(is_asked) {
            if let Some(why) = facts.why_not_on_site(post.inspector, *day) {
                findings.push(about(facts, post, "H9", format!("{day} {why}")).day(*day));
            }
        }
    }
    for person in posts.people() {
        for owed in facts.placing(person, posts).too_few_days {
            // A report that finds too few days misses its deadline: H12.
            if owed.task.work != Work::Report {
                let message = format!(
                    "{} takes {} days, and they can work on {} of its window",
                    owed.task.work.as_str(),
                    owed.task.days,
                    owed.can_work.len()
                );
                findings.push(about(facts, owed.post, "H9", message));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::domain::Role::{Lead, Team};
    use crate::domain::WeekdaySet;
    use crate::verify::test_support::Year;
    use chrono::Weekday;

    fn year() -> Year {
        Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .hmi("A")
            .oi("O")
    }

    #[test]
    fn a_leave_on_site_is_refused_and_one_beside_it_not() {
        let year = || year().post("F1", Lead, "A");
        assert_eq!(
            year()
                .unavailable("A", "2026-05-15", "2026-05-15")
                .findings(),
            []
        );
        let away = year().unavailable("A", "2026-05-14", "2026-05-15");
        assert_eq!(away.broken(), ["H9"]);
        assert_eq!(away.findings()[0].day.unwrap().to_string(), "2026-05-14");
    }

    #[test]
    fn a_part_time_pattern_is_kept() {
        let mut year = year().post("F1", Lead, "A");
        year.dataset.inspectors[0].working_days =
            WeekdaySet::from_days([Weekday::Mon, Weekday::Tue, Weekday::Wed]);
        assert_eq!(year.broken(), ["H9"]);
    }

    #[test]
    fn an_oi_is_on_site_only_on_days_offered_but_writes_up_on_any() {
        let mut year = year().post("F1", Lead, "A").post("F1", Team, "O");
        year.dataset.availability.clear();
        assert_eq!(year.broken(), ["H9"]);
        let offered =
            year.offered("O", "2026-05-11", "2026-05-12")
                .offered("O", "2026-05-12", "2026-05-14");
        assert_eq!(offered.findings(), []);
    }

    #[test]
    fn preparation_needs_days_on_which_the_lead_works() {
        let year = || year().post("F1", Lead, "A");
        // The ten working days before 11 May begin on 27 April.
        assert_eq!(
            year()
                .unavailable("A", "2026-04-29", "2026-05-10")
                .findings(),
            []
        );
        assert_eq!(
            year().unavailable("A", "2026-04-28", "2026-05-10").broken(),
            ["H9"]
        );
    }
}
