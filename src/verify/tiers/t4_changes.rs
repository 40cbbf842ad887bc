//! T4 (¶15, 22): published posts that are no longer held by the same person in the same window.

use crate::verify::facts::Facts;
use crate::verify::posts::Posts;

/// How many; nothing where nothing was published.
pub fn value(facts: &Facts, posts: &Posts) -> Option<i64> {
    facts.dataset.published.as_ref()?;
    let rows = facts.published_rows().iter();
    let changed = rows.filter(|row| {
        !posts.held.iter().any(|post| {
            row.inspection == Some(post.inspection)
                && row.inspector == Some(post.inspector)
                && row.role == post.role
                && row.days.first() == post.first
                && row.days.last() == post.last
        })
    });
    Some(changed.count() as i64)
}

#[cfg(test)]
mod tests {
    use crate::domain::Role::{Lead, Team};
    use crate::verify::test_support::Year;
    use crate::verify::tier_values;

    #[test]
    fn it_counts_whoever_is_told_something_else() {
        let year = || {
            Year::new()
                .full("F1", "2026-05-04", "2026-05-14")
                .full("F2", "2026-06-01", "2026-06-11")
                .hmi("A")
                .hmi("B")
        };
        let published = year()
            .post("F1", Lead, "A")
            .post("F1", Team, "B")
            .post("F2", Lead, "B");
        let changes = |year: Year| {
            let year = year.published("2026-04-01", &published.posts);
            tier_values(&year.dataset, &year.posts).t4
        };
        let as_before = year()
            .post("F1", Lead, "A")
            .post("F1", Team, "B")
            .post("F2", Lead, "B");
        assert_eq!(changes(as_before), Some(0));
        // Another role is another post; what is new changes nothing that was told.
        let swapped = year()
            .post("F1", Lead, "B")
            .post("F1", Team, "A")
            .post("F2", Lead, "B");
        assert_eq!(changes(swapped), Some(2));
        assert_eq!(changes(year().post("F2", Lead, "A")), Some(3));
        assert_eq!(tier_values(&year().dataset, &[]).t4, None);
    }
}
