//! A plan under construction: every seat that is taken keeps every rule, and posts can be
//! exchanged. It finds good plans in a moment and proves nothing.

mod anew;
mod chains;
mod places;
mod published;

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::domain::{EstablishmentIx, InspectionIx, Pin, PinAction, Role};
use crate::eligibility::calendar::Day;
use crate::eligibility::{Candidate, Eligibility};
use crate::model::Selection;
use crate::model::objectives::attendance;
use crate::solve::Stop;

/// A plan to begin with: leads for the weightiest inspections first, then teams, each post to
/// whoever has most days left, and exchanges where nobody is free. Where a plan is published, as
/// much of it as can be kept goes before. Nothing where the pins could not be kept this way.
pub fn first_plan(eligibility: &Eligibility) -> Option<Selection> {
    let _span = tracing::info_span!("first plan").entered();
    let mut draft = Draft::new(eligibility);
    if !draft.keep_pins() {
        return None;
    }
    draft.keep_published();
    draft.fill();
    Some(draft.selection())
}

/// Whether the pins can all be kept this way.
pub fn keeps_pins(eligibility: &Eligibility) -> bool {
    Draft::new(eligibility).keep_pins()
}

/// The inspections, the weightiest first, then those with the least choice of leads.
fn in_order_of_weight(eligibility: &Eligibility) -> Vec<InspectionIx> {
    let dataset = eligibility.dataset;
    let mut order: Vec<_> = eligibility.inspections().collect();
    order.sort_by_key(|ix| {
        let choice: usize = (0..eligibility.windows[ix.get()].len())
            .filter_map(|window| eligibility.engagement_of(*ix, window, Role::Lead))
            .map(|engagement| eligibility.candidates_of(engagement).len())
            .sum();
        (
            -attendance::weight(dataset, dataset.inspection(*ix)),
            choice,
            *ix,
        )
    });
    order
}

/// A plan in which `seat` is held, and as much of `selection` as goes with it; posts that are
/// lost by that are filled as well as can be. Nothing where none is found this way.
pub fn with_seat_held(
    eligibility: &Eligibility,
    selection: &Selection,
    seat: usize,
) -> Option<Selection> {
    let wanted = eligibility.candidates[seat];
    let post = eligibility.engagement(wanted);
    let mut draft = Draft::new(eligibility);
    draft.wanted = Some(wanted);
    if !(draft.keep_pins() && (draft.is_held(wanted) || draft.take(wanted))) {
        return None;
    }
    let mut others: Vec<_> = selection
        .seats()
        .map(|seat| eligibility.candidates[seat])
        .collect();
    let order = |other: &Candidate| {
        let of = eligibility.engagement(*other);
        (of.inspection != post.inspection, of.role, *other)
    };
    others.sort_by_key(order);
    let (here, elsewhere): (Vec<_>, Vec<_>) = others
        .into_iter()
        .partition(|other| eligibility.engagement(*other).inspection == post.inspection);
    // Those of the same inspection go first: its lead must be there in the same window.
    for other in here {
        if eligibility.engagement(other).window == post.window {
            draft.take(other);
        }
    }
    let led = draft.has_lead(post.inspection)
        || draft.take_best(post.inspection, post.window)
        || draft.take_by_exchange(post.inspection, post.window);
    if !led {
        return None;
    }
    for other in elsewhere {
        // A lead may have been lost, and nobody attends without one.
        let of = eligibility.engagement(other);
        if of.role == Role::Lead || draft.has_lead(of.inspection) {
            draft.take(other);
        }
    }
    draft.fill();
    Some(draft.selection())
}

/// A plan in which more is led, or the same plan with more of the teams' posts filled: until what is
/// empty comes to `enough`, in T1 or T3, nothing was gained for long, or it is told to stop.
pub fn worked_in(
    eligibility: &Eligibility,
    selection: &Selection,
    role: Role,
    enough: i64,
    seed: u32,
    stop: &Stop,
) -> Selection {
    let _span = tracing::info_span!("chains").entered();
    let is_lead = |held: Candidate| eligibility.engagement(held).role == Role::Lead;
    let is_asked =
        |draft: &Draft, held| role == Role::Team || is_lead(held) || draft.is_pinned(held);
    let mut draft = Draft::holding(eligibility, selection, is_asked);
    draft.work_in(role, enough, seed, stop);
    if role == Role::Lead {
        for inspection in in_order_of_weight(eligibility) {
            draft.fill_team(inspection);
        }
    }
    draft.selection()
}

