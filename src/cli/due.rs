//! `muster due`: what falls due, and what is overdue.

use super::Exit;
use super::arguments::{Due, Format};
use super::output::say;
use super::reading;
use crate::due;
use crate::eligibility::Eligibility;

pub(super) fn run(command: &Due) -> Exit {
    let Some(dataset) = reading::year_of(&command.folders) else {
        return Exit::BadInput;
    };
    let eligibility = Eligibility::new(&dataset);
    let Some(past) = reading::result(&command.folders.result, &eligibility) else {
        return Exit::BadInput;
    };
    let on = command.on.or(dataset.planned_on());
    let on = on.unwrap_or_else(|| chrono::Local::now().date_naive());
    let plan = &past.allocation.plan;
    let all = due::due(&eligibility, plan, &past.shortfalls, on, command.days);
    match command.format {
        Format::Text => say(due::text(&dataset, &all, on, command.days)),
        Format::Json => say(format!(
            "{:#}\n",
            due::json(&dataset, &all, on, command.days)
        )),
    }
    Exit::Done
}
