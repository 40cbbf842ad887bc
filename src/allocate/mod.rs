//! The annual run: a dataset to the best plan that can be proven, tier after tier.

mod changed;
mod draft;
mod measure;
mod outcome;
mod terms;
mod tiers;

use std::collections::BTreeMap;

use crate::domain::{InspectionIx, InspectorIx, Plan, Role};
use crate::eligibility::Eligibility;
use crate::eligibility::off_site::Work;
use crate::model::Selection;
use crate::model::objectives::Tier;
use crate::model::objectives::reserves::{self, Reserve};
use crate::solve::{SolveError, Stop};
pub use changed::changed;
pub use draft::with_seat_held;
pub use measure::{Measures, Value};
pub use outcome::{Status, TierOutcome};
pub use tiers::Held;
use tiers::Solved;

/// In years of so many seats T1, T3 and T6 are first brought down by chains of people. In years of the
/// usual size the program takes no longer for the optimum than they do for less.
const LARGE: usize = 20_000;

/// What a run is asked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which of several equal optima is found may depend on it.
    pub seed: u32,
    /// The last tier to be solved; `None`: all.
    pub stop_after: Option<Tier>,
    /// Gaps at which a tier counts as optimal, where they differ from its own.
    pub gaps: BTreeMap<Tier, f64>,
    /// How many nodes of the search tree a tier may take, where not its own number.
    pub max_nodes: Option<u32>,
    /// The same for the tiers after T4, which then have a good value with its bound.
    pub nodes_after_t4: Option<u32>,
    /// A year of more seats is not stated as a program; where not [`MOST_STATED`].
    ///
    /// [`MOST_STATED`]: crate::model::MOST_STATED
    pub most_stated: Option<usize>,
    /// A year of so many seats is large: chains of people come before its program; where not
    /// `LARGE`.
    pub large: Option<usize>,
}

impl Options {
    /// The gap at which `tier` counts as optimal.
    pub fn gap(&self, tier: Tier) -> f64 {
        self.gaps
            .get(&tier)
            .copied()
            .unwrap_or_else(|| tier.default_gap())
    }
}

/// What is told while a run is under way.
pub trait Observer {
    /// A tier begins.
    fn begins(&mut self, tier: Tier);
    /// A tier has come so far.
    fn reaches(&mut self, tier: Tier, value: f64, bound: f64);
    /// A tier has ended.
    fn ends(&mut self, outcome: &TierOutcome);
}

/// An observer that looks away.
pub struct Unobserved;

impl Observer for Unobserved {
    fn begins(&mut self, _: Tier) {}
    fn reaches(&mut self, _: Tier, _: f64, _: f64) {}
    fn ends(&mut self, _: &TierOutcome) {}
}

/// A day of somebody's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkDay {
    /// When.
    pub date: chrono::NaiveDate,
    /// Whose.
    pub person: InspectorIx,
    /// What is done.
    pub work: Work,
    /// For which inspection.
    pub inspection: InspectionIx,
    /// In which role.
    pub role: Role,
}

/// A year's plan, and what is proven of it.
#[derive(Clone, Debug)]
pub struct Allocation {
    /// Who holds which post.
    pub plan: Plan,
    /// The seats of the plan.
    pub selection: Selection,
    /// Every tier, in the order solved.
    pub tiers: Vec<TierOutcome>,
    /// The day of every piece of work, by date, then person.
    pub days: Vec<WorkDay>,
    /// Who would lead in the lead's place, where the policy asks for reserves (T5).
    pub reserves: Vec<Reserve>,
    /// Whether the time or a signal ended it before it was done.
    pub interrupted: bool,
    /// Whether the year is too large to be searched, in T6 or in all tiers: what other ways found stands.
    pub too_large: bool,
}

impl Allocation {
    /// The outcome of `tier`.
    pub fn tier(&self, tier: Tier) -> &TierOutcome {
        self.tiers
            .iter()
            .find(|outcome| outcome.tier == tier)
            .expect("every tier has an outcome")
    }

    /// Whether every tier that was asked for is proven.
    pub fn is_proven(&self) -> bool {
        self.tiers
            .iter()
            .all(|outcome| outcome.status != Status::Gap)
    }
}

/// Why a run made nothing.
#[derive(Debug, thiserror::Error)]
pub enum AllocateError {
    /// The pins can't all be kept.
    #[error("no plan keeps all the pins")]
    NoPlan,
    /// It was stopped before there was any plan that keeps the pins.
    #[error("stopped before there was a plan")]
    Stopped,
    /// HiGHS failed.
    #[error(transparent)]
    Solver(#[from] SolveError),
}

/// Allocates a year.
pub fn allocate(
    eligibility: &Eligibility,
    options: &Options,
    stop: &Stop,
    observer: &mut dyn Observer,
) -> Result<Allocation, AllocateError> {
    let start = draft::first_plan(eligibility);
    let solved = tiers::solve(eligibility, start, None, options, stop, observer)?;
    Ok(allocation(eligibility, solved))
}

/// Allocates a year in which somebody holds a certain post: what the tiers then come to is what
/// that costs.
pub fn allocate_holding(
    eligibility: &Eligibility,
    held: &Held,
    options: &Options,
    stop: &Stop,
    observer: &mut dyn Observer,
) -> Result<Allocation, AllocateError> {
    let start = with_seat_held(eligibility, held.without, held.seat);
    let solved = tiers::solve(eligibility, start, Some(held), options, stop, observer)?;
    Ok(allocation(eligibility, solved))
}

fn allocation(eligibility: &Eligibility, solved: Solved) -> Allocation {
    let Solved {
        selection,
        tiers,
        cut,
        too_large,
    } = solved;
    Allocation {
        plan: selection.plan(eligibility),
        days: days(eligibility, &selection),
        reserves: reserves::named(eligibility, &selection),
        tiers,
        interrupted: cut,
        too_large,
        selection,
    }
}

/// Whether the plan that is made in a moment keeps all the pins.
pub fn has_greedy_plan(eligibility: &Eligibility) -> bool {
    draft::keeps_pins(eligibility)
}

/// Every day of everybody's work under `selection`, off-site work placed by earliest deadline.
///
/// # Panics
/// Where somebody can't hold what they are given, which [`Selection::fits`] tells.
pub fn days(eligibility: &Eligibility, selection: &Selection) -> Vec<WorkDay> {
    let _span = tracing::info_span!("placing days").entered();
    let mut days = Vec::new();
    let held = selection.held(eligibility);
    for (person, held) in std::iter::zip(eligibility.dataset.inspector_ixs(), &held) {
        let placed = eligibility
            .place(person, held)
            .expect("the plan fits everybody's year");
        let mut placed = placed.into_iter();
        for engagement in held.iter().map(|at| &eligibility.engagements[*at]) {
            let day = |day, work| WorkDay {
                date: eligibility.horizon.date(day),
                person,
                work,
                inspection: engagement.inspection,
                role: engagement.role,
            };
            days.extend(engagement.on_site.ones().map(|at| day(at, Work::OnSite)));
            for task in &engagement.tasks {
                let at = placed.next().expect("each task has its days");
                days.extend(at.into_iter().map(|at| day(at, task.work)));
            }
        }
    }
    days.sort_unstable();
    days
}
