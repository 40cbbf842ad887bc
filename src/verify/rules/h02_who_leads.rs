//! H2 (¶16): leads are HMIs, or OIs trained to lead.

use crate::domain::{Grade, Role};
use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;

use super::about;

pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    let leads = posts.held.iter().filter(|post| post.role == Role::Lead);
    leads
        .filter(|post| {
            let inspector = facts.dataset.inspector(post.inspector);
            inspector.grade == Grade::Oi && !inspector.lead_trained
        })
        .map(|post| {
            about(
                facts,
                post,
                "H2",
                "an OI who is not trained to lead leads it".to_owned(),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::Role::{Lead, Team};
    use crate::verify::test_support::Year;

    fn year() -> Year {
        Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .hmi("A")
            .oi("O")
    }

    #[test]
    fn an_hmi_or_a_trained_oi_may_lead_and_any_oi_may_be_in_the_team() {
        assert_eq!(
            year()
                .post("F1", Lead, "A")
                .post("F1", Team, "O")
                .findings(),
            []
        );
        let mut trained = year().post("F1", Lead, "O");
        trained.dataset.inspectors[1].lead_trained = true;
        assert_eq!(trained.findings(), []);
    }

    #[test]
    fn an_untrained_oi_may_not_lead() {
        assert_eq!(year().post("F1", Lead, "O").broken(), ["H2"]);
    }
}
