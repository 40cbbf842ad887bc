//! What is asked of a result once it is there, on the demo year: what falls due, and who can
//! take a post. Held on one of the plans that are best in T1, T2 and T3, kept beside the tests:
//! which of them a run finds changes with the engine.

mod program;
mod small_year;
mod support;

use std::collections::BTreeMap;
use std::path::PathBuf;

use muster::allocate::{Allocation, Options, Status, changed};
use muster::change;
use muster::demo::Spec;
use muster::diagnostics::Diagnostics;
use muster::domain::{Dataset, InspectorIx, Role};
use muster::due;
use muster::eligibility::{Candidate, Eligibility};
use muster::model::Selection;
use muster::model::objectives::Tier;
use muster::report::{self, Run};
use muster::solve::Stop;
use muster::stand_in::{self, Answered, Proposal, Refusal, Vacancy};
use muster::verify::{PostRow, Week, verify, verify_posts};
use program::{Place, contents, names};
use support::checked::allocated;
use support::generated::{written, year};
use support::kept::{Made, after_t3, demo, demo_result};

/// Every post of a plan with who holds it.
fn posts(eligibility: &Eligibility, selection: &Selection) -> Vec<Candidate> {
    let seats = selection.seats();
    seats.map(|seat| eligibility.candidates[seat]).collect()
}

fn vacancy(
    eligibility: &Eligibility,
    selection: &Selection,
    post: Candidate,
    on: Option<&str>,
) -> Vacancy {
    let inspection = eligibility.engagement(post).inspection;
    let on = on.map(|on| on.parse().expect("a date"));
    Vacancy::find(eligibility, selection, inspection, post.person, on).expect("a post to come")
}

/// The rows that the independent checker reads.
fn rows(eligibility: &Eligibility, selection: &Selection) -> Vec<PostRow> {
    let dataset = eligibility.dataset;
    let row = |post: Candidate| {
        let engagement = eligibility.engagement(post);
        PostRow {
            inspection_id: dataset.inspection(engagement.inspection).id.clone(),
            role: engagement.role,
            inspector_id: dataset.inspector(post.person).id.clone(),
            attend_from: engagement.first_day,
            attend_to: engagement.last_day,
            week: if eligibility.window(engagement).different_week {
                Week::Different
            } else {
                Week::Normal
            },
        }
    };
    posts(eligibility, selection).into_iter().map(row).collect()
}

/// The year without the pin on a post, so that its stand-ins can be held against the rules.
fn unpinned(dataset: &Dataset, vacancy: &Vacancy) -> Dataset {
    let mut dataset = dataset.clone();
    dataset.pins.retain(|pin| Some(pin.line) != vacancy.pinned);
    dataset
}

/// Has the checker find no fault in what comes of a proposal.
fn holds(eligibility: &Eligibility, selection: &Selection, vacancy: &Vacancy, one: &Proposal) {
    let after = one.applied(eligibility, selection, vacancy);
    assert_eq!(after.seats().count(), selection.seats().count());
    let dataset = unpinned(eligibility.dataset, vacancy);
    let findings = verify_posts(&dataset, &rows(eligibility, &after));
    assert!(findings.is_empty(), "{one:?}: {findings:#?}");
}

/// On small years: whoever is proposed passes the checker, and whoever is not would not.
#[test]
fn everybody_is_proposed_whom_the_checker_accepts() {
    let (mut direct, mut chains, mut nobody) = (0, 0, 0);
    for seed in 1..=12 {
        let made = Made::small(seed);
        let eligibility = Eligibility::new(&made.dataset);
        let selection = &made.allocation.selection;
        for post in posts(&eligibility, selection) {
            let vacancy = vacancy(&eligibility, selection, post, None);
            let proposals = stand_in::proposals(&eligibility, selection, &vacancy);
            for one in &proposals {
                holds(&eligibility, selection, &vacancy, one);
            }
            let alone = |one: &&Proposal| one.moves.len() == 1;
            let mut proposed: Vec<_> = proposals.iter().filter(alone).map(first).collect();
            proposed.sort_unstable();
            let accepted = accepted(&eligibility, selection, &vacancy);
            assert_eq!(proposed, accepted, "seed {seed}");
            match proposals.first().map(|one| one.moves.len()) {
                None => nobody += 1,
                Some(1) => direct += 1,
                Some(_) => chains += 1,
            }
        }
    }
    println!("{direct} posts have stand-ins, {chains} chains, {nobody} nobody");
    assert!(direct > 20 && chains > 10 && nobody > 10);
}

