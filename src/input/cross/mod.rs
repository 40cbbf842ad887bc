//! What only several rows or files together can show: oddities worth a look, mostly
//! warnings. Rows that are wrong in themselves are not here: that was told already.

use chrono::NaiveDate;

use crate::diagnostics::Diagnostics;
use crate::domain::{Availability, Establishment, Inspection, Inspector, Pin};

use super::policy::ReadPolicy;
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

/// Runs every check.
pub fn check(_parsed: &Parsed<'_>, _diagnostics: &mut Diagnostics) {}