/// The same posts in cheaper hands: given out anew, a few at a time, as often as there is time for.
/// Stopped early, it may be dearer.
pub fn given_anew(
    eligibility: &Eligibility,
    selection: &Selection,
    seed: u32,
    stop: &Stop,
) -> Selection {
    let _span = tracing::info_span!("giving anew").entered();
    let mut draft = Draft::holding(eligibility, selection, |_, _| true);
    draft.give_anew(seed, stop);
    draft.selection()
}

/// The same posts in cheaper hands, until no chain saves anything or it is told to stop.
pub fn cheapened(eligibility: &Eligibility, selection: &Selection, stop: &Stop) -> Selection {
    let _span = tracing::info_span!("chains").entered();
    let mut draft = Draft::holding(eligibility, selection, |_, _| true);
    draft.cheapen(stop);
    draft.selection()
}

struct Draft<'a> {
    eligibility: &'a Eligibility<'a>,
    /// A post that is not handed on, as if it were pinned.
    wanted: Option<Candidate>,
    /// The engagements that each person holds.
    held: Vec<Vec<usize>>,
    /// Who holds settled posts that break rules by now (H17), and can take nothing beside them.
    settled_breaks: Vec<bool>,
    /// The days that each person's posts take.
    used: Vec<u32>,
    /// The window in which each inspection is attended.
    attended: Vec<Option<usize>>,
    /// Who holds each engagement.
    holders: Vec<Vec<Candidate>>,
    /// The engagements at each site, in order.
    at_site: Vec<Vec<usize>>,
    /// Ofsted's people on a site on a day, and the fewest places that a different week there
    /// leaves.
    on_site: HashMap<(EstablishmentIx, Day), (u32, u32)>,
}

impl<'a> Draft<'a> {
    fn new(eligibility: &'a Eligibility<'a>) -> Self {
        let dataset = eligibility.dataset;
        let mut at_site = vec![Vec::new(); dataset.establishments.len()];
        for (at, post) in eligibility.engagements.iter().enumerate() {
            let site = dataset.inspection(post.inspection).establishment;
            at_site[site.get()].push(at);
        }
        let mut draft = Self {
            eligibility,
            at_site,
            wanted: None,
            held: vec![Vec::new(); dataset.inspectors.len()],
            settled_breaks: vec![false; dataset.inspectors.len()],
            used: vec![0; dataset.inspectors.len()],
            attended: vec![None; dataset.programme.len()],
            holders: vec![Vec::new(); eligibility.engagements.len()],
            on_site: HashMap::new(),
        };
        // Whatever rules it breaks now (H17).
        for settled in eligibility.settled.posts() {
            draft.put(*settled);
            draft.recount(settled.engagement);
        }
        for settled in eligibility.settled.posts() {
            let person = settled.person;
            let held = &draft.held[person.get()];
            draft.settled_breaks[person.get()] = !eligibility.fits(person, held);
        }
        draft
    }

    /// With those posts of a plan that `is_asked` for.
    fn holding(
        eligibility: &'a Eligibility<'a>,
        selection: &Selection,
        is_asked: impl Fn(&Self, Candidate) -> bool,
    ) -> Self {
        let mut draft = Self::new(eligibility);
        for held in selection.seats().map(|seat| eligibility.candidates[seat]) {
            if !draft.is_held(held) && is_asked(&draft, held) {
                draft.put(held);
                draft.recount(held.engagement);
            }
        }
        draft
    }

    fn selection(&self) -> Selection {
        let candidates = &self.eligibility.candidates;
        let seat = |held: &Candidate| candidates.binary_search(held).expect("an eligible one");
        Selection::new(self.holders.iter().flatten().map(seat).collect())
    }

