//! T7, one rate after the other.
//!
//! At one rate, what a person's year adds to T7 follows from its days; so T7's bound is the least
//! of those of all rates. Rates are looked at in spans, within which everybody has whichever rate
//! serves them best; the span with the lowest bound is halved, until it is a single rate.

use std::ops::RangeInclusive;

use super::{MIXTURES, Search, TOO_LITTLE};
use crate::model::Selection;
use crate::model::decomposition::{Decomposition, IfFar, Look, Near, Relaxation};
use crate::model::objectives::fairness::{self, DaysUsed};
use crate::solve::{Settings, SolveError, Stop};

/// The share of the gap in which T7 counts as proven that is aimed at while that is cheap: the
/// less T7 may be, the fewer plans T8 is chosen among.
const FINER: f64 = 0.1;

/// How far the seats of a mixture are searched.
const NODES: u32 = 10;

/// How near to a rate's bound, as a share of it (of 1 at least), the best plan is looked for first.
const NEAR: f64 = 0.002;

/// How many times as far it is looked for next.
const FARTHER: f64 = 4.0;

/// How many times as far all that is left is looked at at once.
const AT_ONCE: f64 = 2.5;

/// What T7 may lie above what it may be, and be no more than that but for rounding.
const SAME: f64 = 1e-4;

/// Rates between two of them, and what is known of T7 there.
struct Span {
    /// Positions among all rates.
    rates: RangeInclusive<usize>,
    /// T7 is at least this.
    bound: f64,
    /// With how many relaxations' prices that is known.
    priced: usize,
    /// Of a single rate.
    own: Option<Relaxation>,
    /// Whether a plan was looked for among the seats of its mixture.
    is_tried: bool,
    /// How many times plans were looked for near its bound.
    looks: i32,
}

impl Span {
    fn new(rates: RangeInclusive<usize>, bound: f64) -> Self {
        Self {
            rates,
            bound,
            priced: 0,
            own: None,
            is_tried: false,
            looks: 0,
        }
    }
}

/// Where the lowest bound is.
enum Lowest {
    /// A span of a single rate.
    Of(usize),
    /// No rate's is below the ceiling.
    AtCeiling,
    /// It is not known.
    Unknown,
}

/// What is known of T7 at all rates.
pub(super) struct Rates {
    /// Every rate that can be the best one, in order.
    all: Vec<f64>,
    spans: Vec<Span>,
    /// The last relaxation of a single rate, and how many there were.
    latest: Option<Relaxation>,
    relaxed: usize,
}

impl Rates {
    /// Of `all` rates, of which the one of `plan` is looked at first: its prices are good for those
    /// around it.
    fn new(all: &[f64], plan: &DaysUsed) -> Self {
        let last = all.len() - 1;
        let first = all
            .partition_point(|rate| *rate < plan.best_rate())
            .min(last);
        let around = [(first, first + 1), (0, first), (first + 1, all.len())];
        let spans = around.into_iter().filter(|(from, to)| from < to);
        Self {
            all: all.to_vec(),
            spans: spans
                .map(|(from, to)| Span::new(from..=to - 1, 0.0))
                .collect(),
            latest: None,
            relaxed: 0,
        }
    }

    /// The spans, the one with the lowest bound first.
    fn in_order(&self) -> Vec<usize> {
        let mut spans: Vec<usize> = (0..self.spans.len()).collect();
        spans.sort_by(|a, b| self.spans[*a].bound.total_cmp(&self.spans[*b].bound));
        spans
    }

    /// T7 is at least this.
    fn bound(&self) -> f64 {
        let bounds = self.spans.iter().map(|span| span.bound);
        bounds.fold(f64::INFINITY, f64::min)
    }

    /// The rates of a span.
    fn of(&self, at: usize) -> RangeInclusive<f64> {
        let rates = &self.spans[at].rates;
        self.all[*rates.start()]..=self.all[*rates.end()]
    }

