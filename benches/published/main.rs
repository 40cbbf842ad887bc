//! Published instances of fixed tasks and qualified staff: how few people hold all tasks, what is
//! proven, in how many seconds; and, where it is asked for, the same of CP-SAT.
//!
//! ```text
//! cargo bench --bench published -- --instances DIR                  all instances, 60 s each
//! cargo bench --bench published -- --instances DIR --set smet-2014 --limit 300
//! cargo bench --bench published -- --instances DIR --peer           and CP-SAT, 8 workers
//! ```
//!
//! The instances are others' and not part of Muster. DIR has a folder for each set, and `bounds.csv`
//! with what others published of them; without it the benchmark is skipped. The peer needs Python
//! with what `requirements.txt` names. Each instance is a process of its own, for either. Muster
//! uses one thread; CP-SAT has its usual 8 workers, on as many cores as the run may use. Every
//! answer is checked apart from who found it before it counts.

#[path = "../../tests/support/staffed.rs"]
mod staffed;
mod tables;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use clap::Parser;
use muster::fewest;
use muster::solve::Stop;
use serde::{Deserialize, Serialize};

use staffed::Instance;

/// Measure the search for few people on published instances.
#[derive(Parser)]
struct Arguments {
    /// The folder with the sets and bounds.csv
    #[arg(long)]
    instances: Option<PathBuf>,
    /// Only this set
    #[arg(long)]
    set: Option<String>,
    /// The seconds that each instance has
    #[arg(long, default_value_t = 60.0)]
    limit: f64,
    /// The seed of Muster's search
    #[arg(long, default_value_t = 0)]
    seed: u32,
    /// CP-SAT as well, by this Python
    #[arg(long, value_name = "PYTHON", num_args = 0..=1, default_missing_value = "python3")]
    peer: Option<String>,
    /// CP-SAT's workers: fewer than 8, and it does without much of what makes it strong
    #[arg(long, default_value_t = 8)]
    workers: u32,
    /// Measure this file, and print the answer as JSON
    #[arg(long)]
    only: Option<PathBuf>,
    /// What cargo says to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

/// What somebody says of an instance.
#[derive(Serialize, Deserialize)]
struct Answer {
    /// How many people hold all tasks; nothing where no way was found.
    value: Option<usize>,
    bound: usize,
    seconds: f64,
    holders: Option<Vec<usize>>,
}

impl Answer {
    fn is_proven(&self) -> bool {
        self.value == Some(self.bound)
    }
}

/// A row of bounds.csv.
#[derive(Deserialize)]
struct Published {
    set: String,
    instance: String,
    published_lower: usize,
    published_upper: usize,
}

/// An instance with all that is known of it.
struct Measured {
    published: Published,
    tasks: usize,
    staff: usize,
    ours: Answer,
    peer: Option<Answer>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    if let Some(file) = &arguments.only {
        let answer = solve(file, &arguments)?;
        println!("{}", serde_json::to_string(&answer)?);
        return Ok(());
    }
    let Some(folder) = &arguments.instances else {
        println!("skipped: --instances names no folder of instances");
        return Ok(());
    };
    let mut sets: Vec<(String, Vec<Measured>)> = Vec::new();
    for row in csv::Reader::from_path(folder.join("bounds.csv"))?.deserialize() {
        let published: Published = row?;
        if arguments
            .set
            .as_ref()
            .is_some_and(|set| *set != published.set)
        {
            continue;
        }
        eprintln!("measuring {}", published.instance);
        let set = published.set.clone();
        let measured = measure(folder, published, &arguments)?;
        match sets.last_mut().filter(|(name, _)| *name == set) {
            Some((_, instances)) => instances.push(measured),
            None => sets.push((set, vec![measured])),
        }
    }
    for (set, instances) in &sets {
        print!("{}", tables::of(set, instances, arguments.limit));
    }
    Ok(())
}

fn solve(file: &Path, arguments: &Arguments) -> Result<Answer, Box<dyn Error>> {
    let staffing = fewest::read(&std::fs::read_to_string(file)?)?;
    let limit = Duration::try_from_secs_f64(arguments.limit)?;
    let begun = Instant::now();
    let found = fewest::fewest(&staffing, arguments.seed, &Stop::after(limit))?;
    Ok(Answer {
        seconds: begun.elapsed().as_secs_f64(),
        value: found.as_ref().map(|found| found.people),
        bound: found
            .as_ref()
            .map_or(staffing.at_least(), |found| found.at_least),
        holders: found.map(|found| found.holders),
    })
}

fn measure(
    folder: &Path,
    published: Published,
    arguments: &Arguments,
) -> Result<Measured, Box<dyn Error>> {
    let file = folder
        .join(&published.set)
        .join(format!("{}.dat", published.instance));
    let instance = Instance::read(&std::fs::read_to_string(&file)?);
    let limit = arguments.limit.to_string();
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--only").arg(&file);
    command.args(["--limit", &limit, "--seed", &arguments.seed.to_string()]);
    let ours = answered(command, "Muster", &instance, &published)?;
    let peer = arguments.peer.as_ref().map(|python| {
        let mut command = Command::new(python);
        command.arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/benches/published/cp_sat.py"
        ));
        command
            .arg(&file)
            .args([&limit, &arguments.workers.to_string()]);
        answered(command, "CP-SAT", &instance, &published)
    });
    Ok(Measured {
        tasks: instance.spans.len(),
        staff: instance.people.len(),
        published,
        ours,
        peer: peer.transpose()?,
    })
}

/// The answer that `command` prints, if it is right.
fn answered(
    mut command: Command,
    who: &str,
    instance: &Instance,
    published: &Published,
) -> Result<Answer, Box<dyn Error>> {
    let output = command.stderr(Stdio::inherit()).output()?;
    let name = &published.instance;
    if !output.status.success() {
        return Err(format!("{who} ended with {} on {name}", output.status).into());
    }
    let answer: Answer = serde_json::from_slice(&output.stdout)?;
    let held = answer
        .holders
        .as_ref()
        .map(|holders| instance.staffed_by(holders));
    if held
        .transpose()
        .map_err(|wrong| format!("{who} on {name}: {wrong}"))?
        != answer.value
    {
        return Err(format!("{who} on {name}: it is not that many people who hold tasks").into());
    }
    // Bounds that contradict what somebody reached: one of them is wrong.
    let reached = answer.value.unwrap_or(usize::MAX);
    if answer.bound > published.published_upper
        || reached < published.published_lower.max(instance.most_at_once())
    {
        return Err(format!("{who} on {name}: it contradicts what is published").into());
    }
    Ok(answer)
}
