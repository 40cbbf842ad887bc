//! The command line: one file a command. It parses, calls the library, prints, and sets the
//! exit code.

mod allocate;
mod apply;
mod arguments;
mod cadre;
mod check;
mod completions;
mod demo;
mod diff;
mod due;
mod exit;
mod explain;
mod explain_code;
mod ids;
mod ledger;
mod man;
mod output;
mod pack;
mod progress;
mod purge;
mod reading;
mod remedies;
mod replan;
mod session;
mod smptsp;
mod stand_in;
mod stress;
mod suggest;
mod template;
mod timings;
mod values;
mod verify;
mod whatif;
mod why_not;

use std::ffi::OsString;

use clap::Parser as _;

pub use arguments::{Arguments, Command};
pub use exit::Exit;

/// Runs the program with `arguments`, the program's own name first.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    std::panic::set_hook(Box::new(exit::on_fault));
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            // Help and version are asked for, not a mistake.
            return if error.use_stderr() {
                Exit::BadInput
            } else {
                Exit::Done
            };
        }
    };
    let exit = match arguments.command {
        Command::Demo(command) => demo::run(&command),
        Command::Template(command) => template::run(&command),
        Command::Check(command) => check::run(&command),
        Command::Allocate(command) => allocate::run(&command),
        Command::Replan(command) => replan::run(&command),
        Command::Stress(command) => stress::run(&command),
        Command::Cadre(command) => cadre::run(&command),
        Command::Suggest(command) => suggest::run(&command),
        Command::Whatif(command) => whatif::run(&command),
        Command::Merge(command) => whatif::merge(&command),
        Command::Verify(command) => verify::run(&command),
        Command::Explain(command) => explain::run(&command),
        Command::WhyNot(command) => why_not::run(&command),
        Command::Remedies(command) => remedies::run(&command),
        Command::Diff(command) => diff::run(&command),
        Command::Due(command) => due::run(&command),
        Command::StandIn(command) => stand_in::run(&command),
        Command::Pack(command) => pack::run(&command),
        Command::Apply(command) => apply::run(&command),
        Command::Ledger(command) => ledger::run(&command),
        Command::Purge(command) => purge::run(&command),
        Command::ExplainCode(command) => explain_code::run(&command),
        Command::Completions(command) => completions::run(&command),
        Command::Smptsp(command) => smptsp::run(&command),
        Command::Man(command) => man::run(&command),
    };
    timings::print();
    exit
}
