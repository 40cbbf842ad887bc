//! Re-planning: what was published and amended is made anew with what is past left alone (H17),
//! nothing of T1 to T3 given up, and as few posts changed as can be (T4).
//!
//! Tiny years are held against exhaustive search. The quick run takes a tenth of the years;
//! `MUSTER_PROOF=full` takes all.

mod support;

use std::time::{Duration, Instant};

use muster::allocate::Options;
use muster::demo::Spec;
use muster::domain::Dataset;
use muster::eligibility::Eligibility;
use muster::model::objectives::Tier;
use muster::solve::Stop;

use support::checked::{allocated, exact};
use support::exhaustive::{feasible, replanned};
use support::generated::year;
use support::published::{amend, published, some_day};
use support::share::share_of;
use support::tiny::dice::Dice;
use support::tiny::tiny_year;

/// All years that count: those in which a published post changes.
const YEARS: u64 = 200;

fn up_to(tier: Tier) -> Options {
    Options {
        stop_after: Some(tier),
        ..exact()
    }
}

/// The tiny year of `seed`, published and amended; nothing where nothing was there to amend.
fn amended(seed: u64) -> Option<Dataset> {
    let mut dice = Dice::new(seed + 5_000);
    let mut year = tiny_year(seed);
    let plan = allocated(&year, &up_to(Tier::T3), &Stop::never()).plan;
    let as_of = some_day(&mut dice, &plan)?;
    let told = published(&year, &plan, as_of);
    for _ in 0..dice.between(1, 3) {
        amend(&mut dice, &mut year, &plan, as_of);
    }
    year.published = Some(told);
    Some(year)
}

#[test]
fn the_fewest_changes_are_those_of_exhaustive_search() {
    let wanted = share_of(YEARS);
    let (mut counted, mut seed) = (0, 0);
    let (mut with_past, mut names_kept, mut names_lost) = (0, 0, 0);
    while counted < wanted {
        seed += 1;
        assert!(seed < 20 * YEARS, "only {counted} years of {seed} count");
        let Some(year) = amended(seed) else { continue };
        if !feasible(&year) {
            continue;
        }
        // Where what is past breaks a rule now, exhaustive search has nothing to say.
        let Some(best) = replanned(&year) else {
            continue;
        };
        let run = allocated(&year, &up_to(Tier::T4), &Stop::never());
        assert!(run.is_proven(), "seed {seed}: {:?}", run.tiers);
        for (tier, best) in [
            (Tier::T1, best.t1),
            (Tier::T2, best.t2),
            (Tier::T3, best.t3),
            (Tier::T4, best.t4),
        ] {
            let reached = run.tier(tier).reached.expect("a value");
            assert_eq!(reached, best as f64, "seed {seed}: {tier:?}");
        }
        let eligibility = Eligibility::new(&year);
        let given = &eligibility.settled.names_given;
        let stays = given.iter().filter(|(inspection, person)| {
            let at = run.plan.at(*inspection);
            at.is_some_and(|at| at.lead == *person)
        });
        let lost = given.len() - stays.count();
        assert_eq!(lost as i64, best.names_lost, "seed {seed}");
        if best.t4 > 0 {
            counted += 1;
            with_past += u64::from(!eligibility.settled.posts().is_empty());
            names_kept += u64::from(given.len() > lost);
            names_lost += u64::from(lost > 0);
        }
    }
    println!(
        "{counted} years of {seed} in which a post changes: {with_past} with a past, {names_kept} \
         with a name that stays, {names_lost} with one that can't"
    );
    for of_each in [with_past, names_kept, names_lost] {
        assert!(of_each >= wanted / 20, "too few to say anything");
    }
}

/// All amendments of the demo year.
const AMENDMENTS: u64 = 100;

/// The demo year, amended a hundred times on as many days, each time touching at least one post
/// that was published: T1 to T4 are proven.
#[test]
fn an_amended_demo_year_is_proven() {
    let demo = year(&Spec::demo());
    let plan = allocated(&demo, &up_to(Tier::T3), &Stop::never()).plan;
    let mut took = Vec::new();
    let mut changed = Vec::new();
    let mut seed = 0;
    while (took.len() as u64) < share_of(AMENDMENTS) {
        seed += 1;
        let mut dice = Dice::new(seed);
        let as_of = some_day(&mut dice, &plan).expect("a day of the plan");
        let mut year = demo.clone();
        let told = published(&year, &plan, as_of);
        amend(&mut dice, &mut year, &plan, as_of);
        year.published = Some(told);
        if !touches(&year) {
            continue;
        }
        let begun = Instant::now();
        let run = allocated(&year, &up_to(Tier::T4), &Stop::never());
        took.push(begun.elapsed());
        assert!(run.is_proven(), "seed {seed}: {:?}", run.tiers);
        changed.push(run.tier(Tier::T4).value);
    }
    took.sort_unstable();
    changed.sort_by(f64::total_cmp);
    let median: Duration = took[took.len() / 2];
    let slowest = took[took.len() - 1];
    println!(
        "{} amendments: {} changes in the median and {} at most; to the end of T4, the checker \
         included, {median:.1?} in the median and {slowest:.1?} at most",
        took.len(),
        changed[changed.len() / 2],
        changed[changed.len() - 1],
    );
}

/// Whether a post that was published can't be held as it was, by itself or beside the others.
fn touches(year: &Dataset) -> bool {
    let eligibility = Eligibility::new(year);
    let told = year.published.as_ref().expect("a published plan");
    let seats: Option<Vec<usize>> = told
        .posts
        .iter()
        .map(|post| {
            let held = eligibility.as_published(post)?;
            eligibility.candidates.binary_search(&held).ok()
        })
        .collect();
    seats.is_none_or(|seats| !muster::model::Selection::new(seats).fits(&eligibility))
}
