//! Cuts over listed years, and the years that lose too much at their prices struck out.

use super::super::cuts::{self, Cut};
use super::super::linking::Linking;
use super::{Pool, paid};
use crate::solve::{Mip, Relaxed, SolveError, Stop};

/// How many rounds of cuts there are at most.
const ROUNDS: usize = 60;

/// The rounds in which the bound must have risen by [`WORTHWHILE`] of the room that is left.
const PATIENCE: usize = 6;

/// See [`PATIENCE`].
const WORTHWHILE: f64 = 0.03;

/// How many years come to the relaxation at a time.
const AT_A_TIME: usize = 300;

/// A reduced cost below which a year is worth taking in.
const REDUCES: f64 = -1e-6;

/// Cuts that raise the bound, and the prices of their rows and of the linking rows at which they do.
#[derive(Clone, Debug)]
pub struct Tightened {
    /// The price of each linking row.
    linking: Vec<f64>,
    /// Each with its price.
    cuts: Vec<(Cut, f64)>,
}

impl Tightened {
    /// The prices of the linking rows, and the cuts with theirs.
    pub(super) fn into_parts(self) -> (Vec<f64>, Vec<(Cut, f64)>) {
        (self.linking, self.cuts)
    }

    /// Whether these are all the linking rows: a cut is made of rows by their positions, which
    /// one more row moves.
    pub fn is_of(&self, linking: &Linking) -> bool {
        self.linking.len() == linking.rows()
    }

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

impl Pool<'_> {
    /// What a later search may begin with, once a relaxation was solved.
    pub fn tightened(&self) -> Option<Tightened> {
        self.prices.clone().map(|linking| Tightened {
            linking,
            cuts: self.cuts.clone(),
        })
    }

    /// Adds cuts while they raise the bound, and weighs the years at the prices of the last.
    pub fn tighten(&mut self, stop: &Stop) -> Result<(), SolveError> {
        let _span = tracing::info_span!("cuts").entered();
        let mut mip = Mip::of_rows(&self.bounds())?;
        mip.add_column(&self.linking.of_nothing())?;
        // The mixture may break a row that came after it.
        let gives_up = self.plan.is_none();
        if gives_up {
            let cost = self.ceiling - self.linking.of_nothing().cost;
            mip.add_column(&self.given_up(&self.bounds(), cost))?;
        }
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
            self.add_cuts(&mut mip, broken, gives_up)?;
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
                .map(|((cut, _), price)| price * cut.most as f64)
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

    /// `gives_up` says that the column after the first stands for all plans that are not looked for.
    fn add_cuts(
        &mut self,
        mip: &mut Mip,
        broken: Vec<Cut>,
        gives_up: bool,
    ) -> Result<(), SolveError> {
        for cut in broken {
            let mut terms = Vec::new();
            for year in &mut self.years {
                let factor = cut.factor(&year.terms);
                if factor != 0.0 {
                    year.cuts.push((self.cuts.len(), factor));
                    terms.extend(year.column.map(|column| (column, factor)));
                }
            }
            if gives_up && cut.most < 0 {
                terms.push((1, cut.most as f64));
            }
            mip.add_row_at_most(cut.most as f64, &terms)?;
            self.cuts.push((cut, 0.0));
        }
        Ok(())
    }

    /// Strikes out the years that lose too much, and the cuts that have no price.
    fn weigh(&mut self, priced: &Priced, mip: &mut Mip) -> Result<(), SolveError> {
        let is_kept: Vec<bool> = priced.cuts.iter().map(|price| *price < 0.0).collect();
        mip.keep_rows(self.linking.bounds().len(), &is_kept)?;
        let mut numbers = Vec::new();
        let cuts = std::mem::take(&mut self.cuts).into_iter();
        for ((cut, _), price) in std::iter::zip(cuts, &priced.cuts) {
            numbers.push((*price < 0.0).then_some(self.cuts.len()));
            if *price < 0.0 {
                self.cuts.push((cut, *price));
            }
        }
        self.prices = Some(priced.linking.clone());
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
}
