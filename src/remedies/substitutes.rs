//! Who else could lead where a change lets somebody lead, with other changes and no more weeks
//! moved.

use std::collections::{BTreeMap, BTreeSet};

use super::about::About;
use super::program::Base;
use super::weeks::{Attended, Weeks, attended};
use crate::domain::{InspectorIx, RemedyKind};
use crate::eligibility::Eligibility;
use crate::solve::{SolveError, Stop};

/// So many sets are allocated by themselves to see whether they do as well.
const ALLOCATED: usize = 200;

/// Somebody who can lead an inspection with these changes.
#[derive(Clone, Debug)]
struct Substitute {
    changes: Vec<usize>,
    person: InspectorIx,
    seat: usize,
}

/// A year in which all is attended with a set of changes, some of which others can stand in for:
/// where they are for one lead's post alone, somebody else may lead there with other changes.
pub(super) struct Substitutes<'b> {
    base: &'b Base<'b>,
    /// How many are moved at most.
    most: usize,
    /// The changes that stay.
    kept: Vec<usize>,
    /// Of each post for which others can stand in, all who can, who does so first.
    lists: Vec<Vec<Substitute>>,
    /// Who leads the other inspections: as few are moved in each of these.
    others: Vec<BTreeSet<usize>>,
    /// Whether somebody can lead one of those posts and what they lead of some others.
    fits: BTreeMap<(usize, usize), bool>,
}

impl<'b> Substitutes<'b> {
    pub(super) fn new(base: &'b Base<'b>, set: &[usize], most: usize, found: Attended) -> Self {
        let needed = |seat: &usize| &base.needed[*seat];
        let is_alone = |seat: &usize| {
            let mut others = found.leads.iter().filter(|other| *other != seat);
            !needed(seat).is_empty()
                && needed(seat).iter().all(|at| set.contains(at))
                && others.all(|other| needed(seat).is_disjoint(needed(other)))
        };
        // A lead whom the year with all changes knows under no seat can't be looked after.
        let all_known = found.leads.len() == base.after.inspections().count();
        let posts = found
            .leads
            .iter()
            .filter(|seat| all_known && is_alone(seat));
        let posts: Vec<usize> = posts.copied().collect();
        let replaced: BTreeSet<usize> = posts.iter().flat_map(needed).copied().collect();
        let kept = set.iter().copied().filter(|at| !replaced.contains(at));
        let mut substitutes = Self {
            base,
            most,
            kept: kept.collect(),
            lists: Vec::new(),
            others: Vec::new(),
            fits: BTreeMap::new(),
        };
        substitutes.lists = posts
            .iter()
            .map(|seat| substitutes.all_for(*seat))
            .collect();
        substitutes.remember(&found.leads);
        substitutes
    }

    fn with(&self, seat: usize) -> Substitute {
        Substitute {
            changes: self.base.needed[seat].iter().copied().collect(),
            person: self.person(seat),
            seat,
        }
    }

    fn person(&self, seat: usize) -> InspectorIx {
        self.base.after.candidates[seat].person
    }

    /// All who can lead there with one or two changes, who does so first.
    fn all_for(&self, seat: usize) -> Vec<Substitute> {
        let post = self.base.after.candidates[seat].engagement;
        let candidates = self.base.after.candidates.iter().enumerate();
        let others = candidates.filter(|(other, candidate)| {
            candidate.engagement == post
                && *other != seat
                && (1..=2).contains(&self.base.needed[*other].len())
        });
        let mut all = vec![self.with(seat)];
        for other in others.map(|(other, _)| self.with(other)) {
            // More changes than are made in any case say nothing new.
            let says_no_more = |one: &Substitute| {
                let mut changes = one.changes.iter();
                changes.all(|at| other.changes.contains(at))
            };
            if !all.iter().any(says_no_more) {
                all.push(other);
            }
        }
        all
    }

    /// Keeps who leads the inspections for which nobody stands in, where they can do so with no
    /// changes but those that stay.
    fn remember(&mut self, leads: &BTreeSet<usize>) {
        let post = |seat: usize| self.base.after.candidates[seat].engagement;
        let posts: Vec<_> = self.lists.iter().map(|list| post(list[0].seat)).collect();
        let others = leads.iter().copied();
        let others: BTreeSet<usize> = others
            .filter(|seat| !posts.contains(&post(*seat)))
            .collect();
        let people: BTreeSet<_> = others.iter().map(|seat| self.person(*seat)).collect();
        if others.len() + posts.len() == leads.len()
            && let Some(dataset) = self.base.with(&self.kept.iter().copied().collect())
        {
            let year = Eligibility::new(&dataset);
            let all_fit = people
                .into_iter()
                .all(|person| self.holds(&year, person, &others, &[]));
            if all_fit {
                self.others.push(others);
            }
        }
    }

