//! A reason in words, and the cell that it comes from.

use crate::domain::{AvailabilityKind, Dataset, Grade, InspectionIx, InspectorIx};
use crate::eligibility::Reason;

/// Where a reason comes from: a file, a line of it, and a column.
pub(crate) type Source = (&'static str, u32, &'static str);

/// What a reason says, and where it comes from.
pub(crate) fn of(
    dataset: &Dataset,
    person: InspectorIx,
    inspection: InspectionIx,
    reason: Reason,
) -> (String, Source) {
    let inspector = dataset.inspector(person);
    let site = dataset.establishment(dataset.inspection(inspection).establishment);
    let of_person = |column| ("inspectors.csv", inspector.line, column);
    let level = |level: crate::domain::ClearanceLevel| {
        dataset.policy.clearance_levels[usize::from(level.0)].as_str()
    };
    match reason {
        Reason::NotTrainedToLead => (
            "an OI who is not trained to lead".into(),
            of_person("lead_trained"),
        ),
        Reason::Dbs {
            valid_until: None, ..
        } => (
            "no enhanced DBS check is held".into(),
            of_person("dbs_expires"),
        ),
        Reason::Dbs {
            valid_until: Some(until),
            needed,
        } => (
            format!("the DBS check ends on {until}, before the last day on site, {needed}"),
            of_person("dbs_expires"),
        ),
        Reason::Training {
            valid_until,
            needed,
        } => (
            format!("the training ends on {valid_until}, before the last day on site, {needed}"),
            of_person("custody_training_until"),
        ),
        Reason::ClearanceLevel { held, required } => (
            format!(
                "{} is asked for, and {} is held",
                level(required),
                held.map_or("nothing", level)
            ),
            of_person("clearance"),
        ),
        Reason::ClearanceExpired {
            valid_until,
            needed,
        } => (
            format!("the clearance ends on {valid_until}, before the last day on site, {needed}"),
            of_person("clearance_expires"),
        ),
        Reason::NoPlace { day } => (
            format!("HMIP and its partners leave no place on the site on {day}"),
            ("establishments.csv", site.line, "site_capacity"),
        ),
        Reason::NotAWorkingDay { day } => (
            format!("{} is no working day of theirs", weekday(day)),
            of_person("working_days"),
        ),
        Reason::Away { day } => {
            let row = dataset.availability.iter().find(|row| {
                row.inspector == person
                    && row.kind == AvailabilityKind::Unavailable
                    && row.span.contains(day)
            });
            let line = row.map_or(1, |row| row.line);
            (format!("away on {day}"), ("availability.csv", line, "from"))
        }
        // HMIs offer nothing: the day is a bank holiday.
        Reason::NotOffered { day } if inspector.grade == Grade::Hmi => (
            format!("{day} is no working day"),
            of_person("inspector_id"),
        ),
        Reason::NotOffered { day } => (
            format!("{day} is not among the days offered"),
            of_person("inspector_id"),
        ),
        Reason::Conflict { line } => (
            "a conflict of interest".into(),
            ("conflicts.csv", line, "inspector_id"),
        ),
        Reason::YearDays { needed, left } => (
            format!("it takes {needed} days, and {left} are left of the year's"),
            of_person("max_days"),
        ),
        Reason::QuarterDays { needed, cap } => (
            format!("it takes {needed} days, and the quarter's cap is {cap}"),
            of_person("inspector_id"),
        ),
        Reason::OffSite { work } => (
            format!("there is no room for the {} beside it", work.as_str()),
            of_person("inspector_id"),
        ),
        Reason::RollingLoad => (
            "it alone is more weeks on site than allowed".into(),
            of_person("inspector_id"),
        ),
        Reason::Forbidden { line } => ("it is forbidden".into(), ("pins.csv", line, "action")),
        Reason::Over => (
            "the inspection is over".into(),
            (
                "programme.csv",
                dataset.inspection(inspection).line,
                "end_date",
            ),
        ),
        Reason::TooFar { distance } => (
            format!("{:.0} km is farther than HMIs are sent", distance.0),
            of_person("latitude"),
        ),
    }
}

fn weekday(day: chrono::NaiveDate) -> String {
    day.format("%A %Y-%m-%d").to_string()
}
