//! The command line as a whole: what each command prints, what it leaves, and how it ends.

mod program;
mod small_year;

use std::fs;
use std::path::Path;

use assert_cmd::assert::OutputAssertExt as _;
use program::{Place, RESULT_FILES, contents, muster, names, program, without_seconds};
use small_year::small_year;

const COMMANDS: [&str; 24] = [
    "demo",
    "template",
    "check",
    "allocate",
    "replan",
    "stress",
    "suggest",
    "cadre",
    "whatif",
    "merge",
    "verify",
    "explain",
    "why-not",
    "remedies",
    "diff",
    "due",
    "stand-in",
    "pack",
    "apply",
    "ledger",
    "purge",
    "explain-code",
    "completions",
    "man",
];

/// What `command` prints, when it ends with `code`: the standard output, then the standard
/// error.
fn printed(command: &mut assert_cmd::Command, code: i32) -> (String, String) {
    let output = command.assert().code(code).get_output().clone();
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr))
}

/// What `muster` with `arguments` prints, when it ends with `code`.
fn said(arguments: &[&str], code: i32) -> (String, String) {
    printed(muster().args(arguments), code)
}

#[test]
fn help_names_every_command_and_every_exit_code() {
    let (help, nothing) = said(&["--help"], 0);
    assert!(help.lines().count() <= 46, "{help}");
    for command in COMMANDS {
        assert!(help.contains(&format!("\n  {command}")), "{command}");
    }
    for code in ["0", "1", "2", "3", "4", "70", "130"] {
        assert!(help.contains(&format!("\n  {code} ")), "{code}");
    }
    assert_eq!(nothing, "");
}

#[test]
fn help_of_every_command_has_an_example() {
    for command in COMMANDS {
        let (help, _) = said(&[command, "--help"], 0);
        assert!(help.contains("Example"), "{command}");
        assert!(help.contains(&format!("\n  muster {command}")), "{command}");
    }
}

#[test]
fn mistakes_on_the_command_line_end_with_2() {
    for arguments in [
        &["alocate"][..],
        &[],
        &["allocate", "somewhere"],
        &[
            "allocate",
            "somewhere",
            "--out",
            "x",
            "--time-limit",
            "soon",
        ],
        &["allocate", "somewhere", "--out", "x", "--stop-after", "T4"],
        &["allocate", "somewhere", "--out", "x", "--gap", "T6=much"],
        &["allocate", "somewhere", "--out", "x", "--threads", "0"],
        &["completions", "word"],
    ] {
        let (nothing, why) = said(arguments, 2);
        assert!(nothing.is_empty() && !why.is_empty(), "{arguments:?}");
    }
}

#[test]
fn version_completions_and_manual_are_printed() {
    let (version, _) = said(&["--version"], 0);
    assert_eq!(
        version.trim(),
        format!("muster {}", env!("CARGO_PKG_VERSION"))
    );
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (script, _) = said(&["completions", shell], 0);
        assert!(script.contains("explain-code"), "{shell}");
    }
    let (page, _) = said(&["man"], 0);
    assert!(page.contains(".TH muster 1"));
    assert!(page.contains("fail\\-on\\-shortfall") && page.contains("Exit codes"));
}

#[test]
fn codes_are_explained() {
    let (one, _) = said(&["explain-code", "M0701"], 0);
    assert!(one.starts_with("M0701: "), "{one}");
    let (all, _) = said(&["explain-code"], 0);
    assert_eq!(all, include_str!("../docs/diagnostics.md"));
    let (nothing, why) = said(&["explain-code", "M071"], 2);
    assert!(
        nothing.is_empty() && why.contains("did you mean M07"),
        "{why}"
    );
}

#[test]
fn a_template_is_whole_and_its_check_says_what_to_fill_in() {
    let place = tempfile::tempdir().unwrap();
    let template = |code, more: &[&str]| {
        let mut command = muster();
        let command = command.current_dir(place.path());
        printed(command.args(["template", "year"]).args(more), code)
    };
    let guide = Path::new("year").join("README.txt");
    assert!(template(0, &[]).0.contains(&guide.display().to_string()));
    let first = contents(&place.path().join("year"));
    assert!(first.contains_key("policy.toml") && first.contains_key("programme.csv"));
    assert!(template(4, &[]).1.contains("--force"));
    template(0, &["--force"]);
    assert_eq!(contents(&place.path().join("year")), first);
    let mut check = muster();
    let check = check.current_dir(place.path()).args(["check", "year"]);
    let (_, why) = printed(check, 2);
    assert!(why.contains("programme.csv has no inspections"), "{why}");
    assert!(why.contains("enter the programme"), "{why}");
    assert!(why.ends_with("1 error in 1 file\n"), "{why}");
    // An empty year is a mistake, not a year in which all went well.
    let mut allocate = muster();
    let allocate = allocate.current_dir(place.path());
    let (nothing, why) = printed(allocate.args(["allocate", "year", "--out", "result"]), 2);
    assert!(nothing.is_empty() && why.contains("M0518"), "{why}");
    assert_eq!(names(place.path()), ["year"]);
    // What somebody has put beside is never replaced.
    fs::write(place.path().join("year/diary.txt"), "mine").unwrap();
    assert!(template(4, &["--force"]).1.contains("other files"));
}

