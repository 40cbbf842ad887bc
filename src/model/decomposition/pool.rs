//! All years of single people that a plan near the bound can be made of, and the best such plan.
//!
//! At the prices of a bound, a plan costs what the bound is and what each of its years loses
//! against the best year of the same person. A plan that lies no more than some room above the
//! bound is therefore made of years that lose no more than that, and where the room is small they
//! can all be listed. Over the list no year need be searched for any more, so that its relaxation
//! can be tightened by cuts ([`super::cuts`]); years that lose too much then are struck out, and
//! HiGHS solves what is left.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::cuts::{self, Cut};
use super::linking::Linking;
use crate::solve::{Column, Mip, Progress, Relaxed, Settings, SolveError, Stop};

/// How many rounds of cuts there are at most.
const ROUNDS: usize = 60;

/// The rounds in which the bound must have risen by [`WORTHWHILE`] of the room that is left.
const PATIENCE: usize = 6;

/// See [`PATIENCE`].
const WORTHWHILE: f64 = 0.03;

/// How many years come to the relaxation at a time.
const AT_A_TIME: usize = 300;

/// So many years that a plan is looked for first, where the best is not within [`FAR`] times as
/// far as is looked now: to show that there is none so near takes long.
const MANY: usize = 8_000;
const FAR: f64 = 10.0;

/// How far such a plan is looked for.
const NODES_OF_A_PLAN: u32 = 10;

/// A reduced cost below which a year is worth taking in.
const REDUCES: f64 = -1e-6;

/// All that one person holds.
#[derive(Clone, Debug)]
pub struct Year {
    /// Whose: a position among those who have posts.
    pub person: usize,
    /// Positions in [`crate::eligibility::Eligibility::candidates`].
    pub seats: Vec<usize>,
}

/// Cuts that raise the bound, and the prices of their rows and of the linking rows at which they do.
#[derive(Clone, Debug)]
pub struct Tightened {
    /// The price of each linking row.
    linking: Vec<f64>,
    /// Each with its price.
    cuts: Vec<(Cut, f64)>,
}

impl Tightened {
    /// What a year of a person costs at these prices.
    pub fn reduced(&self, linking: &Linking, person: usize, seats: &[usize]) -> f64 {
        let terms = linking.terms(person, seats);
        let cuts = self.cuts.iter();
        let cuts: f64 = cuts.map(|(cut, price)| cut.factor(&terms) * price).sum();
        let own = &terms[..terms.len() - 1];
        linking.cost(person, seats) - paid(own, &self.linking) - cuts
    }

    /// What the rows give to the bound at these prices.
    pub fn constant(&self, linking: &Linking) -> f64 {
        let cuts = self.cuts.iter();
        let cuts: f64 = cuts.map(|(cut, price)| cut.most as f64 * price).sum();
        linking.constant(&self.linking) + cuts
    }
}

/// What is known of the plans near a bound.
pub struct Near {
    /// The seats of the best that was found, if any was.
    pub seats: Option<Vec<usize>>,
    /// No plan has an objective below this.
    pub bound: f64,
    /// What a later search may begin with, once a relaxation was solved.
    pub tightened: Option<Tightened>,
}

/// The years that plans near a bound can use.
pub struct Pool<'a> {
    linking: &'a Linking,
    /// The first so many are of a mixture and of a plan that are known: there is a solution of
    /// the relaxation among them.
    years: Vec<Listed>,
    known: usize,
    /// The best plan so far.
    plan: Plan,
    /// The bounds of the rows of which there can be cuts.
    most: Vec<Option<i64>>,
    /// Plans above this are not looked for.
    ceiling: f64,
    /// No plan of these years has an objective below this.
    bound: f64,
    cuts: Vec<Cut>,
    tightened: Option<Tightened>,
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

/// What HiGHS is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// A better plan.
    Any,
    /// The best plan up to the ceiling, or that there is none.
    UpToCeiling,
}

