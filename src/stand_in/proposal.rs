//! A way to fill the post: one person who takes it, or a chain of swaps.

use std::cmp::{Ordering, Reverse};

use crate::domain::{InspectorIx, Kilometres, Pence};
use crate::eligibility::{Candidate, Eligibility};
use crate::model::Selection;

use super::Vacancy;

/// Somebody takes a post, and gives another up for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// Who.
    pub person: InspectorIx,
    /// What they take: a position in [`Eligibility::engagements`].
    pub takes: usize,
    /// What they give up; the next move's person takes it.
    pub gives_up: Option<usize>,
}

/// A way to fill the post, and what it costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The first takes the vacant post, each next one what the one before gives up.
    pub moves: Vec<Move>,
    /// What the vacant post costs with whoever takes it.
    pub cost: Pence,
    /// How much more the whole plan costs; less, where below 0.
    pub cost_change: Pence,
    /// How far whoever takes the vacant post travels.
    pub distance: Kilometres,
    /// Days of the year that they have left afterwards.
    pub days_left: u32,
    /// Days of preparation, of all who take a post, that lie in the past.
    pub unprepared: u32,
}

impl Proposal {
    /// Which comes first: who can prepare in full, then fewer swaps, cost, distance, most days
    /// left, and the order of `inspectors.csv`.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        let key = |one: &Self| (one.unprepared, one.moves.len(), one.cost_change);
        let last = |one: &Self| {
            let people = one.moves.iter().map(|step| (step.person, step.takes));
            (Reverse(one.days_left), people.collect::<Vec<_>>())
        };
        key(self)
            .cmp(&key(other))
            .then(self.distance.0.total_cmp(&other.distance.0))
            .then_with(|| last(self).cmp(&last(other)))
    }

    /// `selection` with the moves made.
    pub fn applied(
        &self,
        eligibility: &Eligibility,
        selection: &Selection,
        vacancy: &Vacancy,
    ) -> Selection {
        let seat = |person, engagement| {
            let candidate = Candidate { engagement, person };
            eligibility.candidates.binary_search(&candidate).ok()
        };
        let left = self.moves.iter().filter_map(|step| {
            let given_up = step.gives_up?;
            seat(step.person, given_up)
        });
        let left: Vec<_> = left
            .chain(seat(vacancy.absent, vacancy.engagement))
            .collect();
        let taken = self
            .moves
            .iter()
            .filter_map(|step| seat(step.person, step.takes));
        let kept = selection.seats().filter(|seat| !left.contains(seat));
        Selection::new(kept.chain(taken).collect())
    }
}
