//! Why posts are empty and why somebody doesn't hold one: what is said is held against the
//! independent checker, and shown on the demo year.

mod program;
mod support;

use std::collections::BTreeSet;

use muster::allocate::{Options, Status};
use muster::demo::Spec;
use muster::domain::Role;
use muster::eligibility::Eligibility;
use muster::model::objectives::Tier;
use muster::report;
use muster::solve::Stop;
use muster::verify::{PostRow, Week, verify_posts};
use muster::why::{self, Holding, Question, Verdict};

use program::Place;
use support::checked::{allocated, check};
use support::kept::{Made, demo, demo_result};
use support::tiny::tiny_year;

fn question<'a>(eligibility: &'a Eligibility<'a>, made: &'a Made, stop: &'a Stop) -> Question<'a> {
    Question {
        eligibility,
        past: &made.allocation,
        seed: 0,
        stop,
    }
}

/// On the demo year, every sentence is confirmed, and each plan behind one keeps every rule.
#[test]
fn why_the_demo_year_has_gaps() {
    let made = demo();
    let eligibility = Eligibility::new(&made.dataset);
    let stop = Stop::never();
    let question = question(&eligibility, made, &stop);
    let gaps = why::gaps(&question, &made.shortfalls, None, 5).expect("solved");
    let mut solved = 0;
    for gap in &gaps {
        let once: usize = gap.obstacles.once.values().sum();
        assert_eq!(once, gap.obstacles.people, "everybody is counted once");
        for (_, holding) in &gap.used_here {
            let Holding::Plan(with) = holding else {
                continue;
            };
            check(&made.dataset, with);
            for tier in [Tier::T1, Tier::T2, Tier::T3] {
                assert_eq!(with.tier(tier).status, Status::Optimal);
            }
            solved += 1;
        }
    }
    assert!(solved > 10, "{solved}");
    insta::assert_snapshot!("gaps", why::gaps_text(&question, &gaps));
    let one: Vec<_> = gaps.into_iter().take(1).collect();
    insta::assert_snapshot!("gap-json", format!("{:#}", why::gaps_json(&question, &one)));
}

fn answer(inspection: &str, person: &str, role: Role, window: usize) -> (String, String) {
    let made = demo();
    let eligibility = Eligibility::new(&made.dataset);
    let stop = Stop::never();
    let question = question(&eligibility, made, &stop);
    let mut rows = made.dataset.inspection_ixs();
    let at = rows.find(|ix| made.dataset.inspection(*ix).id == inspection);
    let mut people = made.dataset.inspector_ixs();
    let who = people.find(|ix| made.dataset.inspector(*ix).id == person);
    let (at, who) = (at.expect("known"), who.expect("known"));
    let answer = why::why_not(&question, at, who, role, window).expect("solved");
    (
        why::why_not_text(&question, &answer),
        format!("{:#}", why::why_not_json(&question, &answer)),
    )
}

#[test]
fn why_not_on_the_demo_year() {
    let lead_away = answer("P014", "I001", Role::Lead, 0);
    insta::assert_snapshot!("not-by-the-rules", lead_away.0);
    insta::assert_snapshot!("not-by-the-rules-json", lead_away.1);
    let lead = answer("P008", "I005", Role::Lead, 0);
    insta::assert_snapshot!("without-a-loss", lead.0);
    let with_a_loss = answer("P063", "I017", Role::Team, 0);
    insta::assert_snapshot!("with-a-loss", with_a_loss.0);
    insta::assert_snapshot!("with-a-loss-json", with_a_loss.1);
    insta::assert_snapshot!("held", answer("P062", "I007", Role::Team, 0).0);
    insta::assert_snapshot!("nobody-leads", answer("P014", "I038", Role::Team, 0).0);
}

