//! `muster completions`.

use clap::CommandFactory as _;

use super::Exit;
use super::arguments::{Arguments, Completions};
use super::output::say;

pub(super) fn run(command: &Completions) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(
        command.shell,
        &mut Arguments::command(),
        "muster",
        &mut script,
    );
    say(String::from_utf8_lossy(&script));
    Exit::Done
}
