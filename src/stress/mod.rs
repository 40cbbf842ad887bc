//! How fragile a plan is: years of absences drawn at random, each repaired as a scheduling team
//! would, and what is short at the end.
//!
//! Who is ill is away from a Monday for as long as the policy says, and nobody knows beforehand: at
//! each absence only what has begun by then is known. A draw depends on dataset, plan, seed and its
//! number alone.

mod absences;
mod measure;
mod render;
mod repair;

pub use absences::{Absence, absences};
pub use measure::{Fragile, Share, Stressed, stressed};
pub use render::{draws_csv, fragile_csv, json, plot, text};
pub use repair::{Drawn, Repair, Stress, StressError, draw};
