//! Which inspections Ofsted owes attendance (H3, H4), and how much each weighs in T1.

use std::collections::BTreeSet;

use muster::domain::{AgeGroup, Country, Dataset, Inspection, Judgement, Kind, Status};

use super::Rule;

/// Whether `inspection` is in Ofsted's scope.
pub fn in_scope(dataset: &Dataset, inspection: &Inspection, dropped: &BTreeSet<Rule>) -> bool {
    let country = dataset.establishment(inspection.establishment).country;
    let english = dropped.contains(&Rule::H3) || country == Country::England;
    let asked = match (inspection.kind, inspection.ofsted_attends) {
        (Kind::Irp, _) if dropped.contains(&Rule::H4) => true,
        (_, Some(attends)) => attends,
        (Kind::Irp, None) => matches!(
            inspection.previous_esw,
            Some(Judgement::RequiresImprovement | Judgement::Inadequate | Judgement::Awaited)
        ),
        (Kind::Full | Kind::Standalone, None) => true,
    };
    inspection.status == Status::Planned && english && asked
}

/// What it costs in T1 not to attend `inspection`.
pub fn weight(dataset: &Dataset, inspection: &Inspection) -> i64 {
    let priority = &dataset.policy.priority;
    let age_group = dataset.establishment(inspection.establishment).age_group;
    let mut weight = priority.base;
    if age_group == AgeGroup::Children {
        weight += priority.children;
    }
    if inspection.previous_esw == Some(Judgement::Inadequate) {
        weight += priority.inadequate;
    }
    if inspection.kind == Kind::Standalone {
        weight += priority.standalone;
    }
    weight
}
