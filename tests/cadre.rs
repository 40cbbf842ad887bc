//! The fewest people: in small years they are those of trying every set of the people who are
//! there with every number of recruits, and so is what is short with fewer; every plan passes the
//! independent checker.
//!
//! The quick run takes a tenth of the years; `MUSTER_PROOF=full` takes all.

mod program;
mod small_year;
mod support;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use muster::cadre::{Cadre, Point, Short, Staffing, Wanted, cadre};
use muster::domain::{
    Availability, AvailabilityKind, Clearance, ClearanceLevel, Country, Dataset, DateSpan, Grade,
    Inspector, InspectorIx, Location, PinAction, Plan, RemedyKind, Status, WeekdaySet,
};
use muster::model::objectives::Tier;
use muster::solve::Stop;
use muster::verify::{tier_values, verify_posts};
use program::{Place, said};
use support::checked::rows;
use support::exhaustive::{feasible, is_in_scope, least_short};
use support::share::share_of;
use support::tiny::dice::Dice;
use support::tiny::tiny_year;

/// All years that count: those in which somebody can be spared, or a recruit is needed.
const YEARS: u64 = 200;
/// Inspections that take place.
const INSPECTIONS: usize = 5;
/// People, and posts that each need a recruit, of whom all can still be tried.
const FEW: usize = 16;
/// Points of the frontier.
const MOST: u32 = 4;

/// The tiny year of `seed`, most of its programme cancelled, with recruits of all sorts.
fn year(seed: u64) -> Dataset {
    let mut dice = Dice::new(seed + 77_000);
    let mut year = tiny_year(seed);
    let pinned: BTreeSet<usize> = year.pins.iter().map(|pin| pin.inspection.get()).collect();
    let all = 0..year.programme.len();
    let free = all.filter(|at| !pinned.contains(at)).collect::<Vec<_>>();
    let left = INSPECTIONS.saturating_sub(pinned.len());
    for at in free.into_iter().skip(left) {
        year.programme[at].status = Status::Cancelled;
    }
    let lead = 3 + year.policy.lead.preparation_days + year.policy.lead.report_days_full;
    // In some years nobody has days for much.
    if dice.chance(60) {
        let mut tired = year.clone();
        for person in &mut tired.inspectors {
            let days = person.days_used + lead + dice.between(0, 4);
            person.max_days = person.max_days.min(days);
        }
        if feasible(&tired) {
            year = tired;
        }
    }
    let levels = year.policy.clearance_levels.clone();
    let recruit = year.policy.remedy.get_mut(&RemedyKind::Person);
    let recruit = recruit.expect("a policy for people");
    recruit.allowed = dice.chance(85);
    recruit.days = Some(lead * dice.between(1, 4) + dice.between(0, 3));
    recruit.clearance = Some(dice.pick(&levels[1..]).clone());
    year
}

/// Kinds of recruits: HMIs, and where HMIs don't travel everywhere, OIs too.
fn kinds(year: &Dataset) -> Vec<Grade> {
    let mut sites = year.establishments.iter();
    if !sites.any(|site| site.country == Country::England)
        || !year.policy.remedy[&RemedyKind::Person].allowed
    {
        Vec::new()
    } else if year.policy.travel.max_km.is_some() {
        vec![Grade::Hmi, Grade::Oi]
    } else {
        vec![Grade::Hmi]
    }
}

/// The year with those of its people whose bits are in `set`; none where somebody else is pinned.
fn among(year: &Dataset, set: u32) -> Option<Dataset> {
    let is_kept = |who: InspectorIx| set >> who.get() & 1 == 1;
    let moved = |who: InspectorIx| {
        let before = set & ((1 << who.get()) - 1);
        InspectorIx::new(before.count_ones() as usize)
    };
    let mut part = year.clone();
    let mut kept = year.inspector_ixs().map(is_kept);
    part.inspectors.retain(|_| kept.next() == Some(true));
    part.availability.retain(|row| is_kept(row.inspector));
    part.conflicts.retain(|row| is_kept(row.inspector));
    let is_pin = |action| action == PinAction::Pin;
    let mut pins = year.pins.iter();
    if pins.any(|pin| is_pin(pin.action) && !is_kept(pin.inspector)) {
        return None;
    }
    part.pins.retain(|row| is_kept(row.inspector));
    for row in &mut part.availability {
        row.inspector = moved(row.inspector);
    }
    for row in &mut part.conflicts {
        row.inspector = moved(row.inspector);
    }
    for row in &mut part.pins {
        row.inspector = moved(row.inspector);
    }
    Some(part)
}

