//! The best plan near the bound of the decomposition, among all years that it can be made of.

use super::Search;
use crate::model::Selection;
use crate::model::decomposition::{Among, FAR, Look, MANY, MOST_SEARCHED, Relaxation};
use crate::solve::{Settings, SolveError};

/// How near to the bound, as a share of it (of 1 at least), the best plan is looked for first.
const NEAR: f64 = 0.0005;

/// How many years of all people a plan is looked for among first, where the best is far.
const FEW: usize = 5_000;

/// How far: the plans that are found soon are good enough to cut off at.
const NODES: u32 = 1;

/// Where more than this share of what lay between plan and bound is left, more years are taken.
const HARDLY_BETTER: f64 = 0.5;

impl Search<'_, '_> {
    /// Looks for the best plan near the bound, and a little farther each time there is none.
    pub(super) fn search_near(&mut self) -> Result<(), SolveError> {
        let Some(mut relaxation) = self.relaxation.clone() else {
            return Ok(());
        };
        let mut room = NEAR * relaxation.bound.abs().max(1.0);
        let mut has_looked = false;
        // Mostly there is no such plan, and where there is one, the nodes come to it.
        let settings = Settings {
            sub_programs: false,
            ..self.settings
        };
        while !self.is_over() {
            let whole = self.goal.room_to_prove(self.value, relaxation.bound);
            let mut look = Look::new(whole.min(room), Among::All, MOST_SEARCHED);
            let is_far = self.value - relaxation.bound > FAR * look.room;
            let looks_first = is_far && !has_looked;
            if looks_first {
                look.most_searched = MANY;
            }
            let (value, before) = (self.value, self.bound);
            let progress = &mut *self.progress;
            let near = self.program.decomposition.near(
                &mut relaxation,
                look,
                Some(&self.best),
                settings,
                self.stop,
                &mut |found, bound| progress(value.min(found), before.max(bound)),
            )?;
            self.bound = self.bound.max(near.bound);
            self.take_kept(near.seats);
            if !near.is_searched {
                if !looks_first {
                    break;
                }
                has_looked = true;
                self.look_for_first_plan(&relaxation)?;
                continue;
            }
            let rounding = 1e-6 * (1.0 + relaxation.bound.abs());
            if look.room >= whole || near.bound < relaxation.bound + look.room - rounding {
                // It is all there is, or as far as the search goes.
                break;
            }
            room *= 2.0;
        }
        Ok(())
    }

    /// Looks for a better plan among a few years of each person, those that lose least, and among more
    /// of them where they have none.
    pub(super) fn look_for_first_plan(
        &mut self,
        relaxation: &Relaxation,
    ) -> Result<(), SolveError> {
        let _span = tracing::info_span!("first plan").entered();
        let settings = Settings {
            max_nodes: Some(NODES.min(self.settings.max_nodes.unwrap_or(u32::MAX))),
            ..self.settings
        };
        let better = relaxation.bound + HARDLY_BETTER * (self.value - relaxation.bound);
        let mut few = FEW;
        while few <= MOST_SEARCHED && self.value > better && !self.is_over() {
            let room = self.goal.room(self.value, relaxation.bound);
            let look = Look::new(room, Among::Best(few), MOST_SEARCHED);
            let (value, before, progress) = (self.value, self.bound, &mut *self.progress);
            let near = self.program.decomposition.near(
                // What is known of a few years is not known of all.
                &mut relaxation.clone(),
                look,
                Some(&self.best),
                settings,
                self.stop,
                &mut |found, _| progress(value.min(found), before),
            )?;
            self.take_kept(near.seats);
            few *= 2;
        }
        Ok(())
    }

