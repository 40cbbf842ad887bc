//! How cheap a whole mend can be at best. The cheapest set of changes that meets all that is known
//! is tried: with it, some inspections can't be staffed, and as few of them as can be told by are
//! asked what they take by themselves, with nobody at any other. That is known from then on. Each
//! such set costs no more than any that mends the year.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::RemedyError;
use super::conflicts::Conflicts;
use super::needs::Need;
use super::part::{Part, PartYear};
use super::program::Base;
use super::question::{Cut, Goal, Limits, Optimum, Solved};
use super::weeks::{Case, Weeks};
use super::whole::NOTHING_SHORT;
use crate::domain::InspectionIx;
use crate::eligibility::Eligibility;
use crate::model::objectives::Tier;
use crate::solve::Stop;

/// How far the cheapest set that meets all that is known is searched.
const NODES: u32 = 10_000;

/// How far it is searched whether fewer need be moved with a set.
const NODES_FOR_FEWEST: u32 = 1;

/// What parts of a year come to.
#[derive(Default)]
pub(super) struct AtBest {
    /// No set that mends all costs less than this, in the policy's prices.
    pub(super) price: f64,
    /// The cheapest set that meets all that is known.
    pub(super) set: Vec<usize>,
    /// Whether nothing shows that it does not mend all.
    pub(super) may_mend: bool,
    /// The inspections that are moved with it.
    pub(super) moved: Vec<InspectionIx>,
    /// What parts take.
    pub(super) needs: Vec<Need>,
    /// How few are moved, where weeks come before teams.
    weeks: Vec<Weeks>,
    /// What a set costs at least with which so many are moved, by how few those are.
    cases: BTreeMap<usize, f64>,
    /// The parts that were asked what they take with nothing made, and what of them was moved.
    asked: BTreeSet<(Vec<InspectionIx>, Vec<InspectionIx>)>,
}

