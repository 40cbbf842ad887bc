//! Dates to suggest: what is found for 0, 1 and 2 moves is what trying all of them finds, and a
//! year with the moves made, allocated anew, has the shortfall that was promised.
//!
//! The quick run takes a tenth of the years; `MUSTER_PROOF=full` takes all.

mod program;
mod small_year;
mod support;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, TimeDelta};
use muster::allocate::Options;
use muster::domain::{Dataset, DateSpan, Inspection, InspectionIx, Kind, Status};
use muster::model::objectives::Tier;
use muster::solve::Stop;
use muster::suggest::{Wanted, suggest};
use program::{Place, muster};
use support::checked::{allocated, exact};
use support::exhaustive::{Dropped, feasible, is_in_scope, optimum};
use support::share::share_of;
use support::tiny::dice::Dice;
use support::tiny::tiny_year;

/// All years that count: those in which a move helps.
const YEARS: u64 = 200;
/// Weeks either way.
const WITHIN: i64 = 1;
/// The most moves.
const MOST: usize = 2;

/// The tiny year of `seed`, some of it announced, with few teams of HMIP's.
fn year(seed: u64) -> Dataset {
    let mut dice = Dice::new(seed + 9_000);
    let mut year = tiny_year(seed);
    year.policy.hmip.inspections_a_week = dice.between(1, 4);
    for inspection in &mut year.programme {
        if dice.chance(20) {
            inspection.announced_on = Some(inspection.dates.first() - TimeDelta::weeks(12));
        }
    }
    year
}

fn monday(date: NaiveDate) -> NaiveDate {
    date - TimeDelta::days(i64::from(date.weekday().num_days_from_monday()))
}

/// The Mondays of the weeks that a span touches.
fn weeks(span: DateSpan) -> Vec<NaiveDate> {
    let (mut week, mut weeks) = (monday(span.first()), Vec::new());
    while week <= span.last() {
        weeks.push(week);
        week += TimeDelta::weeks(1);
    }
    weeks
}

fn hmip_is_there(inspection: &Inspection) -> bool {
    inspection.status == Status::Planned && inspection.kind != Kind::Standalone
}

/// How many inspections HMIP has in each week.
fn teams(dataset: &Dataset) -> BTreeMap<NaiveDate, u32> {
    let mut teams = BTreeMap::new();
    for inspection in dataset.programme.iter().filter(|one| hmip_is_there(one)) {
        for week in weeks(inspection.dates) {
            *teams.entry(week).or_default() += 1;
        }
    }
    teams
}

fn shifted(span: DateSpan, weeks: i64) -> DateSpan {
    let by = TimeDelta::weeks(weeks);
    DateSpan::new(span.first() + by, span.last() + by).expect("a span stays one")
}

fn moved(inspection: &mut Inspection, by: i64) {
    inspection.dates = shifted(inspection.dates, by);
    inspection.attend = inspection.attend.map(|attend| shifted(attend, by));
}

/// The year with `moves` made; nothing where they may not be.
fn with(dataset: &Dataset, moves: &[(usize, i64)]) -> Option<Dataset> {
    let before = teams(dataset);
    let april = |date: NaiveDate| date.year() - i32::from(date.month() < 4);
    let mut year = dataset.clone();
    for (at, by) in moves {
        let old = dataset.programme[*at].dates;
        moved(&mut year.programme[*at], *by);
        let new = year.programme[*at].dates;
        let is_busy = weeks(new).iter().all(|week| before.contains_key(week));
        if !is_busy || april(old.first()) != april(new.first()) {
            return None;
        }
    }
    let most = dataset.policy.hmip.inspections_a_week;
    let too_many = |(week, count): (&NaiveDate, &u32)| *count > most.max(before[week]);
    (!teams(&year).iter().any(too_many)).then_some(year)
}

/// The tiers in the policy's order, by trying everything.
fn least(dataset: &Dataset) -> [i64; 3] {
    let best = optimum(dataset, &Dropped::nothing());
    if dataset.policy.different_week.to_fill_teams {
        [best.t1, best.t3, best.t2]
    } else {
        [best.t1, best.t2, best.t3]
    }
}

