//! H11: nobody's days a year, nor a cap of a quarter, are exceeded, counting preparation and
//! report writing. A quarter counts the posts whose first day on site is in it; days used
//! outside this programme count for the year only.

use crate::verify::facts::{Facts, quarter_of};
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;

pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for person in posts.people() {
        let inspector = facts.dataset.inspector(person);
        let mut fault = |message| findings.push(Finding::new("H11", message).person(&inspector.id));
        let mut year = i64::from(inspector.days_used);
        let mut quarters = [0; 4];
        for post in posts.of_person(person) {
            let days = facts.post_days(post);
            year += days;
            quarters[quarter_of(post.first)] += days;
        }
        if year > i64::from(inspector.max_days) {
            fault(format!(
                "{year} days in the year, {} of them on other work; {} are contracted",
                inspector.days_used, inspector.max_days
            ));
        }
        for (quarter, (days, cap)) in quarters.iter().zip(inspector.max_days_quarter).enumerate() {
            if let Some(cap) = cap
                && *days > i64::from(cap)
            {
                fault(format!("{days} days in q{}, capped at {cap}", quarter + 1));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::domain::Role::Lead;
    use crate::verify::test_support::Year;

    /// Four days on site, two of preparation and five of report.
    fn year(max_days: u32, days_used: u32) -> Year {
        let mut year = Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .hmi("A")
            .post("F1", Lead, "A");
        year.dataset.inspectors[0].max_days = max_days;
        year.dataset.inspectors[0].days_used = days_used;
        year
    }

    #[test]
    fn the_year_counts_days_on_other_work() {
        assert_eq!(year(11, 0).findings(), []);
        assert_eq!(year(10, 0).broken(), ["H11"]);
        assert_eq!(year(14, 3).findings(), []);
        assert_eq!(year(14, 4).broken(), ["H11"]);
    }

    #[test]
    fn a_quarter_counts_by_the_first_day_on_site_and_without_other_work() {
        let capped = |caps| {
            let mut year = year(100, 20);
            year.dataset.inspectors[0].max_days_quarter = caps;
            year.broken()
        };
        assert_eq!(capped([Some(11), Some(0), Some(0), Some(0)]), [""; 0]);
        assert_eq!(capped([Some(10), None, None, None]), ["H11"]);
    }

    #[test]
    fn somebody_with_no_post_breaks_nothing() {
        let mut year = year(100, 0).hmi("B");
        year.dataset.inspectors[1].max_days = 5;
        year.dataset.inspectors[1].days_used = 6;
        assert_eq!(year.findings(), []);
    }
}
