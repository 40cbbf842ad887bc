//! `muster purge`: what has been kept long enough, and its removal.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::Exit;
use super::arguments::Purge;
use super::output::{complain, say};
use crate::ledger::{self, Record, Removed};
use crate::purge::{Found, Item, find, remove};

pub(super) fn run(command: &Purge) -> Exit {
    let found = match find(&command.dir, command.before) {
        Ok(found) => found,
        Err(error) => {
            complain(format!("{} can't be read: {error}", command.dir.display()));
            return Exit::BadInput;
        }
    };
    say(list(&found));
    if found.passed.is_empty() {
        say("There is nothing to remove.\n");
        return Exit::Done;
    }
    if !command.yes {
        say("Nothing was removed. To remove what is to go, add --yes.\n");
        return Exit::Done;
    }
    // A ledger that can't be written is noticed before anything has gone.
    let ledgers = found
        .passed
        .iter()
        .filter_map(|item| ledger_of(command, item));
    for path in ledgers {
        if let Err(error) = ledger::read(&path) {
            complain(error);
            return Exit::Nothing;
        }
    }
    let mut exit = Exit::Done;
    let mut removed: BTreeMap<Option<PathBuf>, Vec<Removed>> = BTreeMap::new();
    let mut count = 0;
    for item in &found.passed {
        match remove(item, command.before) {
            Ok(one) => {
                count += 1;
                removed
                    .entry(ledger_of(command, item))
                    .or_default()
                    .push(one);
            }
            Err(error) => {
                complain(error);
                exit = Exit::Nothing;
            }
        }
    }
    say(match count {
        1 => "1 folder was removed.\n".to_owned(),
        many => format!("{many} folders were removed.\n"),
    });
    for (path, removed) in removed {
        let Some(path) = path else {
            continue;
        };
        let record = Record::Purge {
            before: command.before,
            removed,
        };
        if let Err(error) = ledger::append(&path, ledger::now(), record) {
            complain(error);
            exit = Exit::Nothing;
        }
    }
    exit
}

/// Where the removal of `item` is recorded: as the command says, else as its policy does.
fn ledger_of(command: &Purge, item: &Item) -> Option<PathBuf> {
    command.ledger.clone().or_else(|| item.ledger.clone())
}

fn list(found: &Found) -> String {
    let mut text = String::new();
    let mut line = |what: &str, item: &Item| {
        let _ = writeln!(
            text,
            "{what:<6} {:<7} {} (year {}, kept until {})",
            item.kind.as_str(),
            shown(&item.folder),
            item.programme_year,
            item.kept_until
        );
    };
    found.passed.iter().for_each(|item| line("go", item));
    found.kept.iter().for_each(|item| line("keep", item));
    for (folder, why) in &found.left {
        let _ = writeln!(text, "leave          {}: {why}", shown(folder));
    }
    text
}

/// The path as people write it: Windows' canonical form begins with `\\?\`, or with `\\?\UNC\` on a
/// server.
fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    match text.strip_prefix(r"\\?\") {
        Some(rest) => match rest.strip_prefix(r"UNC\") {
            Some(server) => format!(r"\\{server}"),
            None => rest.to_owned(),
        },
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_as_people_write_them() {
        for (path, text) in [
            (r"\\?\C:\years\2026", r"C:\years\2026"),
            (r"\\?\UNC\server\years\2026", r"\\server\years\2026"),
            ("/years/2026", "/years/2026"),
        ] {
            assert_eq!(shown(Path::new(path)), text);
        }
    }
}
