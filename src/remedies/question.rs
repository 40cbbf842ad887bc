//! What is asked of the year with its changes, and what comes of it.

use super::weeks::Case;
use crate::model::Selection;
use crate::model::objectives::Tier;

/// A row over seats and changes: Σ factor × seat − Σ factor × change ≤ most.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub(super) seats: Vec<(usize, f64)>,
    pub(super) changes: Vec<(usize, f64)>,
    pub(super) most: f64,
}

/// What is minimised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// A tier.
    Tier(Tier),
    /// The changes' prices.
    Price,
}

/// What a search came to.
#[derive(Clone, Debug)]
pub(super) struct Optimum {
    /// The changes that are made.
    pub(super) set: Vec<usize>,
    /// The plan, in the year with all changes.
    pub(super) selection: Selection,
    /// Whether the value is proven.
    pub(super) proven: bool,
    /// Nothing has a value below this.
    pub(super) bound: f64,
}

/// What goals in turn came to.
#[derive(Clone, Debug)]
pub(super) enum Solved {
    /// The last goal's optimum, and which of the goals are proven.
    Found(Optimum, Vec<bool>),
    /// Nothing is possible.
    Impossible,
    /// Nothing was found before the search ended.
    Unknown,
}

impl Solved {
    pub(super) fn found(self) -> Option<(Optimum, Vec<bool>)> {
        match self {
            Self::Found(optimum, proven) => Some((optimum, proven)),
            Self::Impossible | Self::Unknown => None,
        }
    }
}

/// What a search is held to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Limits<'a> {
    /// At most so many changes.
    pub(super) most: Option<u32>,
    /// Changes of at most so much together.
    pub(super) price: Option<f64>,
    /// No changes but these.
    pub(super) only: Option<&'a [usize]>,
    /// Tiers that are at most so high.
    pub(super) kept: &'a [(Tier, f64)],
    /// Rows that hold besides.
    pub(super) rows: &'a [Cut],
    /// How many inspections are moved.
    pub(super) case: Option<&'a Case<'a>>,
    /// Seats that are taken or free whatever else; nothing where none are.
    pub(super) seats: &'a [Option<bool>],
    /// A set and a plan with it from which it may begin.
    pub(super) start: Option<(&'a [usize], &'a Selection)>,
    /// How far it is searched, where not as far as is usual.
    pub(super) nodes: Option<u32>,
    /// Teams are left empty but for who has to be there.
    pub(super) leads_only: bool,
    /// The first that is no more than this will do; nothing where none will.
    pub(super) target: Option<f64>,
    /// The first that is found will do.
    pub(super) any: bool,
}
