//! The wish to stop: a signal's, or the time limit's.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Shared by all that solves at the same time; asked often, and cheap to ask.
#[derive(Clone, Debug, Default)]
pub struct Stop {
    asked: Arc<AtomicBool>,
    deadline: Option<Instant>,
}

impl Stop {
    /// A wish that nobody has yet.
    pub fn never() -> Self {
        Self::default()
    }

    /// One that comes by itself after `limit`.
    pub fn after(limit: Duration) -> Self {
        Self {
            asked: Arc::default(),
            deadline: Instant::now().checked_add(limit),
        }
    }

    /// Asks all that share this to stop.
    pub fn set(&self) {
        self.asked.store(true, Ordering::Relaxed);
    }

    /// Whether it is time to stop.
    pub fn is_set(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
            || self
                .deadline
                .is_some_and(|deadline| Instant::now() >= deadline)
    }
}
