//! H13 (¶37): in any so many consecutive weeks, at most so many hold a day on site.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::verify::facts::{Facts, week_number};
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;

pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    let policy = &facts.dataset.policy.rolling;
    let mut findings = Vec::new();
    for person in posts.people() {
        let mut weeks: BTreeMap<i64, NaiveDate> = BTreeMap::new();
        for post in posts.of_person(person) {
            for day in &post.days {
                let first = weeks.entry(week_number(*day)).or_insert(*day);
                *first = (*first).min(*day);
            }
        }
        for (week, day) in &weeks {
            let held = weeks
                .range(week..&(week + i64::from(policy.window_weeks)))
                .count();
            if held > policy.max_weeks as usize {
                let message = format!(
                    "{held} weeks on site in the {} weeks from here, where {} are allowed",
                    policy.window_weeks, policy.max_weeks
                );
                let id = &facts.dataset.inspector(person).id;
                findings.push(Finding::new("H13", message).person(id).day(*day));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::domain::Role::{Lead, Team};
    use crate::verify::test_support::Year;

    fn broken(third: &str) -> Vec<String> {
        Year::new()
            .standalone("S1", "2026-05-11", "2026-05-11")
            .standalone("S2", "2026-05-22", "2026-05-22")
            .standalone("S3", third, third)
            .hmi("A")
            .hmi("B")
            .hmi("C")
            .hmi("D")
            .post("S1", Lead, "A")
            .post("S2", Lead, "B")
            .post("S3", Lead, "C")
            .post("S1", Team, "D")
            .post("S2", Team, "D")
            .post("S3", Team, "D")
            .broken()
    }

    #[test]
    fn two_weeks_in_any_four_pass() {
        assert_eq!(broken("2026-06-08"), [""; 0]);
    }

    #[test]
    fn a_third_week_in_four_is_refused() {
        assert_eq!(broken("2026-06-05"), ["H13"]);
    }
}
