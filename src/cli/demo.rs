//! `muster demo`: the invented demo year, written and allocated.

use super::Exit;
use super::allocate::year;
use super::arguments::Demo;
use super::output::{complain, say};
use super::{reading, session};
use crate::demo;
use crate::replan;
use crate::report::folder;

pub(super) fn run(command: &Demo) -> Exit {
    let (dataset, result) = (command.dir.join("dataset"), command.dir.join("result"));
    let force = command.writing.force;
    let files: Vec<_> = demo::files()
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()))
        .collect();
    let ours: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    let stop = session::begin(&command.solving.running);
    // The result's place comes first: a dataset without a result would be half of it.
    let claimed = folder::claim(&result, &replan::names(), force)
        .and_then(|claim| folder::write(&dataset, &files, &ours, force).map(|()| claim));
    let claim = match claimed {
        Ok(claim) => claim,
        Err(error) => {
            complain(error);
            return Exit::Nothing;
        }
    };
    if !command.solving.running.quiet {
        say(format!(
            "The demo year is in {}: its people are invented.\n",
            dataset.display()
        ));
    }
    let Some(read) = reading::dataset(&dataset, command.solving.running.quiet) else {
        return Exit::Fault;
    };
    match year(&read, claim, &command.solving, &stop) {
        Ok(ending) => ending.exit(false),
        Err(exit) => exit,
    }
}
