//! The tiers in their strict order, each with its proof: what one reaches, the next ones keep.

use std::time::Instant;

use serde::Serialize;

use super::{AllocateError, Measures, Observer, Options, Value};
use crate::eligibility::Eligibility;
use crate::model::constraints::off_site_span;
use crate::model::objectives::Tier;
use crate::model::objectives::fairness::DaysUsed;
use crate::model::{Columns, Selection, Year};
use crate::solve::{End, Mip, Settings, SolveError, Stop};

/// What is proven of a tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Nothing better exists, or only within the gap that was asked for.
    Optimal,
    /// Something better may exist, but nothing below the bound.
    Gap,
    /// It was not asked for.
    Off,
}

/// How a tier ended. Values are in the tier's own unit; T6 in pounds.
#[derive(Clone, Debug, PartialEq)]
pub struct TierOutcome {
    /// Which tier.
    pub tier: Tier,
    /// Its value for the final plan.
    pub value: f64,
    /// Its value when it ended; `None` where it was not asked for.
    pub reached: Option<f64>,
    /// What no plan that keeps the earlier tiers can be below.
    pub bound: Option<f64>,
    /// What is proven.
    pub status: Status,
    /// (reached − bound) / max(1, reached); for T7 over all days used.
    pub gap: Option<f64>,
    /// How long it took.
    pub seconds: f64,
}

/// Numbers that HiGHS calls equal may differ by so much.
const TOLERANCE: f64 = 1e-6;

/// Solves the tiers, beginning from `start`; returns the seats and what is proven of them.
pub(super) fn solve(
    eligibility: &Eligibility,
    start: Option<Selection>,
    options: &Options,
    stop: &Stop,
    observer: &mut dyn Observer,
) -> Result<(Selection, Vec<TierOutcome>), AllocateError> {
    let year = Year::new(eligibility);
    let seats_of = year.seats_of.clone();
    let (mip, columns) = year.state()?;
    let mut search = Search {
        eligibility,
        measures: Measures::new(eligibility),
        mip,
        columns,
        seats_of,
        options,
        stop,
        best: start,
        kept: Vec::new(),
    };
    let mut outcomes = Vec::new();
    let mut asked = true;
    for tier in Tier::in_order(&eligibility.dataset.policy) {
        let begun = Instant::now();
        if asked {
            observer.begins(tier);
            let bound = search.tier(tier, observer)?;
            let outcome = search.outcome(tier, Some(bound), begun)?;
            observer.ends(&outcome);
            outcomes.push(outcome);
        } else {
            outcomes.push(search.outcome(tier, None, begun)?);
        }
        asked &= options.stop_after != Some(tier);
    }
    let best = search.best.ok_or(AllocateError::NoPlan)?;
    for outcome in &mut outcomes {
        outcome.value = in_unit(
            outcome.tier,
            search.measures.value(outcome.tier, &best).number(),
        );
    }
    Ok((best, outcomes))
}

/// What is reported for a value in the tier's own whole unit: pounds instead of pence.
fn in_unit(tier: Tier, value: f64) -> f64 {
    if tier == Tier::T6 {
        value / 100.0
    } else {
        value
    }
}

struct Search<'a> {
    eligibility: &'a Eligibility<'a>,
    measures: Measures<'a>,
    mip: Mip,
    columns: Columns,
    seats_of: Vec<Vec<usize>>,
    options: &'a Options,
    stop: &'a Stop,
    /// The best selection so far; it keeps every rule and every earlier tier.
    best: Option<Selection>,
    /// Earlier tiers, and the most that each may be.
    kept: Vec<(Tier, Value)>,
}

