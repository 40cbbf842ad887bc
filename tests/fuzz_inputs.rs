//! Valid datasets with a few changes each: reading, checking and planning never panic and
//! never hang, and what is planned keeps every rule.
//!
//! The quick run reads 10,000 inputs; `MUSTER_PROOF=full` reads 100,000.

mod mutation;
mod small_year;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use muster::demo::{Spec, generate};
use mutation::{Choose, Files, examine, mutated, plan};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use small_year::small_year;

/// No input may take longer.
const LIMIT: Duration = Duration::from_secs(10);

/// Of so many inputs that get past parsing, one is planned.
const PLANNED: u64 = 50;

fn inputs() -> u64 {
    match std::env::var("MUSTER_PROOF") {
        Ok(wish) if wish == "full" => 100_000,
        _ => 10_000,
    }
}

struct Draws(ChaCha8Rng);

impl Choose for Draws {
    fn below(&mut self, many: usize) -> usize {
        self.0.random_range(0..many as u64) as usize
    }
}

/// Datasets that are valid before they are changed.
fn valid() -> Vec<Files> {
    let specs = [
        Spec::sized(1, 6, 4, 6),
        Spec::sized(2, 8, 5, 8),
        Spec::varied(3, 5, 4, 4),
        Spec::varied(4, 12, 6, 9),
    ];
    let made = specs.iter().map(|spec| {
        let files = generate(spec).into_iter();
        files
            .map(|(name, text)| (name, text.into_bytes()))
            .collect()
    });
    std::iter::once(small_year()).chain(made).collect()
}

/// What became of an input.
#[derive(Clone, Copy, Default)]
struct Outcome {
    parsed: bool,
    planned: bool,
    took: Duration,
}

/// Inputs that are being read, since when; a thread of its own ends the test where one hangs,
/// and names its seed.
static UNDER_WAY: Mutex<BTreeMap<u64, Instant>> = Mutex::new(BTreeMap::new());

fn watch() {
    thread::spawn(|| {
        loop {
            thread::sleep(Duration::from_secs(1));
            let under_way = UNDER_WAY.lock().unwrap();
            for (seed, since) in under_way.iter() {
                if since.elapsed() > 6 * LIMIT {
                    eprintln!("input {seed} hangs");
                    std::process::exit(101);
                }
            }
        }
    });
}

/// Reads the input of `seed`, and plans some that can be read; an error names what panicked.
fn outcome(valid: &[Files], seed: u64) -> Result<Outcome, String> {
    let mut draws = Draws(ChaCha8Rng::seed_from_u64(seed));
    let files = mutated(&valid[seed as usize % valid.len()], &mut draws);
    let begun = Instant::now();
    UNDER_WAY.lock().unwrap().insert(seed, begun);
    let run = || {
        let dataset = examine(&files);
        let planned = dataset
            .as_ref()
            .is_some_and(|dataset| draws.below(PLANNED as usize) == 0 && plan(dataset));
        Outcome {
            parsed: dataset.is_some(),
            planned,
            took: begun.elapsed(),
        }
    };
    let outcome = catch_unwind(AssertUnwindSafe(run));
    UNDER_WAY.lock().unwrap().remove(&seed);
    outcome.map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        format!("input {seed}: {}", text.unwrap_or("a panic"))
    })
}

#[test]
fn changed_datasets_never_panic_and_never_hang() {
    let valid = valid();
    assert!(
        valid
            .iter()
            .all(|files| examine(files).is_some_and(|dataset| plan(&dataset)))
    );
    watch();
    let seeds = match std::env::var("MUSTER_INPUT").map(|seed| seed.parse::<u64>()) {
        Ok(Ok(seed)) => seed..seed + 1,
        _ => 0..inputs(),
    };
    let count = seeds.end - seeds.start;
    let outcomes: Vec<_> = seeds
        .into_par_iter()
        .map(|seed| (seed, outcome(&valid, seed)))
        .collect();
    let failed: Vec<_> = outcomes
        .iter()
        .filter_map(|(_, outcome)| outcome.as_ref().err())
        .collect();
    let fine = || {
        outcomes
            .iter()
            .filter_map(|(seed, outcome)| Some((*seed, outcome.as_ref().ok()?)))
    };
    let parsed = fine().filter(|(_, outcome)| outcome.parsed).count() as u64;
    let planned = fine().filter(|(_, outcome)| outcome.planned).count() as u64;
    let slowest = fine().max_by_key(|(_, outcome)| outcome.took);
    let (slowest, took) = slowest
        .map(|(seed, of)| (seed, of.took))
        .unwrap_or_default();
    println!(
        "{count} inputs: {parsed} got past parsing, {planned} were planned and accepted, \
         {} failed; the slowest, {slowest}, took {took:.2?}",
        failed.len()
    );
    for failure in failed.iter().take(20) {
        println!("{failure}");
    }
    assert!(failed.is_empty());
    assert!(took < LIMIT, "input {slowest} took {took:.1?}");
    if count > 1 {
        assert!(parsed * 10 >= count, "{parsed} of {count} got past parsing");
        assert!(
            planned * 4 * PLANNED >= parsed,
            "{planned} of {parsed} were planned"
        );
    }
}
