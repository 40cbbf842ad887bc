//! The best plan near the bound of the decomposition, among all years that it can be made of.

use super::Search;
use crate::model::Selection;
use crate::model::decomposition::{Among, FAR, IfFar, Look, MOST_SEARCHED};
use crate::solve::{Settings, SolveError};

/// How near to the bound, as a share of it (of 1 at least), the best plan is looked for first.
const NEAR: f64 = 0.0005;

impl Search<'_, '_> {
    /// Looks for the best plan near the bound, and a little farther each time there is none.
    pub(super) fn search_near(&mut self) -> Result<(), SolveError> {
        let Some(mut relaxation) = self.relaxation.clone() else {
            return Ok(());
        };
        let mut room = NEAR * relaxation.bound.abs().max(1.0);
        let if_first_far = match self.is_for_neighbourhoods() {
            true => IfFar::Tell,
            false => IfFar::GoOn,
        };
        let mut if_far = if_first_far;
        // Mostly there is no such plan, and where there is one, the nodes come to it.
        let settings = Settings {
            sub_programs: false,
            ..self.settings
        };
        while !self.is_over() {
            let whole = self.goal.room_to_prove(self.value, relaxation.bound);
            let look = Look {
                room: whole.min(room),
                if_far,
                among: Among::All,
                most_years: MOST_SEARCHED,
            };
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
            let Some(near) = near else {
                // There are too many years.
                let is_far = self.value - relaxation.bound > FAR * look.room;
                if is_far && self.is_for_neighbourhoods() {
                    self.search_neighbourhoods()?;
                }
                break;
            };
            self.bound = self.bound.max(near.bound);
            let found = near.seats.map(Selection::new).filter(|found| {
                let values = self.program.values(found);
                self.program.decomposition.keeps(&values)
            });
            self.take(found);
            if near.is_far {
                self.search_neighbourhoods()?;
                if_far = IfFar::GoOn;
                continue;
            }
            if_far = if_first_far;
            let rounding = 1e-6 * (1.0 + relaxation.bound.abs());
            if look.room >= whole || near.bound < relaxation.bound + look.room - rounding {
                // It is all there is, or as far as the search goes.
                break;
            }
            room *= 2.0;
        }
        Ok(())
    }
}
