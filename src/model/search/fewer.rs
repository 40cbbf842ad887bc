//! T8, asked in T7's terms: what T7 is at least with no more than so many IRPs led by another. Over
//! mixtures of years T7 has no price in T8's own bound, which stays low. Where a mixture leaves it
//! half open whether an IRP counts, it is asked once where it does and once where it does not: there
//! are few that may be led by the same person again.

use std::collections::BTreeMap;

use super::Search;
use super::rates::{Answer, Wanted};
use super::spans::{Lowest, Rates};
use crate::domain::InspectionIx;
use crate::model::Selection;
use crate::model::decomposition::Relaxation;
use crate::model::objectives::fairness::{self, DaysUsed};
use crate::solve::{Settings, SolveError};

/// What T7 may lie above what it may be, and be no more than that but for rounding.
const SAME: f64 = 1e-4;

/// How far from whole a share is that is half open.
const HALF_OPEN: f64 = 1e-3;

/// How many decisions there are for one number of IRPs.
const DECISIONS: u32 = 200;

/// See [`Fewer::most_years`].
const MOST_YEARS: usize = 10_000;

/// How many times as many are searched where a plan is looked for among few seats.
const MORE_OF_USED: usize = 6;

/// The same among the best years of each person.
const MORE_OF_BEST: usize = 3;

/// How many looks for a plan go only a little above a rate's bound.
const NEAR_LOOKS: u32 = 3;

/// What is asked.
struct Fewer {
    /// The most that T7 may be.
    most: f64,
    /// Of each inspection that may count, the seats with which it does.
    counting: Vec<Vec<usize>>,
    /// How many years are searched at most before one more decision makes them fewer.
    most_years: usize,
    /// How many more decisions there may be.
    decisions: u32,
}

