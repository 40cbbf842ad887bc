//! The pack for MoJ: the demo year's as it goes out, what must never be in one, that it is as fine
//! as it may be, and what was given before.

mod program;
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chrono::{Datelike as _, NaiveDate};
use muster::demo::Spec;
use muster::domain::{Dataset, RemedyKind, Role};
use muster::eligibility::{Eligibility, windows};
use muster::explain::{Cause, Shortfall, days_of_post};
use muster::ledger;
use muster::model::objectives::Tier;
use muster::pack::moj::{Dimension, Figures, Mend, Refusal, Shown, Year};
use muster::pack::{self, Disclosure, Sources};
use muster::remedies::{self, Empty, Point, Proof, Remedies, Short, WholeMend};
use muster::report;
use program::{Place, contents, muster};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use support::kept::{demo, demo_result};
use support::share::share_of;

/// The demo year's packs for MoJ and for HMIP.
fn packed() -> [pack::Made; 2] {
    let eligibility = Eligibility::new(&demo().dataset);
    let past = demo().past();
    let sources = Sources {
        eligibility: &eligibility,
        past: &past,
        result: &[],
    };
    let moj = pack::for_moj(&sources, Disclosure::default()).expect("a pack");
    [moj, pack::for_hmip(&sources)]
}

/// What `muster remedies --report` says of the demo year where its sets hold a change of each
/// kind and, at last, every change.
fn reported() -> String {
    let dataset = &demo().dataset;
    let universe = remedies::universe(&Eligibility::new(dataset));
    let first = |kind| universe.iter().position(|remedy| remedy.kind == kind);
    let of_each_kind: Vec<usize> = RemedyKind::ALL.into_iter().filter_map(first).collect();
    assert!(of_each_kind.len() > 4);
    let point = |set: Vec<usize>| Point {
        price: set.len() as f64,
        set,
        short: Short {
            tiers: [Tier::T1, Tier::T2, Tier::T3].map(|tier| (tier, 0.0)),
        },
        empty: Empty::default(),
        proof: Proof::Open,
    };
    let everything = point((0..universe.len()).collect());
    let found = Remedies {
        frontier: vec![point(Vec::new()), point(of_each_kind)],
        universe,
        whole: Some(WholeMend {
            point: everything,
            at_least: 0.0,
        }),
        least: None,
        cut: true,
    };
    remedies::json(dataset, &found).to_string()
}

/// The demo year's pack for MoJ with what would mend it.
fn packed_with_remedies() -> pack::Made {
    let made = demo();
    let mend = Mend::read(&reported(), &made.dataset).expect("a report");
    let sources = Sources {
        eligibility: &Eligibility::new(&made.dataset),
        past: &made.past(),
        result: &[],
    };
    let disclosure = Disclosure {
        mend: Some(&mend),
        ..Disclosure::default()
    };
    pack::for_moj(&sources, disclosure).expect("a pack")
}

fn text(made: &pack::Made, name: &str) -> String {
    let file = made.files.iter().find(|(file, _)| file == name);
    String::from_utf8(file.expect("a file of the pack").1.clone()).expect("UTF-8")
}

#[test]
fn moj_gets_tables_and_a_statement() {
    let [moj, _] = packed();
    insta::assert_snapshot!("moj-shortfall", text(&moj, "moj/shortfall.csv"));
    insta::assert_snapshot!("moj-groups", text(&moj, "moj/groups.csv"));
    insta::assert_snapshot!("moj-statement", text(&moj, "moj/statement.md"));
    insta::assert_snapshot!("moj-page", text(&moj, "moj/statement.html"));
}

/// A date as people and programs write it.
fn forms(date: NaiveDate) -> Vec<String> {
    let month = date.format("%B").to_string();
    let short = date.format("%b").to_string();
    let (day, year) = (date.day(), date.year());
    let th = match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    };
    let numbers = [
        "%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%Y%m%d", "%m/%d/%Y",
        "%Y/%m/%d",
    ];
    let mut forms: Vec<String> = numbers.map(|form| date.format(form).to_string()).into();
    forms.push(format!("{day}/{}/{year}", date.month()));
    for name in [&month, &short] {
        forms.extend([
            format!("{day} {name}"),
            format!("{day}{th} {name}"),
            format!("{name} {day}"),
            format!("{day:02} {name}"),
        ]);
    }
    forms
}

