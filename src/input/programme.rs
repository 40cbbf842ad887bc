//! `programme.csv`.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::domain::{
    Country, DateSpan, DifferentWeek, Establishment, EstablishmentIx, Inspection, Judgement, Kind,
    Status,
};
use crate::format::PROGRAMME;

use super::cells::{Cell, Cells, Reported};
use super::fields::{choice, date, whole, yes_or_no};
use super::ids::Ids;
use super::sheet::{Opened, Sheet, with_ids};

/// Kinds of inspection, as files write them.
pub const KINDS: [(&str, Kind); 3] = [
    ("full", Kind::Full),
    ("irp", Kind::Irp),
    ("standalone", Kind::Standalone),
];

/// Judgements, as files write them.
pub const JUDGEMENTS: [(&str, Judgement); 6] = [
    ("outstanding", Judgement::Outstanding),
    ("good", Judgement::Good),
    ("requires-improvement", Judgement::RequiresImprovement),
    ("inadequate", Judgement::Inadequate),
    ("awaited", Judgement::Awaited),
    ("none", Judgement::None),
];

/// What HMIP says to a different week, as files write it.
pub const DIFFERENT_WEEKS: [(&str, DifferentWeek); 3] = [
    ("no", DifferentWeek::No),
    ("ask", DifferentWeek::Ask),
    ("agreed", DifferentWeek::Agreed),
];

/// How an entry stands, as files write it.
pub const STATUSES: [(&str, Status); 3] = [
    ("planned", Status::Planned),
    ("postponed", Status::Postponed),
    ("cancelled", Status::Cancelled),
];

/// No inspection lasts longer: more is a mistyped date.
const MOST_DAYS: i64 = 92;

pub fn read(
    table: Opened,
    establishments: &Sheet<Establishment>,
    diagnostics: &mut Diagnostics,
) -> Sheet<Inspection> {
    let column = "inspection_id";
    let ids = Ids::new(PROGRAMME.name, column);
    let row = |cells: &mut Cells<'_>, id| read_row(cells, id, establishments);
    with_ids(table, ids, column, diagnostics, row, |row| &row.id)
}

fn read_row(
    cells: &mut Cells<'_>,
    id: Cell<String>,
    establishments: &Sheet<Establishment>,
) -> Cell<Inspection> {
    let establishment = establishments.ids.find(cells, "establishment_id");
    let kind = cells.required("kind", |text| choice(text, &KINDS));
    let announced = cells.required("announced", yes_or_no);
    let dates = cells.span("start_date", "end_date");
    let dates = not_too_long(cells, "end_date", dates.map(Some));
    let people = |text| whole(text, 0..=999);
    let hmip_team = cells.optional("hmip_team", people);
    let partner_team = cells.optional("partner_team", people);
    let team_required = cells.optional("team_required", |text| whole(text, 0..=99));
    let previous_esw = previous_esw(cells, kind);
    let different_week = cells.required("different_week", |text| choice(text, &DIFFERENT_WEEKS));
    let attend = cells.optional_span("attend_from", "attend_to");
    let attend = not_too_long(cells, "attend_to", attend);
    let bounds = cells.optional_span("earliest", "latest");
    let dates_named_on = cells.optional("dates_named_on", date);
    let ofsted_attends = cells.optional("ofsted_attends", yes_or_no);
    let notified_on = cells.optional("notified_on", date);
    let announced_on = cells.optional("announced_on", date);
    let prison_named_on = cells.optional("prison_named_on", date);
    let status = cells.optional("status", |text| choice(text, &STATUSES));
    let establishment = establishment?;
    let mut inspection = Inspection {
        id: id?,
        establishment: EstablishmentIx::new(establishment),
        kind: kind?,
        announced: announced?,
        dates: dates?.ok_or(Reported)?,
        hmip_team: hmip_team?.unwrap_or(0),
        partner_team: partner_team?.unwrap_or(0),
        team_required: team_required?.filter(|people| *people > 0),
        previous_esw: previous_esw?,
        different_week: different_week?,
        attend: attend?,
        bounds: bounds?,
        dates_named_on: dates_named_on?,
        ofsted_attends: ofsted_attends?,
        notified_on: notified_on?,
        announced_on: announced_on?,
        prison_named_on: prison_named_on?,
        status: status?.unwrap_or(Status::Planned),
        line: cells.line(),
    };
    let country = establishments.rows[establishment].country;
    let team = team_is_there(cells, &inspection, country);
    let bounds = bounds_are_right(cells, &inspection);
    if bounds.is_err() {
        inspection.bounds = None;
    }
    // Of use to the checks below only if it is right in all.
    team.and(bounds).map(|()| inspection)
}

