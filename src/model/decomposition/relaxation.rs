//! The best mixture of years at a bound: what of it each seat has.

use std::collections::BTreeMap;

use super::pool::{Tightened, Year};

/// What the relaxation gives.
#[derive(Clone, Debug)]
pub struct Relaxation {
    /// No plan has an objective below this.
    pub bound: f64,
    /// The years of the best mixture.
    pub(super) years: Vec<Year>,
    /// What of each it takes.
    pub(super) shares: Vec<f64>,
    /// The prices that prove the bound.
    pub(super) prices: Vec<f64>,
    /// At those prices no year of a person is worth more than this, and none at all is worth 0.
    pub(super) most_worth: Vec<f64>,
    /// The cuts that were found since, for plans near the bound.
    pub(super) tightened: Option<Tightened>,
}

impl Relaxation {
    /// The seats of the best mixture of years.
    pub fn used(&self) -> Vec<usize> {
        let years = self.years.iter();
        years.flat_map(|year| year.seats.iter().copied()).collect()
    }

    /// The seat that is held nearest to one half in the best mixture of years; nothing where each is
    /// held or not but for `rounding`.
    pub fn half_held(&self, rounding: f64) -> Option<usize> {
        let mut held: BTreeMap<usize, f64> = BTreeMap::new();
        for (year, share) in std::iter::zip(&self.years, &self.shares) {
            for seat in &year.seats {
                *held.entry(*seat).or_default() += share;
            }
        }
        Self::nearest_to_half(held.into_iter(), rounding)
    }

    /// Whichever of these has the share that is nearest to one half.
    pub fn nearest_to_half(
        shares: impl Iterator<Item = (usize, f64)>,
        rounding: f64,
    ) -> Option<usize> {
        let from_half = shares.map(|(one, share)| ((share - 0.5).abs(), one));
        let nearest = from_half.min_by(|a, b| a.0.total_cmp(&b.0));
        nearest
            .filter(|(from_half, _)| *from_half < 0.5 - rounding)
            .map(|(_, one)| one)
    }

    /// How much of these seats is held in the best mixture of years.
    pub fn share_of(&self, seats: &[usize]) -> f64 {
        let years = std::iter::zip(&self.years, &self.shares);
        let held = years.map(|(year, share)| {
            let held = year.seats.iter().filter(|seat| seats.contains(seat));
            share * held.count() as f64
        });
        held.sum()
    }
}