/// Whatever would say where or when somebody comes, in small letters.
fn protected(dataset: &Dataset) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for site in &dataset.establishments {
        words.extend([site.id.clone(), site.name.clone()]);
        words.extend(site.education_provider.clone());
    }
    for person in &dataset.inspectors {
        words.extend([person.id.clone(), person.name.clone()]);
    }
    for row in &dataset.programme {
        words.insert(row.id.clone());
        let span = windows::normal_span(row);
        let days = row.dates.days().chain(span.days());
        words.extend(days.flat_map(forms));
    }
    words.into_iter().map(|word| word.to_lowercase()).collect()
}

#[test]
fn no_byte_for_moj_says_where_or_when() {
    let protected = protected(&demo().dataset);
    assert!(protected.len() > 1_000);
    // A region's name is shown, and a prison can have its name from it.
    let regions: BTreeSet<String> = demo()
        .dataset
        .establishments
        .iter()
        .map(|site| site.region.to_lowercase())
        .collect();
    let found = |made: &pack::Made| -> Vec<String> {
        let texts: Vec<String> = made
            .files
            .iter()
            .map(|(_, bytes)| {
                let text = String::from_utf8_lossy(bytes).to_lowercase();
                regions
                    .iter()
                    .fold(text, |text, name| text.replace(name, "-"))
            })
            .collect();
        let is_there = |word: &&String| texts.iter().any(|text| holds(text, word));
        protected.iter().filter(is_there).cloned().collect()
    };
    let [moj, hmip] = packed();
    assert_eq!(found(&moj), Vec::<String>::new());
    let mended = packed_with_remedies();
    assert!(text(&mended, "moj/statement.md").contains("What would mend it"));
    assert_eq!(found(&mended), Vec::<String>::new());
    for seed in 100..106 {
        let eligibility = Eligibility::new(&demo().dataset);
        let mut past = demo().past();
        past.shortfalls = drawn(&eligibility, seed, 20);
        let sources = Sources {
            eligibility: &eligibility,
            past: &past,
            result: &[],
        };
        let made = pack::for_moj(&sources, Disclosure::default()).expect("a pack");
        assert_eq!(found(&made), Vec::<String>::new(), "seed {seed}");
    }
    // The search finds what is there.
    assert!(found(&hmip).len() > 100);
    // No comments, and nothing that was fetched from elsewhere.
    let page = text(&moj, "moj/statement.html");
    assert!(!page.contains("<!--") && !page.contains("<meta name") && !page.contains("http"));
    assert!(!page.contains("<script") && page.matches("OFFICIAL-SENSITIVE").count() == 2);
}

