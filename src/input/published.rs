//! `published.csv`: an earlier `allocations.csv`. Its shape is checked; the annual run
//! allocates afresh and does not look at its rows.

use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};

use super::sheet::Opened;
use super::table::Spec;

pub static SPEC: Spec = Spec {
    file: "published.csv",
    required: &[
        "inspection_id",
        "establishment_id",
        "kind",
        "role",
        "inspector_id",
        "inspector_name",
        "grade",
        "attend_from",
        "attend_to",
        "week",
        "lead_name_due",
        "report_due",
        "cost",
    ],
    optional: &["marking"],
};

pub fn warn(table: Opened, diagnostics: &mut Diagnostics) {
    if table.is_ok() {
        let message = format!("{} is not used by the annual run", SPEC.file);
        diagnostics.push(
            Diagnostic::at(codes::M0119, Place::file(SPEC.file), message)
                .help("nothing to do; it is for re-planning"),
        );
    }
}
