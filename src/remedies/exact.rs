//! What the rows can't say beforehand: whether everybody can hold what a solution gives them,
//! with the changes that it makes and no others. Asked of the rules that allocate a year, or of
//! allocating it.

use std::collections::{BTreeMap, BTreeSet};

use super::about::{About, same_post, span_of};
use super::program::Base;
use super::question::{Cut, Optimum};
use super::{RemedyError, mended};
use crate::allocate::{AllocateError, Allocation, Options, Unobserved, allocate};
use crate::domain::{Dataset, InspectionIx, InspectorIx};
use crate::eligibility::{Candidate, Eligibility, Engagement};
use crate::model::objectives::Tier;
use crate::solve::{SolveError, Stop};

impl Base<'_> {
    /// The rows that a solution breaks: of everybody who can't hold what they are given with
    /// the changes that are made.
    pub(super) fn broken(&self, optimum: &Optimum) -> Result<Vec<Cut>, RemedyError> {
        let chosen: BTreeSet<usize> = optimum.set.iter().copied().collect();
        let dataset = self.with(&chosen).ok_or(RemedyError::Unsound)?;
        let now = Eligibility::new(&dataset);
        let mut held: BTreeMap<InspectorIx, Vec<usize>> = BTreeMap::new();
        for seat in optimum.selection.seats() {
            let person = self.after.candidates[seat].person;
            held.entry(person).or_default().push(seat);
        }
        Ok(held
            .into_iter()
            .filter(|(person, seats)| !self.fits(&now, *person, seats))
            .map(|(person, seats)| self.cut(&now, &chosen, person, seats))
            .collect())
    }

    pub(super) fn with(&self, set: &BTreeSet<usize>) -> Option<Dataset> {
        let chosen = set.iter().map(|at| &self.universe[*at]);
        mended(self.before.dataset, chosen)
    }

    /// A year allocated through a tier, each tier searched so far; nothing where no plan keeps its
    /// pins, or there was none when it was stopped.
    pub(super) fn allocated(
        &self,
        year: &Eligibility,
        (last, max_nodes): (Tier, Option<u32>),
        stop: &Stop,
    ) -> Result<Option<Allocation>, SolveError> {
        let options = Options {
            seed: self.seed,
            stop_after: Some(last),
            max_nodes,
            ..Options::default()
        };
        match allocate(year, &options, stop, &mut Unobserved) {
            Ok(found) => Ok(Some(found)),
            Err(AllocateError::NoPlan | AllocateError::Stopped) => Ok(None),
            Err(AllocateError::Solver(error)) => Err(error),
        }
    }

    /// Whether `person` can hold those seats of the year with all changes in the year `now`.
    pub(super) fn fits(&self, now: &Eligibility, person: InspectorIx, seats: &[usize]) -> bool {
        let id = &self.after.dataset.inspector(person).id;
        let mut people = now.dataset.inspector_ixs();
        let Some(person) = people.find(|ix| now.dataset.inspector(*ix).id == *id) else {
            return false;
        };
        let posts: Option<Vec<usize>> = seats
            .iter()
            .map(|seat| {
                let engagement = self.after.candidates[*seat].engagement;
                let engagement = same_post(now, self.after, engagement)?;
                let candidate = Candidate { engagement, person };
                now.candidates.binary_search(&candidate).ok()?;
                Some(engagement)
            })
            .collect();
        posts.is_some_and(|posts| now.fits(person, &posts))
    }

    /// As few of the seats as don't fit, and the changes of which one must be made with them.
    fn cut(
        &self,
        now: &Eligibility,
        chosen: &BTreeSet<usize>,
        person: InspectorIx,
        mut seats: Vec<usize>,
    ) -> Cut {
        let mut at = 0;
        while at < seats.len() && seats.len() > 1 {
            let mut fewer = seats.clone();
            fewer.remove(at);
            if self.fits(now, person, &fewer) {
                at += 1;
            } else {
                seats = fewer;
            }
        }
        // Changes that don't help even together with those that are made are made too; one of
        // the others is needed.
        let mut made = chosen.clone();
        let mut others: Vec<usize> = (0..self.universe.len())
            .filter(|at| !chosen.contains(at) && self.matters(*at, person, &seats))
            .collect();
        others.retain(|at| {
            made.insert(*at);
            let helps = self
                .with(&made)
                .is_none_or(|dataset| self.fits(&Eligibility::new(&dataset), person, &seats));
            if helps {
                made.remove(at);
            }
            helps
        });
        Cut {
            most: seats.len() as f64 - 1.0,
            seats: seats.into_iter().map(|seat| (seat, 1.0)).collect(),
            changes: others.into_iter().map(|at| (at, 1.0)).collect(),
        }
    }

    /// Whether a change can matter to whether somebody holds those seats.
    fn matters(&self, at: usize, person: InspectorIx, seats: &[usize]) -> bool {
        let candidates = seats.iter().map(|seat| self.after.candidates[*seat]);
        let posts = candidates.map(|candidate| self.after.engagement(candidate));
        let is_theirs = !matches!(self.about[at], About::Person(about) if about != person);
        is_theirs && self.can_matter(at, posts)
    }

    /// Whether a change can matter to whether somebody holds one of those posts.
    pub(super) fn can_matter<'e>(
        &self,
        at: usize,
        mut posts: impl Iterator<Item = &'e Engagement>,
    ) -> bool {
        let site = |ix: InspectionIx| self.after.dataset.inspection(ix).establishment;
        match self.about[at] {
            About::Person(_) => {
                let Some(span) = span_of(&self.universe[at].change) else {
                    return true;
                };
                let date = |day| self.after.horizon.date(day);
                posts.any(|post| {
                    span.first() <= date(post.extent.1) && date(post.extent.0) <= span.last()
                })
            }
            About::Site(about) => posts.any(|post| site(post.inspection) == about),
            About::Inspection(about) => posts.any(|post| post.inspection == about),
            About::Nothing => false,
        }
    }
}