/// What is decided one way and the other.
struct Decision {
    /// Whether one of these seats is held.
    seats: Vec<usize>,
    /// Which is asked first.
    first: bool,
}

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
        let counting = self.by_inspection(&terms);
        let all = fairness::rates(self.program.eligibility);
        while !self.is_over() {
            let fewest = self.bound;
            let mut fewer = Fewer {
                most,
                counting: counting.clone(),
                most_years: MOST_YEARS,
                decisions: DECISIONS,
            };
            let decomposition = &mut self.program.decomposition;
            let row = decomposition.try_at_most(terms.clone(), fewest)?;
            let days = DaysUsed::of(self.program.eligibility, &self.best);
            let undecided: Vec<usize> = (0..counting.len()).collect();
            let answer = self.search_at_most(&mut fewer, &undecided, Rates::new(&all, &days))?;
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

    /// The seats that count, by their inspection.
    fn by_inspection(&self, terms: &[(usize, f64)]) -> Vec<Vec<usize>> {
        let mut of: BTreeMap<InspectionIx, Vec<usize>> = BTreeMap::new();
        let eligibility = self.program.eligibility;
        for (seat, _) in terms {
            let post = eligibility.engagement(eligibility.candidates[*seat]);
            of.entry(post.inspection).or_default().push(*seat);
        }
        of.into_values().collect()
    }

    /// Looks for any plan of no more than that T7, where it is `undecided` of some inspections whether
    /// they count.
    fn search_at_most(
        &mut self,
        fewer: &mut Fewer,
        undecided: &[usize],
        mut rates: Rates,
    ) -> Result<Answer, SolveError> {
        let ceiling = fewer.most + SAME;
        let wanted = Wanted {
            upto: ceiling,
            known: None,
            most_years: fewer.most_years,
            settings: Settings {
                absolute_gap: SAME,
                relative_gap: 0.0,
                target: fewer.most,
                ..self.settings
            },
        };
        let is_first = undecided.len() == fewer.counting.len();
        let mut is_looked_among_used = false;
        let mut looks = 0;
        loop {
            let next = rates.next(&mut self.program.decomposition, ceiling, self.stop)?;
            let at = match next {
                Lowest::Of(at) if !self.stop.is_set() => at,
                Lowest::AtCeiling => return Ok(Answer::NoPlan),
                Lowest::Of(_) | Lowest::Unknown => return Ok(Answer::Unknown),
            };
            let half_open = fewer.half_open(&rates, at, undecided);
            if !is_looked_among_used && (is_first || half_open.is_none()) {
                is_looked_among_used = true;
                let wanted = wanted.among(MORE_OF_USED * fewer.most_years);
                let found = self.look_among_used(&mut rates, at, wanted)?;
                if let Some(found) = found.filter(|found| self.is_one(fewer, found)) {
                    return Ok(Answer::Plan(found));
                }
            }
            if let Some(one) = half_open {
                let left = undecided.iter().copied().filter(|other| *other != one);
                let left: Vec<usize> = left.collect();
                let decision = Decision {
                    seats: fewer.counting[one].clone(),
                    first: false,
                };
                return self.decide(fewer, &decision, &left, &rates);
            }
            // A little above the bound there may be a plan, which is soon found.
            let upto = if looks < NEAR_LOOKS {
                rates.upto(at, ceiling)
            } else {
                ceiling
            };
            looks += 1;
            match self.look_at_rate(&mut rates, at, Wanted { upto, ..wanted })? {
                // At another rate it may be even less, but not more.
                Answer::Plan(found) if self.is_one(fewer, &found) => {
                    return Ok(Answer::Plan(found));
                }
                Answer::NoPlan => {}
                Answer::Plan(_) => return Ok(Answer::Unknown),
                Answer::Unknown => {
                    let wanted = wanted.among(MORE_OF_BEST * fewer.most_years);
                    let found = self.look_among_best(&mut rates, at, wanted)?;
                    if let Some(found) = found.filter(|found| self.is_one(fewer, found)) {
                        return Ok(Answer::Plan(found));
                    }
                    let mixture = rates.spans[at].own.as_ref();
                    let Some(seat) = mixture.and_then(|mixture| mixture.half_held(HALF_OPEN))
                    else {
                        return Ok(Answer::Unknown);
                    };
                    let decision = Decision {
                        seats: vec![seat],
                        first: true,
                    };
                    return self.decide(fewer, &decision, undecided, &rates);
                }
            }
        }
    }

    /// The same where one of some seats is held, and where none is.
    fn decide(
        &mut self,
        fewer: &mut Fewer,
        decision: &Decision,
        undecided: &[usize],
        rates: &Rates,
    ) -> Result<Answer, SolveError> {
        let Some(left) = fewer.decisions.checked_sub(1) else {
            return Ok(Answer::Unknown);
        };
        fewer.decisions = left;
        for is_held in [decision.first, !decision.first] {
            let (factor, most) = if is_held { (-1.0, -1.0) } else { (1.0, 0.0) };
            let terms = decision.seats.iter().map(|seat| (*seat, factor));
            let decomposition = &mut self.program.decomposition;
            let row = decomposition.try_at_most(terms.collect(), most)?;
            let answer = self.search_at_most(fewer, undecided, rates.with_more_asked())?;
            self.program.decomposition.release(row)?;
            if !matches!(answer, Answer::NoPlan) {
                return Ok(answer);
            }
        }
        Ok(Answer::NoPlan)
    }

    /// Whether a plan is one that is looked for.
    fn is_one(&self, fewer: &Fewer, found: &Selection) -> bool {
        let days = DaysUsed::of(self.program.eligibility, found);
        let values = self.program.values(found);
        days.value() <= fewer.most && self.program.decomposition.keeps(&values)
    }
}

