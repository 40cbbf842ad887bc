//! T7, exactly: the least Σ |days used − u × days contracted| over one rate u ≥ 0.

use std::cmp::Ordering;
use std::fmt;

/// An exact fraction, in lowest terms.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// Above the line.
    pub numerator: i64,
    /// Below it, at least 1.
    pub denominator: i64,
}

impl Ratio {
    /// `numerator` / `denominator`, reduced.
    pub fn new(numerator: i64, denominator: i64) -> Self {
        let shared = greatest_divisor(numerator, denominator).max(1);
        Self {
            numerator: numerator / shared,
            denominator: denominator / shared,
        }
    }

    /// Its nearest floating-point value.
    pub fn to_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let cross = |a: i64, b: i64| i128::from(a) * i128::from(b);
        cross(self.numerator, other.denominator).cmp(&cross(other.numerator, self.denominator))
    }
}

impl fmt::Debug for Ratio {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.numerator, self.denominator)
    }
}

/// The people whose days are held against each other, measured on one scale.
pub struct Fairness {
    contracted: Vec<i64>,
    /// A multiple of every contract, by which values are multiplied so as to be whole.
    pub scale: i64,
}

impl Fairness {
    /// Between people of these contracted days.
    pub fn new(contracted: Vec<i64>) -> Self {
        let scale = contracted
            .iter()
            .filter(|days| **days > 0)
            .fold(1, |scale, days| {
                scale / greatest_divisor(scale, *days) * days
            });
        Self { contracted, scale }
    }

    /// The unfairness of `used` days, times the scale.
    pub fn scaled(&self, used: &[i64]) -> i64 {
        self.scaled_between(used, used)
    }

    /// The least unfairness, times the scale, of any days between `low` and `high`.
    ///
    /// The sum is convex and linear between the rates at which a term turns, so it is least
    /// at one of them or at rate 0.
    pub fn scaled_between(&self, low: &[i64], high: &[i64]) -> i64 {
        let at = |days: i64, contract: i64| -> i64 {
            let away: i64 = (0..self.contracted.len())
                .map(|other| {
                    let due = days * self.contracted[other];
                    let below = low[other] * contract - due;
                    let above = due - high[other].saturating_mul(contract);
                    below.max(above).max(0)
                })
                .sum();
            away * (self.scale / contract)
        };
        let nobody_works = at(0, 1);
        (0..self.contracted.len())
            .filter(|person| self.contracted[*person] > 0)
            .flat_map(|person| {
                let contract = self.contracted[person];
                [low[person], high[person]].map(|days| (days, contract))
            })
            .filter(|(days, _)| *days < UNBOUNDED)
            .map(|(days, contract)| at(days, contract))
            .fold(nobody_works, i64::min)
    }
}

/// Days beyond which an upper bound is none.
pub const UNBOUNDED: i64 = 1_000_000;

fn greatest_divisor(a: i64, b: i64) -> i64 {
    if b == 0 {
        a
    } else {
        greatest_divisor(b, a % b)
    }
}
