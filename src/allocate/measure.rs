//! The exact value of every tier for a selection of seats.

use crate::eligibility::Eligibility;
use crate::model::Selection;
use crate::model::objectives::fairness::DaysUsed;
use crate::model::objectives::{
    Linear, Tier, attendance, changes, continuity, cost, different_week, reserves, team_posts,
};

/// A tier's value, in its own unit: weight, inspections, posts, pence, days.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub enum Value {
    /// A whole number, exact.
    Whole(i64),
    /// Days, of T7.
    Days(f64),
}

impl Value {
    /// As a number in the tier's own unit.
    pub fn number(self) -> f64 {
        match self {
            Self::Whole(value) => value as f64,
            Self::Days(value) => value,
        }
    }
}

/// The objectives of one year, ready to measure selections with.
#[derive(Clone)]
pub struct Measures<'a> {
    eligibility: &'a Eligibility<'a>,
    attendance: Linear,
    different_week: Linear,
    team_posts: Linear,
    changes: Linear,
    cost: Linear,
    continuity: Linear,
}

impl<'a> Measures<'a> {
    /// Those of `eligibility`'s year.
    pub fn new(eligibility: &'a Eligibility<'a>) -> Self {
        Self {
            eligibility,
            attendance: attendance::linear(eligibility),
            different_week: different_week::linear(eligibility),
            team_posts: team_posts::linear(eligibility),
            changes: changes::linear(eligibility),
            cost: cost::linear(eligibility),
            continuity: continuity::linear(eligibility),
        }
    }

    /// The objective of `tier`, where it is a sum over seats.
    pub fn linear(&self, tier: Tier) -> Option<&Linear> {
        match tier {
            Tier::T1 => Some(&self.attendance),
            Tier::T2 => Some(&self.different_week),
            Tier::T3 => Some(&self.team_posts),
            Tier::T4 => Some(&self.changes),
            Tier::T6 => Some(&self.cost),
            Tier::T5 | Tier::T7 => None,
            Tier::T8 => Some(&self.continuity),
        }
    }

    /// The value of `tier` for `selection`.
    pub fn value(&self, tier: Tier, selection: &Selection) -> Value {
        match self.linear(tier) {
            Some(linear) => Value::Whole(linear.value(selection)),
            None if tier == Tier::T5 => {
                Value::Whole(reserves::without(self.eligibility, selection))
            }
            None => Value::Days(DaysUsed::of(self.eligibility, selection).value()),
        }
    }

    /// The same as it is reported: T6 in pounds.
    pub fn in_unit(&self, tier: Tier, selection: &Selection) -> f64 {
        in_unit(tier, self.value(tier, selection).number())
    }
}

/// What is reported for a value in the tier's own whole unit: pounds instead of pence.
pub(super) fn in_unit(tier: Tier, value: f64) -> f64 {
    if tier == Tier::T6 {
        value / 100.0
    } else {
        value
    }
}
