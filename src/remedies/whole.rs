//! The cheapest set of changes after which nothing is short: first one inspection after the other
//! is filled, and it is asked how cheap it can be at best. Then what that costs is lowered in parts of
//! the year, and at last all of it is searched at once, for the proof or a better bound.

use std::collections::BTreeSet;

use super::at_best::at_best;
use super::filling::{one_after_the_other, short};
use super::frontier::{Point, Proof, needed, point};
use super::program::Base;
use super::question::{Goal, Limits, Optimum, Solved};
use super::{RemedyError, Short};
use crate::domain::InspectionIx;
use crate::model::Selection;
use crate::model::objectives::Tier;
use crate::solve::Stop;

/// Nothing is short.
pub(super) const NOTHING_SHORT: [(Tier, f64); 2] = [(Tier::T1, 0.0), (Tier::T3, 0.0)];

/// How far a part of the year is searched.
const NODES_OF_A_PART: u32 = 20;

/// The share of the time in which it is asked how cheap it can be at best.
const AT_BEST: f64 = 0.5;

/// The share of the time that is left then in which what was found is made cheaper.
const PARTS: f64 = 0.8;

/// A set after which nothing is short.
#[derive(Clone, Debug)]
pub struct WholeMend {
    /// The cheapest that was found.
    pub point: Point,
    /// No set that mends all costs less than this, in the policy's prices.
    pub at_least: f64,
}

/// A set that mends all, and a plan with it in the year with all changes.
pub(super) struct Mend {
    pub(super) point: Point,
    pub(super) plan: Selection,
}

/// The cheapest set with which the year, allocated anew, leaves nothing short; `first` is one,
/// and `selection` the year's plan without any.
pub(super) fn whole(
    base: &mut Base,
    selection: &Selection,
    first: Mend,
    stop: &Stop,
) -> Result<WholeMend, RemedyError> {
    let mut best = first;
    if let Some((set, _)) = one_after_the_other(base, selection, stop)? {
        best = cheaper(base, &set, best, stop)?;
    }
    let at_best = at_best(base, best.point.price, &stop.for_share(AT_BEST))?;
    let mut at_least = at_best.price;
    if at_best.may_mend {
        best = cheaper(base, &at_best.set, best, stop)?;
    }
    let is_cheapest = |best: &Mend, at_least: f64| best.point.price <= at_least + 1e-6;
    if !is_cheapest(&best, at_least) {
        best = cheaper_in_parts(base, selection, best, &stop.for_share(PARTS))?;
    }
    let needs: Vec<_> = at_best.needs.iter().map(|need| need.row(base)).collect();
    let mut before = Vec::new();
    while !is_cheapest(&best, at_least) && !stop.is_set() {
        let limits = Limits {
            price: Some(best.point.price),
            kept: &NOTHING_SHORT,
            rows: &needs,
            start: Some((&best.point.set, &best.plan)),
            ..Limits::default()
        };
        let solved = base.solve(&limits, &[Goal::Price], stop)?;
        let Some((Optimum { set, bound, .. }, _)) = solved.found() else {
            break;
        };
        at_least = f64::max(at_least, base.price_from(bound));
        let price = base.price_of(&set);
        best = cheaper(base, &set, best, stop)?;
        // Otherwise the set was none that mends all, which is a row from now on; where that row
        // does not hold it off, no more can be said.
        if best.point.price <= price + 1e-6 || set == before {
            break;
        }
        before = set;
    }
    best.point.proof = Proof::of(&[is_cheapest(&best, at_least)]);
    Ok(WholeMend {
        at_least: f64::min(at_least, best.point.price),
        point: needed(base, order_of(&best.point.short), best.point, stop)?,
    })
}

/// `set` where it mends all and is cheaper than `best`. A plan that fills all teams may move more
/// weeks than are moved where that comes first: then the teams are not filled, and the set is none
/// that mends all, which is kept as a row.
fn cheaper(base: &mut Base, set: &[usize], best: Mend, stop: &Stop) -> Result<Mend, RemedyError> {
    let order = order_of(&best.point.short);
    let only = Limits {
        only: Some(set),
        ..Limits::default()
    };
    let solved = base.solve(&only, &order.map(Goal::Tier), stop)?;
    let Some((optimum, proven)) = solved.found() else {
        return Ok(best);
    };
    let point = point(base, order, &optimum, &proven);
    if !point.short.is_mended() {
        base.expect_weeks(set, point.short.of(Tier::T2));
        return Ok(best);
    }
    let plan = optimum.selection;
    Ok(if point.price < best.point.price {
        Mend { point, plan }
    } else {
        best
    })
}

/// `best`, or one that is cheaper: where the inspections that were short, one or two of them at a
/// time, and all that lie near them are staffed anew.
fn cheaper_in_parts(
    base: &mut Base,
    selection: &Selection,
    mut best: Mend,
    stop: &Stop,
) -> Result<Mend, RemedyError> {
    let short = short(base.before, selection);
    let parts = parts(&short);
    let mut since = 0;
    for part in parts.iter().cycle() {
        if since == parts.len() || stop.is_set() {
            break;
        }
        since += 1;
        let near = part.iter().flat_map(|inspection| base.near(*inspection));
        let near: BTreeSet<InspectionIx> = near.collect();
        let seats = base.held_but(&near, &best.plan);
        let limits = Limits {
            price: Some(best.point.price - base.least_price() * 1e-3),
            kept: &NOTHING_SHORT,
            seats: &seats,
            nodes: Some(NODES_OF_A_PART),
            ..Limits::default()
        };
        if let Solved::Found(optimum, _) = base.solve(&limits, &[Goal::Price], stop)? {
            let before = best.point.price;
            best = cheaper(base, &optimum.set, best, stop)?;
            if best.point.price < before {
                since = 0;
            }
        }
    }
    Ok(best)
}

/// Each by itself, then each two.
fn parts(short: &[InspectionIx]) -> Vec<Vec<InspectionIx>> {
    let alone = short.iter().map(|one| vec![*one]);
    let two = short.iter().enumerate().flat_map(|(at, one)| {
        let others = short[at + 1..].iter();
        others.map(|other| vec![*one, *other])
    });
    alone.chain(two).collect()
}

fn order_of(short: &Short) -> [Tier; 3] {
    short.tiers.map(|(tier, _)| tier)
}
