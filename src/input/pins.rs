//! `pins.csv`.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::domain::{Inspection, InspectionIx, Inspector, InspectorIx, Pin, PinAction, Role};

use super::fields::choice;
use super::sheet::{Opened, Sheet, without_ids};

/// The roles, as files write them.
pub const ROLES: [(&str, Role); 2] = [("lead", Role::Lead), ("team", Role::Team)];

const ACTIONS: [(&str, PinAction); 2] = [("pin", PinAction::Pin), ("forbid", PinAction::Forbid)];

pub fn read(
    table: Opened,
    programme: &Sheet<Inspection>,
    inspectors: &Sheet<Inspector>,
    diagnostics: &mut Diagnostics,
) -> Sheet<Pin> {
    without_ids(table, diagnostics, |cells| {
        let inspection = programme.ids.find(cells, "inspection_id");
        let inspector = inspectors.ids.find(cells, "inspector_id");
        let role = cells.optional("role", |text| choice(text, &ROLES));
        let action = cells.required("action", |text| choice(text, &ACTIONS));
        let (role, action) = (role?, action?);
        if action == PinAction::Pin && role.is_none() {
            return Err(cells.report(
                Diagnostic::at(codes::M0704, cells.place("role"), "a pin needs a role")
                    .cell("")
                    .help("write lead or team; only a forbid may leave it empty"),
            ));
        }
        Ok(Pin {
            inspection: InspectionIx::new(inspection?),
            inspector: InspectorIx::new(inspector?),
            role,
            action,
            line: cells.line(),
        })
    })
}
