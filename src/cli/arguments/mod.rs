//! What the command line understands, and what it says of itself.

mod help;
mod records;
mod shortfall;
mod whatif;
mod year;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::exit::CODES;
use super::values::{duration, gap};
use crate::model::objectives::Tier;

pub use help::{Completions, ExplainCode, Man};
pub use records::{Due, For, Ledger, LedgerCommand, Pack, Purge};
pub use shortfall::{Explain, Post, Remedies, StandIn, WhyNot};
pub use whatif::{Cadre, Merge, Shard, Smptsp, Stress, Suggest, Whatif};
pub use year::{Allocate, Apply, Check, Demo, Diff, Replan, Template, Verify};

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
    /// Plan a year anew after an amendment, with as few changes as can be
    Replan(Replan),
    /// Find dates to propose to HMIP: which moves leave least short
    Suggest(Suggest),
    /// Find the fewest people who could staff the year, with recruits and without
    Cadre(Cadre),
    /// Ask 'what if?': scenarios solved side by side, and held against the year as it is
    Whatif(Whatif),
    /// Put parts of a what-if together that ran on several machines
    Merge(Merge),
    /// Say how fragile a plan is: what years of absences would do to it
    Stress(Stress),
    /// Check a result against every rule and figure, independently
    Verify(Verify),
    /// Say why posts are empty, and what it would cost to fill them with whom there is
    Explain(Explain),
    /// Say why somebody doesn't hold a post, or what it would cost if they did
    WhyNot(WhyNot),
    /// Find the fewest and cheapest changes after which nothing is short
    Remedies(Remedies),
    /// Say what differs between two results, or between two datasets
    Diff(Diff),
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
    /// Solve a published instance of fixed tasks for the fewest people
    #[command(hide = true)]
    Smptsp(Smptsp),
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

/// What every command asks for that is about a result.
#[derive(Debug, Args)]
pub struct Folders {
    /// The dataset's folder
    pub dataset: PathBuf,
    /// The result's folder
    pub result: PathBuf,
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
    /// Say at the end where the time went
    #[arg(long)]
    pub timings: bool,
    /// Print for people or for programs
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Options of every command that allocates a year.
#[derive(Clone, Debug, Args)]
pub struct Solving {
    #[command(flatten)]
    pub running: Running,
    /// Stop after this tier: T1, T2, T3, T4, T5, T6, T7 or T8
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
        assert!(help.lines().count() <= 46, "{help}");
        assert!(
            help.lines().all(|line| line.chars().count() <= 100),
            "{help}"
        );
    }
}
