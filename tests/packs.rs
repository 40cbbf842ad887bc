//! What goes out: each pack on the demo year as its reader gets it, and on small years that
//! nothing is left out.

mod program;
mod support;

use std::collections::BTreeMap;
use std::path::Path;

use muster::allocate::Options;
use muster::demo::Spec;
use muster::domain::DifferentWeek;
use muster::eligibility::Eligibility;
use muster::explain::Cause;
use muster::ledger::{Record, read, verify};
use muster::pack::{Addressee, Sources, for_confirmation, for_hmip};
use muster::report;

use program::{Place, contents, names};
use support::kept::{Made, demo, demo_result};

/// The files of a pack of `made`.
fn packed(made: &Made, addressee: Addressee) -> BTreeMap<String, String> {
    let eligibility = Eligibility::new(&made.dataset);
    let past = made.past();
    let sources = Sources {
        eligibility: &eligibility,
        past: &past,
        result: &[],
    };
    let packed = match addressee {
        Addressee::Hmip => for_hmip(&sources),
        Addressee::Confirmation => for_confirmation(&sources),
        Addressee::Moj => panic!("tests/moj.rs has them"),
        Addressee::Changes => panic!("tests/replan_command.rs has them"),
    };
    let files = packed.files.into_iter();
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    files.map(|(name, bytes)| (name, text(bytes))).collect()
}

#[test]
fn hmip_gets_confirmations_and_requests() {
    let files = packed(demo(), Addressee::Hmip);
    insta::assert_snapshot!("hmip-confirmations", files["hmip/confirmations.csv"]);
    insta::assert_snapshot!("hmip-requests", files["hmip/requests.csv"]);
    insta::assert_snapshot!("hmip-statement", files["hmip/statement.md"]);
}

#[test]
fn the_deputy_director_gets_a_statement() {
    let files = packed(demo(), Addressee::Confirmation);
    let names: Vec<_> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "confirmation/statement.html",
            "confirmation/statement.md",
            "pack.json"
        ]
    );
    insta::assert_snapshot!("confirmation-statement", files["confirmation/statement.md"]);
    insta::assert_snapshot!("confirmation-page", files["confirmation/statement.html"]);
}

fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows = reader.deserialize().collect::<Result<_, _>>();
    rows.expect("rows of text")
}

/// Every entry is confirmed or not, everything that HMIP can help with is asked for, nobody is
/// named, and the marking is in every row.
#[test]
fn nothing_is_left_out_and_nobody_is_named() {
    let (mut asked, mut whole) = (0, 0);
    for seed in 0..30 {
        let made = Made::of(
            support::generated::year(&match seed % 3 {
                0 => Spec::sized(seed, 2, 10, 20),
                _ => Spec::varied(seed, 8, 4, 6),
            }),
            Options {
                stop_after: Some(muster::model::objectives::Tier::T3),
                ..Options::default()
            },
        );
        let files = packed(&made, Addressee::Hmip);
        let confirmed = rows(&files["hmip/confirmations.csv"]);
        assert_eq!(confirmed.len(), made.dataset.programme.len(), "seed {seed}");
        let requests = rows(&files["hmip/requests.csv"]);
        let asks = |id: &str, what: &str| {
            let mut rows = requests.iter();
            rows.any(|row| row["inspection_id"] == id && row["request"] == what)
        };
        for row in confirmed.iter().chain(&requests) {
            assert_eq!(row["marking"], made.dataset.policy.marking);
        }
        for shortfall in &made.shortfalls {
            let id = &made.dataset.inspection(shortfall.inspection).id;
            let request = match shortfall.cause {
                Cause::Clearance => "clearance",
                Cause::SiteCapacity => "capacity",
                Cause::DifferentWeek => "different-week",
                Cause::Resourcing => continue,
            };
            assert!(asks(id, request), "seed {seed}: {id} asks for no {request}");
            asked += 1;
        }
        for (row, at) in std::iter::zip(&made.dataset.programme, &made.allocation.plan.attendances)
        {
            let moved = at.as_ref().is_some_and(|at| at.different_week);
            if moved && row.different_week != DifferentWeek::Agreed {
                assert!(asks(&row.id, "different-week"), "seed {seed}: {}", row.id);
            }
        }
        let confirmation = &packed(&made, Addressee::Confirmation)["confirmation/statement.md"];
        assert_eq!(confirmation.contains("of all"), made.shortfalls.is_empty());
        whole += usize::from(made.shortfalls.is_empty());
        let everything: String = files.values().map(String::as_str).collect();
        for person in &made.dataset.inspectors {
            assert!(
                !everything.contains(&person.name),
                "seed {seed}: {}",
                person.name
            );
        }
    }
    println!("{asked} asked for, {whole} years confirmed in whole");
    assert!(asked > 10 && whole > 0, "{asked}, {whole}");
}

