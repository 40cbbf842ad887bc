//! Named reserves (T5): on small years what is reached is what trying every plan, and every way of
//! naming reserves for it, reaches; and the files of a year with reserves pass the checker.
//!
//! The quick run takes a tenth of the years; `MUSTER_PROOF=full` takes all.

mod support;

use muster::domain::{Dataset, Grade};
use muster::model::objectives::Tier as Model;
use muster::solve::Stop;
use rayon::prelude::*;

use support::checked::{allocated, exact};
use support::exhaustive::{Tier, naive};
use support::share::share_of;
use support::tiny::dice::Dice;
use support::tiny::tiny_year;

/// All years that count: those in which reserves change what is planned.
const YEARS: u64 = 200;

/// So many plans of a year are looked at.
const MOST_PLANS: usize = 60_000;

/// The tiny year of `seed` with reserves, and with more people who may lead.
fn year(seed: u64) -> Dataset {
    let mut dice = Dice::new(seed + 5_000);
    let mut year = tiny_year(seed);
    year.policy.reserve.name_reserves = true;
    for person in &mut year.inspectors {
        person.lead_trained |= person.grade == Grade::Oi && dice.chance(50);
        person.max_days += dice.between(0, 8);
    }
    year
}

#[test]
fn what_is_reached_is_what_trying_everything_reaches() {
    let (mut counted, mut looked_at) = (0, 0);
    let mut next = 0;
    while counted < share_of(YEARS) {
        let seeds = next..next + 40;
        next = seeds.end;
        let found: Vec<bool> = seeds.into_par_iter().filter_map(compare).collect();
        looked_at += found.len();
        counted += found.iter().filter(|matters| **matters).count() as u64;
        assert!(next < 4_000, "reserves matter in too few years");
    }
    println!("{looked_at} years compared; reserves change the plan in {counted}");
}

/// Whether reserves matter in a year that can be tried; then the model finds the same.
fn compare(seed: u64) -> Option<bool> {
    let year = year(seed);
    let (best, t5) = naive::optimum_with_reserves(&year, None, MOST_PLANS)?;
    let (_, at_worst) = naive::optimum_with_reserves(&year, Some(Tier::T5), MOST_PLANS)?;
    let mut options = exact();
    options.gaps.insert(Model::T5, 0.0);
    let run = allocated(&year, &options, &Stop::never());
    assert!(run.is_proven(), "seed {seed}: {:?}", run.tiers);
    let of_sums = std::iter::zip(Model::ANNUAL, best);
    for (tier, best) in of_sums.map(|(tier, best)| (tier, best.to_f64())) {
        let best = if tier == Model::T6 {
            best / 100.0
        } else {
            best
        };
        let reached = run.tier(tier).reached.unwrap();
        assert!(
            (reached - best).abs() < 1e-6,
            "seed {seed}: {tier:?} {reached}, not {best}"
        );
    }
    assert_eq!(run.tier(Model::T5).reached, Some(t5 as f64), "seed {seed}");
    Some(t5 < at_worst)
}
