//! The search from a plan to the optimum: a bound of the decomposition, better plans among few
//! seats, and at last all the seats that a better plan can take.

mod fewer;
mod near;
mod rates;
mod spans;

use std::cell::Cell;

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::decomposition::Relaxation;
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

/// How far the search among few seats goes.
const NODES_OF_A_PART: u32 = 200;

/// How far all seats are searched while other mixtures may still give a better plan.
const NODES_OF_A_TRIAL: u32 = 1;

/// How many other mixtures are looked at, where many are equally good.
const MIXTURES: u32 = 6;

/// The most that one seat is charged at random to tell mixtures apart.
const CHARGE: f64 = 0.1;

/// How close to its own bound such a mixture need be: it is to be another one, not the best.
const CLOSE: f64 = 5.0 * CHARGE;

/// How many rounds of new columns it may take to come there.
const ROUNDS: u32 = 12;

/// How little is left to gain, as a share of the value, when more columns are not worth it.
const TOO_LITTLE: f64 = 1e-5;

/// A share of a value by which sums of the same numbers may differ.
const SAME: f64 = 1e-12;

/// What a bound may lie above a whole number by, and still be one of that number.
const ROUNDING: f64 = 1e-4;

impl Program<'_> {
    /// Solves for the objective, beginning from a plan that keeps all that is to be kept; one
    /// that does not is left aside.
    pub fn search(
        &mut self,
        values: Values,
        settings: Settings,
        start: &Selection,
        stop: &Stop,
        progress: &mut dyn FnMut(f64, f64),
    ) -> Result<Found, SolveError> {
        let values_of_start = self.values(start);
        let keeps = self.decomposition.keeps(&values_of_start) && start.fits(self.eligibility);
        if !keeps {
            // Bounds would be measured against what is no plan.
            return self.solve(settings, None, stop, progress);
        }
        let goal = Goal { values, settings };
        let mut search = Search::new(self, goal, start.clone(), stop, progress);
        search.run()?;
        let relaxation = search.relaxation.take();
        let end = if search.goal.proves(search.value, search.bound) {
            End::Proven
        } else if stop.is_set() {
            End::Stopped
        } else {
            End::Limit
        };
        let found = Found {
            selection: Some(search.best),
            bound: search.bound,
            end,
        };
        self.relaxation = relaxation;
        Ok(found)
    }

    fn objective(&self, selection: &Selection) -> f64 {
        let values = self.values(selection);
        std::iter::zip(&self.costs, &values)
            .map(|(cost, value)| cost * value)
            .sum()
    }
}

/// When a value counts as proven.
#[derive(Clone, Copy)]
struct Goal {
    values: Values,
    settings: Settings,
}

impl Goal {
    fn proves(self, value: f64, bound: f64) -> bool {
        let same = SAME * value.abs().max(1.0);
        value - self.rounded(bound) <= self.settings.gap(value) + same
    }

    /// A bound on whole numbers is one on the next whole number.
    fn rounded(self, bound: f64) -> f64 {
        match self.values {
            Values::Whole => (bound - ROUNDING).ceil(),
            Values::Real => bound,
        }
    }

    /// How far above a bound no plan may lie for `value` to be proven.
    fn room_to_prove(self, value: f64, bound: f64) -> f64 {
        // A little less, so that what is proven does not hang on rounding.
        value - 0.99 * self.settings.gap(value) - bound
    }

    /// How far above a bound a plan may lie that is better than one of `value`.
    fn room(self, value: f64, bound: f64) -> f64 {
        match self.values {
            Values::Whole => value - 1.0 + ROUNDING - bound,
            Values::Real => value - bound,
        }
    }
}

struct Search<'p, 'a> {
    program: &'p mut Program<'a>,
    goal: Goal,
    settings: Settings,
    stop: &'p Stop,
    progress: &'p mut dyn FnMut(f64, f64),
    best: Selection,
    /// The objective of `best`.
    value: f64,
    /// No plan has an objective below this.
    bound: f64,
    relaxation: Option<Relaxation>,
}

impl<'p, 'a> Search<'p, 'a> {
    /// Beginning from a plan that keeps all that is to be kept.
    fn new(
        program: &'p mut Program<'a>,
        goal: Goal,
        start: Selection,
        stop: &'p Stop,
        progress: &'p mut dyn FnMut(f64, f64),
    ) -> Self {
        Self {
            value: program.objective(&start),
            program,
            goal,
            settings: goal.settings,
            stop,
            progress,
            best: start,
            bound: f64::NEG_INFINITY,
            relaxation: None,
        }
    }