    /// Goes on until the lowest bound is that of a single rate, by its own relaxation, or is no
    /// longer below `ceiling`.
    fn next(
        &mut self,
        decomposition: &mut Decomposition,
        ceiling: f64,
        stop: &Stop,
    ) -> Result<Lowest, SolveError> {
        let _span = tracing::info_span!("rates").entered();
        while !stop.is_set() {
            let at = self.in_order()[0];
            let rates = self.of(at);
            let span = &mut self.spans[at];
            if span.bound >= ceiling {
                return Ok(Lowest::AtCeiling);
            }
            if span.own.is_some() {
                return Ok(Lowest::Of(at));
            }
            let is_single = span.rates.start() == span.rates.end();
            match &self.latest {
                Some(latest) if span.priced < self.relaxed => {
                    span.bound = span.bound.max(decomposition.bound_at(latest, &rates));
                    span.priced = self.relaxed;
                }
                _ if is_single => {
                    decomposition.even_out(&rates)?;
                    let enough = |bound: f64, mixture: f64| {
                        bound >= ceiling || mixture - bound <= TOO_LITTLE * mixture.abs()
                    };
                    let Some(relaxation) = decomposition.relax(&enough, stop)? else {
                        // It was stopped, or the years that are known can't be mixed as is asked.
                        break;
                    };
                    self.relaxed += 1;
                    span.bound = span.bound.max(relaxation.bound);
                    span.own = Some(relaxation.clone());
                    self.latest = Some(relaxation);
                }
                _ => {
                    let (from, to) = span.rates.clone().into_inner();
                    let (middle, bound) = ((from + to) / 2, span.bound);
                    self.spans[at] = Span::new(from..=middle, bound);
                    self.spans.push(Span::new(middle + 1..=to, bound));
                }
            }
        }
        Ok(Lowest::Unknown)
    }

    /// The span of a single rate whose mixture was not tried yet, the lowest first; it counts as
    /// tried from now on.
    fn untried(&mut self, ceiling: f64) -> Option<usize> {
        let at = self.in_order().into_iter().find(|at| {
            let span = &self.spans[*at];
            span.own.is_some() && !span.is_tried && span.bound < ceiling
        })?;
        self.spans[at].is_tried = true;
        Some(at)
    }

    /// How far plans are looked for next at the rate of a span, where they are looked for up to `ceiling`.
    fn upto(&mut self, at: usize, ceiling: f64) -> f64 {
        let span = &mut self.spans[at];
        let room = NEAR * span.bound.max(1.0) * FARTHER.powi(span.looks);
        span.looks += 1;
        if ceiling - span.bound <= AT_ONCE * room {
            ceiling
        } else {
            span.bound + room
        }
    }
}

/// What a look for a plan came to.
enum Answer {
    /// There it is.
    Plan(Selection),
    /// There is none.
    NoPlan,
    /// It is not known.
    Unknown,
}

impl Search<'_, '_> {
    /// Looks for the plan of the least T7, at the rates at which its bound is lowest.
    pub(super) fn search_rates(&mut self) -> Result<(), SolveError> {
        let days = DaysUsed::of(self.program.eligibility, &self.best);
        let mut rates = Rates::new(&fairness::rates(self.program.eligibility), &days);
        let finer = Settings {
            absolute_gap: FINER * self.settings.gap(self.value),
            relative_gap: 0.0,
            ..self.settings
        };
        let mut tried = 0;
        while !self.stop.is_set() {
            let ceiling = self.value - finer.absolute_gap;
            let next = rates.next(&mut self.program.decomposition, ceiling, self.stop)?;
            self.bound = self.bound.max(rates.bound().min(self.value));
            (self.progress)(self.value, self.bound);
            let Lowest::Of(at) = next else {
                break;
            };
            if !self.program.is_made_of_years() {
                break;
            }
            let is_over = self.is_over();
            let most_tried = if is_over { 1 } else { MIXTURES };
            if tried < most_tried
                && let Some(at) = rates.untried(ceiling)
            {
                tried += 1;
                let settings = Settings {
                    sub_programs: !is_over,
                    target: self.bound + finer.absolute_gap,
                    ..finer
                };
                let (best, value) = (self.best.clone(), self.value);
                let found = self.look_among_used(&mut rates, at, value, Some(&best), settings)?;
                self.take(found);
                continue;
            }
            if is_over {
                break;
            }
            let ceiling = self.goal.room_to_prove(self.value, 0.0);
            let upto = rates.upto(at, ceiling);
            let best = self.best.clone();
            match self.look_at_rate(&mut rates, at, upto, Some(&best), self.settings)? {
                Answer::Plan(found) => self.take(Some(found)),
                Answer::NoPlan => {}
                Answer::Unknown => break,
            }
        }
        Ok(())
    }