fn first(proposal: &Proposal) -> InspectorIx {
    proposal.moves[0].person
}

/// Everybody whom the checker accepts in the post, everything else as it is.
fn accepted(
    eligibility: &Eligibility,
    selection: &Selection,
    vacancy: &Vacancy,
) -> Vec<InspectorIx> {
    let dataset = unpinned(eligibility.dataset, vacancy);
    let post = &eligibility.engagements[vacancy.engagement];
    let inspection = &dataset.inspection(post.inspection).id;
    let absent = &dataset.inspector(vacancy.absent).id;
    let rows = rows(eligibility, selection);
    let people = dataset
        .inspector_ixs()
        .filter(|person| *person != vacancy.absent);
    people
        .filter(|person| {
            let mut rows = rows.clone();
            for row in &mut rows {
                if row.inspection_id == *inspection && row.inspector_id == *absent {
                    row.inspector_id.clone_from(&dataset.inspector(*person).id);
                }
            }
            verify_posts(&dataset, &rows).is_empty()
        })
        .collect()
}

/// Every post of the demo year, with some day past for half of them.
#[test]
fn what_is_proposed_on_the_demo_year_passes_the_checker() {
    let made = demo();
    let eligibility = Eligibility::new(&made.dataset);
    let selection = &made.allocation.selection;
    let all = posts(&eligibility, selection);
    let mut proposed = 0;
    for (number, post) in all.into_iter().enumerate().step_by(3) {
        let first_day = eligibility.engagement(post).first_day.to_string();
        let on = (number % 2 == 0).then_some(first_day.as_str());
        let vacancy = vacancy(&eligibility, selection, post, on);
        for one in stand_in::proposals(&eligibility, selection, &vacancy) {
            holds(&eligibility, selection, &vacancy, &one);
            if let Some(on) = vacancy.on {
                let begun = |held: usize| eligibility.engagements[held].first_day < on;
                assert!(
                    one.moves
                        .iter()
                        .filter_map(|step| step.gives_up)
                        .all(|held| !begun(held))
                );
                let leads = |at: usize| eligibility.engagements[at].role == Role::Lead;
                if leads(vacancy.engagement) {
                    assert!(one.unprepared >= 2, "nobody prepares on a day that is past");
                }
            }
            proposed += 1;
        }
    }
    println!("{proposed} proposals");
    assert!(proposed > 100);
}

/// A changed result is as sound as the one that it comes of, in every figure: after all tiers
/// and after T3.
#[test]
fn the_checker_finds_no_fault_in_a_changed_result() {
    let (mut changes, mut kept, mut not_known) = (0, 0, 0);
    for seed in 1..=8 {
        let options = if seed % 2 == 0 {
            after_t3()
        } else {
            Options::default()
        };
        let made = Made::of(year(&Spec::sized(seed, 8, 8, 16)), options);
        let eligibility = Eligibility::new(&made.dataset);
        let selection = &made.allocation.selection;
        for post in posts(&eligibility, selection) {
            let vacancy = vacancy(&eligibility, selection, post, None);
            if vacancy.pinned.is_some() {
                continue;
            }
            let proposals = stand_in::proposals(&eligibility, selection, &vacancy);
            for one in proposals.iter().take(2) {
                let after = one.applied(&eligibility, selection, &vacancy);
                let allocation = changed(&eligibility, &made.allocation, &made.options, after);
                let files = report::files(&Run {
                    eligibility: &eligibility,
                    allocation: &allocation,
                    shortfalls: &made.shortfalls,
                    options: &made.options,
                });
                let (_place, result) = written(&files);
                let findings = verify(&made.dataset, &result).expect("a result");
                assert!(findings.is_empty(), "seed {seed}: {one:?}: {findings:#?}");
                changes += 1;
                // Where the change costs more than T7 was allowed, its bound says nothing.
                let allowed = |was: &Allocation| {
                    let percent = made.dataset.policy.tolerance.cost_percent;
                    let reached = was.tier(Tier::T6).reached.unwrap_or(f64::INFINITY);
                    allocation.tier(Tier::T6).value <= reached * (1.0 + percent / 100.0) + 1e-6
                };
                match made.allocation.tier(Tier::T7).bound {
                    Some(bound) if allowed(&made.allocation) => {
                        assert_eq!(allocation.tier(Tier::T7).bound, Some(bound));
                        kept += 1;
                    }
                    Some(_) => {
                        assert_eq!(allocation.tier(Tier::T7).status, Status::Off);
                        not_known += 1;
                    }
                    None => {}
                }
            }
        }
    }
    println!("{changes} changed results; T7's bound holds in {kept}, not in {not_known}");
    assert!(changes > 40 && kept > 5 && not_known > 5);
}

