//! What holds for every set that mends all: what a part of the year takes, and how few weeks are
//! moved where weeks come before teams.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::filling::carried_over;
use super::program::Base;
use super::question::Cut;
use crate::allocate::{AllocateError, Options, Unobserved, allocate};
use crate::domain::{InspectionIx, InspectorIx, Role};
use crate::eligibility::Eligibility;
use crate::model::objectives::Tier;
use crate::solve::{SolveError, Stop};

/// What a part takes: changes that come to so much together, unless one of these inspections is
/// moved.
#[derive(Clone, Debug)]
pub(super) struct Need {
    pub(super) changes: Vec<(usize, f64)>,
    pub(super) moves: Vec<InspectionIx>,
    pub(super) price: f64,
}

impl Need {
    /// As a row of a year's program.
    pub(super) fn row(&self, base: &Base) -> Cut {
        let moving = self.moves.iter().filter_map(|moved| base.moving.get(moved));
        let seats = moving.flatten().map(|seat| (*seat, -self.price));
        Cut {
            seats: seats.collect(),
            changes: self.changes.clone(),
            most: -self.price,
        }
    }

    /// Whether a set meets it, with these inspections moved.
    pub(super) fn is_met(&self, set: &[usize], moved: &[InspectionIx]) -> bool {
        let made = self.changes.iter().filter(|(at, _)| set.contains(at));
        let made: f64 = made.map(|(_, price)| price).sum();
        made + 1e-6 >= self.price || self.moves.iter().any(|one| moved.contains(one))
    }
}

/// With one change of each list all is attended, and no more than so many inspections are moved
/// for it.
#[derive(Clone, Debug)]
pub(super) struct Weeks {
    pub(super) of: Vec<Vec<usize>>,
    pub(super) most: usize,
}

impl Weeks {
    /// That fewer than `moved` inspections are moved with `set`, told by as few of it as do, or by
    /// others that do as well; nothing where it is not so.
    pub(super) fn fewer(
        base: &Base,
        set: &[usize],
        moved: usize,
        stop: &Stop,
    ) -> Result<Option<Self>, SolveError> {
        // Names that were given come before attendance: with more changes another of them may be
        // kept, and a week moved for it.
        if !base.before.settled.names_given.is_empty() {
            return Ok(None);
        }
        let Some(mut found) = attended(base, set, stop)?.filter(|found| found.moved < moved) else {
            return Ok(None);
        };
        let most = found.moved;
        let mut set = set.to_vec();
        for at in set.clone() {
            let fewer: Vec<usize> = set.iter().copied().filter(|one| *one != at).collect();
            if let Some(with_fewer) = attended(base, &fewer, stop)?
                && with_fewer.moved <= most
            {
                (set, found) = (fewer, with_fewer);
            }
        }
        Ok(Some(Self {
            of: instead(base, &set, &found.leads),
            most,
        }))
    }

    /// The first of each list.
    pub(super) fn first(&self) -> Vec<usize> {
        let mut first: Vec<usize> = self
            .of
            .iter()
            .filter_map(|all| all.first())
            .copied()
            .collect();
        first.sort_unstable();
        first
    }
}

/// A year in which all is attended.
struct Attended {
    /// How many inspections are moved for it.
    moved: usize,
    /// The leads' seats in the year with all changes.
    leads: BTreeSet<usize>,
}

/// The year with `set`, where all is attended; nothing where not all is, or it was not found.
fn attended(base: &Base, set: &[usize], stop: &Stop) -> Result<Option<Attended>, SolveError> {
    let Some(dataset) = base.with(&set.iter().copied().collect()) else {
        return Ok(None);
    };
    let options = Options {
        seed: base.seed,
        stop_after: Some(Tier::T2),
        ..Options::default()
    };
    let year = Eligibility::new(&dataset);
    let found = match allocate(&year, &options, stop, &mut Unobserved) {
        Ok(found) => found,
        Err(AllocateError::NoPlan | AllocateError::Stopped) => return Ok(None),
        Err(AllocateError::Solver(error)) => return Err(error),
    };
    if found.tier(Tier::T1).value > 0.0 {
        return Ok(None);
    }
    let moved = found.tier(Tier::T2).value as usize;
    let plan = carried_over(&year, base.after, &found.selection);
    let is_lead = |seat: &usize| {
        let candidate = base.after.candidates[*seat];
        base.after.engagement(candidate).role == Role::Lead
    };
    Ok(Some(Attended {
        moved: moved.saturating_sub(base.moved_already),
        leads: plan.seats().filter(is_lead).collect(),
    }))
}

/// Somebody who can lead an inspection with one change.
#[derive(Clone, Copy)]
struct Substitute {
    change: usize,
    person: InspectorIx,
    seat: usize,
}

/// A year in which all is attended with a set of changes, some of which others can stand in for:
/// where one is for a single lead's post, and somebody else can lead there with one other change
/// while all others lead what they lead.
struct Substitutes<'b> {
    base: &'b Base<'b>,
    leads: &'b BTreeSet<usize>,
    /// Of each change for which others can stand in, the seat that it is for.
    seats: BTreeMap<usize, usize>,
    /// The other changes.
    kept: Vec<usize>,
}

