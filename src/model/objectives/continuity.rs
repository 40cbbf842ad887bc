//! T8: IRPs attended that are not led by the lead of that site's last full inspection.

use super::Linear;
use crate::domain::{Dataset, EstablishmentIx, Kind, Role};
use crate::eligibility::Eligibility;

/// The id of the lead of the last full inspection of `site`, where history has it.
pub fn last_lead(dataset: &Dataset, site: EstablishmentIx) -> Option<&str> {
    let at_site = || {
        dataset
            .history
            .iter()
            .filter(|row| row.establishment == site)
    };
    let last = at_site().map(|row| row.date).max()?;
    at_site()
        .find(|row| row.date == last && row.role == Role::Lead)
        .map(|row| row.inspector_id.as_str())
}

/// One for each lead of an IRP who is not the one that history names.
pub fn linear(eligibility: &Eligibility) -> Linear {
    let dataset = eligibility.dataset;
    let another = |candidate: &crate::eligibility::Candidate| {
        let post = eligibility.engagement(*candidate);
        let inspection = dataset.inspection(post.inspection);
        if post.role != Role::Lead || inspection.kind != Kind::Irp {
            return 0;
        }
        let person = dataset.inspector(candidate.person).id.as_str();
        let last = last_lead(dataset, inspection.establishment);
        i64::from(last.is_some_and(|last| last != person))
    };
    Linear {
        constant: 0,
        coefficients: eligibility.candidates.iter().map(another).collect(),
    }
}
