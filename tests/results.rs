//! A result read back: what was written is what is read, to the byte; and what a scheduler is
//! told of a result that was damaged, edited or made of another dataset.

#[path = "mutation/bytes.rs"]
mod bytes;
#[path = "mutation/choose.rs"]
mod choose;
mod small_year;
mod support;

use std::collections::BTreeMap;

use choose::Choose;
use muster::allocate::Options;
use muster::demo::Spec;
use muster::diagnostics::{Diagnostics, render};
use muster::domain::Dataset;
use muster::eligibility::Eligibility;
use muster::model::objectives::Tier;
use muster::report::{self, Run};
use muster::result::{self, Loaded};
use muster::solve::Stop;
use muster::verify::{PostRow, Week, verify_posts};
use proptest::prelude::*;
use small_year::small_year;
use support::checked::allocated;
use support::generated::{files, year};

/// A result's files by name.
type Files = BTreeMap<String, Vec<u8>>;

fn result_of(dataset: &Dataset, options: &Options) -> Files {
    let never = Stop::never();
    let allocation = allocated(dataset, options, &never);
    files(dataset, &allocation, options, &never)
        .into_iter()
        .collect()
}

/// The small year, and its result.
fn small() -> (Dataset, Files) {
    let dataset = dataset(&small_year());
    let result = result_of(&dataset, &Options::default());
    (dataset, result)
}

fn dataset(files: &Files) -> Dataset {
    let loaded = muster::check::read_from(files);
    loaded.dataset.expect("a sound year")
}

/// `from`, which must be in `file`, replaced by `to`.
fn replace(files: &mut Files, file: &str, from: &str, to: &str) {
    let bytes = files.get_mut(file).expect("a file of that name");
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    assert!(text.contains(from), "{from:?} is not in {file}:\n{text}");
    *bytes = text.replacen(from, to, 1).into_bytes();
}

fn read(dataset: &Dataset, files: &Files) -> Loaded {
    result::read_from(files, &Eligibility::new(dataset))
}

fn ids(diagnostics: &Diagnostics) -> Vec<&'static str> {
    diagnostics.iter().map(|one| one.code.id).collect()
}

/// Holds what is told of `files` to the golden file `name`, and to its telling `codes` alone.
fn golden(name: &str, codes: &[&str], dataset: &Dataset, files: &Files) {
    let loaded = read(dataset, files);
    let mut told = ids(&loaded.diagnostics);
    told.sort_unstable();
    told.dedup();
    assert_eq!(told, codes, "{name}");
    assert!(loaded.run.is_none(), "{name}");
    insta::assert_snapshot!(name, render::text(&loaded.diagnostics, false));
}

/// The golden file's name, the file that is damaged, what is replaced in it, and by what.
type Damage<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

/// A golden file for each damage to one of the result's files.
fn goldens(code: &str, damages: &[Damage]) {
    let (dataset, sound) = small();
    for (name, file, replacements) in damages {
        let mut files = sound.clone();
        for (from, to) in *replacements {
            replace(&mut files, file, from, to);
        }
        golden(name, &[code], &dataset, &files);
    }
}

/// Reads what was written, writes it again, and compares every byte.
fn comes_back(dataset: &Dataset, options: &Options) {
    let written = result_of(dataset, options);
    let eligibility = Eligibility::new(dataset);
    let loaded = result::read_from(&written, &eligibility);
    let said = render::text(&loaded.diagnostics, false);
    assert_eq!(said, "no errors, no warnings\n");
    let past = loaded.run.expect("a run");
    let again = report::files(&Run {
        eligibility: &eligibility,
        allocation: &past.allocation,
        shortfalls: &past.shortfalls,
        options: &past.options,
    });
    for (name, bytes) in again {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(
            bytes == written[&name],
            "{name} comes back as {}",
            text(&bytes)
        );
    }
}

#[test]
fn what_was_written_is_what_is_read() {
    let (dataset, _) = small();
    comes_back(&dataset, &Options::default());
    let after_t3 = Options {
        stop_after: Some(Tier::T3),
        seed: 3,
        ..Options::default()
    };
    for seed in 1..=5 {
        comes_back(&year(&Spec::sized(seed, 8, 5, 8)), &after_t3);
    }
}

#[test]
fn a_folder_without_a_result_or_with_half_of_one() {
    let (dataset, mut files) = small();
    files.remove("days.csv");
    files.remove("summary.json");
    golden("half", &["M0802"], &dataset, &files);
    let other = Files::from([("notes.txt".to_owned(), Vec::new())]);
    golden("none", &["M0801"], &dataset, &other);
    let folder = tempfile::tempdir().expect("a folder");
    let eligibility = Eligibility::new(&dataset);
    let nowhere = result::read(&folder.path().join("nowhere"), &eligibility);
    assert_eq!(ids(&nowhere.diagnostics), ["M0801"]);
}

