//! H6 (¶18): clearance is at least the site's requirement, and valid on the last day on site.

use crate::domain::{Clearance, ClearanceLevel};
use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;

use super::about;

pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    posts
        .held
        .iter()
        .filter_map(|post| {
            let asked = facts.site(post.inspection).clearance_required;
            let why = match facts.dataset.inspector(post.inspector).clearance {
                None => "they hold no clearance".to_owned(),
                Some(Clearance { level, .. }) if level < asked => format!(
                    "their clearance is {}, the site asks for {}",
                    name(facts, level),
                    name(facts, asked)
                ),
                Some(Clearance { expires, .. }) if expires < post.last => {
                    format!("their clearance ends on {expires}")
                }
                Some(_) => return None,
            };
            Some(about(facts, post, "H6", why).day(post.last))
        })
        .collect()
}

fn name<'a>(facts: &'a Facts, ClearanceLevel(level): ClearanceLevel) -> &'a str {
    facts
        .dataset
        .policy
        .clearance_levels
        .get(usize::from(level))
        .map_or("unknown", String::as_str)
}

#[cfg(test)]
mod tests {
    use crate::domain::{Clearance, ClearanceLevel, Role::Lead};
    use crate::verify::test_support::{Year, day};

    fn broken(level: u8, expires: &str) -> Vec<String> {
        let mut year = Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .hmi("A")
            .post("F1", Lead, "A");
        year.dataset.establishments[0].clearance_required = ClearanceLevel(3);
        year.dataset.inspectors[0].clearance = Some(Clearance {
            level: ClearanceLevel(level),
            expires: day(expires),
        });
        year.broken()
    }

    #[test]
    fn the_level_asked_for_or_higher_through_the_last_day_passes() {
        assert_eq!(broken(3, "2026-05-14"), [""; 0]);
        assert_eq!(broken(4, "2030-01-01"), [""; 0]);
    }

    #[test]
    fn a_lower_level_or_one_that_ends_before_is_refused() {
        assert_eq!(broken(2, "2030-01-01"), ["H6"]);
        assert_eq!(broken(3, "2026-05-13"), ["H6"]);
    }

    #[test]
    fn no_clearance_is_not_even_the_lowest() {
        let mut year = Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .hmi("A")
            .post("F1", Lead, "A");
        year.dataset.inspectors[0].clearance = None;
        assert_eq!(year.broken(), ["H6"]);
    }
}