/// Whether `word` stands in `text` by itself: "Hull" is no part of another word.
fn holds(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// Every number of the statement is a cell, or a figure of the audit.
#[test]
fn every_number_of_the_statement_is_a_cell() {
    let [moj, _] = packed();
    let csv = text(&moj, "moj/shortfall.csv");
    let audited = moj.audited.as_ref().expect("audited");
    let mut known: BTreeSet<String> = [audited.establishments, audited.earlier]
        .map(|n| n.to_string())
        .into();
    for cell in csv.lines().flat_map(|line| line.split(',')) {
        known.insert(cell.to_owned());
        known.insert(cell.trim_end_matches(".00").to_owned());
    }
    known.extend(["1", "2", "3", "4"].map(|quarter| format!("q{quarter}")));
    let statement = text(&moj, "moj/statement.md").replace(',', "");
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '.';
    for word in statement.split(|letter| !is_part(letter)) {
        let word = word.trim_end_matches('.');
        if word.chars().any(|letter| letter.is_ascii_digit()) {
            assert!(known.contains(word), "{word}");
        }
    }
}

/// Shortfalls of the demo year's programme as a seed draws them.
fn drawn(eligibility: &Eligibility, seed: u64, most: usize) -> Vec<Shortfall> {
    let mut draw = ChaCha8Rng::seed_from_u64(seed);
    let inspections: Vec<_> = eligibility.inspections().collect();
    let count = draw.random_range(0..=most);
    let chosen: BTreeSet<usize> = (0..count)
        .map(|_| draw.random_range(0..inspections.len()))
        .collect();
    let causes = [
        Cause::Clearance,
        Cause::SiteCapacity,
        Cause::DifferentWeek,
        Cause::Resourcing,
    ];
    let mut all = Vec::new();
    for at in chosen {
        let inspection = inspections[at];
        let team = eligibility.team_posts(inspection);
        let no_lead = team == 0 || draw.random_bool(0.3);
        let team = if no_lead {
            team
        } else {
            draw.random_range(1..=team)
        };
        let roles = [(Role::Lead, u32::from(no_lead)), (Role::Team, team)];
        for (role, posts) in roles.into_iter().filter(|(_, posts)| *posts > 0) {
            all.push(Shortfall {
                inspection,
                role,
                posts,
                inspector_days: posts * days_of_post(eligibility, inspection, role),
                cause: causes[draw.random_range(0..4)],
                explanation: String::new(),
            });
        }
    }
    all
}

fn sum(shown: &Shown, table: Dimension) -> (Figures, u32) {
    let mut sum = Figures::default();
    for group in shown.table(table) {
        sum.inspections += group.figures.inspections;
        sum.posts += group.figures.posts;
        sum.inspector_days += group.figures.inspector_days;
        sum.cost += group.figures.cost;
    }
    (
        Figures {
            inspections: 0,
            ..sum
        },
        sum.inspections,
    )
}

#[test]
fn drawn_years_are_shown_as_finely_as_may_be() {
    let dataset = &demo().dataset;
    let eligibility = Eligibility::new(dataset);
    let (mut packs, mut none, mut undone) = (0, 0, 0);
    let years = share_of(200);
    for seed in 0..years {
        let shortfalls = drawn(&eligibility, seed, 20);
        let year = Year::new(&eligibility, &shortfalls, &[]);
        let shown = match year.finest() {
            Ok((shown, _)) => shown,
            Err(Refusal::Share { .. } | Refusal::Certain(_)) => {
                none += 1;
                continue;
            }
            Err(other) => panic!("{other}"),
        };
        packs += 1;
        // Every table adds up to the totals; an inspection can be in several causes and roles.
        let (total, inspections) = sum(&shown, Dimension::Total);
        let posts: u32 = shortfalls.iter().map(|short| short.posts).sum();
        assert_eq!(total.posts, posts);
        for table in Dimension::ALL {
            let (figures, its) = sum(&shown, table);
            assert_eq!(figures, total, "seed {seed}, {table:?}");
            match table {
                Dimension::Cause | Dimension::Role => assert!(its >= inspections),
                _ => assert_eq!(its, inspections),
            }
        }
        // What is read back is what was shown.
        let marking = &dataset.policy.marking;
        let texts = [
            pack::moj::shortfall_csv(&shown, marking),
            pack::moj::groups_csv(&shown, marking),
        ]
        .map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
        assert_eq!(pack::moj::read(&texts[0], &texts[1]).as_ref(), Ok(&shown));
        for (finer, holds) in year.merges_undone(&shown).expect("solved") {
            assert!(!holds, "seed {seed}: {finer:#?}");
            undone += 1;
        }
    }
    println!("{packs} packs, {none} years without; {undone} merges undone, none of which may be");
    assert!(packs * 5 >= years * 4 && undone > 4 * packs);
}

/// With two packs given before: a later one still holds, alone and together with them.
#[test]
fn later_packs_are_held_against_earlier_ones() {
    let dataset = &demo().dataset;
    let eligibility = Eligibility::new(dataset);
    let shortfalls = drawn(&eligibility, 4, 16);
    let first = Year::new(&eligibility, &shortfalls, &[])
        .finest()
        .expect("a pack")
        .0;
    // The same again tells nothing more.
    let earlier = [first.clone()];
    let (same, audited) = Year::new(&eligibility, &shortfalls, &earlier)
        .finest()
        .expect("a pack");
    assert_eq!((same, audited.earlier), (first.clone(), 1));
    // One shortfall more, in a region by itself: finest alone would show where it came.
    let inspection = shortfalls.last().expect("some").inspection;
    let fewer: Vec<_> = shortfalls
        .iter()
        .filter(|short| short.inspection != inspection)
        .cloned()
        .collect();
    let before = Year::new(&eligibility, &fewer, &[])
        .finest()
        .expect("a pack")
        .0;
    let earlier = [before];
    let later = Year::new(&eligibility, &shortfalls, &earlier)
        .finest()
        .expect("a pack")
        .0;
    let groups = |shown: &Shown| shown.groups.len();
    assert!(groups(&later) <= groups(&first));
}

#[test]
fn no_pack_where_even_totals_disclose() {
    let mut dataset = demo().dataset.clone();
    dataset.policy.disclosure.min_candidates = 1_000;
    let eligibility = Eligibility::new(&dataset);
    let few = Year::new(&eligibility, &[], &[]).finest();
    assert!(matches!(few, Err(Refusal::Few { .. })));
    dataset.policy.disclosure.min_candidates = 10;
    dataset.policy.disclosure.max_share = 0.01;
    let eligibility = Eligibility::new(&dataset);
    let shortfalls = drawn(&eligibility, 4, 16);
    let share = Year::new(&eligibility, &shortfalls, &[]).finest();
    assert!(matches!(share, Err(Refusal::Share { .. })));
}

fn said(place: &Place, arguments: &[&str], code: i32) -> (String, String) {
    let mut command = muster();
    let command = command.current_dir(place.path()).args(arguments);
    let output = command.assert().code(code).get_output().clone();
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr))
}

