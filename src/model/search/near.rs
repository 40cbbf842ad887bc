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
