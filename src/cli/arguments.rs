//! What the command line understands, and what it says of itself.

use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::exit::CODES;
use super::values::{date, duration, gap};
use crate::model::objectives::Tier;

/// Puts Ofsted's inspectors on a year of prison inspections, proves that it can't be done
/// better, and says why each gap is there
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = CODES, infer_subcommands = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Try Muster out: write the invented demo year and allocate it
    Demo(Demo),
    /// Start a year: write an empty dataset with headers, policy and guide
    Template(Template),
    /// Find everything that is wrong or odd in a dataset
    Check(Check),
    /// Allocate a year: who leads and who joins every inspection
    Allocate(Allocate),
    /// Check a result against every rule and figure, independently
    Verify(Verify),
    /// Say why posts are empty, and what it would cost to fill them with whom there is
    Explain(Explain),
    /// Say why somebody doesn't hold a post, or what it would cost if they did
    WhyNot(WhyNot),
    /// Find the fewest and cheapest changes after which nothing is short
    Remedies(Remedies),
    /// List what falls due: names, dates, feedback, reports, papers
    Due(Due),
    /// Find who can take a post that somebody can't hold any more
    StandIn(StandIn),
    /// Write what goes out: to HMIP, or for the Deputy Director's signature
    Pack(Pack),
    /// Make the changes of change files in a copy of a dataset
    Apply(Apply),
    /// Check the record of what was made for whom
    Ledger(Ledger),
    /// Remove what has been kept long enough
    Purge(Purge),
    /// Explain a code such as M0103
    ExplainCode(ExplainCode),
    /// Print completions for a shell
    Completions(Completions),
    /// Print the manual page
    Man(Man),
}

/// How output is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// Options of every command that solves.
#[derive(Clone, Debug, Args)]
pub struct Running {
    /// Stop after so long (90, 90s, 5m, 1h) with the best so far
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub time_limit: Option<Duration>,
    /// Choose among equally good plans: the same seed gives the same plan
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub seed: u32,
    /// Work on so many things side by side; never changes the result [default: all cores]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Say nothing but the result and what is wrong
    #[arg(long, short)]
    pub quiet: bool,
    /// Print for people or for programs
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Options of every command that allocates a year.
#[derive(Clone, Debug, Args)]
pub struct Solving {
    #[command(flatten)]
    pub running: Running,
    /// Stop after this tier: T1, T2, T3, T6, T7 or T8
    #[arg(long, value_name = "TIER")]
    pub stop_after: Option<Tier>,
    /// Call a tier proven within this gap, as in T6=0.001 or T6=0.1%; may be repeated
    #[arg(long, value_name = "TIER=GAP", value_parser = gap)]
    pub gap: Vec<(Tier, f64)>,
}

/// Options of every command that writes.
#[derive(Clone, Copy, Debug, Args)]
pub struct Writing {
    /// Replace what Muster wrote there before
    #[arg(long)]
    pub force: bool,
}

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

/// `muster verify`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  muster verify 2026-27 result     every rule and every figure, computed afresh")]
pub struct Verify {
    /// The dataset's folder
    pub dataset: PathBuf,
    /// The result's folder
    pub result: PathBuf,
    /// Print for people or for programs
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `muster explain`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster explain 2026-27 result            every empty post
  muster explain 2026-27 result P031       those of one inspection

What is said of using somebody here was found by solving the year again with them in the post.")]
pub struct Explain {
    /// The dataset's folder
    pub dataset: PathBuf,
    /// The result's folder
    pub result: PathBuf,
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
    /// The dataset's folder
    pub dataset: PathBuf,
    /// The result's folder
    pub result: PathBuf,
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

What may be changed, at which price, and who is asked for it, is in the policy: [remedy.clearance] and so on.")]
pub struct Remedies {
    /// The dataset's folder
    pub dataset: PathBuf,
    /// The result's folder
    pub result: PathBuf,
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

/// `muster due`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster due 2026-27 result                              the next two weeks
  muster due 2026-27 result --on 2026-09-01 --days 30    September, seen from its first day")]
pub struct Due {
    /// The dataset's folder
    pub dataset: PathBuf,
    /// The result's folder
    pub result: PathBuf,
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
    /// The dataset's folder
    pub dataset: PathBuf,
    /// The result's folder
    pub result: PathBuf,
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

/// `muster pack`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster pack 2026-27 result --for moj --out moj-april --ledger ledger.jsonl     what is short
  muster pack 2026-27 result --for moj --out moj-june --given moj-april
      after an amendment, held against what was given before
  muster pack 2026-27 result --for hmip --out hmip-april               confirmations and requests
  muster pack 2026-27 result --for confirmation --out confirmation     the statement to be signed

Give MoJ the folder moj inside its pack, and nothing else.")]
pub struct Pack {
    /// The dataset's folder
    pub dataset: PathBuf,
    /// The result's folder
    pub result: PathBuf,
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

/// `muster explain-code`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster explain-code M0103     one code
  muster explain-code           all of them, as docs/diagnostics.md has them")]
pub struct ExplainCode {
    /// The code that stands beside an error or a warning
    pub code: Option<String>,
}

/// `muster completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  muster completions bash > ~/.local/share/bash-completion/completions/muster")]
pub struct Completions {
    /// Whose
    pub shell: clap_complete::Shell,
}

/// `muster man`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  muster man > muster.1 && man ./muster.1")]
pub struct Man {}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn the_help_of_the_whole_fits_a_screen() {
        let help = Arguments::command().render_help().to_string();
        assert!(help.lines().count() <= 40, "{help}");
        assert!(
            help.lines().all(|line| line.chars().count() <= 100),
            "{help}"
        );
    }
}
