//! Whatever the bytes: reading ends, says what is wrong, and never panics.

#[path = "mutation/bytes.rs"]
mod bytes;
#[path = "mutation/choose.rs"]
mod choose;
mod small_year;

use std::time::{Duration, Instant};

use choose::Choose;
use muster::diagnostics::render;
use muster::input::read_from;
use proptest::prelude::*;
use small_year::{Dataset, small_year};

/// Choices that proptest made, and makes smaller where something fails; when they are used up,
/// the first choice every time.
struct Choices(std::vec::IntoIter<u16>);

impl Choose for Choices {
    fn below(&mut self, many: usize) -> usize {
        usize::from(self.0.next().unwrap_or(0)) % many
    }
}

/// The small year with one to five changes to the bytes of its files.
fn mutated(choose: &mut impl Choose) -> Dataset {
    let mut dataset = small_year();
    for _ in 0..=choose.below(5) {
        let file = choose.below(dataset.len());
        if let Some(bytes) = dataset.values_mut().nth(file) {
            bytes::change(bytes, choose);
        }
    }
    dataset
}

/// What begins a command to a terminal.
const ESCAPE: char = '\u{1b}';

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_bytes_never_panic(
        choices in prop::collection::vec(any::<u16>(), 1..64),
    ) {
        let dataset = mutated(&mut Choices(choices.into_iter()));
        let loaded = read_from(&dataset);
        prop_assert_eq!(loaded.dataset.is_none(), loaded.diagnostics.has_errors());
        let drawn = render::text(&loaded.diagnostics, false);
        prop_assert!(!drawn.contains(ESCAPE));
        prop_assert!(render::json(&loaded.diagnostics).is_object());
    }
}

/// Large files full of mistakes are read in a time that grows with their length: these would
/// take minutes if anything were compared with everything.
#[test]
fn large_files_of_nothing_but_mistakes_end_soon() {
    let started = Instant::now();
    let many = 20_000;
    let mut dataset = small_year();
    let row = |file: &str, row: &dyn Fn(usize) -> String| {
        let mut bytes = small_year()[file].clone();
        bytes.extend((0..many).flat_map(|number| row(number).into_bytes()));
        bytes
    };
    let changes = [
        (
            "pins.csv",
            row("pins.csv", &|n| format!("P{n},I{n},leed,pin\n")),
        ),
        (
            "availability.csv",
            row("availability.csv", &|n| {
                format!("I{n},1900-01-01,9999-12-31,offered,\n")
            }),
        ),
        (
            "history.csv",
            row("history.csv", &|n| format!("ash{n},I{n},lead,2025-01-01\n")),
        ),
        (
            "programme.csv",
            row("programme.csv", &|n| {
                format!(
                    "Q{n},ash,full,no,2026-05-11,2026-07-21,7,2,4,good,ask,,,,,,,2025-10-01,,planned\n"
                )
            }),
        ),
        ("conflicts.csv", vec![b'"'; 1_000_000]),
    ];
    for (file, bytes) in changes {
        dataset.insert(file.to_owned(), bytes);
    }
    let loaded = read_from(&dataset);
    assert!(loaded.diagnostics.len() > many);
    assert!(
        started.elapsed() < Duration::from_secs(60),
        "{:?}",
        started.elapsed()
    );
}
