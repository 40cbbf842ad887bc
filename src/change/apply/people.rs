//! Changes in `inspectors.csv`.

use chrono::NaiveDate;

use crate::diagnostics::codes;
use crate::domain::Grade;
use crate::format::{AVAILABILITY, CONFLICTS, ESTABLISHMENTS, INSPECTORS};
use crate::input::inspectors::DAYS_OF_A_YEAR;

use super::super::write::pattern;
use super::super::{Amount, NewInspectors, Profile, Who};
use super::days::{self, OFFERED};
use super::desk::Desk;
use super::programme::amount;
use super::{Made, Refused};

/// Writes `value` into a column of everybody concerned.
pub(super) fn set(desk: &mut Desk<'_>, who: &Who, column: &str, value: &str) -> Made {
    let by = desk.by();
    for id in desk.people(who)? {
        let row = desk.inspector("inspector", &id)?;
        desk.sheet(&INSPECTORS).set(row, column, value, by);
    }
    Ok(())
}

pub(super) fn clearance(
    desk: &mut Desk<'_>,
    who: &Who,
    level: Option<&str>,
    until: NaiveDate,
) -> Made {
    let people = desk.people(who)?;
    if let Some(level) = level {
        desk.level("level", level)?;
        set(desk, who, "clearance", level)?;
    }
    for id in people {
        let row = desk.inspector("inspector", &id)?;
        if desk.sheet(&INSPECTORS).get(row, "clearance").is_empty() {
            let message = format!("{id} holds no clearance that could be renewed");
            let help = "give its level as well";
            return Err(desk.refuse(codes::M0909, "inspector", message, help, None));
        }
    }
    set(desk, who, "clearance_expires", &until.to_string())
}

pub(super) fn days(desk: &mut Desk<'_>, who: &Who, days: Amount) -> Made {
    let by = desk.by();
    for id in desk.people(who)? {
        let row = desk.inspector("inspector", &id)?;
        let held = desk
            .sheet(&INSPECTORS)
            .get(row, "max_days")
            .parse()
            .unwrap_or(0);
        let what = format!("max_days of {id}");
        let days = amount(desk, held, days, *DAYS_OF_A_YEAR.end(), &what, "max_days")?;
        desk.sheet(&INSPECTORS)
            .set(row, "max_days", &days.to_string(), by);
    }
    Ok(())
}

pub(super) fn add(desk: &mut Desk<'_>, new: &NewInspectors) -> Made {
    let count = new.count.get();
    for number in 1..=count {
        let numbered = |text: &str, joint: &str| {
            if count == 1 {
                text.to_owned()
            } else {
                format!("{text}{joint}{number}")
            }
        };
        let id = numbered(&new.id, "-");
        let name = new
            .name
            .as_deref()
            .map_or_else(|| id.clone(), |name| numbered(name, " "));
        if desk.sheet(&INSPECTORS).find("inspector_id", &id).is_some() {
            let message = format!("{id} is in {} already", INSPECTORS.name);
            return Err(desk.refuse(codes::M0910, "id", message, "choose another id", None));
        }
        match &new.profile {
            Profile::Like(model) => like(desk, model, &id)?,
            Profile::Recruit {
                grade,
                region,
                max_days,
                clearance,
            } => recruit(desk, &id, *grade, region, *max_days, clearance)?,
        }
        let (by, row) = (desk.by(), desk.inspector("id", &id)?);
        let sheet = desk.sheet(&INSPECTORS);
        sheet.set(row, "name", &name, by);
        if let Some(may) = new.lead_trained {
            sheet.set(row, "lead_trained", if may { "yes" } else { "no" }, by);
        }
        if let Some(days) = new.working_days {
            sheet.set(row, "working_days", &pattern(days), by);
        }
    }
    Ok(())
}

/// Somebody as `model` is, and with the same days.
fn like(desk: &mut Desk<'_>, model: &str, id: &str) -> Made {
    let (by, row) = (desk.by(), desk.inspector("like", model)?);
    let people = desk.sheet(&INSPECTORS);
    let new = people.append_copy(row, by);
    people.set(new, "inspector_id", id, by);
    people.set(new, "days_used", "", by);
    let days = desk.sheet(&AVAILABILITY);
    for row in days.rows(|sheet, row| sheet.get(row, "inspector_id") == model) {
        let new = days.append_copy(row, by);
        days.set(new, "inspector_id", id, by);
        days.set(new, "reason", "", by);
    }
    Ok(())
}

/// Somebody new: Monday to Friday, no leave, at the centre of the region.
fn recruit(
    desk: &mut Desk<'_>,
    id: &str,
    grade: Grade,
    region: &str,
    max_days: u32,
    clearance: &str,
) -> Made {
    desk.region(&ESTABLISHMENTS, region)?;
    desk.level("clearance", clearance)?;
    let (by, year) = (desk.by(), desk.read_policy().programme_year);
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or(Refused);
    let valid = date(year + 2, 3, 31)?.to_string();
    let lead_trained = if grade == Grade::Hmi { "yes" } else { "no" };
    let cells = [
        ("inspector_id", id.to_owned()),
        ("name", id.to_owned()),
        ("grade", grade.as_str().to_owned()),
        ("lead_trained", lead_trained.to_owned()),
        ("region", region.to_owned()),
        ("dbs_expires", valid.clone()),
        ("clearance", clearance.to_owned()),
        ("clearance_expires", valid),
        ("max_days", max_days.to_string()),
    ];
    desk.sheet(&INSPECTORS).append(&cells, by);
    if grade == Grade::Oi {
        // Windows may lie a little before the programme year or after it.
        let (first, last) = (date(year, 1, 1)?, date(year + 1, 6, 30)?);
        let span = crate::domain::DateSpan::new(first, last).ok_or(Refused)?;
        days::add(desk, &Who::Person(id.to_owned()), OFFERED, span)?;
    }
    Ok(())
}

pub(super) fn remove(desk: &mut Desk<'_>, who: &Who) -> Made {
    let by = desk.by();
    for id in desk.people(who)? {
        for format in [&INSPECTORS, &AVAILABILITY, &CONFLICTS] {
            let sheet = desk.sheet(format);
            let theirs = sheet.rows(|sheet, row| sheet.get(row, "inspector_id") == id);
            for row in theirs.into_iter().rev() {
                sheet.remove(row, by);
            }
        }
        desk.went(&id);
    }
    Ok(())
}
