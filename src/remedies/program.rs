//! The year with its changes as variables: a binary for each seat of the year in which all of
//! them are made, and one for each change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::about::{About, about};
use super::off_site::{Lack, Least};
use super::question::{Cut, Goal, Optimum};
use super::{Empty, Remedy};
use crate::allocate::Measures;
use crate::domain::InspectionIx;
use crate::eligibility::Eligibility;
use crate::model::Year;
use crate::model::constraints::one_place_at_a_time::Exclusions;
use crate::model::objectives::Tier;

/// The base of every program of one year: stated again for each number of changes.
#[derive(Clone)]
pub(super) struct Base<'a> {
    pub(super) before: &'a Eligibility<'a>,
    pub(super) universe: &'a [Remedy],
    pub(super) after: &'a Eligibility<'a>,
    exclusions: Arc<Exclusions>,
    pub(super) measures: Measures<'a>,
    pub(super) about: Vec<About>,
    /// Of each seat the changes without which nobody has it, even alone.
    pub(super) needed: Vec<BTreeSet<usize>>,
    /// What each change costs.
    prices: Vec<f64>,
    /// What seats are short of for their work off site.
    lacks: Vec<Lack>,
    /// What each seat takes at least; nothing where no changes suffice.
    pub(super) least: Vec<Option<Least>>,
    /// Where weeks come before teams, of each inspection the leads' seats with which it is moved.
    pub(super) moving: BTreeMap<InspectionIx, Vec<usize>>,
    /// How many inspections are moved whatever is done.
    pub(super) moved_already: usize,
    /// Rows that hold whatever is asked.
    pub(super) rows: Vec<Cut>,
    pub(super) seed: u32,
}

impl<'a> Base<'a> {
    /// `before` is the year as it is, `after` with all of `universe` made, each for its price, and
    /// `exclusions` those of `after`.
    pub(super) fn new(
        before: &'a Eligibility<'a>,
        universe: &'a [Remedy],
        (after, exclusions): (&'a Eligibility<'a>, Arc<Exclusions>),
        prices: Vec<f64>,
        seed: u32,
    ) -> Self {
        let about: Vec<_> = universe
            .iter()
            .map(|remedy| about(after.dataset, &remedy.change))
            .collect();
        let mut base = Self {
            before,
            universe,
            after,
            exclusions,
            measures: Measures::new(after),
            about,
            needed: Vec::new(),
            prices,
            lacks: Vec::new(),
            least: Vec::new(),
            moving: BTreeMap::new(),
            moved_already: 0,
            rows: Vec::new(),
            seed,
        };
        base.find_moving();
        base.needed = base.needed();
        base.rows = base.needs();
        base.lacks = base.off_site();
        base.least = base.least();
        base.rows.extend(base.lacks.iter().map(Lack::row));
        base.rows.extend(base.year_days());
        base.rows.extend(base.order());
        base
    }

