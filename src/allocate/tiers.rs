//! The tiers in their strict order, each with its proof: what one reaches, the next ones keep.

mod large;

use std::ops::RangeInclusive;
use std::time::Instant;

use super::measure::in_unit;
use super::outcome::{Status, TierOutcome};
use super::terms::{costs, round_bound, scale, slack};
use super::{AllocateError, Measures, Observer, Options, Value};
use crate::eligibility::Eligibility;
use crate::model::objectives::fairness::DaysUsed;
use crate::model::objectives::{Linear, Tier, names_given};
use crate::model::{Alone, MOST_STATED, Program, Selection, Values};
use crate::solve::{End, Settings, Stop};

/// How far a tier is searched, unless it is told otherwise: far beyond what a year of the usual
/// size needs, so that a run always ends by itself.
const MAX_NODES: u32 = 20_000;

/// The same for T5, whose bound is far from its value in years of the usual size: what more
/// nodes would gain is not worth the hours.
const MAX_NODES_OF_T5: u32 = 400;

/// A seat that is to be held beside all rules, to learn what that costs.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// Which.
    pub seat: usize,
    /// The plan that was made without asking for it.
    pub without: &'a Selection,
    /// The first tiers, in their order, of which `without` is proven to be an optimum. Whole
    /// numbers only: T1, T2, T3.
    pub proven: &'a [Tier],
}

/// What the tiers came to.
pub(super) struct Solved {
    /// The seats of the final plan.
    pub(super) selection: Selection,
    /// Every tier, in the order solved.
    pub(super) tiers: Vec<TierOutcome>,
    /// Whether time or a signal ended a tier before it was proven.
    pub(super) cut: bool,
    /// Whether the year is too large to be searched.
    pub(super) too_large: bool,
}

/// The share of it for a tier that later ones leave most of the time to.
const MOST_OF_IT: f64 = 0.9;

/// How much of the time that is left a tier may take, where there is a limit: later tiers have
/// something left, and so has the search for causes.
fn share(tier: Tier) -> f64 {
    match tier {
        Tier::T1 | Tier::T2 | Tier::T3 | Tier::T4 | Tier::T5 => MOST_OF_IT,
        Tier::T6 => 0.6,
        Tier::T7 => 0.7,
        Tier::T8 => 0.5,
    }
}

/// Solves the tiers, beginning from `start`; with `held`, among the plans in which that seat is
/// held.
pub(super) fn solve(
    eligibility: &Eligibility,
    start: Option<Selection>,
    held: Option<&Held>,
    options: &Options,
    stop: &Stop,
    observer: &mut dyn Observer,
) -> Result<Solved, AllocateError> {
    let measures = Measures::new(eligibility);
    let mut floors = Vec::new();
    if let Some(held) = held {
        let proven = held.proven.iter();
        floors.extend(proven.map(|tier| (*tier, measures.value(*tier, held.without))));
    }
    let order = Tier::in_order(eligibility.dataset);
    let last = last_asked(&order, options.stop_after);
    let is_after_t6 = last.is_none_or(|last| last > Tier::T6);
    let mut search = Search {
        takes_seats_away: is_after_t6
            && SEATS_WORTH_TAKING_AWAY.contains(&eligibility.candidates.len()),
        eligibility,
        held: held.map(|held| held.seat),
        alone: Alone::of(eligibility),
        names_given: names_given::linear(eligibility),
        names_lost: None,
        measures,
        program: None,
        options,
        last,
        stop,
        best: start,
        cut: false,
        too_large: false,
        kept: Vec::new(),
        floors,
    };
    let mut outcomes = Vec::new();
    let mut asked = true;
    search.keep_names_given()?;
    for tier in order {
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
        asked &= last != Some(tier);
    }
    let best = search.best.ok_or(AllocateError::NoPlan)?;
    let days_used = f64::from(DaysUsed::of(eligibility, &best).total().max(1));
    for outcome in &mut outcomes {
        outcome.value = search.measures.in_unit(outcome.tier, &best);
        // T8 may use other days than T7 did: the share is of those that the plan uses.
        if let (Tier::T7, Some(reached), Some(bound)) =
            (outcome.tier, outcome.reached, outcome.bound)
        {
            let gap = ((reached - bound) / days_used).max(0.0);
            outcome.gap = Some(gap);
            if gap > options.gap(Tier::T7) + 1e-12 {
                outcome.status = Status::Gap;
            }
        }
    }
    Ok(Solved {
        selection: best,
        tiers: outcomes,
        cut: search.cut,
        too_large: search.too_large,
    })
}