/// The demo year and its result in a folder of their own.
fn place() -> Place {
    let place = Place::of(&Spec::demo());
    let files = demo_result();
    fs::rename(place.dataset(), place.path().join("2026-27")).expect("renamed");
    let ours: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    report::folder::write(&place.result(), &files, &ours, false).expect("written");
    place
}

/// Every command of the page is run, in its order, on what it says it is for.
#[test]
fn the_page_on_escalating_does_what_it_says() {
    let place = place();
    let mut commands = 0;
    let page = include_str!("../docs/escalate.md");
    for line in page.lines().filter_map(|line| line.strip_prefix("muster ")) {
        let mut command: Vec<&str> = line.split_whitespace().collect();
        // On the demo year that takes as long as it may: so it may for a moment only.
        let is_long = command[0] == "remedies";
        if let Some(limit) = command.iter_mut().find(|word| is_long && **word == "5m") {
            *limit = "2s";
        }
        let (_, wrong) = said(&place, &command, if is_long { 3 } else { 0 });
        assert_eq!(wrong, "", "{line}");
        commands += 1;
    }
    assert_eq!(commands, 6);
    let told = fs::read_to_string(place.path().join("pack-may/moj/statement.md"));
    assert!(told.expect("a statement").contains("What would mend it"));
    let recorded = fs::read_to_string(place.path().join("ledger.jsonl")).expect("a ledger");
    let lines = ledger::read(&place.path().join("ledger.jsonl")).expect("a sound ledger");
    assert_eq!(lines.len(), 4);
    assert!(recorded.contains("\"shown\"") && recorded.contains("agreed-with-HMIP"));
    let person = &demo().dataset.inspectors[0];
    assert!(!recorded.contains(&person.name) && !holds(&recorded, &person.id));
    let named =
        fs::read_to_string(place.path().join("pack-named/moj/statement.md")).expect("a statement");
    let short = &demo().shortfalls[0];
    let dataset = &demo().dataset;
    let site = dataset.establishment(dataset.inspection(short.inspection).establishment);
    assert!(named.contains(&site.name) && named.contains("agreed-with-HMIP"));
    // The purge knows a pack by what is in it.
    let (list, _) = said(&place, &["purge", ".", "--before", "2040-01-01"], 0);
    assert_eq!(list.matches("go     pack").count(), 5, "{list}");
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).expect("a file").permissions().mode() & 0o777
}

