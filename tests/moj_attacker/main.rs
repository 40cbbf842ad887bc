//! An attacker on the pack for MoJ, written apart from its code: who knows all establishments of
//! England, the reviews of progress that were announced, how inspections are staffed, and every
//! pack given so far, and solves for what they allow together. Nobody may be certain to have a
//! shortfall; and the attacker is tested itself, on packs that say too much.
//!
//! The quick run takes a tenth of the years; `MUSTER_PROOF=full` takes all, and
//! `MUSTER_INPUT=100..200` the years of those seeds. `MUSTER_INPUT=7` takes the year of that seed
//! alone, and tells what is short and what was given in it.

mod attacker;
mod formulation;
mod knowledge;
mod reading;
mod solver;
mod spared;
#[path = "../support/mod.rs"]
mod support;
mod tested;
mod truth;
mod ways;
mod witness;
mod years;

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::{Duration, Instant};

use muster::eligibility::Eligibility;
use muster::pack::moj::{Refusal, Shown, Year, groups_csv, shortfall_csv};
use rayon::prelude::*;

use attacker::{Baffled, Finding, attack_all};
use knowledge::Knowledge;
use reading::Pack;
use support::share::share_of;
use truth::Truth;
use years::{Drawn, is_allocated};

/// All years.
const YEARS: u64 = 1_000;

/// What is given out of a pack, read as the attacker reads it.
fn given(shown: &Shown) -> Pack {
    let [shortfall, groups] = texts(shown);
    Pack::read(&shortfall, &groups)
}

fn texts(shown: &Shown) -> [String; 2] {
    let marking = "OFFICIAL-SENSITIVE";
    [shortfall_csv(shown, marking), groups_csv(shown, marking)]
        .map(|bytes| String::from_utf8(bytes).expect("UTF-8"))
}

/// The seeds that are asked for.
fn chosen_seeds() -> Option<Range<u64>> {
    let seeds = std::env::var("MUSTER_INPUT").ok()?;
    let number = |text: &str| -> u64 { text.parse().expect("a seed is a whole number") };
    Some(match seeds.split_once("..") {
        Some((first, end)) => number(first)..number(end),
        None => number(&seeds)..number(&seeds) + 1,
    })
}

/// Whether one year alone is asked for, and so all that is to be told of it.
fn tells_all() -> bool {
    chosen_seeds().is_some_and(|seeds| seeds.end - seeds.start == 1)
}

/// What came of a year, or of many.
#[derive(Default)]
struct Tally {
    years: u64,
    allocated: u64,
    /// Years by how many packs they got.
    by_packs: BTreeMap<usize, u64>,
    packs: u64,
    /// Packs not made, by why totals disclose.
    refused: BTreeMap<String, u64>,
    /// Packs and refusals on which the attacker came to no end in time.
    open: Vec<String>,
    /// Packs and refusals of years that are none in the attacker's eyes.
    baffled: Vec<String>,
    /// What may not be.
    faults: Vec<String>,
    /// How long packs took, and attacks on them, with where.
    making: Vec<(Duration, String)>,
    attacking: Vec<(Duration, String)>,
}

impl Tally {
    fn add(mut self, mut other: Self) -> Self {
        self.years += other.years;
        self.allocated += other.allocated;
        self.packs += other.packs;
        for (packs, years) in other.by_packs {
            *self.by_packs.entry(packs).or_default() += years;
        }
        for (why, count) in other.refused {
            *self.refused.entry(why).or_default() += count;
        }
        self.open.append(&mut other.open);
        self.baffled.append(&mut other.baffled);
        self.faults.append(&mut other.faults);
        self.making.append(&mut other.making);
        self.attacking.append(&mut other.attacking);
        self
    }

    /// A pack that was given, after those before it.
    fn pack(&mut self, place: &str, truth: &Truth, knowledge: &Knowledge, packs: &[Pack]) {
        self.packs += 1;
        let pack = packs.last().expect("the pack");
        let wrong = [truth.lies(pack), truth.broken_groups(pack, knowledge)].concat();
        let wrong = wrong.into_iter().map(|wrong| format!("{place}: {wrong}"));
        self.faults.extend(wrong);
        let begun = Instant::now();
        match attack_all(knowledge, packs) {
            Ok(finding) => {
                if !finding.certain.is_empty() {
                    let certain = &finding.certain;
                    self.faults.push(format!("{place}: {certain:?} certain"));
                }
                if !finding.open.is_empty() {
                    self.open.push(format!("{place}: {:?}", finding.open));
                }
            }
            Err(Baffled::Impossible) if truth.is_in_practice => self
                .faults
                .push(format!("{place}: the truth is not possible")),
            Err(Baffled::Impossible) => self.baffled.push(place.to_owned()),
            Err(Baffled::Open) => self.open.push(place.to_owned()),
        }
        self.attacking.push((begun.elapsed(), place.to_owned()));
    }

