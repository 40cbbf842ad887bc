//! The year with people who could be recruited, as many of each kind as can serve.

use fixedbitset::FixedBitSet;

use crate::domain::{Dataset, InspectorIx, RemedyKind};
use crate::eligibility::Eligibility;
use crate::remedies::{Remedy, mended, recruits};

/// One of each kind that the policy allows, those left out who can do no more than another kind
/// can, or nothing; `None` where it allows none.
pub(super) fn one_of_each(dataset: &Dataset) -> Option<(Vec<usize>, Dataset)> {
    let policy = dataset.policy.remedy.get(&RemedyKind::Person)?;
    if !policy.allowed {
        return None;
    }
    let kinds = recruits(dataset, 1);
    if kinds.is_empty() {
        return None;
    }
    let all: Vec<usize> = (0..kinds.len()).collect();
    let year = with(dataset, &all, 1)?;
    let eligibility = Eligibility::new(&year);
    let mut posts =
        vec![FixedBitSet::with_capacity(eligibility.engagements.len()); year.inspectors.len()];
    for candidate in &eligibility.candidates {
        posts[candidate.person.get()].insert(candidate.engagement);
    }
    // They have the same days: who can hold more posts, one by one, can hold more together.
    let posts = &posts[dataset.inspectors.len()..];
    let mut kept: Vec<usize> = Vec::new();
    for kind in all {
        let does_more = |other: usize| {
            let same = posts[other] == posts[kind];
            other != kind && posts[kind].is_subset(&posts[other]) && (!same || other < kind)
        };
        if !posts[kind].is_clear() && !(0..posts.len()).any(does_more) {
            kept.push(kind);
        }
    }
    let year = with(dataset, &kept, 1)?;
    Some((kept, year))
}

/// The year with `of_each` of these kinds: all of the first, then all of the second, and so on.
pub(super) fn with(dataset: &Dataset, kinds: &[usize], of_each: u32) -> Option<Dataset> {
    let all = recruits(dataset, of_each);
    let chosen: Vec<Remedy> = kinds.iter().flat_map(|kind| all[*kind].clone()).collect();
    mended(dataset, &chosen)
}

/// Posts of recruits shared out among as few of each kind as comes of taking them in order of
/// time; `one` has one of each kind, from the position `first` on. A list of lists for each.
pub(super) fn shared_out(
    one: &Eligibility,
    first: usize,
    posts: &[Vec<usize>],
) -> Vec<Vec<Vec<usize>>> {
    posts
        .iter()
        .enumerate()
        .map(|(kind, posts)| {
            let who = InspectorIx::new(first + kind);
            let mut in_order = posts.clone();
            in_order.sort_by_key(|at| (one.engagements[*at].first_day, *at));
            let mut people: Vec<Vec<usize>> = Vec::new();
            for post in in_order {
                let with = |held: &[usize]| [held, &[post]].concat();
                match people.iter().position(|held| one.fits(who, &with(held))) {
                    Some(at) => people[at].push(post),
                    None => people.push(vec![post]),
                }
            }
            people
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::Spec;
    use crate::domain::Grade;
    use crate::test_support;

    fn year() -> Dataset {
        test_support::year(&Spec::varied(1, 12, 4, 4))
    }

    #[test]
    fn kinds_that_add_nothing_are_left_out() {
        let mut dataset = year();
        let first = dataset.inspectors.len();
        // HMIs of every region can go everywhere: one of them will do.
        dataset.policy.travel.max_km = Some(5_000.0);
        let (kinds, with_one) = one_of_each(&dataset).expect("recruits");
        assert_eq!(kinds.len(), 1);
        assert_eq!(with_one.inspectors[first].grade, Grade::Hmi);
        // They can go nowhere: an OI will do, of whichever region.
        dataset.policy.travel.max_km = Some(0.001);
        let (kinds, with_one) = one_of_each(&dataset).expect("recruits");
        assert_eq!(kinds.len(), 1);
        assert_eq!(with_one.inspectors[first].grade, Grade::Oi);
        let person = dataset.policy.remedy.get_mut(&RemedyKind::Person);
        person.expect("a policy").allowed = false;
        assert!(one_of_each(&dataset).is_none());
    }

    #[test]
    fn posts_are_shared_out_among_people_who_can_hold_them_together() {
        let dataset = year();
        let first = dataset.inspectors.len();
        let (_, with_one) = one_of_each(&dataset).expect("recruits");
        let one = Eligibility::new(&with_one);
        let who = InspectorIx::new(first);
        let own = one.candidates.iter().filter(|post| post.person == who);
        let posts: Vec<usize> = own.map(|post| post.engagement).collect();
        let people = shared_out(&one, first, std::slice::from_ref(&posts));
        assert!(people[0].iter().all(|held| one.fits(who, held)));
        let mut all = people[0].concat();
        all.sort_unstable();
        assert_eq!(all, posts);
        assert!(people[0].len() < posts.len());
    }
}
