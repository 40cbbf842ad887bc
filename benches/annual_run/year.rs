//! One year, measured stage by stage.

use std::error::Error;
use std::time::{Duration, Instant};

use muster::allocate::{Options, Status, Unobserved, allocate};
use muster::check;
use muster::demo::{Spec, generate};
use muster::eligibility::Eligibility;
use muster::explain::shortfalls;
use muster::model::{MOST_STATED, Program, objectives};
use muster::report::{FILES, Run, files, folder};
use muster::solve::Stop;
use muster::verify::verify;
use serde::{Deserialize, Serialize};

/// What was measured of a year.
#[derive(Serialize, Deserialize)]
pub struct Measured {
    /// Which year.
    pub seed: u64,
    /// Each stage and its seconds, in their order.
    pub stages: Vec<(String, f64)>,
    /// What each tier reached.
    pub tiers: Vec<Tier>,
    /// The most memory at any moment, in MiB, where the system tells.
    pub peak: Option<f64>,
}

/// How a tier ended.
#[derive(Serialize, Deserialize)]
pub struct Tier {
    pub name: String,
    pub value: f64,
    pub bound: f64,
    pub gap: f64,
    pub proven: bool,
    pub seconds: f64,
}

/// Makes, allocates, explains, writes and verifies a year.
pub fn measure(
    spec: &Spec,
    limit: f64,
    stop_after: Option<objectives::Tier>,
) -> Result<Measured, Box<dyn Error>> {
    let place = tempfile::tempdir()?;
    for (name, text) in generate(spec) {
        std::fs::write(place.path().join(name), text)?;
    }
    let mut stages = Vec::new();
    let whole = Instant::now();

    let dataset = timed(&mut stages, "read", || check::read(place.path()).dataset)
        .ok_or("the year has errors")?;
    let eligibility = timed(&mut stages, "eligibility", || Eligibility::new(&dataset));
    // Stated once more only to be timed: the tiers' run states its own.
    let stated = Instant::now();
    timed(&mut stages, "model", || {
        match eligibility.candidates.len() {
            0..=MOST_STATED => Program::new(&eligibility).map(drop),
            _ => Ok(()),
        }
    })?;
    let stated = stated.elapsed();

    let limit = Duration::try_from_secs_f64(limit)?;
    let options = Options {
        stop_after,
        ..Options::default()
    };
    let allocation = timed(&mut stages, "tiers", || {
        let stop = Stop::after(limit);
        allocate(&eligibility, &options, &stop, &mut Unobserved)
    })?;
    let shortfalls = timed(&mut stages, "causes", || {
        let stop = match stop_after {
            None => Stop::after(limit),
            Some(_) => Stop::after(Duration::ZERO),
        };
        shortfalls(&eligibility, &allocation.selection, options.seed, &stop)
    })?;
    let result = place.path().join("result");
    let run = Run {
        eligibility: &eligibility,
        allocation: &allocation,
        shortfalls: &shortfalls,
        options: &options,
    };
    let names: Vec<_> = FILES.iter().map(|file| file.name()).collect();
    timed(&mut stages, "writing", || {
        folder::write(&result, &files(&run), &names, false)
    })?;
    stages.push(("whole".to_owned(), (whole.elapsed() - stated).as_secs_f64()));
    let peak = peak();
    let findings = timed(&mut stages, "verify", || verify(&dataset, &result))?;
    if !findings.is_empty() {
        return Err(format!("the checker refuses the result: {findings:#?}").into());
    }

    let asked = allocation
        .tiers
        .iter()
        .filter(|outcome| outcome.status != Status::Off);
    let tiers = asked.map(|outcome| Tier {
        name: outcome.tier.name().to_owned(),
        value: outcome.reached.unwrap_or(outcome.value),
        bound: outcome.bound.unwrap_or(0.0),
        gap: outcome.gap.unwrap_or(f64::INFINITY),
        proven: outcome.status == Status::Optimal,
        seconds: outcome.seconds,
    });
    Ok(Measured {
        seed: spec.seed,
        stages,
        tiers: tiers.collect(),
        peak,
    })
}

fn timed<T>(stages: &mut Vec<(String, f64)>, stage: &str, work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let made = work();
    stages.push((stage.to_owned(), begun.elapsed().as_secs_f64()));
    made
}

/// Linux tells in `VmHWM`.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes / 1024.0)
}
