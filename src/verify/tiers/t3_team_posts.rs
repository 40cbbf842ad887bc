//! T3 (¶13): team posts left empty; the whole team where nobody attends.

use crate::domain::Role;
use crate::verify::facts::Facts;
use crate::verify::posts::Posts;

pub fn value(facts: &Facts, posts: &Posts) -> i64 {
    facts
        .in_scope()
        .map(|ix| (facts.team_required(ix) - 1 - posts.count(ix, Role::Team)).max(0))
        .sum()
}

#[cfg(test)]
mod tests {
    use crate::domain::Role::{Lead, Team};
    use crate::verify::test_support::Year;
    use crate::verify::tier_values;

    #[test]
    fn it_counts_posts_beside_the_lead() {
        let year = Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .full("F2", "2026-06-01", "2026-06-11")
            .hmi("A")
            .hmi("B");
        assert_eq!(tier_values(&year.dataset, &year.posts).t3, 4);
        let year = year.post("F1", Lead, "A").post("F1", Team, "B");
        assert_eq!(tier_values(&year.dataset, &year.posts).t3, 3);
    }
}
