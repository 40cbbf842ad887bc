//! `muster why-not`: why somebody doesn't hold a post.

use std::time::Duration;

use super::Exit;
use super::arguments::{Format, Post, WhyNot};
use super::ids::{self, wrong};
use super::output::{complain, say};
use super::{reading, session};
use crate::domain::{InspectionIx, Role};
use crate::eligibility::Eligibility;
use crate::explain::window_of;
use crate::result::PastRun;
use crate::why::{self, Question};

/// How long it may solve, where no limit is given: the answer is there within half a minute.
const LIMIT: Duration = Duration::from_secs(27);

pub(super) fn run(command: &WhyNot) -> Exit {
    let answered = answer(command);
    answered.unwrap_or_else(|exit| exit)
}

fn answer(command: &WhyNot) -> Result<Exit, Exit> {
    let mut running = command.running.clone();
    running.time_limit.get_or_insert(LIMIT);
    let stop = session::begin(&running);
    let dataset = reading::year_of(&command.folders).ok_or(Exit::BadInput)?;
    let inspection = ids::inspection(&dataset, &command.inspection)?;
    let person = ids::inspector(&dataset, &command.inspector)?;
    let eligibility = Eligibility::new(&dataset);
    let past = reading::result(&command.folders.result, &eligibility).ok_or(Exit::BadInput)?;
    if !eligibility.in_scope(inspection) {
        let id = &command.inspection;
        return Err(wrong(&format!(
            "{id} is not Ofsted's to staff: out-of-scope.csv says why"
        )));
    }
    let role = match command.role {
        Some(Post::Lead) => Role::Lead,
        Some(Post::Team) => Role::Team,
        None => empty_role(&past, inspection),
    };
    let window = window(command, &eligibility, &past, inspection)?;
    let question = Question {
        eligibility: &eligibility,
        past: &past.allocation,
        seed: running.seed,
        stop: &stop,
    };
    let answer = why::why_not(&question, inspection, person, role, window).map_err(|error| {
        complain(error);
        Exit::Fault
    })?;
    match running.format {
        Format::Text => say(why::why_not_text(&question, &answer)),
        Format::Json => say(format!("{:#}\n", why::why_not_json(&question, &answer))),
    }
    Ok(if stop.is_set() {
        Exit::Stopped
    } else {
        Exit::Done
    })
}

/// A role in which a post of `inspection` is empty, the lead's first; the lead's where none is.
fn empty_role(past: &PastRun, inspection: InspectionIx) -> Role {
    let rows = past.shortfalls.iter();
    let empty = rows.filter(|row| row.inspection == inspection);
    empty.map(|row| row.role).min().unwrap_or(Role::Lead)
}

/// The window that is asked for.
fn window(
    command: &WhyNot,
    eligibility: &Eligibility,
    past: &PastRun,
    inspection: InspectionIx,
) -> Result<usize, Exit> {
    let Some(first) = command.window else {
        let selection = &past.allocation.selection;
        return Ok(window_of(eligibility, selection, inspection));
    };
    let windows = &eligibility.windows[inspection.get()];
    let found = windows
        .iter()
        .position(|window| window.on_site.first() == Some(&first));
    found.ok_or_else(|| {
        let days = windows.iter().filter_map(|window| window.on_site.first());
        let days: Vec<_> = days.map(ToString::to_string).collect();
        wrong(&format!(
            "no window of {} begins on {first}; they begin on {}",
            command.inspection,
            days.join(", ")
        ))
    })
}