    /// Attends each pinned inspection in the first window that takes all its pins.
    fn keep_pins(&mut self) -> bool {
        let pins = &self.eligibility.dataset.pins;
        let is_open = |pin: &&Pin| !self.eligibility.is_over(pin.inspection);
        let all = pins.iter().filter(is_open);
        let pinned = || all.clone().filter(|pin| pin.action == PinAction::Pin);
        let mut inspections: Vec<_> = pinned().map(|pin| pin.inspection).collect();
        inspections.sort_unstable();
        inspections.dedup();
        inspections.into_iter().all(|inspection| {
            let mut of_inspection: Vec<_> = pinned()
                .filter(|pin| pin.inspection == inspection)
                .collect();
            of_inspection.sort_by_key(|pin| pin.role);
            self.windows(inspection).into_iter().any(|window| {
                let wanted = of_inspection.iter().filter_map(|pin| {
                    let role = pin.role?;
                    let engagement = self.eligibility.engagement_of(inspection, window, role)?;
                    Some(Candidate {
                        engagement,
                        person: pin.inspector,
                    })
                });
                let wanted: Vec<_> = wanted.collect();
                let mut taken = Vec::new();
                let all = wanted.len() == of_inspection.len()
                    && wanted.iter().all(|candidate| {
                        let eligible = self.eligibility.candidates.binary_search(candidate).is_ok();
                        let taken_now = eligible && self.take(*candidate);
                        if taken_now {
                            taken.push(*candidate);
                        }
                        taken_now
                    })
                    && (self.has_lead(inspection) || self.take_best(inspection, window));
                if !all {
                    taken
                        .into_iter()
                        .rev()
                        .for_each(|candidate| self.release(candidate));
                }
                all
            })
        })
    }

    /// The windows of an inspection, by position: the one that is published goes first.
    fn windows(&self, inspection: InspectionIx) -> Vec<usize> {
        let published = self.eligibility.dataset.published.as_ref();
        let lead = published.and_then(|published| published.lead(inspection));
        let held = lead.and_then(|post| self.eligibility.as_published(post));
        let first = held.map(|held| self.eligibility.engagement(held).window);
        let mut windows: Vec<_> = (0..self.eligibility.windows[inspection.get()].len()).collect();
        windows.sort_by_key(|window| (Some(*window) != first, *window));
        windows
    }

    /// Leads for all, the weightiest first, then teams, with exchanges where nobody is free.
    fn fill(&mut self) {
        let order = in_order_of_weight(self.eligibility);
        for inspection in &order {
            self.attend(*inspection, Self::take_best);
        }
        for inspection in &order {
            self.attend(*inspection, Self::take_by_exchange);
        }
        if self.eligibility.dataset.published.is_some() {
            // Whoever is free and fills what is lost of a published plan changes nothing for others.
            for inspection in &order {
                self.take_team(*inspection);
            }
        }
        for inspection in &order {
            self.fill_team(*inspection);
        }
    }

    fn has_lead(&self, inspection: InspectionIx) -> bool {
        self.attended[inspection.get()].is_some()
    }

    /// Finds a lead in the first window that `take` can use.
    fn attend(
        &mut self,
        inspection: InspectionIx,
        take: fn(&mut Self, InspectionIx, usize) -> bool,
    ) {
        let windows = self.eligibility.windows[inspection.get()].len();
        let _ =
            self.has_lead(inspection) || (0..windows).any(|window| take(self, inspection, window));
    }

    fn take_best(&mut self, inspection: InspectionIx, window: usize) -> bool {
        let Some(lead) = self
            .eligibility
            .engagement_of(inspection, window, Role::Lead)
        else {
            return false;
        };
        self.by_days_left(lead)
            .into_iter()
            .any(|candidate| self.take(candidate))
    }

    fn take_by_exchange(&mut self, inspection: InspectionIx, window: usize) -> bool {
        let lead = self
            .eligibility
            .engagement_of(inspection, window, Role::Lead);
        lead.is_some_and(|lead| self.has_room(lead) && self.exchange(lead))
    }

    /// Whether `given` can't be handed on for `wanted`: it is pinned, or of the same inspection.
    fn is_fixed(&self, given: Candidate, wanted: Candidate) -> bool {
        let same = self.eligibility.engagement(given).inspection
            == self.eligibility.engagement(wanted).inspection;
        same || self.wanted == Some(given) || self.is_pinned(given)
    }

    fn is_held(&self, candidate: Candidate) -> bool {
        self.held[candidate.person.get()].contains(&candidate.engagement)
    }