    /// Takes a plan, if it keeps what is kept.
    fn take_kept(&mut self, seats: Option<Vec<usize>>) {
        self.take(seats.map(Selection::new).filter(|found| {
            let values = self.program.values(found);
            self.program.decomposition.keeps(&values)
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::Spec;
    use crate::eligibility::Eligibility;
    use crate::model::decomposition::Near;
    use crate::model::objectives::team_posts;
    use crate::model::search::Goal;
    use crate::model::{Program, Values};
    use crate::solve::Stop;
    use crate::test_support::year;

    /// Asks for the fewest empty team posts, values a little apart, so that one plan is best.
    fn fill_teams(program: &mut Program) {
        let columns = program.columns().clone();
        let mut costs = columns.costs(&team_posts::linear(program.eligibility));
        for (at, cost) in costs[..columns.seats].iter_mut().enumerate() {
            *cost += 1e-3 * (at % 7) as f64;
        }
        program.minimise(costs).expect("an objective");
    }

    /// Up to a ceiling there is the optimum, or a proof that there is nothing.
    #[test]
    fn what_is_near_is_found_or_shown_not_to_be_there() {
        let (mut found_some, mut shown_none) = (0, 0);
        for seed in 0..3 {
            let dataset = year(&Spec::varied(seed, 12, 5, 7));
            let eligibility = Eligibility::new(&dataset);
            let mut program = Program::new(&eligibility).expect("a program");
            fill_teams(&mut program);
            let (settings, stop) = (Settings::default(), Stop::never());
            let optimum = program.solve(settings, None, &stop, &mut |_, _| {});
            let optimum = optimum.expect("solved").selection.expect("a plan");
            let least = program.objective(&optimum);
            let nobody = Selection::new(Vec::new());
            let values = program.values(&nobody);
            let decomposition = &mut program.decomposition;
            if !decomposition.keeps(&values) {
                // Somebody is pinned.
                continue;
            }
            decomposition.know(&nobody).expect("years");
            let relaxation = decomposition.relax(&|_, _| false, &stop).expect("solved");
            let mut relaxation = relaxation.expect("a bound");
            for (ceiling, is_there) in [(least - 0.01, false), (least + 0.01, true)] {
                let room = ceiling - relaxation.bound;
                if room <= 0.0 {
                    continue;
                }
                let look = Look::new(room, Among::All, MOST_SEARCHED);
                let near = decomposition.near(
                    &mut relaxation,
                    look,
                    Some(&nobody),
                    settings,
                    &stop,
                    &mut |_, _| {},
                );
                let near = near.expect("solved");
                if is_there {
                    let seats = Selection::new(near.seats.expect("a plan"));
                    assert!(seats.fits(&eligibility));
                    let costs = seats.seats().map(|seat| program.costs[seat]);
                    assert!((costs.sum::<f64>() - least).abs() < 1e-6);
                    assert!((near.bound - least).abs() < 1e-6, "{} {least}", near.bound);
                    found_some += 1;
                } else {
                    assert!(near.seats.is_none());
                    assert!(near.bound >= ceiling - 1e-6, "{} {ceiling}", near.bound);
                    shown_none += 1;
                }
            }
        }
        assert!(
            found_some == 3 && shown_none > 0,
            "{found_some} {shown_none}"
        );
    }

    /// What is known of cuts is of the rows that there were.
    #[test]
    fn a_row_that_came_since_changes_nothing() {
        let (mut found, mut known) = (0, 0);
        for seed in 0..6 {
            let dataset = year(&Spec::varied(seed, 12, 5, 7));
            let eligibility = Eligibility::new(&dataset);
            let mut program = Program::new(&eligibility).expect("a program");
            fill_teams(&mut program);
            let (settings, stop) = (Settings::default(), Stop::never());
            let nobody = Selection::new(Vec::new());
            if !program.decomposition.keeps(&program.values(&nobody)) {
                // Somebody is pinned.
                continue;
            }
            program.decomposition.know(&nobody).expect("years");
            let relaxation = program.decomposition.relax(&|_, _| false, &stop);
            let mut relaxation = relaxation.expect("solved").expect("a bound");
            let look = Look::new(2.0, Among::All, MOST_SEARCHED);
            let near = |program: &mut Program, relaxation: &mut Relaxation| {
                let decomposition = &mut program.decomposition;
                let near = decomposition.near(
                    relaxation,
                    look,
                    Some(&nobody),
                    settings,
                    &stop,
                    &mut |_, _| {},
                );
                near.expect("solved")
            };
            let first = near(&mut program, &mut relaxation);
            let row = program.decomposition.keep_at_most(vec![(0, 1.0)], 1.0);
            row.expect("a row");
            let again = near(&mut program, &mut relaxation);
            let value = |near: &Near| {
                let seats = near.seats.clone().map(Selection::new);
                seats.map(|seats| program.objective(&seats))
            };
            let (one, other) = (value(&first), value(&again));
            assert_eq!(one.is_some(), other.is_some(), "{seed}");
            if let (Some(one), Some(other)) = (one, other) {
                assert!((one - other).abs() < 1e-6, "{seed}: {one} {other}");
                found += 1;
            }
            known += 1;
        }
        assert!(found > 1 && known > 2, "{found} of {known}");
    }

    /// Where there are no more years than are looked at, it ends at the optimum.
    #[test]
    fn among_the_best_years_of_each_there_is_the_best_plan() {
        let mut gained = 0;
        for seed in 0..3 {
            let dataset = year(&Spec::varied(seed, 10, 3, 5));
            let eligibility = Eligibility::new(&dataset);
            let mut program = Program::new(&eligibility).expect("a program");
            let costs = program.columns().costs(&team_posts::linear(&eligibility));
            program.minimise(costs).expect("an objective");
            let (settings, stop) = (Settings::default(), Stop::never());
            let optimum = program.solve(settings, None, &stop, &mut |_, _| {});
            let least = program.objective(&optimum.expect("solved").selection.expect("a plan"));
            let nobody = Selection::new(Vec::new());
            if !program.decomposition.keeps(&program.values(&nobody)) {
                // Somebody is pinned.
                continue;
            }
            program.decomposition.know(&nobody).expect("years");
            let relaxation = program.decomposition.relax(&|_, _| false, &stop);
            let values = Values::Whole;
            let (goal, mut hear) = (Goal { values, settings }, |_, _| {});
            let mut search = Search::new(&mut program, goal, nobody, &stop, &mut hear);
            let relaxation = relaxation.expect("solved").expect("a bound");
            let looked = search.look_for_first_plan(&relaxation);
            looked.expect("solved");
            let (best, value) = (search.best, search.value);
            assert!(best.fits(&eligibility));
            assert!(program.decomposition.keeps(&program.values(&best)));
            assert!((value - least).abs() < 1e-6, "{value} {least}");
            gained += i32::from(value < 0.0);
        }
        assert!(gained > 0);
    }
}
