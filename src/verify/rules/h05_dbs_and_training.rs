//! H5 (¶18): enhanced DBS is valid on the last day on site; so is the training for custodial
//! sites, where its date is held.

use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;

use super::about;

pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for post in &posts.held {
        let inspector = facts.dataset.inspector(post.inspector);
        let fault = |message| about(facts, post, "H5", message).day(post.last);
        match inspector.dbs_expires {
            None => findings.push(fault("they hold no enhanced DBS check".to_owned())),
            Some(until) if until < post.last => {
                findings.push(fault(format!("their DBS check ends on {until}")));
            }
            Some(_) => {}
        }
        if let Some(until) = inspector.custody_training_until
            && until < post.last
        {
            findings.push(fault(format!(
                "their training for custodial sites ends on {until}"
            )));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::domain::Role::Lead;
    use crate::verify::test_support::{Year, day};

    fn year() -> Year {
        Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .hmi("A")
            .post("F1", Lead, "A")
    }

    #[test]
    fn dbs_and_training_are_valid_through_their_date() {
        let mut year = year();
        year.dataset.inspectors[0].dbs_expires = Some(day("2026-05-14"));
        year.dataset.inspectors[0].custody_training_until = Some(day("2026-05-14"));
        assert_eq!(year.findings(), []);
    }

    #[test]
    fn a_day_less_is_refused() {
        let mut dbs = year();
        dbs.dataset.inspectors[0].dbs_expires = Some(day("2026-05-13"));
        assert_eq!(dbs.broken(), ["H5"]);
        dbs.dataset.inspectors[0].dbs_expires = None;
        assert_eq!(dbs.broken(), ["H5"]);
        let mut training = year();
        training.dataset.inspectors[0].custody_training_until = Some(day("2026-05-13"));
        assert_eq!(training.broken(), ["H5"]);
    }
}
