//! How cheap a whole mend can be at best. Whatever mends the year also fills the posts of some
//! inspections in a row, with nobody at any other: what such a part takes by itself is found in
//! no time, and is a row over the changes that can matter to it. The cheapest set that meets all
//! these rows costs no more than any that mends the year; a part that it leaves short gives one
//! row more. Longer parts are asked after shorter ones.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::about::{About, span_of};
use super::program::Base;
use super::question::{Cut, Goal, Limits, Solved};
use super::whole::NOTHING_SHORT;
use super::{Remedy, RemedyError, mended};
use crate::domain::{Dataset, InspectionIx, RemedyKind, Status};
use crate::eligibility::Eligibility;
use crate::model::Year;
use crate::solve::{Column, Mip, Settings, Stop};

/// So many inspections are a part; the next part begins with the second half of it. What short parts
/// take makes longer ones easy.
const LENGTHS: [usize; 3] = [2, 4, 8];

/// So often parts of a length are asked again without gaining anything.
const ROUNDS: u32 = 3;

/// How far it is searched what a part takes.
const NODES: u32 = 100;

/// How far it is searched whether a part can be had for less.
const NODES_FOR_LESS: u32 = 3;

/// Prices that are no whole numbers are told apart by so much.
const STEP: f64 = 1e-3;

/// What the parts of a year come to.
#[derive(Default)]
pub(super) struct AtBest {
    /// No set that mends all costs less than this, in the policy's prices.
    pub(super) price: f64,
    /// The cheapest set that meets them all.
    set: Vec<usize>,
    /// What each part takes: rows that hold for every set that mends all.
    pub(super) needs: Vec<Cut>,
}

/// What it takes at best to mend the year for `most` or less.
pub(super) fn at_best(base: &Base, most: f64, stop: &Stop) -> Result<AtBest, RemedyError> {
    let all = in_a_row(base);
    let mut best = AtBest::default();
    for length in LENGTHS {
        let starts = (0..all.len()).step_by(length / 2);
        let parts = starts.map(|first| &all[first..all.len().min(first + length)]);
        let parts: Vec<_> = parts.collect();
        of_parts(base, &parts, most, &mut best, stop)?;
        if length >= all.len() {
            break;
        }
    }
    Ok(best)
}

/// What parts of the year take, added to what is known.
fn of_parts(
    base: &Base,
    parts: &[&[InspectionIx]],
    most: f64,
    best: &mut AtBest,
    stop: &Stop,
) -> Result<(), RemedyError> {
    let years = parts
        .iter()
        .map(|inspections| PartYear::new(base, inspections));
    let years: Option<Vec<_>> = years.collect();
    let years = years.ok_or(RemedyError::Unsound)?;
    let pairs: Vec<_> = years
        .par_iter()
        .map(|year| {
            (
                Eligibility::new(&year.before),
                Eligibility::new(&year.after),
            )
        })
        .collect();
    let mut parts: Vec<_> = std::iter::zip(&years, &pairs)
        .map(|(year, (before, after))| Part::new(base, year, before, after))
        .collect();
    let mut since = 0;
    while since < ROUNDS && best.price < most && !stop.is_set() {
        let needs: Vec<Option<Cut>> = parts
            .par_iter_mut()
            .with_max_len(1)
            .map(|part| part.need(best, most, stop))
            .collect::<Result<_, _>>()?;
        let needs: Vec<Cut> = needs.into_iter().flatten().collect();
        if needs.is_empty() {
            break;
        }
        best.needs.extend(needs);
        let Some((set, price)) = cheapest(base, &best.needs, stop)? else {
            break;
        };
        since = if price > best.price { 0 } else { since + 1 };
        (best.set, best.price) = (set, f64::max(price, best.price));
    }
    Ok(())
}

/// The inspections by the first day on which any of their work can lie.
fn in_a_row(base: &Base) -> Vec<InspectionIx> {
    let first_day = |ix: &InspectionIx| {
        let posts = base.after.engagements.iter();
        let own = posts.filter(|post| post.inspection == *ix);
        own.map(|post| post.extent.0).min()
    };
    let mut all: Vec<_> = base.after.inspections().collect();
    all.sort_by_key(|ix| (first_day(ix), *ix));
    all
}

