//! H14 (¶17): Ofsted's team attends together, in one window, never split.

use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;

use super::about;

pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ix in facts.dataset.inspection_ixs() {
        let Some(first) = posts.lead(ix).or_else(|| posts.of_inspection(ix).next()) else {
            continue;
        };
        for post in posts.of_inspection(ix) {
            if (post.first, post.last) != (first.first, first.last) {
                let message = format!(
                    "they attend {} to {}, others {} to {}",
                    post.first, post.last, first.first, first.last
                );
                findings.push(about(facts, post, "H14", message).day(post.first));
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
    fn a_split_team_is_refused() {
        let year = || {
            Year::new()
                .full("F1", "2026-05-04", "2026-05-14")
                .hmi("A")
                .hmi("B")
        };
        let together = year()
            .moved_post("F1", Lead, "A", 1)
            .moved_post("F1", Team, "B", 1);
        assert_eq!(together.findings(), []);
        let split = year().post("F1", Lead, "A").moved_post("F1", Team, "B", 1);
        assert_eq!(split.broken(), ["H14"]);
    }
}
