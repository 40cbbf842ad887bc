//! `muster smptsp`: how good the engine is, on instances for which others' figures exist.

use std::time::Instant;

use serde_json::json;

use super::arguments::{Format, Smptsp};
use super::ids::wrong;
use super::output::{complain, say};
use super::{Exit, session};
use crate::fewest;

pub(super) fn run(command: &Smptsp) -> Exit {
    let solved = solve(command);
    solved.unwrap_or_else(|exit| exit)
}

fn solve(command: &Smptsp) -> Result<Exit, Exit> {
    let running = &command.running;
    let stop = session::begin(running);
    let name = command.file.display();
    let text = std::fs::read_to_string(&command.file)
        .map_err(|error| wrong(&format!("{name} can't be read: {error}")))?;
    let staffing =
        fewest::read(&text).map_err(|error| wrong(&format!("{name} is no instance: {error}")))?;
    let begun = Instant::now();
    let found = fewest::fewest(&staffing, running.seed, &stop).map_err(|error| {
        complain(error);
        Exit::Fault
    })?;
    let seconds = begun.elapsed().as_secs_f64();
    let Some(found) = found else {
        complain(if stop.is_set() {
            "stopped before all tasks were held; give it more time with --time-limit"
        } else {
            "nobody was found for some task: look for one that too few people may do"
        });
        return Err(Exit::Nothing);
    };
    match running.format {
        Format::Text => say(format!(
            "{} tasks, {} people: {} hold all, at least {} must; {seconds:.2} s\n",
            staffing.spans.len(),
            staffing.people.len(),
            found.people,
            found.at_least,
        )),
        Format::Json => {
            let json = json!({
                "tasks": staffing.spans.len(),
                "staff": staffing.people.len(),
                "value": found.people,
                "bound": found.at_least,
                "seconds": seconds,
                "holders": found.holders,
            });
            say(format!("{json}\n"));
        }
    }
    Ok(if stop.is_set() {
        Exit::Stopped
    } else {
        Exit::Done
    })
}
