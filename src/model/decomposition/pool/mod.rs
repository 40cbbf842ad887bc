//! All years of single people that a plan near the bound can be made of.
//!
//! At the prices of a bound, a plan costs what the bound is and what each of its years loses
//! against the best year of the same person. A plan that lies no more than some room above the
//! bound is therefore made of years that lose no more than that, and where the room is small they
//! can all be listed. Over the list no year need be searched for any more, so that its relaxation
//! can be tightened by cuts; years that lose too much then are struck out ([`tightening`]), and
//! HiGHS solves what is left ([`search`]).

mod search;
mod tightening;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::cuts::Cut;
use super::linking::Linking;
use crate::solve::Column;
pub use tightening::Tightened;

/// So many years that a plan is looked for first, where the best is far: to show that there is none
/// so near takes long.
pub const MANY: usize = 8_000;

/// How many times as far as is looked the best plan lies where it is far.
pub const FAR: f64 = 3.0;

/// So many years HiGHS can search in half a gigabyte: it takes 470 MiB for 59,000 on the demo's scale.
pub const MOST_SEARCHED: usize = 60_000;

/// All that one person holds.
#[derive(Clone, Debug)]
pub struct Year {
    /// Whose: a position among those who have posts.
    pub person: usize,
    /// Positions in [`crate::eligibility::Eligibility::candidates`].
    pub seats: Vec<usize>,
}

/// What is known of the plans near a bound.
pub struct Near {
    /// The seats of the best that was found, if any was.
    pub seats: Option<Vec<usize>>,
    /// No plan has an objective below this.
    pub bound: f64,
    /// Whether the years were few enough to be searched.
    pub is_searched: bool,
}

impl Near {
    /// Of so many years that they are not searched.
    pub(super) fn too_many(bound: f64) -> Self {
        Self {
            seats: None,
            bound,
            is_searched: false,
        }
    }
}

/// The years that plans near a bound can use.
pub struct Pool<'a> {
    linking: &'a Linking,
    /// The first so many are of a mixture and of a plan that are known: there is a solution of
    /// the relaxation among them.
    years: Vec<Listed>,
    known: usize,
    /// The best plan so far, if one is known.
    plan: Option<Plan>,
    /// The bounds of the rows of which there can be cuts.
    most: Vec<Option<i64>>,
    /// Plans above this are not looked for.
    ceiling: f64,
    /// No plan of these years has an objective below this.
    bound: f64,
    /// The cuts with the prices that they had last, new ones without.
    cuts: Vec<(Cut, f64)>,
    /// The prices of the linking rows, once a relaxation was solved.
    prices: Option<Vec<f64>>,
}

struct Listed {
    year: Year,
    cost: f64,
    /// Its coefficients in the linking rows, and last in its person's.
    terms: Vec<(usize, f64)>,
    /// Its coefficients in the cuts.
    cuts: Vec<(usize, f64)>,
    /// Its column in the relaxation, once it has one.
    column: Option<usize>,
    /// A plan that holds it lies at least so much above the bound.
    loss: f64,
}

/// A plan of the years.
struct Plan {
    years: Vec<usize>,
    value: f64,
}

impl<'a> Pool<'a> {
    /// Of the years that were `listed` for plans between a `bound` and a `ceiling`, and of those of a
    /// `mixture` and of a `plan` that is known. It begins with the cuts that are known.
    pub fn new(
        linking: &'a Linking,
        tightened: Option<Tightened>,
        listed: Vec<Year>,
        mixture: Vec<Year>,
        plan: Option<Vec<Year>>,
        bound: f64,
        ceiling: f64,
    ) -> Self {
        let (of_mixture, is_known) = (mixture.len(), plan.is_some());
        let plan = plan.unwrap_or_default();
        let of_plan = plan.len();
        let (years, numbers) = distinct(mixture.into_iter().chain(plan).chain(listed));
        let known = &numbers[..of_mixture + of_plan];
        let (prices, cuts) = tightened.map(Tightened::into_parts).unzip();
        let cuts: Vec<(Cut, f64)> = cuts.unwrap_or_default();
        let years = years.into_par_iter().map(|year| {
            let terms = linking.terms(year.person, &year.seats);
            let factors = cuts.iter().map(|(cut, _)| cut.factor(&terms)).enumerate();
            Listed {
                cost: linking.cost(year.person, &year.seats),
                cuts: factors.filter(|(_, factor)| *factor != 0.0).collect(),
                terms,
                year,
                column: None,
                loss: 0.0,
            }
        });
        let years: Vec<Listed> = years.collect();
        let of_plan = known[of_mixture..].to_vec();
        let costs = of_plan.iter().map(|at| years[*at].cost);
        let plan = Plan {
            value: linking.of_nothing().cost + costs.sum::<f64>(),
            years: of_plan,
        };
        Self {
            years,
            plan: is_known.then_some(plan),
            known: known.iter().max().map_or(0, |last| last + 1),
            most: linking.whole_rows(),
            linking,
            ceiling,
            bound,
            cuts,
            prices,
        }
    }

