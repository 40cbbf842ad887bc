//! What would mend a shortfall: the cheapest set of changes after which nothing is short, and
//! the least shortfall with so many changes, as one optimisation with the changes as variables.
//!
//! The year with *all* changes of a finite list made ([`universe`]) has every seat that any set
//! of them can give. A seat asks for the changes without which its holder may not have it
//! alone; what several seats ask for together is found where a solution lacks it, by the same
//! rules that allocate a year, and is then a row (`exact.rs`). All changes only ever allow
//! more, so that what some set does not allow, no part of it allows.

mod about;
mod at_best;
mod conflicts;
mod exact;
mod few;
mod filling;
mod frontier;
mod mended;
mod needs;
mod off_site;
mod part;
mod program;
mod question;
mod recruits;
mod render;
mod rows;
mod stated;
mod substitutes;
mod universe;
mod weeks;
mod whole;

use crate::change::{Change, ChangeFile, Entry};
use crate::domain::{Dataset, RemedyKind, Role};
use crate::eligibility::Eligibility;
use crate::model::Selection;
use crate::model::objectives::Tier;

pub use filling::{Filling, fillings};
pub use frontier::{Point, Proof, Remedies, RemedyError, Wanted, remedies};
pub use mended::mended;
pub use recruits::recruits;
pub use render::{in_words, json, text};
pub use universe::universe;
pub use whole::WholeMend;

/// A change that may be asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// What kind it is.
    pub kind: RemedyKind,
    /// What is changed.
    pub change: Change,
    /// The remedy that has to be taken before this one: the step of days, the place or the
    /// person before it. A position in the list.
    pub after: Option<usize>,
}

/// Posts that are empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Empty {
    /// Inspections without a lead.
    pub leads: u32,
    /// Empty posts of teams.
    pub team: u32,
}

impl Empty {
    /// Those that a plan leaves empty.
    pub fn of(year: &Eligibility, plan: &Selection) -> Self {
        let mut empty = Self::default();
        for inspection in year.inspections() {
            empty.leads += 1;
            empty.team += year.team_posts(inspection);
        }
        for seat in plan.seats() {
            match year.engagement(year.candidates[seat]).role {
                Role::Lead => empty.leads -= 1,
                Role::Team => empty.team -= 1,
            }
        }
        empty
    }

    /// All of them.
    pub fn posts(self) -> u32 {
        self.leads + self.team
    }
}

/// T1, T2 and T3, in the policy's order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Short {
    /// The tiers, as they are minimised.
    pub tiers: [(Tier, f64); 3],
}

impl Short {
    /// The value of `tier`.
    pub fn of(&self, tier: Tier) -> f64 {
        let found = self.tiers.iter().find(|(one, _)| *one == tier);
        found.map_or(0.0, |(_, value)| *value)
    }

    /// Whether nothing is short: everything is attended, with its whole team.
    pub fn is_mended(&self) -> bool {
        self.of(Tier::T1) == 0.0 && self.of(Tier::T3) == 0.0
    }

    /// Whether less is short than in `other`.
    pub fn is_less_than(&self, other: &Self) -> bool {
        let values = |short: &Self| short.tiers.map(|(_, value)| value);
        values(self) < values(other)
    }
}

/// A set of remedies as a change file.
pub fn change_file<'r>(
    dataset: &Dataset,
    title: &str,
    set: impl IntoIterator<Item = &'r Remedy>,
) -> ChangeFile {
    let entry = |remedy: &Remedy| Entry {
        change: remedy.change.clone(),
        note: dataset
            .policy
            .remedy
            .get(&remedy.kind)
            .map(|policy| format!("asked of {}", policy.addressee)),
    };
    ChangeFile {
        title: title.to_owned(),
        question: None,
        changes: set.into_iter().map(entry).collect(),
    }
}
