//! What is asked before anything is settled.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Folders, Running, Solving, Writing};

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

/// `muster suggest`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster suggest 2026-27                       which moves of one or two weeks help most
  muster suggest 2026-27 --within 1 --most 2   one week only, two inspections at most
  muster suggest 2026-27 --save dates.toml     the moves as a change file, for muster apply

Weeks without inspections stay so, what is announced and what is pinned is kept, and HMIP has at
most so many inspections a week as the policy says. The answer says nothing of people.")]
pub struct Suggest {
    /// The dataset's folder
    pub dataset: PathBuf,
    /// Move an inspection by at most so many weeks
    #[arg(long, value_name = "WEEKS", default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=26))]
    pub within: u32,
    /// Move at most so many inspections
    #[arg(long, value_name = "NUMBER", default_value_t = 3, value_parser = clap::value_parser!(u32).range(0..=100))]
    pub most: u32,
    /// Write the moves of a point as a change file
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// Which point to save, counted from 0 [default: the last]
    #[arg(long, value_name = "NUMBER", requires = "save")]
    pub point: Option<u32>,
    #[command(flatten)]
    pub running: Running,
    #[command(flatten)]
    pub writing: Writing,
}

/// `muster cadre`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster cadre 2026-27                 how few of the present people would do, and how few with recruits
  muster cadre 2026-27 --most 12       and what is short with fewer, one after the other
  muster cadre 2026-27 --format json   the same for programs

Who could be recruited is [remedy.person] of the policy; how many is not limited here.
It takes five minutes at most, unless --time-limit says otherwise.")]
pub struct Cadre {
    /// The dataset's folder
    pub dataset: PathBuf,
    /// Look at so many numbers of people, from the fewest that leave least short downwards
    #[arg(long, value_name = "NUMBER", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub most: u32,
    #[command(flatten)]
    pub running: Running,
}

/// `muster smptsp`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster smptsp data_1_23_40_66.dat                 how few people hold all tasks, and how few must
  muster smptsp data_1_23_40_66.dat --format json   the same for programs, with who holds what

It says how good the search for few people is: such instances are published, with others' figures.")]
pub struct Smptsp {
    /// The instance's file
    pub file: PathBuf,
    #[command(flatten)]
    pub running: Running,
}

/// `muster stress`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster stress 2026-27 result                     200 years of absences, repaired by stand-ins
  muster stress 2026-27 result --repair replan --draws 20
  muster stress 2026-27 result --out fragile       the same as spreadsheets and a plot

How often people are away, and for how long, is [absence.hmi] and [absence.oi] of the policy.")]
pub struct Stress {
    #[command(flatten)]
    pub folders: Folders,
    /// Draw so many years of absences
    #[arg(long, value_name = "NUMBER", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub draws: u32,
    /// Repair each absence in this way
    #[arg(long, value_enum, default_value_t)]
    pub repair: Repair,
    /// Write draws.csv, fragile.csv and a plot to this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub running: Running,
    #[command(flatten)]
    pub writing: Writing,
}

/// How an absence is repaired.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Repair {
    /// Each post by the best stand-in
    #[default]
    StandIn,
    /// The rest of the year planned anew, with as few changes as can be
    Replan,
}

impl From<Repair> for crate::stress::Repair {
    fn from(repair: Repair) -> Self {
        match repair {
            Repair::StandIn => Self::StandIn,
            Repair::Replan => Self::Replan,
        }
    }
}
