//! What makes a year, a result, and checks both.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::{Folders, Format, Solving, Writing};
use crate::cli::values::date;

/// `muster demo`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  muster demo              writes muster-demo/dataset and muster-demo/result

The demo's prisons and dates are public; its people are invented, and it is nobody's plan.")]
pub struct Demo {
    /// Where to
    #[arg(default_value = "muster-demo")]
    pub dir: PathBuf,
    #[command(flatten)]
    pub solving: Solving,
    #[command(flatten)]
    pub writing: Writing,
}

/// `muster template`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  muster template 2026-27      then read 2026-27/README.txt and fill the files in")]
pub struct Template {
    /// The new folder
    pub dir: PathBuf,
    #[command(flatten)]
    pub writing: Writing,
}

/// `muster check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster check 2026-27                   everything that is wrong, with what to do
  muster check 2026-27 --format json     the same for a program")]
pub struct Check {
    /// The dataset's folder
    pub dataset: PathBuf,
    /// Print for people or for programs
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `muster allocate`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster allocate 2026-27 --out result                     the whole year, proven
  muster allocate 2026-27 --out result --time-limit 60s    the best plan within a minute
  muster allocate 2026-27 --out result --stop-after T3     attendance only, cost left aside
  muster allocate 2026-27 --out result --force             again, over the earlier result

The tiers, in their strict order: T1 attendance, T2 weeks moved, T3 teams filled, T6 cost,
T7 fair shares, T8 the same lead as last time.")]
pub struct Allocate {
    /// The dataset's folder
    pub dataset: PathBuf,
    /// The folder for the result
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub solving: Solving,
    #[command(flatten)]
    pub writing: Writing,
    /// End with code 1 if any post stays empty
    #[arg(long)]
    pub fail_on_shortfall: bool,
}

/// `muster replan`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster replan 2026-27 --published result --as-of 2026-09-14 --out result-2
  muster replan 2026-27 --out result-2      published.csv and as_of in the dataset say the same

What lies before that day is settled, an inspection under way keeps its window, and a lead whose
name HMIP was due to have stays. Nothing that fills a post is given up; among the plans that
fill as much, as few published posts change as can be. changes.csv says who is told what.")]
pub struct Replan {
    /// The dataset's folder, as it is now
    pub dataset: PathBuf,
    /// The result that was published [default: published.csv of the dataset]
    #[arg(long, value_name = "RESULT")]
    pub published: Option<PathBuf>,
    /// The day from which to plan anew [default: the policy's as_of]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<NaiveDate>,
    /// The folder for the result
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub solving: Solving,
    #[command(flatten)]
    pub writing: Writing,
    /// End with code 1 if any post stays empty
    #[arg(long)]
    pub fail_on_shortfall: bool,
}

/// `muster verify`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  muster verify 2026-27 result     every rule and every figure, computed afresh")]
pub struct Verify {
    #[command(flatten)]
    pub folders: Folders,
    /// Print for people or for programs
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `muster apply`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster apply 2026-27 clearances.toml --out 2026-27-cleared     then check it, and allocate it
  muster apply 2026-27 one.toml two.toml --out 2026-27-both      the changes of both, in this order

Only what the changes say is other than before; rows, columns and notes are kept as they are.")]
pub struct Apply {
    /// The dataset's folder
    pub dataset: PathBuf,
    /// The change files, made in this order
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The folder for the changed dataset
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub writing: Writing,
}

/// `muster diff`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster diff result result-2                      who is told what: new, released, moved
  muster diff result result-2 --save changes.csv   the same as a spreadsheet
  muster diff 2026-27 2026-27-amended              what an amendment changes in the files

Columns named reason are not looked at.")]
pub struct Diff {
    /// The earlier folder
    pub old: PathBuf,
    /// The later one
    pub new: PathBuf,
    /// Write the changes of two results as a CSV file
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// Print for people or for programs
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    #[command(flatten)]
    pub writing: Writing,
}
