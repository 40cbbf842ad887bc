//! One year: made, given to whoever is measured, and what they make of it held against the
//! independent checker.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use muster::allocate::{Options, Status, Unobserved, allocate};
use muster::check;
use muster::demo::{Spec, generate};
use muster::domain::Dataset;
use muster::eligibility::Eligibility;
use muster::solve::Stop;
use muster::verify::{PostRow, TierValues, Week, tier_values, verify_posts};
use serde::{Deserialize, Serialize};

/// What somebody made of a year.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// What made it, in which version.
    pub version: String,
    /// How long it took.
    pub seconds: f64,
    /// The tier that was not proven when time was up.
    pub stopped_in: Option<String>,
    /// How many rows of H12 its solutions showed to be missing.
    pub added_rows: usize,
    /// What each tier reached, as far as they were begun.
    pub tiers: Vec<Tier>,
    /// The seats of the plan.
    pub seats: Vec<usize>,
}

/// How a tier ended: T6 in pence, T7 in days.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Tier {
    pub name: String,
    pub seconds: f64,
    pub proven: bool,
    pub value: Option<f64>,
    pub bound: Option<f64>,
}

/// Writes the year of `seed` into `folder`.
pub fn write(seed: u64, folder: &Path) -> Result<(), Box<dyn Error>> {
    let spec = Spec {
        seed,
        ..Spec::demo()
    };
    for (name, text) in generate(&spec) {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}

/// Reads it back.
pub fn read(folder: &Path) -> Result<Dataset, Box<dyn Error>> {
    Ok(check::read(folder).dataset.ok_or("the year has errors")?)
}

/// Muster's own allocation: from who may hold what to the last tier's proof.
pub fn of_muster(folder: &Path, limit: f64) -> Result<Outcome, Box<dyn Error>> {
    let dataset = read(folder)?;
    let eligibility = Eligibility::new(&dataset);
    let begun = Instant::now();
    let stop = Stop::after(Duration::try_from_secs_f64(limit)?);
    let allocation = allocate(&eligibility, &Options::default(), &stop, &mut Unobserved)?;
    let seconds = begun.elapsed().as_secs_f64();
    let tiers: Vec<_> = allocation
        .tiers
        .iter()
        .map(|outcome| {
            let in_pence = |pounds: f64| match outcome.tier.name() {
                "T6" => (pounds * 100.0).round(),
                _ => pounds,
            };
            Tier {
                name: outcome.tier.name().to_owned(),
                seconds: outcome.seconds,
                proven: outcome.status == Status::Optimal,
                value: outcome.reached.map(in_pence),
                bound: outcome.bound.map(in_pence),
            }
        })
        .collect();
    Ok(Outcome {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seconds,
        stopped_in: tiers.iter().find(|t| !t.proven).map(|t| t.name.clone()),
        added_rows: 0,
        tiers,
        seats: allocation.selection.seats().collect(),
    })
}

/// What the plan of some seats is worth in each tier, by the checker.
///
/// # Errors
/// What is wrong with it, where it breaks a rule.
pub fn checked(eligibility: &Eligibility, seats: &[usize]) -> Result<TierValues, String> {
    let dataset = eligibility.dataset;
    let rows: Vec<PostRow> = seats
        .iter()
        .map(|seat| {
            let candidate = eligibility.candidates[*seat];
            let post = eligibility.engagement(candidate);
            PostRow {
                inspection_id: dataset.inspection(post.inspection).id.clone(),
                role: post.role,
                inspector_id: dataset.inspector(candidate.person).id.clone(),
                attend_from: post.first_day,
                attend_to: post.last_day,
                week: if eligibility.window(post).different_week {
                    Week::Different
                } else {
                    Week::Normal
                },
            }
        })
        .collect();
    let findings = verify_posts(dataset, &rows);
    if findings.is_empty() {
        Ok(tier_values(dataset, &rows))
    } else {
        Err(format!("{findings:#?}"))
    }
}

/// The value of a tier by its name.
pub fn value_of(values: &TierValues, tier: &str) -> f64 {
    match tier {
        "T1" => values.t1 as f64,
        "T2" => values.t2 as f64,
        "T3" => values.t3 as f64,
        "T6" => values.t6.0 as f64,
        "T7" => values.t7,
        "T8" => values.t8 as f64,
        other => panic!("{other} is no tier of an annual run"),
    }
}

/// What can't be true of two outcomes of one year: tier by tier, while the earlier ones are the
/// same, neither's value is below the other's bound, and what both prove exactly is equal. T7
/// and T8 depend on what T6 reached, which its gap leaves open: they are not compared.
pub fn disagreements(one: &Outcome, other: &Outcome) -> Vec<String> {
    let mut found = Vec::new();
    for (a, b) in std::iter::zip(&one.tiers, &other.tiers) {
        if a.name == "T7" {
            break;
        }
        let (Some(value_a), Some(value_b)) = (a.value, b.value) else {
            break;
        };
        let below = |value: f64, bound: Option<f64>| bound.is_some_and(|bound| value < bound - 1.0);
        let exact =
            |value: f64, bound: Option<f64>| bound.is_some_and(|bound| value < bound - 1e-6);
        let is_wrong = if a.name == "T6" {
            below(value_a, b.bound) || below(value_b, a.bound)
        } else {
            let differ = a.proven && b.proven && value_a != value_b;
            differ || exact(value_a, b.bound) || exact(value_b, a.bound)
        };
        if is_wrong {
            let of = |tier: &Tier| (tier.value, tier.bound, tier.proven);
            found.push(format!("{}: {:?} and {:?}", a.name, of(a), of(b)));
        }
        if value_a != value_b {
            break;
        }
    }
    found
}