#[test]
fn check_tells_for_people_and_for_programs() {
    let sound = Place::holding(&small_year());
    let check = |place: &Place, more: &[&str], code| {
        let mut command = muster();
        command.current_dir(place.path()).args(["check", "dataset"]);
        printed(command.args(more), code)
    };
    let nothing = (String::from("Nothing is wrong or odd.\n"), String::new());
    assert_eq!(check(&sound, &[], 0), nothing);
    let mut wrong = small_year();
    let programme = wrong.get_mut("programme.csv").unwrap();
    let text = String::from_utf8_lossy(programme).replacen("P2,birch", "P2,brich", 1);
    *programme = text.into_bytes();
    let wrong = Place::holding(&wrong);
    let (_, drawn) = check(&wrong, &[], 2);
    assert!(
        drawn.contains("programme.csv:3:4") && drawn.contains("birch"),
        "{drawn}"
    );
    assert!(!drawn.contains('\u{1b}'), "no colours where nobody looks");
    let (json, _) = check(&wrong, &["--format", "json"], 2);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json.to_string().contains("programme.csv"), "{json}");
    let (json, _) = check(&sound, &["--format", "json"], 0);
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
}

#[test]
fn a_dataset_that_is_wrong_or_missing_ends_with_2_and_writes_nothing() {
    let place = Place::small(1);
    fs::write(place.dataset().join("programme.csv"), "inspection_id\n").unwrap();
    let (_, why) = printed(&mut place.allocate(), 2);
    assert!(why.contains("programme.csv"), "{why}");
    assert!(!place.result().exists());
    fs::remove_dir_all(place.dataset()).unwrap();
    let (_, why) = printed(&mut place.allocate(), 2);
    assert!(why.contains("doesn't exist"), "{why}");
    assert_eq!(names(place.path()), [""; 0]);
}

#[test]
fn a_result_is_whole_private_and_accepted() {
    let place = Place::small(3);
    let (out, progress) = printed(&mut place.allocate(), 0);
    assert!(out.contains("Attended") && out.contains("Proven"), "{out}");
    assert!(
        progress.contains("T1 ") && progress.contains("T8 "),
        "{progress}"
    );
    assert_eq!(names(&place.result()), RESULT_FILES);
    assert_eq!(names(place.path()), ["dataset", "result"]);
    let (verdict, nothing) = printed(&mut place.verify(), 0);
    assert_eq!(verdict, "Every rule is kept, and every figure is right.\n");
    assert_eq!(nothing, "");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let rights = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(rights(place.result()), 0o700);
        for file in RESULT_FILES {
            assert_eq!(rights(place.result().join(file)), 0o600, "{file}");
        }
    }
}

#[test]
fn the_lines_on_the_terminal_are_those_of_the_golden_file() {
    let place = Place::small(3);
    let (out, _) = printed(&mut place.allocate(), 0);
    insta::assert_snapshot!("terminal", out);
    // What is left aside is said too.
    let (out, _) = printed(place.allocate().args(["--force", "--stop-after", "T3"]), 0);
    insta::assert_snapshot!("terminal-stopped-after-t3", out);
}

#[test]
fn an_existing_result_is_replaced_by_force_only() {
    let place = Place::small(1);
    printed(place.allocate().args(["--stop-after", "T1"]), 0);
    let before = contents(&place.result());
    let (_, why) = printed(&mut place.allocate(), 4);
    assert!(
        why.contains("result exists already") && why.contains("--force"),
        "{why}"
    );
    assert_eq!(contents(&place.result()), before);
    printed(place.allocate().arg("--force"), 0);
    assert_ne!(contents(&place.result()), before);
    fs::write(place.result().join("diary.txt"), "mine").unwrap();
    let mixed = contents(&place.result());
    let (_, why) = printed(place.allocate().arg("--force"), 4);
    assert!(why.contains("other files"), "{why}");
    assert_eq!(contents(&place.result()), mixed);
}

#[test]
fn a_shortfall_ends_with_1_where_that_is_asked() {
    let place = Place::small(1);
    let (out, _) = printed(place.allocate().arg("--fail-on-shortfall"), 1);
    assert!(out.contains("to be raised with MoJ"), "{out}");
    printed(&mut place.verify(), 0);
}

