//! One file a tier: what it minimises, why, and its coefficients.

pub mod attendance;
pub mod changes;
pub mod continuity;
pub mod cost;
pub mod different_week;
pub mod fairness;
pub mod names_given;
pub mod reserves;
pub mod team_posts;

use serde::Serialize;

use super::Selection;
use crate::domain::{Dataset, Policy};

/// The tiers of the objective. T4 has its place where a published plan is made anew, T5 where the
/// policy asks for reserves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Tier {
    /// Inspections left without attendance, weighted by priority.
    T1,
    /// Inspections moved out of the second week.
    T2,
    /// Team posts left empty.
    T3,
    /// Published posts that change.
    T4,
    /// Attended inspections without a named reserve.
    T5,
    /// Cost.
    T6,
    /// Unfairness.
    T7,
    /// Continuity.
    T8,
}

impl Tier {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::T1,
        Self::T2,
        Self::T3,
        Self::T4,
        Self::T5,
        Self::T6,
        Self::T7,
        Self::T8,
    ];

    /// Those of an annual run, in which nothing is published and no reserve is named.
    pub const ANNUAL: [Self; 6] = [Self::T1, Self::T2, Self::T3, Self::T6, Self::T7, Self::T8];

    /// The tiers that say what is short, in the order of `policy`: with `to_fill_teams`, T3
    /// before T2.
    pub fn of_shortfall(policy: &Policy) -> [Self; 3] {
        if policy.different_week.to_fill_teams {
            [Self::T1, Self::T3, Self::T2]
        } else {
            [Self::T1, Self::T2, Self::T3]
        }
    }

    /// The order in which a year is solved.
    pub fn in_order(dataset: &Dataset) -> Vec<Self> {
        let shortfall = Self::of_shortfall(&dataset.policy).into_iter();
        let changes = dataset.published.iter().map(|_| Self::T4);
        let reserves = dataset.policy.reserve.name_reserves.then_some(Self::T5);
        let later = [Self::T6, Self::T7, Self::T8];
        let tiers = shortfall.chain(changes).chain(reserves).chain(later);
        tiers.collect()
    }

    /// Its name: `T1` and so on.
    pub fn name(self) -> &'static str {
        match self {
            Self::T1 => "T1",
            Self::T2 => "T2",
            Self::T3 => "T3",
            Self::T4 => "T4",
            Self::T5 => "T5",
            Self::T6 => "T6",
            Self::T7 => "T7",
            Self::T8 => "T8",
        }
    }

    /// What it minimises, in a few words.
    pub fn title(self) -> &'static str {
        match self {
            Self::T1 => "inspections without attendance",
            Self::T2 => "inspections in a different week",
            Self::T3 => "team posts empty",
            Self::T4 => "published posts that change",
            Self::T5 => "inspections without a reserve",
            Self::T6 => "cost",
            Self::T7 => "unfairness",
            Self::T8 => "IRPs with another lead",
        }
    }

    /// The gap at which it counts as optimal, unless another is asked for: a share of the
    /// value, or of all days used for T7.
    pub fn default_gap(self) -> f64 {
        match self {
            Self::T1 | Self::T2 | Self::T3 | Self::T4 | Self::T5 | Self::T8 => 0.0,
            Self::T6 => 0.0001,
            Self::T7 => 0.01,
        }
    }
}

impl std::str::FromStr for Tier {
    type Err = String;

    /// By its name; the error says which there are.
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|tier| tier.name().eq_ignore_ascii_case(text))
            .ok_or_else(|| format!("'{text}' is no tier: write T1, T2 and so on to T8"))
    }
}

/// An objective that is a sum over seats, in whole numbers: constant + Σ coefficient × seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linear {
    /// What is there with no seat taken.
    pub constant: i64,
    /// A coefficient for each seat.
    pub coefficients: Vec<i64>,
}

impl Linear {
    /// What it is at least, whatever is taken: what every seat would take off it.
    pub fn least(&self) -> i64 {
        let taken_off = self.coefficients.iter().filter(|own| **own < 0);
        self.constant + taken_off.sum::<i64>()
    }

    /// Its value for `selection`, exactly.
    pub fn value(&self, selection: &Selection) -> i64 {
        self.constant
            + selection
                .seats()
                .map(|seat| self.coefficients[seat])
                .sum::<i64>()
    }
}
