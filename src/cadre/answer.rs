//! What is asked, and what is found.

use super::draft::{self, Draft, needed, posts, without_one};
use super::floor::floor;
use super::recruits;
use super::tiers::{How, Least, Short, Tiers, count};
use crate::allocate::{AllocateError, Options, Status, Unobserved, allocate};
use crate::domain::{Dataset, InspectorIx, Plan};
use crate::eligibility::Eligibility;
use crate::model::{Program, Selection};
use crate::solve::Stop;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The year.
    pub dataset: &'a Dataset,
    /// How many points of the frontier there may be.
    pub most: u32,
    /// Which of several equal optima is found may depend on it.
    pub seed: u32,
}

impl Wanted<'_> {
    fn how<'s>(&self, stop: &'s Stop) -> How<'s> {
        How {
            seed: self.seed,
            stop,
        }
    }
}

/// The fewest people that leave the least short.
#[derive(Clone, Debug)]
pub struct Staffing {
    /// A plan of theirs, over the people of [`Cadre::pool`].
    pub plan: Plan,
    /// Who they are.
    pub people: Vec<InspectorIx>,
    /// What is short, in the policy's order.
    pub short: Short,
    /// Whether nothing less is possible.
    pub is_least: bool,
    /// No fewer people leave no more short.
    pub at_least: usize,
    /// Whether as many people can't do with fewer recruits.
    pub fewest_recruits: bool,
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
    /// With fewer and fewer people, from the fewest that leave the least short.
    pub frontier: Vec<Point>,
    /// Whether it was stopped.
    pub cut: bool,
}

/// How much of the time that is left each step may take, where there is a limit.
const SHARE: f64 = 0.35;

/// A least, and the fewest people for it.
struct Found {
    least: Least,
    is_least: bool,
    at_least: usize,
    fewest_recruits: bool,
}

/// The fewest people who can staff the year, and what is short with fewer.
///
/// # Errors
/// Where no plan keeps the pins, it is stopped before there is one, or HiGHS fails.
pub fn cadre(wanted: &Wanted, stop: &Stop) -> Result<Cadre, AllocateError> {
    let dataset = wanted.dataset;
    let base = Eligibility::new(dataset);
    let first = dataset.inspectors.len();
    let of_present = of_present(wanted, &base, stop)?;
    let (pool, draft, is_least) = pooled(wanted, &base, &of_present, stop)?;
    let dataset_of_pool = pool.as_ref().map_or(dataset, |(dataset, _)| dataset);
    let with_recruits = Eligibility::new(dataset_of_pool);
    let of_each = pool.as_ref().map_or(0, |(_, of_each)| *of_each);
    let tiers = Tiers::of(&with_recruits, first);
    let mut program = tiers.program(&with_recruits)?;
    let of_all = match draft {
        Some(draft) => {
            let start = draft.selection(&with_recruits, first, of_each);
            let part = stop.for_share(SHARE);
            let how = wanted.how(&part);
            let fewest = tiers.fewest(&mut program, &start, how)?;
            let values = tiers.values(&fewest.plan);
            let proven = if is_least { values.len() } else { 0 };
            Some(Found {
                least: Least {
                    plan: fewest.plan,
                    values,
                    proven,
                },
                is_least,
                at_least: fewest.at_least,
                fewest_recruits: fewest.fewest_recruits,
            })
        }
        None => None,
    };
    let top = of_all.as_ref().unwrap_or(&of_present);
    let plan = posts(
        if of_all.is_some() {
            &with_recruits
        } else {
            &base
        },
        &top.least.plan,
    );
    let top = Least {
        plan: draft::selection(&with_recruits, plan),
        ..top.least.clone()
    };
    let frontier = frontier(wanted, &mut program, &tiers, top, stop)?;
    Ok(Cadre {
        present: first,
        of_present: staffing(&base, &Tiers::of(&base, first), &of_present),
        of_all: of_all.map(|found| staffing(&with_recruits, &tiers, &found)),
        frontier,
        cut: stop.is_set(),
        pool: dataset_of_pool.clone(),
    })
}