/// The demo year, with its result, in a place of its own.
fn place() -> Place {
    let place = Place::of(&Spec::demo());
    let files = demo_result();
    std::fs::rename(place.dataset(), place.path().join("2026-27")).expect("renamed");
    let ours: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    report::folder::write(&place.result(), &files, &ours, false).expect("written");
    place
}

fn run(place: &Place, arguments: &[&str], code: i32) -> (String, String) {
    let mut program = program::muster();
    let done = program
        .current_dir(place.path())
        .args(arguments)
        .assert()
        .code(code);
    let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).expect("UTF-8");
    (
        text(&done.get_output().stdout),
        text(&done.get_output().stderr),
    )
}

fn commands(page: &str) -> Vec<Vec<&str>> {
    let commands = page.lines().filter_map(|line| line.strip_prefix("muster "));
    commands
        .map(|line| line.split_whitespace().collect())
        .collect()
}

#[test]
fn the_pages_on_packs_do_what_they_say() {
    let place = place();
    let (hmip, confirm) = (
        include_str!("../docs/hmip.md"),
        include_str!("../docs/confirm.md"),
    );
    let all: Vec<_> = commands(hmip)
        .into_iter()
        .chain(commands(confirm))
        .collect();
    assert_eq!(all.len(), 3);
    for command in &all {
        run(&place, command, 0);
    }
    let at = |path: &str| place.path().join(path);
    assert_eq!(names(&at("hmip-april/hmip")).len(), 4);
    let ledger = at("ledger.jsonl");
    verify(&ledger).expect("a sound ledger");
    let lines = read(&ledger).expect("a sound ledger");
    let [line] = &lines[..] else {
        panic!("one line: {lines:?}");
    };
    let Record::Pack(recorded) = &line.record else {
        panic!("a pack: {line:?}");
    };
    assert_eq!(recorded.made_for, "hmip");
    let sha256 = |path: &Path| muster::ledger::sha256(&std::fs::read(path).expect("a file"));
    for file in &recorded.files {
        assert_eq!(file.sha256, sha256(&at("hmip-april").join(&file.file)));
    }
    assert_eq!(recorded.result.len(), names(&place.result()).len());
    // What has been kept long enough is found again.
    let (listed, _) = run(
        &place,
        &["purge", "hmip-april", "--before", "2040-01-01"],
        0,
    );
    assert!(listed.contains("pack"), "{listed}");
}

#[test]
fn a_pack_is_never_written_over_what_is_there() {
    let place = place();
    let ask = ["pack", "2026-27", "result", "--for", "hmip", "--out", "out"];
    std::fs::create_dir(place.path().join("out")).expect("made");
    std::fs::write(place.path().join("out/diary.txt"), "mine").expect("written");
    let forced = [&ask[..], &["--force"]].concat();
    run(&place, &ask, 4);
    run(&place, &forced, 4);
    assert_eq!(names(&place.path().join("out")), ["diary.txt"]);

    std::fs::remove_file(place.path().join("out/diary.txt")).expect("removed");
    run(&place, &ask, 0);
    let before = contents(&place.path().join("out/hmip"));
    let (_, why) = run(&place, &ask, 4);
    assert!(why.contains("--force"), "{why}");
    assert_eq!(contents(&place.path().join("out/hmip")), before);

    // A ledger that was tampered with: nothing is made.
    std::fs::write(place.path().join("ledger.jsonl"), "{}\n").expect("written");
    let recorded = [&ask[..6], &["other", "--ledger", "ledger.jsonl"]].concat();
    run(&place, &recorded, 4);
    assert!(!place.path().join("other").exists());

    // A result of another dataset: nothing is made either.
    let offers = place.path().join("2026-27/availability.csv");
    let text = std::fs::read_to_string(&offers).expect("read");
    std::fs::write(&offers, format!("{text}\n")).expect("written");
    let (_, why) = run(&place, &[&ask[..6], &["other"]].concat(), 2);
    assert!(why.contains("M0803"), "{why}");
    assert!(!place.path().join("other").exists());
}
