//! What is asked before anything is settled.

use std::path::PathBuf;

use clap::Args;

use super::{Solving, Writing};

/// `muster whatif`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster whatif 2026-27 scenarios/lead-leaves.toml --out asked
  muster whatif 2026-27 scenarios/*.toml --out december      all that are shipped
  muster whatif 2026-27 flu.toml --out flu --resume          go on after a stop
  muster whatif 2026-27 flu.toml --out flu-2 --shard 2/3     a part, for muster merge

Each case is proven through T4: as good as it can be, and then as near to the plan of the year
as it is. Its result is in OUT/cases; whatif.csv and whatif.md hold them side by side.")]
pub struct Whatif {
    /// The dataset's folder
    pub dataset: PathBuf,
    /// The scenarios' files
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<PathBuf>,
    /// The folder for the cases
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Solve so many cases side by side [default: all cores]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Go on with what was begun
    #[arg(long)]
    pub resume: bool,
    /// Solve every N-th case only, from the K-th on
    #[arg(long, value_name = "K/N", value_parser = shard)]
    pub shard: Option<Shard>,
    #[command(flatten)]
    pub solving: Solving,
    #[command(flatten)]
    pub writing: Writing,
}

/// `muster merge`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  muster merge flu-1 flu-2 flu-3 --out flu      the same as one run of all cases")]
pub struct Merge {
    /// The parts' folders
    #[arg(required = true, value_name = "PART")]
    pub parts: Vec<PathBuf>,
    /// The folder for the whole
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub writing: Writing,
}

/// A part of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 1.
    pub part: usize,
    /// Of how many.
    pub of: usize,
}

fn shard(text: &str) -> Result<Shard, String> {
    let numbers = text.split_once('/').and_then(|(part, of)| {
        let (part, of) = (part.parse::<usize>().ok()?, of.parse::<usize>().ok()?);
        (1..=of).contains(&part).then_some(Shard { part, of })
    });
    numbers.ok_or_else(|| format!("'{text}' is no part: write 2/3 for the second of three"))
}