/// Of each change of `set` those that do as well in its place, itself first. Whatever is chosen of
/// each list, nobody stands in another's way.
fn instead(base: &Base, set: &[usize], leads: &BTreeSet<usize>) -> Vec<Vec<usize>> {
    let substitutes = Substitutes::new(base, set, leads);
    let mut lists: Vec<Vec<Substitute>> = Vec::new();
    if substitutes.others_fit() {
        let seats = substitutes.seats.iter();
        let all: Vec<Vec<Substitute>> = seats
            .map(|(at, seat)| substitutes.all_for(*at, *seat))
            .collect();
        lists.extend(all.iter().map(|all| all[..1].to_vec()));
        for (at, all) in all.iter().enumerate() {
            for one in &all[1..] {
                if substitutes.is_in_nobodys_way(*one, &lists[..at], &lists[at + 1..]) {
                    lists[at].push(*one);
                }
            }
        }
    } else {
        let seats = substitutes.seats.iter();
        lists.extend(seats.map(|(at, seat)| vec![substitutes.own(*at, *seat)]));
    }
    let lists = lists.into_iter();
    let lists = lists.map(|list| list.into_iter().map(|one| one.change).collect());
    substitutes
        .kept
        .iter()
        .map(|at| vec![*at])
        .chain(lists)
        .collect()
}

impl<'b> Substitutes<'b> {
    fn new(base: &'b Base<'b>, set: &[usize], leads: &'b BTreeSet<usize>) -> Self {
        let alone = |at: usize| {
            let mut seats = leads
                .iter()
                .filter(|seat| base.needed[**seat].contains(&at));
            let seat = *seats.next()?;
            (seats.next().is_none() && base.needed[seat].len() == 1).then_some((at, seat))
        };
        // A lead whom the year with all changes knows under no seat can't be looked after.
        let all_known = leads.len() == base.after.inspections().count();
        let seats = set.iter().filter_map(|at| alone(*at));
        let seats: BTreeMap<_, _> = seats.filter(|_| all_known).collect();
        let kept = set.iter().copied().filter(|at| !seats.contains_key(at));
        Self {
            kept: kept.collect(),
            base,
            leads,
            seats,
        }
    }

    fn person(&self, seat: usize) -> InspectorIx {
        self.base.after.candidates[seat].person
    }

    fn own(&self, change: usize, seat: usize) -> Substitute {
        let person = self.person(seat);
        Substitute {
            change,
            person,
            seat,
        }
    }

    /// Whether somebody can lead what they lead without these changes, and all of `more` with
    /// theirs.
    fn fits(&self, person: InspectorIx, more: &[Substitute]) -> bool {
        let changes = more.iter().map(|one| one.change);
        let changes = self.kept.iter().copied().chain(changes).collect();
        let left: BTreeSet<usize> = self.seats.values().copied().collect();
        let held = self.leads.difference(&left).copied();
        let held = held.filter(|seat| self.person(*seat) == person);
        let seats: Vec<usize> = held.chain(more.iter().map(|one| one.seat)).collect();
        let dataset = self.base.with(&changes);
        seats.is_empty()
            || dataset.is_some_and(|year| self.base.fits(&Eligibility::new(&year), person, &seats))
    }

    /// Whether those whose places are taken can lead what else they lead without the changes.
    fn others_fit(&self) -> bool {
        let seats = self.seats.values();
        seats
            .into_iter()
            .all(|seat| self.fits(self.person(*seat), &[]))
    }

    /// All who can lead there with one change, who does so first.
    fn all_for(&self, change: usize, seat: usize) -> Vec<Substitute> {
        let post = self.base.after.candidates[seat].engagement;
        let candidates = self.base.after.candidates.par_iter().enumerate();
        let others = candidates.filter_map(|(seat, candidate)| {
            let is_there = candidate.engagement == post && self.base.needed[seat].len() == 1;
            let other = *self.base.needed[seat].first().filter(|_| is_there)?;
            let one = self.own(other, seat);
            (other != change && self.fits(one.person, &[one])).then_some(one)
        });
        let others: Vec<Substitute> = others.collect();
        [vec![self.own(change, seat)], others].concat()
    }

    /// Whether `one` can be chosen whatever is chosen of the other lists.
    fn is_in_nobodys_way(
        &self,
        one: Substitute,
        before: &[Vec<Substitute>],
        after: &[Vec<Substitute>],
    ) -> bool {
        let lists = before.iter().chain(after);
        let theirs = lists.map(|list| list.iter().filter(|other| other.person == one.person));
        let theirs = theirs.map(|theirs| theirs.copied().collect::<Vec<_>>());
        let theirs: Vec<_> = theirs.filter(|theirs| !theirs.is_empty()).collect();
        match &theirs[..] {
            [] => true,
            [theirs] => theirs
                .iter()
                .all(|other| self.fits(one.person, &[one, *other])),
            // Three of one person's are not looked at.
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Need;
    use crate::domain::InspectionIx;

    #[test]
    fn a_need_is_met_by_enough_changes_or_by_a_move() {
        let need = Need {
            changes: vec![(3, 2.0), (5, 4.0)],
            moves: vec![InspectionIx::new(1)],
            price: 4.0,
        };
        assert!(!need.is_met(&[3, 4], &[InspectionIx::new(0)]));
        assert!(need.is_met(&[5], &[]));
        assert!(need.is_met(&[], &[InspectionIx::new(1)]));
    }
}
