//! Plans to begin from: posts shared out anew among recruits, and a plan that does without one
//! of its people.

use std::collections::BTreeSet;

use super::recruits::shared_out;
use super::tiers::Tiers;
use crate::domain::{InspectorIx, PinAction, Role};
use crate::eligibility::{Candidate, Eligibility};
use crate::model::Selection;

/// A plan of people who are there and of recruits, whoever those are.
pub(super) struct Draft {
    /// The posts of those who are there.
    pub(super) present: Vec<Candidate>,
    /// For each kind of recruits, what each of them holds.
    pub(super) recruits: Vec<Vec<Vec<usize>>>,
}

impl Draft {
    /// How many people it takes.
    pub(super) fn people(&self) -> usize {
        let present: BTreeSet<_> = self.present.iter().map(|post| post.person).collect();
        present.len() + self.recruits.iter().map(Vec::len).sum::<usize>()
    }

    /// How many recruits it takes of the kind of which it takes most.
    pub(super) fn most_of_a_kind(&self) -> usize {
        self.recruits.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The same plan in a year with `of_each` recruits of each kind, from the position `first` on.
    pub(super) fn selection(&self, pool: &Eligibility, first: usize, of_each: usize) -> Selection {
        let recruits = self.recruits.iter().enumerate().flat_map(|(kind, people)| {
            let people = people.iter().enumerate();
            people.flat_map(move |(number, posts)| {
                let person = InspectorIx::new(first + kind * of_each + number);
                posts.iter().map(move |engagement| Candidate {
                    engagement: *engagement,
                    person,
                })
            })
        });
        selection(pool, self.present.iter().copied().chain(recruits))
    }

    /// The same posts, with those of recruits shared out anew, and those of everybody who is not
    /// `needed` as well, as far as recruits can hold them; `one` has a recruit of each kind, from
    /// the position `first` on.
    pub(super) fn with_recruits_for(
        &self,
        one: &Eligibility,
        first: usize,
        needed: &BTreeSet<InspectorIx>,
    ) -> Self {
        let mut posts: Vec<Vec<usize>> = self.recruits.iter().map(|of| of.concat()).collect();
        let mut present = Vec::new();
        for post in &self.present {
            let takes = |kind: &usize| {
                let person = InspectorIx::new(first + kind);
                let one_of = Candidate { person, ..*post };
                one.candidates.binary_search(&one_of).is_ok()
            };
            match (0..posts.len()).find(takes) {
                Some(kind) if !needed.contains(&post.person) => posts[kind].push(post.engagement),
                _ => present.push(*post),
            }
        }
        Self {
            present,
            recruits: shared_out(one, first, &posts),
        }
    }
}

/// The posts of a plan, whichever seats they are.
pub(super) fn posts(year: &Eligibility, plan: &Selection) -> Vec<Candidate> {
    plan.seats().map(|seat| year.candidates[seat]).collect()
}

/// The seats of posts in another year with the same programme.
pub(super) fn selection(
    year: &Eligibility,
    posts: impl IntoIterator<Item = Candidate>,
) -> Selection {
    let seats = posts.into_iter();
    let seats = seats.filter_map(|post| year.candidates.binary_search(&post).ok());
    Selection::new(seats.collect())
}

/// Who is asked in any plan: people who are pinned, or whose posts are settled.
pub(super) fn needed(year: &Eligibility) -> BTreeSet<InspectorIx> {
    let pins = year.dataset.pins.iter();
    let pinned = pins.filter(|pin| pin.action == PinAction::Pin && !year.is_over(pin.inspection));
    let settled = year.settled.posts().iter().map(|post| post.person);
    pinned.map(|pin| pin.inspector).chain(settled).collect()
}

/// The plan that is left without the person whom it costs least to do without, of those who are
/// not `needed`; whoever can of the others leads in their place. None where nobody can go.
pub(super) fn without_one(
    year: &Eligibility,
    tiers: &Tiers,
    plan: &Selection,
    needed: &BTreeSet<InspectorIx>,
) -> Option<Selection> {
    let people: BTreeSet<InspectorIx> = posts(year, plan).iter().map(|one| one.person).collect();
    let plans = people.difference(needed);
    let plans = plans.filter_map(|person| without(year, plan, *person, needed));
    plans.min_by_key(|plan| tiers.values(plan))
}

fn without(
    year: &Eligibility,
    plan: &Selection,
    person: InspectorIx,
    needed: &BTreeSet<InspectorIx>,
) -> Option<Selection> {
    let all = posts(year, plan);
    let (gone, mut left): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.person == person);
    for post in gone {
        let lead = year.engagement(post);
        if lead.role == Role::Team {
            continue;
        }
        let elsewhere = |one: &Candidate| year.engagement(*one).inspection != lead.inspection;
        let can_lead = |by: &InspectorIx| {
            let own = left
                .iter()
                .filter(|one| one.person == *by && elsewhere(one));
            let own: Vec<usize> = own.map(|one| one.engagement).collect();
            let with = [&own[..], &[post.engagement]].concat();
            let as_lead = Candidate {
                person: *by,
                ..post
            };
            // Who is needed may be needed in their very post.
            !needed.contains(by)
                && year.candidates.binary_search(&as_lead).is_ok()
                && year.fits(*by, &with)
        };
        let others: BTreeSet<_> = left.iter().map(|one| one.person).collect();
        let next = others.into_iter().find(can_lead);
        if let Some(by) = next {
            left.retain(|one| one.person != by || elsewhere(one));
            left.push(Candidate { person: by, ..post });
        } else {
            let stays = |one: &Candidate| !elsewhere(one) && needed.contains(&one.person);
            if left.iter().any(stays) {
                return None;
            }
            left.retain(elsewhere);
        }
    }
    Some(selection(year, left))
}
