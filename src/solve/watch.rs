//! What HiGHS calls while it runs: to say how far it is, and to ask whether to go on.

use std::ffi::{c_char, c_int, c_void};

use highs_sys::{HighsCallbackDataIn, HighsCallbackDataOut};

use tracing::info_span;
use tracing::span::EnteredSpan;

use super::Stop;

/// What is heard of a run while it is under way.
#[derive(Clone, Copy, Debug)]
pub enum Progress<'a> {
    /// How far it is.
    At {
        /// The objective of the best solution so far; infinite where there is none.
        value: f64,
        /// The proven bound so far.
        bound: f64,
    },
    /// A solution that is better than all before it.
    Better {
        /// A value for each column.
        solution: &'a [f64],
    },
}

/// Callbacks that may stop a run, in the search and in the linear programs under it, and the
/// one that brings better solutions.
const KINDS: [highs_sys::HighsInt; 4] = [
    highs_sys::kHighsCallbackMipImprovingSolution,
    highs_sys::kHighsCallbackMipInterrupt,
    highs_sys::kHighsCallbackSimplexInterrupt,
    highs_sys::kHighsCallbackIpmInterrupt,
];

pub(super) struct Watch<'a> {
    stop: &'a Stop,
    progress: &'a mut dyn FnMut(Progress<'_>),
    phase: Phase,
    /// The span of the phase.
    span: Option<EnteredSpan>,
}

/// What a run is at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// A linear program.
    Linear,
    /// Simplifying a mixed-integer program.
    Presolve,
    /// Its first node, with its cuts.
    Root,
    /// The other nodes.
    Search,
}

impl Phase {
    fn span(self) -> EnteredSpan {
        match self {
            Self::Linear => info_span!("linear program"),
            Self::Presolve => info_span!("presolve"),
            Self::Root => info_span!("root"),
            Self::Search => info_span!("search"),
        }
        .entered()
    }
}

impl<'a> Watch<'a> {
    pub(super) fn new(
        phase: Phase,
        stop: &'a Stop,
        progress: &'a mut dyn FnMut(Progress<'_>),
    ) -> Self {
        Self {
            stop,
            progress,
            phase,
            span: Some(phase.span()),
        }
    }

    /// The run has come to a phase, or was there already.
    fn comes_to(&mut self, phase: Phase) {
        if self.phase != phase {
            self.phase = phase;
            // The one before ends first: it is what the new one would be in.
            self.span = None;
            self.span = Some(phase.span());
        }
    }

    /// Has `highs` call back.
    ///
    /// # Safety
    /// `highs` is a live HiGHS, and this is neither moved nor dropped before `detach`.
    pub(super) unsafe fn attach(&mut self, highs: *mut c_void) {
        unsafe {
            highs_sys::Highs_setCallback(highs, Some(on_event), std::ptr::from_mut(self).cast());
            for kind in KINDS {
                highs_sys::Highs_startCallback(highs, kind);
            }
        }
    }

    /// Ends the calls.
    ///
    /// # Safety
    /// `highs` is the one that was attached.
    pub(super) unsafe fn detach(&mut self, highs: *mut c_void) {
        unsafe {
            for kind in KINDS {
                highs_sys::Highs_stopCallback(highs, kind);
            }
            highs_sys::Highs_setCallback(highs, None, std::ptr::null_mut());
        }
    }
}

unsafe extern "C" fn on_event(
    kind: c_int,
    _: *const c_char,
    out: *const HighsCallbackDataOut,
    into: *mut HighsCallbackDataIn,
    user: *mut c_void,
) {
    // SAFETY: `user` is the `Watch` that `attach` gave, alive until `detach`; HiGHS's own
    // pointers are valid during the call where they are not null.
    let (watch, out, into) =
        unsafe { (&mut *user.cast::<Watch<'_>>(), out.as_ref(), into.as_mut()) };
    match (kind, out) {
        (highs_sys::kHighsCallbackMipInterrupt, Some(out)) => {
            watch.comes_to(match out.mip_node_count {
                0 => Phase::Root,
                _ => Phase::Search,
            });
            (watch.progress)(Progress::At {
                value: out.mip_primal_bound,
                bound: out.mip_dual_bound,
            });
        }
        (highs_sys::kHighsCallbackMipImprovingSolution, Some(out))
            if !out.mip_solution.is_null() =>
        {
            let size = usize::try_from(out.mip_solution_size).unwrap_or(0);
            // SAFETY: HiGHS gives so many values, one for each column.
            let solution = unsafe { std::slice::from_raw_parts(out.mip_solution, size) };
            (watch.progress)(Progress::Better { solution });
        }
        _ => {}
    }
    if let Some(into) = into {
        // Written at every call: an interrupt that is left standing would end the next run.
        into.user_interrupt = c_int::from(watch.stop.is_set());
    }
}