/// The cheapest set that meets all `needs`, and what it costs at least; nothing where it was
/// not found.
fn cheapest(
    base: &Base,
    needs: &[Cut],
    stop: &Stop,
) -> Result<Option<(Vec<usize>, f64)>, RemedyError> {
    let order = base.order();
    let rows = || needs.iter().chain(&order);
    let bounds: Vec<_> = rows().map(|row| (f64::NEG_INFINITY, row.most)).collect();
    let mut columns: Vec<_> = (0..base.universe.len())
        .map(|at| Column {
            cost: base.price(at),
            bounds: (0.0, 1.0),
            whole: true,
            terms: Vec::new(),
        })
        .collect();
    for (number, row) in rows().enumerate() {
        for (at, factor) in &row.changes {
            columns[*at].terms.push((number, -factor));
        }
    }
    let mut mip = Mip::of_rows(&bounds)?;
    mip.add_columns(&columns)?;
    let settings = Settings {
        seed: base.seed,
        absolute_gap: 1e-6,
        relative_gap: 0.0,
        ..Settings::default()
    };
    let outcome = mip.solve(settings, None, stop, &mut |_| {})?;
    let price = base.price_from(outcome.bound);
    Ok(outcome.solution.map(|solution| {
        let values = solution.iter().enumerate();
        let set = values.filter(|(_, value)| **value > 0.5).map(|(at, _)| at);
        (set.collect(), price)
    }))
}

/// A year in which some inspections alone take place, and all changes that can matter to them.
struct PartYear {
    before: Dataset,
    after: Dataset,
    universe: Vec<Remedy>,
    /// What each change is in the whole year.
    of: Vec<usize>,
}

impl PartYear {
    fn new(base: &Base, inspections: &[InspectionIx]) -> Option<Self> {
        let whole = base.before.dataset;
        let mut before = whole.clone();
        for (row, ix) in std::iter::zip(&mut before.programme, whole.inspection_ixs()) {
            if !inspections.contains(&ix) {
                row.status = Status::Cancelled;
            }
        }
        let pins = &mut before.pins;
        pins.retain(|pin| inspections.contains(&pin.inspection));
        let posts = base.after.engagements.iter();
        let own = posts.filter(|post| inspections.contains(&post.inspection));
        let all = 0..base.universe.len();
        let of: Vec<usize> = all.filter(|at| base.can_matter(*at, own.clone())).collect();
        let universe: Vec<Remedy> = of
            .iter()
            .map(|at| {
                let mut remedy = base.universe[*at].clone();
                remedy.after = remedy.after.and_then(|at| of.binary_search(&at).ok());
                remedy
            })
            .collect();
        Some(Self {
            after: mended(&before, &universe)?,
            before,
            universe,
            of,
        })
    }
}

/// A part's year as a program.
struct Part<'a> {
    base: Base<'a>,
    of: &'a [usize],
}

impl<'a> Part<'a> {
    fn new(
        whole: &Base,
        year: &'a PartYear,
        before: &'a Eligibility<'a>,
        after: &'a Eligibility<'a>,
    ) -> Self {
        let prices = year.of.iter().map(|at| whole.price(*at)).collect();
        let exclusions = Year::new(after).exclusions;
        let after = (after, exclusions);
        Self {
            base: Base::new(before, &year.universe, after, prices, whole.seed),
            of: &year.of,
        }
    }

    /// What the part takes besides the set that is the best so far, as a row over as few changes as are
    /// soon found; nothing where it takes no more.
    fn need(&mut self, best: &AtBest, most: f64, stop: &Stop) -> Result<Option<Cut>, RemedyError> {
        let rows: Vec<Cut> = best.needs.iter().filter_map(|cut| self.own(cut)).collect();
        let all = 0..self.of.len();
        let (mut made, left): (Vec<usize>, Vec<usize>) =
            all.partition(|at| best.set.binary_search(&self.of[*at]).is_ok());
        let limits = Limits {
            price: Some(most),
            kept: &NOTHING_SHORT,
            rows: &rows,
            nodes: Some(NODES),
            ..Limits::default()
        };
        let price = match self.solve(&made, &limits, stop)? {
            Solved::Found(optimum, _) => self.base.price_from(optimum.bound),
            Solved::Impossible => most,
            Solved::Unknown => return Ok(None),
        };
        let step = f64::max(self.base.step(), STEP);
        if price < step {
            return Ok(None);
        }
        // Changes that don't make it cheaper, even for nothing, are no part of the need.
        let limits = Limits {
            price: Some(price - step),
            nodes: Some(NODES_FOR_LESS),
            any: true,
            ..limits
        };
        let left = left.into_iter().filter(|at| self.base.price(*at) <= most);
        let used = self.used(&mut made, left.collect(), &limits, stop)?;
        let changes = self.without_spare(made, used, &limits, stop)?;
        // Where prices are no whole numbers, less by no more than a step was not asked.
        let price = if self.base.step() > 0.0 {
            price
        } else {
            price - step
        };
        let changes = changes.into_iter();
        let changes = changes.map(|at| (self.of[at], self.base.price(at).min(price)));
        Ok(Some(Cut {
            seats: Vec::new(),
            changes: changes.collect(),
            most: -price,
        }))
    }

