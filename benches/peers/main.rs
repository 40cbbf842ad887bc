//! Muster beside its peers, on the same years, on the same machine, in the same run: CP-SAT, plain
//! HiGHS and CBC on the compact program without cliques, and the list that a spreadsheet's user
//! makes. All have the same time for a year and the same gaps; a run that is cut short, or ends
//! with a gap, counts as all of the time, and the ratio that follows as a bound.
//!
//! ```text
//! pip install -r benches/peers/requirements.txt
//! cargo bench --bench peers                              the demo year, 120 s for each
//! cargo bench --bench peers -- --years 9 --limit 120     and 9 others
//! cargo bench --bench peers -- --peers cp-sat,highs      some of the peers only
//! ```
//!
//! The clocks: Muster's runs from who may hold what to the last tier's proof, so it holds the
//! statement of its program. A peer's runs from when all rows are known: it holds that they are
//! given to the solver, and not that they are made. Peers begin with the spreadsheet's list where
//! it keeps every rule. Every plan is held against the independent checker, every bound against
//! the others' values: a plan that breaks a rule, or values that can't both be true, end the run
//! with an error, after the tables.

mod greedy;
mod statement;
mod tables;
mod year;

use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use clap::Parser;
use muster::demo::Spec;
use muster::eligibility::Eligibility;

use statement::Statement;
use tables::{Measured, Run};
use year::Outcome;

/// The exit code of the peers' program where the peer is not installed.
const NOT_INSTALLED: i32 = 3;

/// How long after its time a peer is ended from outside.
const GRACE: Duration = Duration::from_secs(15);

/// Measure Muster beside its peers.
#[derive(Parser)]
struct Arguments {
    /// So many years beside the demo year
    #[arg(long, default_value_t = 0)]
    years: u64,
    /// The seconds that each has for a year
    #[arg(long, default_value_t = 120.0)]
    limit: f64,
    /// Which peers
    #[arg(long, value_delimiter = ',', default_value = "cp-sat,highs,cbc")]
    peers: Vec<String>,
    /// So many threads for each peer, where not as many as there are cores; Muster has the cores
    #[arg(long)]
    threads: Option<usize>,
    /// The Python that the peers are installed for
    #[arg(long, default_value = "python3")]
    python: String,
    /// Have Muster allocate the year in this folder, and print the outcome as JSON
    #[arg(long)]
    only: Option<std::path::PathBuf>,
    /// What cargo says to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    if let Some(folder) = &arguments.only {
        let outcome = year::of_muster(folder, arguments.limit)?;
        println!("{}", serde_json::to_string(&outcome)?);
        return Ok(());
    }
    let seeds = std::iter::once(Spec::demo().seed).chain(1..=arguments.years);
    let mut years = Vec::new();
    for seed in seeds {
        years.push(measured(seed, &arguments)?);
    }
    print!(
        "{}",
        tables::of(&years, arguments.limit, threads(&arguments))
    );
    let errors = years.iter().map(|year| year.errors.len()).sum::<usize>();
    if errors > 0 {
        return Err(format!("{errors} disagreements, as said above").into());
    }
    Ok(())
}

fn threads(arguments: &Arguments) -> usize {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    arguments.threads.unwrap_or_else(cores)
}