/// A plan of the years.
struct Plan {
    years: Vec<usize>,
    natives: Vec<f64>,
    value: f64,
}

/// The prices of a relaxation's rows, and what follows.
struct Priced {
    /// No plan of the years has an objective below this, at these prices.
    bound: f64,
    /// What each year loses against the best of the same person.
    losses: Vec<f64>,
    /// The price of each linking row.
    linking: Vec<f64>,
    /// The price of each cut.
    cuts: Vec<f64>,
    /// A value for each column.
    columns: Vec<f64>,
}

impl<'a> Pool<'a> {
    /// Of the years that were `listed` for plans up to `ceiling`, and of those of a `plan` and of
    /// a `mixture`. `values` has the plan's value for each column of the year's program. It begins with
    /// the cuts that are known.
    pub fn new(
        linking: &'a Linking,
        tightened: Option<Tightened>,
        listed: Vec<Year>,
        mixture: Vec<Year>,
        plan: Vec<Year>,
        values: &[f64],
        ceiling: f64,
    ) -> Self {
        let (of_mixture, of_plan) = (mixture.len(), plan.len());
        let (years, numbers) = distinct(mixture.into_iter().chain(plan).chain(listed));
        let known = &numbers[..of_mixture + of_plan];
        let cuts: Vec<Cut> = tightened
            .iter()
            .flat_map(|tightened| &tightened.cuts)
            .map(|(cut, _)| cut.clone())
            .collect();
        let years = years.into_par_iter().map(|year| {
            let terms = linking.terms(year.person, &year.seats);
            let factors = cuts.iter().map(|cut| cut.factor(&terms)).enumerate();
            Listed {
                cost: linking.cost(year.person, &year.seats),
                cuts: factors.filter(|(_, factor)| *factor != 0.0).collect(),
                terms,
                year,
                column: None,
                loss: 0.0,
            }
        });
        Self {
            years: years.collect(),
            plan: Plan {
                years: known[of_mixture..].to_vec(),
                natives: linking.native_values(values),
                value: linking.value(values),
            },
            known: known.iter().max().map_or(0, |last| last + 1),
            most: linking.whole_rows(),
            linking,
            ceiling,
            bound: f64::NEG_INFINITY,
            cuts,
            tightened,
        }
    }

    /// The best plan of these years up to the ceiling, as far as `settings` go.
    pub fn solve(
        mut self,
        settings: Settings,
        stop: &Stop,
        progress: &mut dyn FnMut(f64, f64),
    ) -> Result<Near, SolveError> {
        self.tighten(stop)?;
        let settings = Settings {
            restarts: false,
            ..settings
        };
        let before = self.plan.value;
        let is_open = |pool: &Self| pool.bound < pool.ceiling && !stop.is_set();
        if is_open(&self) && self.years.len() > MANY && self.is_far() {
            let first = Settings {
                max_nodes: Some(NODES_OF_A_PLAN.min(settings.max_nodes.unwrap_or(u32::MAX))),
                target: self.ceiling,
                ..settings
            };
            self.search(Wanted::Any, first, stop, progress)?;
        }
        // What is not better by more than the gap need not be looked for.
        let value = self.plan.value;
        self.ceiling = self.ceiling.min(value - 0.99 * settings.gap(value));
        if is_open(&self) {
            let bound = self.search(Wanted::UpToCeiling, settings, stop, progress)?;
            self.bound = self.bound.max(bound);
        }
        let is_new = self.plan.value < before;
        Ok(Near {
            seats: is_new.then(|| self.seats()),
            bound: self.bound.min(self.ceiling),
            tightened: self.tightened,
        })
    }

    /// Whether the best plan lies far above all that is looked at.
    fn is_far(&self) -> bool {
        self.plan.value - self.bound > FAR * (self.ceiling - self.bound)
    }

