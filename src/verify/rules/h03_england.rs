//! H3 (¶16): Ofsted attends in England only; Wales is Estyn's.

use crate::domain::Country;
use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;

use super::about;

pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    posts
        .held
        .iter()
        .filter(|post| facts.site(post.inspection).country == Country::Wales)
        .map(|post| {
            let site = &facts.site(post.inspection).name;
            about(facts, post, "H3", format!("{site} is in Wales, Estyn's"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::{Country, Role::Lead};
    use crate::verify::test_support::Year;

    #[test]
    fn a_welsh_site_is_not_attended() {
        let mut year = Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .hmi("A")
            .post("F1", Lead, "A");
        assert_eq!(year.findings(), []);
        year.dataset.establishments[0].country = Country::Wales;
        assert_eq!(year.broken(), ["H3"]);
    }
}