fn answer(inspection: &str, inspector: &str, on: Option<&str>) -> (String, serde_json::Value) {
    let made = demo();
    let eligibility = Eligibility::new(&made.dataset);
    let selection = &made.allocation.selection;
    let post = posts(&eligibility, selection).into_iter().find(|post| {
        let row = made
            .dataset
            .inspection(eligibility.engagement(*post).inspection);
        row.id == inspection && made.dataset.inspector(post.person).id == inspector
    });
    let vacancy = vacancy(&eligibility, selection, post.expect("a post"), on);
    let proposals = stand_in::proposals(&eligibility, selection, &vacancy);
    let answered = Answered {
        eligibility: &eligibility,
        selection,
        vacancy: &vacancy,
        proposals: &proposals,
        reserves: &[],
    };
    (stand_in::text(&answered), stand_in::json(&answered))
}

#[test]
fn stand_ins_on_the_demo_year() {
    insta::assert_snapshot!("stand-in-people", answer("P062", "I007", None).0);
    insta::assert_snapshot!(
        "stand-in-late",
        answer("P012", "I025", Some("2026-06-19")).0
    );
    insta::assert_snapshot!("stand-in-chains", answer("P010", "I014", None).0);
    insta::assert_snapshot!("stand-in-nobody", answer("P013", "I019", None).0);
    let json = answer("P010", "I014", Some("2026-05-20")).1;
    insta::assert_snapshot!("stand-in-json", format!("{json:#}"));
}

#[test]
fn no_stand_in_is_looked_for_where_nothing_is_vacant() {
    let made = demo();
    let eligibility = Eligibility::new(&made.dataset);
    let selection = &made.allocation.selection;
    let ask = |inspection: &str, inspector: &str, on: Option<&str>| {
        let rows = made.dataset.inspection_ixs();
        let inspection = rows
            .into_iter()
            .find(|ix| made.dataset.inspection(*ix).id == inspection);
        let people = made.dataset.inspector_ixs();
        let inspector = people
            .into_iter()
            .find(|ix| made.dataset.inspector(*ix).id == inspector);
        let on = on.map(|on| on.parse().expect("a date"));
        let (inspection, inspector) = (inspection.expect("known"), inspector.expect("known"));
        Vacancy::find(&eligibility, selection, inspection, inspector, on).expect_err("refused")
    };
    let begun = ask("P012", "I025", Some("2026-06-23"));
    assert!(matches!(begun, Refusal::Begun { .. }), "{begun}");
    let other = ask("P012", "I001", None);
    assert!(
        other
            .to_string()
            .starts_with("I001 holds no post of P012; I025"),
        "{other}"
    );
    let short = ask("P014", "I001", None);
    assert!(matches!(short, Refusal::NotAttended { .. }), "{short}");
}

