//! `muster template`: an empty dataset to begin a year with.

use super::Exit;
use super::arguments::Template;
use super::output::{complain, say};
use crate::report::folder;
use crate::template;

pub(super) fn run(command: &Template) -> Exit {
    let files: Vec<_> = template::files()
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()))
        .collect();
    let ours: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    match folder::write(&command.dir, &files, &ours, command.writing.force) {
        Ok(()) => {
            say(format!(
                "An empty dataset is in {}; begin with {}.\n",
                command.dir.display(),
                command.dir.join("README.txt").display()
            ));
            Exit::Done
        }
        Err(error) => {
            complain(error);
            Exit::Nothing
        }
    }
}
