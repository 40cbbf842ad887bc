//! Allocations that a test makes, each held against the independent checker.

use std::collections::BTreeMap;

use muster::allocate::{Allocation, Options, Unobserved, allocate};
use muster::domain::{Dataset, Plan};
use muster::eligibility::Eligibility;
use muster::model::objectives::Tier;
use muster::solve::Stop;
use muster::verify::{PostRow, Week, tier_values, verify_posts, verify_reserves};

/// Options under which every tier is proven to the last penny.
pub fn exact() -> Options {
    let gaps: BTreeMap<_, _> = Tier::ANNUAL.into_iter().map(|tier| (tier, 0.0)).collect();
    Options {
        gaps,
        ..Options::default()
    }
}

/// Allocates `dataset`, and has the checker find no fault in the plan or its values.
pub fn allocated(dataset: &Dataset, options: &Options, stop: &Stop) -> Allocation {
    let eligibility = Eligibility::new(dataset);
    let allocation = allocate(&eligibility, options, stop, &mut Unobserved)
        .unwrap_or_else(|error| panic!("nothing was allocated: {error}"));
    check(dataset, &allocation);
    allocation
}

/// Has the checker find no fault in a plan or its values.
pub fn check(dataset: &Dataset, allocation: &Allocation) {
    let rows = rows(dataset, &allocation.plan);
    let findings = verify_posts(dataset, &rows);
    assert!(findings.is_empty(), "{findings:#?}");
    let reserves = allocation.reserves.iter().map(|reserve| {
        let inspection = dataset.inspection(reserve.inspection).id.clone();
        (inspection, dataset.inspector(reserve.person).id.clone())
    });
    let faults = verify_reserves(dataset, &rows, &reserves.collect::<Vec<_>>());
    assert!(faults.is_empty(), "{faults:#?}");
    let attended = allocation.plan.attendances.iter().flatten().count();
    let values = tier_values(dataset, &rows);
    let expected = [
        (Tier::T5, (attended - allocation.reserves.len()) as f64),
        (Tier::T1, values.t1 as f64),
        (Tier::T2, values.t2 as f64),
        (Tier::T3, values.t3 as f64),
        (Tier::T4, values.t4.map_or(0.0, |value| value as f64)),
        (Tier::T6, values.t6.pounds()),
        (Tier::T7, values.t7),
        (Tier::T8, values.t8 as f64),
    ];
    let solved = Tier::in_order(dataset);
    for (tier, value) in expected {
        if !solved.contains(&tier) {
            continue;
        }
        let said = allocation.tier(tier).value;
        assert!(
            (said - value).abs() < 1e-6,
            "{tier:?}: {said} is said, {value} is right"
        );
    }
}

/// A plan's posts as the checker takes them.
pub fn rows(dataset: &Dataset, plan: &Plan) -> Vec<PostRow> {
    let posts = plan.posts();
    posts
        .map(|(post, attendance)| PostRow {
            inspection_id: dataset.inspection(post.inspection).id.clone(),
            role: post.role,
            inspector_id: dataset.inspector(post.inspector).id.clone(),
            attend_from: attendance.on_site.first(),
            attend_to: attendance.on_site.last(),
            week: if attendance.different_week {
                Week::Different
            } else {
                Week::Normal
            },
        })
        .collect()
}