#[test]
fn what_falls_due_in_the_demo_year() {
    let made = demo();
    let eligibility = Eligibility::new(&made.dataset);
    let due_on = |on: &str, days: u16| {
        let on = on.parse().expect("a date");
        let (plan, shortfalls) = (&made.allocation.plan, &made.shortfalls);
        let all = due::due(&eligibility, plan, shortfalls, on, days);
        (
            due::text(&made.dataset, &all, on, days),
            due::json(&made.dataset, &all, on, days),
        )
    };
    insta::assert_snapshot!("due-september", due_on("2026-09-01", 30).0);
    insta::assert_snapshot!("due-nothing", due_on("2027-12-01", 14).0);
    insta::assert_snapshot!("due-json", format!("{:#}", due_on("2026-09-01", 3).1));
}

/// The small year with its standalone not yet named.
#[test]
fn what_falls_due_of_a_standalone() {
    let mut files = small_year::small_year();
    let programme = files.get_mut("programme.csv").expect("a programme");
    let text = String::from_utf8(programme.clone()).expect("UTF-8");
    let named = "2026-07-01,,,2026-06-01";
    assert!(text.contains(named));
    *programme = text.replace(named, ",,,").into_bytes();
    let loaded = muster::check::read_from(&files);
    let made = Made::of(loaded.dataset.expect("a sound year"), Options::default());
    let eligibility = Eligibility::new(&made.dataset);
    let due_on = |on: &str| {
        let on = on.parse().expect("a date");
        let (plan, shortfalls) = (&made.allocation.plan, &made.shortfalls);
        let all = due::due(&eligibility, plan, shortfalls, on, 120);
        due::text(&made.dataset, &all, on, 120)
    };
    insta::assert_snapshot!("due-standalone", due_on("2026-08-01"));
}

/// Every command of the page is run, in its order, on what the page says it is for.
#[test]
fn the_page_on_stand_ins_does_what_it_says() {
    let place = Place::of(&Spec::demo());
    let files = demo_result();
    std::fs::rename(place.dataset(), place.path().join("2026-27")).expect("renamed");
    let ours: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    report::folder::write(&place.result(), &files, &ours, false).expect("written");
    let page = include_str!("../docs/stand-in.md");
    let commands: Vec<Vec<&str>> = page
        .lines()
        .filter_map(|line| line.strip_prefix("muster "))
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(commands.len(), 6);
    for command in &commands {
        let (said, _) = run(&place, command, 0);
        assert!(!said.contains("Nobody can take"), "{said}");
    }
}

/// A small year allocated by the program in a folder of its own.
fn place() -> (Place, PathBuf) {
    let place = Place::of(&Spec::sized(1, 8, 8, 16));
    place.allocate().arg("--quiet").assert().success();
    let result = place.result();
    (place, result)
}

fn run(place: &Place, arguments: &[&str], code: i32) -> (String, String) {
    let mut command = program::muster();
    let command = command.current_dir(place.path()).args(arguments);
    let output = command.assert().code(code).get_output().clone();
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr))
}

#[test]
fn the_program_answers_and_makes_the_change() {
    let (place, result) = place();
    let before = contents(&result);
    let (due, nothing) = run(
        &place,
        &["due", "dataset", "result", "--on", "01/09/2026"],
        0,
    );
    assert!(
        due.contains("from 2026-09-01 to 2026-09-15") && nothing.is_empty(),
        "{due}"
    );
    let (due, _) = run(&place, &["due", "dataset", "result", "--format", "json"], 0);
    assert!(due.contains("\"marking\": \"OFFICIAL-SENSITIVE\""));

    // Some post of this year can be taken by somebody.
    let taken = program::rows(&result.join("allocations.csv"))
        .into_iter()
        .find(|row| {
            let ask = ["stand-in", "dataset", "result", "--format", "json"];
            let ask = [&ask[..], &["--inspection", &row["inspection_id"]]].concat();
            let (text, _) = run(
                &place,
                &[&ask[..], &["--inspector", &row["inspector_id"]]].concat(),
                0,
            );
            let answer: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            let free = answer["pinned_in_line"].is_null();
            free && answer["proposals"]
                .as_array()
                .is_some_and(|all| !all.is_empty())
        });
    let row = taken.expect("a post that somebody can take");
    let ask = [
        "stand-in",
        "dataset",
        "result",
        "--inspection",
        &row["inspection_id"],
    ];
    let ask = [&ask[..], &["--inspector", &row["inspector_id"]]].concat();
    let (told, _) = run(
        &place,
        &[&ask[..], &["--take", "1", "--out", "result-2"]].concat(),
        0,
    );
    assert!(
        told.contains("To be told:") && told.contains(&row["inspector_id"]),
        "{told}"
    );
    let (checked, _) = run(&place, &["verify", "dataset", "result-2"], 0);
    assert!(checked.contains("Every rule is kept"), "{checked}");
    assert_ne!(contents(&place.path().join("result-2")), before);
    assert_eq!(
        contents(&result),
        before,
        "the result that was asked is as it was"
    );
    // Once there, it is not replaced.
    let again = [&ask[..], &["--take", "1", "--out", "result-2"]].concat();
    assert!(run(&place, &again, 4).1.contains("--force"));
    let many = [&ask[..], &["--take", "999", "--out", "result-3"]].concat();
    assert!(run(&place, &many, 2).1.contains("there is no proposal 999"));
    assert_eq!(names(place.path()), ["dataset", "result", "result-2"]);
}

