//! What only several rows or files together can show: oddities worth a look, mostly
//! warnings. Rows that are wrong in themselves are not here: that was told already.

mod notice;
mod people;
mod pins;
mod programme;
mod sites;
mod windows;

use chrono::NaiveDate;

use crate::diagnostics::Diagnostics;
use crate::domain::{Availability, Establishment, Inspection, Inspector, Pin, Status};

use super::policy::ReadPolicy;
use super::programme::in_scope;
use super::sheet::Sheet;

/// All files, as far as they could be read.
pub struct Parsed<'a> {
    pub policy: &'a ReadPolicy,
    pub establishments: &'a Sheet<Establishment>,
    pub programme: &'a Sheet<Inspection>,
    pub inspectors: &'a Sheet<Inspector>,
    pub availability: &'a Sheet<Availability>,
    pub pins: &'a Sheet<Pin>,
    pub bank_holidays: &'a Sheet<(NaiveDate, String)>,
}

impl Parsed<'_> {
    fn establishment(&self, inspection: &Inspection) -> &Establishment {
        &self.establishments.rows[inspection.establishment.get()]
    }

    fn in_scope(&self, inspection: &Inspection) -> bool {
        in_scope(inspection, self.establishment(inspection).country)
    }

    /// Inspections that go ahead.
    fn planned(&self) -> impl Iterator<Item = &Inspection> {
        let rows = self.programme.rows.iter();
        rows.filter(|one| one.status == Status::Planned)
    }

    /// Inspections that Ofsted attends.
    fn attended(&self) -> impl Iterator<Item = &Inspection> {
        let rows = self.programme.rows.iter();
        rows.filter(|one| self.in_scope(one))
    }
}

/// Runs every check.
pub fn check(parsed: &Parsed<'_>, diagnostics: &mut Diagnostics) {
    programme::check(parsed, diagnostics);
    notice::check(parsed, diagnostics);
    windows::check(parsed, diagnostics);
    sites::check(parsed, diagnostics);
    people::check(parsed, diagnostics);
    pins::check(parsed, diagnostics);
}
