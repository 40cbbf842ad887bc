//! `muster diff` as its users meet it: two results, two datasets, and what can't be compared.

mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use program::{Place, contents, muster, rows};
use tempfile::TempDir;

/// What `muster diff` prints in `folder`, when it ends with `code`.
fn said(folder: &Path, code: i32, arguments: &[&str]) -> (String, String) {
    let mut command = muster();
    let command = command.current_dir(folder).arg("diff").args(arguments);
    let output = command.assert().code(code).get_output().clone();
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr))
}

const HEADER: &str = "inspection_id,establishment_id,kind,role,inspector_id,inspector_name,grade,attend_from,attend_to,week,lead_name_due,report_due,cost,marking\n";

/// A folder with an `allocations.csv` of rows 'inspection role inspector first last'.
fn result(place: &Path, name: &str, posts: &[&str]) {
    let row = |post: &&str| {
        let [inspection, role, inspector, first, last] = post.split(' ').collect::<Vec<_>>()[..]
        else {
            panic!("{post}");
        };
        format!(
            "{inspection},site-{inspection},full,{role},{inspector},Name of {inspector},OI,{first},{last},normal,,,1.00,OFFICIAL-SENSITIVE\n"
        )
    };
    let text: String = posts.iter().map(row).collect();
    fs::create_dir(place.join(name)).expect("a folder");
    fs::write(
        place.join(name).join("allocations.csv"),
        format!("{HEADER}{text}"),
    )
    .expect("a file");
}

fn two_results() -> TempDir {
    let place = tempfile::tempdir().expect("a folder");
    let was = [
        "P01 lead I001 2026-09-14 2026-09-17",
        "P01 team I002 2026-09-14 2026-09-17",
        "P02 lead I003 2026-10-05 2026-10-08",
        "P03 lead I001 2026-11-02 2026-11-05",
    ];
    let now = [
        "P01 lead I001 2026-09-14 2026-09-17",
        "P01 team I004 2026-09-14 2026-09-17",
        "P02 lead I003 2026-10-12 2026-10-15",
        "P03 lead I002 2026-11-02 2026-11-05",
        "P03 team I001 2026-11-02 2026-11-05",
    ];
    result(place.path(), "was", &was);
    result(place.path(), "now", &now);
    place
}