    /// The variables of the year with all changes, to be stated once more.
    pub(super) fn year(&self) -> Year<'_> {
        Year::again(self.after, Arc::clone(&self.exclusions))
    }

    fn find_moving(&mut self) {
        if self.after.dataset.policy.different_week.to_fill_teams {
            return;
        }
        let Some(linear) = self.measures.linear(Tier::T2) else {
            return;
        };
        let candidates = std::iter::zip(&self.after.candidates, &linear.coefficients).enumerate();
        for (seat, (candidate, factor)) in candidates {
            match factor {
                0 => (),
                _ if self.after.settled.is_settled(*candidate) => self.moved_already += 1,
                _ => {
                    let inspection = self.after.engagement(*candidate).inspection;
                    self.moving.entry(inspection).or_default().push(seat);
                }
            }
        }
    }

    /// What each seat takes at least.
    fn least(&self) -> Vec<Option<Least>> {
        let alone = |needed: &BTreeSet<usize>| Least {
            changes: needed.len() as u32,
            price: needed.iter().map(|at| self.price(*at)).sum(),
        };
        let needed = self.needed.iter();
        let mut least: Vec<_> = needed.map(|needed| Some(alone(needed))).collect();
        for lack in &self.lacks {
            let more = lack.besides(&self.needed[lack.seat], |at| self.price(at));
            let least = &mut least[lack.seat];
            *least = least.zip(more).map(|(one, other)| one + other);
        }
        least
    }

    /// Has `set` cost nothing from now on.
    pub(super) fn make(&mut self, set: &[usize]) {
        for at in set {
            self.prices[*at] = 0.0;
        }
        self.least = self.least();
    }

    /// Prices by which to ask for more and more: first what at most a tenth of the changes cost,
    /// then what up to three changes come to, in steps that are about a tenth wide, and at last
    /// all.
    pub(super) fn steps(&self) -> Vec<f64> {
        let mut kinds = self.prices.clone();
        kinds.sort_by(f64::total_cmp);
        let few = kinds.get(kinds.len() / 10).copied().unwrap_or(0.0);
        kinds.dedup();
        let mut sums: Vec<f64> = vec![0.0];
        for _ in 0..3 {
            let one_more = |sum: &f64| kinds.iter().map(|kind| *sum + kind).collect::<Vec<_>>();
            let more: Vec<f64> = sums.iter().flat_map(one_more).collect();
            sums.extend(more);
            sums.sort_by(f64::total_cmp);
            sums.dedup_by(|one, other| *one - *other < 1e-9);
        }
        let mut steps: Vec<f64> = Vec::new();
        for sum in sums {
            match steps.last_mut() {
                Some(last) if sum <= few || (*last > few && sum <= *last * 1.1) => *last = sum,
                _ => steps.push(sum),
            }
        }
        steps.push(f64::INFINITY);
        steps
    }

    /// Whether a change costs nothing.
    pub(super) fn is_free(&self, at: usize) -> bool {
        self.prices[at] == 0.0
    }

    /// What of `tier` the seats for which `counts` add to its value at most come to.
    pub(super) fn tier_row(&self, tier: Tier, counts: impl Fn(usize) -> bool) -> Option<Cut> {
        let linear = self.measures.linear(tier)?;
        let factors = linear.coefficients.iter().enumerate();
        let seats = factors.filter(|(seat, factor)| **factor != 0 && counts(*seat));
        Some(Cut {
            seats: seats.map(|(seat, factor)| (seat, *factor as f64)).collect(),
            changes: Vec::new(),
            most: 0.0,
        })
    }

    /// The tier's value for a plan.
    pub(super) fn value(&self, goal: Goal, optimum: &Optimum) -> f64 {
        match goal {
            Goal::Tier(tier) => self.measures.value(tier, &optimum.selection).number(),
            Goal::Price => self.price_of(&optimum.set),
        }
    }

    /// What `set` costs.
    pub(super) fn price_of(&self, set: &[usize]) -> f64 {
        set.iter().map(|at| self.price(*at)).sum()
    }

    /// The least price from `bound` on that a set can have.
    pub(super) fn price_from(&self, bound: f64) -> f64 {
        if self.step() > 0.0 {
            (bound - 1e-6).ceil()
        } else {
            bound
        }
    }

    /// How far apart the prices of two sets are at least.
    pub(super) fn step(&self) -> f64 {
        let are_whole = self.prices.iter().all(|price| price.fract() == 0.0);
        f64::from(u8::from(are_whole))
    }

    /// The price of the cheapest change.
    pub(super) fn least_price(&self) -> f64 {
        let prices = self.prices.iter().filter(|price| **price > 0.0);
        prices.copied().fold(f64::INFINITY, f64::min)
    }

    /// The posts that a plan leaves empty.
    pub(super) fn empty(&self, optimum: &Optimum) -> Empty {
        Empty::of(self.after, &optimum.selection)
    }

    pub(super) fn price(&self, at: usize) -> f64 {
        self.prices[at]
    }

    /// From now on, where all of `set` are made, T2 is at most `most`: what is reached with
    /// them comes before T3 is asked.
    pub(super) fn expect_weeks(&mut self, set: &[usize], most: f64) {
        let Some(linear) = self.measures.linear(Tier::T2) else {
            return;
        };
        let all = linear.coefficients.iter().map(|factor| *factor as f64);
        let seats: Vec<_> = all
            .enumerate()
            .filter(|(_, factor)| *factor != 0.0)
            .collect();
        // As much as T2 can be: with one of them missing, nothing is said.
        let any = self.after.inspections().count() as f64;
        self.rows.push(Cut {
            seats,
            changes: set.iter().map(|at| (*at, -any)).collect(),
            most: most - linear.constant as f64 + any * set.len() as f64,
        });
    }
}
