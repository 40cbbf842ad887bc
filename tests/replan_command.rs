//! `muster replan` as its users meet it: a year that was published and amended, made anew; and what
//! can't be.

mod program;
mod small_year;

use std::fs;
use std::path::Path;

use program::{Place, contents, muster, rows, without_seconds};

/// What `muster` prints in `folder` for `arguments`, when it ends with `code`.
fn said(folder: &Path, code: i32, arguments: &[&str]) -> (String, String) {
    let mut command = muster();
    let command = command.current_dir(folder).args(arguments);
    let output = command.assert().code(code).get_output().clone();
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr))
}

/// A small year without surprises, allocated and published as `result`.
fn published() -> Place {
    let place = Place::holding(&small_year::small_year());
    let allocate = ["allocate", "dataset", "--out", "result", "--quiet"];
    said(place.path(), 0, &allocate);
    place
}

fn edit(place: &Place, file: &str, from: &str, to: &str) {
    let path = place.dataset().join(file);
    let text = fs::read_to_string(&path).expect("a file");
    assert!(text.contains(from), "{text}");
    fs::write(path, text.replacen(from, to, 1)).expect("written");
}

const ANEW: [&str; 8] = [
    "replan",
    "dataset",
    "--published",
    "result",
    "--out",
    "anew",
    "--quiet",
    "--as-of",
];

fn anew(place: &Place, code: i32, as_of: &str, more: &[&str]) -> (String, String) {
    let arguments: Vec<_> = ANEW.iter().chain([&as_of]).chain(more).copied().collect();
    said(place.path(), code, &arguments)
}

#[test]
fn an_amended_year_is_made_anew_and_every_figure_is_right() {
    let place = published();
    // After P1, and while the name of P2's lead has not been given yet: I1 falls ill over P2.
    edit(
        &place,
        "availability.csv",
        "I1,2026-08-03",
        "I1,2026-06-15,2026-06-16,unavailable,ill\nI1,2026-08-03",
    );
    let (text, errors) = anew(&place, 0, "2026-05-28", &[]);
    insta::assert_snapshot!("replan", text);
    assert_eq!(errors, "");
    let changes = fs::read_to_string(place.path().join("anew/changes.csv")).expect("changes");
    insta::assert_snapshot!("replan-changes", changes);
    said(place.path(), 0, &["verify", "dataset", "anew"]);
    // What was published is there as it was; and diff says the same.
    let published = fs::read(place.result().join("allocations.csv")).expect("allocations");
    assert_eq!(
        contents(&place.path().join("anew"))["published.csv"],
        published
    );
    said(
        place.path(),
        0,
        &["diff", "result", "anew", "--save", "d.csv"],
    );
    let told = fs::read_to_string(place.path().join("d.csv")).expect("changes");
    assert_eq!(told, changes);
    // The same bytes again, whatever the number of threads.
    let first = without_seconds(&place.path().join("anew"));
    anew(&place, 0, "2026-05-28", &["--force", "--threads", "1"]);
    assert_eq!(without_seconds(&place.path().join("anew")), first);
}

#[test]
fn later_commands_know_what_a_new_plan_replaces() {
    let place = published();
    // Entered after the event: I1 led P1.
    edit(
        &place,
        "availability.csv",
        "I1,2026-08-03",
        "I1,2026-05-20,2026-05-20,unavailable,ill\nI1,2026-08-03",
    );
    let loud: Vec<_> = ANEW
        .iter()
        .copied()
        .filter(|word| *word != "--quiet")
        .collect();
    let loud: Vec<_> = loud.into_iter().chain(["2026-06-01"]).collect();
    let (_, errors) = said(place.path(), 0, &loud);
    let odd = errors.split("T1 ").next().unwrap_or_default();
    insta::assert_snapshot!("replan-past", odd);
    said(place.path(), 0, &["verify", "dataset", "anew"]);
    for command in ["explain", "due", "remedies"] {
        said(place.path(), 0, &[command, "dataset", "anew"]);
    }
    // A new plan can be published and made anew itself.
    let again = [
        "replan",
        "dataset",
        "--published",
        "anew",
        "--out",
        "again",
        "--as-of",
        "2026-09-01",
        "--quiet",
    ];
    said(place.path(), 0, &again);
    said(place.path(), 0, &["verify", "dataset", "again"]);
    let fates = rows(&place.path().join("again/changes.csv"));
    assert!(fates.iter().all(|row| row["change"] == "unchanged"));
}