    /// Looks for fewer of the objective with T7 at `most`: from its bound upwards, as what T7 is at
    /// least with so few.
    pub(super) fn search_fewer(&mut self, most: f64) -> Result<(), SolveError> {
        if !self.program.is_made_of_years() {
            return Ok(());
        }
        let costs = self.program.costs.clone();
        let terms = costs.iter().copied().enumerate();
        let terms: Vec<(usize, f64)> = terms.filter(|(_, cost)| *cost != 0.0).collect();
        let all = fairness::rates(self.program.eligibility);
        while !self.is_over() {
            let fewest = self.bound;
            let decomposition = &mut self.program.decomposition;
            let row = decomposition.keep_at_most(terms.clone(), fewest)?;
            let days = DaysUsed::of(self.program.eligibility, &self.best);
            let answer = self.search_at_most(most, Rates::new(&all, &days))?;
            self.program.decomposition.release(row)?;
            match answer {
                Answer::Plan(found) => self.take(Some(found)),
                Answer::NoPlan => {
                    self.bound = fewest + 1.0;
                    (self.progress)(self.value, self.bound);
                }
                Answer::Unknown => break,
            }
        }
        self.program.decomposition.minimise(costs)
    }

    /// Looks for any plan with T7 at `most`.
    fn search_at_most(&mut self, most: f64, mut rates: Rates) -> Result<Answer, SolveError> {
        let settings = Settings {
            absolute_gap: SAME,
            relative_gap: 0.0,
            target: most,
            ..self.settings
        };
        let ceiling = most + SAME;
        let mut is_first = true;
        loop {
            let next = rates.next(&mut self.program.decomposition, ceiling, self.stop)?;
            let at = match next {
                Lowest::Of(at) if !self.stop.is_set() => at,
                Lowest::AtCeiling => return Ok(Answer::NoPlan),
                Lowest::Of(_) | Lowest::Unknown => return Ok(Answer::Unknown),
            };
            let answer = if is_first {
                is_first = false;
                let found = self.look_among_used(&mut rates, at, ceiling, None, settings)?;
                found.map_or(Answer::NoPlan, Answer::Plan)
            } else {
                let upto = rates.upto(at, ceiling);
                self.look_at_rate(&mut rates, at, upto, None, settings)?
            };
            match answer {
                // At another rate it may be even less, but not more.
                Answer::Plan(found) => {
                    let days = DaysUsed::of(self.program.eligibility, &found);
                    let values = self.program.values(&found);
                    let is_one = days.value() <= most && self.program.decomposition.keeps(&values);
                    return Ok(if is_one {
                        Answer::Plan(found)
                    } else {
                        Answer::Unknown
                    });
                }
                Answer::NoPlan => {}
                Answer::Unknown => return Ok(Answer::Unknown),
            }
        }
    }

    /// Looks for a plan of no more than `upto` at the rate of a span, and raises the span's bound.
    fn look_at_rate(
        &mut self,
        rates: &mut Rates,
        at: usize,
        upto: f64,
        known: Option<&Selection>,
        settings: Settings,
    ) -> Result<Answer, SolveError> {
        let settings = Settings {
            sub_programs: false,
            ..settings
        };
        let Some(near) = self.near_at(rates, at, upto, None, known, settings)? else {
            return Ok(Answer::Unknown);
        };
        let span = &mut rates.spans[at];
        let is_raised = near.bound > span.bound;
        span.bound = span.bound.max(near.bound);
        Ok(match near.seats {
            Some(seats) => Answer::Plan(Selection::new(seats)),
            None if is_raised || near.bound >= upto => Answer::NoPlan,
            None => Answer::Unknown,
        })
    }

    /// Looks for a plan of no more than `upto` at the rate of a span, among the seats that its
    /// mixture and the plan that is `known` use: of those few, every year can be listed.
    fn look_among_used(
        &mut self,
        rates: &mut Rates,
        at: usize,
        upto: f64,
        known: Option<&Selection>,
        settings: Settings,
    ) -> Result<Option<Selection>, SolveError> {
        let mut open = vec![false; self.program.columns().seats];
        let used = rates.spans[at].own.as_ref().map(Relaxation::used);
        let known_seats = known.into_iter().flat_map(Selection::seats);
        let seats = used.into_iter().flatten().chain(known_seats);
        seats.for_each(|seat| open[seat] = true);
        let settings = Settings {
            max_nodes: Some(NODES),
            ..settings
        };
        let before = rates.spans[at].own.clone();
        let near = self.near_at(rates, at, upto, Some(&open), known, settings)?;
        // What is known of a few seats is not known of all.
        rates.spans[at].own = before;
        Ok(near.and_then(|near| near.seats).map(Selection::new))
    }

