//! Named reserves (T5): on small years what is reached is what trying every plan, and every way of
//! naming reserves for it, reaches; and the files of a year with reserves pass the checker.
//!
//! The quick run takes a tenth of the years; `MUSTER_PROOF=full` takes all.

mod program;
mod small_year;
mod support;

use std::fs;

use muster::domain::{Dataset, Grade};
use muster::model::objectives::Tier as Model;
use muster::solve::Stop;
use rayon::prelude::*;

use program::{Place, said};
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

/// A small year with reserves, allocated.
fn with_reserves() -> Place {
    let mut files = small_year::small_year();
    let policy = files.get_mut("policy.toml").expect("a policy");
    policy.extend_from_slice(b"[reserve]\nname_reserves = true\n[absence.hmi]\nrate = 0.2\n");
    let people = files.get_mut("inspectors.csv").expect("people");
    people.extend_from_slice(b"I4,Jo Reed,HMI,yes,North,53.6,-1.3,2028-03-31,sc,2028-03-31,90,,\n");
    let place = Place::holding(&files);
    said(
        place.path(),
        0,
        &["allocate", "dataset", "--out", "result", "--quiet"],
    );
    place
}

#[test]
fn reserves_are_written_checked_and_shown() {
    let place = with_reserves();
    let said = |code, arguments: &[&str]| said(place.path(), code, arguments).0;
    let file = place.path().join("result/reserves.csv");
    let written = fs::read_to_string(&file).expect("reserves.csv");
    insta::assert_snapshot!("reserves", written);
    said(0, &["verify", "dataset", "result"]);
    let asked = [
        "allocate",
        "dataset",
        "--out",
        "again",
        "--stop-after",
        "T5",
    ];
    let text = said(0, &asked);
    assert!(text.contains("T5 best"), "{text}");
    // The same reserve; and whoever stands in for a lead is known by it.
    let again = place.path().join("again/reserves.csv");
    assert_eq!(
        written.lines().count(),
        fs::read_to_string(again).expect("it").lines().count()
    );
    let lead = ["--inspection", "P2", "--inspector"];
    let allocations = fs::read_to_string(place.path().join("result/allocations.csv"));
    let allocations = allocations.expect("allocations.csv");
    let row = allocations
        .lines()
        .find(|row| row.starts_with("P2,") && row.contains(",lead,"));
    let who = row.expect("a lead").split(',').nth(4).expect("somebody");
    let ask = [&["stand-in", "dataset", "result"][..], &lead, &[who]].concat();
    insta::assert_snapshot!("reserves-stand-in", said(0, &ask));
    let stress = [
        "stress", "dataset", "result", "--draws", "30", "--out", "fragile",
    ];
    insta::assert_snapshot!("reserves-stress", said(0, &stress));
    let draws = fs::read_to_string(place.path().join("fragile/draws.csv")).expect("draws.csv");
    assert_eq!(draws.lines().count(), 61);
}

/// What of `reserves.csv` is damaged, and what the checker then speaks of.
#[test]
fn damage_to_reserves_is_found() {
    let place = with_reserves();
    let file = place.path().join("result/reserves.csv");
    let sound = fs::read_to_string(&file).expect("reserves.csv");
    let rows: Vec<&str> = sound.lines().collect();
    let (inspection, _) = rows[1].split_once(',').expect("a row");
    let damages = [
        ("inspector_id", rows[1].replace(",I", ",X")),
        (
            "inspector_id",
            format!("{inspection},I3,OFFICIAL-SENSITIVE"),
        ),
        ("inspection_id", format!("X{}", rows[1])),
        ("inspection_id", format!("{0}\n{0}", rows[1])),
        ("T5", String::new()),
        ("marking", rows[1].replace("OFFICIAL", "")),
    ];
    for (what, row) in damages {
        fs::write(
            &file,
            sound.replace(&format!("{}\n", rows[1]), &format!("{row}\n")),
        )
        .expect("written");
        let found = said(place.path(), 1, &["verify", "dataset", "result"]).0;
        assert!(found.contains(what), "{row}: {found}");
    }
    fs::remove_file(&file).expect("removed");
    let found = said(place.path(), 1, &["verify", "dataset", "result"]).0;
    assert!(found.contains("reserves.csv"), "{found}");
}

#[test]
fn a_plan_made_anew_names_reserves_too() {
    let place = with_reserves();
    let replan = [
        "replan",
        "dataset",
        "--published",
        "result",
        "--as-of",
        "2026-07-01",
    ];
    said(place.path(), 0, &[&replan[..], &["--out", "anew"]].concat());
    said(place.path(), 0, &["verify", "dataset", "anew"]);
    assert!(place.path().join("anew/reserves.csv").exists());
}