/// The last tier to be solved. T4 is a tier only where something is published: without it the
/// run ends before it.
fn last_asked(order: &[Tier], stop_after: Option<Tier>) -> Option<Tier> {
    let asked = stop_after?;
    if order.contains(&asked) {
        return Some(asked);
    }
    let earlier = order.iter().take_while(|tier| **tier < asked);
    earlier.last().copied()
}

/// In years of so many seats those that are of no use any more are taken away before T7 and T8. Fewer are soon
/// searched with them: the small years of `tests/counted_work.rs` took more nodes without. Of more it
/// takes long to tell: a search for each among the same person's.
const SEATS_WORTH_TAKING_AWAY: RangeInclusive<usize> = 1_000..=20_000;

struct Search<'a> {
    eligibility: &'a Eligibility<'a>,
    measures: Measures<'a>,
    /// The year's program, once a tier is searched.
    program: Option<Program<'a>>,
    /// A seat that is to be held.
    held: Option<usize>,
    /// What the inspections come to at least by themselves.
    alone: Option<Alone>,
    /// H17: leads whose names were given and who no longer lead.
    names_given: Linear,
    /// How many of them there are, once that is known.
    names_lost: Option<i64>,
    options: &'a Options,
    /// The last tier that is asked for, where not all are.
    last: Option<Tier>,
    stop: &'a Stop,
    /// The best selection so far; it keeps every rule and every earlier tier.
    best: Option<Selection>,
    /// Whether time or a signal ended a tier before it was proven.
    cut: bool,
    /// Whether the year is too large to be searched.
    too_large: bool,
    /// Earlier tiers, and the most that each may be.
    kept: Vec<(Tier, Value)>,
    /// The first tiers' optima where less is asked for.
    floors: Vec<(Tier, Value)>,
    /// Whether seats that are of no use any more are looked for.
    takes_seats_away: bool,
}

