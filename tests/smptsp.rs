//! Published instances of fixed tasks and qualified staff: what is found holds, whoever made it.
//!
//! The instances are others' and not part of Muster: `MUSTER_INSTANCES=DIR` names a folder with
//! them. Without it they are skipped, and that is said. The quick run takes the smallest tenth of
//! them, `MUSTER_PROOF=full` all.

mod program;
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use program::said;
use serde_json::Value;
use support::share::share_of;
use support::staffed::Instance;

/// Two people who can hold all, and one who is not needed.
const SMALL: &str = "# three tasks\nType = 1\nJobs = 3\n 0 4\n 2 6\n 4 9\n\
                     Qualifications = 3\n2: 0 2\n2: 1 2\n1: 1\n";

/// Has the answer be right, and its figures.
fn check(text: &str, found: &Value) {
    let instance = Instance::read(text);
    let holders: Vec<usize> = serde_json::from_value(found["holders"].clone()).expect("holders");
    let people = instance.staffed_by(&holders).expect("it holds");
    assert_eq!(found["value"], people);
    assert_eq!(found["bound"], instance.most_at_once());
}

#[test]
fn a_small_instance_is_solved_and_damage_is_told() {
    let place = tempfile::tempdir().expect("a folder");
    let write = |text: &str| fs::write(place.path().join("small.dat"), text).expect("written");
    write(SMALL);
    let (json, _) = said(
        place.path(),
        0,
        &["smptsp", "small.dat", "--format", "json"],
    );
    let found: Value = serde_json::from_str(&json).expect("JSON");
    check(SMALL, &found);
    assert_eq!(
        (&found["value"], &found["bound"]),
        (&Value::from(2), &Value::from(2))
    );
    let (text, _) = said(place.path(), 0, &["smptsp", "small.dat"]);
    assert!(
        text.starts_with("3 tasks, 3 people: 2 hold all, at least 2 must"),
        "{text}"
    );
    write(&SMALL.replace("2: 1 2", "3: 1 2"));
    let (_, error) = said(place.path(), 2, &["smptsp", "small.dat"]);
    assert!(
        error.contains("line 9: the count is not that of the jobs"),
        "{error}"
    );
    write(&SMALL.replace("2: 0 2", "1: 2"));
    said(place.path(), 4, &["smptsp", "small.dat"]);
    said(place.path(), 2, &["smptsp", "nowhere.dat"]);
}

#[test]
fn published_instances_are_held_right() {
    let Some(folder) = std::env::var_os("MUSTER_INSTANCES") else {
        println!("skipped: MUSTER_INSTANCES names no folder of instances");
        return;
    };
    let mut files: Vec<(u64, PathBuf)> = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "dat") {
                files.push((entry.metadata().expect("a file").len(), path));
            }
        }
    }
    files.sort();
    assert!(!files.is_empty(), "there are no instances");
    let count = share_of(files.len() as u64) as usize;
    let mut proven = 0;
    for (_, path) in files.iter().take(count) {
        let text = fs::read_to_string(path).expect("an instance");
        let name = path.to_string_lossy();
        let ask = ["smptsp", &name, "--time-limit", "2m", "--format", "json"];
        let mut command = program::muster();
        let output = command.args(ask).output().expect("an answer");
        assert!(matches!(output.status.code(), Some(0 | 3)), "{name}");
        let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        check(&text, &found);
        proven += usize::from(found["value"] == found["bound"]);
        let shown = Path::new(path)
            .file_stem()
            .map(|name| name.to_string_lossy().into_owned());
        println!(
            "{} {} {} {}",
            shown.unwrap_or_default(),
            found["value"],
            found["bound"],
            found["seconds"]
        );
    }
    println!("{proven} of {count} proven");
}