/// Has `count` recruits of `grade` join.
fn recruit(year: &mut Dataset, grade: Grade, count: usize) {
    let policy = &year.policy.remedy[&RemedyKind::Person];
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a date");
    let this = year.policy.programme_year;
    let levels = &year.policy.clearance_levels;
    let level = levels
        .iter()
        .position(|level| Some(level) == policy.clearance.as_ref());
    let expires = date(this + 2, 3, 31);
    let sites = year.establishments.iter();
    let many = year.establishments.len() as f64;
    let latitude = sites
        .clone()
        .map(|site| site.location.latitude)
        .sum::<f64>()
        / many;
    let longitude = sites.map(|site| site.location.longitude).sum::<f64>() / many;
    let row = Inspector {
        id: String::new(),
        name: "Recruit".to_owned(),
        grade,
        lead_trained: grade == Grade::Hmi,
        region: "Region".to_owned(),
        location: Location {
            latitude,
            longitude,
        },
        dbs_expires: Some(expires),
        clearance: Some(Clearance {
            level: ClearanceLevel(level.expect("a level") as u8),
            expires,
        }),
        max_days: policy.days.expect("days"),
        days_used: 0,
        working_days: WeekdaySet::MONDAY_TO_FRIDAY,
        custody_training_until: None,
        max_days_quarter: [None; 4],
        line: 0,
    };
    for _ in 0..count {
        let inspector = InspectorIx::new(year.inspectors.len());
        year.inspectors.push(Inspector {
            id: format!("R{}", inspector.get()),
            ..row.clone()
        });
        if grade == Grade::Oi {
            year.availability.push(Availability {
                inspector,
                span: DateSpan::new(date(this, 1, 1), date(this + 1, 6, 30)).expect("a span"),
                kind: AvailabilityKind::Offered,
                line: 0,
            });
        }
    }
}

/// Lead and team posts of the year.
fn posts(year: &Dataset) -> usize {
    let all = year.inspection_ixs().filter(|ix| is_in_scope(year, *ix));
    all.map(|ix| year.inspection(ix).team_required.unwrap_or(1) as usize)
        .sum()
}

/// What is least short with `people` in all, `recruits` of them recruits, by trying all sets.
fn by_trying_all(
    year: &Dataset,
    kinds: &[Grade],
    people: usize,
    recruits: usize,
) -> Option<[i64; 3]> {
    let present = year.inspectors.len();
    let sets = 0..1_u32 << present;
    let sets = sets.filter(|set| set.count_ones() as usize == people - recruits);
    let numbers: Vec<Vec<usize>> = match kinds.len() {
        0 => (recruits == 0).then(Vec::new).into_iter().collect(),
        1 => vec![vec![recruits]],
        _ => (0..=recruits).map(|of| vec![of, recruits - of]).collect(),
    };
    let years = sets.filter_map(|set| among(year, set));
    let values = years.flat_map(|part| {
        let numbers = numbers.iter();
        let years = numbers.map(move |numbers| {
            let mut part = part.clone();
            for (grade, count) in std::iter::zip(kinds, numbers) {
                recruit(&mut part, *grade, *count);
            }
            part
        });
        years
            .filter_map(|year| least_short(&year))
            .collect::<Vec<_>>()
    });
    values.min()
}

fn values(short: &Short) -> [i64; 3] {
    short.map(|(_, value)| value)
}

/// Has the checker find no fault in a plan, nor in what it is said to leave short or to take.
fn check(found: &Cadre, plan: &Plan, short: &Short, people: usize, recruits: usize) {
    let pool = &found.pool;
    let rows = rows(pool, plan);
    let findings = verify_posts(pool, &rows);
    assert!(findings.is_empty(), "{findings:#?}");
    let counted = tier_values(pool, &rows);
    for (tier, value) in short {
        let right = match tier {
            Tier::T1 => counted.t1,
            Tier::T2 => counted.t2,
            _ => counted.t3,
        };
        assert_eq!(*value, right, "{tier:?}");
    }
    let asked: BTreeSet<_> = plan.posts().map(|(post, _)| post.inspector.get()).collect();
    assert!(asked.len() <= people, "{asked:?}");
    let new = asked.iter().filter(|who| **who >= found.present);
    assert_eq!(new.count(), recruits);
}

/// What the fewest people leave short.
fn short_of(staffing: &Staffing) -> [i64; 3] {
    values(&staffing.frontier[0].short)
}

fn recruits_of(found: &Cadre, staffing: &Staffing) -> usize {
    let people = staffing.people.iter();
    people.filter(|who| who.get() >= found.present).count()
}