    /// Whether somebody can lead what they lead of `others`, and these posts besides.
    fn holds(
        &self,
        year: &Eligibility,
        person: InspectorIx,
        others: &BTreeSet<usize>,
        more: &[&Substitute],
    ) -> bool {
        let held = others.iter().copied();
        let held = held.filter(|seat| self.person(*seat) == person);
        let seats: Vec<usize> = held.chain(more.iter().map(|one| one.seat)).collect();
        self.base.fits(year, person, &seats)
    }

    fn changes<'s>(&self, chosen: impl IntoIterator<Item = &'s Substitute>) -> BTreeSet<usize> {
        let theirs = chosen.into_iter().flat_map(|one| &one.changes);
        self.kept.iter().chain(theirs).copied().collect()
    }

    /// Whether these do as well, of different posts, as can be told from a plan that is known.
    fn do_as_well(&mut self, chosen: &[&Substitute]) -> bool {
        (0..self.others.len()).any(|others| self.do_as_well_with(others, chosen))
    }

    fn do_as_well_with(&mut self, others: usize, chosen: &[&Substitute]) -> bool {
        let people: BTreeSet<_> = chosen.iter().map(|one| one.person).collect();
        if people.len() == chosen.len() {
            return chosen.iter().all(|one| self.is_free(others, one));
        }
        let Some(dataset) = self.base.with(&self.changes(chosen.iter().copied())) else {
            return false;
        };
        let year = Eligibility::new(&dataset);
        let held = &self.others[others];
        people.into_iter().all(|person| {
            let theirs = chosen.iter().copied();
            let theirs: Vec<_> = theirs.filter(|one| one.person == person).collect();
            self.holds(&year, person, held, &theirs)
        })
    }

    fn is_free(&mut self, others: usize, one: &Substitute) -> bool {
        if let Some(fits) = self.fits.get(&(others, one.seat)) {
            return *fits;
        }
        let dataset = self.base.with(&self.changes([one]));
        let fits = dataset.is_some_and(|year| {
            let held = &self.others[others];
            self.holds(&Eligibility::new(&year), one.person, held, &[one])
        });
        self.fits.insert((others, one.seat), fits);
        fits
    }

    /// Whether these do as well, as can be told by allocating the year with them.
    fn are_allocated(&mut self, chosen: &[&Substitute], stop: &Stop) -> Result<bool, SolveError> {
        let set: Vec<usize> = self.changes(chosen.iter().copied()).into_iter().collect();
        let found = attended(self.base, &set, stop)?;
        let Some(found) = found.filter(|found| found.moved <= self.most) else {
            return Ok(false);
        };
        self.remember(&found.leads);
        Ok(true)
    }

    /// How few are moved whoever of each list leads.
    pub(super) fn weeks(mut self, stop: &Stop) -> Result<Vec<Weeks>, SolveError> {
        let all = std::mem::take(&mut self.lists);
        let firsts: Vec<Substitute> = all.iter().map(|list| list[0].clone()).collect();
        self.lists.clone_from(&all);
        let mut left = ALLOCATED;
        let mut lists: Vec<Vec<Substitute>> = Vec::new();
        for (at, list) in all.into_iter().enumerate() {
            let mut fit = Vec::new();
            for one in list {
                let mut chosen: Vec<&Substitute> = firsts.iter().collect();
                chosen[at] = &one;
                if one.seat == firsts[at].seat || self.is_shown(&chosen, &mut left, stop)? {
                    fit.push(one);
                }
            }
            lists.push(fit);
        }
        let mut weeks = Vec::new();
        let parts = match <[Vec<Substitute>; 2]>::try_from(lists) {
            Ok(two) => {
                let apart = self.apart(&two, &mut left, stop)?;
                let with_days = self.with_days(&two, &apart, stop)?;
                if !with_days.is_empty() {
                    weeks.push(self.with_kept(vec![with_days]));
                }
                let lengths = two.each_ref().map(Vec::len);
                let parts = side_by_side(lengths, &apart).into_iter();
                let of = |list: usize, those: Vec<usize>| {
                    let those = those.into_iter().map(|at| two[list][at].clone());
                    those.collect::<Vec<_>>()
                };
                let lists = |[ones, others]: [Vec<usize>; 2]| vec![of(0, ones), of(1, others)];
                parts.map(lists).collect()
            }
            Err(lists) => vec![self.who_go_with_all_before(lists, stop)?],
        };
        for lists in parts {
            let changes = |list: Vec<Substitute>| list.into_iter().map(|one| one.changes).collect();
            weeks.push(self.with_kept(lists.into_iter().map(changes).collect()));
        }
        Ok(weeks)
    }

    fn with_kept(&self, lists: Vec<Vec<Vec<usize>>>) -> Weeks {
        let kept = self.kept.iter().map(|at| vec![vec![*at]]);
        Weeks {
            of: kept.chain(lists).collect(),
            most: self.most,
        }
    }

    /// The lists without those of whom it is not shown that they do as well with each of all lists
    /// before; where it is not shown of the first, no others.
    fn who_go_with_all_before(
        &mut self,
        lists: Vec<Vec<Substitute>>,
        stop: &Stop,
    ) -> Result<Vec<Vec<Substitute>>, SolveError> {
        for (at, one) in lists.iter().enumerate() {
            for other in &lists[..at] {
                // They have to stay: what is told by them holds off the set that they are of.
                if !self.is_shown(&[&other[0], &one[0]], &mut 0, stop)? {
                    return Ok(lists.iter().map(|list| list[..1].to_vec()).collect());
                }
            }
        }
        let mut left: Vec<Vec<Substitute>> = Vec::new();
        for list in lists {
            let mut fit = Vec::new();
            for one in list {
                let mut goes = true;
                for other in left.iter().flatten() {
                    goes = goes && self.is_shown(&[other, &one], &mut 0, stop)?;
                }
                if goes {
                    fit.push(one);
                }
            }
            left.push(fit);
        }
        Ok(left)
    }

    /// Pairs of whom it is not shown that they do as well together.
    fn apart(
        &mut self,
        [ones, others]: &[Vec<Substitute>; 2],
        left: &mut usize,
        stop: &Stop,
    ) -> Result<Vec<[usize; 2]>, SolveError> {
        let mut apart = Vec::new();
        for (at, one) in ones.iter().enumerate() {
            for (other_at, other) in others.iter().enumerate() {
                // The first of both are who leads in the plan that it was told by.
                let are_first = at == 0 && other_at == 0;
                if !are_first && !self.is_shown(&[one, other], left, stop)? {
                    apart.push([at, other_at]);
                }
            }
        }
        Ok(apart)
    }

    /// The changes of pairs who do as well with more days: somebody who can't lead two more
    /// inspections as it is may be able to then.
    fn with_days(
        &self,
        [ones, others]: &[Vec<Substitute>; 2],
        apart: &[[usize; 2]],
        stop: &Stop,
    ) -> Result<Vec<Vec<usize>>, SolveError> {
        let mut sets = Vec::new();
        for [one, other] in apart {
            let (one, other) = (&ones[*one], &others[*other]);
            let own = About::Person(one.person);
            let days = self.base.of(own, RemedyKind::Days).next();
            if let Some(days) = days.filter(|_| one.person == other.person) {
                let theirs = one.changes.iter().chain(&other.changes).chain([&days]);
                let theirs: BTreeSet<usize> = theirs.copied().collect();
                let set = self.kept.iter().copied().chain(theirs.iter().copied());
                let found = attended(self.base, &set.collect::<Vec<_>>(), stop)?;
                if found.is_some_and(|found| found.moved <= self.most) {
                    sets.push(theirs.into_iter().collect());
                }
            }
        }
        Ok(sets)
    }

    /// Whether these do as well; of more than two posts only what the first plan tells of different
    /// people counts: who do as well two by two may not all together.
    fn is_shown(
        &mut self,
        chosen: &[&Substitute],
        left: &mut usize,
        stop: &Stop,
    ) -> Result<bool, SolveError> {
        if self.lists.len() > 2 {
            let people: BTreeSet<_> = chosen.iter().map(|one| one.person).collect();
            let apart = people.len() == chosen.len();
            return Ok(apart && !self.others.is_empty() && self.do_as_well_with(0, chosen));
        }
        if self.do_as_well(chosen) {
            return Ok(true);
        }
        if *left == 0 {
            return Ok(false);
        }
        *left -= 1;
        self.are_allocated(chosen, stop)
    }
}

