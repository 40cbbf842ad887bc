//! What ends a run early: Ctrl-C, the system's wish, the time limit; and how many threads it
//! has.

use std::sync::atomic::{AtomicBool, Ordering};

use super::arguments::Running;
use super::output::complain;
use super::{Exit, timings};
use crate::report::folder;
use crate::solve::Stop;

/// A wish to stop that the first Ctrl-C or SIGTERM, or the time limit, fulfils; the second
/// Ctrl-C ends the program at once, with nothing half-written.
pub(super) fn begin(running: &Running) -> Stop {
    if running.timings {
        timings::begin();
    }
    let stop = running.time_limit.map_or_else(Stop::never, Stop::after);
    let asked = AtomicBool::new(false);
    let on_signal = stop.clone();
    let quiet = running.quiet;
    let handler = ctrlc::set_handler(move || {
        if asked.swap(true, Ordering::SeqCst) {
            let _nothing_is_moved_any_more = folder::abandon();
            std::process::exit(Exit::Interrupted as i32);
        }
        on_signal.set();
        if !quiet {
            complain("stopping with the best plan so far; once more to end at once");
        }
    });
    if handler.is_err() {
        complain("Ctrl-C can't be caught here: it will end the run without a result");
    }
    if let Some(threads) = running.threads {
        // It fails only where a pool exists already, which then serves.
        let _ = rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global();
    }
    stop
}
