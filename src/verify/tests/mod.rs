//! The checker over whole results: the sample passes, and no figure of it can be changed, left
//! out, repeated or moved without a finding that names it.

mod cells;
mod files;
mod garbage;
mod json;
mod named;

use super::test_support::sample;

#[test]
fn the_sample_is_sound() {
    let dataset = sample::dataset();
    assert_eq!(sample::findings(&dataset, &sample::files(&dataset)), []);
}
