//! Changes in `pins.csv`.

use crate::diagnostics::codes;
use crate::domain::Role;
use crate::format::PINS;

use super::Made;
use super::desk::Desk;
use super::sheet::Sheet;

/// Adds a row, unless it is there already.
pub(super) fn add(
    desk: &mut Desk<'_>,
    inspection: &str,
    inspector: &str,
    role: Option<Role>,
    action: &str,
) -> Made {
    let by = desk.by();
    let (one, other) = (
        desk.inspection(inspection),
        desk.inspector("inspector", inspector),
    );
    one.and(other)?;
    let role = role.map_or("", Role::as_str);
    let sheet = desk.sheet(&PINS);
    let same =
        |sheet: &Sheet, row| sheet.get(row, "role") == role && sheet.get(row, "action") == action;
    if theirs(sheet, inspection, inspector)
        .into_iter()
        .any(|row| same(sheet, row))
    {
        return Ok(());
    }
    let cells = [
        ("inspection_id", inspection.to_owned()),
        ("inspector_id", inspector.to_owned()),
        ("role", role.to_owned()),
        ("action", action.to_owned()),
    ];
    sheet.append(&cells, by);
    Ok(())
}

/// Removes every row of one person at one inspection.
pub(super) fn remove(desk: &mut Desk<'_>, inspection: &str, inspector: &str) -> Made {
    let by = desk.by();
    let (one, other) = (
        desk.inspection(inspection),
        desk.inspector("inspector", inspector),
    );
    one.and(other)?;
    let sheet = desk.sheet(&PINS);
    let rows = theirs(sheet, inspection, inspector);
    for row in rows.iter().rev() {
        sheet.remove(*row, by);
    }
    if rows.is_empty() {
        let message = format!("{} has no row of {inspector} at {inspection}", PINS.name);
        let help = "remove this change, if it has been made already";
        return Err(desk.refuse(codes::M0909, "inspector", message, help, None));
    }
    Ok(())
}

fn theirs(sheet: &Sheet, inspection: &str, inspector: &str) -> Vec<usize> {
    sheet.rows(|sheet, row| {
        sheet.get(row, "inspection_id") == inspection && sheet.get(row, "inspector_id") == inspector
    })
}
