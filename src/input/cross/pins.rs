//! Pins that can't be meant: out of scope, given twice, or one against another. Whether a
//! pin breaks a hard rule takes eligibility, and is told later.

use std::collections::HashMap;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::domain::{Country, Inspection, InspectionIx, InspectorIx, Pin, PinAction, Role, Status};
use crate::format::{PINS, PROGRAMME};

use super::Parsed;

pub fn check(parsed: &Parsed<'_>, diagnostics: &mut Diagnostics) {
    let mut rows: HashMap<(InspectionIx, InspectorIx), [Option<u32>; 5]> = HashMap::new();
    let mut leads: HashMap<InspectionIx, &Pin> = HashMap::new();
    for pin in &parsed.pins.rows {
        let inspection = &parsed.programme.rows[pin.inspection.get()];
        let person = &parsed.inspectors.rows[pin.inspector.get()].id;
        if pin.action == PinAction::Pin && !parsed.in_scope(inspection) {
            out_of_scope(
                pin,
                inspection,
                parsed.establishment(inspection).country,
                diagnostics,
            );
        }
        let lines = rows.entry((pin.inspection, pin.inspector)).or_default();
        let own = slot(pin.action, pin.role);
        if let Some(first) = lines[own] {
            diagnostics.push(
                Diagnostic::at(
                    codes::M0706,
                    diagnostics.row(PINS.name, pin.line),
                    "this row is there twice",
                )
                .help("remove one of them")
                .related(diagnostics.row(PINS.name, first), "the first one"),
            );
            continue;
        }
        let clash = CLASHES[own].iter().find_map(|other| lines[*other]);
        lines[own] = Some(pin.line);
        if let Some(other) = clash {
            let message = format!(
                "what this row says of {person} at {} contradicts another row",
                inspection.id
            );
            contradiction(pin, other, message, diagnostics);
        } else if own == PIN_LEAD {
            let first = leads.entry(pin.inspection).or_insert(pin);
            if first.inspector != pin.inspector {
                let other = &parsed.inspectors.rows[first.inspector.get()].id;
                let message = format!(
                    "{person} and {other} are both pinned as the one lead of {}",
                    inspection.id
                );
                contradiction(pin, first.line, message, diagnostics);
            }
        }
    }
}

const PIN_LEAD: usize = 0;
const PIN_TEAM: usize = 1;
const FORBID_LEAD: usize = 2;
const FORBID_TEAM: usize = 3;
const FORBID_BOTH: usize = 4;

/// Which of the five things that can be said of one person at one inspection a row says.
fn slot(action: PinAction, role: Option<Role>) -> usize {
    match (action, role) {
        (PinAction::Pin, Some(Role::Lead)) => PIN_LEAD,
        (PinAction::Pin, _) => PIN_TEAM,
        (PinAction::Forbid, Some(Role::Lead)) => FORBID_LEAD,
        (PinAction::Forbid, Some(Role::Team)) => FORBID_TEAM,
        (PinAction::Forbid, None) => FORBID_BOTH,
    }
}

/// Which of the five each of them contradicts: one person has one post at an inspection.
const CLASHES: [&[usize]; 5] = [
    &[PIN_TEAM, FORBID_LEAD, FORBID_BOTH],
    &[PIN_LEAD, FORBID_TEAM, FORBID_BOTH],
    &[PIN_LEAD],
    &[PIN_TEAM],
    &[PIN_LEAD, PIN_TEAM],
];

fn contradiction(pin: &Pin, other: u32, message: String, diagnostics: &mut Diagnostics) {
    diagnostics.push(
        Diagnostic::at(codes::M0705, diagnostics.row(PINS.name, pin.line), message)
            .help("remove one of the two rows")
            .related(diagnostics.row(PINS.name, other), "the other row"),
    );
}

fn out_of_scope(
    pin: &Pin,
    inspection: &Inspection,
    country: Country,
    diagnostics: &mut Diagnostics,
) {
    let (why, column) = match (inspection.status, country) {
        (Status::Cancelled, _) => ("it is cancelled", "status"),
        (Status::Postponed, _) => ("it is postponed", "status"),
        (_, Country::Wales) => ("it is in Wales", "establishment_id"),
        _ if inspection.ofsted_attends == Some(false) => ("ofsted_attends is no", "ofsted_attends"),
        _ => (
            "its previous judgement needs no Ofsted team",
            "previous_esw",
        ),
    };
    let message = format!("Ofsted doesn't attend {}: {why}", inspection.id);
    diagnostics.push(
        Diagnostic::at(
            codes::M0703,
            diagnostics.cell(PINS.name, pin.line, "inspection_id"),
            message,
        )
        .cell(&inspection.id)
        .help("remove the pin, or mend the inspection's row")
        .related(
            diagnostics.cell(PROGRAMME.name, inspection.line, column),
            why,
        ),
    );
}
