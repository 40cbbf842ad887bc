//! Who could be recruited, as `[remedy.person]` of the policy says.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use super::Remedy;
use crate::change::{Change, NewInspectors, Profile};
use crate::domain::{Country, Dataset, Grade, RemedyKind};

/// For each kind of people who could join, `of_each` of them, each after the one before; none
/// where the policy does not say what they are.
///
/// Where HMIs travel everywhere, an HMI does all that an OI does, from whichever region: then
/// only they are looked at, of the region with most sites.
pub fn recruits(dataset: &Dataset, of_each: u32) -> Vec<Vec<Remedy>> {
    let policy = &dataset.policy.remedy[&RemedyKind::Person];
    let (Some(max_days), Some(clearance)) = (policy.days, &policy.clearance) else {
        return Vec::new();
    };
    let people = dataset.inspectors.iter();
    let taken: BTreeSet<&str> = people.map(|row| row.id.as_str()).collect();
    let ids = (1_u32..).map(|number| format!("NEW{number}"));
    let mut free = ids.filter(|id| !taken.contains(id.as_str()));
    let recruit = |(grade, region): &(Grade, String), id| Remedy {
        kind: RemedyKind::Person,
        change: Change::AddInspectors(NewInspectors {
            id,
            name: None,
            count: NonZeroU32::MIN,
            profile: Profile::Recruit {
                grade: *grade,
                region: region.clone(),
                max_days,
                clearance: clearance.clone(),
            },
            lead_trained: None,
            working_days: None,
        }),
        after: None,
    };
    let mut all = Vec::new();
    for kind in kinds(dataset) {
        let ids = free.by_ref().take(of_each as usize);
        all.push(ids.map(|id| recruit(&kind, id)).collect());
    }
    all
}

fn kinds(dataset: &Dataset) -> Vec<(Grade, String)> {
    let english = dataset.establishments.iter();
    let english = english.filter(|site| site.country == Country::England);
    let regions = english.map(|site| site.region.clone());
    if dataset.policy.travel.max_km.is_some() {
        let all: BTreeSet<_> = regions.collect();
        let both = |region: String| [(Grade::Hmi, region.clone()), (Grade::Oi, region)];
        return all.into_iter().flat_map(both).collect();
    }
    let mut count = BTreeMap::new();
    regions.for_each(|region| *count.entry(region).or_insert(0) += 1);
    let most = count
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
    most.map(|(region, _)| (Grade::Hmi, region))
        .into_iter()
        .collect()
}