    /// The bounds of the rows of the master, and of the cuts after them.
    fn bounds(&self) -> Vec<(f64, f64)> {
        let cuts = self.cuts.iter().map(|cut| cut.most as f64);
        let cuts = cuts.map(|most| (f64::NEG_INFINITY, most));
        self.linking.bounds().into_iter().chain(cuts).collect()
    }

    /// What the best plan's people hold.
    fn seats(&self) -> Vec<usize> {
        let years = self.plan.years.iter().map(|at| &self.years[*at].year);
        years.flat_map(|year| year.seats.iter().copied()).collect()
    }

    /// Adds cuts while they raise the bound, and weighs the years at the prices of the last.
    fn tighten(&mut self, stop: &Stop) -> Result<(), SolveError> {
        let _span = tracing::info_span!("cuts").entered();
        let mut mip = Mip::of_rows(&self.bounds())?;
        mip.add_columns(&self.linking.native_columns())?;
        self.take_in(&mut mip, (0..self.known).collect())?;
        let mut bounds = Vec::new();
        while let Some(priced) = self.relax(&mut mip, stop)? {
            bounds.push(self.bound);
            let left = self.ceiling - self.bound;
            let rounds = bounds.len();
            let slow =
                rounds > PATIENCE && self.bound - bounds[rounds - 1 - PATIENCE] < WORTHWHILE * left;
            let broken = match left <= 0.0 || slow || rounds > ROUNDS {
                true => Vec::new(),
                false => self.broken(&priced),
            };
            self.weigh(&priced, &mut mip)?;
            if broken.is_empty() {
                break;
            }
            self.add_cuts(&mut mip, broken)?;
        }
        Ok(())
    }

    /// Solves the relaxation over all years, and raises the bound; nothing where it was stopped.
    fn relax(&mut self, mip: &mut Mip, stop: &Stop) -> Result<Option<Priced>, SolveError> {
        loop {
            let Some(Relaxed {
                columns, prices, ..
            }) = mip.relax(stop)?
            else {
                return Ok(None);
            };
            let (of_people, of_cuts) = (self.linking.rows(), self.linking.bounds().len());
            let linking = self.linking.allowed(&prices[..of_people]);
            let people = &prices[of_people..of_cuts];
            let cuts: Vec<f64> = prices[of_cuts..].iter().map(|p| p.min(0.0)).collect();
            let reduced: Vec<f64> = self
                .years
                .iter()
                .map(|year| {
                    year.cost
                        - paid(&year.terms[..year.terms.len() - 1], &linking)
                        - paid(&year.cuts, &cuts)
                })
                .collect();
            // Nobody need hold anything.
            let mut least = vec![0.0; people.len()];
            for (year, reduced) in std::iter::zip(&self.years, &reduced) {
                let least = &mut least[year.year.person];
                *least = f64::min(*least, *reduced);
            }
            let cut: f64 = std::iter::zip(&self.cuts, &cuts)
                .map(|(cut, price)| price * cut.most as f64)
                .sum();
            let all: f64 = std::iter::zip(&least, self.linking.people())
                .map(|(least, people)| least * *people as f64)
                .sum();
            let bound = self.linking.constant(&linking) + cut + all;
            self.bound = self.bound.max(bound);
            let gain = |at: usize| reduced[at] - people[self.years[at].year.person];
            let mut worth: Vec<usize> = (0..self.years.len())
                .filter(|at| self.years[*at].column.is_none() && gain(*at) < REDUCES)
                .collect();
            if worth.is_empty() {
                let losses = std::iter::zip(&self.years, &reduced);
                return Ok(Some(Priced {
                    bound,
                    losses: losses
                        .map(|(of, own)| own - least[of.year.person])
                        .collect(),
                    linking,
                    cuts,
                    columns,
                }));
            }
            worth.sort_by(|a, b| gain(*a).total_cmp(&gain(*b)));
            worth.truncate(AT_A_TIME);
            self.take_in(mip, worth)?;
        }
    }