#[test]
fn time_that_runs_out_ends_with_3_and_a_valid_result() {
    for seed in 1..=5 {
        let place = Place::small(seed);
        let (out, _) = printed(place.allocate().args(["--time-limit", "0.001s"]), 3);
        assert!(out.contains("Stopped"), "{out}");
        assert!(out.contains("(not minimised)"), "{out}");
        let summary = fs::read(place.result().join("summary.json")).unwrap();
        let summary: serde_json::Value = serde_json::from_slice(&summary).unwrap();
        assert_eq!(summary["interrupted"], true);
        printed(&mut place.verify(), 0);
    }
}

#[test]
fn time_that_runs_out_is_soon_over_in_a_whole_year_too() {
    let place = Place::of(&muster::demo::Spec::demo());
    let begun = std::time::Instant::now();
    printed(place.allocate().args(["--time-limit", "1s"]), 3);
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    printed(&mut place.verify(), 0);
}

#[test]
fn a_damaged_result_is_refused_with_1_and_none_with_2() {
    let place = Place::small(3);
    let (_, why) = printed(&mut place.verify(), 2);
    assert!(why.contains("can't be read"), "{why}");
    fs::create_dir(place.result()).unwrap();
    let (_, why) = printed(&mut place.verify(), 2);
    assert!(why.contains("holds no result"), "{why}");
    printed(place.allocate().args(["--stop-after", "T3", "--force"]), 0);
    let path = place.result().join("workload.csv");
    let text = fs::read_to_string(&path).unwrap();
    let damaged: Vec<_> = text.lines().take(3).collect();
    fs::write(&path, damaged.join("\n") + "\n").unwrap();
    let (found, _) = printed(&mut place.verify(), 1);
    assert!(
        found.contains("workload.csv") && found.contains("fault"),
        "{found}"
    );
    let (json, _) = printed(place.verify().args(["--format", "json"]), 1);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(!json["findings"].as_array().unwrap().is_empty());
    fs::remove_file(&path).unwrap();
    let (found, _) = printed(&mut place.verify(), 1);
    assert!(found.contains("workload.csv"), "{found}");
}

#[test]
fn for_programs_the_summary_is_printed_and_quiet_is_silent() {
    let place = Place::small(3);
    let (json, nothing) = printed(place.allocate().args(["--format", "json", "--quiet"]), 0);
    assert_eq!(nothing, "");
    let written = fs::read_to_string(place.result().join("summary.json")).unwrap();
    assert_eq!(json, written);
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
}

#[test]
fn the_same_bytes_twice_and_with_any_number_of_threads() {
    for seed in [1, 2, 3] {
        let place = Place::small(seed);
        printed(&mut place.allocate(), 0);
        let first = without_seconds(&place.result());
        for threads in [&[][..], &["--threads", "1"], &["--threads", "2"]] {
            printed(place.allocate().arg("--force").args(threads), 0);
            let again = without_seconds(&place.result());
            for (name, bytes) in &first {
                assert!(again[name] == *bytes, "seed {seed} {threads:?}: {name}");
            }
            assert_eq!(again.len(), first.len());
        }
    }
}

#[test]
fn the_demo_year_is_written_and_allocated() {
    let place = tempfile::tempdir().unwrap();
    let demo = |more: &[&str]| {
        let mut command = muster();
        let command = command.current_dir(place.path());
        command.args(["demo", "--stop-after", "T3"]).args(more);
        command.output().unwrap()
    };
    let output = demo(&[]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(
        text.contains("T1 best, T2 best, T3 best, T6 not asked"),
        "{text}"
    );
    let written = contents(&place.path().join("muster-demo/dataset"));
    let kept = contents(std::path::Path::new("data/demo"));
    assert!(written == kept, "the demo dataset differs from data/demo");
    let mut verify = muster();
    verify.current_dir(place.path());
    let verify = verify.args(["verify", "muster-demo/dataset", "muster-demo/result"]);
    assert_eq!(
        printed(verify, 0).0,
        "Every rule is kept, and every figure is right.\n"
    );
    let output = demo(&[]);
    assert_eq!(output.status.code(), Some(4), "not over what is there");

    let result = place.path().join("muster-demo/result");
    let first = without_seconds(&result);
    let output = demo(&["--force", "--threads", "1"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        without_seconds(&result) == first,
        "another result with one thread"
    );
}

#[test]
fn a_reader_who_closes_the_pipe_is_no_fault() {
    let mut command = std::process::Command::new(program());
    command
        .arg("explain-code")
        .stdout(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    child.wait_with_output().unwrap().assert().code(0);
}
