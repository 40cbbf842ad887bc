//! Units in the type, so that a distance can't be added to a cost.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul};

use serde::Serialize;

/// Money, in whole pence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Pence(pub i64);

impl Pence {
    /// The nearest whole number of pence to an amount in pounds.
    pub fn from_pounds(pounds: f64) -> Self {
        Self((pounds * 100.0).round() as i64)
    }

    /// The amount in pounds.
    pub fn pounds(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl Add for Pence {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Pence {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Mul<u32> for Pence {
    type Output = Self;
    fn mul(self, times: u32) -> Self {
        Self(self.0 * i64::from(times))
    }
}

impl Sum for Pence {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), Add::add)
    }
}

/// A distance on the ground, in kilometres.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize)]
pub struct Kilometres(pub f64);
