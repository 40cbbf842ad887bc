//! What is asked, and what is found.

use std::cell::Cell;

use super::draft::{needed, without_one};
use super::pool::{Pool, pool};
use super::tiers::{Fewest, How, Least, Short, Tiers, count};
use crate::allocate::{AllocateError, Options, Status, Unobserved, allocate};
use crate::domain::{Dataset, InspectorIx, Plan};
use crate::eligibility::Eligibility;
use crate::model::{Program, Selection};
use crate::solve::{SolveError, Stop};

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The year.
    pub dataset: &'a Dataset,
    /// How many points a frontier may have.
    pub most: u32,
    /// Which of several equal optima is found may depend on it.
    pub seed: u32,
}

/// The fewest people that leave the least short, and what is short with fewer.
#[derive(Clone, Debug)]
pub struct Staffing {
    /// Who they are, among the people of [`Cadre::pool`].
    pub people: Vec<InspectorIx>,
    /// No fewer leave no more short.
    pub at_least: usize,
    /// Whether nothing less can be short, with however many people.
    pub is_least: bool,
    /// Whether as many people can't do with fewer recruits.
    pub fewest_recruits: bool,
    /// The least that is short with so many people, and with ever fewer.
    pub frontier: Vec<Point>,
}

/// The least that is short with so many people.
#[derive(Clone, Debug)]
pub struct Point {
    /// How many people there may be.
    pub people: usize,
    /// How many of the plan's people are recruits.
    pub recruits: usize,
    /// A plan, over the people of [`Cadre::pool`].
    pub plan: Plan,
    /// What is short, in the policy's order.
    pub short: Short,
    /// Whether nothing less is possible with as many.
    pub proven: bool,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Cadre {
    /// The year with the recruits that were looked at, after all who are there.
    pub pool: Dataset,
    /// How many are there.
    pub present: usize,
    /// The fewest of those who are there.
    pub of_present: Staffing,
    /// The fewest of all, where people can be recruited.
    pub of_all: Option<Staffing>,
    /// Whether something was cut short by time or a signal.
    pub cut: bool,
}

/// How much of the time that is left each step may take, where there is a limit.
const SHARE: f64 = 0.35;

/// A seed, and a wish to stop that is heard of.
pub(super) struct Searching<'a> {
    seed: u32,
    stop: &'a Stop,
    cut: Cell<bool>,
}

impl Searching<'_> {
    /// What `step` gives in its share of the time.
    pub(super) fn step<T>(&self, share: f64, step: impl FnOnce(How) -> T) -> T {
        let stop = self.stop.for_share(share);
        let found = step(How {
            seed: self.seed,
            stop: &stop,
        });
        self.cut.set(self.cut.get() || stop.is_set());
        found
    }
}

/// The fewest people who can staff the year, and what is short with fewer.
///
/// # Errors
/// Where no plan keeps the pins, it is stopped before there is one, or HiGHS fails.
pub fn cadre(wanted: &Wanted, stop: &Stop) -> Result<Cadre, AllocateError> {
    let searching = Searching {
        seed: wanted.seed,
        stop,
        cut: Cell::new(false),
    };
    let dataset = wanted.dataset;
    let base = Eligibility::new(dataset);
    let first = dataset.inspectors.len();
    let tiers = Tiers::of(&base, first);
    let options = Options {
        seed: wanted.seed,
        stop_after: tiers.order.last().copied(),
        ..Options::default()
    };
    let allocation = searching.step(SHARE, |how| {
        allocate(&base, &options, how.stop, &mut Unobserved)
    })?;
    let is_optimal = |tier| allocation.tier(tier).status == Status::Optimal;
    let is_least = tiers.order.into_iter().all(is_optimal);
    let start = &allocation.selection;
    let of_present = staffing(wanted, &base, &tiers, start, is_least, &searching)?;
    let (mut all, mut of_all) = (dataset.clone(), None);
    if let Some(Pool {
        dataset,
        of_each,
        draft,
        is_least,
    }) = pool(&base, start, &of_present.1, &searching)?
    {
        let year = Eligibility::new(&dataset);
        let start = draft.selection(&year, first, of_each);
        let tiers = Tiers::of(&year, first);
        let found = staffing(wanted, &year, &tiers, &start, is_least, &searching)?;
        of_all = Some(found.0);
        all = dataset.clone();
    }
    Ok(Cadre {
        pool: all,
        present: first,
        of_present: of_present.0,
        of_all,
        cut: searching.cut.get(),
    })
}

/// The fewest people that leave no more short than `start`, with a plan of theirs.
fn staffing(
    wanted: &Wanted,
    year: &Eligibility,
    tiers: &Tiers,
    start: &Selection,
    is_least: bool,
    searching: &Searching,
) -> Result<(Staffing, Selection), SolveError> {
    let mut program = tiers.program(year)?;
    let Fewest {
        plan,
        at_least,
        fewest_recruits,
    } = searching.step(SHARE, |how| tiers.fewest(&mut program, start, how))?;
    let values = tiers.values(&plan);
    let top = Least {
        plan,
        proven: if is_least { values.len() } else { 0 },
        values,
    };
    let mut frontier = frontier(wanted, &mut program, tiers, top, searching)?;
    let found = frontier.len();
    // Where the fewest are not proven, a search with fewer may find as good a plan.
    while frontier.len() > 1 && frontier[0].1.values >= frontier[1].1.values {
        frontier.remove(0);
    }
    let plan = frontier[0].1.plan.clone();
    let held = plan.held(year);
    let people = year.dataset.inspector_ixs();
    let people: Vec<_> = people.filter(|who| !held[who.get()].is_empty()).collect();
    let is_first = frontier.len() == found;
    frontier[0].0 = people.len();
    let points = frontier.into_iter().map(|(people, least)| Point {
        people,
        recruits: count(year, &least.plan, tiers.recruits),
        plan: least.plan.plan(year),
        short: tiers.short(&least.values),
        proven: least.proven == tiers.linear.len(),
    });
    let staffing = Staffing {
        people,
        at_least,
        is_least,
        fewest_recruits: fewest_recruits && is_first,
        frontier: points.collect(),
    };
    Ok((staffing, plan))
}

/// The least with so many people, from the plan of the fewest downwards.
fn frontier(
    wanted: &Wanted,
    program: &mut Program,
    tiers: &Tiers,
    top: Least,
    searching: &Searching,
) -> Result<Vec<(usize, Least)>, SolveError> {
    let year = program.eligibility();
    let needed = needed(year);
    let mut people = count(year, &top.plan, 0);
    let mut points = vec![(people, top.clone())];
    let mut last = top;
    while people > needed.len() && points.len() < wanted.most as usize {
        if searching.stop.is_set() {
            break;
        }
        people -= 1;
        let fits = count(year, &last.plan, 0) <= people;
        let start = match fits {
            true => Some(last.plan.clone()),
            false => without_one(year, tiers, &last.plan, &needed),
        };
        let least = searching.step(SHARE / 2.0, |how| {
            tiers.least(program, people, start, &last, how)
        })?;
        let Some(least) = least else {
            break;
        };
        points.push((people, least.clone()));
        last = least;
    }
    Ok(points)
}
