//! The checker itself is tested on results of generated years: whatever is damaged in them, a
//! rule or a figure, is refused and named.
//!
//! The quick run takes a tenth of the years; `MUSTER_PROOF=full` takes all.

#[path = "../support/mod.rs"]
mod support;

mod figures;
mod result;
mod rules;
mod table;

use std::sync::LazyLock;

use muster::model::objectives::Tier;
use rayon::prelude::*;

use figures::{Change, cell_is_refused, columns, figure_is_refused, figures};
use result::YearResult;
use rules::{DAMAGES, Damage, is_hard};
use support::share::share_of;
use support::tiny::dice::Dice;

/// All years.
const YEARS: u64 = 200;

/// In how many of them each damage must find its place.
const AT_LEAST: u64 = 20;

/// How often a place for a damage is looked for in one year.
const TRIES: u64 = 10;

/// Years in which every figure of every file is changed.
const YEARS_OF_FIGURES: u64 = 40;

/// In how many of them each column must have a cell to change.
const AT_LEAST_OF_FIGURES: u64 = 20;

/// Their results, all tiers solved.
static OF_FIGURES: LazyLock<Vec<YearResult>> =
    LazyLock::new(|| results(YEARS_OF_FIGURES, Tier::T8));

/// The results of `years`, solved up to the tier `last`.
fn results(years: u64, last: Tier) -> Vec<YearResult> {
    let seeds = (0..share_of(years)).into_par_iter();
    seeds.map(|seed| YearResult::sound(seed, last)).collect()
}

#[test]
fn every_rule_that_is_broken_is_named() {
    let results = results(YEARS, Tier::T3);
    println!("results of {} years, seeds from 0", results.len());
    println!("years  by the rule alone");
    for damage in &DAMAGES {
        let made: Vec<Made> = results
            .par_iter()
            .enumerate()
            .filter_map(|(seed, sound)| refused(damage, seed as u64, sound))
            .collect();
        let alone = made.iter().filter(|made| made.alone).count();
        let Damage { rule, what, .. } = damage;
        println!("{:5}  {alone:5}  {rule:3}: {what}", made.len());
        assert!(made.len() as u64 >= share_of(AT_LEAST), "{rule}: {what}");
    }
}

#[test]
fn every_cell_that_is_changed_is_named() {
    let results = &*OF_FIGURES;
    println!("results of {} years, seeds from 0", results.len());
    println!("garbled  near");
    for (file, column) in columns(&results[0]) {
        let count = |change| {
            let refused = |(seed, sound): (usize, &YearResult)| {
                let dice = &mut Dice::new(seed as u64);
                cell_is_refused(sound, &file, &column, change, dice)
            };
            let seeds = results.par_iter().enumerate();
            seeds.map(refused).filter(|refused| *refused).count() as u64
        };
        let (garbled, near) = (count(Change::Garbled), count(Change::Near));
        println!("{garbled:7}  {near:4}  {file} {column}");
        assert!(garbled >= share_of(AT_LEAST_OF_FIGURES), "{file} {column}");
        // A marking is everywhere the same, and of a cause only the form is checked.
        let has_near = !["marking", "cause"].contains(&column.as_str());
        assert!(near > 0 || !has_near, "{file} {column}");
    }
}

#[test]
fn every_figure_of_the_summary_that_is_changed_is_named() {
    let results = &*OF_FIGURES;
    let changed: usize = results
        .par_iter()
        .enumerate()
        .map(|(seed, sound)| {
            let figures = figures(&sound.summary);
            for (number, path) in figures.iter().enumerate() {
                let dice = &mut Dice::new(1_000 * seed as u64 + number as u64);
                figure_is_refused(sound, path, dice);
            }
            figures.len()
        })
        .sum();
    println!("{changed} figures of {} summaries changed", results.len());
}

/// A damage that was refused.
struct Made {
    /// Whether the rule was all that was named, and no figure.
    alone: bool,
}

/// Damages the result of a year, and has the checker name the rule; nothing where the year has
/// no place at which the damage leaves the other rules alone.
fn refused(damage: &Damage, seed: u64, sound: &YearResult) -> Option<Made> {
    let Damage {
        rule, beside, what, ..
    } = damage;
    let its_own = |named: &str| named == *rule || beside.contains(&named);
    (0..TRIES).find_map(|attempt| {
        let mut damaged = sound.clone();
        (damage.make)(&mut damaged, &mut Dice::new(1_000 * seed + attempt))?;
        let posts = damaged.findings_of_posts();
        if posts.iter().any(|finding| !its_own(&finding.rule)) {
            return None;
        }
        damaged.retell();
        let findings = damaged.findings();
        assert!(
            findings.iter().any(|finding| finding.rule == *rule),
            "seed {seed}: {what} is not named {rule}: {findings:#?}"
        );
        let stray = findings
            .iter()
            .find(|finding| is_hard(&finding.rule) && !its_own(&finding.rule));
        assert!(stray.is_none(), "seed {seed}: {what} gives {stray:#?}");
        Some(Made {
            alone: findings.iter().all(|finding| its_own(&finding.rule)),
        })
    })
}
