//! Remedies: in small years where every set of changes can be tried, the frontier and the
//! cheapest whole mend are those of trying them all; and the dataset with the changes of a point
//! made has the shortfall that was promised.

mod program;
mod support;

use std::collections::BTreeMap;

use muster::allocate::Options;
use muster::change::apply::Files;
use muster::change::{apply, read_text};
use muster::demo::{Spec, generate};
use muster::diagnostics::Diagnostics;
use muster::domain::{Dataset, RemedyKind};
use muster::eligibility::Eligibility;
use muster::model::Selection;
use muster::model::objectives::Tier;
use muster::remedies::{
    Point, Proof, Remedies, Remedy, Short, Wanted, WholeMend, change_file, fillings, mended,
    remedies, universe,
};
use muster::solve::Stop;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use support::checked::allocated;
use support::share::share_of;

/// Years in which all sets are tried.
const YEARS: u64 = 200;

/// The most changes of which all sets are tried.
const FEW: usize = 9;

/// A year with its files, in which only `kinds` are allowed; in every second, teams go before
/// weeks (T3 before T2).
fn year(spec: &Spec, kinds: &[RemedyKind]) -> (Files, Dataset) {
    let mut files: Files = generate(spec)
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text.into_bytes()))
        .collect();
    let policy = String::from_utf8(files["policy.toml"].clone()).expect("UTF-8");
    let mut policy: toml_edit::DocumentMut = policy.parse().expect("TOML");
    for kind in RemedyKind::ALL {
        policy["remedy"][kind.as_str()]["allowed"] = toml_edit::value(kinds.contains(&kind));
    }
    policy["different_week"]["to_fill_teams"] = toml_edit::value(spec.seed % 2 == 1);
    files.insert("policy.toml".to_owned(), policy.to_string().into_bytes());
    let dataset = muster::input::read_from(&files).dataset;
    (files, dataset.expect("a sound year"))
}

/// The year of `files` with `set` made as `muster apply` makes changes.
fn applied<'r>(
    files: &Files,
    dataset: &Dataset,
    set: impl IntoIterator<Item = &'r Remedy>,
) -> Dataset {
    let file = change_file(dataset, "Remedies", set);
    let mut diagnostics = Diagnostics::default();
    let read = read_text("remedies.toml", file.to_toml(), &mut diagnostics);
    let changes = read.expect("a change file").changes;
    let changed = apply(files, &changes).expect("changes that can be made");
    let dataset = muster::input::read_from(&changed.files).dataset;
    dataset.expect("a sound year")
}

/// What is short in a year at best, by allocating it.
fn short_of(dataset: &Dataset) -> Short {
    now(dataset).short
}

/// What is short in a year at best, and the plan that leaves it so.
struct Now {
    short: Short,
    selection: Selection,
}

fn now(dataset: &Dataset) -> Now {
    let [first, second, third] = Tier::of_shortfall(&dataset.policy);
    let options = Options {
        stop_after: Some(third),
        ..Options::default()
    };
    let allocation = allocated(dataset, &options, &Stop::never());
    let value = |tier| (tier, allocation.tier(tier).value);
    let short = Short {
        tiers: [first, second, third].map(value),
    };
    Now {
        short,
        selection: allocation.selection,
    }
}

fn asked(dataset: &Dataset, now: &Now) -> Remedies {
    let eligibility = Eligibility::new(dataset);
    let wanted = Wanted {
        eligibility: &eligibility,
        selection: &now.selection,
        short: now.short,
        proven: true,
        most: 10,
        seed: 0,
    };
    let found = remedies(&wanted, &Stop::never()).expect("remedies");
    assert!(!found.cut);
    found
}

/// Every set of the changes in which each comes after the one that it has to follow, with what
/// is short then, its size and its price.
fn by_trying_all(files: &Files, dataset: &Dataset, all: &[Remedy]) -> Vec<(Short, u32, f64)> {
    let price = |remedy: &Remedy| dataset.policy.remedy[&remedy.kind].price;
    (0..1_u32 << all.len())
        .filter_map(|set| {
            let is_in = |at: usize| set >> at & 1 == 1;
            let in_order = |at: usize| all[at].after.is_none_or(is_in);
            let chosen: Vec<usize> = (0..all.len()).filter(|at| is_in(*at)).collect();
            if !chosen.iter().all(|at| in_order(*at)) {
                return None;
            }
            let changes = chosen.iter().map(|at| &all[*at]);
            let price = changes.clone().map(price).sum();
            let dataset = applied(files, dataset, changes);
            Some((short_of(&dataset), set.count_ones(), price))
        })
        .collect()
}

