//! Where changes take their choices from.

/// A source of choices: a seed's draws, or a fuzzer's bytes.
pub trait Choose {
    /// A number below `many`, which is above 0.
    fn below(&mut self, many: usize) -> usize;

    /// One of `things`.
    fn pick<'a, T: ?Sized>(&mut self, things: &[&'a T]) -> &'a T {
        things[self.below(things.len())]
    }
}
