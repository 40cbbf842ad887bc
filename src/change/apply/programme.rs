//! Changes in `establishments.csv` and `programme.csv`.

use chrono::{NaiveDate, TimeDelta};

use crate::diagnostics::codes;
use crate::domain::{DateSpan, DifferentWeek, Status};
use crate::format::{ESTABLISHMENTS, PROGRAMME};
use crate::input::fields;

use super::super::kinds::{DIFFERENT_WEEKS, JUDGEMENTS, KINDS, STATUSES, word};
use super::super::{Amount, Capacity, NewDates, NewInspection, TeamOf};
use super::Made;
use super::desk::Desk;

/// The most people that a site can be said to take.
const MOST_PLACES: u32 = 999;

/// `held` after the change, where that is from 0 to `most`.
pub(super) fn amount(
    desk: &mut Desk<'_>,
    held: u32,
    change: Amount,
    most: u32,
    what: &str,
    key: &str,
) -> Made<u32> {
    let (number, key) = match change {
        Amount::To(number) => (i64::from(number), key),
        Amount::By(step) => (i64::from(held) + i64::from(step.get()), "by"),
    };
    let fitting = u32::try_from(number).ok().filter(|number| *number <= most);
    fitting.ok_or_else(|| {
        let message = format!("{what} would be {number}, and must be 0 to {most}");
        desk.refuse(codes::M0906, key, message, "choose another number", None)
    })
}

pub(super) fn capacity(desk: &mut Desk<'_>, establishment: &str, capacity: Capacity) -> Made {
    let (by, row) = (desk.by(), desk.establishment(establishment)?);
    let held = desk
        .sheet(&ESTABLISHMENTS)
        .get(row, "site_capacity")
        .to_owned();
    let places = match capacity {
        Capacity::NoLimit => String::new(),
        Capacity::Places(Amount::By(_)) if held.is_empty() => {
            let message = format!("{establishment} has no limit that could be raised or lowered");
            let help = "give its places, if it is to have a limit";
            return Err(desk.refuse(codes::M0909, "by", message, help, None));
        }
        Capacity::Places(places) => {
            let held = held.parse().unwrap_or(0);
            let what = format!("site_capacity of {establishment}");
            amount(desk, held, places, MOST_PLACES, &what, "places")?.to_string()
        }
    };
    desk.sheet(&ESTABLISHMENTS)
        .set(row, "site_capacity", &places, by);
    Ok(())
}

pub(super) fn site_clearance(desk: &mut Desk<'_>, establishment: &str, level: &str) -> Made {
    let (by, row) = (desk.by(), desk.establishment(establishment)?);
    desk.level("level", level)?;
    desk.sheet(&ESTABLISHMENTS)
        .set(row, "clearance_required", level, by);
    Ok(())
}

/// Writes into the columns of an inspection.
fn set(desk: &mut Desk<'_>, inspection: &str, cells: &[(&str, String)]) -> Made {
    let (by, row) = (desk.by(), desk.inspection(inspection)?);
    for (column, value) in cells {
        desk.sheet(&PROGRAMME).set(row, column, value, by);
    }
    Ok(())
}

pub(super) fn different_week(desk: &mut Desk<'_>, inspection: &str, answer: DifferentWeek) -> Made {
    let answer = word(DIFFERENT_WEEKS, &answer).to_owned();
    set(desk, inspection, &[("different_week", answer)])
}

pub(super) fn attend(desk: &mut Desk<'_>, inspection: &str, span: DateSpan) -> Made {
    set(desk, inspection, &window(Some(span)))
}

/// Ofsted's days, empty where the programme does not name them.
fn window(span: Option<DateSpan>) -> [(&'static str, String); 2] {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    [
        ("attend_from", day(span.map(DateSpan::first))),
        ("attend_to", day(span.map(DateSpan::last))),
    ]
}

pub(super) fn moved(desk: &mut Desk<'_>, inspection: &str, to: &NewDates) -> Made {
    match to {
        NewDates::To { dates, attend } => {
            set(desk, inspection, &window(*attend))?;
            let (first, last) = (dates.first().to_string(), dates.last().to_string());
            set(
                desk,
                inspection,
                &[("start_date", first), ("end_date", last)],
            )
        }
        NewDates::Weeks(weeks) => {
            let shift = TimeDelta::weeks(weeks.get().into());
            let row = desk.inspection(inspection)?;
            for column in ["start_date", "end_date", "attend_from", "attend_to"] {
                let held = desk.sheet(&PROGRAMME).get(row, column).to_owned();
                let Ok(day) = fields::date(&held) else {
                    continue;
                };
                let Some(day) = day.checked_add_signed(shift) else {
                    let message = format!("{column} would be too far away");
                    let help = "choose fewer weeks";
                    return Err(desk.refuse(codes::M0906, "weeks", message, help, None));
                };
                set(desk, inspection, &[(column, day.to_string())])?;
            }
            Ok(())
        }
    }
}

pub(super) fn add(desk: &mut Desk<'_>, new: &NewInspection) -> Made {
    let by = desk.by();
    desk.establishment(&new.establishment)?;
    if desk
        .sheet(&PROGRAMME)
        .find("inspection_id", &new.id)
        .is_some()
    {
        let message = format!("{} is in {} already", new.id, PROGRAMME.name);
        return Err(desk.refuse(codes::M0910, "id", message, "choose another id", None));
    }
    let judgement = new
        .previous_esw
        .as_ref()
        .map_or("", |it| word(JUDGEMENTS, it));
    let [attend_from, attend_to] = window(new.attend);
    let cells = [
        ("inspection_id", new.id.clone()),
        ("establishment_id", new.establishment.clone()),
        ("kind", word(KINDS, &new.kind).to_owned()),
        (
            "announced",
            if new.announced { "yes" } else { "no" }.to_owned(),
        ),
        ("start_date", new.dates.first().to_string()),
        ("end_date", new.dates.last().to_string()),
        ("hmip_team", new.hmip_team.to_string()),
        ("partner_team", new.partner_team.to_string()),
        ("team_required", new.team.to_string()),
        ("previous_esw", judgement.to_owned()),
        (
            "different_week",
            word(DIFFERENT_WEEKS, &new.different_week).to_owned(),
        ),
        attend_from,
        attend_to,
    ];
    desk.sheet(&PROGRAMME).append(&cells, by);
    Ok(())
}

pub(super) fn status(desk: &mut Desk<'_>, inspection: &str, status: Status) -> Made {
    let row = desk.inspection(inspection)?;
    let held = desk.sheet(&PROGRAMME).get(row, "status");
    if status == Status::Planned && held.is_empty() {
        return Ok(());
    }
    set(
        desk,
        inspection,
        &[("status", word(STATUSES, &status).to_owned())],
    )
}

pub(super) fn team(desk: &mut Desk<'_>, inspection: &str, of: TeamOf, people: u32) -> Made {
    let column = match of {
        TeamOf::Ofsted => "team_required",
        TeamOf::Hmip => "hmip_team",
        TeamOf::Partners => "partner_team",
    };
    set(desk, inspection, &[(column, people.to_string())])
}