/// Kinds that are allowed in the year of `seed`: two or three of them, people who join in every
/// third year only, for they would mend nearly all.
fn kinds(seed: u64) -> Vec<RemedyKind> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let count = random.random_range(2..=3);
    let with_people = seed.is_multiple_of(3);
    let all = RemedyKind::ALL.into_iter();
    let all: Vec<_> = all
        .filter(|kind| with_people || *kind != RemedyKind::Person)
        .collect();
    all.sample(&mut random, count).copied().collect()
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

#[test]
fn remedies_are_the_cheapest_of_all_sets() {
    let (mut years, mut mended_whole, mut sets) = (0, 0, 0);
    let mut of_kind: BTreeMap<&str, usize> = BTreeMap::new();
    let mut seed = 0;
    while years < share_of(YEARS) {
        seed += 1;
        assert!(seed < 100 * YEARS, "{years} years only");
        let (files, dataset) = year(&Spec::varied(seed, 4, 2, 3), &kinds(seed));
        let eligibility = Eligibility::new(&dataset);
        let all = universe(&eligibility);
        if all.is_empty() || all.len() > FEW {
            continue;
        }
        let now = now(&dataset);
        if now.short.is_mended() {
            continue;
        }
        // As many that can be mended in whole as others.
        let with_all = short_of(&applied(&files, &dataset, all.iter()));
        if !with_all.is_mended() && years > 2 * mended_whole {
            continue;
        }
        let tried = by_trying_all(&files, &dataset, &all);
        sets += tried.len();
        // Only years in which no single change mends all count.
        if tried
            .iter()
            .any(|(short, size, _)| *size < 2 && short.is_mended())
        {
            continue;
        }
        let found = asked(&dataset, &now);
        check(seed, &found, &tried);
        years += 1;
        mended_whole += u64::from(found.whole.is_some());
        for at in found.frontier.iter().flat_map(|point| &point.set) {
            *of_kind
                .entry(found.universe[*at].kind.as_str())
                .or_default() += 1;
        }
    }
    println!(
        "{years} years of {seed} seeds, {sets} sets tried, {mended_whole} mended in whole; {of_kind:?}"
    );
    assert!(of_kind.len() >= 4, "{of_kind:?}");
    assert!(years <= 2 * mended_whole + 1, "{mended_whole} of {years}");
}

fn check(seed: u64, found: &Remedies, tried: &[(Short, u32, f64)]) {
    for (most, point) in (0..).zip(&found.frontier) {
        assert_eq!(point.proof, Proof::Whole);
        let allowed = tried.iter().filter(|(_, size, _)| *size <= most);
        let mut best: Option<(Short, f64)> = None;
        for (short, _, price) in allowed {
            let better = best.is_none_or(|(so_far, at)| {
                short.is_less_than(&so_far) || (*short == so_far && *price < at)
            });
            if better {
                best = Some((*short, *price));
            }
        }
        let (short, price) = best.expect("the set of no changes");
        assert_eq!(point.short, short, "seed {seed}, {most} changes: {point:?}");
        assert!(
            same(point.price, price),
            "seed {seed}, {most} changes: {price}, {point:?}"
        );
    }
    let least = tried.iter().map(|(short, ..)| *short);
    let least = least.reduce(|a, b| if b.is_less_than(&a) { b } else { a });
    let last = found.frontier.last().expect("a point");
    let reached = found.frontier.len() == 11 || last.short.is_mended();
    assert!(
        reached || Some(last.short) == least,
        "seed {seed}: {last:?}, {least:?}"
    );
    let whole = tried.iter().filter(|(short, ..)| short.is_mended());
    let cheapest = whole.map(|(.., price)| *price).reduce(f64::min);
    match (cheapest, &found.whole) {
        (Some(cheapest), Some(WholeMend { point, at_least })) => {
            let said = point.price;
            assert!(same(cheapest, said), "seed {seed}: {said}, {cheapest}");
            assert_eq!(point.proof, Proof::Whole, "seed {seed}");
            assert!(
                same(*at_least, cheapest),
                "seed {seed}: {at_least}, {cheapest}"
            );
        }
        (None, None) => {}
        (cheapest, said) => panic!("seed {seed}: {said:?}, {cheapest:?}"),
    }
}

