//! The least shortfall with so many changes, from none on.

use super::program::Base;
use super::question::{Goal, Limits, Optimum};
use super::whole::{Mend, WholeMend, whole};
use super::{Empty, Remedy, Short, mended, universe};
use crate::eligibility::Eligibility;
use crate::model::Selection;
use crate::model::Year;
use crate::model::objectives::Tier;
use crate::solve::{SolveError, Stop};

/// How much of a point is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// No set of so many changes leaves less short, nor costs less and leaves as little.
    Whole,
    /// Less may be short with as many changes, or the set may be had for less.
    Open,
}

impl Proof {
    pub(super) fn of(proven: &[bool]) -> Self {
        if proven.iter().all(|proven| *proven) {
            Self::Whole
        } else {
            Self::Open
        }
    }
}

/// The least shortfall with at most so many changes.
#[derive(Clone, Debug)]
pub struct Point {
    /// The changes, positions in [`Remedies::universe`].
    pub set: Vec<usize>,
    /// What is short then.
    pub short: Short,
    /// The posts that are empty then.
    pub empty: Empty,
    /// What they cost, in the policy's prices.
    pub price: f64,
    /// What is proven of it.
    pub proof: Proof,
}

/// What would mend a shortfall.
#[derive(Clone, Debug)]
pub struct Remedies {
    /// Every change that was looked at.
    pub universe: Vec<Remedy>,
    /// With 0, 1, 2, … changes.
    pub frontier: Vec<Point>,
    /// The cheapest set after which nothing is short; nothing where no set does that.
    pub whole: Option<WholeMend>,
    /// What is short with all changes at once.
    pub least: Option<Short>,
    /// Whether it was stopped before it was done.
    pub cut: bool,
}

