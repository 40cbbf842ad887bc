//! Muster puts Ofsted's inspectors on a year of prison inspections: as well as can be done,
//! with a proof, and with the cause of every post that stays empty.

pub mod allocate;
pub mod cadre;
pub mod change;
pub mod check;
pub mod cli;
pub mod demo;
pub mod diagnostics;
pub mod diff;
pub mod domain;
pub mod due;
pub mod eligibility;
pub mod explain;
pub mod fewest;
pub mod format;
pub mod input;
pub mod ledger;
pub mod model;
pub mod pack;
pub mod plot;
pub mod purge;
pub mod remedies;
pub mod replan;
pub mod report;
pub mod result;
pub mod scenario;
pub mod solve;
pub mod stand_in;
pub mod stress;
pub mod suggest;
pub mod template;
#[cfg(test)]
mod test_support;
pub mod verify;
pub mod whatif;
pub mod why;
