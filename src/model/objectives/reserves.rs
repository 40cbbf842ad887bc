//! T5: attended inspections with no named reserve: somebody who is not on it, and who could lead it
//! beside all that they hold (¶13). Two inspections that share a day on site have different ones.

use crate::domain::{InspectionIx, InspectorIx, Role};
use crate::eligibility::{Candidate, Eligibility};
use crate::model::Selection;

/// An inspection with its reserve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reserve {
    /// Which.
    pub inspection: InspectionIx,
    /// Who would lead it.
    pub person: InspectorIx,
}

/// After so many steps in naming reserves for inspections that share days, the best so far is
/// taken. Hardly any year needs more than a step an inspection.
const MAX_STEPS: u32 = 100_000;

/// Reserves for as many of the attended inspections as can have one, in the programme's order; of
/// those who could, whoever costs least is tried first. Nobody where the policy asks for none.
pub fn named(eligibility: &Eligibility, selection: &Selection) -> Vec<Reserve> {
    if !eligibility.dataset.policy.reserve.name_reserves {
        return Vec::new();
    }
    let mut leads = leads(eligibility, selection);
    let mut named = Vec::new();
    while let Some(first) = leads.pop() {
        let group = take_group(eligibility, first, &mut leads);
        let mut search = Search::new(eligibility, group);
        search.go(0, 0);
        named.extend(search.best_named());
    }
    named.sort_unstable();
    named
}

/// How many attended inspections have none.
pub fn without(eligibility: &Eligibility, selection: &Selection) -> i64 {
    let seats = selection.seats().map(|seat| eligibility.candidates[seat]);
    let attended = seats.filter(|held| eligibility.engagement(*held).role == Role::Lead);
    attended.count() as i64 - named(eligibility, selection).len() as i64
}

/// Whether `candidate` could take that post beside `held`; not where that holds one of the same
/// inspection.
pub fn could_lead(eligibility: &Eligibility, candidate: Candidate, held: &[usize]) -> bool {
    let together = [held, &[candidate.engagement]].concat();
    eligibility.fits(candidate.person, &together)
}

/// A lead's post that is taken, and who could take it.
struct Lead {
    engagement: usize,
    could: Vec<InspectorIx>,
}

fn leads(eligibility: &Eligibility, selection: &Selection) -> Vec<Lead> {
    let held = selection.held(eligibility);
    let seats = selection.seats().map(|seat| eligibility.candidates[seat]);
    let leads = seats.filter(|seat| eligibility.engagement(*seat).role == Role::Lead);
    leads
        .map(|lead| {
            let all = eligibility.candidates_of(lead.engagement).iter();
            let mut could: Vec<Candidate> = all
                .filter(|other| could_lead(eligibility, **other, &held[other.person.get()]))
                .copied()
                .collect();
            could.sort_by_key(|other| (eligibility.cost(*other), other.person));
            Lead {
                engagement: lead.engagement,
                could: could.into_iter().map(|other| other.person).collect(),
            }
        })
        .collect()
}

/// All of `leads` that share days with `first`, with one of those, and so on.
fn take_group(eligibility: &Eligibility, first: Lead, leads: &mut Vec<Lead>) -> Vec<Lead> {
    let mut group = vec![first];
    let mut at = 0;
    while at < group.len() {
        let engagement = group[at].engagement;
        let shares = |lead: &mut Lead| share_a_day(eligibility, engagement, lead.engagement);
        group.extend(leads.extract_if(.., shares));
        at += 1;
    }
    group.sort_by_key(|lead| (lead.could.len(), lead.engagement));
    group
}

fn share_a_day(eligibility: &Eligibility, a: usize, b: usize) -> bool {
    let (a, b) = (&eligibility.engagements[a], &eligibility.engagements[b]);
    !a.on_site.is_disjoint(&b.on_site)
}

/// Tries everybody for each of a group in turn, those with the least choice first.
struct Search<'a> {
    eligibility: &'a Eligibility<'a>,
    group: Vec<Lead>,
    named: Vec<Option<InspectorIx>>,
    best: Vec<Option<InspectorIx>>,
    most: usize,
    steps: u32,
}

impl<'a> Search<'a> {
    fn new(eligibility: &'a Eligibility<'a>, group: Vec<Lead>) -> Self {
        Self {
            eligibility,
            named: vec![None; group.len()],
            best: vec![None; group.len()],
            group,
            most: 0,
            steps: 0,
        }
    }

    fn go(&mut self, at: usize, count: usize) {
        self.steps += 1;
        if count > self.most {
            self.most = count;
            self.best.clone_from(&self.named);
        }
        let can_be_more = count + (self.group.len() - at) > self.most;
        if !can_be_more || self.steps > MAX_STEPS {
            return;
        }
        for choice in 0..self.group[at].could.len() {
            let person = self.group[at].could[choice];
            if self.is_free(at, person) {
                self.named[at] = Some(person);
                self.go(at + 1, count + 1);
                self.named[at] = None;
            }
        }
        self.go(at + 1, count);
    }

    fn is_free(&self, at: usize, person: InspectorIx) -> bool {
        let engagement = self.group[at].engagement;
        let before = std::iter::zip(&self.group, &self.named).take(at);
        let mut theirs = before.filter(|(_, named)| **named == Some(person));
        !theirs.any(|(lead, _)| share_a_day(self.eligibility, engagement, lead.engagement))
    }

    fn best_named(&self) -> impl Iterator<Item = Reserve> {
        let named = std::iter::zip(&self.group, &self.best);
        named.filter_map(|(lead, person)| {
            Some(Reserve {
                inspection: self.eligibility.engagements[lead.engagement].inspection,
                person: (*person)?,
            })
        })
    }
}