/// Years with one empty post of a team, of which all sets are tried.
const LONE_POSTS: u64 = 60;

/// Where one post of a team is empty and nothing else, a set of changes fills it and leaves
/// nobody worse off just where nothing is short with it: so the cheapest of all sets is what is
/// said to fill it.
#[test]
fn an_empty_post_is_filled_by_the_cheapest_of_all_sets() {
    let (mut years, mut seed) = (0, 0);
    let mut of_kind: BTreeMap<&str, usize> = BTreeMap::new();
    while years < share_of(LONE_POSTS) {
        seed += 1;
        assert!(seed < 10_000 * LONE_POSTS, "{years} years only");
        let (files, dataset) = year(&Spec::varied(seed, 4, 2, 3), &kinds(seed));
        let eligibility = Eligibility::new(&dataset);
        let all = universe(&eligibility);
        if all.is_empty() || all.len() > FEW {
            continue;
        }
        let [_, second, third] = Tier::of_shortfall(&dataset.policy);
        let options = Options {
            stop_after: Some(third),
            ..Options::default()
        };
        let allocation = allocated(&dataset, &options, &Stop::never());
        let value = |tier| allocation.tier(tier).value;
        if value(Tier::T1) != 0.0 || value(Tier::T3) != 1.0 {
            continue;
        }
        let price = |kind| dataset.policy.remedy[&kind].price;
        let filled = fillings(
            &eligibility,
            &allocation.selection,
            &price,
            0,
            &Stop::never(),
        );
        let filled = filled.expect("what fills it");
        assert_eq!(filled.len(), 1, "seed {seed}");
        assert_eq!(filled[0].proof, Proof::Whole, "seed {seed}");
        let said: Option<f64> = filled[0]
            .kinds
            .as_ref()
            .map(|kinds| kinds.iter().map(|kind| price(*kind)).sum());
        let tried = by_trying_all(&files, &dataset, &all);
        // Where a set spares a moved week, that comes before the team.
        let t2 = value(Tier::T2);
        let weeks_first = second == Tier::T2;
        if weeks_first && tried.iter().any(|(short, ..)| short.of(Tier::T2) < t2) {
            continue;
        }
        let fills = tried
            .iter()
            .filter(|(short, ..)| short.is_mended() && (!weeks_first || short.of(Tier::T2) <= t2));
        let cheapest = fills.map(|(.., price)| *price).reduce(f64::min);
        match (said, cheapest) {
            (Some(said), Some(cheapest)) => {
                assert!(same(said, cheapest), "seed {seed}: {said}, {cheapest}");
            }
            (said, cheapest) => assert_eq!(said, cheapest, "seed {seed}"),
        }
        // Only years count in which something helps.
        years += u64::from(said.is_some());
        for kind in filled[0].kinds.iter().flatten() {
            *of_kind.entry(kind.as_str()).or_default() += 1;
        }
    }
    println!("{years} years of {seed} seeds; {of_kind:?}");
    assert!(of_kind.len() >= 2, "{of_kind:?}");
}

/// Years whose points are applied and allocated anew.
const PROMISES: u64 = 200;

/// The most changes that are looked at in such a year.
const MANY: usize = 60;

#[test]
fn the_shortfall_is_as_promised_once_the_changes_are_made() {
    let (mut points, mut years, mut seed) = (0, 0, 0);
    while years < share_of(PROMISES) {
        seed += 1;
        let (files, dataset) = year(&Spec::varied(seed, 6, 3, 4), &kinds(seed));
        let now = now(&dataset);
        let eligibility = Eligibility::new(&dataset);
        let changes = universe(&eligibility).len();
        if now.short.is_mended() || changes == 0 || changes > MANY {
            continue;
        }
        let found = asked(&dataset, &now);
        let promised = |point: &Point| {
            let changes = point.set.iter().map(|at| &found.universe[*at]);
            let dataset = applied(&files, &dataset, changes);
            assert_eq!(short_of(&dataset), point.short, "seed {seed}: {point:?}");
            let team = f64::from(point.empty.team);
            assert_eq!(point.short.of(Tier::T3), team, "seed {seed}: {point:?}");
            let is_led = point.short.of(Tier::T1) == 0.0;
            assert_eq!(point.empty.leads == 0, is_led, "seed {seed}: {point:?}");
        };
        let whole = found.whole.iter().map(|whole| &whole.point);
        found.frontier.iter().chain(whole).for_each(promised);
        points += found.frontier.len();
        years += 1;
    }
    println!("{points} points of {years} years");
    assert!(points as u64 > years, "{points}");
}

