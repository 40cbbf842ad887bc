//! What-ifs: every case of a few scenarios solved with the same proof as the year itself, and held
//! side by side.
//!
//! A base plan is made once and stored. A case is the dataset with the changes of its scenario,
//! planned so that among all plans that are as good the fewest posts differ from the base plan (T4).
//! It depends on nothing but dataset, scenario, seed and version: not on which cases were run
//! before it, or where. Each case's result is on the disk, whole, as soon as it is there; the table
//! is made from what is on the disk.

mod case;
mod manifest;
mod place;
mod plots;
mod row;
mod table;

pub use case::{Base, CaseError, Outcome, SCENARIO, of_result, run};
pub use manifest::{Listed, Manifest};
pub use place::{Place, PlaceError, merge};
pub use row::{Row, Status, without_plan};
pub use table::{csv, json, markdown, text};

/// How far a tier is searched: a case that is not proven by then is told with its bound, and the
/// others go on.
pub const MAX_NODES: u32 = 300;

/// How far the tiers after T4, the last one that is proven, are searched: they then have a good value
/// with its bound.
pub const NODES_AFTER_T4: u32 = 1;
