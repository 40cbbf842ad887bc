//! `muster man`: one page for the program and all its commands.

use clap::CommandFactory as _;

use super::Exit;
use super::arguments::{Arguments, Man};
use super::output::say;

pub(super) fn run(_: &Man) -> Exit {
    let mut page = Vec::new();
    let mut program = Arguments::command();
    program.build();
    let rendered = clap_mangen::Man::new(program.clone())
        .render(&mut page)
        .and_then(|()| {
            program
                .get_subcommands()
                .filter(|command| command.get_name() != "help")
                .try_for_each(|command| {
                    let man = clap_mangen::Man::new(command.clone());
                    man.render_name_section(&mut page)?;
                    man.render_synopsis_section(&mut page)?;
                    man.render_options_section(&mut page)?;
                    man.render_extra_section(&mut page)
                })
        });
    match rendered {
        Ok(()) => {
            say(String::from_utf8_lossy(&page));
            Exit::Done
        }
        Err(_) => Exit::Fault,
    }
}