    fn run(&mut self) -> Result<(), SolveError> {
        self.program.decomposition.know(&self.best)?;
        if self.program.is_unevenness(&self.program.costs) {
            self.search_rates()?;
            return self.search_all(self.settings.max_nodes);
        }
        let (goal, value) = (self.goal, self.value);
        let enough = |bound: f64, mixture: f64| match goal.values {
            // More would not round to more.
            Values::Whole => {
                goal.proves(value, bound) || goal.rounded(mixture) <= goal.rounded(bound)
            }
            Values::Real => mixture - bound <= TOO_LITTLE * mixture.abs(),
        };
        self.relaxation = self.program.decomposition.relax(&enough, self.stop)?;
        if let Some(relaxation) = &self.relaxation {
            self.bound = goal.rounded(relaxation.bound);
            (self.progress)(self.value, self.bound);
            let used = relaxation.used();
            match goal.values {
                Values::Whole => {
                    if let Some(most) = self.program.most_uneven {
                        self.search_fewer(most)?;
                    }
                    self.search_part(&used, NODES_OF_A_PART)?;
                    self.look_at_mixtures()?;
                }
                Values::Real if self.program.is_made_of_years() => self.search_near()?,
                Values::Real => self.search_part(&used, NODES_OF_A_PART)?,
            }
        }
        self.search_all(self.settings.max_nodes)
    }

    /// Whether nothing is left to do: the value is proven, or it is time to stop.
    fn is_over(&self) -> bool {
        self.goal.proves(self.value, self.bound) || self.stop.is_set()
    }

    /// Looks for a better plan among a few seats.
    fn search_part(&mut self, seats: &[usize], max_nodes: u32) -> Result<(), SolveError> {
        if self.is_over() {
            return Ok(());
        }
        let settings = Settings {
            max_nodes: Some(max_nodes.min(self.settings.max_nodes.unwrap_or(u32::MAX))),
            target: self.bound + self.settings.absolute_gap.min(0.5),
            ..self.settings
        };
        let (bound, progress) = (self.bound, &mut *self.progress);
        let found =
            self.program
                .solve_among(seats, settings, &self.best, self.stop, &mut |value, _| {
                    progress(value, bound)
                })?;
        self.take(found.selection);
        Ok(())
    }

    /// Looks for a better plan in other mixtures that are as good, and, each time there is a
    /// plan next to the bound, whether that is all there is.
    fn look_at_mixtures(&mut self) -> Result<(), SolveError> {
        let mut random = ChaCha8Rng::seed_from_u64(u64::from(self.settings.seed));
        let mut tried = f64::INFINITY;
        for _ in 0..MIXTURES {
            if self.is_over() {
                break;
            }
            match self.another_mixture(&mut random)? {
                Some(used) => self.search_part(&used, NODES_OF_A_PART)?,
                None => break,
            }
            if self.value < tried && self.value - self.bound < 1.5 {
                tried = self.value;
                self.search_all(Some(NODES_OF_A_TRIAL))?;
            }
        }
        Ok(())
    }

    /// The seats that one of many equally good mixtures uses: the one that is best when each
    /// seat is charged a little at random.
    fn another_mixture(
        &mut self,
        random: &mut ChaCha8Rng,
    ) -> Result<Option<Vec<usize>>, SolveError> {
        let seats = self.program.columns().seats;
        let mut charged = self.program.costs.clone();
        for cost in &mut charged[..seats] {
            *cost += CHARGE * random.random::<f64>();
        }
        let decomposition = &mut self.program.decomposition;
        decomposition.minimise(charged)?;
        let rounds = Cell::new(0);
        let close = |bound: f64, mixture: f64| {
            rounds.set(rounds.get() + 1);
            mixture - bound < CLOSE || rounds.get() >= ROUNDS
        };
        let relaxation = decomposition.relax(&close, self.stop)?;
        decomposition.minimise(self.program.costs.clone())?;
        Ok(relaxation.map(|relaxation| relaxation.used()))
    }

