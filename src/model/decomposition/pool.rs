//! All years of single people that a plan near the bound can be made of, and the best such plan.
//!
//! At the prices of a bound, a plan costs what the bound is and what each of its years loses
//! against the best year of the same person. A plan that lies no more than some room above the
//! bound is therefore made of years that lose no more than that, and where the room is small they
//! can all be listed. Over the list no year need be searched for any more, so that its relaxation
//! can be tightened by cuts ([`super::cuts`]); years that lose too much then are struck out, and
//! HiGHS solves what is left.

use std::collections::{BTreeMap, BTreeSet};

use super::cuts::{self, Cut};
use super::master::Master;
use crate::solve::{Column, Mip, Progress, Relaxed, Settings, SolveError, Stop};

/// How many rounds of cuts there are at most.
const ROUNDS: usize = 60;

/// The rounds in which the bound must have risen by [`WORTHWHILE`] of the room that is left.
const PATIENCE: usize = 3;

/// See [`PATIENCE`].
const WORTHWHILE: f64 = 0.05;

/// How many years come to the relaxation at a time.
const AT_A_TIME: usize = 300;

/// The share of the room that a year may lose in the first search, and how far that goes.
const FEW: f64 = 0.25;
const NODES_OF_FEW: u32 = 200;

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

/// What is known of the plans near a bound.
pub struct Near {
    /// The seats of the best that was found, if any was.
    pub seats: Option<Vec<usize>>,
    /// No plan has an objective below this.
    pub bound: f64,
    /// Whether all that was listed was searched: not where a plan was found that lies so near that all
    /// below it had better be listed at once.
    pub is_searched: bool,
}

/// The years that plans near a bound can use.
pub struct Pool<'a> {
    master: &'a Master,
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
    /// Up to this value a plan is so near that all below it had better be listed at once.
    reach: f64,
    /// No plan of these years has an objective below this.
    bound: f64,
    cuts: Vec<Cut>,
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

/// What HiGHS decides on, one after the other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Branch {
    /// Whole years: quick to find a plan.
    Years,
    /// Single seats, of which years follow: quick to show that there is none.
    Seats,
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
    /// The price of each cut.
    cuts: Vec<f64>,
    /// A value for each column.
    columns: Vec<f64>,
}

impl<'a> Pool<'a> {
    /// Of the years that were `listed` for plans up to `ceiling`, and of those of a `plan` and of
    /// a `mixture`. `values` has the plan's value for each column of the year's program. Where a
    /// plan is found above `ceiling` but not above `reach`, it ends there.
    pub fn new(
        master: &'a Master,
        listed: Vec<Year>,
        mixture: Vec<Year>,
        plan: Vec<Year>,
        values: &[f64],
        (ceiling, reach): (f64, f64),
    ) -> Self {
        let (of_mixture, of_plan) = (mixture.len(), plan.len());
        let (years, numbers) = distinct(mixture.into_iter().chain(plan).chain(listed));
        let known = &numbers[..of_mixture + of_plan];
        let years = years.into_iter().map(|year| Listed {
            cost: master.cost(year.person, &year.seats),
            terms: master.terms(year.person, &year.seats),
            year,
            cuts: Vec::new(),
            column: None,
            loss: 0.0,
        });
        Self {
            years: years.collect(),
            plan: Plan {
                years: known[of_mixture..].to_vec(),
                natives: master.native_values(values),
                value: master.value(values),
            },
            known: known.iter().max().map_or(0, |last| last + 1),
            most: master.whole_rows(),
            master,
            ceiling,
            reach,
            bound: f64::NEG_INFINITY,
            cuts: Vec::new(),
        }
    }

    /// The best plan of these years, as far as `settings` go: first among those that lose least,
    /// then, below what that gives, among all.
    pub fn solve(
        mut self,
        settings: Settings,
        stop: &Stop,
        progress: &mut dyn FnMut(f64, f64),
    ) -> Result<Near, SolveError> {
        self.tighten(stop)?;
        let nodes = settings.max_nodes.unwrap_or(NODES_OF_FEW);
        let settings = Settings {
            restarts: false,
            ..settings
        };
        let few = Settings {
            max_nodes: Some(nodes.min(NODES_OF_FEW)),
            ..settings
        };
        let all = Settings {
            heuristics: false,
            ..settings
        };
        let before = self.plan.value;
        // What is not better by more than the gap need not be looked for.
        let gap = |value: f64| f64::max(settings.absolute_gap, settings.relative_gap * value.abs());
        let to_prove = |value: f64| value - 0.99 * gap(value);
        let is_open = |pool: &Self| pool.bound < pool.ceiling && !stop.is_set();
        let mut is_searched = true;
        // A plan that is as near as the ceiling is one that a first search would look for.
        let rounding = 1e-9 * self.ceiling.abs();
        if is_open(&self) && to_prove(self.plan.value) > self.ceiling + rounding {
            let loss = FEW * (self.ceiling - self.bound);
            self.whole(Branch::Years, loss, few, stop, progress)?;
            let value = to_prove(self.plan.value);
            is_searched = value <= self.ceiling || value > self.reach;
            self.ceiling = self.ceiling.min(value);
        }
        if is_open(&self) && is_searched {
            let loss = self.ceiling - self.bound;
            let bound = self.whole(Branch::Seats, loss, all, stop, progress)?;
            self.bound = self.bound.max(bound);
        }
        let is_new = self.plan.value < before;
        Ok(Near {
            seats: is_new.then(|| self.seats()),
            bound: self.bound.min(self.ceiling),
            is_searched,
        })
    }

