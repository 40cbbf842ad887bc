//! How fragile a plan is: every repaired plan keeps every rule, absences are nobody's days on site,
//! and the same seed gives the same figures.

mod program;
mod small_year;
mod support;

use std::fs;

use chrono::NaiveDate;
use muster::allocate::Options;
use muster::demo::Spec;
use muster::domain::{AvailabilityKind, Dataset, Role};
use muster::eligibility::Eligibility;
use muster::model::objectives::Tier;
use muster::solve::Stop;
use muster::stress::{Repair, Stress, draw};
use muster::verify::{PostRow, Week, verify_posts};
use program::{Place, muster};
use support::checked::allocated;
use support::generated::year;
use support::share::share_of;

/// Draws of all years together, for each way of repair.
const DRAWS: u64 = 200;

/// A year in which people are away often.
fn bad_year(seed: u64) -> Dataset {
    let mut year = year(&Spec::varied(seed, 14, 8, 10));
    year.policy.absence.hmi.rate = 0.08;
    year.policy.absence.oi.rate = 0.12;
    year.policy.reserve.name_reserves = true;
    year
}

#[test]
fn repaired_plans_keep_every_rule() {
    for repair in [Repair::StandIn, Repair::Replan] {
        let (mut away, mut refilled, mut lost, mut late, mut went) = (0, 0, 0, 0, 0);
        let wanted = share_of(DRAWS);
        for number in 1..=wanted {
            let dataset = bad_year(number % 5);
            let eligibility = Eligibility::new(&dataset);
            let options = Options {
                stop_after: Some(Tier::T3),
                ..Options::default()
            };
            let run = allocated(&dataset, &options, &Stop::never());
            let stress = Stress {
                eligibility: &eligibility,
                selection: &run.selection,
                // Every second draw does without.
                reserves: if number % 2 == 0 { &run.reserves } else { &[] },
                repair,
                seed: 1,
            };
            let drawn = draw(&stress, number as u32, &Stop::never()).expect("a draw");
            let rows: Vec<PostRow> = drawn
                .held
                .iter()
                .map(|held| {
                    let engagement = eligibility.engagement(*held);
                    let window = eligibility.window(engagement);
                    PostRow {
                        inspection_id: dataset.inspection(engagement.inspection).id.clone(),
                        role: engagement.role,
                        inspector_id: dataset.inspector(held.person).id.clone(),
                        attend_from: engagement.first_day,
                        attend_to: engagement.last_day,
                        week: match window.different_week {
                            true => Week::Different,
                            false => Week::Normal,
                        },
                    }
                })
                .collect();
            // Nobody is on site while away.
            for held in &drawn.held {
                let engagement = eligibility.engagement(*held);
                let days = engagement.on_site.ones();
                let days: Vec<NaiveDate> = days.map(|day| eligibility.horizon.date(day)).collect();
                let mut spans = drawn.dataset.availability.iter().filter(|row| {
                    row.inspector == held.person && row.kind == AvailabilityKind::Unavailable
                });
                let is_away = spans.any(|row| days.iter().any(|day| row.span.contains(*day)));
                assert!(!is_away, "draw {number}");
            }
            for finding in verify_posts(&drawn.dataset, &rows) {
                // Who falls ill after an inspection writes its report late: no stand-in mends that.
                let is_late = matches!(finding.rule.as_str(), "H8" | "H9" | "H12");
                assert!(
                    repair == Repair::StandIn && is_late,
                    "draw {number}: {finding}"
                );
                late += 1;
            }
            // What is told to be lost is.
            for gone in &drawn.lost {
                let is_filled = drawn.held.iter().any(|held| {
                    let engagement = eligibility.engagement(*held);
                    engagement.inspection == gone.inspection && engagement.role == gone.role
                });
                assert!(
                    gone.role == Role::Team || !is_filled,
                    "draw {number}: {gone:?}"
                );
            }
            assert!(drawn.by_reserves <= drawn.leads_away, "draw {number}");
            went += drawn.by_reserves;
            away += drawn.posts_away;
            refilled += drawn.refilled;
            lost += drawn.lost.len();
        }
        println!(
            "{repair:?}, {wanted} draws: {away} posts whose holders were away, {refilled} filled \
             again, {went} by reserves, {lost} lost at the end, {late} works late"
        );
        assert!(
            refilled > 0 && lost > 0 && went > 0,
            "too little to say anything"
        );
    }
}

#[test]
fn what_a_plan_hangs_on_is_printed_and_written() {
    let mut files = small_year::small_year();
    let policy = files.get_mut("policy.toml").expect("a policy");
    policy.extend_from_slice(b"[absence.hmi]\nrate = 0.15\nweeks = 2\n");
    let place = Place::holding(&files);
    let said = |code: i32, arguments: &[&str]| {
        let mut command = muster();
        let command = command.current_dir(place.path()).args(arguments);
        let output = command.assert().code(code).get_output().clone();
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    said(0, &["allocate", "dataset", "--out", "result", "--quiet"]);
    let ask = [
        "stress", "dataset", "result", "--draws", "40", "--seed", "7",
    ];
    let text = said(0, &[&ask[..], &["--out", "fragile"]].concat());
    insta::assert_snapshot!("stress", text);
    let read = |name: &str| fs::read_to_string(place.path().join(name)).expect(name);
    insta::assert_snapshot!("stress-fragile", read("fragile/fragile.csv"));
    assert!(read("fragile/posts-lost.svg").contains("OFFICIAL-SENSITIVE"));
    assert_eq!(read("fragile/draws.csv").lines().count(), 41);
    // The same with one thread; and other draws from another seed.
    assert_eq!(said(0, &[&ask[..], &["--threads", "1"]].concat()), text);
    let other = [
        "stress", "dataset", "result", "--draws", "40", "--seed", "8",
    ];
    assert_ne!(said(0, &other), text);
    let anew = said(0, &[&ask[..], &["--repair", "replan"]].concat());
    insta::assert_snapshot!("stress-replan", anew);
    said(4, &[&ask[..], &["--out", "fragile"]].concat());
}

/// The commands of the page.
#[test]
fn the_page_on_fragility_does_what_it_says() {
    let place = Place::holding(&small_year::small_year());
    fs::rename(place.dataset(), place.path().join("2026-27")).expect("renamed");
    let run = |words: &[&str]| {
        let mut command = muster();
        command
            .current_dir(place.path())
            .args(words)
            .assert()
            .code(0);
    };
    run(&["allocate", "2026-27", "--out", "result", "--quiet"]);
    let page = include_str!("../docs/fragile.md");
    let mut ran = 0;
    for line in page.lines().filter(|line| line.starts_with("muster ")) {
        run(&line.split_whitespace().skip(1).collect::<Vec<_>>());
        ran += 1;
    }
    assert_eq!(ran, 2);
}
