//! `history.csv`.

use std::collections::HashSet;

use crate::diagnostics::{Diagnostic, Diagnostics, codes, quoted};
use crate::domain::{Establishment, EstablishmentIx, History, Inspector};

use super::fields::{choice, date, line_of_text};
use super::pins::ROLES;
use super::sheet::{Opened, Sheet, without_ids};

pub fn read(
    table: Opened,
    establishments: &Sheet<Establishment>,
    inspectors: &Sheet<Inspector>,
    diagnostics: &mut Diagnostics,
) -> Sheet<History> {
    // Said once a person, however often they were there.
    let mut gone = HashSet::new();
    without_ids(table, diagnostics, |cells| {
        let establishment = establishments.ids.find(cells, "establishment_id");
        let inspector = cells.required("inspector_id", line_of_text);
        let role = cells.required("role", |text| choice(text, &ROLES));
        let date = cells.required("date", date);
        let inspector = inspector?;
        if !inspectors.ids.may_hold(inspector) && gone.insert(inspector.to_owned()) {
            let message = format!(
                "inspector_id {} is not in inspectors.csv",
                quoted(inspector)
            );
            let near = inspectors.ids.near(inspector);
            cells.report(
                Diagnostic::at(codes::M0304, cells.place("inspector_id"), message)
                    .cell(inspector)
                    .help("nothing to do, if they have left")
                    .suggest(near),
            );
        }
        Ok(History {
            establishment: EstablishmentIx::new(establishment?),
            inspector_id: inspector.to_owned(),
            role: role?,
            date: date?,
            line: cells.line(),
        })
    })
}
