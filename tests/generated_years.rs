//! Generated years of all sizes up to the demo's, from very loose to very short: each is
//! allocated, its plan and its files on the disk are held against the independent checker, and
//! no fault is found. In at least a third of them T1, T2 and T3 are proven.
//!
//! The quick run takes a tenth of the years; `MUSTER_PROOF=full` takes all.

mod support;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use muster::allocate::{Allocation, Options, Status, Unobserved, allocate};
use muster::demo::Spec;
use muster::eligibility::Eligibility;
use muster::model::objectives::Tier;
use muster::solve::Stop;
use muster::verify::verify;
use rayon::prelude::*;

use support::checked::{allocated, check};
use support::generated::{files, written, year};
use support::share::share_of;

/// All years.
const YEARS: u64 = 300;

/// In how many of them T1, T2 and T3 must be proven.
const PROVEN: u64 = 100;

/// How many nodes of the search tree a tier may take: an end that is the same on every machine.
const MAX_NODES: u32 = 500;

/// Where a year takes longer after all, it is stopped, and what is proven by then counts.
const SAFETY_NET: Duration = Duration::from_secs(60);

/// The tiers that come before cost.
const FIRST: [Tier; 3] = [Tier::T1, Tier::T2, Tier::T3];

/// Sizes in turn, ten to a round: mostly small, one as large as the demo.
fn spec(seed: u64) -> Spec {
    let within = |low: usize, high: usize| low + (seed / 10) as usize % (high - low + 1);
    let (inspections, hmis, ois) = match seed % 10 {
        0 => (68, 30, 50),
        1 => (within(35, 60), within(15, 30), within(20, 40)),
        2..=4 => (within(15, 30), within(6, 14), within(8, 20)),
        5..=8 => (within(5, 14), within(2, 7), within(2, 9)),
        _ => (within(1, 4), within(1, 3), within(0, 3)),
    };
    Spec::varied(seed, inspections, hmis, ois)
}

/// Small years go through all tiers, the others end with the first three.
fn options(spec: &Spec) -> Options {
    let all = spec.inspections < 15;
    Options {
        stop_after: (!all).then_some(Tier::T3),
        max_nodes: Some(MAX_NODES),
        ..Options::default()
    }
}

/// What came of a year.
struct Outcome {
    seed: u64,
    inspections: usize,
    allocation: Allocation,
    /// How long it took until the plan was there, before the causes of its gaps.
    planned: Duration,
    /// Whether the safety net was needed, for the plan or for the causes of its gaps.
    was_stopped: bool,
    took: Duration,
}

impl Outcome {
    fn is_proven(&self, tiers: &[Tier]) -> bool {
        tiers
            .iter()
            .all(|tier| self.allocation.tier(*tier).status == Status::Optimal)
    }
}

fn outcome(seed: u64) -> Outcome {
    let begun = Instant::now();
    let spec = spec(seed);
    let dataset = year(&spec);
    let options = options(&spec);
    let stop = Stop::after(SAFETY_NET);
    let allocation = allocated(&dataset, &options, &stop);
    let planned = begun.elapsed();
    let (_place, result) = written(&files(&dataset, &allocation, &options, &stop));
    let findings = verify(&dataset, &result).expect("a result that can be read");
    assert!(findings.is_empty(), "seed {seed}: {findings:#?}");
    Outcome {
        seed,
        inspections: spec.inspections,
        allocation,
        planned,
        was_stopped: stop.is_set(),
        took: begun.elapsed(),
    }
}

#[test]
fn every_year_is_allocated_without_a_fault() {
    let years = share_of(YEARS);
    let outcomes: Vec<Outcome> = (0..years).into_par_iter().map(outcome).collect();
    let proven = |tiers: &[Tier]| outcomes.iter().filter(|o| o.is_proven(tiers)).count() as u64;
    println!("{years} years (seeds from 0) allocated, written and verified without a fault");
    println!("T1, T2 and T3 proven in {}", proven(&FIRST));
    for tier in Tier::ANNUAL {
        report(tier, &outcomes);
    }
    let stopped = outcomes.iter().filter(|o| o.was_stopped).count();
    let slowest = outcomes.iter().max_by_key(|o| o.took).expect("a year");
    println!(
        "{stopped} stopped by time; the slowest took {:.1} s, {:.1} s of them for the plan \
         (seed {}, {} inspections)",
        slowest.took.as_secs_f64(),
        slowest.planned.as_secs_f64(),
        slowest.seed,
        slowest.inspections
    );
    assert!(proven(&FIRST) >= share_of(PROVEN));
}

/// Prints how often `tier` was asked for and proven, and its worst gap.
fn report(tier: Tier, outcomes: &[Outcome]) {
    let asked = outcomes
        .iter()
        .filter(|o| o.allocation.tier(tier).status != Status::Off);
    let proven = asked.clone().filter(|o| o.is_proven(&[tier])).count();
    let gap = |o: &&Outcome| o.allocation.tier(tier).gap.unwrap_or(0.0);
    let worst = asked.clone().max_by(|a, b| gap(a).total_cmp(&gap(b)));
    if let Some(worst) = worst {
        println!(
            "{tier:?}: proven in {proven} of {}; worst gap {:.4} (seed {}, {} inspections)",
            asked.count(),
            gap(&worst),
            worst.seed,
            worst.inspections
        );
    }
}