/// Positions in two lists of which any two go together, where those that are `apart` do not: parts
/// that have most of the others, the first of both lists among them.
fn side_by_side(lengths: [usize; 2], apart: &[[usize; 2]]) -> Vec<[Vec<usize>; 2]> {
    let whole = lengths.map(|length| (0..length).collect::<Vec<usize>>());
    if apart.is_empty() {
        return vec![whole];
    }
    // Who does not go with whom is in one group with them.
    let mut groups: Vec<BTreeSet<(usize, usize)>> = Vec::new();
    for pair in apart {
        let pair: BTreeSet<_> = pair.iter().copied().enumerate().collect();
        let (with, without): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|group| !group.is_disjoint(&pair));
        groups = without;
        groups.push(with.into_iter().flatten().chain(pair).collect());
    }
    // Any two groups differ in a digit: any two positions of different groups are together in a part.
    let digits = usize::BITS - (groups.len() - 1).leading_zeros();
    let parts = (0..digits.max(1)).flat_map(|digit| [(digit, 0), (digit, 1)]);
    let parts = parts.map(|(digit, of_first)| {
        let is_in = |list: usize, at: usize| {
            let group = groups.iter().position(|group| group.contains(&(list, at)));
            group.is_none_or(|group| ((group >> digit) & 1 == of_first) == (list == 0))
        };
        let [ones, others] = whole.clone();
        [
            ones.into_iter().filter(|at| is_in(0, *at)).collect(),
            others.into_iter().filter(|at| is_in(1, *at)).collect(),
        ]
    });
    let is_full = |part: &[Vec<usize>; 2]| part.iter().all(|list| !list.is_empty());
    let mut parts: Vec<[Vec<usize>; 2]> = parts.filter(is_full).collect();
    let has_firsts = |part: &[Vec<usize>; 2]| part.iter().all(|list| list.contains(&0));
    if !parts.iter().any(has_firsts) {
        let [_, others] = whole;
        let with_first = others.into_iter().filter(|at| !apart.contains(&[0, *at]));
        parts.push([vec![0], with_first.collect()]);
    }
    parts
}

