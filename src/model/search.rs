//! The search from a plan to the optimum: a bound of the decomposition, better plans among few
//! seats, and at last all seats that a better plan can take.

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::{Found, Program, Selection};
use crate::solve::{End, Settings, SolveError, Stop};

/// What the values of an objective are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// Whole numbers.
    Whole,
    /// Any.
    Real,
}

/// How far the search among a part of the seats goes.
const NODES_OF_A_PART: u32 = 200;

/// How many mixtures are looked at, where many are equally good.
const MIXTURES: usize = 4;

/// What a bound may lie above a whole number by, and still be one of that number.
const ROUNDING: f64 = 1e-4;

impl Program<'_> {
    /// Solves for the objective, beginning from a plan that keeps all that is to be kept.
    pub fn search(
        &mut self,
        values: Values,
        settings: Settings,
        start: &Selection,
        stop: &Stop,
        progress: &mut dyn FnMut(f64, f64),
    ) -> Result<Found, SolveError> {
        let mut best = start.clone();
        let mut value = self.objective(&best);
        let proves = |value: f64, bound: f64| {
            let gap = f64::max(settings.absolute_gap, settings.relative_gap * value.abs());
            value - rounded(values, bound) <= gap
        };
        self.decomposition.know(&best)?;
        let enough = |bound: f64, mixture: f64| match values {
            // More would not round to more.
            Values::Whole => proves(value, bound) || proves(mixture, bound),
            Values::Real => mixture - bound <= TOO_LITTLE * mixture.abs(),
        };
        let relaxation = self.decomposition.relax(&enough, stop)?;
        let mut bound = f64::NEG_INFINITY;
        if let Some(relaxation) = &relaxation {
            bound = rounded(values, relaxation.bound);
            progress(value, bound);
        }
        let part = Settings {
            max_nodes: Some(NODES_OF_A_PART),
            target: bound + settings.absolute_gap.min(0.5),
            ..settings
        };
        let mut random = ChaCha8Rng::seed_from_u64(u64::from(settings.seed));
        let mut used = relaxation
            .as_ref()
            .map(|relaxation| relaxation.used.clone());
        for mixture in 1..=MIXTURES {
            let Some(seats) = used.take() else { break };
            if proves(value, bound) || stop.is_set() {
                break;
            }
            let found = self.solve_among(&seats, part, &best, stop, &mut |value, _| {
                progress(value, bound);
            })?;
            best = found.selection.unwrap_or(best);
            value = self.objective(&best);
            if values == Values::Whole && mixture < MIXTURES && !proves(value, bound) {
                used = self.another_mixture(&mut random, stop)?;
            }
        }
        let (mut end, left) = match &relaxation {
            _ if proves(value, bound) => (End::Proven, None),
            Some(relaxation) => {
                let gap = value - relaxation.bound;
                let matters = match values {
                    Values::Whole => gap - 1.0 + ROUNDING,
                    Values::Real => gap,
                };
                (
                    End::Stopped,
                    Some(self.decomposition.within(relaxation, matters)),
                )
            }
            None => (End::Stopped, Some((0..self.columns().seats).collect())),
        };
        if let Some(seats) = left
            && !stop.is_set()
        {
            let found = self.solve_among(&seats, settings, &best, stop, &mut |value, found| {
                progress(value, f64::max(bound, found));
            })?;
            best = found.selection.unwrap_or(best);
            // A plan of other seats is no better than the one that the search began with.
            bound = bound.max(rounded(values, found.bound).min(value));
            end = found.end;
        }
        Ok(Found {
            selection: Some(best),
            bound,
            end,
        })
    }

    fn objective(&self, selection: &Selection) -> f64 {
        let values = self.columns().values(self.eligibility, selection);
        std::iter::zip(&self.costs, &values)
            .map(|(cost, value)| cost * value)
            .sum()
    }

    /// The seats that one of many equally good mixtures uses: the one that the seats' random
    /// charges, together less than one of the objective's whole numbers, make best.
    fn another_mixture(
        &mut self,
        random: &mut ChaCha8Rng,
        stop: &Stop,
    ) -> Result<Option<Vec<usize>>, SolveError> {
        let seats = self.columns().seats;
        let mut charged = self.costs.clone();
        for cost in &mut charged[..seats] {
            *cost += CHARGE * random.random::<f64>();
        }
        self.decomposition.minimise(charged)?;
        let relaxation = self
            .decomposition
            .relax(&|bound, mixture| mixture - bound < CHARGE, stop);
        self.decomposition.minimise(self.costs.clone())?;
        Ok(relaxation?.map(|relaxation| relaxation.used))
    }
}

/// The most that one seat is charged at random.
const CHARGE: f64 = 0.1;

/// How little is left to gain, as a share of the value, when more columns are not worth it.
const TOO_LITTLE: f64 = 1e-5;

fn rounded(values: Values, bound: f64) -> f64 {
    match values {
        Values::Whole => (bound - ROUNDING).ceil(),
        Values::Real => bound,
    }
}