    /// Gives years their columns.
    fn take_in(&mut self, mip: &mut Mip, years: Vec<usize>) -> Result<(), SolveError> {
        let mut columns = Vec::new();
        for at in years {
            columns.push(self.column(at));
            self.years[at].column = Some(mip.columns() + columns.len() - 1);
        }
        mip.add_columns(&columns)
    }

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

    /// Cuts that the mixture breaks.
    fn broken(&self, priced: &Priced) -> Vec<Cut> {
        let columns = self.years.iter().filter_map(|year| {
            Some(cuts::Column {
                share: priced.columns[year.column?],
                terms: &year.terms,
            })
        });
        cuts::broken(&self.most, columns.collect())
    }

    fn add_cuts(&mut self, mip: &mut Mip, broken: Vec<Cut>) -> Result<(), SolveError> {
        for cut in broken {
            let mut terms = Vec::new();
            for year in &mut self.years {
                let factor = cut.factor(&year.terms);
                if factor != 0.0 {
                    year.cuts.push((self.cuts.len(), factor));
                    terms.extend(year.column.map(|column| (column, factor)));
                }
            }
            mip.add_row_at_most(cut.most as f64, &terms)?;
            self.cuts.push(cut);
        }
        Ok(())
    }

    /// Strikes out the years that lose too much, and the cuts that have no price.
    fn weigh(&mut self, priced: &Priced, mip: &mut Mip) -> Result<(), SolveError> {
        self.tightened = Some(Tightened {
            linking: priced.linking.clone(),
            cuts: std::iter::zip(&self.cuts, &priced.cuts)
                .filter(|(_, price)| **price < 0.0)
                .map(|(cut, price)| (cut.clone(), *price))
                .collect(),
        });
        let is_kept: Vec<bool> = priced.cuts.iter().map(|price| *price < 0.0).collect();
        mip.keep_rows(self.linking.bounds().len(), &is_kept)?;
        let mut numbers = Vec::new();
        let mut kept = Vec::new();
        for (cut, is_kept) in std::iter::zip(std::mem::take(&mut self.cuts), is_kept) {
            numbers.push(is_kept.then_some(kept.len()));
            if is_kept {
                kept.push(cut);
            }
        }
        self.cuts = kept;
        // The best bound may be of other prices than these.
        let behind = self.bound - priced.bound;
        let rounding = 1e-6 * (1.0 + self.bound.abs());
        let room = self.ceiling - self.bound + rounding;
        for (year, loss) in std::iter::zip(&mut self.years, &priced.losses) {
            year.loss = loss - behind;
            let cuts = std::mem::take(&mut year.cuts).into_iter();
            let kept = cuts.filter_map(|(cut, factor)| Some((numbers[cut]?, factor)));
            year.cuts = kept.collect();
        }
        // Those that are known come first, and stay where they are.
        let mut at = 0;
        let known = self.known;
        self.years.retain(|year| {
            at += 1;
            at <= known || year.column.is_some() || year.loss <= room
        });
        Ok(())
    }

    /// A binary for each seat: the sum of the years that hold it, which a row from `row` on says.
    fn seat_columns(
        &self,
        years: &[usize],
        columns: &mut [Column],
        row: usize,
    ) -> BTreeMap<usize, Column> {
        let seats = years.iter().flat_map(|at| &self.years[*at].year.seats);
        let seats: BTreeSet<usize> = seats.copied().collect();
        let rows: BTreeMap<usize, usize> = std::iter::zip(seats, row..).collect();
        for (at, column) in std::iter::zip(years, columns) {
            let seats = self.years[*at].year.seats.iter();
            column.terms.extend(seats.map(|seat| (rows[seat], 1.0)));
        }
        let column = |(seat, row)| {
            let column = Column {
                cost: 0.0,
                bounds: (0.0, 1.0),
                whole: true,
                terms: vec![(row, -1.0)],
            };
            (seat, column)
        };
        rows.into_iter().map(column).collect()
    }

