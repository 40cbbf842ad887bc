//! Large years: what is found before their program, or in place of it.

use super::Search;
use crate::allocate::{LARGE, draft};
use crate::domain::Role;
use crate::model::objectives::Tier;
use crate::solve::Stop;

/// In a large year, the share of T1's time in which leads are worked in, so that teams have their time
/// too; that of T6's in which posts are given out anew, and the same where no program searches for T6; that
/// of what is then left in which chains make them cheaper; and that of the rest in which its bound is
/// raised by prices of people's days.
const LED: f64 = 0.5;
const GIVEN_ANEW: f64 = 0.3;
const GIVEN_ANEW_ALONE: f64 = 0.8;
const CHEAPENED: f64 = 0.3;
const PRICED: f64 = 0.8;

/// In years of more seats T6 is not searched by a program: on one of ten times the size, of
/// 240,000, the decomposition came to no better bound in eight minutes.
const MOST_COSTED: usize = 200_000;

impl Search<'_> {
    /// Whether T6 takes too long to be searched by a program.
    pub(super) fn is_costly(&self) -> bool {
        self.eligibility.candidates.len() > MOST_COSTED
    }

    fn share_given_anew(&self) -> f64 {
        match self.is_costly() {
            true => GIVEN_ANEW_ALONE,
            false => GIVEN_ANEW,
        }
    }

    /// In a large year, whose program takes long: has chains of people fill posts and make them cheaper,
    /// and returns the tier's bound, which may be a better one.
    pub(super) fn work_in(&mut self, tier: Tier, bound: f64, stop: &Stop) -> f64 {
        let eligibility = self.eligibility;
        let large = self.options.large.unwrap_or(LARGE);
        let is_large = eligibility.candidates.len() >= large;
        let best = self.best.as_ref();
        let Some(best) = best.filter(|_| is_large && self.held.is_none()) else {
            return bound;
        };
        let work_in = |role, stop: &Stop| {
            let (enough, seed) = (bound as i64, self.options.seed);
            draft::worked_in(eligibility, best, role, enough, seed, stop)
        };
        let found = match tier {
            Tier::T1 => work_in(Role::Lead, &stop.for_share(LED)),
            Tier::T3 => work_in(Role::Team, stop),
            Tier::T6 => draft::given_anew(
                eligibility,
                best,
                self.options.seed,
                &stop.for_share(self.share_given_anew()),
            ),
            _ => return bound,
        };
        self.take_if_better(tier, found);
        if let (Tier::T6, Some(best)) = (tier, &self.best) {
            let cheapened = draft::cheapened(eligibility, best, &stop.for_share(CHEAPENED));
            self.take_if_better(tier, cheapened);
        }
        match (tier, &self.alone, &self.best) {
            (Tier::T6, Some(alone), Some(best)) => {
                let known = self.measures.value(tier, best).number() as i64;
                let stop = stop.for_share(PRICED);
                let priced = alone.cost_at_least(eligibility, &self.kept_whole(), known, &stop);
                priced.map_or(bound, |priced| bound.max(priced as f64))
            }
            _ => bound,
        }
    }
}
