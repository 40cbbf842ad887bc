//! Folders that Muster wrote, below one that is named.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Deserialize;

use crate::ledger::{Hashed, sha256};

use super::{Item, Kind, kept_until};

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// What may go: its retention has passed.
    pub passed: Vec<Item>,
    /// What is kept, and until when.
    pub kept: Vec<Item>,
    /// Folders that look like Muster's and are left alone, and why.
    pub left: Vec<(PathBuf, String)>,
}

/// All that Muster wrote in `folder` and below, and whether its retention has passed on `date`.
///
/// # Errors
/// If the folder can't be read.
pub fn find(folder: &Path, date: NaiveDate) -> io::Result<Found> {
    let mut found = Found::default();
    // A link that is named is as good as the folder; links below it are not followed.
    look(&fs::canonicalize(folder)?, date, &mut found)?;
    let order = |one: &Item, other: &Item| one.folder.cmp(&other.folder);
    found.passed.sort_by(order);
    found.kept.sort_by(order);
    found.left.sort();
    Ok(found)
}

fn look(folder: &Path, date: NaiveDate, found: &mut Found) -> io::Result<()> {
    let is = |kind: &Kind| fs::symlink_metadata(folder.join(kind.known_by())).is_ok();
    if let Some(kind) = Kind::ALL.into_iter().find(is) {
        match item(folder, kind) {
            Ok(item) if item.kept_until < date => found.passed.push(item),
            Ok(item) => found.kept.push(item),
            Err(why) => found.left.push((folder.to_owned(), why)),
        }
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // This does not follow links.
        if entry.file_type()?.is_dir()
            && let Err(error) = look(&entry.path(), date, found)
        {
            found
                .left
                .push((entry.path(), format!("it can't be read: {error}")));
        }
    }
    Ok(())
}

/// As much of `summary.json`, `pack.json` and `applied.json` as is needed.
#[derive(Deserialize)]
struct Head {
    program: String,
    policy: PolicyHead,
    /// Of a copy: its files with their hashes.
    #[serde(default)]
    files: Vec<Hashed>,
}

#[derive(Deserialize)]
struct PolicyHead {
    programme_year: i32,
    retention: Retention,
    ledger: Ledger,
}

#[derive(Deserialize)]
struct Retention {
    days: u32,
}

#[derive(Deserialize)]
struct Ledger {
    path: String,
}

/// The folder as one that Muster wrote, or why it is not sure to be one.
fn item(folder: &Path, kind: Kind) -> Result<Item, String> {
    // The cases of a what-if lie a level deeper.
    let deep = if kind == Kind::WhatIf { 2 } else { 1 };
    let files = files(folder, Path::new(""), deep)?;
    if let Some(other) = files.iter().find(|file| !kind.may_hold(file)) {
        return Err(format!(
            "it holds {}, which Muster did not write",
            other.display()
        ));
    }
    let name = kind.known_by();
    let bytes =
        fs::read(folder.join(name)).map_err(|error| format!("{name} can't be read: {error}"))?;
    let head: Head = serde_json::from_slice(&bytes)
        .ok()
        .filter(|head: &Head| head.program == env!("CARGO_PKG_NAME"))
        .ok_or_else(|| format!("its {name} is none of Muster's"))?;
    if kind == Kind::Copy {
        unchanged(folder, &files, &head.files)?;
    }
    let policy = head.policy;
    let kept_until = kept_until(policy.programme_year, policy.retention.days)
        .ok_or_else(|| format!("its {name} names no year that can be meant"))?;
    Ok(Item {
        folder: folder.to_owned(),
        kind,
        programme_year: policy.programme_year,
        kept_until,
        ledger: Some(policy.ledger.path)
            .filter(|path| !path.is_empty())
            .map(PathBuf::from),
        known_by: Hashed {
            file: name.to_owned(),
            sha256: sha256(&bytes),
        },
        files,
    })
}

/// A copy in which somebody has worked since is theirs.
fn unchanged(folder: &Path, files: &[PathBuf], written: &[Hashed]) -> Result<(), String> {
    let written: BTreeMap<&str, &str> = written
        .iter()
        .map(|one| (one.file.as_str(), one.sha256.as_str()))
        .collect();
    let known_by = Path::new(Kind::Copy.known_by());
    for file in files.iter().filter(|file| *file != known_by) {
        let name = file.display();
        let bytes = fs::read(folder.join(file))
            .map_err(|error| format!("{name} can't be read: {error}"))?;
        let expected = file.to_str().and_then(|file| written.get(file));
        if expected.is_none_or(|hash| *hash != sha256(&bytes)) {
            return Err(format!("{name} was changed since Muster wrote it"));
        }
    }
    Ok(())
}

/// The files of a folder and of the folders in it, so many levels deep, by their paths inside it.
fn files(folder: &Path, inside: &Path, deep: u32) -> Result<Vec<PathBuf>, String> {
    let at = folder.join(inside);
    let unreadable = |error: io::Error| format!("it can't be read: {error}");
    let mut files = Vec::new();
    for entry in fs::read_dir(&at).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = inside.join(entry.file_name());
        let kind = entry.file_type().map_err(unreadable)?;
        if kind.is_file() {
            files.push(path);
        } else if kind.is_dir() && deep > 0 && !is_empty(&entry.path()) {
            files.extend(self::files(folder, &path, deep - 1)?);
        } else {
            return Err(format!(
                "it holds {}, which Muster did not write",
                path.display()
            ));
        }
    }
    files.sort();
    Ok(files)
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}