    /// A pack that was refused: totals alone must disclose.
    fn refusal(
        &mut self,
        place: &str,
        truth: &Truth,
        knowledge: &Knowledge,
        packs: &[Pack],
        refusal: &Refusal,
    ) {
        let mut totals = packs.to_vec();
        totals.push(truth.totals_alone());
        let why = match (truth.totals_broken(knowledge), refusal) {
            (Some(why), _) => why.to_owned(),
            (None, _) => match attack_all(knowledge, &totals) {
                Ok(finding) if !finding.certain.is_empty() => match packs.len() {
                    0 => "certain from totals".to_owned(),
                    _ => "certain from totals and earlier packs".to_owned(),
                },
                Ok(_) => {
                    self.faults
                        .push(format!("{place}: totals disclose nothing, but: {refusal}"));
                    "not explained".to_owned()
                }
                Err(Baffled::Impossible) => {
                    self.baffled.push(format!("{place}: {refusal}"));
                    "attacker baffled".to_owned()
                }
                Err(Baffled::Open) => {
                    self.open.push(format!("{place}: {refusal}"));
                    "attacker has not settled it".to_owned()
                }
            },
        };
        *self.refused.entry(why).or_default() += 1;
    }

    fn print(&self) {
        println!(
            "{} years, {} of them allocated; {} packs; years by packs {:?}",
            self.years, self.allocated, self.packs, self.by_packs
        );
        println!("no pack, since totals alone disclose: {:?}", self.refused);
        for (what, times) in [("making", &self.making), ("attacking", &self.attacking)] {
            let sum: Duration = times.iter().map(|(took, _)| *took).sum();
            let slowest = times.iter().max();
            println!(
                "{what}: {:.1} s in all, slowest {slowest:?}",
                sum.as_secs_f64()
            );
            for (took, place) in times.iter().filter(|(took, _)| took.as_secs() >= 10) {
                println!("    {what} {place}: {:.1} s", took.as_secs_f64());
            }
        }
        println!("the truth is outside practice: {:?}", self.baffled);
        println!("not settled in time: {:?}", self.open);
    }
}

/// A year's packs, one after the other, each held against all before it.
fn year(seed: u64) -> Tally {
    let mut tally = Tally {
        years: 1,
        allocated: u64::from(is_allocated(seed)),
        ..Tally::default()
    };
    let mut drawn = Drawn::of(seed);
    let mut earlier: Vec<Shown> = Vec::new();
    let mut packs: Vec<Pack> = Vec::new();
    for step in 0..1 + seed % 3 {
        if step > 0 {
            drawn = drawn.amended();
        }
        let place = format!("seed {seed}, pack {}", step + 1);
        let eligibility = Eligibility::new(&drawn.dataset);
        let shortfalls = drawn.shortfalls(&eligibility);
        let knowledge = Knowledge::of(&drawn.dataset);
        let truth = Truth::of(&drawn, &knowledge);
        if tells_all() {
            println!("{place}: {} sites\n{}", knowledge.sites.len(), drawn.told());
        }
        let begun = Instant::now();
        let made = Year::new(&eligibility, &shortfalls, &earlier).finest();
        if tells_all() {
            println!("made in {:.1} s", begun.elapsed().as_secs_f64());
            println!(
                "{}",
                made.as_ref()
                    .map_or_else(ToString::to_string, |made| texts(&made.0).concat())
            );
        }
        tally.making.push((begun.elapsed(), place.clone()));
        match made {
            Ok((shown, _)) => {
                packs.push(given(&shown));
                earlier.push(shown);
                tally.pack(&place, &truth, &knowledge, &packs);
            }
            Err(refusal) => tally.refusal(&place, &truth, &knowledge, &packs, &refusal),
        }
    }
    *tally.by_packs.entry(packs.len()).or_default() += 1;
    tally
}

#[test]
fn nobody_is_certain_to_have_a_shortfall() {
    let seeds = chosen_seeds().unwrap_or(0..share_of(YEARS));
    let tally = seeds
        .into_par_iter()
        .map(year)
        .reduce(Tally::default, Tally::add);
    tally.print();
    assert!(tally.faults.is_empty(), "{:#?}", tally.faults);
    assert!(tally.open.is_empty(), "not settled in time");
    // Years by allocation alone may leave practice.
    assert!(tally.baffled.len() as u64 <= tally.allocated * 3);
}

/// The demo year's pack, as its snapshot has it.
#[test]
fn nobody_is_given_away_by_the_demo_years_pack() {
    let body = |snapshot: &'static str| snapshot.splitn(3, "---\n").last().expect("a body");
    let pack = Pack::read(
        body(include_str!("../snapshots/moj__moj-shortfall.snap")),
        body(include_str!("../snapshots/moj__moj-groups.snap")),
    );
    let files = muster::demo::files().into_iter();
    let files: BTreeMap<_, _> = files
        .map(|(name, text)| (name, text.into_bytes()))
        .collect();
    let mut dataset = muster::check::read_from(&files).dataset.expect("no errors");
    dataset.policy.as_of = chrono::NaiveDate::from_ymd_opt(2026, 4, 1);
    let knowledge = Knowledge::of(&dataset);
    assert_eq!(knowledge.sites.len(), 119);
    assert_eq!(attack_all(&knowledge, &[pack]), Ok(Finding::default()));
}
