//! Tiny random years: the model finds in every tier what exhaustive search finds, the search
//! holds against plain enumeration, and every rule and every tier matters in enough years, or
//! it would never be tested.
//!
//! The quick run takes a tenth of the seeds; `MUSTER_PROOF=full` takes all.

mod support;

use std::collections::BTreeMap;
use std::ops::Range;

use muster::model::objectives::Tier as Model;
use muster::solve::Stop;
use rayon::prelude::*;

use support::checked::{allocated, exact};
use support::exhaustive::{self, Dropped, Rule, Tier, naive, optimum};
use support::share::share_of;
use support::tiny::tiny_year;

/// All seeds.
const SEEDS: u64 = 1_000;

/// In how many of them each rule and tier must matter.
const AT_LEAST: u64 = 20;

#[test]
fn search_agrees_with_plain_enumeration() {
    let orders: Vec<Dropped> = std::iter::once(Dropped::nothing())
        .chain(Tier::ALL.map(Dropped::tier))
        .collect();
    let compared = (0..share_of(SEEDS))
        .into_par_iter()
        .filter(|seed| {
            let year = tiny_year(*seed);
            let mut compared = false;
            for dropped in &orders {
                if let Some(plain) = naive::optimum(&year, dropped.tier, 20_000) {
                    let found = optimum(&year, dropped).values();
                    assert_eq!(found, plain, "seed {seed}, {dropped:?}");
                    compared = true;
                }
            }
            compared
        })
        .count();
    println!("{compared} years enumerated");
    assert!(compared as u64 >= share_of(SEEDS) / 2, "{compared} years");
}

#[test]
fn plan_has_the_values_it_stands_for() {
    for seed in 0..share_of(SEEDS) {
        let year = tiny_year(seed);
        let found = optimum(&year, &Dropped::nothing());
        let plan = found.plan.expect("rules that a plan can keep");
        let moved = plan.attendances.iter().flatten();
        let moved = moved.filter(|attendance| attendance.different_week);
        assert_eq!(found.t2, moved.count() as i64, "seed {seed}");
        let empty: i64 = year
            .inspection_ixs()
            .filter(|ix| exhaustive::is_in_scope(&year, *ix))
            .map(|ix| {
                let asked = year.inspection(ix).team_required.map_or(1, i64::from);
                asked - 1 - plan.at(ix).map_or(0, |at| at.team.len() as i64)
            })
            .sum();
        assert_eq!(found.t3, empty, "seed {seed}");
    }
}

#[test]
fn model_finds_what_exhaustive_search_finds() {
    (0..share_of(SEEDS)).into_par_iter().for_each(|seed| {
        let year = tiny_year(seed);
        let run = allocated(&year, &exact(), &Stop::never());
        assert!(run.is_proven(), "seed {seed}: {:?}", run.tiers);
        let best = optimum(&year, &Dropped::nothing());
        let best = [
            (Model::T1, best.t1 as f64),
            (Model::T2, best.t2 as f64),
            (Model::T3, best.t3 as f64),
            (Model::T6, best.t6.pounds()),
            (Model::T7, best.t7.to_f64()),
            (Model::T8, best.t8 as f64),
        ];
        for (tier, best) in best {
            let reached = run.tier(tier).reached.unwrap();
            assert!(
                (reached - best).abs() < 1e-6,
                "seed {seed}: {tier:?} {reached}, not {best}"
            );
        }
    });
}

#[test]
fn same_seed_gives_the_same_year() {
    for seed in 0..20 {
        assert_eq!(
            format!("{:?}", tiny_year(seed)),
            format!("{:?}", tiny_year(seed))
        );
    }
}

#[test]
fn years_are_tiny() {
    for seed in 0..share_of(SEEDS) {
        let year = tiny_year(seed);
        assert!((4..=8).contains(&year.programme.len()), "seed {seed}");
        assert!((3..=6).contains(&year.inspectors.len()), "seed {seed}");
        assert!(exhaustive::feasible(&year), "seed {seed}");
    }
}

#[test]
fn every_rule_and_tier_matters() {
    let counts = seeds_that_change(0..share_of(SEEDS));
    let least = share_of(AT_LEAST) as usize;
    println!("dropped       changes T1, T2, T3 or T6  changes any tier");
    for (dropped, count) in &counts {
        println!(
            "{dropped:12}  {:24}  {:16}",
            count.before_fairness, count.any
        );
    }
    for (dropped, count) in counts {
        assert!(count.any >= least, "{dropped} changes only {count:?}");
    }
}

/// How many years have another optimum without a rule or tier.
#[derive(Clone, Copy, Debug, Default)]
struct Changes {
    before_fairness: usize,
    any: usize,
}

/// For each rule and tier, how many of `seeds` change their optimum when it is dropped.
fn seeds_that_change(seeds: Range<u64>) -> BTreeMap<String, Changes> {
    let rules = Rule::ALL.map(|rule| (format!("{rule:?}"), Dropped::rule(rule)));
    let tiers = Tier::ALL.map(|tier| (format!("{tier:?}"), Dropped::tier(tier)));
    let pairs = ("beyond pairs".to_owned(), Dropped::rule(Rule::BeyondPairs));
    let variants: Vec<(String, Dropped)> = rules.into_iter().chain(tiers).chain([pairs]).collect();
    let found: Vec<Vec<Vec<Tier>>> = seeds
        .into_par_iter()
        .map(|seed| {
            let year = tiny_year(seed);
            let whole = optimum(&year, &Dropped::nothing());
            variants
                .iter()
                .map(|(_, dropped)| optimum(&year, dropped).differs_from(&whole))
                .collect()
        })
        .collect();
    let mut counts = BTreeMap::new();
    for year in &found {
        for ((name, _), changed) in variants.iter().zip(year) {
            let count: &mut Changes = counts.entry(name.clone()).or_default();
            count.any += usize::from(!changed.is_empty());
            count.before_fairness += usize::from(changed.iter().any(|tier| *tier < Tier::T7));
        }
    }
    counts
}