/// The files that differ are named; the rules of the other dataset are not asked.
#[test]
fn a_result_of_another_dataset() {
    let (_, files) = small();
    let mut year = small_year();
    replace(
        &mut year,
        "inspectors.csv",
        "Sam Ode,OI,no",
        "Sam Ode,OI,yes",
    );
    replace(
        &mut year,
        "programme.csv",
        "2026-06-15,2026-06-17",
        "2026-06-16,2026-06-18",
    );
    golden("changed", &["M0803"], &dataset(&year), &files);
    year.remove("pins.csv");
    year.remove("history.csv");
    replace(&mut year, "inspectors.csv", "I3,", "I4,");
    replace(&mut year, "availability.csv", "I3,", "I4,");
    replace(&mut year, "availability.csv", "I3,", "I4,");
    replace(&mut year, "conflicts.csv", "I3,", "I4,");
    golden("other", &["M0803", "M0804"], &dataset(&year), &files);
}

#[test]
fn ids_that_nobody_has() {
    goldens(
        "M0804",
        &[(
            "unknown-ids",
            "allocations.csv",
            &[
                ("P3,cedar,full,lead,I2", "p3,cedar,full,lead,I2"),
                ("lead,I2", "lead,I02"),
            ],
        )],
    );
}

#[test]
fn rows_that_contradict_the_dataset() {
    goldens(
        "M0805",
        &[
            (
                "other-cells",
                "allocations.csv",
                &[
                    ("P2,birch,irp,lead", "P2,birch,full,lead"),
                    ("P3,cedar", "P3,ash"),
                    ("I3,Sam Ode", "I3,Sam Cole"),
                ],
            ),
            (
                "other-window",
                "allocations.csv",
                &[("2026-09-14,2026-09-17", "2026-09-14,2026-09-18")],
            ),
            (
                "other-week",
                "allocations.csv",
                &[("2026-09-17,normal", "2026-09-17,different")],
            ),
        ],
    );
}

#[test]
fn plans_that_break_a_rule() {
    goldens(
        "M0806",
        &[
            (
                "two-leads",
                "allocations.csv",
                &[("P2,birch,irp,team", "P2,birch,irp,lead")],
            ),
            (
                "no-lead",
                "allocations.csv",
                &[("S1,birch,standalone,lead", "S1,birch,standalone,team")],
            ),
            (
                "twice",
                "allocations.csv",
                &[(
                    "P2,birch,irp,team,I1,Alex Moore",
                    "P2,birch,irp,team,I2,Robin Hale",
                )],
            ),
            (
                "cannot-lead",
                "allocations.csv",
                &[
                    ("P1,ash,full,team,I3", "P1,ash,full,lead,I3"),
                    ("P1,ash,full,lead,I1", "P1,ash,full,team,I1"),
                ],
            ),
            (
                "split",
                "allocations.csv",
                &[(
                    "team,I2,Robin Hale,HMI,2026-05-18,2026-05-21,normal",
                    "team,I2,Robin Hale,HMI,2026-05-26,2026-05-28,different",
                )],
            ),
            (
                "pin-broken",
                "allocations.csv",
                &[
                    ("P1,ash,full,team,I2,Robin", "P1,ash,full,team,I1,Alex"),
                    (
                        "P1,ash,full,lead,I1,Alex Moore",
                        "P1,ash,full,lead,I2,Robin Hale",
                    ),
                    ("team,I1,Alex Hale", "team,I1,Alex Moore"),
                ],
            ),
            (
                "interest",
                "allocations.csv",
                &[(
                    "P3,cedar,full,lead,I2,Robin Hale",
                    "P3,cedar,full,lead,I1,Alex Moore",
                )],
            ),
        ],
    );
}

/// A plan in which each post alone may be held, of a year in which not all together may.
#[test]
fn posts_that_clash() {
    let mut year = small_year();
    replace(
        &mut year,
        "establishments.csv",
        "birch,HMP Birchwood,England,North,training,adult,,,",
        "birch,HMP Birchwood,England,North,training,adult,,4,",
    );
    replace(
        &mut year,
        "inspectors.csv",
        "2028-03-31,120,10",
        "2028-03-31,120,99",
    );
    let dataset = dataset(&year);
    let mut files = result_of(&dataset, &Options::default());
    let text = String::from_utf8(files["allocations.csv"].clone()).expect("UTF-8");
    let row = |of: &str, who: &str, days: &str| {
        format!("{of},{who},HMI,{days},normal,,,0.00,OFFICIAL-SENSITIVE")
    };
    let (in_june, in_november) = ("2026-06-15,2026-06-17", "2026-11-09,2026-11-12");
    let posts = [
        row("P2,birch,irp,team", "I1,Alex Moore", in_june),
        row("S1,birch,standalone,lead", "I1,Alex Moore", in_november),
        row("S1,birch,standalone,team", "I2,Robin Hale", in_november),
    ];
    let kept = text.lines().filter(|line| !line.starts_with("S1"));
    let rows: Vec<&str> = kept.chain(posts.iter().map(String::as_str)).collect();
    files.insert("allocations.csv".to_owned(), rows.join("\n").into_bytes());
    golden("clashes", &["M0806"], &dataset, &files);
}