    /// A binary that stands for all plans that are not looked for: where it is 1, every row of
    /// `bounds` holds with nothing else, and it costs as much as is looked up to. HiGHS begins with
    /// it, and so looks for nothing above.
    fn given_up(&self, bounds: &[(f64, f64)], cost: f64) -> Column {
        // Years that cost something are not taken beside it anyhow.
        let is_beside = self.years.iter().any(|year| year.cost < 0.0);
        let one_each = self.linking.rows()..self.linking.bounds().len();
        let factor = |(row, (lower, upper)): (usize, &(f64, f64))| match is_beside
            && one_each.contains(&row)
        {
            true => (row, *upper),
            false => (row, lower.max(0.0) + upper.min(0.0)),
        };
        let terms = bounds.iter().enumerate().map(factor);
        Column {
            cost,
            bounds: (0.0, 1.0),
            whole: true,
            terms: terms.filter(|(_, factor)| *factor != 0.0).collect(),
        }
    }

    /// Looks for a better plan among the years that such a plan can use; the bound of what was
    /// `wanted`. HiGHS decides on seats, of which the years follow.
    fn search(
        &mut self,
        wanted: Wanted,
        settings: Settings,
        stop: &Stop,
        progress: &mut dyn FnMut(f64, f64),
    ) -> Result<f64, SolveError> {
        let rounding = 1e-6 * (1.0 + self.bound.abs());
        let most = self.ceiling - self.bound + rounding;
        let years: Vec<usize> = (0..self.years.len())
            .filter(|at| self.years[*at].loss <= most || self.plan.years.contains(at))
            .collect();
        let mut bounds = self.bounds();
        let mut columns = self.linking.native_columns();
        let first = columns.len();
        columns.extend(years.iter().map(|at| self.column(*at)));
        let last = columns.len();
        let of_seats = self.seat_columns(&years, &mut columns[first..], bounds.len());
        bounds.extend(of_seats.keys().map(|_| (0.0, 0.0)));
        let held: BTreeSet<usize> = self.seats().into_iter().collect();
        let in_plan = years.iter().map(|at| self.plan.years.contains(at));
        let in_plan = in_plan.chain(of_seats.keys().map(|seat| held.contains(seat)));
        let mut start = self.plan.natives.clone();
        start.extend(in_plan.map(|is_held| f64::from(u8::from(is_held))));
        columns.extend(of_seats.into_values());
        let gives_up = wanted == Wanted::UpToCeiling && self.plan.value > self.ceiling + rounding;
        if gives_up {
            let cost = self.ceiling + settings.gap(self.ceiling);
            columns.push(self.given_up(&bounds, cost));
            start.fill(0.0);
            start.push(1.0);
        }
        let mut mip = Mip::of_rows(&bounds)?;
        mip.add_columns(&columns)?;
        let (value, ceiling) = (self.plan.value, self.ceiling);
        let outcome = mip.solve(settings, Some(&start), stop, &mut |heard| {
            if let Progress::At {
                value: found,
                bound,
            } = heard
            {
                let found = if gives_up { value } else { value.min(found) };
                progress(found, bound.min(ceiling));
            }
        })?;
        let found = outcome.solution.filter(|solution| {
            let given_up = gives_up && solution.last().is_some_and(|share| *share > 0.5);
            !given_up
        });
        if let Some(solution) = found {
            let costs = columns.iter().map(|column| column.cost);
            let value = std::iter::zip(costs, &solution).map(|(cost, share)| cost * share);
            let value = value.sum();
            if value < self.plan.value {
                let taken = std::iter::zip(&years, &solution[first..last]);
                let taken = taken.filter(|(_, share)| **share > 0.5);
                self.plan = Plan {
                    years: taken.map(|(at, _)| *at).collect(),
                    natives: solution[..first].to_vec(),
                    value,
                };
            }
        }
        Ok(outcome.bound)
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
