//! The best plan of a tiny year, found by trying everything: written from the domain brief
//! and the format alone, apart from whatever builds and solves models, so that the two can
//! be held against each other.
//!
//! Only parsed rows go in. Windows, working days, deadlines, places, distances and costs are
//! computed here, plainly. What is left out of the search is left out exactly: a partial plan
//! that breaks a rule (every rule only gets harder as posts are added), and a partial plan
//! whose bound shows that it can't beat what was found.

mod calendar;
mod choices;
mod dropped;
mod fairness;
pub mod naive;
mod person;
mod posts;
mod replanned;
mod reserves;
mod scope;
mod search;
mod sites;
mod tiers;
mod windows;
mod year;

pub use dropped::{Dropped, Rule, Tier};
pub use fairness::Ratio;
pub use replanned::{Replanned, replanned};
pub use tiers::Optimum;

use muster::domain::{Dataset, InspectionIx};

/// The optimum of `dataset` in every tier, without what is `dropped`.
///
/// # Panics
/// If its pins can't all be kept, which [`feasible`] tells.
pub fn optimum(dataset: &Dataset, dropped: &Dropped) -> Optimum {
    let year = year::Year::new(dataset, &dropped.rules);
    tiers::optimum(&year, dropped).expect("the pins of a tiny year can be kept")
}

/// The least of T1, T2 and T3 in the policy's order; none where the pins can't all be kept.
pub fn least_short(dataset: &Dataset) -> Option<[i64; 3]> {
    let order = if dataset.policy.different_week.to_fill_teams {
        [Tier::T1, Tier::T3, Tier::T2]
    } else {
        [Tier::T1, Tier::T2, Tier::T3]
    };
    let year = year::Year::new(dataset, &Dropped::nothing().rules);
    let least = search::Search::new(&year, &order).least()?;
    Some(order.map(|tier| least.sums.of(tier)))
}

/// Whether any plan at all keeps every rule: only pins can stand against it.
pub fn feasible(dataset: &Dataset) -> bool {
    let year = year::Year::new(dataset, &Dropped::nothing().rules);
    search::Search::new(&year, &[]).least().is_some()
}

/// Whether Ofsted owes attendance at `inspection`.
pub fn is_in_scope(dataset: &Dataset, inspection: InspectionIx) -> bool {
    let nothing = Dropped::nothing().rules;
    scope::in_scope(dataset, dataset.inspection(inspection), &nothing)
}
