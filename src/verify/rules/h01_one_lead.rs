//! H1 (¶16, 20): an attended inspection has exactly one lead; nobody attends one that has no
//! lead, and never more people than its team asks for, each of them once.

use std::collections::BTreeSet;

use crate::domain::Role;
use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;

pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ix in facts.dataset.inspection_ixs() {
        let id = &facts.dataset.inspection(ix).id;
        let mut fault = |message| findings.push(Finding::new("H1", message).inspection(id));
        let leads = posts.count(ix, Role::Lead);
        let team = posts.count(ix, Role::Team);
        if leads > 1 {
            fault(format!("it has {leads} leads, not one"));
        }
        if leads == 0 && team > 0 {
            fault(format!("{team} of a team attend it, and nobody leads"));
        }
        let asked = facts.team_required(ix);
        if facts.out_of_scope(ix).is_none() && team > asked - 1 {
            fault(format!(
                "{team} beside the lead, where the team asks for {}",
                asked - 1
            ));
        }
        let mut seen = BTreeSet::new();
        for post in posts.of_inspection(ix) {
            if !seen.insert(post.inspector) {
                let person = &facts.dataset.inspector(post.inspector).id;
                findings.push(
                    Finding::new("H1", "they hold two posts of one inspection")
                        .inspection(id)
                        .person(person),
                );
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
            .hmi("A")
            .hmi("B")
            .hmi("C")
    }

    #[test]
    fn a_lead_and_a_full_team_pass() {
        let year = year()
            .post("F1", Lead, "A")
            .post("F1", Team, "B")
            .post("F1", Team, "C");
        assert_eq!(year.broken(), [""; 0]);
        assert_eq!(year.findings(), []);
    }

    #[test]
    fn two_leads_are_refused() {
        let year = year().post("F1", Lead, "A").post("F1", Lead, "B");
        assert_eq!(year.broken(), ["H1"]);
    }

    #[test]
    fn a_team_without_a_lead_is_refused() {
        assert_eq!(year().post("F1", Team, "A").broken(), ["H1"]);
    }

    #[test]
    fn more_than_the_team_is_refused() {
        let mut year = year()
            .post("F1", Lead, "A")
            .post("F1", Team, "B")
            .post("F1", Team, "C");
        year.dataset.programme[0].team_required = Some(2);
        assert_eq!(year.broken(), ["H1"]);
    }

    #[test]
    fn one_person_in_two_posts_is_refused() {
        let year = year().post("F1", Lead, "A").post("F1", Team, "A");
        assert!(year.broken().contains(&"H1".to_owned()));
    }
}
