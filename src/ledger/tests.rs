use std::fs;

use super::verify::What;
use super::*;

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000 + second, 0).unwrap()
}

fn pack(made_for: &str) -> Record {
    let hashed = |file: &str| Hashed {
        file: file.to_owned(),
        sha256: sha256(file.as_bytes()),
    };
    Record::Pack(Pack {
        made_for: made_for.to_owned(),
        marking: "OFFICIAL-SENSITIVE".to_owned(),
        version: "0.1.0".to_owned(),
        programme_year: 2026,
        inputs: vec![hashed("policy.toml"), hashed("programme.csv")],
        result: vec![hashed("summary.json")],
        files: vec![hashed("moj/shortfall.csv")],
        shown: Some(Shown {
            shortfall: "table,group\ntotal,\"a, \"\"b\"\"\"\n".to_owned(),
            groups: "table,group,member\n".to_owned(),
        }),
        naming_reason: None,
    })
}

/// A ledger of five lines in a folder of its own.
fn ledger() -> (tempfile::TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("ledger.jsonl");
    for number in 0..5 {
        append(&path, at(number), pack(&format!("moj-{number}"))).unwrap();
    }
    (place, path)
}

fn fault(path: &std::path::Path) -> (usize, What) {
    match verify(path) {
        Err(LedgerError::Damaged { fault, .. }) => (fault.line, fault.what),
        other => panic!("{other:?}"),
    }
}

/// The fault after `damage` to the lines of a ledger of five.
fn after(damage: impl FnOnce(&mut Vec<String>)) -> (usize, What) {
    let (_place, path) = ledger();
    let text = fs::read_to_string(&path).unwrap();
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    damage(&mut lines);
    fs::write(&path, lines.join("\n") + "\n").unwrap();
    let found = fault(&path);
    // Nothing is added to a ledger that is not as it was written.
    let before = fs::read(&path).unwrap();
    assert!(append(&path, at(9), pack("hmip")).is_err());
    assert_eq!(fs::read(&path).unwrap(), before);
    found
}

#[test]
fn what_was_appended_is_read_again() {
    let (_place, path) = ledger();
    let lines = verify(&path).unwrap().lines;
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[3].record, pack("moj-3"));
    assert_eq!((lines[3].number, lines[3].at), (4, at(3)));
    let text = fs::read_to_string(&path).unwrap();
    let texts: Vec<_> = text.lines().collect();
    assert_eq!(lines[4].previous, sha256(texts[3].as_bytes()));
    assert_eq!(verify(&path).unwrap().last, sha256(texts[4].as_bytes()));
    assert_eq!(read(&path).unwrap(), lines);
    assert!(read(&path.with_file_name("none.jsonl")).unwrap().is_empty());
}

#[test]
fn the_first_line_that_was_changed_is_named_even_the_last() {
    for line in 0..5 {
        let change = |lines: &mut Vec<String>| lines[line] = lines[line].replace("moj-", "hmi-");
        assert_eq!(after(change), (line + 1, What::Changed));
    }
    assert_eq!(after(|lines| lines[2].clear()), (3, What::Changed));
    assert_eq!(after(|lines| lines[2].push(' ')), (3, What::Changed));
}

#[test]
fn a_line_that_was_written_anew_with_its_own_hash_is_named() {
    let rewrite = |lines: &mut Vec<String>| {
        let mut line = Line::from_text(&lines[1]).unwrap();
        line.record = pack("somebody-else");
        lines[1] = line.to_text();
    };
    assert_eq!(after(rewrite), (2, What::Changed));
}

#[test]
fn lines_that_were_removed_inserted_or_moved_are_named() {
    assert_eq!(after(|lines| drop(lines.remove(0))), (1, What::Removed(1)));
    assert_eq!(
        after(|lines| drop(lines.drain(1..3))),
        (2, What::Removed(2))
    );
    let insert = |lines: &mut Vec<String>| lines.insert(3, lines[0].clone());
    assert_eq!(after(insert), (4, What::Inserted));
    assert_eq!(after(|lines| lines.swap(1, 2)), (2, What::Removed(1)));
}

#[test]
fn a_line_that_was_cut_short_is_named_and_kept_by_the_next_entry() {
    let (_place, path) = ledger();
    let whole = fs::read(&path).unwrap();
    let start = whole[..whole.len() - 1]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .unwrap()
        + 1;
    for end in [start + 1, whole.len() - 2, whole.len() - 1] {
        fs::write(&path, &whole[..end]).unwrap();
        assert_eq!(fault(&path), (5, What::Cut));
        append(&path, at(9), pack("hmip")).unwrap();
        let lines = verify(&path).unwrap().lines;
        let text = String::from_utf8(whole[start..end].to_vec()).unwrap();
        assert_eq!(lines[4].record, Record::Cut { text });
        assert_eq!(lines[5].record, pack("hmip"));
    }
}

#[test]
fn many_writers_at_once_lose_nothing() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("ledger.jsonl");
    std::thread::scope(|threads| {
        for writer in 0..4 {
            let path = &path;
            threads.spawn(move || {
                for number in 0..10 {
                    append(path, at(number), pack(&format!("{writer}-{number}"))).unwrap();
                }
            });
        }
    });
    let lines = verify(&path).unwrap().lines;
    let all: std::collections::BTreeSet<_> = lines
        .iter()
        .map(|line| format!("{:?}", line.record))
        .collect();
    assert_eq!((lines.len(), all.len()), (40, 40));
}

#[cfg(unix)]
#[test]
fn it_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_place, path) = ledger();
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
}
