//! H8: nobody is in two places. The days on site of one person never overlap, and their
//! preparation and write-up find days of their own beside everything else they do.

use std::collections::BTreeMap;

use crate::verify::facts::{Facts, Work};
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;

use super::{about, list_of_work};

pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for person in posts.people() {
        let mut taken = BTreeMap::new();
        for post in posts.of_person(person) {
            for day in &post.days {
                if let Some(other) = taken.insert(*day, post.inspection) {
                    let other = &facts.dataset.inspection(other).id;
                    let message = format!("they are on site for {other} as well");
                    findings.push(about(facts, post, "H8", message).day(*day));
                }
            }
        }
        for set in facts.placing(person, posts).crowded {
            let with_report = set.iter().any(|owed| owed.task.work == Work::Report);
            if !with_report {
                let message = format!(
                    "beside their days on site there are too few days for: {}",
                    list_of_work(facts, &set)
                );
                findings.push(about(facts, set[0].post, "H8", message));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::domain::Role::{Lead, Team};
    use crate::verify::test_support::Year;

    fn year() -> Year {
        Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .standalone("S1", "2026-05-14", "2026-05-15")
            .standalone("S2", "2026-05-18", "2026-05-20")
            .hmi("A")
            .hmi("B")
            .hmi("C")
            .hmi("D")
    }

    #[test]
    fn two_sites_on_one_day_are_refused() {
        let year = year()
            .post("F1", Lead, "A")
            .post("S1", Lead, "B")
            .post("F1", Team, "C")
            .post("S1", Team, "C");
        assert_eq!(year.broken(), ["H8"]);
        let finding = &year.findings()[0];
        assert_eq!(finding.person.as_deref(), Some("C"));
        assert_eq!(finding.day.unwrap().to_string(), "2026-05-14");
    }

    #[test]
    fn a_write_up_needs_a_day_of_its_own() {
        // After F1 the write-up may lie on 15, 18 and 19 May; S2 takes the last two.
        let mut year = year()
            .post("F1", Lead, "A")
            .post("S2", Lead, "B")
            .post("F1", Team, "C")
            .post("S2", Team, "C");
        assert_eq!(year.findings(), []);
        year.dataset.policy.team.writeup_days = 2;
        assert_eq!(year.broken(), ["H8"]);
        assert_eq!(year.findings()[0].inspection.as_deref(), Some("F1"));
    }
}
