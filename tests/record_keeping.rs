//! The ledger and the purge as their users meet them: what is said, what goes, what stays.

mod program;

use std::fs;
use std::path::{Path, PathBuf};

use muster::change::made;
use muster::domain::Policy;
use muster::ledger::{self, Hashed, Pack, Record};
use program::{RESULT_FILES, contents, muster, names};
use tempfile::TempDir;

/// What `muster` prints in `folder`, when it ends with `code`.
fn said(folder: &Path, code: i32, arguments: &[&str]) -> (String, String) {
    let mut command = muster();
    let output = command
        .current_dir(folder)
        .args(arguments)
        .assert()
        .code(code)
        .get_output()
        .clone();
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr))
}

/// The policy of a year that is kept for two years after it.
fn policy(programme_year: i32) -> Policy {
    Policy {
        programme_year,
        ..Policy::default()
    }
}

/// What says of a folder that Muster wrote it.
fn head(policy: &Policy) -> String {
    let json = serde_json::json!({ "program": "muster", "policy": policy });
    format!("{json:#}\n")
}

fn write(path: PathBuf, text: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn result(folder: PathBuf, year: i32) {
    for name in RESULT_FILES {
        write(folder.join(name), "x\n");
    }
    write(folder.join("summary.json"), head(&policy(year)));
}

fn pack(folder: PathBuf, year: i32) {
    for name in ["moj/shortfall.csv", "moj/groups.csv", "moj/statement.html"] {
        write(folder.join(name), "x\n");
    }
    write(folder.join("pack.json"), head(&policy(year)));
}

fn copy(folder: PathBuf, year: i32) {
    let files = [
        ("policy.toml", format!("programme_year = {year}\n")),
        ("programme.csv", "inspection_id\n".to_owned()),
    ];
    let files = files
        .map(|(name, text)| (name.to_owned(), text.into_bytes()))
        .into();
    for (name, bytes) in &files {
        write(folder.join(name), bytes);
    }
    write(
        folder.join("applied.json"),
        made(&policy(year), &[], &[], &files),
    );
}

/// A folder with old and new ones of each kind, and things that are none of Muster's.
fn archive() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join("archive").join(name);
    result(at("2023/result"), 2023);
    pack(at("2023/pack"), 2023);
    copy(at("2023/copy"), 2023);
    result(at("2026/result"), 2026);
    // A note beside the results of a year is somebody's own, and so is one among them.
    write(at("2023/notes.txt"), "mine");
    result(at("2023/noted"), 2023);
    write(at("2023/noted/notes.txt"), "mine");
    // A copy in which somebody has worked.
    copy(at("2023/worked"), 2023);
    write(at("2023/worked/programme.csv"), "inspection_id\nP1\n");
    // Somebody else's file of that name.
    write(at("other/summary.json"), "{\"program\": \"other\"}");
    write(at("empty/summary.json"), "");
    place
}

const GOING: [&str; 3] = ["copy", "pack", "result"];

