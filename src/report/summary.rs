//! `summary.json`: what is proven of every tier, counts and cost, and what made the result.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{ResultFile, Run};
use crate::allocate::{Status, TierOutcome};
use crate::domain::Policy;
use crate::eligibility::Eligibility;
use crate::eligibility::scope::Scope;
use crate::model::objectives::Tier;

pub(super) struct Summary;

impl ResultFile for Summary {
    fn name(&self) -> &'static str {
        "summary.json"
    }

    fn contents(&self, run: &Run) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(&SummaryJson::of(run))
            .expect("a summary holds nothing that JSON can't");
        bytes.push(b'\n');
        bytes
    }
}

/// How many of what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Inspections that are Ofsted's to staff.
    pub in_scope: usize,
    /// Those attended.
    pub attended: usize,
    /// Posts that they ask for.
    pub posts: u32,
    /// Posts filled.
    pub posts_filled: u32,
    /// Posts left empty.
    pub posts_empty: u32,
    /// Inspections attended in a different week.
    pub moved: usize,
    /// Entries of the programme that are not Ofsted's.
    pub out_of_scope: usize,
    /// IRPs in scope only until their judgement is known (¶26).
    pub provisional: usize,
}

impl Counts {
    /// Those of a plan.
    pub fn of(eligibility: &Eligibility, plan: &crate::domain::Plan) -> Self {
        let in_scope = eligibility.inspections().count();
        let posts: u32 = eligibility
            .inspections()
            .map(|ix| 1 + eligibility.team_posts(ix))
            .sum();
        let posts_filled = plan.posts().count() as u32;
        let attendances = || plan.attendances.iter().flatten();
        let provisional = |scope: &&Scope| matches!(scope, Scope::In { provisional: true });
        Self {
            in_scope,
            attended: attendances().count(),
            posts,
            posts_filled,
            posts_empty: posts - posts_filled,
            moved: attendances()
                .filter(|attendance| attendance.different_week)
                .count(),
            out_of_scope: eligibility.scopes.len() - in_scope,
            provisional: eligibility.scopes.iter().filter(provisional).count(),
        }
    }
}

#[derive(Serialize)]
struct SummaryJson<'a> {
    marking: &'a str,
    program: &'static str,
    version: &'static str,
    seed: u32,
    interrupted: bool,
    tiers: Vec<TierJson>,
    gaps: BTreeMap<Tier, f64>,
    counts: Counts,
    cost: f64,
    inputs: Vec<InputJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replan: Option<ReplanJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<ScenarioJson<'a>>,
    policy: &'a Policy,
}

#[derive(Serialize)]
struct TierJson {
    tier: Tier,
    value: f64,
    reached: Option<f64>,
    bound: Option<f64>,
    status: Status,
    gap: Option<f64>,
    seconds: f64,
}

#[derive(Serialize)]
struct InputJson<'a> {
    file: &'a str,
    sha256: &'a str,
}

/// Which case of a what-if it is.
#[derive(Serialize)]
struct ScenarioJson<'a> {
    case: &'a str,
    sha256: &'a str,
}

/// What a re-planning began with.
#[derive(Serialize)]
struct ReplanJson<'a> {
    as_of: chrono::NaiveDate,
    as_of_from: &'static str,
    published_from: &'static str,
    published_sha256: &'a str,
}

impl<'a> SummaryJson<'a> {
    fn of(run: &'a Run) -> Self {
        let dataset = run.eligibility.dataset;
        let tiers = &run.allocation.tiers;
        let inputs = dataset.inputs.iter().map(|input| InputJson {
            file: &input.name,
            sha256: &input.sha256,
        });
        Self {
            marking: &dataset.policy.marking,
            program: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            seed: run.options.seed,
            interrupted: run.allocation.interrupted,
            tiers: tiers.iter().map(TierJson::of).collect(),
            gaps: tiers
                .iter()
                .map(|tier| (tier.tier, run.options.gap(tier.tier)))
                .collect(),
            counts: Counts::of(run.eligibility, &run.allocation.plan),
            cost: run.allocation.tier(Tier::T6).value,
            inputs: inputs.collect(),
            replan: dataset.published.as_ref().map(|published| ReplanJson {
                as_of: published.as_of,
                as_of_from: published.as_of_given.as_str(),
                published_from: published.given.as_str(),
                published_sha256: &published.sha256,
            }),
            scenario: dataset.case.as_ref().map(|case| ScenarioJson {
                case: &case.id,
                sha256: &case.sha256,
            }),
            policy: &dataset.policy,
        }
    }
}

impl TierJson {
    fn of(outcome: &TierOutcome) -> Self {
        Self {
            tier: outcome.tier,
            value: outcome.value,
            reached: outcome.reached,
            bound: outcome.bound,
            status: outcome.status,
            gap: outcome.gap,
            seconds: (outcome.seconds * 1000.0).round() / 1000.0,
        }
    }
}
