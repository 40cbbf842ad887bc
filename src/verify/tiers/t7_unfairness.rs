//! T7: how unevenly the days are spread: the sum over people who may hold a post of how far
//! their days are from one rate of their contracted days, at the rate that makes it least.

use crate::domain::InspectorIx;
use crate::verify::facts::Facts;
use crate::verify::posts::Posts;
use crate::verify::rules::may_hold_a_post;

pub fn value(facts: &Facts, posts: &Posts) -> f64 {
    let people: Vec<(f64, f64)> = facts
        .dataset
        .inspector_ixs()
        .filter(|person| may_hold_a_post(facts, *person))
        .map(|person| {
            let contracted = facts.dataset.inspector(person).max_days;
            (
                days_used(facts, posts, person) as f64,
                f64::from(contracted),
            )
        })
        .collect();
    least_sum(&people)
}

/// The days of everybody in a plan, days on other work included.
pub fn all_days_used(facts: &Facts, posts: &Posts) -> i64 {
    facts
        .dataset
        .inspector_ixs()
        .map(|person| days_used(facts, posts, person))
        .sum()
}

fn days_used(facts: &Facts, posts: &Posts, person: InspectorIx) -> i64 {
    let programme: i64 = posts
        .of_person(person)
        .map(|post| facts.post_days(post))
        .sum();
    programme + i64::from(facts.dataset.inspector(person).days_used)
}

/// The least over rates from 0 of the sum of |used − rate × contracted|. The sum is made of
/// straight pieces that meet where one person is exactly at the rate, so it is least at one of
/// those rates, or at 0.
fn least_sum(people: &[(f64, f64)]) -> f64 {
    let rates = people
        .iter()
        .filter(|(_, contracted)| *contracted > 0.0)
        .map(|(used, contracted)| used / contracted);
    std::iter::once(0.0)
        .chain(rates)
        .map(|rate| {
            let apart = people
                .iter()
                .map(|(used, contracted)| (used - rate * contracted).abs());
            apart.sum::<f64>()
        })
        .fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use super::least_sum;
    use crate::domain::Role::Lead;
    use crate::verify::test_support::Year;
    use crate::verify::tier_values;

    #[test]
    fn equal_shares_are_fair() {
        assert_eq!(least_sum(&[]), 0.0);
        assert!(least_sum(&[(10.0, 100.0), (5.0, 50.0)]) < 1e-9);
        assert!((least_sum(&[(10.0, 100.0), (0.0, 50.0)]) - 5.0).abs() < 1e-9);
        assert!((least_sum(&[(4.0, 0.0), (3.0, 10.0)]) - 4.0).abs() < 1e-9);
    }

    proptest::proptest! {
        #[test]
        fn no_rate_on_a_grid_does_better(
            people in proptest::collection::vec((0u32..60, 0u32..80), 0..6),
            rate in 0.0f64..3.0,
        ) {
            let people: Vec<(f64, f64)> =
                people.iter().map(|(used, of)| (f64::from(*used), f64::from(*of))).collect();
            let there: f64 = people.iter().map(|(used, of)| (used - rate * of).abs()).sum();
            proptest::prop_assert!(least_sum(&people) <= there + 1e-9);
        }
    }

    #[test]
    fn somebody_who_may_hold_no_post_is_left_out() {
        let mut year = Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .hmi("A")
            .hmi("B")
            .hmi("C")
            .post("F1", Lead, "A");
        // A has 11 of 100 days, B and C none: the best rate is 0.
        assert!((tier_values(&year.dataset, &year.posts).t7 - 11.0).abs() < 1e-9);
        year.dataset.inspectors[1].dbs_expires = None;
        year.dataset.inspectors[2].max_days = 4;
        assert!(tier_values(&year.dataset, &year.posts).t7.abs() < 1e-9);
    }

    #[test]
    fn a_site_without_places_gives_nobody_a_post() {
        let mut year = Year::new().full("F1", "2026-05-04", "2026-05-14").hmi("A");
        year.dataset.inspectors[0].max_days = 0;
        year.dataset.inspectors[0].days_used = 0;
        year.dataset.establishments[0].site_capacity = Some(0);
        assert!(!super::may_hold_a_post(
            &crate::verify::facts::Facts::new(&year.dataset),
            crate::domain::InspectorIx::new(0)
        ));
        year.dataset.inspectors[0].max_days = 50;
        assert!(!super::may_hold_a_post(
            &crate::verify::facts::Facts::new(&year.dataset),
            crate::domain::InspectorIx::new(0)
        ));
        year.dataset.establishments[0].site_capacity = Some(1);
        assert!(super::may_hold_a_post(
            &crate::verify::facts::Facts::new(&year.dataset),
            crate::domain::InspectorIx::new(0)
        ));
    }
}
