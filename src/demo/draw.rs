//! Random draws that are the same on every machine: a named generator, whole numbers of a
//! fixed width, and a stream of its own for each part of the year, so that a change to one
//! part leaves the draws of the others alone.

use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The part of the year that a sequence of draws is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stream {
    Spec = 1,
    Programme,
    Teams,
    People,
    Availability,
    Conflicts,
    History,
    Pins,
}

/// A sequence of draws.
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    /// The sequence for one part of the year of `seed`.
    pub(super) fn new(seed: u64, stream: Stream) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(stream as u64);
        Self(generator)
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        self.0.random_range(low..=high.max(low))
    }

    /// A position below `length`, which must not be 0.
    pub(super) fn below(&mut self, length: usize) -> usize {
        // By way of 64 bits: `usize` is narrower on some machines.
        self.0.random_range(0..length as u64) as usize
    }

    /// Yes in `percent` of a hundred cases.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.0.random_range(0..100_u32) < percent
    }

    /// One of `choices`, which must not be empty.
    pub(super) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// One of `choices`, each as often as its weight says.
    pub(super) fn weighted<T: Copy>(&mut self, choices: &[(T, u32)]) -> T {
        let total: u32 = choices.iter().map(|(_, weight)| weight).sum();
        let mut rest = self.0.random_range(0..total);
        for &(choice, weight) in choices {
            if rest < weight {
                return choice;
            }
            rest -= weight;
        }
        unreachable!("the rest is below the sum of the weights")
    }

    /// `items` in random order.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        items.shuffle(&mut self.0);
    }
}
