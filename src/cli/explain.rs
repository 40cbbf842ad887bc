//! `muster explain`: why posts are empty.

use super::Exit;
use super::arguments::{Explain, Format};
use super::output::{complain, say};
use super::{ids, reading, session};
use crate::eligibility::Eligibility;
use crate::why::{self, Question};

/// With how many people the year is solved again, a post, unless all are asked for.
const PEOPLE: usize = 5;

pub(super) fn run(command: &Explain) -> Exit {
    let answered = answer(command);
    answered.unwrap_or_else(|exit| exit)
}

fn answer(command: &Explain) -> Result<Exit, Exit> {
    let running = &command.running;
    let stop = session::begin(running);
    let dataset = reading::year_of(&command.folders).ok_or(Exit::BadInput)?;
    let only = command.inspection.as_deref();
    let only = only.map(|id| ids::inspection(&dataset, id)).transpose()?;
    let eligibility = Eligibility::new(&dataset);
    let past = reading::result(&command.folders.result, &eligibility).ok_or(Exit::BadInput)?;
    let question = Question {
        eligibility: &eligibility,
        past: &past.allocation,
        seed: running.seed,
        stop: &stop,
    };
    let at_most = if command.all { usize::MAX } else { PEOPLE };
    let gaps = why::gaps(&question, &past.shortfalls, only, at_most).map_err(|error| {
        complain(error);
        Exit::Fault
    })?;
    match running.format {
        Format::Text => say(why::gaps_text(&question, &gaps)),
        Format::Json => say(format!("{:#}\n", why::gaps_json(&question, &gaps))),
    }
    Ok(if stop.is_set() {
        Exit::Stopped
    } else {
        Exit::Done
    })
}