    /// Whether it is not to be handed on: it is pinned, settled, or a lead whose name was given.
    fn is_pinned(&self, candidate: Candidate) -> bool {
        let post = self.eligibility.engagement(candidate);
        let settled = &self.eligibility.settled;
        let names = (post.inspection, candidate.person);
        let is_given = post.role == Role::Lead && settled.names_given.contains(&names);
        if is_given || settled.is_settled(candidate) {
            return true;
        }
        self.eligibility.dataset.pins.iter().any(|pin| {
            pin.action == PinAction::Pin
                && pin.inspection == post.inspection
                && pin.inspector == candidate.person
                && pin.role == Some(post.role)
        })
    }

    fn fill_team(&mut self, inspection: InspectionIx) {
        let Some(team) = self.take_team(inspection) else {
            return;
        };
        let posts = self.eligibility.team_posts(inspection) as usize;
        while self.holders[team].len() < posts && self.has_room(team) && self.exchange(team) {}
    }

    /// Fills what can be of a team by who is free, and returns its post; nothing where there is none.
    fn take_team(&mut self, inspection: InspectionIx) -> Option<usize> {
        let window = self.attended[inspection.get()]?;
        let team = self
            .eligibility
            .engagement_of(inspection, window, Role::Team)?;
        let posts = self.eligibility.team_posts(inspection) as usize;
        for candidate in self.by_days_left(team) {
            if self.holders[team].len() == posts {
                break;
            }
            self.take(candidate);
        }
        Some(team)
    }

    fn by_days_left(&self, engagement: usize) -> Vec<Candidate> {
        let mut candidates = self.eligibility.candidates_of(engagement).to_vec();
        candidates.sort_by_cached_key(|candidate| {
            let year = self.eligibility.limits(candidate.person).year;
            let left = year.saturating_sub(self.used[candidate.person.get()]);
            (Reverse(left), candidate.person)
        });
        candidates
    }

    /// Takes a seat if every rule allows it.
    fn take(&mut self, candidate: Candidate) -> bool {
        let engagement = self.eligibility.engagement(candidate);
        let inspection = engagement.inspection;
        let holders = self.holders[candidate.engagement].len();
        let wanted = match engagement.role {
            Role::Lead => self.attended[inspection.get()].is_none(),
            Role::Team => {
                self.attended[inspection.get()].is_none_or(|window| window == engagement.window)
                    && holders < self.eligibility.team_posts(inspection) as usize
            }
        };
        if !wanted || !self.has_room(candidate.engagement) {
            return false;
        }
        if !self.fits_without(candidate, None) {
            return false;
        }
        self.put(candidate);
        self.recount(candidate.engagement);
        true
    }

    /// Whether somebody can hold a post beside all they hold but one.
    fn fits_without(&self, candidate: Candidate, given: Option<usize>) -> bool {
        let person = candidate.person;
        let days = |post: usize| self.eligibility.engagements[post].days();
        let used = self.used[person.get()] + days(candidate.engagement);
        // Nearly all who can't have no days left.
        let most = self.eligibility.limits(person).year + given.map_or(0, days);
        if used > most || self.settled_breaks[person.get()] {
            return false;
        }
        let held = self.held[person.get()].iter().copied();
        let others = held.filter(|held| Some(*held) != given);
        self.eligibility
            .fits_beside(person, others, candidate.engagement)
    }

    fn put(&mut self, candidate: Candidate) {
        let engagement = self.eligibility.engagement(candidate);
        let person = candidate.person.get();
        self.held[person].push(candidate.engagement);
        self.used[person] += engagement.days();
        self.holders[candidate.engagement].push(candidate);
        if engagement.role == Role::Lead {
            self.attended[engagement.inspection.get()] = Some(engagement.window);
        }
    }

    fn release(&mut self, candidate: Candidate) {
        self.lift(candidate);
        let engagement = self.eligibility.engagement(candidate);
        if engagement.role == Role::Lead {
            self.attended[engagement.inspection.get()] = None;
        }
        self.recount(candidate.engagement);
    }

    /// Takes a post from who holds it, for somebody else to take it at once: its inspection is still
    /// attended, and the people on its site are still counted.
    fn lift(&mut self, candidate: Candidate) {
        let person = candidate.person.get();
        self.held[person].retain(|held| *held != candidate.engagement);
        self.used[person] -= self.eligibility.engagement(candidate).days();
        self.holders[candidate.engagement].retain(|holder| *holder != candidate);
    }
}
