//! Muster puts Ofsted's inspectors on a year of prison inspections: as well as can be done,
//! with a proof, and with the cause of every post that stays empty.

pub mod diagnostics;
pub mod domain;
pub mod input;
