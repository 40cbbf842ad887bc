//! `muster remedies`: what would mend the shortfall.

use std::path::Path;
use std::time::Duration;

use super::Exit;
use super::arguments::{Format, Remedies};
use super::ids::wrong;
use super::output::{complain, say};
use super::{reading, session};
use crate::allocate::Status;
use crate::eligibility::Eligibility;
use crate::model::objectives::Tier;
use crate::remedies::{self, Point, RemedyError, Short, Wanted};
use crate::report::file;

/// How long it may search, where no limit is given: on a year of full size the cheapest whole mend
/// is found long before it is proven.
const LIMIT: Duration = Duration::from_secs(600);

pub(super) fn run(command: &Remedies) -> Exit {
    let answered = answer(command);
    answered.unwrap_or_else(|exit| exit)
}

fn answer(command: &Remedies) -> Result<Exit, Exit> {
    let mut running = command.running.clone();
    running.time_limit.get_or_insert(LIMIT);
    let stop = session::begin(&running);
    let dataset = reading::year_of(&command.folders).ok_or(Exit::BadInput)?;
    let eligibility = Eligibility::new(&dataset);
    let past = reading::result(&command.folders.result, &eligibility).ok_or(Exit::BadInput)?;
    let [first, second, third] = Tier::of_shortfall(&dataset.policy);
    let value = |tier| (tier, past.allocation.tier(tier).value);
    let wanted = Wanted {
        eligibility: &eligibility,
        selection: &past.allocation.selection,
        short: Short {
            tiers: [first, second, third].map(value),
        },
        proven: [first, second, third]
            .into_iter()
            .all(|tier| past.allocation.tier(tier).status == Status::Optimal),
        most: command.most,
        seed: running.seed,
    };
    let found = remedies::remedies(&wanted, &stop).map_err(|error| {
        complain(&error);
        match error {
            RemedyError::Unsound => Exit::BadInput,
            RemedyError::Solver(_) => Exit::Fault,
        }
    })?;
    if let Some(path) = &command.save {
        let point: Option<&Point> = match command.point {
            Some(number) => found.frontier.get(number as usize),
            None => found
                .whole
                .as_ref()
                .map(|whole| &whole.point)
                .or(found.frontier.last()),
        };
        let point = point.ok_or_else(|| {
            let last = found.frontier.len() - 1;
            wrong(&format!("there is no such point: they are 0 to {last}"))
        })?;
        let set = point.set.iter().map(|at| &found.universe[*at]);
        let saved = remedies::change_file(&dataset, "Remedies", set).to_toml();
        write(path, &saved, command)?;
    }
    if let Some(path) = &command.report {
        let report = format!("{:#}\n", remedies::json(&dataset, &found));
        write(path, &report, command)?;
    }
    match running.format {
        Format::Text => {
            say(remedies::text(&dataset, &found));
            if let Some(path) = &command.save {
                say(format!("{:<12}{}\n", "Changes", path.display()));
            }
            if let Some(path) = &command.report {
                say(format!("{:<12}{}\n", "Report", path.display()));
            }
        }
        Format::Json => say(format!("{:#}\n", remedies::json(&dataset, &found))),
    }
    Ok(if found.cut { Exit::Stopped } else { Exit::Done })
}

fn write(path: &Path, text: &str, command: &Remedies) -> Result<(), Exit> {
    file::write(path, text.as_bytes(), command.writing.force).map_err(|error| {
        complain(format!("{} can't be written: {error}", path.display()));
        Exit::Nothing
    })
}