/// The least with 0, 1 and 2 moves, by trying all.
fn by_trying_all(dataset: &Dataset) -> [[i64; 3]; MOST + 1] {
    let can_move = |at: &usize| {
        let inspection = &dataset.programme[*at];
        hmip_is_there(inspection)
            && is_in_scope(dataset, InspectionIx::new(*at))
            && inspection.announced_on.is_none()
    };
    let movable: Vec<usize> = (0..dataset.programme.len()).filter(can_move).collect();
    let single: Vec<(usize, i64)> = movable
        .iter()
        .flat_map(|at| [(*at, -WITHIN), (*at, WITHIN)])
        .collect();
    let best = |sets: &[Vec<(usize, i64)>], so_far: [i64; 3]| {
        let years = sets.iter().filter_map(|set| with(dataset, set));
        let years = years.filter(feasible);
        years.map(|year| least(&year)).fold(so_far, Ord::min)
    };
    let none = least(dataset);
    let ones: Vec<_> = single.iter().map(|one| vec![*one]).collect();
    let one = best(&ones, none);
    let mut twos = Vec::new();
    for (at, first) in single.iter().enumerate() {
        let others = single[at + 1..].iter().filter(|other| other.0 != first.0);
        twos.extend(others.map(|other| vec![*first, *other]));
    }
    [none, one, best(&twos, one)]
}

#[test]
fn moves_are_those_of_trying_all() {
    let wanted = share_of(YEARS);
    let (mut counted, mut seed, mut two_help) = (0, 0, 0);
    while counted < wanted {
        seed += 1;
        assert!(seed < 20 * YEARS, "only {counted} years of {seed} count");
        let year = year(seed);
        let tried = by_trying_all(&year);
        let asked = Wanted {
            dataset: &year,
            within: WITHIN as u32,
            most: MOST as u32,
            seed: 0,
        };
        let found = suggest(&asked, &Stop::never()).expect("HiGHS");
        assert!(!found.cut, "seed {seed}");
        for (count, tried) in tried.iter().enumerate() {
            let mut points = found.frontier.iter().rev();
            let best = points.find(|point| point.moves.len() <= count);
            let best = best.expect("the year as it is");
            let values = best.short.map(|(_, value)| value as i64);
            assert_eq!(values, *tried, "seed {seed}, {count} moves: {best:?}");
            assert!(best.proven, "seed {seed}");
        }
        // Each set of moves is allowed, and gives what it promises.
        for point in &found.frontier {
            let moves: Vec<_> = point
                .moves
                .iter()
                .map(|one| (one.inspection.get(), i64::from(one.weeks)))
                .collect();
            let after = with(&year, &moves).expect("moves that may be made");
            let options = Options {
                stop_after: Some(Tier::T4),
                ..exact()
            };
            let run = allocated(&after, &options, &Stop::never());
            for (tier, value) in point.short {
                assert_eq!(run.tier(tier).value, value, "seed {seed}, {tier:?}");
            }
        }
        if found.frontier.len() > 1 {
            counted += 1;
            two_help += u64::from(tried[2] < tried[1]);
        }
    }
    println!("{counted} years of {seed} in which a move helps; in {two_help} two help more");
    assert!(two_help >= wanted / 20, "too few to say anything");
}

#[test]
fn what_is_suggested_is_printed_and_saved() {
    // I1 is away over P1, and free a week before.
    let mut files = small_year::small_year();
    let away = b"inspector_id,from,to,kind,reason\nI1,2026-05-19,2026-05-22,unavailable,\n\
                 I2,2026-05-11,2026-05-22,unavailable,\n";
    files.insert("availability.csv".to_owned(), away.to_vec());
    files.insert(
        "pins.csv".to_owned(),
        b"inspection_id,inspector_id,role,action\n".to_vec(),
    );
    // HMIP is elsewhere in the weeks before and after.
    let programme = files.get_mut("programme.csv").expect("a programme");
    for row in [
        "W1,birch,full,no,2026-05-04,2026-05-08",
        "W2,birch,full,no,2026-05-25,2026-05-29",
    ] {
        let row = format!("{row},5,0,,good,no,,,,,,no,2025-10-01,,planned\n");
        programme.extend_from_slice(row.as_bytes());
    }
    let place = Place::holding(&files);
    let said = |code: i32, arguments: &[&str]| {
        let mut command = muster();
        let command = command.current_dir(place.path()).args(arguments);
        let output = command.assert().code(code).get_output().clone();
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (text(output.stdout), text(output.stderr))
    };
    let ask = [
        "suggest",
        "dataset",
        "--within",
        "4",
        "--save",
        "dates.toml",
    ];
    let (text, _) = said(0, &ask);
    insta::assert_snapshot!("suggest", text);
    for person in ["I1", "I2", "I3", "Moore", "Hale"] {
        assert!(!text.contains(person), "{person}");
    }
    let file = std::fs::read_to_string(place.path().join("dates.toml")).expect("a file");
    insta::assert_snapshot!("suggest-file", file);
    said(0, &["apply", "dataset", "dates.toml", "--out", "moved"]);
    let (json, _) = said(
        0,
        &["suggest", "dataset", "--most", "1", "--format", "json"],
    );
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["up_to"], 1);
    let (_, error) = said(
        2,
        &["suggest", "dataset", "--save", "x.toml", "--point", "9"],
    );
    assert!(error.contains("there is no such point"), "{error}");
}
