//! The window of a post is one of its inspection's (¶17): the normal one, a different week that
//! the policy offers, or a standalone's shift; and is called what it is.

use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;

use super::about;

pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    posts
        .held
        .iter()
        .filter(|post| !post.allowed.contains(&post.said))
        .map(|post| match post.allowed.first() {
            None => {
                let message = format!("{} to {} is none of its windows", post.first, post.last);
                about(facts, post, "window", message).day(post.first)
            }
            Some(week) => {
                let message = format!(
                    "{} to {} is a {} week, not a {} one",
                    post.first,
                    post.last,
                    week.as_str(),
                    post.said.as_str()
                );
                about(facts, post, "allocations.csv week", message).day(post.first)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::Role::Lead;
    use crate::verify::posts::Week;
    use crate::verify::test_support::{Year, day};

    fn year() -> Year {
        Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .hmi("A")
            .post("F1", Lead, "A")
    }

    #[test]
    fn a_window_that_is_nobodys_is_refused() {
        let mut year = year();
        year.posts[0].attend_to = day("2026-05-13");
        assert_eq!(year.broken(), ["window"]);
        year.posts[0].attend_to = day("2026-05-01");
        assert_eq!(year.broken(), ["window"]);
        year.posts[0].attend_to = day("9999-12-31");
        assert_eq!(year.broken(), ["window"]);
    }

    #[test]
    fn a_week_is_called_what_it_is() {
        let mut year = year();
        year.posts[0].week = Week::Different;
        assert_eq!(year.broken(), ["allocations.csv week"]);
    }
}
