//! `muster explain-code`: what a code means and what to do.

use super::Exit;
use super::arguments::ExplainCode;
use super::output::{complain, say};
use crate::diagnostics::{codes, nearest};

pub(super) fn run(command: &ExplainCode) -> Exit {
    let Some(id) = &command.code else {
        say(codes::markdown());
        return Exit::Done;
    };
    match codes::find(id) {
        Some(code) => {
            say(format!("{}: {}", code.id, code.explanation()));
            Exit::Done
        }
        None => {
            let near = nearest(id, codes::all().map(|code| code.id));
            let hint = near
                .map(|near| format!("did you mean {near}? "))
                .unwrap_or_default();
            complain(format!(
                "there is no code {id}; {hint}muster explain-code shows all of them"
            ));
            Exit::BadInput
        }
    }
}