#[cfg(test)]
mod tests {
    use rand::{RngExt as _, SeedableRng as _};
    use rand_chacha::ChaCha8Rng;

    use super::side_by_side;

    #[test]
    fn who_does_not_go_together_is_in_no_part_and_nearly_all_others_are() {
        let (mut together, mut missed) = (0, 0);
        for seed in 0..200 {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            let lengths = [random.random_range(1..9), random.random_range(1..9)];
            // Each goes with all but one at most.
            let apart: Vec<[usize; 2]> = (1..lengths[0].min(lengths[1]))
                .filter(|_| random.random())
                .map(|at| [at, at])
                .collect();
            let parts = side_by_side(lengths, &apart);
            for (one, other) in (0..lengths[0]).flat_map(|at| (0..lengths[1]).map(move |b| (at, b)))
            {
                let has_both = |[ones, others]: &[Vec<usize>; 2]| {
                    ones.contains(&one) && others.contains(&other)
                };
                let is_there = parts.iter().any(has_both);
                assert!(
                    !(is_there && apart.contains(&[one, other])),
                    "{apart:?} {parts:?}"
                );
                together += usize::from(is_there);
                missed += usize::from(!is_there && !apart.contains(&[one, other]));
            }
        }
        assert!(together > 1000 && missed == 0, "{together} {missed}");
    }

    #[test]
    fn the_first_of_both_are_together_whoever_else_is_not() {
        let apart = [[0, 1], [1, 1], [1, 0]];
        let parts = side_by_side([2, 3], &apart);
        assert!(parts.contains(&[vec![0], vec![0, 2]]), "{parts:?}");
        for [ones, others] in parts {
            let all = ones
                .iter()
                .flat_map(|one| others.iter().map(move |other| [*one, *other]));
            assert!(all.into_iter().all(|pair| !apart.contains(&pair)));
        }
    }
}