    /// Of the changes that are `left` all that are used where those of their kind are had for nothing, by what is
    /// taken together; a kind's others are `made` from then on.
    fn used(
        &mut self,
        made: &mut Vec<usize>,
        left: Vec<usize>,
        limits: &Limits,
        stop: &Stop,
    ) -> Result<Vec<Vec<usize>>, RemedyError> {
        let mut kinds: BTreeMap<RemedyKind, Vec<usize>> = BTreeMap::new();
        for at in left {
            let kind = self.base.universe[at].kind;
            kinds.entry(kind).or_default().push(at);
        }
        let mut all: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for mut kind in kinds.into_values() {
            while !kind.is_empty() {
                let more: Vec<usize> = made.iter().chain(&kind).copied().collect();
                let used = match self.solve(&more, limits, stop)? {
                    Solved::Impossible => {
                        *made = more;
                        break;
                    }
                    Solved::Found(optimum, _) => optimum.set,
                    Solved::Unknown => Vec::new(),
                };
                let used: BTreeSet<_> = used.iter().map(|at| self.likeness(*at)).collect();
                let is_used = |at: &usize| used.contains(&self.likeness(*at));
                let (used, others): (Vec<_>, Vec<_>) = kind.iter().copied().partition(is_used);
                // Where it was not said which of them, all are.
                let (used, others) = match used[..] {
                    [] => (others, used),
                    _ => (used, others),
                };
                for at in used {
                    all.entry(self.likeness(at)).or_default().push(at);
                }
                kind = others;
            }
        }
        Ok(all.into_values().collect())
    }

    /// What of `used` makes the part cheaper by itself: another may have stood in for some.
    fn without_spare(
        &mut self,
        mut made: Vec<usize>,
        used: Vec<Vec<usize>>,
        limits: &Limits,
        stop: &Stop,
    ) -> Result<Vec<usize>, RemedyError> {
        let mut needed: Vec<usize> = Vec::new();
        for alike in used {
            let more: Vec<usize> = made.iter().chain(&alike).copied().collect();
            match self.solve(&more, limits, stop)? {
                Solved::Impossible => made = more,
                Solved::Found(..) | Solved::Unknown => needed.extend(alike),
            }
        }
        Ok(needed)
    }

    /// The cheapest changes with which all posts of the part are filled, where `made` cost nothing.
    fn solve(
        &mut self,
        made: &[usize],
        limits: &Limits,
        stop: &Stop,
    ) -> Result<Solved, RemedyError> {
        let mut base = self.base.clone();
        base.make(made);
        let solved = base.solve(limits, &[Goal::Price], stop)?;
        self.base.rows = base.rows;
        Ok(solved)
    }

    /// A row of the whole year that is about this part's changes alone.
    fn own(&self, cut: &Cut) -> Option<Cut> {
        let own = |(at, factor): &(usize, f64)| Some((self.of.binary_search(at).ok()?, *factor));
        let changes: Option<Vec<_>> = cut.changes.iter().map(own).collect();
        Some(Cut {
            changes: changes?,
            ..cut.clone()
        })
    }

    /// What changes are taken together: everybody's offers of a week, and all of a kind about one person,
    /// site or inspection.
    fn likeness(&self, at: usize) -> (RemedyKind, Option<NaiveDate>, About) {
        let remedy = &self.base.universe[at];
        match span_of(&remedy.change) {
            Some(span) => (remedy.kind, Some(span.first()), About::Nothing),
            None => (remedy.kind, None, self.base.about[at]),
        }
    }
}
