//! Somebody can't hold a post any more: who can take it, with all that they hold, and where
//! nobody can, which chains of swaps fill it.
//!
//! A plan's every other post stays filled, in the same window, so that attendance, weeks and
//! teams (T1 to T3) are as they were. Whether somebody can hold a post is asked of
//! [`crate::eligibility`] alone.

mod chains;
mod change_file;
mod preparation;
mod proposal;
mod render;
mod told;
mod vacancy;

use std::collections::{BTreeSet, HashMap};

use crate::domain::{InspectorIx, Pence, PinAction};
use crate::eligibility::{Candidate, Eligibility};
use crate::model::Selection;
pub use change_file::change_file;
pub use proposal::{Move, Proposal};
pub use render::{Answered, json, text, told};
pub use told::{Notice, To, notices};
pub use vacancy::{Refusal, Vacancy};

/// Everybody who can take the post, best first; where nobody can, the best chains of swaps.
pub fn proposals(
    eligibility: &Eligibility,
    selection: &Selection,
    vacancy: &Vacancy,
) -> Vec<Proposal> {
    let mut year = Year::new(eligibility, selection, vacancy);
    let mut found: Vec<_> = year
        .takers(vacancy.engagement)
        .into_iter()
        .map(|person| {
            year.proposal(vec![Move {
                person,
                takes: vacancy.engagement,
                gives_up: None,
            }])
        })
        .collect();
    if found.is_empty() {
        found = chains::chains(&mut year, vacancy);
    }
    found.sort_by(|a, b| a.order(b));
    if found.first().is_some_and(|first| first.moves.len() > 1) {
        found.truncate(MOST_CHAINS);
    }
    found
}

/// How many chains are shown: there can be thousands.
const MOST_CHAINS: usize = 10;

/// A plan with one post vacant, and who can take or leave what.
struct Year<'a> {
    eligibility: &'a Eligibility<'a>,
    vacancy: &'a Vacancy,
    /// The engagements that each person holds, the vacant one left out.
    held: Vec<Vec<usize>>,
    /// What somebody holds by a pin.
    pinned: BTreeSet<(InspectorIx, usize)>,
    takers: HashMap<usize, Vec<InspectorIx>>,
    movers: HashMap<usize, Vec<(InspectorIx, usize)>>,
}

impl<'a> Year<'a> {
    fn new(eligibility: &'a Eligibility<'a>, selection: &Selection, vacancy: &'a Vacancy) -> Self {
        let mut held = selection.held(eligibility);
        held[vacancy.absent.get()].retain(|held| *held != vacancy.engagement);
        let pins = eligibility.dataset.pins.iter();
        let pinned = pins
            .filter(|pin| pin.action == PinAction::Pin)
            .flat_map(|pin| {
                let theirs = held[pin.inspector.get()].iter().copied();
                let is_pinned = move |held: &usize| {
                    let post = &eligibility.engagements[*held];
                    post.inspection == pin.inspection && Some(post.role) == pin.role
                };
                theirs
                    .filter(is_pinned)
                    .map(|held| (pin.inspector, held))
                    .collect::<Vec<_>>()
            })
            .collect();
        Self {
            eligibility,
            vacancy,
            held,
            pinned,
            takers: HashMap::new(),
            movers: HashMap::new(),
        }
    }

    /// What `person` holds, with one post given up and another taken.
    fn holding(&self, person: InspectorIx, takes: usize, gives_up: Option<usize>) -> Vec<usize> {
        let held = self.held[person.get()].iter().copied();
        let kept = held.filter(|held| Some(*held) != gives_up);
        kept.chain([takes]).collect()
    }

    /// Whether `person` may take `engagement` at all: who is absent takes nothing that begins
    /// before the vacant post is over.
    fn may_come(&self, person: InspectorIx, engagement: usize) -> bool {
        let posts = &self.eligibility.engagements;
        let over = posts[self.vacancy.engagement].last_day;
        person != self.vacancy.absent || posts[engagement].first_day > over
    }

    fn candidates(&self, engagement: usize) -> Vec<InspectorIx> {
        let candidates = self.eligibility.candidates_of(engagement).iter();
        let people = candidates.map(|candidate| candidate.person);
        people
            .filter(|person| self.may_come(*person, engagement))
            .collect()
    }

    /// Everybody who can hold `engagement` beside all that they hold.
    fn takers(&mut self, engagement: usize) -> Vec<InspectorIx> {
        if let Some(known) = self.takers.get(&engagement) {
            return known.clone();
        }
        let people = self.candidates(engagement).into_iter();
        let takers: Vec<_> = people
            .filter(|person| {
                let holding = self.holding(*person, engagement, None);
                self.eligibility.fits(*person, &holding)
            })
            .collect();
        self.takers.insert(engagement, takers.clone());
        takers
    }

    /// Everybody who can hold `engagement` for one of the posts that they hold, each with that
    /// post: not a pinned one, and none that has begun.
    fn movers(&mut self, engagement: usize) -> Vec<(InspectorIx, usize)> {
        if let Some(known) = self.movers.get(&engagement) {
            return known.clone();
        }
        let mut movers = Vec::new();
        for person in self.candidates(engagement) {
            for given_up in &self.held[person.get()] {
                if *given_up == engagement
                    || self.pinned.contains(&(person, *given_up))
                    || self.vacancy.has_begun(self.eligibility, *given_up)
                {
                    continue;
                }
                let holding = self.holding(person, engagement, Some(*given_up));
                if self.eligibility.fits(person, &holding) {
                    movers.push((person, *given_up));
                }
            }
        }
        self.movers.insert(engagement, movers.clone());
        movers
    }

    /// What `moves` come to.
    fn proposal(&self, moves: Vec<Move>) -> Proposal {
        let cost = |person, engagement| {
            let Pence(pence) = self.eligibility.cost(Candidate { engagement, person });
            pence
        };
        let vacancy = self.vacancy;
        let saved = cost(vacancy.absent, vacancy.engagement);
        let change = moves.iter().map(|one| {
            let given_up = one.gives_up.map_or(0, |held| cost(one.person, held));
            cost(one.person, one.takes) - given_up
        });
        let change = change.sum::<i64>() - saved;
        let first = moves[0];
        let post = &self.eligibility.engagements[first.takes];
        let days_left = |one: &Move| {
            let holding = self.holding(one.person, one.takes, one.gives_up);
            let days = holding
                .iter()
                .map(|held| self.eligibility.engagements[*held].days());
            let used: u32 = days.sum();
            self.eligibility
                .limits(one.person)
                .year
                .saturating_sub(used)
        };
        let unprepared = moves.iter().map(|one| {
            let mut others = self.holding(one.person, one.takes, one.gives_up);
            others.pop();
            preparation::missing(self.eligibility, one.person, &others, one.takes, vacancy.on)
        });
        Proposal {
            cost: self.eligibility.cost(Candidate {
                engagement: first.takes,
                person: first.person,
            }),
            cost_change: Pence(change),
            distance: self.eligibility.distance(first.person, post.inspection),
            days_left: days_left(&first),
            unprepared: unprepared.sum(),
            moves,
        }
    }
}
