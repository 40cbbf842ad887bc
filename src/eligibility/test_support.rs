//! A year with one inspection and one person, of whom one rule is asked.

use super::rules::Rule;
use super::{Candidate, Eligibility, Reason};
use crate::domain::test_support::{bare_year, inspection, inspector, span};
use crate::domain::{Dataset, Grade, InspectorIx, Kind, Role};

/// A full inspection, attended from Monday 11 to Thursday 14 May 2026, and an HMI who may hold
/// any of its posts.
pub fn year() -> Dataset {
    let mut year = bare_year();
    let dates = span("2026-05-04", "2026-05-14");
    year.programme.push(inspection("F1", Kind::Full, dates));
    year.inspectors.push(inspector("A", Grade::Hmi));
    year
}

/// What `rule` says of the person in `role`, in the inspection's normal window.
pub fn told(year: &Dataset, rule: Rule, role: Role) -> Option<Reason> {
    let eligibility = Eligibility::new(year);
    let inspection = year.inspection_ixs().next().expect("an inspection");
    let candidate = Candidate {
        engagement: eligibility
            .engagement_of(inspection, 0, role)
            .expect("a window that is open"),
        person: InspectorIx::new(0),
    };
    rule(&eligibility, candidate)
}