#[test]
fn what_is_wrong_with_a_pack_is_said_and_nothing_is_lost() {
    let place = place();
    let moj = ["pack", "2026-27", "result", "--for", "moj", "--out"];
    let with = |more: &[&'static str]| [&moj[..], more].concat();
    said(&place, &with(&["one"]), 0);
    #[cfg(unix)]
    {
        assert_eq!(mode(&place.path().join("one/moj")), 0o700);
        assert_eq!(mode(&place.path().join("one/moj/groups.csv")), 0o600);
    }
    let before = contents(&place.path().join("one/moj"));
    // It is there already.
    assert!(said(&place, &with(&["one"]), 4).1.contains("--force"));
    assert_eq!(contents(&place.path().join("one/moj")), before);
    said(&place, &with(&["one", "--force"]), 0);
    assert_eq!(
        contents(&place.path().join("one/moj")),
        before,
        "the same bytes again"
    );
    // What was given is none, or for somebody else, or damaged.
    let hmip = [
        "pack", "2026-27", "result", "--for", "hmip", "--out", "hmip",
    ];
    said(&place, &hmip, 0);
    let mut told = String::new();
    for (given, code) in [
        ("nowhere", "M1001"),
        ("2026-27", "M1001"),
        ("hmip", "M1003"),
    ] {
        let (_, why) = said(&place, &with(&["two", "--given", given]), 2);
        assert!(why.contains(code), "{why}");
        told.push_str(&why);
    }
    let figures = place.path().join("one/moj/shortfall.csv");
    let text = fs::read_to_string(&figures).expect("figures");
    fs::write(&figures, text.replace("total,all,", "total,all,1")).expect("damaged");
    let (_, why) = said(&place, &with(&["two", "--given", "one"]), 2);
    told.push_str(&why);
    insta::assert_snapshot!("moj-given", told);
    fs::remove_file(place.path().join("hmip/pack.json")).expect("removed");
    assert!(
        said(&place, &with(&["two", "--given", "hmip"]), 2)
            .1
            .contains("M1001")
    );
    // Remedies that can't be read, are none, or are another year's.
    let reports = [
        ("none.json", None),
        ("text.json", Some("no JSON".to_owned())),
        (
            "other.json",
            Some(reported().replace("sha256\":\"", "sha256\":\"0")),
        ),
        (
            "kind.json",
            Some(reported().replace("\"place\"", "\"palace\"")),
        ),
    ];
    let mut told = String::new();
    for (name, report) in reports {
        if let Some(report) = report {
            fs::write(place.path().join(name), report).expect("written");
        }
        told.push_str(&said(&place, &with(&["two", "--remedies", name]), 2).1);
    }
    insta::assert_snapshot!("moj-remedies", told);
    // Arguments that don't go together.
    let (_, why) = said(&place, &with(&["two", "--name-establishments"]), 2);
    assert!(why.contains("--reason"), "{why}");
    let blank = with(&["two", "--name-establishments", "--reason", " "]);
    assert!(said(&place, &blank, 2).1.contains("says nothing"));
    let (_, why) = said(
        &place,
        &[
            "pack", "2026-27", "result", "--for", "hmip", "--out", "two", "--given", "one",
        ],
        2,
    );
    assert!(why.contains("for MoJ only"), "{why}");
    // A result of another dataset, and a ledger that was altered.
    let programme = place.path().join("2026-27/programme.csv");
    let text = fs::read_to_string(&programme).expect("a programme");
    fs::write(&programme, format!("{text}\n")).expect("changed");
    assert!(said(&place, &with(&["two"]), 2).1.contains("M0803"));
    fs::write(&programme, text).expect("back");
    fs::write(place.path().join("ledger.jsonl"), "{}\n").expect("a ledger of sorts");
    assert!(
        said(&place, &with(&["two", "--ledger", "ledger.jsonl"]), 4)
            .1
            .contains("line 1 was changed")
    );
    assert!(!place.path().join("two").exists());
}
