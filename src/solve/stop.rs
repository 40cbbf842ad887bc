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

    /// The same wish for a part of the work: where there is a time limit, it comes by itself
    /// after `share` (0 to 1) of what is left of it.
    pub fn for_share(&self, share: f64) -> Self {
        let now = Instant::now();
        let end = |deadline: Instant| now + deadline.saturating_duration_since(now).mul_f64(share);
        Self {
            asked: Arc::clone(&self.asked),
            deadline: self.deadline.map(end),
        }
    }

    /// How much is left of the time limit, where there is one.
    pub fn left(&self) -> Option<Duration> {
        let left = |deadline: Instant| deadline.saturating_duration_since(Instant::now());
        self.deadline.map(left)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_ends_before_the_whole_and_hears_the_same_wish() {
        let whole = Stop::after(Duration::from_secs(3600));
        let none = whole.for_share(0.0);
        let half = whole.for_share(0.5);
        assert!(none.is_set() && !half.is_set() && !whole.is_set());
        whole.set();
        assert!(half.is_set());
        assert!(!Stop::never().for_share(0.0).is_set());
    }
}
