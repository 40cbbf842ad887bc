//! What asks about a result: why, what mends it, who stands in.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::{Folders, Format, Running, Writing};
use crate::cli::values::date;

/// `muster explain`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster explain 2026-27 result            every empty post
  muster explain 2026-27 result P031       those of one inspection

What is said of using somebody here was found by solving the year again with them in the post.")]
pub struct Explain {
    #[command(flatten)]
    pub folders: Folders,
    /// One inspection's id [default: all that are short]
    pub inspection: Option<String>,
    /// Solve the year again with everybody who could take the post, not with 5 people only
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub running: Running,
}

/// `muster why-not`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster why-not 2026-27 result --inspection P031 --inspector I014
      the rules in the way of I014, or what it would cost if they held the post
  muster why-not 2026-27 result --inspection P031 --inspector I014 --role lead --window 2026-06-15
      the same as its lead, in the window that begins on that day

It takes half a minute at most, unless --time-limit says otherwise.")]
pub struct WhyNot {
    #[command(flatten)]
    pub folders: Folders,
    /// The inspection's id
    #[arg(long, value_name = "ID")]
    pub inspection: String,
    /// Who does not hold the post
    #[arg(long, value_name = "ID")]
    pub inspector: String,
    /// In which role [default: one that is empty, the lead's first]
    #[arg(long, value_enum)]
    pub role: Option<Post>,
    /// The first day on site of the window [default: the one in which it is attended]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub window: Option<NaiveDate>,
    #[command(flatten)]
    pub running: Running,
}

/// `muster remedies`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster remedies 2026-27 result                         what 1, 2, 3, … changes would mend
  muster remedies 2026-27 result --save remedies.toml    and the cheapest whole mend, for muster apply

What may be changed, at which price, and who is asked for it, is in the policy: [remedy.clearance] and so on.
It takes ten minutes at most, unless --time-limit says otherwise.")]
pub struct Remedies {
    #[command(flatten)]
    pub folders: Folders,
    /// Look at sets of so many changes at most
    #[arg(long, value_name = "NUMBER", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub most: u32,
    /// The change file that makes a set of changes [default: the cheapest whole mend, else the last set]
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// Everything that was found, for muster pack --for moj
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Save the set of so many changes
    #[arg(long, value_name = "NUMBER", requires = "save")]
    pub point: Option<u32>,
    #[command(flatten)]
    pub writing: Writing,
    #[command(flatten)]
    pub running: Running,
}

/// A post of an inspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Post {
    /// The lead's
    Lead,
    /// A team inspector's
    Team,
}

/// `muster stand-in`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster stand-in 2026-27 result --inspection P031 --inspector I014
      everybody who can take I014's post, best first
  muster stand-in 2026-27 result --inspection P031 --inspector I014 --take 1 --out result-2
      the first of them takes it: the changed result, and who must be told
  muster stand-in 2026-27 result --inspection P031 --inspector I014 --take 1 --save stand-in.toml
      the same as a change file, for muster apply")]
pub struct StandIn {
    #[command(flatten)]
    pub folders: Folders,
    /// The inspection's id
    #[arg(long, value_name = "ID")]
    pub inspection: String,
    /// Who can't hold their post of it
    #[arg(long, value_name = "ID")]
    pub inspector: String,
    /// Days before this one are past [default: the policy's as_of, else no day is past]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<NaiveDate>,
    /// Make the change of this number: with --out in the result, with --save as a file
    #[arg(long, value_name = "NUMBER")]
    pub take: Option<usize>,
    /// The change file that has the next run make the same change
    #[arg(long, value_name = "FILE", requires = "take")]
    pub save: Option<PathBuf>,
    /// The folder for the changed result
    #[arg(long, value_name = "DIR", requires = "take")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub writing: Writing,
    /// Print for people or for programs
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}