/// Where rules are said to be in the way, the checker names each of them for a plan of that post
/// alone; where nothing is said to be, it finds no fault with it.
#[test]
fn the_checker_names_the_same_rules() {
    let stop = Stop::never();
    let (mut refused, mut accepted) = (0, 0);
    let mut rules = BTreeSet::new();
    for seed in 0..40 {
        let dataset = tiny_year(seed);
        let eligibility = Eligibility::new(&dataset);
        let allocation = allocated(&dataset, &Options::default(), &stop);
        let question = Question {
            eligibility: &eligibility,
            past: &allocation,
            seed: 0,
            stop: &stop,
        };
        for inspection in eligibility.inspections() {
            for person in dataset.inspector_ixs() {
                let Some(at) = eligibility.engagement_of(inspection, 0, Role::Lead) else {
                    continue;
                };
                let post = &eligibility.engagements[at];
                let alone = [PostRow {
                    inspection_id: dataset.inspection(inspection).id.clone(),
                    role: Role::Lead,
                    inspector_id: dataset.inspector(person).id.clone(),
                    attend_from: post.first_day,
                    attend_to: post.last_day,
                    week: Week::Normal,
                }];
                let found: BTreeSet<String> = verify_posts(&dataset, &alone)
                    .into_iter()
                    // Pins of other posts are not kept by a plan of this one.
                    .filter(|finding| {
                        finding.rule != "H15"
                            || finding.inspection == Some(alone[0].inspection_id.clone())
                    })
                    .map(|finding| off_site_as_one(&finding.rule).to_owned())
                    .collect();
                let candidate = muster::eligibility::Candidate {
                    engagement: at,
                    person,
                };
                let reasons = eligibility.reasons(candidate);
                if reasons.is_empty() {
                    let others = found.iter().filter(|rule| *rule != "H15");
                    assert_eq!(others.count(), 0, "seed {seed}: {found:?}");
                    accepted += 1;
                    continue;
                }
                let answer = why::why_not(&question, inspection, person, Role::Lead, 0);
                let Verdict::Rules(said) = answer.expect("an answer").verdict else {
                    panic!("seed {seed}: rules are in the way");
                };
                for reason in said {
                    if reason.rule().starts_with('H') {
                        let rule = off_site_as_one(reason.rule());
                        assert!(found.contains(rule), "seed {seed}: {reason:?}, {found:?}");
                        rules.insert(rule);
                    }
                }
                refused += 1;
            }
        }
    }
    println!("{refused} refused by {rules:?}, {accepted} accepted");
    assert!(
        refused > 100 && accepted > 100 && rules.len() >= 7,
        "{rules:?}"
    );
}

/// H8, H9 and H12 of off-site work can't always be told apart.
fn off_site_as_one(rule: &str) -> &str {
    match rule {
        "H8" | "H12" => "H9",
        other => other,
    }
}

/// Every command of the page is run, in its order, on what the page says it is for.
#[test]
fn the_page_on_gaps_does_what_it_says() {
    let place = Place::of(&Spec::demo());
    let files = demo_result();
    std::fs::rename(place.dataset(), place.path().join("2026-27")).expect("renamed");
    let ours: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    report::folder::write(&place.result(), &files, &ours, false).expect("written");
    let page = include_str!("../docs/explain.md");
    let commands = page.lines().filter_map(|line| line.strip_prefix("muster "));
    let commands: Vec<Vec<&str>> = commands
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(commands.len(), 4);
    let told: Vec<String> = commands
        .iter()
        .map(|command| {
            let mut program = program::muster();
            let done = program
                .current_dir(place.path())
                .args(command)
                .assert()
                .code(0);
            String::from_utf8(done.get_output().stdout.clone()).expect("UTF-8")
        })
        .collect();
    assert!(
        told[0].contains("but only in another's place"),
        "{}",
        told[0]
    );
    assert!(
        !told[1].contains("--all") && !told[1].contains("P014"),
        "{}",
        told[1]
    );
    assert!(told[2].contains("H9: away on"), "{}", told[2]);
    assert!(told[3].contains("\"is\": \"possible\""), "{}", told[3]);
}

/// What can't be meant is said, and nothing is solved.
#[test]
fn the_program_says_what_is_wrong_with_a_question() {
    let place = Place::of(&Spec::sized(1, 4, 4, 4));
    place.allocate().assert().code(0);
    let ask = |arguments: &[&str]| {
        let mut program = program::muster();
        let asked = program.current_dir(place.path()).args(arguments);
        let done = asked.assert().code(2);
        String::from_utf8(done.get_output().stderr.clone()).expect("UTF-8")
    };
    let said = ask(&["explain", "dataset", "result", "P0001"]);
    assert!(said.contains("did you mean \"P001\"?"), "{said}");
    let why_not = [
        "why-not",
        "dataset",
        "result",
        "--inspection",
        "P001",
        "--inspector",
    ];
    let said = ask(&[&why_not[..], &["I01"]].concat());
    assert!(
        said.contains("the dataset has no inspector \"I01\"; did you mean"),
        "{said}"
    );
    let said = ask(&[&why_not[..], &["I001", "--window", "2026-01-01"]].concat());
    assert!(said.contains("begins on 2026-01-01"), "{said}");
    std::fs::remove_file(place.result().join("days.csv")).expect("removed");
    let said = ask(&["explain", "dataset", "result"]);
    assert!(said.contains("M0802"), "{said}");
}
