//! `muster check`: everything that is wrong or odd, at once.

use super::Exit;
use super::arguments::{Check, Format};
use super::output::say;
use super::reading;

pub(super) fn run(command: &Check) -> Exit {
    let checked = reading::check(&command.dataset);
    match command.format {
        Format::Json => say(reading::as_json(&checked.diagnostics)),
        Format::Text => {
            if checked.diagnostics.is_empty() {
                say("Nothing is wrong or odd.\n");
            } else {
                reading::show(&checked.diagnostics);
            }
        }
    }
    if checked.dataset.is_some() {
        Exit::Done
    } else {
        Exit::BadInput
    }
}
