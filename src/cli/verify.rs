//! `muster verify`: the independent checker.

use std::fmt::Write as _;

use super::Exit;
use super::arguments::{Format, Verify};
use super::output::{complain, say};
use super::reading;
use crate::verify::verify;

pub(super) fn run(command: &Verify) -> Exit {
    let Some(dataset) = reading::year_of(&command.folders) else {
        return Exit::BadInput;
    };
    let findings = match verify(&dataset, &command.folders.result) {
        Ok(findings) => findings,
        Err(error) => {
            complain(error);
            return Exit::BadInput;
        }
    };
    match command.format {
        Format::Json => say(format!(
            "{:#}\n",
            serde_json::json!({ "findings": findings })
        )),
        Format::Text => {
            let mut text = String::new();
            for finding in &findings {
                let _ = writeln!(text, "{finding}");
            }
            let _ = match findings.len() {
                0 => writeln!(text, "Every rule is kept, and every figure is right."),
                1 => writeln!(text, "1 fault."),
                many => writeln!(text, "{many} faults."),
            };
            say(text);
        }
    }
    if findings.is_empty() {
        Exit::Done
    } else {
        Exit::Found
    }
}
