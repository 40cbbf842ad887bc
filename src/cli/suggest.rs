//! `muster suggest`: dates to propose to HMIP.

use super::Exit;
use super::arguments::{Format, Suggest};
use super::ids::wrong;
use super::output::{complain, say};
use super::{reading, session};
use crate::report::file;
use crate::suggest::{self, Wanted};

pub(super) fn run(command: &Suggest) -> Exit {
    let answered = answer(command);
    answered.unwrap_or_else(|exit| exit)
}

fn answer(command: &Suggest) -> Result<Exit, Exit> {
    let running = &command.running;
    let stop = session::begin(running);
    let dataset = reading::dataset(&command.dataset, true).ok_or(Exit::BadInput)?;
    let wanted = Wanted {
        dataset: &dataset,
        within: command.within,
        most: command.most,
        seed: running.seed,
    };
    let found = suggest::suggest(&wanted, &stop).map_err(|error| {
        complain(error);
        Exit::Fault
    })?;
    if found.frontier.is_empty() {
        complain(if found.cut {
            "stopped before anything was found"
        } else {
            "no plan keeps all the pins"
        });
        return Err(Exit::Nothing);
    }
    if let Some(path) = &command.save {
        let last = found.frontier.len() - 1;
        let number = command.point.map_or(last, |number| number as usize);
        let point = found
            .frontier
            .get(number)
            .ok_or_else(|| wrong(&format!("there is no such point: they are 0 to {last}")))?;
        if point.moves.is_empty() && !running.quiet {
            complain("no move helps: the file changes nothing");
        }
        let text = suggest::change_file(&dataset, point).to_toml();
        file::write(path, text.as_bytes(), command.writing.force).map_err(|error| {
            complain(format!("{} can't be written: {error}", path.display()));
            Exit::Nothing
        })?;
    }
    match running.format {
        Format::Text => {
            say(suggest::text(&dataset, &found));
            if let Some(path) = &command.save {
                say(format!("{:<12}{}\n", "Changes", path.display()));
            }
        }
        Format::Json => say(format!("{:#}\n", suggest::json(&dataset, &found))),
    }
    Ok(if found.cut { Exit::Stopped } else { Exit::Done })
}