/// One year, by everybody, one after the other.
fn measured(seed: u64, arguments: &Arguments) -> Result<Measured, Box<dyn Error>> {
    let place = tempfile::tempdir()?;
    let (dataset, stated) = (place.path().join("year"), place.path().join("stated.json"));
    std::fs::create_dir(&dataset)?;
    year::write(seed, &dataset)?;
    let rows = year::read(&dataset)?;
    let eligibility = Eligibility::new(&rows);

    let begun = Instant::now();
    let list = greedy::list(&eligibility);
    let of_list = Outcome {
        seconds: begun.elapsed().as_secs_f64(),
        seats: list.clone(),
        ..Outcome::default()
    };
    let start = match year::checked(&eligibility, &list) {
        Ok(_) => list,
        Err(_) => Vec::new(),
    };
    let statement = Statement::of(&eligibility, start);
    std::fs::write(&stated, serde_json::to_string(&statement)?)?;

    eprintln!("seed {seed}: Muster");
    let mut runs = vec![(
        "Muster".to_owned(),
        Some(muster(&dataset, arguments.limit)?),
    )];
    for peer in &arguments.peers {
        eprintln!("seed {seed}: {peer}");
        runs.push((
            peer.clone(),
            of_peer(peer, &stated, place.path(), arguments)?,
        ));
    }
    runs.push(("list".to_owned(), Some(of_list)));

    let mut errors = Vec::new();
    let runs: Vec<Run> = runs
        .into_iter()
        .map(|(name, outcome)| {
            let values = outcome.as_ref().and_then(|outcome| {
                let checked = year::checked(&eligibility, &outcome.seats);
                checked
                    .map_err(|findings| errors.push(format!("{name}'s plan: {findings}")))
                    .ok()
            });
            Run {
                name,
                outcome,
                values,
            }
        })
        .collect();
    errors.extend(contradictions(&runs));
    for error in &errors {
        eprintln!("seed {seed}: {error}");
    }
    Ok(Measured {
        seed,
        size: statement.size(),
        runs,
        errors,
    })
}

/// What can't be true: of any two runs, and of what a run says of its own plan.
fn contradictions(runs: &[Run]) -> Vec<String> {
    let mut found = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let Some(outcome) = &run.outcome else {
            continue;
        };
        for other in &runs[at + 1..] {
            let Some(theirs) = &other.outcome else {
                continue;
            };
            let both = format!("{} and {}", run.name, other.name);
            let wrong = year::disagreements(outcome, theirs).into_iter();
            found.extend(wrong.map(|what| format!("{both}: {what}")));
        }
        // The last tier's value is the plan's; so are those that later tiers keep exactly.
        let exact = |tier: &&year::Tier| ["T1", "T2", "T3"].contains(&tier.name.as_str());
        let last = outcome.tiers.last();
        for tier in outcome.tiers.iter().filter(exact).chain(last) {
            let (Some(said), Some(values)) = (tier.value, &run.values) else {
                continue;
            };
            let is = year::value_of(values, &tier.name);
            if (said - is).abs() > 1e-6 {
                found.push(format!("{}: {} is {is}, not {said}", run.name, tier.name));
            }
        }
    }
    found
}

/// In a process of its own, as each peer is.
fn muster(dataset: &Path, limit: f64) -> Result<Outcome, Box<dyn Error>> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--only").arg(dataset);
    command.args(["--limit", &limit.to_string()]);
    let output = command.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("Muster ended with {}", output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Nothing where it is not installed.
fn of_peer(
    peer: &str,
    stated: &Path,
    place: &Path,
    arguments: &Arguments,
) -> Result<Option<Outcome>, Box<dyn Error>> {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/peers.py");
    let outcome = place.join(format!("{peer}.json"));
    let mut command = Command::new(&arguments.python);
    command.arg(program).arg(peer).arg(stated).arg(&outcome);
    command.args([arguments.limit.to_string(), threads(arguments).to_string()]);
    command.stdout(Stdio::null());
    let Ok(mut child) = command.spawn() else {
        return Ok(None);
    };
    // Its clock begins when it has read the year, which takes a few seconds at most.
    let latest = Instant::now() + Duration::try_from_secs_f64(arguments.limit)? + GRACE;
    let status = loop {
        match child.try_wait()? {
            Some(status) => break Some(status),
            None if Instant::now() > latest => {
                child.kill()?;
                child.wait()?;
                break None;
            }
            None => std::thread::sleep(Duration::from_millis(50)),
        }
    };
    match status {
        Some(status) if status.code() == Some(NOT_INSTALLED) => return Ok(None),
        Some(status) if !status.success() => {
            return Err(format!("{peer} ended with {status}").into());
        }
        _ => {}
    }
    // Ended from outside, it leaves what stood when its last tier ended.
    let mut reached: Outcome = serde_json::from_slice(&std::fs::read(&outcome)?)?;
    if status.is_none() {
        let after = reached.tiers.len();
        let next = ["T1", "T2", "T3", "T6", "T7", "T8"].get(after).copied();
        reached.stopped_in = next.map(str::to_owned);
        reached.seconds = arguments.limit;
    }
    Ok(Some(reached))
}
