//! Large neighbourhoods: a few people's years anew, while everybody else keeps theirs.

use std::collections::BTreeSet;

use rand::SeedableRng as _;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;

use super::Search;
use crate::domain::InspectorIx;
use crate::solve::SolveError;

/// How many people are planned anew at a time.
const FEW: usize = 8;

/// How many groups are tried.
const GROUPS: u32 = 12;

/// How far a group's program is searched.
const NODES: u32 = 5;

/// How much more than the best year at the prices of the bound a year may cost, as a share of the
/// bound, for its seats to be tried.
const WIDE: f64 = 0.02;

/// How much oftener a person is chosen whose loss is the average's than one who loses nothing, less 1.
const OFTENER: f64 = 2.0;

/// Years of no more people than this are left out: on those of `tests/counted_work.rs` it took 68 %
/// more steps of the simplex method. Where between them and the demo's 80 the limit should be is not
/// measured.
const SMALL: usize = 40;

impl Search<'_, '_> {
    /// Whether there are so many people that a few at a time are worth planning.
    pub(super) fn is_for_neighbourhoods(&self) -> bool {
        self.program.eligibility.dataset.inspectors.len() > SMALL
    }

    /// Looks for better plans in which all but a few people keep what they hold: mostly of those
    /// whose years lose most against their best ones.
    pub(super) fn search_neighbourhoods(&mut self) -> Result<(), SolveError> {
        let Some(relaxation) = self.relaxation.clone() else {
            return Ok(());
        };
        let _span = tracing::info_span!("neighbourhoods").entered();
        let scale = relaxation.bound.abs().max(1.0);
        let room = f64::min(WIDE * scale, self.goal.room(self.value, relaxation.bound));
        let seats = self.program.decomposition.within(&relaxation, room);
        let mut random = ChaCha8Rng::seed_from_u64(u64::from(self.settings.seed));
        for _ in 0..GROUPS {
            if self.is_over() {
                break;
            }
            let losses = self.program.decomposition.losses(&relaxation, &self.best);
            let average = losses.iter().map(|(_, loss)| loss).sum::<f64>() / losses.len() as f64;
            let weight = |of: &(InspectorIx, f64)| OFTENER * of.1 + average;
            let Ok(group) = losses.sample_weighted(&mut random, FEW, weight) else {
                // Nobody loses anything: nothing is to be gained.
                break;
            };
            let group: BTreeSet<InspectorIx> = group.map(|(person, _)| *person).collect();
            let candidates = &self.program.eligibility.candidates;
            let is_own = |seat: &usize| group.contains(&candidates[*seat].person);
            let own: Vec<usize> = seats.iter().copied().filter(is_own).collect();
            self.search_part(&own, NODES)?;
        }
        Ok(())
    }
}
