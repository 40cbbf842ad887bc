//! The demo year shows the trade: some posts stay empty, for each of the four causes; a few
//! weeks, three at most, are moved; HMIs' days are nearly used up.
//!
//! Held on a run that ends after T3, which is the same on every machine. Cost, fairness and
//! continuity change neither how many posts are empty nor which weeks are moved.

mod program;
mod support;

use std::collections::BTreeSet;

use muster::allocate::{Options, Status};
use muster::demo;
use muster::domain::{Dataset, Grade};
use muster::model::objectives::Tier;
use muster::solve::Stop;
use muster::verify::verify;

use program::rows;
use support::checked::allocated;
use support::generated::{files, written};

/// The demo year as the program holds it, read and checked.
fn demo_year() -> Dataset {
    let files = demo::files().into_iter();
    let files: std::collections::BTreeMap<_, _> = files
        .map(|(name, text)| (name, text.into_bytes()))
        .collect();
    let loaded = muster::check::read_from(&files);
    loaded.dataset.expect("the demo year has no errors")
}

#[test]
fn the_demo_year_shows_the_trade() {
    let dataset = demo_year();
    let options = Options {
        stop_after: Some(Tier::T3),
        ..Options::default()
    };
    let never = Stop::never();
    let allocation = allocated(&dataset, &options, &never);
    for tier in [Tier::T1, Tier::T2, Tier::T3] {
        assert_eq!(allocation.tier(tier).status, Status::Optimal, "{tier:?}");
    }
    let (_place, result) = written(&files(&dataset, &allocation, &options, &never));
    assert_eq!(verify(&dataset, &result).expect("a result"), []);

    let filled = allocation.plan.posts().count() as f64;
    let shortfalls = rows(&result.join("shortfalls.csv"));
    let number = |row: &std::collections::BTreeMap<String, String>, column: &str| {
        row[column].parse::<f64>().expect("a number")
    };
    let empty: f64 = shortfalls.iter().map(|row| number(row, "posts")).sum();
    let share = empty / (filled + empty);
    let causes: BTreeSet<_> = shortfalls.iter().map(|row| row["cause"].as_str()).collect();
    let moved = allocation.tier(Tier::T2).value;

    let hmi = Grade::Hmi.as_str();
    let workload = rows(&result.join("workload.csv"));
    let hmis = || workload.iter().filter(|row| row["grade"] == hmi);
    let most: f64 = hmis().map(|row| number(row, "max_days")).sum();
    let used: f64 = hmis()
        .map(|row| number(row, "max_days") * number(row, "utilisation"))
        .sum();
    let used = used / most;
    println!(
        "{:.1} % of posts empty, causes {causes:?}, {moved} weeks moved, {:.1} % of HMIs' days used",
        100.0 * share,
        100.0 * used
    );
    assert!((0.05..=0.15).contains(&share), "{share}");
    let each = ["clearance", "different-week", "resourcing", "site-capacity"];
    assert_eq!(causes, BTreeSet::from(each));
    assert!((1.0..=3.0).contains(&moved), "{moved}");
    assert!(used >= 0.85, "{used}");
}
