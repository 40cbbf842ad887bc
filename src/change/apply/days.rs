//! Changes in `availability.csv`: days that are offered, and days away.

use chrono::{Days, NaiveDate, TimeDelta};

use crate::diagnostics::codes;
use crate::domain::DateSpan;
use crate::format::AVAILABILITY;
use crate::input::fields;

use super::super::Who;
use super::desk::Desk;
use super::sheet::Sheet;
use super::{Made, Refused};

/// The word for days that are offered.
pub(super) const OFFERED: &str = "offered";
/// The word for days away.
pub(super) const UNAVAILABLE: &str = "unavailable";

/// Adds days of that kind.
pub(super) fn add(desk: &mut Desk<'_>, who: &Who, kind: &str, span: DateSpan) -> Made {
    let by = desk.by();
    for id in desk.people(who)? {
        let cells = [
            ("inspector_id", id),
            ("from", span.first().to_string()),
            ("to", span.last().to_string()),
            ("kind", kind.to_owned()),
        ];
        desk.sheet(&AVAILABILITY).append(&cells, by);
    }
    Ok(())
}

/// Takes days of that kind away, from whoever has any of them.
pub(super) fn clear(desk: &mut Desk<'_>, who: &Who, kind: &str, span: DateSpan) -> Made {
    let by = desk.by();
    let mut any = false;
    for id in desk.people(who)? {
        let sheet = desk.sheet(&AVAILABILITY);
        // From the last row up, so that those above stay where they are.
        for (row, held) in overlapping(sheet, &id, kind, span).into_iter().rev() {
            trim(sheet, row, held, span, by);
            any = true;
        }
    }
    if any {
        Ok(())
    } else {
        Err(nothing(desk, who, kind, span))
    }
}

/// Moves the days of `span` on which somebody is away, so that its first day becomes `to`.
pub(super) fn move_leave(
    desk: &mut Desk<'_>,
    inspector: &str,
    span: DateSpan,
    to: NaiveDate,
) -> Made {
    let by = desk.by();
    desk.inspector("inspector", inspector)?;
    let shift = to - span.first();
    let sheet = desk.sheet(&AVAILABILITY);
    let rows = overlapping(sheet, inspector, UNAVAILABLE, span);
    for (row, held) in rows.iter().rev() {
        let inside = (held.first().max(span.first()), held.last().min(span.last()));
        let Some((from, to)) = shifted(inside, shift) else {
            let help = "choose a date in the years around the programme's";
            return Err(desk.refuse(codes::M0906, "new_from", "it is too far away", help, None));
        };
        let moved = if inside == (held.first(), held.last()) {
            *row
        } else {
            sheet.copy(*row, by);
            // The copy is before the row whose days are trimmed, so that its place is known.
            trim(sheet, row + 1, *held, span, by);
            *row
        };
        sheet.set(moved, "from", &from.to_string(), by);
        sheet.set(moved, "to", &to.to_string(), by);
    }
    if rows.is_empty() {
        let who = Who::Person(inspector.to_owned());
        return Err(nothing(desk, &who, UNAVAILABLE, span));
    }
    Ok(())
}

fn shifted((from, to): (NaiveDate, NaiveDate), by: TimeDelta) -> Option<(NaiveDate, NaiveDate)> {
    Some((from.checked_add_signed(by)?, to.checked_add_signed(by)?))
}

/// Somebody's rows of that kind that hold a day of `span`, with their own days.
fn overlapping(sheet: &Sheet, id: &str, kind: &str, span: DateSpan) -> Vec<(usize, DateSpan)> {
    let held = |row| {
        let day = |column| fields::date(sheet.get(row, column)).ok();
        let held = DateSpan::new(day("from")?, day("to")?)?;
        let overlaps = held.first() <= span.last() && span.first() <= held.last();
        overlaps.then_some((row, held))
    };
    let theirs =
        |sheet: &Sheet, row| sheet.get(row, "inspector_id") == id && sheet.get(row, "kind") == kind;
    sheet.rows(theirs).into_iter().filter_map(held).collect()
}

/// Takes the days of `span` out of a row that holds `held`: it goes, is shortened, or becomes two.
fn trim(sheet: &mut Sheet, row: usize, held: DateSpan, span: DateSpan, by: usize) {
    let before = (held.first() < span.first())
        .then(|| span.first().checked_sub_days(Days::new(1)))
        .flatten();
    let after = (held.last() > span.last())
        .then(|| span.last().checked_add_days(Days::new(1)))
        .flatten();
    match (before, after) {
        (None, None) => sheet.remove(row, by),
        (Some(last), None) => sheet.set(row, "to", &last.to_string(), by),
        (None, Some(first)) => sheet.set(row, "from", &first.to_string(), by),
        (Some(last), Some(first)) => {
            sheet.copy(row, by);
            sheet.set(row + 1, "from", &first.to_string(), by);
            sheet.set(row, "to", &last.to_string(), by);
        }
    }
}

fn nothing(desk: &mut Desk<'_>, who: &Who, kind: &str, span: DateSpan) -> Refused {
    let whose = match who {
        Who::Person(id) => id.as_str(),
        _ => "nobody of them",
    };
    let has = if matches!(who, Who::Person(_)) {
        "has no"
    } else {
        "has any"
    };
    let (from, to) = (span.first(), span.last());
    let message = format!("{whose} {has} {kind} days from {from} to {to}");
    let help = format!(
        "look at the rows of {}; perhaps it has been done already",
        AVAILABILITY.name
    );
    desk.refuse(codes::M0909, "from", message, &help, None)
}
