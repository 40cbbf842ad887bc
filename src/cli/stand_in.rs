//! `muster stand-in`: who can take a post that somebody can't hold any more.

use super::Exit;
use super::arguments::{Format, StandIn};
use super::ids::{self, wrong};
use super::output::{complain, say};
use super::reading;
use crate::allocate::changed;
use crate::eligibility::Eligibility;
use crate::replan;
use crate::report::Run;
use crate::report::file;
use crate::report::folder::{self, Claim};
use crate::result::PastRun;
use crate::stand_in::{self, Answered, Proposal, Vacancy, change_file};

pub(super) fn run(command: &StandIn) -> Exit {
    match answer(command) {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}

fn answer(command: &StandIn) -> Result<(), Exit> {
    if command.take.is_some() && command.out.is_none() && command.save.is_none() {
        return Err(wrong(
            "say where to: --out DIR for the changed result, --save FILE for a change file",
        ));
    }
    let claim = match &command.out {
        Some(out) => Some(claimed(out, command.writing.force)?),
        None => None,
    };
    let dataset = reading::year_of(&command.folders).ok_or(Exit::BadInput)?;
    let inspection = ids::inspection(&dataset, &command.inspection)?;
    let absent = ids::inspector(&dataset, &command.inspector)?;

    let eligibility = Eligibility::new(&dataset);
    let past = reading::result(&command.folders.result, &eligibility).ok_or(Exit::BadInput)?;
    let selection = &past.allocation.selection;
    let on = command.on.or(dataset.planned_on());
    let vacancy = Vacancy::find(&eligibility, selection, inspection, absent, on);
    let vacancy = vacancy.map_err(|refusal| wrong(&refusal.to_string()))?;
    let proposals = stand_in::proposals(&eligibility, selection, &vacancy);
    let answered = Answered {
        eligibility: &eligibility,
        selection,
        vacancy: &vacancy,
        proposals: &proposals,
        reserves: &past.allocation.reserves,
    };
    match command.take {
        Some(number) => take(command, &answered, &past, number, claim),
        None => {
            match command.format {
                Format::Text => say(stand_in::text(&answered)),
                Format::Json => say(format!("{:#}\n", stand_in::json(&answered))),
            }
            Ok(())
        }
    }
}

/// Writes the result that comes of the proposal of that number, and says who must be told.
fn take(
    command: &StandIn,
    answered: &Answered,
    past: &PastRun,
    number: usize,
    claim: Option<Claim>,
) -> Result<(), Exit> {
    let &Answered {
        eligibility,
        vacancy,
        ..
    } = answered;
    let lead = eligibility.engagements[vacancy.engagement].inspection;
    let given = &eligibility.settled.names_given;
    if claim.is_some() && given.contains(&(lead, vacancy.absent)) {
        let who = &command.inspector;
        return Err(wrong(&format!(
            "HMIP was given {who}'s name: enter the absence in availability.csv, and plan anew with muster replan"
        )));
    }
    if let (Some(line), Some(_)) = (vacancy.pinned, &claim) {
        let who = &command.inspector;
        return Err(wrong(&format!(
            "{who} is pinned to that post in line {line} of pins.csv; change the pin, and allocate again"
        )));
    }
    let chosen: Option<&Proposal> = number
        .checked_sub(1)
        .and_then(|at| answered.proposals.get(at));
    let chosen = chosen.ok_or_else(|| {
        let count = answered.proposals.len();
        wrong(&match count {
            0 => "there is no proposal to take".to_owned(),
            1 => format!("there is no proposal {number}, only one"),
            _ => format!("there is no proposal {number}: they are 1 to {count}"),
        })
    })?;
    if let Some(path) = &command.save {
        let file = change_file(eligibility, vacancy, chosen);
        file::write(path, file.to_toml().as_bytes(), command.writing.force).map_err(|error| {
            complain(format!("{} can't be written: {error}", path.display()));
            Exit::Nothing
        })?;
    }
    let Some(claim) = claim else {
        return answer_saved(command, answered, chosen);
    };
    let selection = chosen.applied(eligibility, answered.selection, vacancy);
    let allocation = changed(eligibility, &past.allocation, &past.options, selection);
    let files = replan::files(&Run {
        eligibility,
        allocation: &allocation,
        shortfalls: &past.shortfalls,
        options: &past.options,
    });
    let notices = stand_in::notices(eligibility, vacancy, chosen, &allocation.plan);
    let out = claim.folder().to_owned();
    claim.write(&files).map_err(|error| {
        complain(error);
        Exit::Nothing
    })?;
    match command.format {
        Format::Text => {
            say(format!("{}\n", eligibility.dataset.policy.marking));
            say(stand_in::told(eligibility, &notices));
            say(format!("{:<12}{}\n", "Result", out.display()));
        }
        Format::Json => {
            let one = Answered {
                proposals: std::slice::from_ref(chosen),
                ..*answered
            };
            say(format!("{:#}\n", stand_in::json(&one)));
        }
    }
    Ok(())
}

/// Says what was saved.
fn answer_saved(command: &StandIn, answered: &Answered, chosen: &Proposal) -> Result<(), Exit> {
    let one = Answered {
        proposals: std::slice::from_ref(chosen),
        ..*answered
    };
    match command.format {
        Format::Text => {
            say(stand_in::text(&one));
            if let Some(path) = &command.save {
                say(format!("{:<12}{}\n", "Changes", path.display()));
            }
        }
        Format::Json => say(format!("{:#}\n", stand_in::json(&one))),
    }
    Ok(())
}

fn claimed(out: &std::path::Path, force: bool) -> Result<Claim, Exit> {
    folder::claim(out, &replan::names(), force).map_err(|error| {
        complain(error);
        Exit::Nothing
    })
}
