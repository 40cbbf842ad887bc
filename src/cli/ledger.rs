//! `muster ledger`: whether the record of what was made is as it was written.

use std::path::Path;

use super::Exit;
use super::arguments::{Ledger, LedgerCommand};
use super::output::{complain, say};
use crate::ledger::{LedgerError, verify};

pub(super) fn run(command: &Ledger) -> Exit {
    match &command.command {
        LedgerCommand::Verify { file } => check(file),
    }
}

fn check(file: &Path) -> Exit {
    match verify(file) {
        Ok(verified) => {
            let lines = match verified.lines.len() {
                1 => "1 line, as it was written".to_owned(),
                many => format!("{many} lines, all as they were written"),
            };
            say(format!(
                "{lines}. The last has the SHA-256 {}\n",
                verified.last
            ));
            Exit::Done
        }
        Err(LedgerError::Damaged { fault, .. }) => {
            say(format!("{fault}.\n"));
            Exit::Found
        }
        Err(error) => {
            complain(error);
            Exit::BadInput
        }
    }
}