    /// What the best plan's people hold.
    fn seats(&self) -> Vec<usize> {
        let years = self.plan.years.iter().map(|at| &self.years[*at].year);
        years.flat_map(|year| year.seats.iter().copied()).collect()
    }

    /// Adds cuts while they raise the bound, and weighs the years at the prices of the last.
    fn tighten(&mut self, stop: &Stop) -> Result<(), SolveError> {
        let _span = tracing::info_span!("cuts").entered();
        let mut mip = Mip::of_rows(&self.master.bounds())?;
        mip.add_columns(&self.master.native_columns())?;
        self.take_in(&mut mip, (0..self.known).collect())?;
        let mut bounds = Vec::new();
        while let Some(priced) = self.relax(&mut mip, stop)? {
            bounds.push(self.bound);
            let left = self.ceiling - self.bound;
            if left <= 0.0 {
                break;
            }
            let rounds = bounds.len();
            let slow =
                rounds > PATIENCE && self.bound - bounds[rounds - 1 - PATIENCE] < WORTHWHILE * left;
            let broken = match slow || rounds > ROUNDS {
                true => Vec::new(),
                false => self.broken(&priced),
            };
            if broken.is_empty() {
                self.weigh(&priced);
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
            let (of_people, of_cuts) = (self.master.rows(), self.master.bounds().len());
            let linking = self.master.allowed(&prices[..of_people]);
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
            let all: f64 = std::iter::zip(&least, self.master.people())
                .map(|(least, people)| least * *people as f64)
                .sum();
            let bound = self.master.constant(&linking) + cut + all;
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
            columns.push(self.column(at, false));
            self.years[at].column = Some(mip.columns() + columns.len() - 1);
        }
        mip.add_columns(&columns)
    }

    fn column(&self, at: usize, whole: bool) -> Column {
        let (year, first) = (&self.years[at], self.master.bounds().len());
        let person = year.year.person;
        let cuts = year.cuts.iter().map(|(cut, factor)| (first + cut, *factor));
        let terms = year.terms.iter().copied();
        Column {
            cost: year.cost,
            bounds: (0.0, self.master.people()[person] as f64),
            whole,
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

    /// Notes what each year loses, and leaves only the cuts that have a price.
    fn weigh(&mut self, priced: &Priced) {
        let mut numbers = Vec::new();
        let mut kept = Vec::new();
        for (cut, price) in std::iter::zip(std::mem::take(&mut self.cuts), &priced.cuts) {
            numbers.push((*price < 0.0).then_some(kept.len()));
            if *price < 0.0 {
                kept.push(cut);
            }
        }
        self.cuts = kept;
        for (year, loss) in std::iter::zip(&mut self.years, &priced.losses) {
            // The best bound may be of other prices than these.
            year.loss = *loss - (self.bound - priced.bound);
            let cuts = std::mem::take(&mut year.cuts).into_iter();
            let kept = cuts.filter_map(|(cut, factor)| Some((numbers[cut]?, factor)));
            year.cuts = kept.collect();
        }
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

    /// Looks for a better plan among the years that lose no more than `loss`; the bound of all
    /// such plans.
    fn whole(
        &mut self,
        branch: Branch,
        loss: f64,
        settings: Settings,
        stop: &Stop,
        progress: &mut dyn FnMut(f64, f64),
    ) -> Result<f64, SolveError> {
        let rounding = 1e-6 * (1.0 + self.bound.abs());
        let years: Vec<usize> = (0..self.years.len())
            .filter(|at| self.years[*at].loss <= loss + rounding || self.plan.years.contains(at))
            .collect();
        let mut bounds = self.master.bounds();
        let cuts = self.cuts.iter().map(|cut| cut.most as f64);
        bounds.extend(cuts.map(|most| (f64::NEG_INFINITY, most)));
        let mut columns = self.master.native_columns();
        let first = columns.len();
        let in_plan = |at: &usize| f64::from(u8::from(self.plan.years.contains(at)));
        let mut start = self.plan.natives.clone();
        start.extend(years.iter().map(in_plan));
        columns.extend(
            years
                .iter()
                .map(|at| self.column(*at, branch == Branch::Years)),
        );
        if branch == Branch::Seats {
            let held: BTreeSet<usize> = self.seats().into_iter().collect();
            let of_seats = self.seat_columns(&years, &mut columns[first..], bounds.len());
            start.extend(
                of_seats
                    .keys()
                    .map(|seat| f64::from(u8::from(held.contains(seat)))),
            );
            bounds.extend(of_seats.keys().map(|_| (0.0, 0.0)));
            columns.extend(of_seats.into_values());
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
                progress(value.min(found), bound.min(ceiling));
            }
        })?;
        if let Some(solution) = outcome.solution {
            let value =
                std::iter::zip(&columns, &solution).map(|(column, share)| column.cost * share);
            let value = value.sum();
            if value < self.plan.value {
                let taken = std::iter::zip(&years, &solution[first..]);
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