#[test]
fn the_program_says_what_is_wrong_with_a_question() {
    let (place, result) = place();
    let row = program::rows(&result.join("allocations.csv")).remove(0);
    let id = format!("{}x", row["inspection_id"]);
    let ask = |inspection: &str, inspector: &str| {
        let ask = ["stand-in", "dataset", "result", "--inspection", inspection];
        run(&place, &[&ask[..], &["--inspector", inspector]].concat(), 2).1
    };
    let why = ask(&id, &row["inspector_id"]);
    assert!(
        why.contains("the dataset has no inspection") && why.contains("did you mean"),
        "{why}"
    );
    let why = ask(&row["inspection_id"], "nobody at all");
    assert_eq!(
        why,
        "muster: the dataset has no inspector \"nobody at all\"\n"
    );
    let (_, why) = run(&place, &["due", "dataset", "result", "--on", "soon"], 2);
    assert!(why.contains("is not a date"), "{why}");
    let (_, why) = run(&place, &["due", "dataset", "dataset"], 2);
    assert!(why.contains("M0801"), "{why}");
}

/// A proposal that is saved, applied and allocated anew is kept, and costs nothing in T1 to T3.
#[test]
fn the_next_run_keeps_a_saved_stand_in() {
    let mut kept = 0;
    for seed in 1..=6 {
        let spec = Spec::sized(seed, 8, 8, 16);
        let made = Made::of(year(&spec), after_t3());
        let files: BTreeMap<String, Vec<u8>> = muster::demo::generate(&spec)
            .into_iter()
            .map(|(name, text)| (name.to_owned(), text.into_bytes()))
            .collect();
        let eligibility = Eligibility::new(&made.dataset);
        let selection = &made.allocation.selection;
        for post in posts(&eligibility, selection).into_iter().step_by(3) {
            let vacancy = vacancy(&eligibility, selection, post, None);
            let proposals = stand_in::proposals(&eligibility, selection, &vacancy);
            let Some(first) = proposals.first() else {
                continue;
            };
            let saved = stand_in::change_file(&eligibility, &vacancy, first).to_toml();
            let mut diagnostics = Diagnostics::default();
            let read = change::read_text("saved.toml", saved, &mut diagnostics);
            let changes = read.expect("a change file that can be read").changes;
            let changed = change::apply(&files, &changes).expect("changes that can be made");
            let loaded = muster::check::read_from(&changed.files);
            let dataset = loaded.dataset.expect("a sound year");
            let again = allocated(&dataset, &after_t3(), &Stop::never());
            for tier in [Tier::T1, Tier::T2, Tier::T3] {
                let before = made.allocation.tier(tier).value;
                assert!(again.tier(tier).value <= before, "seed {seed}: {first:?}");
            }
            let of_first = &eligibility.engagements[first.moves[0].takes];
            let held = again.plan.posts().any(|(post, _)| {
                post.inspection == of_first.inspection && post.inspector == first.moves[0].person
            });
            assert!(held, "seed {seed}: {first:?}");
            kept += 1;
        }
    }
    println!("{kept} kept");
    assert!(kept > 20, "{kept}");
}
