//! `muster stress`: how fragile a plan is.

use super::Exit;
use super::arguments::{Format, Stress};
use super::output::{complain, say};
use super::{reading, session};
use crate::eligibility::Eligibility;
use crate::report::folder;
use crate::stress;

/// What may lie in the folder that is written.
const FILES: [&str; 3] = ["draws.csv", "fragile.csv", "posts-lost.svg"];

pub(super) fn run(command: &Stress) -> Exit {
    let stressed = stress(command);
    stressed.unwrap_or_else(|exit| exit)
}

fn stress(command: &Stress) -> Result<Exit, Exit> {
    let running = &command.running;
    let stop = session::begin(running);
    let claim = command.out.as_ref().map(|out| {
        folder::claim(out, &FILES, command.writing.force).map_err(|error| {
            complain(error);
            Exit::Nothing
        })
    });
    let claim = claim.transpose()?;
    let dataset = reading::year_of(&command.folders).ok_or(Exit::BadInput)?;
    let eligibility = Eligibility::new(&dataset);
    let past = reading::result(&command.folders.result, &eligibility).ok_or(Exit::BadInput)?;
    let asked = stress::Stress {
        eligibility: &eligibility,
        selection: &past.allocation.selection,
        reserves: &past.allocation.reserves,
        repair: command.repair.into(),
        seed: u64::from(running.seed),
    };
    let found = stress::stressed(&asked, command.draws, &stop).map_err(|error| {
        complain(error);
        Exit::Fault
    })?;
    if let Some(claim) = claim {
        let mut files = vec![
            (FILES[0].to_owned(), stress::draws_csv(&dataset, &found)),
            (FILES[1].to_owned(), stress::fragile_csv(&dataset, &found)),
        ];
        files.extend(stress::plot(&dataset, &found).map(|svg| (FILES[2].to_owned(), svg)));
        claim.write(&files).map_err(|error| {
            complain(error);
            Exit::Nothing
        })?;
    }
    match running.format {
        Format::Text => say(stress::text(&dataset, &found)),
        Format::Json => say(format!("{:#}\n", stress::json(&dataset, &found))),
    }
    Ok(if found.cut { Exit::Stopped } else { Exit::Done })
}