#[test]
fn two_results_are_told_by_inspection_and_by_person() {
    let place = two_results();
    let (text, _) = said(place.path(), 0, &["was", "now", "--save", "changes.csv"]);
    insta::assert_snapshot!("diff-results", text);
    let csv = fs::read_to_string(place.path().join("changes.csv")).expect("changes.csv");
    insta::assert_snapshot!("diff-changes", csv);
    let (json, _) = said(place.path(), 0, &["was", "now", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["changes"].as_array().map(Vec::len), Some(7));
    // What is there is kept, unless it is to be replaced.
    let (_, error) = said(place.path(), 4, &["was", "now", "--save", "changes.csv"]);
    assert!(error.contains("--force"), "{error}");
    said(
        place.path(),
        0,
        &["was", "now", "--save", "changes.csv", "--force"],
    );
}

#[test]
fn a_result_does_not_differ_from_itself() {
    let place = two_results();
    let (text, _) = said(place.path(), 0, &["now", "now"]);
    assert_eq!(
        text,
        "OFFICIAL-SENSITIVE\nPosts: 0 new, 0 released, 0 moved, 5 unchanged.\n"
    );
}

/// A year, and a copy of it in `later`.
fn with_copy() -> Place {
    let place = Place::small(3);
    let later = place.path().join("later");
    fs::create_dir(&later).expect("a folder");
    for (name, bytes) in contents(&place.dataset()) {
        fs::write(later.join(name), bytes).expect("a copy");
    }
    place
}

fn edit(file: &Path, change: impl Fn(&str) -> String) {
    let text = fs::read_to_string(file).expect("a file");
    let changed = change(&text);
    assert_ne!(text, changed, "{}", file.display());
    fs::write(file, changed).expect("written");
}

#[test]
fn two_datasets_are_told_file_by_file() {
    let place = with_copy();
    let (before, later) = (place.dataset(), place.path().join("later"));
    let same = said(place.path(), 0, &["dataset", "later"]).0;
    assert_eq!(same, "OFFICIAL-SENSITIVE\nNothing differs.\n");

    let people = rows(&before.join("inspectors.csv"));
    let (first, last) = (&people[0], &people[people.len() - 1]);
    let days = first["max_days"].parse::<u32>().expect("a number");
    edit(&later.join("inspectors.csv"), |text| {
        let header = text.lines().next().expect("a header");
        let at = header
            .split(',')
            .position(|name| name == "max_days")
            .expect("a column");
        let line = |(number, line): (usize, &str)| {
            let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
            if number == 1 {
                cells[at] = (days + 7).to_string();
            }
            cells.join(",") + "\n"
        };
        text.lines().enumerate().map(line).collect()
    });
    edit(&later.join("availability.csv"), |text| {
        format!(
            "{text}{},2026-07-06,2026-07-10,unavailable,an operation\n",
            last["inspector_id"]
        )
    });
    edit(&later.join("policy.toml"), |text| {
        text.replace("as_of = \"\"", "as_of = \"2026-06-01\"")
    });
    let (text, _) = said(place.path(), 0, &["dataset", "later"]);
    let max_days = format!(
        "changed  {} max_days: {days} → {}",
        first["inspector_id"],
        days + 7
    );
    assert!(text.contains(&max_days), "{text}");
    let away = format!(
        "new      {}, 2026-07-06, 2026-07-10, unavailable\n",
        last["inspector_id"]
    );
    assert!(text.contains(&away), "{text}");
    assert!(
        text.contains("changed  as_of: \"\" → \"2026-06-01\"\n"),
        "{text}"
    );
    assert!(!text.contains("operation"), "{text}");
    assert_eq!(
        text.matches("changed  ").count() + text.matches("new  ").count(),
        3,
        "{text}"
    );
    // The other way round what was new is gone.
    let (back, _) = said(place.path(), 0, &["later", "dataset"]);
    assert!(back.contains(&away.replace("new ", "gone")), "{back}");
    let (json, _) = said(place.path(), 0, &["dataset", "later", "--format", "json"]);
    let json: BTreeMap<String, serde_json::Value> = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["files"].as_array().map(Vec::len), Some(3));
}

#[test]
fn what_can_not_be_compared_is_told() {
    let place = two_results();
    fs::create_dir(place.path().join("empty")).expect("a folder");
    for (folders, what) in [
        (["was", "empty"], "neither a dataset"),
        (["nowhere", "now"], "nowhere"),
    ] {
        let (_, error) = said(place.path(), 2, &folders);
        assert!(error.contains(what), "{error}");
    }
    let broken = place.path().join("now/allocations.csv");
    edit(&broken, |text| {
        text.replace("2026-10-15", "2026-13-15")
            .replace(",lead,I002", ",boss,I002")
    });
    let (_, error) = said(place.path(), 2, &["was", "now"]);
    // Both in one go, with their lines.
    assert!(
        error.contains("2026-13-15") && error.contains("boss"),
        "{error}"
    );
    assert!(
        error.contains("allocations.csv:4") && error.contains("allocations.csv:5"),
        "{error}"
    );

    let year = Place::small(3);
    result(year.path(), "result", &[]);
    let (_, error) = said(year.path(), 2, &["dataset", "result"]);
    assert!(error.contains("two of a kind"), "{error}");
    let (_, error) = said(year.path(), 2, &["dataset", "dataset", "--save", "x.csv"]);
    assert!(error.contains("two results"), "{error}");
    assert!(!year.path().join("x.csv").exists());
}