/// What is asked.
pub struct Wanted<'a> {
    /// The year as it is.
    pub eligibility: &'a Eligibility<'a>,
    /// Its plan.
    pub selection: &'a Selection,
    /// What is short in it.
    pub short: Short,
    /// Whether that is proven to be the least.
    pub proven: bool,
    /// The most changes that the frontier goes to.
    pub most: u32,
    /// Which of several equal sets is found may depend on it.
    pub seed: u32,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum RemedyError {
    /// The year with all changes can't be made.
    #[error("the changes that the policy allows can't all be made in this dataset")]
    Unsound,
    /// HiGHS failed.
    #[error(transparent)]
    Solver(#[from] SolveError),
}

/// The frontier and the cheapest whole mend.
pub fn remedies(wanted: &Wanted, stop: &Stop) -> Result<Remedies, RemedyError> {
    let before = wanted.eligibility;
    let universe = universe(before);
    let all = mended(before.dataset, &universe).ok_or(RemedyError::Unsound)?;
    let after = Eligibility::new(&all);
    let policy = &before.dataset.policy.remedy;
    let prices = universe.iter().map(|remedy| policy[&remedy.kind].price);
    let mut base = Base::new(
        before,
        &universe,
        (&after, Year::new(&after).exclusions),
        prices.collect(),
        wanted.seed,
    );
    let order = wanted.short.tiers.map(|(tier, _)| tier);
    let mut found = Remedies {
        universe: Vec::new(),
        frontier: vec![Point {
            set: Vec::new(),
            short: wanted.short,
            empty: Empty::of(before, wanted.selection),
            price: 0.0,
            proof: Proof::of(&[wanted.proven]),
        }],
        whole: None,
        least: None,
        cut: false,
    };
    search(&mut base, wanted, order, &mut found, stop)?;
    drop(base);
    found.universe = universe;
    Ok(found)
}

fn search(
    base: &mut Base,
    wanted: &Wanted,
    order: [Tier; 3],
    found: &mut Remedies,
    stop: &Stop,
) -> Result<(), RemedyError> {
    if wanted.short.is_mended() {
        return Ok(());
    }
    let tiers = order.map(Goal::Tier);
    let solved = base.solve(&Limits::default(), &tiers, stop)?;
    let Some((optimum, proven)) = solved.found() else {
        found.cut = true;
        return Ok(());
    };
    let all = point(base, order, &optimum, &proven);
    found.least = Some(all.short);
    // The whole mend is worth more than the last points.
    frontier(base, wanted, &all, found, &stop.for_share(FRONTIER))?;
    if all.short.is_mended() {
        let plan = optimum.selection;
        let first = Mend { point: all, plan };
        found.whole = Some(whole(base, wanted.selection, first, stop)?);
    }
    found.cut |= stop.is_set();
    Ok(())
}

/// The share of the time that the frontier may take.
const FRONTIER: f64 = 0.6;

/// The points from one change on; `all` is with as many as there may be.
fn frontier(
    base: &mut Base,
    wanted: &Wanted,
    all: &Point,
    found: &mut Remedies,
    stop: &Stop,
) -> Result<(), RemedyError> {
    let order = wanted.short.tiers.map(|(tier, _)| tier);
    let least = all.short;
    for most in 1..=wanted.most {
        let before = found.frontier[found.frontier.len() - 1].short;
        // Where the least is not proven, more changes may still gain something.
        let gains = least.is_less_than(&before) || all.proof == Proof::Open;
        if before.is_mended() || !gains {
            break;
        }
        let Some(point) = next(base, order, all, before, most, stop)? else {
            found.cut = true;
            return Ok(());
        };
        found.frontier.push(point);
    }
    Ok(())
}

/// The least shortfall with `most` changes, where one fewer leave `before`.
fn next(
    base: &mut Base,
    order: [Tier; 3],
    all: &Point,
    before: Short,
    most: u32,
    stop: &Stop,
) -> Result<Option<Point>, RemedyError> {
    // Tiers that fewer changes bring as low as any number of them are as low with more.
    let same = |tier: &&Tier| before.of(**tier) == all.short.of(**tier);
    let known = order.iter().take_while(same);
    let known: Vec<_> = known.map(|tier| (*tier, all.short.of(*tier))).collect();
    let rest = order[known.len()..].iter().map(|tier| Goal::Tier(*tier));
    let goals: Vec<_> = rest.chain([Goal::Price]).collect();
    let limits = Limits {
        most: Some(most),
        kept: &known,
        ..Limits::default()
    };
    let Some((optimum, proven)) = base.solve(&limits, &goals, stop)?.found() else {
        return Ok(None);
    };
    let mut point = point(base, order, &optimum, &proven);
    if all.proof == Proof::Open {
        point.proof = Proof::Open;
    }
    needed(base, order, point, stop).map(Some)
}

/// `point` with no change without which as little is short. Where its price is proven there is
/// none: every change has a price, and the set without it would be cheaper.
pub(super) fn needed(
    base: &mut Base,
    order: [Tier; 3],
    mut point: Point,
    stop: &Stop,
) -> Result<Point, RemedyError> {
    if point.proof == Proof::Whole {
        return Ok(point);
    }
    for change in point.set.clone() {
        let fewer: Vec<usize> = point
            .set
            .iter()
            .copied()
            .filter(|at| *at != change)
            .collect();
        let limits = Limits {
            only: Some(&fewer),
            ..Limits::default()
        };
        let solved = base.solve(&limits, &order.map(Goal::Tier), stop)?;
        if let Some((optimum, _)) = solved.found() {
            let short = short(base, order, &optimum);
            if !point.short.is_less_than(&short) {
                point.short = short;
                point.empty = base.empty(&optimum);
                point.price = base.value(Goal::Price, &optimum);
                point.set = optimum.set;
            }
        }
    }
    Ok(point)
}

/// What an optimum comes to.
pub(super) fn point(base: &Base, order: [Tier; 3], optimum: &Optimum, proven: &[bool]) -> Point {
    Point {
        short: short(base, order, optimum),
        empty: base.empty(optimum),
        price: base.value(Goal::Price, optimum),
        proof: Proof::of(proven),
        set: optimum.set.clone(),
    }
}

fn short(base: &Base, order: [Tier; 3], optimum: &Optimum) -> Short {
    Short {
        tiers: order.map(|tier| (tier, base.value(Goal::Tier(tier), optimum))),
    }
}