/// What the run before did not prove is not called proven here, and a search that is stopped at
/// once says so.
#[test]
fn nothing_is_called_proven_that_is_not() {
    let kinds = [RemedyKind::Clearance, RemedyKind::Person];
    let (_, dataset) = year(&Spec::varied(5, 4, 2, 3), &kinds);
    let eligibility = Eligibility::new(&dataset);
    let stop = Stop::never();
    stop.set();
    let now = now(&dataset);
    for (proven, proof) in [(true, Proof::Whole), (false, Proof::Open)] {
        let wanted = Wanted {
            eligibility: &eligibility,
            selection: &now.selection,
            short: now.short,
            proven,
            most: 10,
            seed: 0,
        };
        assert!(!wanted.short.is_mended());
        let found = remedies(&wanted, &stop).expect("what there is");
        assert!(found.cut && found.whole.is_none());
        assert_eq!(found.frontier.len(), 1);
        assert_eq!(found.frontier[0].proof, proof);
    }
}

/// What the search supposes of a change is what `muster apply` makes of it: the same people can
/// hold the same posts on the same days.
#[test]
fn changes_are_made_in_the_year_as_in_its_files() {
    let mut of_kind: BTreeMap<&str, usize> = BTreeMap::new();
    let mut random = ChaCha8Rng::seed_from_u64(7);
    for seed in 0..60 {
        let (files, dataset) = year(&Spec::varied(seed, 8, 5, 8), &RemedyKind::ALL);
        let all = universe(&Eligibility::new(&dataset));
        let count = random.random_range(0..=all.len().min(40));
        let chosen: Vec<&Remedy> = all.sample(&mut random, count).collect();
        let here = mended(&dataset, chosen.iter().copied()).expect("changes that can be made");
        let there = applied(&files, &dataset, chosen.iter().copied());
        let (here, there) = (Eligibility::new(&here), Eligibility::new(&there));
        assert_eq!(here.candidates, there.candidates, "seed {seed}");
        for person in here.dataset.inspector_ixs() {
            assert_eq!(here.workable(person), there.workable(person), "seed {seed}");
            assert_eq!(here.limits(person), there.limits(person), "seed {seed}");
        }
        let places = |year: &Dataset| -> Vec<_> {
            let sites = year.establishments.iter();
            sites.map(|site| site.site_capacity).collect()
        };
        assert_eq!(places(here.dataset), places(there.dataset), "seed {seed}");
        for remedy in chosen {
            *of_kind.entry(remedy.kind.as_str()).or_default() += 1;
        }
    }
    println!("{of_kind:?}");
    assert_eq!(of_kind.len(), RemedyKind::ALL.len(), "{of_kind:?}");
}

/// The commands of the page, on a small year; what the program shows is that of the golden file.
#[test]
fn the_page_on_remedies_does_what_it_says() {
    let place = program::Place::small(3);
    std::fs::rename(place.dataset(), place.path().join("2026-27")).expect("renamed");
    let run = |arguments: &[&str]| -> String {
        let mut muster = program::muster();
        let done = muster
            .current_dir(place.path())
            .args(arguments)
            .assert()
            .success();
        String::from_utf8(done.get_output().stdout.clone()).expect("UTF-8")
    };
    run(&[
        "allocate",
        "2026-27",
        "--out",
        "result",
        "--stop-after",
        "T3",
    ]);
    let page = include_str!("../docs/remedies.md");
    let commands = page.lines().filter_map(|line| line.strip_prefix("muster "));
    let commands: Vec<Vec<&str>> = commands
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(commands.len(), 2);
    let told: Vec<String> = commands.iter().map(|command| run(command)).collect();
    insta::assert_snapshot!("remedies", told[0]);
    assert!(told[1].starts_with(&told[0]), "{}", told[1]);
    // What is saved can be made, and leaves as little short as was said.
    run(&["apply", "2026-27", "remedies.toml", "--out", "mended"]);
    let allocated = run(&["allocate", "mended", "--out", "after", "--stop-after", "T3"]);
    assert!(allocated.contains("Filled"), "{allocated}");
    run(&["verify", "mended", "after"]);
    insta::assert_snapshot!("remedies-made", allocated);
}
