//! T1: inspections left without attendance, weighted by priority: sites for children and
//! *inadequate* first, Ofsted's own standalones after HMIP's programme (¶13, ¶16).

use super::Linear;
use crate::domain::{AgeGroup, Dataset, Inspection, Judgement, Kind, Role};
use crate::eligibility::Eligibility;

/// The weight of an inspection that is left without attendance.
pub fn weight(dataset: &Dataset, inspection: &Inspection) -> i64 {
    let priority = &dataset.policy.priority;
    let site = dataset.establishment(inspection.establishment);
    let applies = [
        (site.age_group == AgeGroup::Children, priority.children),
        (
            inspection.previous_esw == Some(Judgement::Inadequate),
            priority.inadequate,
        ),
        (inspection.kind == Kind::Standalone, priority.standalone),
    ];
    let more: i64 = applies
        .iter()
        .filter(|(applies, _)| *applies)
        .map(|(_, more)| more)
        .sum();
    priority.base + more
}

/// Σ weights of the inspections in scope, less the weight of each that has a lead.
pub fn linear(eligibility: &Eligibility) -> Linear {
    let dataset = eligibility.dataset;
    let weight = |ix| weight(dataset, dataset.inspection(ix));
    Linear {
        constant: eligibility.inspections().map(weight).sum(),
        coefficients: eligibility
            .candidates
            .iter()
            .map(|candidate| eligibility.engagement(*candidate))
            .map(|post| {
                if post.role == Role::Lead {
                    -weight(post.inspection)
                } else {
                    0
                }
            })
            .collect(),
    }
}
