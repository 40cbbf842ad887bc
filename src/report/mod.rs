//! A run's result as files: one file an output, as the format names them; and how files get
//! onto the disk, for their owner only and in one step.

mod allocations;
mod days;
pub mod file;
pub mod folder;
mod out_of_scope;
pub(crate) mod private;
mod reserves;
mod shortfalls;
mod summary;
mod table;
mod terminal;
mod workload;

use crate::allocate::{Allocation, Options};
use crate::eligibility::Eligibility;
use crate::explain::Shortfall;
pub(crate) use table::Table;
pub use terminal::{pounds, terminal};

/// A run that is over, with all that its files are made of.
pub struct Run<'a> {
    /// The year, and who can hold what.
    pub eligibility: &'a Eligibility<'a>,
    /// The plan and its proof.
    pub allocation: &'a Allocation,
    /// Every empty post with its cause.
    pub shortfalls: &'a [Shortfall],
    /// What was asked for.
    pub options: &'a Options,
}

/// A file of the result.
pub trait ResultFile: Sync {
    /// Its name.
    fn name(&self) -> &'static str;
    /// Its bytes.
    fn contents(&self, run: &Run) -> Vec<u8>;
}

/// Every file of an annual run's result.
pub const FILES: [&dyn ResultFile; 6] = [
    &allocations::Allocations,
    &shortfalls::Shortfalls,
    &workload::Workload,
    &days::Days,
    &out_of_scope::OutOfScopeList,
    &summary::Summary,
];

/// The file that a result has too where the policy asks for reserves.
pub const RESERVES: &dyn ResultFile = &reserves::Reserves;

/// The contents of every file, by name.
pub fn files(run: &Run) -> Vec<(String, Vec<u8>)> {
    let asked = run.eligibility.dataset.policy.reserve.name_reserves;
    let files = FILES.into_iter().chain(asked.then_some(RESERVES));
    files
        .map(|file| (file.name().to_owned(), file.contents(run)))
        .collect()
}