/// What it takes at best to mend the year for `most` or less.
pub(super) fn at_best(base: &mut Base, most: f64, stop: &Stop) -> Result<AtBest, RemedyError> {
    let all = in_a_row(base);
    let mut best = AtBest {
        cases: BTreeMap::from([(0, 0.0)]),
        ..AtBest::default()
    };
    while best.meet(base, most, stop)? && best.price < most && !stop.is_set() {
        let tried = (&best.set[..], &best.moved[..]);
        let Some(conflicts) = Conflicts::of(base, &all, tried, stop)? else {
            best.may_mend = !stop.is_set();
            break;
        };
        let needs = best.needs_of(base, &conflicts, most, stop)?;
        if needs.iter().all(|need| need.is_met(&best.set, &best.moved)) {
            break;
        }
        best.needs.extend(needs);
    }
    Ok(best)
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

impl AtBest {
    /// What parts of the year take that can't be staffed with this set.
    fn needs_of(
        &mut self,
        base: &Base,
        conflicts: &Conflicts,
        most: f64,
        stop: &Stop,
    ) -> Result<Vec<Need>, RemedyError> {
        let parts = conflicts.parts.par_iter().with_max_len(1);
        let needs = parts.map(|part| self.need_of(base, part, most, stop));
        let needs: Vec<Vec<Need>> = needs.collect::<Result<_, _>>()?;
        for part in &conflicts.parts {
            self.asked.insert(self.as_asked(part));
        }
        Ok(needs.into_iter().flatten().collect())
    }

    fn need_of(
        &self,
        base: &Base,
        inspections: &[InspectionIx],
        most: f64,
        stop: &Stop,
    ) -> Result<Vec<Need>, RemedyError> {
        let year = PartYear::new(base, inspections).ok_or(RemedyError::Unsound)?;
        let before = Eligibility::new(&year.before);
        let after = Eligibility::new(&year.after);
        let mut part = Part::new(base, &year, (&before, &after));
        let mut needs = Vec::new();
        // What it takes with nothing made holds off more sets.
        if !self.asked.contains(&self.as_asked(inspections)) {
            needs.extend(part.need(&self.needs, (&[], &self.moved), most, stop)?);
        }
        if needs.iter().all(|need| need.is_met(&self.set, &self.moved)) {
            needs.extend(part.need(&self.needs, (&self.set, &self.moved), most, stop)?);
        }
        Ok(needs)
    }

    fn as_asked(&self, part: &[InspectionIx]) -> (Vec<InspectionIx>, Vec<InspectionIx>) {
        let moved = self.moved.iter().copied();
        (
            part.to_vec(),
            moved.filter(|one| part.contains(one)).collect(),
        )
    }

    /// Finds the cheapest set that meets all that is known, with as few moved as can be; false
    /// where none was found that is known to be.
    fn meet(&mut self, base: &mut Base, most: f64, stop: &Stop) -> Result<bool, RemedyError> {
        while self.cheapest(base, most, stop)? {
            let weeks = Weeks::fewer(base, &self.set, self.moved.len(), stop)?;
            if weeks.is_empty() {
                return Ok(true);
            }
            weeks.into_iter().for_each(|weeks| self.know(weeks));
        }
        Ok(false)
    }

    /// Takes the cheapest set with which all leads' posts are filled and all that is known is met;
    /// false where none was found that is known to be.
    fn cheapest(&mut self, base: &mut Base, most: f64, stop: &Stop) -> Result<bool, RemedyError> {
        loop {
            self.price = self.cases.values().copied().fold(most, f64::min);
            let cheapest = self.cases.iter().filter(|(_, price)| **price == self.price);
            let cheapest: Vec<usize> = cheapest.map(|(case, _)| *case).collect();
            if self.price >= most || cheapest.is_empty() {
                return Ok(false);
            }
            let limits = Limits {
                price: Some(most),
                // It mostly costs no more than the one before.
                target: Some(self.price),
                nodes: Some(NODES),
                ..Limits::default()
            };
            let this: &Self = self;
            let asked = cheapest.par_iter().with_max_len(1).map(|case| {
                let mut base = base.clone();
                let rows = base.rows.len();
                let solved = this.ask(&mut base, *case, limits, Goal::Price, stop)?;
                Ok((*case, solved, base.rows.split_off(rows)))
            });
            let asked: Vec<_> = asked.collect::<Result<_, RemedyError>>()?;
            let mut with_price = None;
            let mut is_told = true;
            for (case, solved, rows) in asked {
                base.rows.extend(rows);
                match solved {
                    Solved::Found(found, _) => {
                        let price = base.price_of(&found.set);
                        if price <= self.price + 1e-6 {
                            with_price = with_price.or(Some((case, found)));
                        } else {
                            let at_least = base.price_from(found.bound);
                            is_told &= at_least > self.price;
                            self.cases.insert(case, f64::max(self.price, at_least));
                        }
                    }
                    Solved::Impossible => {
                        self.cases.insert(case, most);
                    }
                    Solved::Unknown => is_told = false,
                }
            }
            if let Some((case, found)) = with_price {
                self.take(base, case, found, stop)?;
                return Ok(true);
            }
            if !is_told {
                return Ok(false);
            }
        }
    }

    /// Takes a set of the cheapest in a case, with as few moved as can be; `found` is one.
    fn take(
        &mut self,
        base: &mut Base,
        case: usize,
        found: Optimum,
        stop: &Stop,
    ) -> Result<(), RemedyError> {
        let limits = Limits {
            price: Some(self.price),
            start: Some((&found.set, &found.selection)),
            nodes: Some(NODES_FOR_FEWEST),
            ..Limits::default()
        };
        let fewest = self.ask(base, case, limits, Goal::Tier(Tier::T2), stop)?;
        let found = fewest.found().map_or(found, |(fewest, _)| fewest);
        let is_moved = |seats: &[usize]| seats.iter().any(|seat| found.selection.contains(*seat));
        let moving = base.moving.iter().filter(|(_, seats)| is_moved(seats));
        self.moved = moving.map(|(one, _)| *one).collect();
        self.set = found.set;
        Ok(())
    }

    /// The best set and plan with which so many are moved as in `case`.
    fn ask(
        &self,
        base: &mut Base,
        case: usize,
        limits: Limits,
        goal: Goal,
        stop: &Stop,
    ) -> Result<Solved, RemedyError> {
        let rows: Vec<Cut> = self.needs.iter().map(|need| need.row(base)).collect();
        let next = self.cases.range(case + 1..).next();
        let case = Case {
            at_least: case,
            at_most: next.map(|(next, _)| next - 1),
            fewer: self
                .weeks
                .iter()
                .filter(|weeks| weeks.most < case)
                .collect(),
        };
        let limits = Limits {
            kept: &NOTHING_SHORT[..1],
            rows: &rows,
            case: Some(&case),
            leads_only: true,
            ..limits
        };
        base.solve(&limits, &[goal], stop)
    }

    /// More than those move is a case of its own from now on.
    fn know(&mut self, weeks: Weeks) {
        let more = weeks.most + 1;
        let price = self.cases.range(..=more).next_back();
        let price = price.map_or(0.0, |(_, price)| *price);
        self.cases.insert(more, price);
        self.weeks.push(weeks);
    }
}