fn not_too_long(
    cells: &mut Cells<'_>,
    column: &'static str,
    span: Cell<Option<DateSpan>>,
) -> Cell<Option<DateSpan>> {
    let span = span?;
    if let Some(given) = span {
        let days = (given.last() - given.first()).num_days() + 1;
        if days > MOST_DAYS {
            let text = cells.text(column).unwrap_or_default();
            return Err(cells.report(
                Diagnostic::at(
                    codes::M0513,
                    cells.place(column),
                    format!("it would last {days} days"),
                )
                .cell(text)
                .help(format!("mend the dates: at most {MOST_DAYS} days are read")),
            ));
        }
    }
    Ok(span)
}

/// An IRP must have one: whether Ofsted attends hangs on it (H4, ¶26).
fn previous_esw(cells: &mut Cells<'_>, kind: Cell<Kind>) -> Cell<Option<Judgement>> {
    let judgement = cells.optional("previous_esw", |text| choice(text, &JUDGEMENTS))?;
    if judgement.is_none() && matches!(kind, Ok(Kind::Irp)) {
        return Err(cells.report(
            Diagnostic::at(
                codes::M0501,
                cells.place("previous_esw"),
                "this IRP has no previous_esw",
            )
            .cell("")
            .help(
                "give the previous judgement; awaited if it is not out yet, none if there was none",
            ),
        ));
    }
    Ok(judgement)
}

fn team_is_there(cells: &mut Cells<'_>, inspection: &Inspection, country: Country) -> Cell<()> {
    if inspection.team_required.is_some() || !in_scope(inspection, country) {
        return Ok(());
    }
    let text = cells.text("team_required").unwrap_or_default();
    let what = if text.is_empty() { "empty" } else { "0" };
    let message = format!("team_required is {what}, and Ofsted attends this inspection");
    Err(cells.report(
        Diagnostic::at(codes::M0502, cells.place("team_required"), message)
            .cell(text)
            .help("give how many people its team has, the lead included"),
    ))
}

/// `earliest` and `latest` belong to standalone inspections only, and hold the normal window.
fn bounds_are_right(cells: &mut Cells<'_>, inspection: &Inspection) -> Cell<()> {
    let Some(bounds) = inspection.bounds else {
        return Ok(());
    };
    if inspection.kind != Kind::Standalone {
        let message = format!(
            "earliest and latest are for standalone inspections; this one is {}",
            inspection.kind.as_str()
        );
        return Err(cells.report(
            Diagnostic::at(codes::M0507, cells.place("earliest"), message)
                .cell(cells.text("earliest").unwrap_or_default())
                .help("empty both cells"),
        ));
    }
    let window = inspection.attend.unwrap_or(inspection.dates);
    let (column, message) = if window.first() < bounds.first() {
        let (first, earliest) = (window.first(), bounds.first());
        (
            "earliest",
            format!("Ofsted is on site from {first}, before earliest {earliest}"),
        )
    } else if window.last() > bounds.last() {
        let (last, latest) = (window.last(), bounds.last());
        (
            "latest",
            format!("Ofsted is on site until {last}, after latest {latest}"),
        )
    } else {
        return Ok(());
    };
    Err(cells.report(
        Diagnostic::at(codes::M0508, cells.place(column), message)
            .cell(cells.text(column).unwrap_or_default())
            .help("mend the dates or the bounds"),
    ))
}

/// Whether Ofsted attends it: as much of H3 and H4 as the checks of the input need.
pub fn in_scope(inspection: &Inspection, country: Country) -> bool {
    let irp_needs_ofsted = || {
        matches!(
            inspection.previous_esw,
            Some(Judgement::RequiresImprovement | Judgement::Inadequate | Judgement::Awaited)
        )
    };
    inspection.status == Status::Planned
        && country == Country::England
        && match inspection.ofsted_attends {
            Some(attends) => attends,
            None => inspection.kind != Kind::Irp || irp_needs_ofsted(),
        }
}
