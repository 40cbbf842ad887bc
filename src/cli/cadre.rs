//! `muster cadre`: the fewest people who could staff the year.

use std::time::Duration;

use super::Exit;
use super::arguments::{Cadre, Format};
use super::output::{complain, say};
use super::{reading, session};
use crate::allocate::AllocateError;
use crate::cadre::{self, Wanted};

/// How long it may search, where no limit is given: on a year of full size the fewest are found
/// long before they are proven.
const LIMIT: Duration = Duration::from_secs(300);

pub(super) fn run(command: &Cadre) -> Exit {
    let answered = answer(command);
    answered.unwrap_or_else(|exit| exit)
}

fn answer(command: &Cadre) -> Result<Exit, Exit> {
    let mut running = command.running.clone();
    running.time_limit.get_or_insert(LIMIT);
    let stop = session::begin(&running);
    let dataset = reading::dataset(&command.dataset, running.quiet).ok_or(Exit::BadInput)?;
    let wanted = Wanted {
        dataset: &dataset,
        most: command.most,
        seed: running.seed,
    };
    let found = cadre::cadre(&wanted, &stop).map_err(|error| {
        complain(&error);
        match error {
            AllocateError::NoPlan | AllocateError::Stopped => Exit::Nothing,
            AllocateError::Solver(_) => Exit::Fault,
        }
    })?;
    match running.format {
        Format::Text => say(cadre::text(&found)),
        Format::Json => say(format!("{:#}\n", cadre::json(&found))),
    }
    Ok(if found.cut { Exit::Stopped } else { Exit::Done })
}
