//! Exit codes, and the way out when something of ours breaks.

use std::panic::PanicHookInfo;
use std::process::ExitCode;

use crate::report::folder;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is done.
    Done = 0,
    /// `verify` found a fault, or there is a shortfall and `--fail-on-shortfall` was given.
    Found = 1,
    /// The input is wrong: the dataset, the result or the arguments.
    BadInput = 2,
    /// Stopped by time or a signal before every tier that was asked for was proven; the result
    /// is valid.
    Stopped = 3,
    /// Nothing could be made: no plan, or the result could not be written.
    Nothing = 4,
    /// A fault of ours.
    Fault = 70,
    /// A second Ctrl-C.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The exit codes, as `--help` and the manual show them.
pub const CODES: &str = "\
Exit codes:
  0    done
  1    verify found a fault, or there is a shortfall and --fail-on-shortfall was given
  2    the input is wrong: the dataset, the result or the arguments
  3    stopped by time or a signal before all was proven; the result is valid
  4    nothing could be made, or it could not be written
  70   a fault of Muster's own
  130  a second Ctrl-C";

/// Ends the program after a fault of ours: nothing half-written stays, and the place in the
/// program is named, but none of the data.
pub(super) fn on_fault(fault: &PanicHookInfo) {
    let place = fault
        .location()
        .map(|at| format!("{}:{}", at.file(), at.line()));
    let _nothing_is_moved_any_more = folder::abandon();
    eprintln!(
        "muster: a fault of Muster's own{}. Nothing was changed; please report it.",
        place
            .map(|place| format!(" at {place}"))
            .unwrap_or_default()
    );
    std::process::exit(Exit::Fault as i32);
}
