//! H7 (¶19): on every day, Ofsted's people on a site, all its inspections together, are at most
//! the places that HMIP and the partners leave. Where one of those inspections is attended in a
//! different week, they are also at most the fewest places of its normal window (¶17), unless
//! the policy says `for_room`.

use std::collections::BTreeMap;

use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::{HeldPost, Posts, Week};

pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    let mut there: BTreeMap<_, Vec<&HeldPost>> = BTreeMap::new();
    for post in &posts.held {
        let site = facts.dataset.inspection(post.inspection).establishment;
        for day in &post.days {
            there.entry((site, *day)).or_default().push(post);
        }
    }
    let mut findings = Vec::new();
    for ((site, day), people) in there {
        let count = people.len() as i64;
        let name = &facts.dataset.establishment(site).name;
        let id = |post: &HeldPost| &facts.dataset.inspection(post.inspection).id;
        if let Some(places) = facts.places(site, day)
            && count > places
        {
            findings.push(
                Finding::new(
                    "H7",
                    format!("{count} people for {places} places at {name}"),
                )
                .inspection(id(people[0]))
                .day(day),
            );
        }
        if facts.dataset.policy.different_week.for_room {
            continue;
        }
        let mut moved: Vec<&HeldPost> = people
            .iter()
            .copied()
            .filter(|post| post.week() == Week::Different)
            .collect();
        moved.sort_by_key(|post| post.inspection);
        moved.dedup_by_key(|post| post.inspection);
        for post in moved {
            if let Some(places) = facts.fewest_normal_places(post.inspection)
                && count > places
            {
                findings.push(
                    Finding::new(
                        "H7",
                        format!(
                            "{count} people at {name} in a different week, where the normal \
                             week has {places} places"
                        ),
                    )
                    .inspection(id(post))
                    .day(day),
                );
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::domain::Role::{Lead, Team};
    use crate::verify::test_support::Year;

    fn year() -> Year {
        let mut year = Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .hmi("A")
            .hmi("B");
        year.dataset.establishments[0].site_capacity = Some(10);
        year.dataset.programme[0].hmip_team = 6;
        year.dataset.programme[0].partner_team = 2;
        year
    }

    #[test]
    fn as_many_as_there_are_places_pass() {
        let year = year().post("F1", Lead, "A").post("F1", Team, "B");
        assert_eq!(year.findings(), []);
    }

    #[test]
    fn one_more_is_refused_each_day() {
        let mut year = year().post("F1", Lead, "A").post("F1", Team, "B");
        year.dataset.programme[0].hmip_team = 7;
        assert_eq!(year.broken(), ["H7"]);
        assert_eq!(year.findings().len(), 4);
    }

    #[test]
    fn two_inspections_of_a_site_share_its_places() {
        let year = year()
            .standalone("S1", "2026-05-14", "2026-05-14")
            .hmi("C")
            .post("F1", Lead, "A")
            .post("F1", Team, "B")
            .post("S1", Lead, "C");
        assert_eq!(year.broken(), ["H7"]);
        assert_eq!(year.findings().len(), 1);
    }

    #[test]
    fn a_different_week_has_no_more_places_than_the_normal_one() {
        let different = || {
            let mut year = year()
                .moved_post("F1", Lead, "A", 1)
                .moved_post("F1", Team, "B", 1);
            year.dataset.programme[0].hmip_team = 7;
            year
        };
        assert_eq!(different().broken(), ["H7"]);
        let mut for_room = different();
        for_room.dataset.policy.different_week.for_room = true;
        assert_eq!(for_room.findings(), []);
        let mut enough = different();
        enough.dataset.programme[0].hmip_team = 6;
        assert_eq!(enough.findings(), []);
    }

    #[test]
    fn nobody_else_leaves_no_fewer_than_no_places() {
        let mut year = year().post("F1", Lead, "A");
        year.dataset.programme[0].hmip_team = 30;
        assert_eq!(year.broken(), ["H7"]);
    }
}
