//! `published.csv`: an earlier `allocations.csv`. Its shape is checked; the annual run
//! allocates afresh and does not look at its rows.

use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::format::PUBLISHED;

use super::sheet::Opened;

pub fn warn(table: Opened, diagnostics: &mut Diagnostics) {
    if table.is_ok() {
        let message = format!("{} is not used by the annual run", PUBLISHED.name);
        diagnostics.push(
            Diagnostic::at(codes::M0119, Place::file(PUBLISHED.name), message)
                .help("nothing to do; it is for re-planning"),
        );
    }
}