    fn near_at(
        &mut self,
        rates: &mut Rates,
        at: usize,
        upto: f64,
        among: Option<&[bool]>,
        known: Option<&Selection>,
        settings: Settings,
    ) -> Result<Option<Near>, SolveError> {
        let rate = rates.of(at);
        let Some(relaxation) = &mut rates.spans[at].own else {
            return Ok(None);
        };
        // What stands for all plans that are not looked for costs no less than `upto`.
        let settings = Settings {
            target: settings.target.min(upto),
            ..settings
        };
        let decomposition = &mut self.program.decomposition;
        decomposition.even_out(&rate)?;
        let look = Look {
            room: upto - relaxation.bound,
            if_far: IfFar::GoOn,
            among,
        };
        let mut hear = |_, _| {};
        decomposition.near(relaxation, look, known, settings, self.stop, &mut hear)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::Spec;
    use crate::domain::Dataset;
    use crate::eligibility::Eligibility;
    use crate::model::objectives::{continuity, team_posts};
    use crate::model::{Program, Values, search};
    use crate::solve::End;

    /// A small year.
    fn year(seed: u64) -> Dataset {
        search::tests::year(&Spec::varied(seed, 12, 4, 5))
    }

    /// The least T7 with as few empty team posts as can be, and then the fewest IRPs with another
    /// lead: searched rate by rate, or by HiGHS over all seats at once.
    fn optima(eligibility: &Eligibility, by_rates: bool) -> Option<(f64, f64)> {
        let mut program = Program::new(eligibility).expect("a program");
        let (settings, stop) = (Settings::default(), Stop::never());
        let mut best = Selection::new(Vec::new());
        if !program.decomposition.keeps(&program.values(&best)) {
            // Somebody is pinned.
            return None;
        }
        let columns = program.columns().clone();
        let mut unevenness = vec![0.0; columns.total];
        let of_people = columns.unevenness.iter();
        of_people.for_each(|(_, column)| unevenness[*column] = 1.0);
        let tiers = [
            (
                columns.costs(&team_posts::linear(eligibility)),
                Values::Whole,
            ),
            (unevenness, Values::Real),
            (
                columns.costs(&continuity::linear(eligibility)),
                Values::Whole,
            ),
        ];
        let mut reached = Vec::new();
        for (costs, values) in tiers {
            program.minimise(costs.clone()).expect("an objective");
            let found = match by_rates {
                true => program.search(values, settings, &best, &stop, &mut |_, _| {}),
                false => program.solve(settings, Some(&best), &stop, &mut |_, _| {}),
            };
            let found = found.expect("solved");
            assert_eq!(found.end, End::Proven);
            best = found.selection.expect("a plan");
            assert!(best.fits(eligibility));
            let values = program.values(&best);
            let value: f64 = std::iter::zip(&costs, &values).map(|(c, v)| c * v).sum();
            assert!(found.bound > value - 1e-4, "{} {value}", found.bound);
            reached.push(value);
            program.keep_at_most(&costs, value + 1e-6).expect("a row");
        }
        Some((reached[1], reached[2]))
    }

    #[test]
    fn rate_by_rate_it_comes_to_the_same() {
        let mut compared = 0;
        for seed in 0..10 {
            let dataset = year(seed);
            let eligibility = Eligibility::new(&dataset);
            let (Some(one), Some(other)) =
                (optima(&eligibility, true), optima(&eligibility, false))
            else {
                continue;
            };
            assert!((one.0 - other.0).abs() < 1e-4, "{seed}: {one:?} {other:?}");
            assert_eq!(one.1, other.1, "{seed}: {one:?} {other:?}");
            compared += 1;
        }
        assert!(compared > 4, "{compared}");
    }

    /// What is said of many rates is no more than what is true of each.
    #[test]
    fn no_rate_is_below_the_bound_of_its_span() {
        let dataset = year(0);
        let eligibility = Eligibility::new(&dataset);
        let mut program = Program::new(&eligibility).expect("a program");
        let nobody = Selection::new(Vec::new());
        program.decomposition.know(&nobody).expect("years");
        let decomposition = &mut program.decomposition;
        let (all, stop) = (fairness::rates(&eligibility), Stop::never());
        let relaxed = |decomposition: &mut Decomposition, rate: f64| {
            decomposition
                .even_out(&(rate..=rate))
                .expect("an objective");
            let relaxation = decomposition.relax(&|_, _| false, &stop);
            relaxation.expect("solved").expect("a bound")
        };
        let middle = all.len() / 2;
        let known = relaxed(decomposition, all[middle]);
        for (from, to) in [(0, all.len() - 1), (middle, middle), (middle / 2, middle)] {
            let bound = decomposition.bound_at(&known, &(all[from]..=all[to]));
            for rate in &all[from..=to] {
                let least = relaxed(decomposition, *rate).bound;
                assert!(bound < least + 1e-6, "{bound} {least} at {rate}");
            }
            if from == to {
                assert!(
                    (bound - known.bound).abs() < 1e-6,
                    "{bound} {}",
                    known.bound
                );
            }
        }
    }
}
