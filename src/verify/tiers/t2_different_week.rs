//! T2 (¶17): attended inspections moved out of their normal window. A standalone's shift is
//! no different week.

use crate::verify::facts::Facts;
use crate::verify::posts::{Posts, Week};

pub fn value(facts: &Facts, posts: &Posts) -> i64 {
    facts
        .in_scope()
        .filter_map(|ix| posts.lead(ix))
        .filter(|lead| lead.week() == Week::Different)
        .count() as i64
}

#[cfg(test)]
mod tests {
    use crate::domain::{DateSpan, Role::Lead};
    use crate::verify::posts::Week;
    use crate::verify::test_support::{Year, day};
    use crate::verify::tier_values;

    #[test]
    fn a_moved_full_inspection_counts_and_a_shifted_standalone_does_not() {
        let mut year = Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .standalone("S1", "2026-07-07", "2026-07-08")
            .hmi("A")
            .moved_post("F1", Lead, "A", 2)
            .moved_post("S1", Lead, "A", 1);
        year.dataset.programme[1].bounds = DateSpan::new(day("2026-07-01"), day("2026-07-31"));
        year.posts[1].week = Week::Normal;
        assert_eq!(year.findings(), []);
        assert_eq!(tier_values(&year.dataset, &year.posts).t2, 1);
    }
}
