//! `availability.csv`. Reasons are not read.

use crate::diagnostics::Diagnostics;
use crate::domain::{Availability, AvailabilityKind, Inspector, InspectorIx};

use super::fields::choice;
use super::sheet::{Opened, Sheet, without_ids};

const KINDS: [(&str, AvailabilityKind); 2] = [
    ("unavailable", AvailabilityKind::Unavailable),
    ("offered", AvailabilityKind::Offered),
];

pub fn read(
    table: Opened,
    inspectors: &Sheet<Inspector>,
    diagnostics: &mut Diagnostics,
) -> Sheet<Availability> {
    without_ids(table, diagnostics, |cells| {
        let inspector = inspectors.ids.find(cells, "inspector_id");
        let span = cells.span("from", "to");
        let kind = cells.required("kind", |text| choice(text, &KINDS));
        Ok(Availability {
            inspector: InspectorIx::new(inspector?),
            span: span?,
            kind: kind?,
            line: cells.line(),
        })
    })
}
