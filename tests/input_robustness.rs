//! Whatever the bytes: reading ends, says what is wrong, and never panics.

mod small_year;

use std::time::{Duration, Instant};

use muster::diagnostics::render;
use muster::input::read_from;
use proptest::prelude::*;
use small_year::{Dataset, small_year};

/// One change to the bytes of one file.
#[derive(Clone, Debug)]
enum Mutation {
    Replace(u8),
    Insert(Vec<u8>),
    Remove(usize),
    Repeat(usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let telling = prop::sample::select(vec![
        "\"",
        ",",
        ";",
        "\n",
        "\r",
        "\t",
        "\0",
        "-",
        "/",
        "£",
        "é",
        "9",
        "99999999999",
        "2026-02-29",
        "31/12/9999",
        "[",
        "=",
        "#",
        "\u{feff}",
        "\u{1b}[31m",
        "PK\u{3}\u{4}",
        "ash",
        "P1",
        "I1",
    ]);
    prop_oneof![
        any::<u8>().prop_map(Mutation::Replace),
        telling.prop_map(|text| Mutation::Insert(text.as_bytes().to_vec())),
        prop::collection::vec(any::<u8>(), 1..4).prop_map(Mutation::Insert),
        (1_usize..60).prop_map(Mutation::Remove),
        (1_usize..200).prop_map(Mutation::Repeat),
    ]
}

fn mutate(
    dataset: &mut Dataset,
    file: prop::sample::Index,
    at: prop::sample::Index,
    what: &Mutation,
) {
    let count = dataset.len();
    let Some(bytes) = dataset.values_mut().nth(file.index(count)) else {
        return;
    };
    let at = at.index(bytes.len() + 1);
    let end = |length: usize| (at + length).min(bytes.len());
    match what {
        Mutation::Replace(byte) => bytes[at..].iter_mut().take(1).for_each(|old| *old = *byte),
        Mutation::Insert(new) => drop(bytes.splice(at..at, new.iter().copied())),
        Mutation::Remove(length) => drop(bytes.drain(at..end(*length))),
        Mutation::Repeat(length) => {
            let copy = bytes[at..end(*length)].to_vec();
            drop(bytes.splice(at..at, copy));
        }
    }
}

/// What begins a command to a terminal.
const ESCAPE: char = '\u{1b}';

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_bytes_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), mutation()), 1..6),
    ) {
        let mut dataset = small_year();
        for (file, at, what) in &changes {
            mutate(&mut dataset, *file, *at, what);
        }
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
