//! H16 (¶14, 25): at an unannounced full inspection nobody of Ofsted is on site before HMIP's
//! first day.

use crate::domain::Kind;
use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;

use super::about;

pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    posts
        .held
        .iter()
        .filter(|post| {
            let inspection = facts.dataset.inspection(post.inspection);
            let unannounced = inspection.kind == Kind::Full && !inspection.announced;
            // One that is under way keeps its window (H17).
            let begun = facts.begun(post.inspection);
            let keeps = begun.is_some_and(|lead| lead.days.first() == post.first);
            unannounced && !keeps && post.first < inspection.dates.first()
        })
        .map(|post| {
            let start = facts.dataset.inspection(post.inspection).dates.first();
            let message = format!("HMIP arrives, unannounced, on {start}");
            about(facts, post, "H16", message).day(post.first)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::Role::Lead;
    use crate::verify::test_support::Year;

    fn year(start: &str, announced: bool) -> Year {
        let mut year = Year::new()
            .full("F1", start, "2026-05-14")
            .hmi("A")
            .moved_post("F1", Lead, "A", -1);
        year.dataset.programme[0].announced = announced;
        year
    }

    #[test]
    fn the_week_before_is_refused_where_hmip_is_not_there_yet() {
        assert_eq!(year("2026-05-04", false).findings(), []);
        assert_eq!(year("2026-05-05", false).broken(), ["H16"]);
        assert_eq!(year("2026-05-05", true).findings(), []);
    }
}
