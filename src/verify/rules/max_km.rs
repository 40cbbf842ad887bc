//! `travel.max_km` of the policy: how far an HMI may be sent.

use crate::domain::{Grade, Kilometres};
use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;

use super::about;

pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    let Some(limit) = facts.dataset.policy.travel.max_km else {
        return Vec::new();
    };
    let hmis = posts
        .held
        .iter()
        .filter(|post| facts.dataset.inspector(post.inspector).grade == Grade::Hmi);
    hmis.filter_map(|post| {
        let Kilometres(km) = facts.distance(post.inspector, post.inspection);
        let message = format!("they travel {km:.0} km, where {limit:.0} are allowed");
        (km > limit).then(|| about(facts, post, "travel.max_km", message))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::Role::{Lead, Team};
    use crate::verify::test_support::Year;

    #[test]
    fn an_hmi_from_afar_is_refused_and_an_oi_is_not() {
        let mut year = Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .hmi("A")
            .oi("O")
            .post("F1", Lead, "A")
            .post("F1", Team, "O");
        year.dataset.policy.travel.max_km = Some(100.0);
        year.dataset.inspectors[1].location.latitude = 56.0;
        assert_eq!(year.findings(), []);
        year.dataset.inspectors[0].location.latitude = 56.0;
        assert_eq!(year.broken(), ["travel.max_km"]);
    }
}