impl Fewer {
    /// The inspection of which it is most open in the mixture of a rate whether it counts.
    fn half_open(&self, rates: &Rates, at: usize, undecided: &[usize]) -> Option<usize> {
        let mixture = rates.spans[at].own.as_ref()?;
        let share = |one: usize| mixture.share_of(&self.counting[one]);
        Relaxation::nearest_to_half(undecided.iter().map(|one| (*one, share(*one))), HALF_OPEN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::Spec;
    use crate::eligibility::Eligibility;
    use crate::model::objectives::continuity;
    use crate::model::search::Goal;
    use crate::model::{Program, Values};
    use crate::solve::Stop;
    use crate::test_support;

    /// How much T7 may lie above its optimum.
    const ROOM: f64 = 2.0;

    /// Whatever is decided first, it comes to what HiGHS finds over all seats.
    #[test]
    fn one_way_and_the_other_it_comes_to_the_same() {
        let (mut plans, mut none) = (0, 0);
        for seed in 0..10 {
            let dataset = test_support::year(&Spec::varied(seed, 12, 4, 5));
            let eligibility = Eligibility::new(&dataset);
            let mut program = Program::new(&eligibility).expect("a program");
            let (settings, stop) = (Settings::default(), Stop::never());
            let columns = program.columns().clone();
            let mut best = Selection::new(Vec::new());
            if !program.decomposition.keeps(&program.values(&best)) {
                // Somebody is pinned.
                continue;
            }
            let mut unevenness = vec![0.0; columns.total];
            let of_people = columns.unevenness.iter();
            of_people.for_each(|(_, column)| unevenness[*column] = 1.0);
            let attended =
                columns.costs(&crate::model::objectives::attendance::linear(&eligibility));
            let continued = columns.costs(&continuity::linear(&eligibility));
            let mut reached = Vec::new();
            for costs in [&attended, &unevenness, &continued] {
                program.minimise(costs.clone()).expect("an objective");
                let found = program.solve(settings, Some(&best), &stop, &mut |_, _| {});
                best = found.expect("solved").selection.expect("a plan");
                let value = program.objective(&best);
                reached.push(value);
                // Some room, so that a mixture does not tell.
                let room = if costs == &unevenness { ROOM } else { 0.0 };
                if costs != &continued {
                    let most = value + room + 1e-6;
                    program.keep_at_most(costs, most).expect("a row");
                }
            }
            let (most, least) = (reached[1] + ROOM + 1e-6, reached[2]);
            program.decomposition.know(&best).expect("years");
            let values = Values::Whole;
            let (goal, mut hear) = (Goal { values, settings }, |_, _| {});
            let mut search = Search::new(&mut program, goal, best, &stop, &mut hear);
            assert_eq!(search.value, least);
            let terms = continued.iter().copied().enumerate();
            let terms: Vec<(usize, f64)> = terms.filter(|(_, cost)| *cost != 0.0).collect();
            let counting = search.by_inspection(&terms);
            let all = fairness::rates(&eligibility);
            let undecided: Vec<usize> = (0..counting.len()).collect();
            let of_plan = search.best.seats().take(3).map(|seat| vec![seat]);
            let decisions: Vec<_> = counting.iter().cloned().chain(of_plan).collect();
            for seats in decisions {
                for fewest in [least, least - 1.0] {
                    let mut fewer = Fewer {
                        most,
                        counting: counting.clone(),
                        most_years: MOST_YEARS,
                        decisions: 2,
                    };
                    let decomposition = &mut search.program.decomposition;
                    let row = decomposition.try_at_most(terms.clone(), fewest);
                    let row = row.expect("a row");
                    let rates = Rates::new(&all, &DaysUsed::of(&eligibility, &search.best));
                    let decision = Decision {
                        seats: seats.clone(),
                        first: fewest == least,
                    };
                    let answer = search.decide(&mut fewer, &decision, &undecided, &rates);
                    match answer.expect("solved") {
                        Answer::Plan(found) => {
                            assert!(found.fits(&eligibility));
                            assert_eq!(fewest, least, "{seed}");
                            plans += 1;
                        }
                        Answer::NoPlan => {
                            assert!(fewest < least, "{seed}");
                            none += 1;
                        }
                        Answer::Unknown => panic!("{seed}: it is not known"),
                    }
                    search.program.decomposition.release(row).expect("a row");
                }
            }
        }
        assert!(plans > 10 && none > 10, "{plans} {none}");
    }
}