    /// How many years there are.
    pub fn len(&self) -> usize {
        self.years.len()
    }

    /// Whether there are many years, and the best plan lies far above all that is looked at.
    fn is_far(&self) -> bool {
        let far = |plan: &Plan| plan.value - self.bound > FAR * (self.ceiling - self.bound);
        let far = self.plan.as_ref().is_some_and(far);
        self.years.len() > MANY && self.bound < self.ceiling && far
    }

    /// No plan up to the ceiling has an objective below this.
    pub fn bound(&self) -> f64 {
        self.bound.min(self.ceiling)
    }

    /// The bounds of the rows of the master, and of the cuts after them.
    fn bounds(&self) -> Vec<(f64, f64)> {
        let cuts = self.cuts.iter().map(|(cut, _)| cut.most as f64);
        let cuts = cuts.map(|most| (f64::NEG_INFINITY, most));
        self.linking.bounds().into_iter().chain(cuts).collect()
    }

    /// The column of a year.
    fn column(&self, at: usize) -> Column {
        let (year, first) = (&self.years[at], self.linking.bounds().len());
        let person = year.year.person;
        let cuts = year.cuts.iter().map(|(cut, factor)| (first + cut, *factor));
        let terms = year.terms.iter().copied();
        Column {
            cost: year.cost,
            bounds: (0.0, self.linking.people()[person] as f64),
            whole: false,
            terms: terms.chain(cuts).collect(),
        }
    }

    /// The best plan's objective: of none it is infinite.
    fn value(&self) -> f64 {
        self.plan.as_ref().map_or(f64::INFINITY, |plan| plan.value)
    }

    /// The years of the best plan.
    fn planned(&self) -> &[usize] {
        self.plan.as_ref().map_or(&[], |plan| &plan.years)
    }

    /// What the best plan's people hold.
    fn seats(&self) -> Vec<usize> {
        let years = self.planned().iter().map(|at| &self.years[*at].year);
        years.flat_map(|year| year.seats.iter().copied()).collect()
    }
}

/// Each year once, and which of them each was: of two columns for one year, a solution might take
/// half each.
fn distinct(years: impl Iterator<Item = Year>) -> (Vec<Year>, Vec<usize>) {
    let mut numbers: BTreeMap<(usize, Vec<usize>), usize> = BTreeMap::new();
    let mut all = Vec::new();
    let number = |year: Year| {
        let mut seats = year.seats.clone();
        seats.sort_unstable();
        *numbers.entry((year.person, seats)).or_insert_with(|| {
            all.push(year);
            all.len() - 1
        })
    };
    let numbers = years.map(number).collect();
    (all, numbers)
}

fn paid(terms: &[(usize, f64)], prices: &[f64]) -> f64 {
    terms
        .iter()
        .map(|(row, factor)| prices[*row] * factor)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_there_once() {
        let year = |person, seats: &[usize]| Year {
            person,
            seats: seats.to_vec(),
        };
        let years = [year(0, &[2, 1]), year(1, &[1, 2]), year(0, &[1, 2])];
        let (all, numbers) = distinct(years.into_iter());
        assert_eq!((all.len(), numbers), (2, vec![0, 1, 0]));
    }
}
