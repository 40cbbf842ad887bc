//! T7, one rate after the other: at one rate, what a person's year adds to T7 follows from its
//! days, so T7's bound is the least of those of all rates ([`spans`](super::spans)).

use super::spans::{Lowest, Rates};
use super::{MIXTURES, Search};
use crate::model::Selection;
use crate::model::decomposition::{Among, Look, MOST_SEARCHED, Near, Relaxation};
use crate::model::objectives::fairness::{self, DaysUsed};
use crate::solve::{Settings, SolveError};

/// The share of the gap in which T7 counts as proven that is aimed at while that is cheap: the
/// less T7 may be, the fewer plans T8 is chosen among.
const FINER: f64 = 0.1;

/// How many rates' mixtures are searched once T7 is proven.
const MIXTURES_ONCE_PROVEN: u32 = 3;

/// How far the seats of a mixture are searched.
const NODES: u32 = 10;

/// What a look for a plan came to.
pub(super) enum Answer {
    /// There it is.
    Plan(Selection),
    /// There is none.
    NoPlan,
    /// It is not known.
    Unknown,
}

/// The plan that is looked for at a rate.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'w> {
    /// No more than this.
    pub(super) upto: f64,
    /// One that keeps all that is kept.
    pub(super) known: Option<&'w Selection>,
    /// Among how many years at most.
    pub(super) most_years: usize,
    /// How far.
    pub(super) settings: Settings,
}

impl Wanted<'_> {
    /// The same among so many years.
    pub(super) fn among(self, most_years: usize) -> Self {
        Self { most_years, ..self }
    }

    /// The same, but that it is no proof that there is none.
    fn only_looked_for(self) -> Self {
        let settings = Settings {
            max_nodes: Some(NODES),
            ..self.settings
        };
        Self { settings, ..self }
    }
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
            let most_tried = if is_over {
                MIXTURES_ONCE_PROVEN
            } else {
                MIXTURES
            };
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
                let wanted = Wanted {
                    upto: value,
                    known: Some(&best),
                    most_years: MOST_SEARCHED,
                    settings,
                };
                let found = self.look_among_used(&mut rates, at, wanted)?;
                self.take(found);
                continue;
            }
            if is_over {
                break;
            }
            let ceiling = self.goal.room_to_prove(self.value, 0.0);
            let best = self.best.clone();
            let wanted = Wanted {
                upto: rates.upto(at, ceiling),
                known: Some(&best),
                most_years: MOST_SEARCHED,
                settings: self.settings,
            };
            match self.look_at_rate(&mut rates, at, wanted)? {
                Answer::Plan(found) => self.take(Some(found)),
                Answer::NoPlan => {}
                Answer::Unknown => break,
            }
        }
        Ok(())
    }

    /// Looks for a plan at the rate of a span, and raises the span's bound.
    pub(super) fn look_at_rate(
        &mut self,
        rates: &mut Rates,
        at: usize,
        wanted: Wanted,
    ) -> Result<Answer, SolveError> {
        let settings = Settings {
            sub_programs: false,
            ..wanted.settings
        };
        let wanted = Wanted { settings, ..wanted };
        let near = self.near_at(rates, at, Among::All, wanted)?;
        let Some(near) = near.filter(|near| near.is_searched) else {
            return Ok(Answer::Unknown);
        };
        let span = &mut rates.spans[at];
        let is_raised = near.bound > span.bound;
        span.bound = span.bound.max(near.bound);
        Ok(match near.seats {
            Some(seats) => Answer::Plan(Selection::new(seats)),
            None if is_raised || near.bound >= wanted.upto => Answer::NoPlan,
            None => Answer::Unknown,
        })
    }

    /// Looks for a plan at the rate of a span, among the seats that its mixture and the best plan use:
    /// of those few, every year can be listed.
    pub(super) fn look_among_used(
        &mut self,
        rates: &mut Rates,
        at: usize,
        wanted: Wanted,
    ) -> Result<Option<Selection>, SolveError> {
        let mut open = vec![false; self.program.columns().seats];
        let used = rates.spans[at].own.as_ref().map(Relaxation::used);
        let seats = used.into_iter().flatten().chain(self.best.seats());
        seats.for_each(|seat| open[seat] = true);
        let before = rates.spans[at].own.clone();
        let near = self.near_at(rates, at, Among::Seats(&open), wanted.only_looked_for())?;
        // What is known of a few seats is not known of all.
        rates.spans[at].own = before;
        Ok(near.and_then(|near| near.seats).map(Selection::new))
    }

    /// Looks for a plan at the rate of a span, among those years of each person that lose least.
    pub(super) fn look_among_best(
        &mut self,
        rates: &mut Rates,
        at: usize,
        wanted: Wanted,
    ) -> Result<Option<Selection>, SolveError> {
        let (best, wanted) = (Among::Best(wanted.most_years), wanted.only_looked_for());
        let before = rates.spans[at].own.clone();
        let near = self.near_at(rates, at, best, wanted)?;
        // What is known of a few years is not known of all.
        rates.spans[at].own = before;
        Ok(near.and_then(|near| near.seats).map(Selection::new))
    }

    fn near_at(
        &mut self,
        rates: &mut Rates,
        at: usize,
        among: Among,
        wanted: Wanted,
    ) -> Result<Option<Near>, SolveError> {
        let rate = rates.of(at);
        let Some(relaxation) = &mut rates.spans[at].own else {
            return Ok(None);
        };
        // What stands for all plans that are not looked for costs no less than is looked up to.
        let settings = Settings {
            target: wanted.settings.target.min(wanted.upto),
            ..wanted.settings
        };
        let decomposition = &mut self.program.decomposition;
        decomposition.even_out(&rate)?;
        let look = Look::new(wanted.upto - relaxation.bound, among, wanted.most_years);
        let (known, mut hear) = (wanted.known, |_, _| {});
        let near = decomposition.near(relaxation, look, known, settings, self.stop, &mut hear)?;
        Ok(Some(near))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::Spec;
    use crate::domain::Dataset;
    use crate::eligibility::Eligibility;
    use crate::model::decomposition::Decomposition;
    use crate::model::objectives::{continuity, team_posts};
    use crate::model::{Program, Values};
    use crate::solve::{End, Stop};
    use crate::test_support;

    /// A small year.
    fn year(seed: u64) -> Dataset {
        test_support::year(&Spec::varied(seed, 12, 4, 5))
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
