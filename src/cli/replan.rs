//! `muster replan`: a published plan made anew.

use super::Exit;
use super::allocate::year;
use super::arguments::Replan;
use super::ids::wrong;
use super::output::complain;
use super::{reading, session};
use crate::check;
use crate::diagnostics::Diagnostics;
use crate::domain::Dataset;
use crate::eligibility::Eligibility;
use crate::replan::{self, Sources};
use crate::report::folder;

pub(super) fn run(command: &Replan) -> Exit {
    let planned = plan(command);
    planned.unwrap_or_else(|exit| exit)
}

fn plan(command: &Replan) -> Result<Exit, Exit> {
    let stop = session::begin(&command.solving.running);
    let claim = folder::claim(&command.out, &replan::names(), command.writing.force);
    let claim = claim.map_err(|error| {
        complain(error);
        Exit::Nothing
    })?;
    let (dataset, said) = reading::unpinned(&command.dataset).ok_or(Exit::BadInput)?;
    let dataset = published(command, dataset, said)?;
    let ending = year(&dataset, claim, &command.solving, &stop)?;
    Ok(ending.exit(command.fail_on_shortfall))
}

/// The dataset with the plan that is made anew; what is wrong or odd about it is shown.
fn published(command: &Replan, dataset: Dataset, mut said: Diagnostics) -> Result<Dataset, Exit> {
    let sources = Sources {
        dataset: &command.dataset,
        published: command.published.as_deref(),
        as_of: command.as_of,
    };
    let mut diagnostics = Diagnostics::default();
    let published = replan::published(sources, &dataset, &mut diagnostics).map_err(wrong)?;
    let year = published.map(|published| Dataset {
        published: Some(published),
        ..dataset
    });
    if let Some(year) = &year {
        check::pins(year, &mut said);
        if said.has_errors() {
            reading::show(&said);
            return Err(Exit::BadInput);
        }
        let eligibility = Eligibility::new(year);
        replan::past(&eligibility, &mut diagnostics);
        replan::rewritten(&eligibility, &mut diagnostics);
    }
    diagnostics.sort();
    let is_told = diagnostics.has_errors() || !command.solving.running.quiet;
    if is_told && !diagnostics.is_empty() {
        reading::show(&diagnostics);
    }
    year.filter(|_| !diagnostics.has_errors())
        .ok_or(Exit::BadInput)
}
