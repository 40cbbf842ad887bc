//! Files that are missing, or are not what they are called.

use std::path::Path;

use crate::verify::{VerifyError, verify};

use super::sample;

#[test]
fn a_missing_file_is_named() {
    let dataset = sample::dataset();
    for name in sample::files(&dataset).into_keys() {
        let mut files = sample::files(&dataset);
        files.remove(name);
        let rules: Vec<String> = sample::findings(&dataset, &files)
            .into_iter()
            .map(|finding| finding.rule)
            .collect();
        assert_eq!(rules, [name]);
    }
}

#[test]
fn an_empty_folder_or_none_is_an_error() {
    let dataset = sample::dataset();
    let empty = tempfile::tempdir().expect("a temporary folder");
    assert!(matches!(
        verify(&dataset, empty.path()),
        Err(VerifyError::NoResult { .. })
    ));
    assert!(matches!(
        verify(&dataset, Path::new("/no/such/folder")),
        Err(VerifyError::Folder { .. })
    ));
}

#[test]
fn a_folder_called_like_a_file_and_text_that_is_none_are_said() {
    let dataset = sample::dataset();
    let folder = sample::folder(&sample::files(&dataset));
    std::fs::remove_file(folder.path().join("days.csv")).expect("the file");
    std::fs::create_dir(folder.path().join("days.csv")).expect("a folder");
    sample::write(folder.path(), "summary.json", b"{\"tiers\": [");
    sample::write(folder.path(), "workload.csv", b"name\n\xff\xfe\n");
    sample::write(folder.path(), "reserves.csv", b"inspection_id\n");
    let mut rules: Vec<String> = verify(&dataset, folder.path())
        .expect("a result")
        .into_iter()
        .map(|finding| finding.rule)
        .collect();
    rules.sort();
    assert_eq!(
        rules,
        ["days.csv", "reserves.csv", "summary.json", "workload.csv"]
    );
}

#[test]
fn a_byte_order_mark_and_carriage_returns_are_read() {
    let dataset = sample::dataset();
    let mut files = sample::files(&dataset);
    for (name, text) in &mut files {
        if name.ends_with(".csv") {
            *text = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        }
    }
    assert_eq!(sample::findings(&dataset, &files), []);
}