#[test]
fn what_is_to_go_is_listed_and_nothing_is_touched_without_yes() {
    let place = archive();
    let (list, nothing) = said(
        place.path(),
        0,
        &["purge", "archive", "--before", "2026-04-01"],
    );
    let here = fs::canonicalize(place.path()).unwrap();
    let here = here.display().to_string();
    let list = list.replace(here.trim_start_matches(r"\\?\"), "HERE");
    insta::assert_snapshot!("purge-list", list.replace('\\', "/"));
    assert_eq!(nothing, "");
    assert_eq!(
        names(&place.path().join("archive/2023/result")),
        RESULT_FILES
    );
    // They are kept until the 31st of March 2026, that day included.
    let arguments = ["purge", "archive", "--before", "2026-03-31", "--yes"];
    let (list, _) = said(place.path(), 0, &arguments);
    assert!(list.ends_with("There is nothing to remove.\n"), "{list}");
}

#[test]
fn what_has_been_kept_long_enough_goes_and_nothing_else() {
    let place = archive();
    let year = place.path().join("archive/2023");
    let before: Vec<_> = ["noted", "worked", "../other"]
        .map(|name| contents(&year.join(name)))
        .into();
    let arguments = [
        "purge",
        "archive",
        "--before",
        "2026-04-01",
        "--yes",
        "--ledger",
        "ledger.jsonl",
    ];
    let (text, why) = said(place.path(), 0, &arguments);
    assert!(text.ends_with("3 folders were removed.\n"), "{text}{why}");
    assert_eq!(names(&year), ["noted", "notes.txt", "worked"]);
    let after: Vec<_> = ["noted", "worked", "../other"]
        .map(|name| contents(&year.join(name)))
        .into();
    assert_eq!(before, after);
    assert!(place.path().join("archive/2026/result/days.csv").exists());
    let lines = ledger::read(&place.path().join("ledger.jsonl")).unwrap();
    let [line] = lines.as_slice() else {
        panic!("one line")
    };
    let Record::Purge { removed, .. } = &line.record else {
        panic!("a purge")
    };
    assert_eq!(
        removed
            .iter()
            .map(|one| one.kind.as_str())
            .collect::<Vec<_>>(),
        GOING
    );
    assert_eq!(removed[1].files, 4);
    // No path in it: people put names into paths.
    assert!(
        !fs::read_to_string(place.path().join("ledger.jsonl"))
            .unwrap()
            .contains("2023/")
    );
    let (text, _) = said(place.path(), 0, &arguments);
    assert!(text.ends_with("There is nothing to remove.\n"), "{text}");
}

#[test]
fn the_ledger_that_the_policy_names_is_used_and_a_damaged_one_keeps_everything() {
    let place = tempfile::tempdir().unwrap();
    let mut kept = policy(2020);
    kept.ledger.path = "ours.jsonl".to_owned();
    let folder = place.path().join("old");
    write(folder.join("summary.json"), head(&kept));
    write(place.path().join("ours.jsonl"), "no ledger\n");
    let arguments = ["purge", "old", "--before", "2026-04-01", "--yes"];
    let (_, why) = said(place.path(), 4, &arguments);
    assert!(why.contains("line 1 was changed"), "{why}");
    assert!(folder.join("summary.json").exists());
    fs::remove_file(place.path().join("ours.jsonl")).unwrap();
    said(place.path(), 0, &arguments);
    assert!(!folder.exists());
    assert_eq!(
        ledger::read(&place.path().join("ours.jsonl"))
            .unwrap()
            .len(),
        1
    );
}

#[cfg(unix)]
#[test]
fn links_are_never_followed() {
    use std::os::unix::fs::symlink;
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    result(at("elsewhere"), 2020);
    fs::create_dir(at("archive")).unwrap();
    symlink(at("elsewhere"), at("archive/link")).unwrap();
    // A result of which one file is a link to somewhere else.
    result(at("archive/result"), 2020);
    fs::remove_file(at("archive/result/days.csv")).unwrap();
    symlink(at("elsewhere/days.csv"), at("archive/result/days.csv")).unwrap();
    let (text, _) = said(
        place.path(),
        0,
        &["purge", "archive", "--before", "2026-04-01", "--yes"],
    );
    assert!(
        text.contains("it holds days.csv, which Muster did not write"),
        "{text}"
    );
    assert!(text.ends_with("There is nothing to remove.\n"), "{text}");
    assert_eq!(names(&at("elsewhere")), RESULT_FILES);
    assert_eq!(names(&at("archive/result")), RESULT_FILES);
}

#[test]
fn a_folder_that_another_run_writes_is_left() {
    let place = tempfile::tempdir().unwrap();
    let folder = fs::canonicalize(place.path()).unwrap().join("old");
    result(folder.clone(), 2020);
    let _busy = muster::report::folder::claim(&folder, &RESULT_FILES, true).unwrap();
    let (_, why) = said(
        place.path(),
        4,
        &["purge", ".", "--before", "2026-04-01", "--yes"],
    );
    assert!(why.contains("another run"), "{why}");
    assert_eq!(names(&folder), RESULT_FILES);
}

#[test]
fn a_result_and_a_changed_dataset_of_the_programs_own_are_known() {
    let place = program::Place::small(3);
    place
        .allocate()
        .args(["--stop-after", "T1", "--quiet"])
        .assert()
        .code(0);
    fs::write(place.path().join("none.toml"), "title = \"Nothing\"\n").unwrap();
    said(
        place.path(),
        0,
        &["apply", "dataset", "none.toml", "--out", "copy"],
    );
    let (text, _) = said(
        place.path(),
        0,
        &["purge", ".", "--before", "2099-01-01", "--yes"],
    );
    assert!(text.contains("2 folders were removed."), "{text}");
    assert_eq!(names(place.path()), ["dataset", "none.toml"]);
}

#[test]
fn the_guides_commands_can_be_followed() {
    let place = tempfile::tempdir().unwrap();
    result(place.path().join("results/2025"), 2025);
    let purge = Record::Purge {
        before: "2026-04-01".parse().unwrap(),
        removed: Vec::new(),
    };
    ledger::append(&place.path().join("ledger.jsonl"), ledger::now(), purge).unwrap();
    let page = include_str!("../docs/records.md");
    let lines: Vec<_> = page
        .lines()
        .filter(|line| line.starts_with("muster "))
        .collect();
    for line in &lines {
        let words: Vec<_> = line.split_whitespace().skip(1).collect();
        said(place.path(), 0, &words);
    }
    assert_eq!(lines.len(), 3);
    assert_eq!(names(&place.path().join("results")), [""; 0]);
}

#[test]
fn a_ledger_is_verified() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("ledger.jsonl");
    let policy = Hashed {
        file: "policy.toml".to_owned(),
        sha256: ledger::sha256(b""),
    };
    for made_for in ["hmip", "confirmation", "hmip"] {
        let pack = Pack {
            made_for: made_for.to_owned(),
            marking: "OFFICIAL".to_owned(),
            version: "0.1.0".to_owned(),
            programme_year: 2026,
            inputs: vec![policy.clone()],
            result: Vec::new(),
            files: Vec::new(),
            shown: None,
            naming_reason: None,
        };
        ledger::append(&path, ledger::now(), Record::Pack(pack)).unwrap();
    }
    let verify = ["ledger", "verify", "ledger.jsonl"];
    let (text, _) = said(place.path(), 0, &verify);
    assert!(
        text.starts_with("3 lines, all as they were written. The last has the SHA-256 "),
        "{text}"
    );
    let lines = fs::read_to_string(&path).unwrap();
    fs::write(&path, lines.replacen("confirmation", "moj", 1)).unwrap();
    assert_eq!(said(place.path(), 1, &verify).0, "line 2 was changed.\n");
    let kept: Vec<_> = lines.lines().skip(1).collect();
    fs::write(&path, kept.join("\n") + "\n").unwrap();
    assert_eq!(
        said(place.path(), 1, &verify).0,
        "a line before line 1 was removed.\n"
    );
    fs::write(&path, &lines[..lines.len() - 9]).unwrap();
    assert!(
        said(place.path(), 1, &verify)
            .0
            .starts_with("line 3 was cut short")
    );
    assert!(
        said(place.path(), 2, &["ledger", "verify", "none.jsonl"])
            .1
            .contains("can't be read")
    );
}