/// The least of those who are there, and the fewest of them.
fn of_present(wanted: &Wanted, base: &Eligibility, stop: &Stop) -> Result<Found, AllocateError> {
    let tiers = Tiers::of(base, base.dataset.inspectors.len());
    let options = Options {
        seed: wanted.seed,
        stop_after: tiers.order.last().copied(),
        ..Options::default()
    };
    let part = stop.for_share(SHARE);
    let allocation = allocate(base, &options, &part, &mut Unobserved)?;
    let is_optimal = |tier| allocation.tier(tier).status == Status::Optimal;
    let is_least = tiers.order.into_iter().all(is_optimal);
    let part = stop.for_share(SHARE);
    let mut program = tiers.program(base)?;
    let fewest = tiers.fewest(&mut program, &allocation.selection, wanted.how(&part))?;
    let values = tiers.values(&fewest.plan);
    Ok(Found {
        least: Least {
            proven: if is_least { values.len() } else { 0 },
            plan: fewest.plan,
            values,
        },
        is_least,
        at_least: fewest.at_least,
        fewest_recruits: true,
    })
}

/// A year with recruits, and how many of each kind it has.
type Pool = Option<(Dataset, usize)>;

/// The year with as many recruits as can serve, a plan in it with the least that is short, and
/// whether that is proven; no plan where nobody can be recruited.
fn pooled(
    wanted: &Wanted,
    base: &Eligibility,
    of_present: &Found,
    stop: &Stop,
) -> Result<(Pool, Option<Draft>, bool), AllocateError> {
    let dataset = wanted.dataset;
    let first = dataset.inspectors.len();
    let Some((kinds, year)) = recruits::one_of_each(dataset) else {
        return Ok((None, None, false));
    };
    let one = Eligibility::new(&year);
    let present = posts(base, &of_present.least.plan);
    let start = draft::selection(&one, present.iter().copied());
    let floor = floor(&one, first, &start, wanted.seed, &stop.for_share(SHARE))?;
    let needed = needed(base);
    let with = Draft {
        present: posts(&one, &floor.present),
        recruits: recruits::shared_out(&one, first, &floor.recruits),
    };
    let mut drafts = vec![with.with_recruits_for(&one, first, &needed)];
    if floor.values == of_present.least.values {
        drafts.push(Draft {
            present,
            recruits: vec![Vec::new(); kinds.len()],
        });
    }
    drafts.push(with);
    let Some(best) = drafts.into_iter().min_by_key(Draft::people) else {
        return Ok((None, None, false));
    };
    // A plan with no more people than this has no more recruits than these.
    let of_each = best.people().saturating_sub(needed.len());
    let of_each = of_each.max(best.most_of_a_kind());
    let pool = recruits::with(dataset, &kinds, u32::try_from(of_each).unwrap_or(u32::MAX));
    let pool = pool.map(|dataset| (dataset, of_each));
    let best = Some(best).filter(|_| pool.is_some());
    Ok((pool, best, floor.proven))
}

/// From the plan of the fewest downwards.
fn frontier(
    wanted: &Wanted,
    program: &mut Program,
    tiers: &Tiers,
    top: Least,
    stop: &Stop,
) -> Result<Vec<Point>, AllocateError> {
    let year = program.eligibility();
    let first = wanted.dataset.inspectors.len();
    let point = |people: usize, least: &Least| Point {
        people,
        recruits: count(year, &least.plan, first),
        plan: least.plan.plan(year),
        short: tiers.short(&least.values),
        proven: least.proven == tiers.linear.len(),
    };
    let needed = needed(year);
    let mut people = count(year, &top.plan, 0);
    let mut points = vec![point(people, &top)];
    let mut last = top;
    while people > needed.len() && points.len() < wanted.most as usize && !stop.is_set() {
        people -= 1;
        let used = count(year, &last.plan, 0);
        let start = if used <= people {
            Some(last.plan.clone())
        } else {
            without_one(year, tiers, &last.plan, &needed)
        };
        let left = wanted.most as usize - points.len();
        let part = stop.for_share(1.0 / left as f64);
        let how = wanted.how(&part);
        let Some(least) = tiers.least(program, people, start, &last, how)? else {
            break;
        };
        points.push(point(people, &least));
        last = least;
    }
    Ok(points)
}

fn staffing(year: &Eligibility, tiers: &Tiers, found: &Found) -> Staffing {
    let plan: &Selection = &found.least.plan;
    let held = plan.held(year);
    let people = year.dataset.inspector_ixs();
    Staffing {
        people: people.filter(|who| !held[who.get()].is_empty()).collect(),
        plan: plan.plan(year),
        short: tiers.short(&found.least.values),
        is_least: found.is_least,
        at_least: found.at_least,
        fewest_recruits: found.fewest_recruits,
    }
}
