//! Dates that Ofsted could propose to HMIP while its programme is consulted on (¶12): with 0, 1, 2, …
//! inspections moved by whole weeks, the least that is short, proven, and the moves that give it.
//!
//! Each inspection stands in the year once for each week that it may be moved to, and one of these
//! is chosen. Nothing of what comes out speaks of people.

mod frontier;
mod moves;
mod places;
mod program;
mod render;

pub use frontier::{Point, Suggestions, Wanted, suggest};
pub use moves::Move;
pub use render::{change_file, json, text};