/// A frontier is that of trying all, and every plan of it is one.
fn holds(found: &Cadre, staffing: &Staffing, year: &Dataset, kinds: &[Grade], seed: u64) {
    let top = staffing.people.len();
    let least = |people: usize| {
        let most = if kinds.is_empty() { 0 } else { people };
        let tried = (0..=most).filter_map(|of| by_trying_all(year, kinds, people, of));
        tried.min()
    };
    for (at, point) in staffing.frontier.iter().enumerate() {
        let Point { people, .. } = *point;
        assert_eq!(people, top - at, "seed {seed}");
        assert!(point.proven, "seed {seed}");
        assert_eq!(
            Some(values(&point.short)),
            least(people),
            "seed {seed}, {people} people"
        );
        check(found, &point.plan, &point.short, people, point.recruits);
    }
    let points = staffing.frontier.len();
    if points < MOST as usize && points <= top {
        assert_eq!(
            least(top - points),
            None,
            "seed {seed}: {} would do",
            top - points
        );
    }
}

#[test]
fn the_fewest_are_those_of_trying_all() {
    let wanted = share_of(YEARS);
    let (mut counted, mut seed) = (0, 0);
    let (mut spared, mut recruited, mut short, mut replaced) = (0, 0, 0, 0);
    while counted < wanted {
        seed += 1;
        assert!(seed < 20 * YEARS, "only {counted} years of {seed} count");
        let year = year(seed);
        let (present, kinds) = (year.inspectors.len(), kinds(&year));
        if present + kinds.len().max(1) * posts(&year) > FEW {
            continue;
        }
        let asked = Wanted {
            dataset: &year,
            most: MOST,
            seed: 0,
        };
        let found = cadre(&asked, &Stop::never()).expect("an answer");
        assert!(!found.cut && found.present == present, "seed {seed}");

        // Of those who are there.
        let all = by_trying_all(&year, &[], present, 0).expect("a plan");
        let does = |people: &usize| by_trying_all(&year, &[], *people, 0) == Some(all);
        let fewest = (0..=present).find(does).expect("all of them");
        let of_present = &found.of_present;
        assert_eq!(short_of(of_present), all, "seed {seed}");
        assert_eq!(of_present.people.len(), fewest, "seed {seed}");
        assert!(
            of_present.is_least && of_present.at_least == fewest,
            "seed {seed}"
        );
        let mut counts = fewest < present;
        holds(&found, of_present, &year, &[], seed);

        // Of all.
        assert_eq!(found.of_all.is_none(), kinds.is_empty(), "seed {seed}");
        if let Some(of_all) = &found.of_all {
            // One recruit of each kind for each post: more serve nothing.
            let mut everybody = year.clone();
            let posts = posts(&year);
            kinds
                .iter()
                .for_each(|kind| recruit(&mut everybody, *kind, posts));
            let floor = least_short(&everybody).expect("a plan");
            let does =
                |people: usize, of: usize| by_trying_all(&year, &kinds, people, of) == Some(floor);
            let mut all = (0..).flat_map(|people| (0..=people).map(move |of| (people, of)));
            let (people, of) = all
                .find(|(people, of)| does(*people, *of))
                .expect("a number");
            assert_eq!(short_of(of_all), floor, "seed {seed}");
            assert_eq!(of_all.people.len(), people, "seed {seed}");
            assert_eq!(recruits_of(&found, of_all), of, "seed {seed}");
            assert!(of_all.is_least && of_all.at_least == people, "seed {seed}");
            assert!(of_all.fewest_recruits, "seed {seed}");
            counts |= of > 0;
            holds(&found, of_all, &year, &kinds, seed);
            if counts {
                recruited += u64::from(of > 0);
                short += u64::from(floor < short_of(of_present));
                replaced += u64::from(people < fewest);
            }
        }
        counted += u64::from(counts);
        spared += u64::from(fewest < present);
    }
    println!(
        "{counted} years of {seed}: in {spared} somebody can be spared, in {recruited} recruits are \
         needed, in {short} they leave less short, in {replaced} fewer people do with them"
    );
    assert!(spared.min(recruited).min(short).min(replaced) >= wanted / 20);
}

#[test]
fn the_answer_is_printed() {
    let place = Place::holding(&small_year::small_year());
    let (text, nothing) = said(place.path(), 0, &["cadre", "dataset"]);
    insta::assert_snapshot!("cadre", text);
    assert_eq!(nothing, "");
    let (json, _) = said(
        place.path(),
        0,
        &["cadre", "dataset", "--most", "2", "--format", "json"],
    );
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["present"], 3);
    let frontier = json["with_recruits"]["frontier"].as_array();
    assert_eq!(frontier.map(Vec::len), Some(2));
    assert_eq!(json["of_present"]["people"], json["of_present"]["at_least"]);
    let (_, error) = said(place.path(), 2, &["cadre", "dataset", "--most", "0"]);
    assert!(error.contains("--most"), "{error}");
}
