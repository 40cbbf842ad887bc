//! Why posts are empty: how many people each obstacle stops, and what it would cost elsewhere
//! to use those here whom nothing stops but their other posts.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::holding::{Holding, Question};
use crate::allocate::{Measures, with_seat_held};
use crate::domain::{AvailabilityKind, Grade, InspectionIx, InspectorIx, RemedyKind, Role};
use crate::eligibility::{Candidate, Eligibility};
use crate::explain::{Obstacle, Shortfall, obstacles_of, who_could, window_of};
use crate::solve::SolveError;

/// Everybody who could do such work, by what keeps them from a post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Obstacles {
    /// How many there are.
    pub people: usize,
    /// How many each obstacle stops, everybody counted once: by the one that is cheapest to
    /// mend.
    pub once: BTreeMap<Obstacle, usize>,
    /// How many each obstacle stops in all.
    pub all: BTreeMap<Obstacle, usize>,
}

/// Empty posts of one inspection and role.
#[derive(Clone, Debug)]
pub struct Gap {
    /// Of which inspection.
    pub inspection: InspectionIx,
    /// In which role.
    pub role: Role,
    /// Them, by cause.
    pub shortfalls: Vec<Shortfall>,
    /// What keeps people from them.
    pub obstacles: Obstacles,
    /// What comes of using somebody here whom nothing stops but their other posts, those first
    /// who seem to cost least.
    pub used_here: Vec<(InspectorIx, Holding)>,
    /// How many more there are of whom it was not asked.
    pub not_asked: usize,
}

/// Every gap of the plan, or those of one inspection. Of each gap, so many people `at_most` are
/// used in it.
pub fn gaps(
    question: &Question,
    shortfalls: &[Shortfall],
    only: Option<InspectionIx>,
    at_most: usize,
) -> Result<Vec<Gap>, SolveError> {
    let mut posts: BTreeMap<(InspectionIx, Role), Vec<Shortfall>> = BTreeMap::new();
    for shortfall in shortfalls {
        if only.is_none_or(|only| only == shortfall.inspection) {
            let of_post = posts.entry((shortfall.inspection, shortfall.role));
            of_post.or_default().push(shortfall.clone());
        }
    }
    posts
        .into_par_iter()
        .map(|((inspection, role), shortfalls)| {
            gap(question, inspection, role, shortfalls, at_most)
        })
        .collect()
}

fn gap(
    question: &Question,
    inspection: InspectionIx,
    role: Role,
    shortfalls: Vec<Shortfall>,
    at_most: usize,
) -> Result<Gap, SolveError> {
    let &Question {
        eligibility, past, ..
    } = question;
    let window = window_of(eligibility, &past.selection, inspection);
    let engagement = eligibility.engagement_of(inspection, window, role);
    let mut obstacles = Obstacles::default();
    let mut free = Vec::new();
    if let Some(engagement) = engagement {
        let held = past.selection.held(eligibility);
        for person in who_could(eligibility.dataset, role) {
            let candidate = Candidate { engagement, person };
            let found = obstacles_of(eligibility, &held[person.get()], candidate);
            obstacles.count(eligibility, candidate, &found);
            let here = found.contains(&Obstacle::OnThisInspection);
            if let (Ok(seat), false) = (eligibility.candidates.binary_search(&candidate), here) {
                free.push((person, seat));
            }
        }
    }
    let measures = Measures::new(eligibility);
    let seems_to_cost = |seat: usize| {
        let draft = with_seat_held(eligibility, &past.selection, seat)?;
        let value = |tier| measures.value(tier, &draft).number();
        Some(question.first_tiers().map(value))
    };
    let mut ranked: Vec<_> = free
        .into_iter()
        .map(|(person, seat)| (seems_to_cost(seat), person, seat))
        .collect();
    ranked.sort_by(|a, b| {
        let none_last = a.0.is_none().cmp(&b.0.is_none());
        let cheapest = a.0.partial_cmp(&b.0);
        none_last.then(cheapest.unwrap_or(std::cmp::Ordering::Equal))
    });
    let asked = ranked.len().min(at_most);
    let [.., last] = question.first_tiers();
    let used_here = ranked[..asked]
        .par_iter()
        .map(|(_, person, seat)| Ok((*person, question.holding(*seat, Some(last))?)))
        .collect::<Result<_, SolveError>>()?;
    Ok(Gap {
        inspection,
        role,
        shortfalls,
        obstacles,
        used_here,
        not_asked: ranked.len() - asked,
    })
}

impl Obstacles {
    fn count(&mut self, eligibility: &Eligibility, candidate: Candidate, of: &BTreeSet<Obstacle>) {
        self.people += 1;
        for obstacle in of {
            *self.all.entry(*obstacle).or_default() += 1;
        }
        let price = |obstacle: &Obstacle| price(eligibility, candidate.person, *obstacle);
        let cheapest = of
            .iter()
            .min_by(|a, b| price(a).total_cmp(&price(b)).then(a.cmp(b)));
        if let Some(cheapest) = cheapest {
            *self.once.entry(*cheapest).or_default() += 1;
        }
    }
}

/// What mending an obstacle costs at the policy's prices; no end where nothing mends it.
fn price(eligibility: &Eligibility, person: InspectorIx, obstacle: Obstacle) -> f64 {
    let dataset = eligibility.dataset;
    let is_away = || {
        let mut rows = dataset.availability.iter();
        rows.any(|row| row.inspector == person && row.kind == AvailabilityKind::Unavailable)
    };
    let kinds: &[RemedyKind] = match obstacle {
        Obstacle::NotCleared => &[RemedyKind::Clearance, RemedyKind::Dbs, RemedyKind::Training],
        Obstacle::AtTheirDays => &[RemedyKind::Days],
        Obstacle::NoPlace => &[RemedyKind::Place],
        Obstacle::Away if dataset.inspector(person).grade == Grade::Oi => &[RemedyKind::Offer],
        Obstacle::Away if is_away() => &[RemedyKind::Leave],
        _ => &[],
    };
    let remedies = kinds
        .iter()
        .filter_map(|kind| dataset.policy.remedy.get(kind));
    let allowed = remedies.filter(|remedy| remedy.allowed);
    allowed
        .map(|remedy| remedy.price)
        .fold(f64::INFINITY, f64::min)
}
