//! A year in which people are counted: whether each holds anything at all, and who could take
//! whose place.

use std::collections::BTreeMap;

use super::{Selection, Year};
use crate::domain::InspectorIx;
use crate::eligibility::{Candidate, Eligibility};
use crate::fewest::{Load, Person};

/// Everybody's posts, the sets of them that exclude each other (H8 to H13), and their days of the
/// year (H11).
pub(super) fn people(year: &Year) -> Vec<Person> {
    let eligibility = year.eligibility;
    let people = eligibility.dataset.inspector_ixs();
    people
        .map(|person| {
            let tasks = year.seats_of[person.get()].clone();
            let days = |seat: usize| f64::from(eligibility.engagement(year.candidate(seat)).days());
            let days = Load {
                terms: tasks.iter().map(|seat| (*seat, days(*seat))).collect(),
                most: f64::from(eligibility.limits(person).year),
            };
            Person {
                exclusive: year.exclusions.cliques(person).to_vec(),
                loads: vec![days],
                tasks,
            }
        })
        .collect()
}

/// Groups of two or more people who can hold the same posts together, as positions in
/// `inspectors.csv`: whatever one does in a plan, any other of them could. Nobody is in one whose
/// name is in a pin or in what is published, and none is of both sides of `first`.
pub fn alike(eligibility: &Eligibility, first: usize) -> Vec<Vec<usize>> {
    let dataset = eligibility.dataset;
    let mut posts = vec![Vec::new(); dataset.inspectors.len()];
    for candidate in &eligibility.candidates {
        posts[candidate.person.get()].push(candidate.engagement);
    }
    let named = |person| {
        let published = dataset.published.iter().flat_map(|one| &one.posts);
        dataset.pins.iter().any(|pin| pin.inspector == person)
            || published
                .into_iter()
                .any(|post| post.inspector == Some(person))
    };
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for person in dataset.inspector_ixs() {
        let own = std::mem::take(&mut posts[person.get()]);
        if own.is_empty() || named(person) {
            continue;
        }
        let limits = eligibility.limits(person);
        let workable: Vec<usize> = eligibility.workable(person).ones().collect();
        let side = person.get() < first;
        let key = (side, own, limits.year, limits.quarter, workable);
        groups.entry(key).or_default().push(person.get());
    }
    let mut groups: Vec<_> = groups.into_values().filter(|one| one.len() > 1).collect();
    groups.sort_unstable();
    groups
}

/// The same plan with whoever holds something first among their `alike`.
pub(super) fn in_order(
    eligibility: &Eligibility,
    alike: &[Vec<usize>],
    selection: &Selection,
) -> Selection {
    let held = selection.held(eligibility);
    let mut place: Vec<usize> = (0..held.len()).collect();
    for group in alike {
        let mut asked = group.clone();
        asked.sort_by_key(|person| held[*person].is_empty());
        for (person, first) in std::iter::zip(asked, group) {
            place[person] = *first;
        }
    }
    let seats = selection.seats().filter_map(|seat| {
        let Candidate { engagement, person } = eligibility.candidates[seat];
        let person = InspectorIx::new(place[person.get()]);
        let one = Candidate { engagement, person };
        eligibility.candidates.binary_search(&one).ok()
    });
    Selection::new(seats.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::Spec;
    use crate::test_support;

    #[test]
    fn whoever_is_like_another_takes_their_place() {
        let mut dataset = test_support::year(&Spec::varied(1, 12, 4, 4));
        let first = dataset.inspectors.len();
        let most = (0..first).max_by_key(|at| dataset.inspectors[*at].max_days);
        let mut twin = dataset.inspectors[most.expect("people")].clone();
        twin.grade = crate::domain::Grade::Hmi;
        dataset.inspectors.extend([twin.clone(), twin]);
        let year = Eligibility::new(&dataset);
        let groups = alike(&year, first);
        let twins = vec![first, first + 1];
        assert!(groups.contains(&twins), "{groups:?}");
        let of_second = |candidate: &Candidate| candidate.person.get() == first + 1;
        let seat = year.candidates.iter().position(of_second);
        let seat = seat.expect("a seat of the second");
        let ordered = in_order(&year, &groups, &Selection::new(vec![seat]));
        let taken: Vec<_> = ordered.seats().map(|seat| year.candidates[seat]).collect();
        assert_eq!(taken.len(), 1);
        assert_eq!(taken[0].person.get(), first);
        assert_eq!(taken[0].engagement, year.candidates[seat].engagement);
    }
}
