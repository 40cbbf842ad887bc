//! The fewest people who could staff the whole programme: of those who are there, and with
//! recruits; and what is short with fewer.
//!
//! Whoever holds anything counts as one person, in the year's own program and in its
//! decomposition ([`crate::model::Program::counting_people`]). What is short comes first: with
//! everybody who is there, and with any number of recruits; only then are people counted.

mod answer;
mod draft;
mod floor;
mod pool;
mod recruits;
mod render;
mod tiers;

pub use answer::{Cadre, Point, Staffing, Wanted, cadre};
pub use render::{json, text};
pub use tiers::Short;
