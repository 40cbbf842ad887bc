//! `muster replan` as its users meet it: a year that was published and amended, made anew; and what
//! can't be.

mod program;
mod small_year;

use std::fs;

use program::{Place, contents, rows, said, without_seconds};

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

/// What is said of a plan that is made anew before its tiers are solved.
fn what_is_odd(place: &Place, as_of: &str) -> String {
    let loud = ANEW.iter().filter(|word| **word != "--quiet");
    let arguments: Vec<_> = loud.chain([&as_of]).copied().collect();
    let (_, errors) = said(place.path(), 0, &arguments);
    errors.split("T1 ").next().unwrap_or_default().to_owned()
}

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
    let odd = what_is_odd(&place, "2026-06-01");
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
    // So is one whom a pin displaces.
    let place = published();
    edit(
        &place,
        "pins.csv",
        "P1,I1,lead,pin",
        "P1,I1,lead,pin\nP2,I1,lead,pin",
    );
    let (_, errors) = anew(&place, 0, "2026-06-08", &[]);
    insta::assert_snapshot!("replan-name-pinned", errors);
    said(place.path(), 0, &["verify", "dataset", "anew"]);
}

/// A name, and what is done to a place.
type Damage<'a> = (&'a str, &'a dyn Fn(&Place));

/// A name, the day of planning, and what is done to a place.
type Amendment<'a> = (&'a str, &'a str, &'a dyn Fn(&Place));

/// What the dataset says now of what is past changes nothing of it, and every figure stays right.
#[test]
fn what_is_past_stays_whatever_the_dataset_says_now() {
    let cases: [Amendment; 7] = [
        ("another end", "2026-06-01", &|place| {
            edit(
                place,
                "programme.csv",
                "2026-05-11,2026-05-21",
                "2026-05-11,2026-05-22",
            );
        }),
        ("holidays since", "2026-06-01", &|place| {
            edit(
                place,
                "bank_holidays.csv",
                "2026-05-25",
                "2026-05-18,x\n2026-05-21,y\n2026-05-25",
            );
        }),
        ("nothing but holidays", "2026-07-01", &|place| {
            let days = "2026-06-15,x\n2026-06-16,y\n2026-06-17,z\n2026-05-25";
            edit(place, "bank_holidays.csv", "2026-05-25", days);
        }),
        ("a holiday to come", "2026-06-16", &|place| {
            edit(
                place,
                "bank_holidays.csv",
                "2026-05-25",
                "2026-06-17,x\n2026-05-25",
            );
        }),
        ("another year", "2026-06-01", &|place| {
            edit(
                place,
                "programme.csv",
                "2026-05-11,2026-05-21",
                "2026-10-05,2026-10-15",
            );
        }),
        ("a clearance that lapsed", "2026-06-01", &|place| {
            edit(
                place,
                "inspectors.csv",
                "ctc,2028-03-31,120",
                "ctc,2026-05-01,120",
            );
        }),
        ("another judgement", "2026-06-16", &|place| {
            edit(place, "programme.csv", "2,inadequate,no", "2,good,no");
        }),
    ];
    for (name, as_of, amend) in cases {
        let place = published();
        amend(&place);
        anew(&place, 0, as_of, &[]);
        said(place.path(), 0, &["verify", "dataset", "anew"]);
        for command in ["due", "remedies"] {
            said(place.path(), 0, &[command, "dataset", "anew"]);
        }
        let stress = [
            "stress", "dataset", "anew", "--draws", "3", "--repair", "replan",
        ];
        said(place.path(), 0, &stress);
        let changes = rows(&place.path().join("anew/changes.csv"));
        let past = changes.iter().filter(|row| row["was_to"].as_str() < as_of);
        assert!(past.clone().count() > 0, "{name}");
        for row in past.filter(|row| !row["was_to"].is_empty()) {
            assert_eq!(row["change"], "unchanged", "{name}: {row:?}");
        }
    }
    // What is written down otherwise is told.
    let place = published();
    edit(
        &place,
        "programme.csv",
        "2026-05-11,2026-05-21",
        "2026-10-05,2026-10-15",
    );
    edit(&place, "pins.csv", "P1,I1,lead,pin", "P1,I2,lead,pin");
    let odd = what_is_odd(&place, "2026-06-01");
    insta::assert_snapshot!("replan-rewritten", odd);
}

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

/// Each reader's notice holds what changes for that reader, and nothing of anybody else.
#[test]
fn everybody_is_told_of_their_own() {
    let place = published();
    edit(
        &place,
        "availability.csv",
        "I1,2026-08-03",
        "I1,2026-06-15,2026-06-16,unavailable,ill\nI2,2026-09-14,2026-09-14,unavailable,ill\n\
         I1,2026-08-03",
    );
    anew(&place, 0, "2026-05-28", &[]);
    let pack = [
        "pack", "dataset", "anew", "--for", "changes", "--out", "notices",
    ];
    said(place.path(), 0, &pack);
    let folder = place.path().join("notices/changes");
    let files = contents(&folder);
    let text = |name: &str| String::from_utf8(files[name].clone()).expect("UTF-8");
    insta::assert_snapshot!("notice-hmip", text("hmip.md"));
    insta::assert_snapshot!("notice-inspector", text("inspector-I1.md"));
    let people = [
        ("I1", "Alex Moore"),
        ("I2", "Robin Hale"),
        ("I3", "Sam Ode"),
    ];
    let changes = rows(&place.path().join("anew/changes.csv"));
    for (id, name) in people {
        let own = changes.iter().filter(|row| row["inspector_id"] == id);
        let own: Vec<_> = own.collect();
        let is_told = own.iter().any(|row| row["change"] != "unchanged");
        for ending in ["md", "html"] {
            let file = format!("inspector-{id}.{ending}");
            assert_eq!(files.contains_key(&file), is_told, "{file}");
            if !is_told {
                continue;
            }
            let notice = text(&file);
            assert!(notice.contains("OFFICIAL-SENSITIVE") && notice.contains(name));
            for (other, name) in people.iter().filter(|(other, _)| *other != id) {
                assert!(
                    !notice.contains(other) && !notice.contains(name),
                    "{notice}"
                );
            }
            for inspection in ["P1", "P2", "P3", "S1"] {
                let is_own = own.iter().any(|row| row["inspection_id"] == inspection);
                assert!(is_own || !notice.contains(inspection), "{notice}");
            }
        }
    }
    // HMIP is told of leads, not of teams.
    for (file, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        assert!(
            !file.starts_with("hmip") || !text.contains("Sam Ode"),
            "{text}"
        );
    }
    // A result that replaces nothing tells nobody anything.
    let plain = [
        "pack", "dataset", "result", "--for", "changes", "--out", "none",
    ];
    let (_, errors) = said(place.path(), 2, &plain);
    assert!(
        errors.contains("the result was made of another dataset"),
        "{errors}"
    );
    let first = published();
    let (_, errors) = said(first.path(), 2, &plain);
    assert!(errors.contains("replaces no plan"), "{errors}");
    // And purge knows what it wrote.
    let purge = ["purge", "notices", "--before", "2099-01-01", "--yes"];
    said(place.path(), 0, &purge);
    assert!(!place.path().join("notices").exists());
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
    assert_eq!(ran, ["apply", "diff", "replan", "diff", "verify", "pack"]);
    let told = rows(&place.path().join("result-2/changes.csv"));
    assert!(
        told.iter()
            .any(|row| row["inspection_id"] == "P3" && row["change"] != "unchanged")
    );
}
