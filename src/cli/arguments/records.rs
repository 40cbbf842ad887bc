//! What goes out, falls due, is recorded and removed.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};

use super::{Folders, Format, Writing};
use crate::cli::values::date;

/// `muster due`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster due 2026-27 result                              the next two weeks
  muster due 2026-27 result --on 2026-09-01 --days 30    September, seen from its first day")]
pub struct Due {
    #[command(flatten)]
    pub folders: Folders,
    /// Look from this day on [default: the policy's as_of, else today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<NaiveDate>,
    /// Look so many days ahead
    #[arg(long, value_name = "NUMBER", default_value_t = 14, value_parser = clap::value_parser!(u16).range(..=3660))]
    pub days: u16,
    /// Print for people or for programs
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `muster pack`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster pack 2026-27 result --for moj --out moj-april --ledger ledger.jsonl     what is short
  muster pack 2026-27 result --for moj --out moj-june --given moj-april
      after an amendment, held against what was given before
  muster pack 2026-27 result --for hmip --out hmip-april               confirmations and requests
  muster pack 2026-27 result --for confirmation --out confirmation     the statement to be signed
  muster pack 2026-27 result-2 --for changes --out changes             who is told what, after a replan

Give MoJ the folder moj inside its pack, and nothing else.")]
pub struct Pack {
    #[command(flatten)]
    pub folders: Folders,
    /// Whom it is for
    #[arg(long = "for", value_enum, value_name = "WHOM")]
    pub made_for: For,
    /// The folder for the pack
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// What would mend the year, told to MoJ in totals: from muster remedies --report
    #[arg(long, value_name = "FILE")]
    pub remedies: Option<PathBuf>,
    /// A pack that MoJ was given earlier this year; may be repeated
    #[arg(long, value_name = "DIR")]
    pub given: Vec<PathBuf>,
    /// Record it in this ledger, and hold it against those in it [default: the one that the policy names]
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    /// Name the establishments to MoJ, whatever that discloses
    #[arg(long, requires = "reason")]
    pub name_establishments: bool,
    /// Why they are named; it is recorded
    #[arg(long, value_name = "TEXT", requires = "name_establishments")]
    pub reason: Option<String>,
    #[command(flatten)]
    pub writing: Writing,
}

/// Whom a pack is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum For {
    /// The Ministry of Justice: how much is short, and nothing of where
    Moj,
    /// HM Inspectorate of Prisons
    Hmip,
    /// Ofsted's Deputy Director
    Confirmation,
    /// HMIP and each inspector, of what changes for them after muster replan
    Changes,
}

/// `muster ledger`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  muster ledger verify ledger.jsonl     names the first line that was changed, removed or inserted")]
pub struct Ledger {
    /// What to do with it
    #[command(subcommand)]
    pub command: LedgerCommand,
}

/// The commands of `muster ledger`.
#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// Check that every line is as it was written
    Verify {
        /// The ledger
        file: PathBuf,
    },
}

/// `muster purge`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster purge results --before 2029-04-01           what has been kept long enough by then
  muster purge results --before 2029-04-01 --yes     and remove it

It touches results, packs and changed copies of datasets that Muster wrote, and nothing else. How long
they are kept is in their own policy: retention.days, counted from the end of the programme year.")]
pub struct Purge {
    /// The folder to look in, and in all folders below it
    pub dir: PathBuf,
    /// The date on which their time must have passed
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub before: NaiveDate,
    /// Remove what is listed
    #[arg(long)]
    pub yes: bool,
    /// Record what was removed in this ledger [default: the one that their policy names]
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
}