/// A year that is too large to be stated as a program has a plan all the same, which keeps every
/// rule, and bounds that no better plan is below.
#[test]
fn without_a_program_there_is_a_plan_with_its_bounds() {
    let stop = Stop::never();
    let unstated = Options {
        most_stated: Some(0),
        large: Some(0),
        ..Options::default()
    };
    let (mut proven, mut compared) = (0, 0);
    for seed in 0..16 {
        let dataset = year(&Spec::sized(seed, 16, 4, 6));
        let Ok(allocation) = allocate(
            &Eligibility::new(&dataset),
            &unstated,
            &stop,
            &mut Unobserved,
        ) else {
            // Its pins are not kept by a first plan.
            continue;
        };
        assert!(
            allocation.too_large || allocation.is_proven(),
            "seed {seed}"
        );
        check(&dataset, &allocation);
        let (_place, result) = written(&files(&dataset, &allocation, &unstated, &stop));
        let findings = verify(&dataset, &result).expect("a result that can be read");
        assert!(findings.is_empty(), "seed {seed}: {findings:#?}");
        let best = allocated(&dataset, &options(&Spec::sized(seed, 16, 4, 6)), &stop);
        for tier in FIRST {
            let (own, best) = (allocation.tier(tier), best.tier(tier));
            let bound = own.bound.expect("it was asked for");
            assert!(bound <= best.value, "seed {seed}, {tier:?}: {bound}");
            compared += 1;
            proven += usize::from(own.status == Status::Optimal);
            if own.value > best.value {
                // A later tier's bound is of plans that keep this one's worse value.
                break;
            }
        }
    }
    assert!(proven > 4 && compared > proven, "{proven} of {compared}");
}

/// A year that counts as large comes to the same, by chains of people and then by its program: what they
/// reach and bound is a plan and a bound like any other.
#[test]
fn a_large_year_comes_to_what_any_other_does() {
    let stop = Stop::never();
    let (mut cheaper_bound, mut compared) = (0, 0);
    for seed in 0..16 {
        // Every other year has people enough for all that can be had.
        let people = 1 + 2 * (seed as usize % 2);
        let spec = Spec::sized(seed, 12, 5 * people, 9 * people);
        let dataset = year(&spec);
        let options = Options {
            gaps: BTreeMap::from([(Tier::T6, 0.0)]),
            stop_after: Some(Tier::T6),
            ..Options::default()
        };
        let large = Options {
            large: Some(0),
            ..options.clone()
        };
        let (usual, large) = (
            allocated(&dataset, &options, &stop),
            allocated(&dataset, &large, &stop),
        );
        check(&dataset, &large);
        for tier in [Tier::T1, Tier::T2, Tier::T3, Tier::T6] {
            let (usual, large) = (usual.tier(tier), large.tier(tier));
            assert_eq!(large.status, Status::Optimal, "seed {seed}, {tier:?}");
            assert!(
                (usual.value - large.value).abs() < 0.011,
                "seed {seed}, {tier:?}"
            );
            compared += 1;
        }
        let unstated = Options {
            most_stated: Some(0),
            large: Some(0),
            ..Options::default()
        };
        let Ok(unstated) = allocate(
            &Eligibility::new(&dataset),
            &unstated,
            &stop,
            &mut Unobserved,
        ) else {
            // Its pins are not kept by a first plan.
            continue;
        };
        let bound = unstated.tier(Tier::T6).bound.expect("it was asked for");
        let is_least = |tier: &Tier| unstated.tier(*tier).status == Status::Optimal;
        if FIRST.iter().all(is_least) {
            assert!(bound <= usual.tier(Tier::T6).value + 0.011, "seed {seed}");
            println!(
                "seed {seed}: T6 {} at least {bound}",
                usual.tier(Tier::T6).value
            );
            cheaper_bound += usize::from(bound > 0.9 * usual.tier(Tier::T6).value);
        }
    }
    assert!(
        compared == 64 && cheaper_bound > 2,
        "{compared} {cheaper_bound}"
    );
}

/// Where T7 ends with a gap, T8 may still use other days than it did: the gap is the final
/// plan's, as the checker computes it.
#[test]
fn a_gap_of_fairness_is_that_of_the_final_plan() {
    let options = Options {
        gaps: BTreeMap::from([(Tier::T6, 0.3), (Tier::T7, 0.5)]),
        max_nodes: Some(MAX_NODES),
        ..Options::default()
    };
    let mut with_a_gap = 0;
    for seed in 0..30 {
        let dataset = year(&Spec::sized(seed, 16, 4, 6));
        let stop = Stop::never();
        let allocation = allocated(&dataset, &options, &stop);
        with_a_gap += usize::from(allocation.tier(Tier::T7).gap > Some(0.0));
        let (_place, result) = written(&files(&dataset, &allocation, &options, &stop));
        let findings = verify(&dataset, &result).expect("a result that can be read");
        assert!(findings.is_empty(), "seed {seed}: {findings:#?}");
    }
    assert!(with_a_gap > 10, "{with_a_gap}");
}