#[test]
fn summaries_that_are_none() {
    goldens(
        "M0807",
        &[
            ("no-json", "summary.json", &[("\"seed\": 0", "\"seed\" 0")]),
            (
                "no-status",
                "summary.json",
                &[("\"status\": \"optimal\",\n", "")],
            ),
            (
                "tier-twice",
                "summary.json",
                &[("\"tier\": \"T2\"", "\"tier\": \"T3\"")],
            ),
            (
                "no-tier",
                "summary.json",
                &[("\"tier\": \"T2\"", "\"tier\": \"T9\"")],
            ),
        ],
    );
}

#[test]
fn figures_that_are_not_the_plans() {
    let (dataset, mut files) = small();
    replace(
        &mut files,
        "summary.json",
        "\"value\": 3.0",
        "\"value\": 2.0",
    );
    replace(&mut files, "shortfalls.csv", "P3,team,2,10", "P3,team,1,10");
    replace(&mut files, "shortfalls.csv", "P1,team,1", "S1,team,1");
    golden("other-figures", &["M0808"], &dataset, &files);
}

/// Opened in a spreadsheet and saved again, with nothing changed.
#[test]
fn a_result_that_a_spreadsheet_saved_again_is_the_same() {
    let (dataset, mut files) = small();
    let plain = read(&dataset, &files).run.expect("a run");
    for name in ["allocations.csv", "shortfalls.csv"] {
        let text = String::from_utf8(files[name].clone()).expect("UTF-8");
        let text = text
            .replace("2026-09-14", "14/09/2026")
            .replace('\n', "\r\n");
        let text = format!("\u{feff}{text}");
        files.insert(name.to_owned(), text.into_bytes());
    }
    let saved = read(&dataset, &files);
    assert!(
        saved.diagnostics.is_empty(),
        "{:?}",
        ids(&saved.diagnostics)
    );
    let saved = saved.run.expect("a run");
    assert_eq!(saved.allocation.selection, plain.allocation.selection);
    assert_eq!(saved.shortfalls, plain.shortfalls);
}

/// Choices that proptest made; when they are used up, the first choice every time.
struct Choices(std::vec::IntoIter<u16>);

impl Choose for Choices {
    fn below(&mut self, many: usize) -> usize {
        usize::from(self.0.next().unwrap_or(0)) % many
    }
}

/// What begins a command to a terminal.
const ESCAPE: char = '\u{1b}';

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the bytes: reading never panics, and a plan that is read keeps every rule.
    #[test]
    fn what_is_read_of_damaged_files_keeps_the_rules(
        choices in prop::collection::vec(any::<u16>(), 1..64),
    ) {
        static SMALL: std::sync::OnceLock<(Dataset, Files)> = std::sync::OnceLock::new();
        let (dataset, sound) = SMALL.get_or_init(small);
        let mut files = sound.clone();
        let mut choices = Choices(choices.into_iter());
        for _ in 0..=choices.below(4) {
            let file = choices.below(files.len());
            if let Some(bytes) = files.values_mut().nth(file) {
                bytes::change(bytes, &mut choices);
            }
        }
        let loaded = read(dataset, &files);
        prop_assert_eq!(loaded.run.is_none(), loaded.diagnostics.has_errors());
        let drawn = render::text(&loaded.diagnostics, false);
        prop_assert!(!drawn.contains(ESCAPE));
        if let Some(past) = loaded.run {
            let rows: Vec<_> = past.allocation.plan.posts().map(|(post, attendance)| PostRow {
                inspection_id: dataset.inspection(post.inspection).id.clone(),
                role: post.role,
                inspector_id: dataset.inspector(post.inspector).id.clone(),
                attend_from: attendance.on_site.first(),
                attend_to: attendance.on_site.last(),
                week: if attendance.different_week { Week::Different } else { Week::Normal },
            }).collect();
            prop_assert!(verify_posts(dataset, &rows).is_empty());
        }
    }
}