impl Search<'_> {
    /// Solves one tier, keeps what it reaches, and returns its bound in the tier's own unit.
    fn tier(&mut self, tier: Tier, observer: &mut dyn Observer) -> Result<f64, AllocateError> {
        let (costs, constant) = self.costs(tier);
        self.mip.set_costs(&costs)?;
        // Every tier is a sum of what can't be negative.
        let mut bound = 0.0_f64;
        while !self.stop.is_set() && !self.is_proven(tier, bound) {
            let settings = self.settings(tier);
            let start = self
                .best
                .as_ref()
                .map(|best| self.columns.values(self.eligibility, best));
            let scale = scale(tier);
            let outcome = self
                .mip
                .solve(settings, start.as_deref(), self.stop, &mut |at| {
                    let unit = |number: f64| in_unit(tier, number / scale + constant);
                    observer.reaches(tier, unit(at.value), unit(at.bound.max(-constant * scale)));
                })?;
            if outcome.end == End::Infeasible {
                return Err(AllocateError::NoPlan);
            }
            bound = bound.max(round_bound(tier, outcome.bound / scale + constant));
            let Some(solution) = outcome.solution else {
                break;
            };
            let found = Selection::from_solution(&solution, self.columns.seats);
            if !self.forbid_overfull(&found)? {
                self.take_if_better(tier, found);
                if outcome.end != End::Proven || !self.is_proven(tier, bound) {
                    break;
                }
            }
        }
        self.keep(tier)?;
        Ok(bound)
    }

    /// The objective's coefficients for HiGHS, and the constant that they leave out.
    fn costs(&self, tier: Tier) -> (Vec<f64>, f64) {
        match self.measures.linear(tier) {
            Some(linear) => {
                let mut costs = self.columns.costs(linear);
                costs.iter_mut().for_each(|cost| *cost *= scale(tier));
                (costs, linear.constant as f64)
            }
            None => {
                let mut costs = vec![0.0; self.columns.total];
                for (_, column) in &self.columns.unevenness {
                    costs[*column] = 1.0;
                }
                (costs, 0.0)
            }
        }
    }

    fn settings(&self, tier: Tier) -> Settings {
        let gap = self.options.gap(tier);
        let (absolute_gap, relative_gap) = match tier {
            // Values are whole: less than one apart is equal. (T6 in HiGHS is in pounds.)
            Tier::T1 | Tier::T2 | Tier::T3 | Tier::T8 if gap == 0.0 => (0.999, 0.0),
            Tier::T6 if gap == 0.0 => (0.00999, 0.0),
            Tier::T7 => (0.99 * gap * self.days_used(), 0.0),
            Tier::T1 | Tier::T2 | Tier::T3 | Tier::T6 | Tier::T8 => (0.0, 0.99 * gap),
        };
        let max_nodes = self.options.max_nodes;
        Settings {
            seed: self.options.seed,
            absolute_gap,
            relative_gap,
            max_nodes,
        }
    }

    fn days_used(&self) -> f64 {
        let used = self
            .best
            .as_ref()
            .map(|best| DaysUsed::of(self.eligibility, best).total());
        f64::from(used.unwrap_or(0).max(1))
    }

    fn gap(&self, tier: Tier, bound: f64) -> Option<f64> {
        let best = self.best.as_ref()?;
        let reached = in_unit(tier, self.measures.value(tier, best).number());
        let over = match tier {
            Tier::T7 => self.days_used(),
            _ => reached.abs().max(1.0),
        };
        Some(((reached - in_unit(tier, bound)) / over).max(0.0))
    }

    fn is_proven(&self, tier: Tier, bound: f64) -> bool {
        self.gap(tier, bound)
            .is_some_and(|gap| gap <= self.options.gap(tier) + 1e-12)
    }

    /// Adds the H12 row of everybody whose posts don't fit together; whether there were any.
    fn forbid_overfull(&mut self, found: &Selection) -> Result<bool, SolveError> {
        let held = found.held(self.eligibility);
        let mut any = false;
        for (person, held) in std::iter::zip(self.eligibility.dataset.inspector_ixs(), held) {
            if let Some(span) = self.eligibility.overfull(person, &held) {
                let seats = &self.seats_of[person.get()];
                let row = off_site_span::row(self.eligibility, seats, person, span);
                self.mip.add_row_at_most(row.most, &row.terms)?;
                any = true;
            }
        }
        Ok(any)
    }

    fn take_if_better(&mut self, tier: Tier, found: Selection) {
        let value = self.measures.value(tier, &found).number();
        let better = self
            .best
            .as_ref()
            .is_none_or(|best| value < self.measures.value(tier, best).number() - 1e-9);
        // HiGHS's solution is a rounded one: whether it keeps the rules and the earlier tiers
        // is asked again, exactly.
        let keeps = |(tier, most): &(Tier, Value)| {
            self.measures.value(*tier, &found).number() <= most.number() + 1e-9
        };
        if better && self.kept.iter().all(keeps) && found.fits(self.eligibility) {
            self.best = Some(found);
        }
    }

    /// Has later tiers keep what this one has reached; T6 may be raised by the tolerance.
    fn keep(&mut self, tier: Tier) -> Result<(), AllocateError> {
        let stopped = AllocateError::Stopped;
        let best = self.best.as_ref().ok_or(stopped)?;
        let reached = self.measures.value(tier, best);
        let most = match (tier, reached) {
            (Tier::T6, Value::Whole(pence)) => {
                let percent = self.eligibility.dataset.policy.tolerance.cost_percent;
                Value::Whole((pence as f64 * (1.0 + percent / 100.0) + 1e-6).floor() as i64)
            }
            _ => reached,
        };
        self.kept.push((tier, most));
        let (costs, constant) = self.costs(tier);
        let terms: Vec<_> = costs
            .into_iter()
            .enumerate()
            .filter(|(_, cost)| *cost != 0.0)
            .collect();
        if !terms.is_empty() {
            let most = (most.number() - constant) * scale(tier);
            self.mip
                .add_row_at_most(most + TOLERANCE * scale(tier), &terms)?;
        }
        Ok(())
    }

    fn outcome(
        &self,
        tier: Tier,
        bound: Option<f64>,
        begun: Instant,
    ) -> Result<TierOutcome, AllocateError> {
        let best = self.best.as_ref().ok_or(AllocateError::Stopped)?;
        let value = in_unit(tier, self.measures.value(tier, best).number());
        let gap = bound.and_then(|bound| self.gap(tier, bound));
        let status = match bound {
            None => Status::Off,
            Some(bound) if self.is_proven(tier, bound) => Status::Optimal,
            Some(_) => Status::Gap,
        };
        Ok(TierOutcome {
            tier,
            value,
            reached: bound.map(|_| value),
            bound: bound.map(|bound| in_unit(tier, bound).min(value)),
            status,
            gap,
            seconds: begun.elapsed().as_secs_f64(),
        })
    }
}

/// What one unit of a tier is in HiGHS's objective: costs are given in pounds, because sums of
/// many pence are too coarse for its tolerances.
fn scale(tier: Tier) -> f64 {
    if tier == Tier::T6 { 0.01 } else { 1.0 }
}

/// A bound on a whole number is a bound on the next whole number.
fn round_bound(tier: Tier, bound: f64) -> f64 {
    if tier == Tier::T7 || !bound.is_finite() {
        return bound.max(0.0);
    }
    (bound - 1e-4).ceil().max(0.0)
}
