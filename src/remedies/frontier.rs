//! The least shortfall with so many changes, from none on, and the cheapest whole mend.

use super::program::Base;
use super::question::{Goal, Limits, Optimum};
use super::{Empty, Remedy, Short, mended, universe};
use crate::eligibility::Eligibility;
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
    fn of(proven: &[bool]) -> Self {
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

/// A set after which nothing is short.
#[derive(Clone, Debug)]
pub struct WholeMend {
    /// The cheapest that was found.
    pub point: Point,
    /// Every set that mends all costs more than this, in the policy's prices: less than the
    /// price of `point`, and next to it where that is proven.
    pub above: f64,
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
    /// What is short in it.
    pub short: Short,
    /// The posts that are empty in it.
    pub empty: Empty,
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
    let mut base = Base::new(before, &universe, &after, prices.collect(), wanted.seed);
    let order = wanted.short.tiers.map(|(tier, _)| tier);
    let mut found = Remedies {
        universe: Vec::new(),
        frontier: vec![Point {
            set: Vec::new(),
            short: wanted.short,
            empty: wanted.empty,
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
    let Some(all) = point(base, order, &Limits::default(), &tiers, stop)? else {
        found.cut = true;
        return Ok(());
    };
    found.least = Some(all.short);
    // The whole mend is worth more than the last points.
    frontier(base, wanted, &all, found, &stop.for_share(FRONTIER))?;
    if all.short.is_mended() {
        match few(base, wanted, &all, found, stop)? {
            Some(few) => found.whole = Some(whole(base, order, few, stop)?),
            None => found.cut = true,
        }
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
    let Some(mut point) = point(base, order, &limits, &goals, stop)? else {
        return Ok(None);
    };
    if all.proof == Proof::Open {
        point.proof = Proof::Open;
    }
    needed(base, order, point, stop).map(Some)
}

/// A set that mends all with few changes: where the frontier ended before it, with as many more
/// as there are posts empty, for most often a change fills one.
fn few(
    base: &mut Base,
    wanted: &Wanted,
    all: &Point,
    found: &Remedies,
    stop: &Stop,
) -> Result<Option<Point>, RemedyError> {
    let order = wanted.short.tiers.map(|(tier, _)| tier);
    let mut last = found.frontier[found.frontier.len() - 1].clone();
    let mut most = found.frontier.len() as u32 - 1;
    while !last.short.is_mended() {
        most += last.empty.posts().max(1);
        // A search that ends unproven may miss what all together are known to give.
        if most as usize >= all.set.len() {
            return Ok(Some(all.clone()));
        }
        let Some(point) = next(base, order, all, last.short, most, stop)? else {
            return Ok(None);
        };
        last = point;
    }
    Ok(Some(last))
}

/// `point` with no change without which as little is short. Where its price is proven there is
/// none: every change has a price, and the set without it would be cheaper.
fn needed(
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

/// The cheapest set with which the year, allocated anew, leaves nothing short; `any` is one.
///
/// That so little money leaves something short is proven in a fraction of the time that it
/// takes to prove a price the least: so the price is doubled until it suffices, and then what lies
/// between is halved until there is nothing.
fn whole(
    base: &mut Base,
    order: [Tier; 3],
    any: Point,
    stop: &Stop,
) -> Result<WholeMend, RemedyError> {
    let mut best = any;
    // Something is short with no changes.
    let mut too_little: f64 = 0.0;
    // So much was searched as far as one optimum is, and neither suffices nor is known not to.
    let mut unsettled: f64 = 0.0;
    while !stop.is_set() {
        let least = too_little.max(unsettled);
        let between = best.price - least;
        let at_most = if between > base.least_price() {
            // From below: the less there is, the sooner it is answered.
            let twice = (2.0 * least).max(base.least_price());
            twice.min(least + between / 2.0)
        } else {
            best.price - base.least_price() * 1e-3
        };
        if at_most <= least {
            break;
        }
        match mended_within(base, order, at_most, stop)? {
            Within::Found(point) => best = point,
            Within::Never => too_little = at_most,
            Within::Unknown => unsettled = at_most,
        }
    }
    let is_proven = too_little >= best.price - base.least_price() * 1e-3;
    best.proof = Proof::of(&[is_proven]);
    Ok(WholeMend {
        point: needed(base, order, best, stop)?,
        above: too_little,
    })
}

/// Whether all can be mended within a price.
enum Within {
    Found(Point),
    Never,
    Unknown,
}

/// A set of that price at most with which the year, allocated anew, leaves nothing short.
fn mended_within(
    base: &mut Base,
    order: [Tier; 3],
    at_most: f64,
    stop: &Stop,
) -> Result<Within, RemedyError> {
    let limits = Limits {
        price: Some(at_most),
        ..Limits::default()
    };
    let never = |point: &Point| match point.proof {
        Proof::Whole => Within::Never,
        Proof::Open => Within::Unknown,
    };
    // Leads are asked for first: it is sooner known that they can't all be had.
    let led = [Goal::Tier(Tier::T1)];
    match point(base, order, &limits, &led, stop)? {
        None => return Ok(Within::Unknown),
        Some(point) if point.short.of(Tier::T1) > 0.0 => return Ok(never(&point)),
        Some(_) => {}
    }
    let limits = Limits {
        kept: &[(Tier::T1, 0.0)],
        ..limits
    };
    loop {
        let whole = [Goal::Tier(Tier::T3)];
        let Some(mut point) = point(base, order, &limits, &whole, stop)? else {
            return Ok(Within::Unknown);
        };
        if !point.short.is_mended() {
            return Ok(never(&point));
        }
        // A plan that fills all teams may move more weeks than are moved where that comes
        // first: then the teams are not filled, and the set is none that mends all.
        let only = Limits {
            only: Some(&point.set),
            ..Limits::default()
        };
        let solved = base.solve(&only, &order.map(Goal::Tier), stop)?;
        let Some((optimum, _)) = solved.found() else {
            return Ok(Within::Unknown);
        };
        point.short = short(base, order, &optimum);
        point.empty = base.empty(&optimum);
        if point.short.is_mended() {
            return Ok(Within::Found(point));
        }
        base.expect_weeks(&point.set, point.short.of(Tier::T2));
    }
}

fn point(
    base: &mut Base,
    order: [Tier; 3],
    limits: &Limits,
    goals: &[Goal],
    stop: &Stop,
) -> Result<Option<Point>, RemedyError> {
    let solved = base.solve(limits, goals, stop)?;
    Ok(solved.found().map(|(optimum, proven)| Point {
        short: short(base, order, &optimum),
        empty: base.empty(&optimum),
        price: base.value(Goal::Price, &optimum),
        proof: Proof::of(&proven),
        set: optimum.set,
    }))
}

fn short(base: &Base, order: [Tier; 3], optimum: &Optimum) -> Short {
    Short {
        tiers: order.map(|tier| (tier, base.value(Goal::Tier(tier), optimum))),
    }
}
