//! Rates in spans: what T7 is at least at each, the lowest bounds first.
//!
//! Within a span everybody has whichever of its rates serves them best; the span with the lowest
//! bound is halved, until it is a single rate.

use std::ops::RangeInclusive;

use super::TOO_LITTLE;
use crate::model::decomposition::{Decomposition, Relaxation};
use crate::model::objectives::fairness::DaysUsed;
use crate::solve::{SolveError, Stop};

/// How near to a rate's bound, as a share of it (of 1 at least), the best plan is looked for first.
const NEAR: f64 = 0.002;

/// How many times as far it is looked for next.
const FARTHER: f64 = 4.0;

/// How many times as far all that is left is looked at at once.
const AT_ONCE: f64 = 2.5;

/// Rates between two of them, and what is known of T7 there.
#[derive(Clone)]
pub(super) struct Span {
    /// Positions among all rates.
    rates: RangeInclusive<usize>,
    /// T7 is at least this.
    pub(super) bound: f64,
    /// With how many relaxations' prices that is known.
    priced: usize,
    /// Of a single rate.
    pub(super) own: Option<Relaxation>,
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
pub(super) enum Lowest {
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
    pub(super) spans: Vec<Span>,
    /// The last relaxation of a single rate, and how many there were.
    latest: Option<Relaxation>,
    relaxed: usize,
}

impl Rates {
    /// Of `all` rates, of which the one of `plan` is looked at first: its prices are good for those
    /// around it.
    pub(super) fn new(all: &[f64], plan: &DaysUsed) -> Self {
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

    /// What is known where more is asked besides: the bounds, but no mixtures.
    pub(super) fn with_more_asked(&self) -> Self {
        let spans = self.spans.iter();
        Self {
            all: self.all.clone(),
            spans: spans
                .map(|span| Span::new(span.rates.clone(), span.bound))
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
    pub(super) fn bound(&self) -> f64 {
        let bounds = self.spans.iter().map(|span| span.bound);
        bounds.fold(f64::INFINITY, f64::min)
    }

    /// The rates of a span.
    pub(super) fn of(&self, at: usize) -> RangeInclusive<f64> {
        let rates = &self.spans[at].rates;
        self.all[*rates.start()]..=self.all[*rates.end()]
    }

    /// Goes on until the lowest bound is that of a single rate, by its own relaxation, or is no
    /// longer below `ceiling`.
    pub(super) fn next(
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
    pub(super) fn untried(&mut self, ceiling: f64) -> Option<usize> {
        let at = self.in_order().into_iter().find(|at| {
            let span = &self.spans[*at];
            span.own.is_some() && !span.is_tried && span.bound < ceiling
        })?;
        self.spans[at].is_tried = true;
        Some(at)
    }

    /// How far plans are looked for next at the rate of a span, where they are looked for up to `ceiling`.
    pub(super) fn upto(&mut self, at: usize, ceiling: f64) -> f64 {
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
