//! libFuzzer chooses the changes to a small valid dataset; reading, checking and, where its
//! bytes say so, planning must never panic.
#![no_main]

#[path = "../../tests/mutation/mod.rs"]
mod mutation;
#[path = "../../tests/small_year/mod.rs"]
mod small_year;

use libfuzzer_sys::fuzz_target;
use mutation::{Choose, examine, mutated, plan};

/// Choices made by bytes, two each; when they are used up, the first choice every time.
struct Bytes<'a>(&'a [u8]);

impl Choose for Bytes<'_> {
    fn below(&mut self, many: usize) -> usize {
        let Some((two, rest)) = self.0.split_first_chunk() else {
            return 0;
        };
        self.0 = rest;
        usize::from(u16::from_le_bytes(*two)) % many
    }
}

fuzz_target!(|bytes: &[u8]| {
    let mut choices = Bytes(bytes);
    let files = mutated(&small_year::small_year(), &mut choices);
    if let Some(dataset) = examine(&files)
        && choices.below(8) == 7
    {
        plan(&dataset);
    }
});
