//! The annual run on the demo year and on years like it of other seeds: how long each stage
//! takes, what every tier reaches and proves, and how much memory it needs.
//!
//! ```text
//! cargo bench --bench annual_run                              the demo year, at most 60 s
//! cargo bench --bench annual_run -- --years 20 --limit 300    and 20 others, 5 minutes each
//! cargo bench --bench annual_run -- --years 20 --stop-after T3 only the first three tiers
//! cargo bench --bench annual_run -- --size 600 230 370         a year of ten times the size
//! cargo bench --bench annual_run -- --size 6000 1150 1850      a year of a hundred times the size
//! ```
//!
//! Each year is a process of its own, so that its peak of memory is its own too.

mod tables;
mod year;

use std::process::{Command, Stdio};

use clap::Parser;
use muster::demo::Spec;
use muster::model::objectives::Tier;

use year::Measured;

/// Measure the annual run.
#[derive(Parser)]
struct Arguments {
    /// So many years beside the demo year
    #[arg(long, default_value_t = 0)]
    years: u64,
    /// Begin with this seed, and leave out the demo year and those before: several can run at once
    #[arg(long)]
    from: Option<u64>,
    /// The seconds that a year's tiers have, and its causes once more
    #[arg(long, default_value_t = 60.0)]
    limit: f64,
    /// The last tier to be solved; where it is given, no causes are sought either
    #[arg(long)]
    stop_after: Option<Tier>,
    /// Years of this size in place of the demo year's, their programme drawn
    #[arg(long, num_args = 3, value_names = ["INSPECTIONS", "HMIS", "OIS"])]
    size: Vec<usize>,
    /// Measure the year of this seed, and print the figures as JSON
    #[arg(long)]
    only: Option<u64>,
    /// What cargo says to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

impl Arguments {
    fn spec(&self, seed: u64) -> Spec {
        match self.size[..] {
            [inspections, hmis, ois] => Spec::sized(seed, inspections, hmis, ois),
            _ => Spec {
                seed,
                ..Spec::demo()
            },
        }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    if let Some(seed) = arguments.only {
        let measured = year::measure(&arguments.spec(seed), arguments.limit, arguments.stop_after)?;
        println!("{}", serde_json::to_string(&measured)?);
        return Ok(());
    }
    let seeds: Vec<u64> = match arguments.size[..] {
        [] => match arguments.from {
            Some(from) => (from..=arguments.years).collect(),
            None => std::iter::once(Spec::demo().seed)
                .chain(1..=arguments.years)
                .collect(),
        },
        _ => {
            let from = arguments.from.unwrap_or(1);
            (from..=arguments.years.max(from)).collect()
        }
    };
    let mut years = Vec::new();
    for seed in seeds {
        eprintln!("measuring the year of seed {seed}");
        years.push(in_its_own_process(seed, &arguments)?);
    }
    print!("{}", tables::of(&years, arguments.limit));
    Ok(())
}

fn in_its_own_process(
    seed: u64,
    arguments: &Arguments,
) -> Result<Measured, Box<dyn std::error::Error>> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["--only", &seed.to_string()]);
    command.args(["--limit", &arguments.limit.to_string()]);
    if !arguments.size.is_empty() {
        command.arg("--size");
        command.args(arguments.size.iter().map(usize::to_string));
    }
    if let Some(tier) = arguments.stop_after {
        command.args(["--stop-after", tier.name()]);
    }
    let output = command.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("the year of seed {seed} ended with {}", output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