#[test]
fn the_dataset_may_say_what_was_published_and_when() {
    let place = published();
    let out = ["replan", "dataset", "--out", "anew", "--quiet"];
    let (_, errors) = said(place.path(), 2, &out);
    insta::assert_snapshot!("replan-no-day", errors);
    edit(
        &place,
        "policy.toml",
        "programme_year = 2026\n",
        "programme_year = 2026\nas_of = 2026-06-01\n",
    );
    let (_, errors) = said(place.path(), 2, &out);
    insta::assert_snapshot!("replan-no-plan", errors);
    let from = place.result().join("allocations.csv");
    fs::copy(from, place.dataset().join("published.csv")).expect("copied");
    said(place.path(), 0, &out);
    said(place.path(), 0, &["verify", "dataset", "anew"]);
    let summary = &contents(&place.path().join("anew"))["summary.json"];
    let summary: serde_json::Value = serde_json::from_slice(summary).expect("JSON");
    assert_eq!(summary["replan"]["as_of"], "2026-06-01");
    assert_eq!(summary["replan"]["as_of_from"], "dataset");
    assert_eq!(summary["replan"]["published_from"], "dataset");
}

#[test]
fn a_lead_who_can_not_stay_is_told() {
    let place = published();
    edit(
        &place,
        "availability.csv",
        "I1,2026-08-03",
        "I2,2026-06-12,2026-06-19,unavailable,ill\nI1,2026-08-03",
    );
    let (_, errors) = anew(&place, 0, "2026-06-08", &[]);
    insta::assert_snapshot!("replan-name-lost", errors);
    said(place.path(), 0, &["verify", "dataset", "anew"]);
}

/// A name, and what is done to a place.
type Damage<'a> = (&'a str, &'a dyn Fn(&Place));

#[test]
fn what_is_no_plan_or_can_not_be_held_is_told() {
    let cases: [Damage; 6] = [
        ("nothing", &|place| {
            fs::remove_file(place.result().join("allocations.csv")).expect("removed");
        }),
        ("two-leads", &|place| {
            let path = place.result().join("allocations.csv");
            let text = fs::read_to_string(&path).expect("a file");
            fs::write(path, text.replacen(",team,", ",lead,", 1)).expect("written");
        }),
        ("other-days", &|place| {
            let path = place.result().join("allocations.csv");
            let text = fs::read_to_string(&path).expect("a file");
            fs::write(path, text.replacen("2026-05-18", "2026-05-19", 1)).expect("written");
        }),
        ("left", &|place| {
            let leaves = |name: &str| {
                let path = place.dataset().join(name);
                let text = fs::read_to_string(&path).expect("a file");
                let rest = text.lines().filter(|line| !line.contains("I1,"));
                let rest: String = rest.map(|line| format!("{line}\n")).collect();
                fs::write(path, rest).expect("written");
            };
            for name in [
                "inspectors.csv",
                "availability.csv",
                "conflicts.csv",
                "pins.csv",
            ] {
                leaves(name);
            }
        }),
        ("fewer", &|place| {
            edit(place, "programme.csv", ",7,2,4,", ",7,2,1,");
        }),
        ("two-places", &|place| {
            // P2 is said to have been in the week of P1.
            let path = place.result().join("allocations.csv");
            let text = fs::read_to_string(&path).expect("a file");
            let moved = text
                .replace("2026-06-15", "2026-05-18")
                .replace("2026-06-17", "2026-05-21");
            fs::write(path, moved).expect("written");
        }),
    ];
    for (name, damage) in cases {
        let place = published();
        damage(&place);
        let (_, errors) = anew(&place, 2, "2026-06-01", &[]);
        insta::assert_snapshot!(format!("replan-{name}"), errors);
        assert!(!place.path().join("anew").exists(), "{name}");
    }
}

#[test]
fn an_edited_plan_beside_a_result_is_found() {
    let place = published();
    anew(&place, 0, "2026-06-01", &[]);
    let copy = place.path().join("anew/published.csv");
    let text = fs::read_to_string(&copy).expect("a file");
    fs::write(&copy, text.replacen("lead", "team", 1)).expect("written");
    let (_, errors) = said(place.path(), 2, &["due", "dataset", "anew"]);
    insta::assert_snapshot!("replan-edited", errors);
    said(place.path(), 2, &["verify", "dataset", "anew"]);
    fs::remove_file(&copy).expect("removed");
    said(place.path(), 2, &["due", "dataset", "anew"]);
}

/// The commands of the page, run on a small year that HMIP amends.
#[test]
fn the_page_on_amendments_does_what_it_says() {
    let place = published();
    fs::rename(place.dataset(), place.path().join("2026-27")).expect("renamed");
    let amendment = "title = \"June\"\nquestion = \"What does HMIP's amendment change?\"\n\n\
                     [[change]]\nkind = \"move-inspection\"\ninspection = \"P3\"\nweeks = 1\n";
    fs::write(place.path().join("amendment.toml"), amendment).expect("written");
    let page = include_str!("../docs/amend.md");
    let mut ran = Vec::new();
    for line in page.lines().filter(|line| line.starts_with("muster ")) {
        let words: Vec<_> = line.split_whitespace().skip(1).collect();
        said(place.path(), 0, &words);
        ran.push(words[0]);
    }
    assert_eq!(ran, ["apply", "diff", "replan", "diff", "verify"]);
    let told = rows(&place.path().join("result-2/changes.csv"));
    assert!(
        told.iter()
            .any(|row| row["inspection_id"] == "P3" && row["change"] != "unchanged")
    );
}