    /// Searches among all the seats that a better plan can take.
    fn search_all(&mut self, max_nodes: Option<u32>) -> Result<(), SolveError> {
        if self.is_over() {
            return Ok(());
        }
        let seats = match &self.relaxation {
            Some(relaxation) => {
                let room = self.goal.room(self.value, relaxation.bound);
                self.program.decomposition.within(relaxation, room)
            }
            None => (0..self.program.columns().seats).collect(),
        };
        let settings = Settings {
            max_nodes,
            ..self.settings
        };
        let (before, progress) = (self.bound, &mut *self.progress);
        let found = self.program.solve_among(
            &seats,
            settings,
            &self.best,
            self.stop,
            &mut |value, bound| progress(value, f64::max(before, bound)),
        )?;
        // A plan with other seats is no better than the one that there was.
        let bound = self.goal.rounded(found.bound).min(self.value);
        self.bound = self.bound.max(bound);
        self.take(found.selection);
        Ok(())
    }

    fn take(&mut self, found: Option<Selection>) {
        if let Some(found) = found {
            let value = self.program.objective(&found);
            if value < self.value {
                self.best = found;
                self.value = value;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::Spec;
    use crate::domain::Dataset;
    use crate::eligibility::Eligibility;
    use crate::model::objectives::{continuity, team_posts};
    use crate::test_support::year;

    #[test]
    fn a_start_that_is_no_plan_is_left_aside() {
        let dataset = year(&Spec::varied(1, 12, 4, 4));
        let eligibility = Eligibility::new(&dataset);
        let mut program = Program::new(&eligibility).expect("a program");
        let columns = program.columns().clone();
        let mut held = vec![0.0; columns.total];
        held[..columns.seats].fill(1.0);
        program.keep_at_most(&held, 0.0).expect("a row");
        let costs = columns.costs(&team_posts::linear(&eligibility));
        let taken = (0..columns.seats).find(|seat| costs[*seat] < 0.0);
        program.minimise(costs).expect("an objective");
        let start = Selection::new(vec![taken.expect("a team post")]);
        let (settings, stop) = (Settings::default(), Stop::never());
        let found = program.search(Values::Whole, settings, &start, &stop, &mut |_, _| {});
        let found = found.expect("a search");
        assert_eq!(found.end, End::Proven);
        let nobody = Selection::new(Vec::new());
        assert_eq!(found.selection, Some(nobody));
    }

    /// The fewest empty team posts, then the fewest IRPs with another lead, and how many seats
    /// there are left.
    fn optima(dataset: &Dataset, closes: bool) -> Option<(f64, f64, usize)> {
        let eligibility = Eligibility::new(dataset);
        let mut program = Program::new(&eligibility).expect("a program");
        let (settings, stop) = (Settings::default(), Stop::never());
        let mut best = Selection::new(Vec::new());
        if !program.decomposition.keeps(&program.values(&best)) {
            // Somebody is pinned.
            return None;
        }
        let mut reached = Vec::new();
        for linear in [
            team_posts::linear(&eligibility),
            continuity::linear(&eligibility),
        ] {
            let costs = program.columns().costs(&linear);
            program.minimise(costs).expect("an objective");
            let found = program.search(Values::Whole, settings, &best, &stop, &mut |_, _| {});
            let found = found.expect("solved");
            assert_eq!(found.end, End::Proven);
            best = found.selection.expect("a plan");
            let value = linear.value(&best) as f64;
            reached.push(value);
            let most = value - linear.constant as f64;
            if closes {
                program.keep_for_good(most, &best).expect("a row");
                program.close().expect("fewer seats");
            } else {
                let costs = program.costs.clone();
                program.keep_at_most(&costs, most).expect("a row");
            }
        }
        let open = program.open.iter().filter(|open| **open).count();
        Some((reached[0], reached[1], open))
    }

    #[test]
    fn taking_seats_away_leaves_the_optimum() {
        let (mut compared, mut taken) = (0, 0);
        for seed in 0..12 {
            let dataset = year(&Spec::varied(seed, 14, 4, 6));
            let (Some(with), Some(without)) = (optima(&dataset, true), optima(&dataset, false))
            else {
                continue;
            };
            assert_eq!((with.0, with.1), (without.0, without.1), "seed {seed}");
            compared += 1;
            taken += usize::from(with.2 < without.2);
        }
        assert!(compared > 3 && taken > 3, "{compared} {taken}");
    }
}
