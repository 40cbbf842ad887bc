//! H12 (¶31): a lead has enough free working days for the report before its deadline, and no
//! day is promised to two reports.

use crate::verify::facts::{Facts, Work};
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;

use super::{about, list_of_work};

pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for person in posts.people() {
        let placing = facts.placing(person, posts);
        for owed in placing.too_few_days {
            if owed.task.work == Work::Report {
                let due = facts.report_due(owed.post.inspection, owed.post.last);
                let message = format!(
                    "the report takes {} days, and they can work on {} up to {due}",
                    owed.task.days,
                    owed.can_work.len()
                );
                findings.push(about(facts, owed.post, "H12", message).day(due));
            }
        }
        for set in placing.crowded {
            let report = set.iter().find(|owed| owed.task.work == Work::Report);
            if let Some(report) = report {
                let due = facts.report_due(report.post.inspection, report.post.last);
                let message = format!(
                    "beside their days on site there are too few days for: {}",
                    list_of_work(facts, &set)
                );
                findings.push(about(facts, report.post, "H12", message).day(due));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::domain::Role::{Lead, Team};
    use crate::verify::test_support::Year;

    #[test]
    fn a_lead_away_until_the_deadline_is_refused() {
        // The report of F1 is due on 2 June: 13 working days after 14 May.
        let year = || {
            Year::new()
                .full("F1", "2026-05-04", "2026-05-14")
                .hmi("A")
                .post("F1", Lead, "A")
        };
        assert_eq!(
            year()
                .unavailable("A", "2026-05-15", "2026-05-26")
                .findings(),
            []
        );
        assert_eq!(
            year().unavailable("A", "2026-05-15", "2026-05-28").broken(),
            ["H12"]
        );
    }

    #[test]
    fn one_day_is_not_promised_to_two_reports() {
        // Both IRPs' reports lie in 15 to 22 May, with S1 on site on three of those days.
        let mut year = Year::new()
            .irp("R1", "2026-05-11", "2026-05-12")
            .irp("R2", "2026-05-13", "2026-05-14")
            .standalone("S1", "2026-05-18", "2026-05-19")
            .hmi("A")
            .hmi("B")
            .post("R1", Lead, "A")
            .post("R2", Lead, "A")
            .post("S1", Lead, "B")
            .post("S1", Team, "A");
        year.dataset.policy.rolling.max_weeks = 4;
        // 15, 20, 21 and 22 May are left: four days for four, and then the write-up of S1.
        year.dataset.policy.team.writeup_days = 0;
        assert_eq!(year.findings(), []);
        let one_fewer = year.unavailable("A", "2026-05-20", "2026-05-20");
        assert_eq!(one_fewer.broken(), ["H12"]);
    }
}