impl<'a> Search<'a> {
    /// States the year's program with all that is kept so far, unless it is; nothing where it is too
    /// large.
    fn stated(&mut self) -> Result<Option<&mut Program<'a>>, AllocateError> {
        let most_stated = self.options.most_stated.unwrap_or(MOST_STATED);
        if self.program.is_none() && self.eligibility.candidates.len() <= most_stated {
            let mut program = Program::new(self.eligibility)?;
            if let Some(seat) = self.held {
                program.hold(seat)?;
            }
            self.program = Some(program);
            self.keep_names_lost()?;
            for (tier, most) in self.kept.clone() {
                self.keep_in_program(tier, most, false)?;
            }
        }
        Ok(self.program.as_mut())
    }

    /// Has as many as can be of the leads whose names were given stay (H17).
    fn keep_names_given(&mut self) -> Result<(), AllocateError> {
        if self.names_given.constant == 0 {
            return Ok(());
        }
        let settings = self.settings(Tier::T1);
        let (stop, best) = (self.stop, self.best.clone());
        let names_given = self.names_given.clone();
        let all_stay = |best: &Selection| names_given.value(best) == 0;
        if !best.as_ref().is_some_and(all_stay)
            && !stop.is_set()
            && let Some(program) = self.stated()?
        {
            program.minimise(program.columns().costs(&names_given))?;
            let found = match &best {
                Some(best) => {
                    program.search(Values::Whole, settings, best, stop, &mut |_, _| {})?
                }
                None => program.solve(settings, None, stop, &mut |_, _| {})?,
            };
            if found.end == End::Infeasible {
                return Err(AllocateError::NoPlan);
            }
            self.cut |= stop.is_set();
            let lost = best.as_ref().map(|best| names_given.value(best));
            if let Some(found) = found.selection
                && lost.is_none_or(|lost| names_given.value(&found) < lost)
                && found.fits(self.eligibility)
            {
                self.best = Some(found);
            }
        }
        let best = self.best.as_ref().ok_or(AllocateError::Stopped)?;
        self.names_lost = Some(names_given.value(best));
        self.keep_names_lost()
    }

    fn keep_names_lost(&mut self) -> Result<(), AllocateError> {
        if let (Some(program), Some(lost)) = (&mut self.program, self.names_lost) {
            let costs = program.columns().costs(&self.names_given);
            program.keep_at_most(&costs, (lost - self.names_given.constant) as f64)?;
        }
        Ok(())
    }

    /// Solves one tier, keeps what it reaches, and returns its bound in the tier's own unit.
    fn tier(&mut self, tier: Tier, observer: &mut dyn Observer) -> Result<f64, AllocateError> {
        let _span = tracing::info_span!("tier", which = tier.name()).entered();
        let mut bound = self.floor(tier);
        // After the last one that is asked for nothing else needs time.
        let is_last = self.last == Some(tier);
        let share = if is_last { MOST_OF_IT } else { share(tier) };
        let stop = self.stop.for_share(share);
        let mut is_searched = false;
        if !stop.is_set() && !self.is_proven(tier, bound) {
            bound = bound.max(self.work_in(tier, bound, &stop));
        }
        if !stop.is_set()
            && !self.is_proven(tier, bound)
            && let Some(found) = self.searched(tier, &stop, observer)?
        {
            is_searched = true;
            bound = bound.max(found);
        }
        if let (Tier::T7, Some(best)) = (tier, &self.best) {
            let value = self.measures.value(tier, best).number();
            // A value of T7 is a fraction over somebody's contracted days, at most 366: two of
            // them that differ do so by more than this.
            if value - bound < 1e-6 {
                bound = bound.max(value);
            }
        }
        self.cut |= stop.is_set() && !self.is_proven(tier, bound);
        self.keep(tier, is_searched)?;
        Ok(bound)
    }

    /// Searches for the best plan of a tier, and returns its bound in the tier's own unit; nothing
    /// where the year is too large for that.
    fn searched(
        &mut self,
        tier: Tier,
        stop: &Stop,
        observer: &mut dyn Observer,
    ) -> Result<Option<f64>, AllocateError> {
        let (settings, best) = (self.settings(tier), self.best.clone());
        if (tier == Tier::T6 && self.is_costly()) || self.stated()?.is_none() {
            self.too_large = true;
            return Ok(None);
        }
        let (measures, program) = (&self.measures, self.program.as_mut().expect("stated"));
        let (costs, constant) = costs(measures, program, tier)?;
        program.minimise(costs)?;
        let own = |number: f64| number / scale(tier) + constant;
        let mut progress = |value: f64, bound: f64| {
            let bound = own(bound).max(0.0);
            observer.reaches(tier, in_unit(tier, own(value)), in_unit(tier, bound));
        };
        let found = match &best {
            // The decomposition, which the search begins with, knows no reserves.
            Some(best) if tier != Tier::T5 => {
                let values = match tier {
                    Tier::T6 | Tier::T7 => Values::Real,
                    _ => Values::Whole,
                };
                program.search(values, settings, best, stop, &mut progress)?
            }
            best => program.solve(settings, best.as_ref(), stop, &mut progress)?,
        };
        if found.end == End::Infeasible {
            return Err(AllocateError::NoPlan);
        }
        if let Some(selection) = found.selection {
            self.take_if_better(tier, selection);
        }
        Ok(Some(round_bound(tier, own(found.bound))))
    }

    /// What no plan is below: every tier is a sum of what can't be negative; while earlier tiers are
    /// what they were where less was asked for, this one is no better than there; and it is no better
    /// than what the inspections come to by themselves, nor, T4, than what can't be held any more.
    fn floor(&self, tier: Tier) -> f64 {
        let known = self.floors.get(self.kept.len());
        let as_before = std::iter::zip(&self.kept, &self.floors).all(|(kept, floor)| kept == floor);
        let known = known.filter(|floor| as_before && floor.0 == tier);
        let known = known.map_or(0.0, |(_, value)| value.number());
        let alone = self.alone.as_ref();
        let alone = alone.and_then(|alone| alone.least(tier, &self.kept_whole()));
        // Of what is published some can't be held any more, whatever is done.
        let changed = self.measures.linear(tier).filter(|_| tier == Tier::T4);
        let changed = changed.map_or(0, Linear::least);
        known.max(alone.unwrap_or(0).max(changed) as f64)
    }

    /// The earlier tiers of whole numbers, with the most that each may be.
    fn kept_whole(&self) -> Vec<(Tier, i64)> {
        let kept = self.kept.iter().filter_map(|(tier, most)| match most {
            Value::Whole(most) => Some((*tier, *most)),
            Value::Days(_) => None,
        });
        kept.collect()
    }

    fn settings(&self, tier: Tier) -> Settings {
        let gap = self.options.gap(tier);
        let (absolute_gap, relative_gap) = match tier {
            // Values are whole: less than one apart is equal. (T6 in HiGHS is in pounds.)
            Tier::T1 | Tier::T2 | Tier::T3 | Tier::T4 | Tier::T5 | Tier::T8 if gap == 0.0 => {
                (0.999, 0.0)
            }
            Tier::T6 if gap == 0.0 => (0.00999, 0.0),
            Tier::T7 => (0.99 * gap * self.days_used(), 0.0),
            Tier::T1 | Tier::T2 | Tier::T3 | Tier::T4 | Tier::T5 | Tier::T6 | Tier::T8 => {
                (0.0, 0.99 * gap)
            }
        };
        let fewer = self.options.nodes_after_t4.filter(|_| tier > Tier::T4);
        let max_nodes = fewer.or(self.options.max_nodes);
        let own = if tier == Tier::T5 {
            MAX_NODES_OF_T5
        } else {
            MAX_NODES
        };
        let max_nodes = Some(max_nodes.unwrap_or(own));
        Settings {
            seed: self.options.seed,
            absolute_gap,
            relative_gap,
            max_nodes,
            ..Settings::default()
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
        let reached = self.measures.in_unit(tier, best);
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
        let names_lost = self.names_lost.unwrap_or(0);
        let names_stay = self.names_given.value(&found) <= names_lost;
        if better && names_stay && self.kept.iter().all(keeps) && found.fits(self.eligibility) {
            self.best = Some(found);
        }
    }

    /// Has later tiers keep what this one has reached; T6 may be raised by the tolerance.
    fn keep(&mut self, tier: Tier, is_searched: bool) -> Result<(), AllocateError> {
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
        self.keep_in_program(tier, most, is_searched)
    }

    /// The same in the year's program, where it is stated.
    fn keep_in_program(
        &mut self,
        tier: Tier,
        most: Value,
        is_searched: bool,
    ) -> Result<(), AllocateError> {
        let Some(program) = &mut self.program else {
            return Ok(());
        };
        let (costs, constant) = costs(&self.measures, program, tier)?;
        let most = (most.number() - constant) * scale(tier) + slack(tier);
        let best = self
            .best
            .as_ref()
            .filter(|_| is_searched && self.takes_seats_away);
        let Some(best) = best else {
            program.keep_at_most(&costs, most)?;
            return Ok(());
        };
        program.keep_for_good(most, best)?;
        // Not before: where no seat is left that T3 could do without, its price in T6 has no end.
        if tier >= Tier::T6 {
            program.close()?;
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
        let value = self.measures.in_unit(tier, best);
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
