//! The rows that can be stated beforehand: what a seat needs by itself, the days of a year, and
//! which changes come after which.

use std::collections::BTreeSet;

use super::about::{About, same_post, span_of};
use super::mended;
use super::program::Base;
use super::question::Cut;
use crate::domain::RemedyKind;
use crate::eligibility::{Candidate, Eligibility, Reason};

impl Base<'_> {
    /// The changes without which somebody can't have a seat, even alone: at most one of seats
    /// that exclude each other, and only with the change.
    pub(super) fn needs(&self) -> Vec<Cut> {
        let year = self.year();
        let mut rows = Vec::new();
        for person in self.after.dataset.inspector_ixs() {
            let cliques = year.exclusions.cliques(person);
            let seats = &year.seats_of[person.get()];
            let changes: BTreeSet<usize> = seats
                .iter()
                .flat_map(|seat| &self.needed[*seat])
                .copied()
                .collect();
            for change in changes {
                let needs = |seat: &usize| self.needed[*seat].contains(&change);
                let mut left: BTreeSet<usize> = seats.iter().copied().filter(needs).collect();
                while let Some(first) = left.first().copied() {
                    // As many as can be of those that no row holds yet.
                    let with_first = cliques.iter().filter(|clique| clique.contains(&first));
                    let best = with_first.max_by_key(|clique| {
                        clique.iter().filter(|seat| left.contains(seat)).count()
                    });
                    let row: Vec<usize> = match best {
                        Some(clique) => clique.iter().copied().filter(needs).collect(),
                        None => vec![first],
                    };
                    row.iter().for_each(|seat| {
                        left.remove(seat);
                    });
                    rows.push(Cut {
                        seats: row.into_iter().map(|seat| (seat, 1.0)).collect(),
                        changes: vec![(change, 1.0)],
                        most: 0.0,
                    });
                }
            }
        }
        rows
    }

    /// Of each seat the changes without which nobody has it, even alone.
    pub(super) fn needed(&self) -> Vec<BTreeSet<usize>> {
        let weeks = self.universe.iter();
        let weeks = weeks.filter(|remedy| remedy.kind == RemedyKind::Week);
        // What else a post in another week asks for is seen where that week is allowed.
        let dataset = mended(self.before.dataset, weeks);
        let moved = dataset.as_ref().map(Eligibility::new);
        let moved = moved.as_ref().unwrap_or(self.before);
        let candidates = self.after.candidates.iter();
        candidates
            .map(|candidate| self.needed_for(moved, *candidate))
            .collect()
    }

    fn needed_for(&self, moved: &Eligibility, candidate: Candidate) -> BTreeSet<usize> {
        let post = self.after.engagement(candidate);
        let person = candidate.person;
        let mut needed = BTreeSet::new();
        if self.after.settled.is_settled(candidate) {
            return needed;
        }
        if person.get() >= self.before.dataset.inspectors.len() {
            needed.extend(self.first(About::Person(person), RemedyKind::Person));
            return needed;
        }
        if same_post(self.before, self.after, candidate.engagement).is_none() {
            needed.extend(self.first(About::Inspection(post.inspection), RemedyKind::Week));
        }
        let Some(engagement) = same_post(moved, self.after, candidate.engagement) else {
            return needed;
        };
        let site = self.after.dataset.inspection(post.inspection).establishment;
        for reason in moved.reasons(Candidate { engagement, person }) {
            let own = About::Person(person);
            let mends = match reason {
                Reason::ClearanceLevel { .. } | Reason::ClearanceExpired { .. } => {
                    self.first(own, RemedyKind::Clearance)
                }
                Reason::Dbs { .. } => self.first(own, RemedyKind::Dbs),
                Reason::Training { .. } => self.first(own, RemedyKind::Training),
                Reason::NotTrainedToLead => self.first(own, RemedyKind::LeadTraining),
                Reason::YearDays { .. } => self.first(own, RemedyKind::Days),
                Reason::NoPlace { .. } => self.first(About::Site(site), RemedyKind::Place),
                Reason::NotOffered { day } => {
                    let mut of_person = self.of(own, RemedyKind::Offer);
                    of_person.find(|at| {
                        span_of(&self.universe[*at].change).is_some_and(|s| s.contains(day))
                    })
                }
                _ => None,
            };
            needed.extend(mends);
        }
        needed
    }

    pub(super) fn of(&self, about: About, kind: RemedyKind) -> impl Iterator<Item = usize> + '_ {
        let all = self.universe.iter().enumerate();
        all.filter(move |(at, remedy)| remedy.kind == kind && self.about[*at] == about)
            .map(|(at, _)| at)
    }

    fn first(&self, about: About, kind: RemedyKind) -> Option<usize> {
        self.of(about, kind).next()
    }

    /// H11: the days of a year, and how many more each step gives.
    pub(super) fn year_days(&self) -> Vec<Cut> {
        let step = self.before.dataset.policy.remedy.get(&RemedyKind::Days);
        let step = step.and_then(|remedy| remedy.step).unwrap_or(0);
        let people = self.before.dataset.inspector_ixs();
        people
            .filter_map(|person| {
                let steps: Vec<_> = self.of(About::Person(person), RemedyKind::Days).collect();
                let seats = self.after.candidates.iter().enumerate();
                let seats = seats.filter(|(_, candidate)| candidate.person == person);
                let days = |candidate: &Candidate| self.after.engagement(*candidate).days();
                (!steps.is_empty()).then(|| Cut {
                    seats: seats
                        .map(|(seat, one)| (seat, f64::from(days(one))))
                        .collect(),
                    changes: steps.iter().map(|at| (*at, f64::from(step))).collect(),
                    most: f64::from(self.before.limits(person).year),
                })
            })
            .collect()
    }

    /// Steps come one after the other, and no more of a kind than the policy allows.
    pub(super) fn order(&self) -> Vec<Cut> {
        let mut rows = Vec::new();
        for (at, remedy) in self.universe.iter().enumerate() {
            if let Some(after) = remedy.after {
                rows.push(Cut {
                    seats: Vec::new(),
                    changes: vec![(after, 1.0), (at, -1.0)],
                    most: 0.0,
                });
            }
        }
        for (kind, policy) in &self.before.dataset.policy.remedy {
            if let Some(limit) = policy.limit {
                let all = self.universe.iter().enumerate();
                let of_kind = all.filter(|(_, remedy)| remedy.kind == *kind);
                rows.push(Cut {
                    seats: Vec::new(),
                    changes: of_kind.map(|(at, _)| (at, -1.0)).collect(),
                    most: f64::from(limit),
                });
            }
        }
        rows
    }
}
