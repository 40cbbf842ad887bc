//! T8, asked in T7's terms: what T7 is at least with no more than so many IRPs led by another. Over
//! mixtures of years T7 has no price in T8's own bound, which stays low.

use super::Search;
use super::rates::Answer;
use super::spans::{Lowest, Rates};
use crate::model::objectives::fairness::{self, DaysUsed};
use crate::solve::{Settings, SolveError};

/// What T7 may lie above what it may be, and be no more than that but for rounding.
const SAME: f64 = 1e-4;

impl Search<'_, '_> {
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
}
