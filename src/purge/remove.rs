//! Removal, file by file: only what was found, and only as long as it is still the same.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::Item;
use super::find::find;
use crate::ledger::Removed;
use crate::report::folder::{self, FolderError};

/// Why a folder was not removed.
#[derive(Debug, thiserror::Error)]
pub enum RemoveError {
    /// Another run writes it.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// It is another one than was found.
    #[error("{} is no longer what it was, so it is left alone", .0.display())]
    Other(PathBuf),
    /// The system refused.
    #[error("{} can't be removed: {source}", .path.display())]
    System {
        /// What was being removed.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

/// Removes the folder of `item`, whose retention has passed on `date`, and says what went.
///
/// # Errors
/// If it can't be, or must not be any more.
pub fn remove(item: &Item, date: NaiveDate) -> Result<Removed, RemoveError> {
    let names: Vec<String> = top_names(item);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let _alone = folder::claim(&item.folder, &names, true)?;
    let same = |now: &Item| {
        now.folder == item.folder && now.known_by == item.known_by && now.files == item.files
    };
    if !find(&item.folder, date).is_ok_and(|found| found.passed.iter().any(same)) {
        return Err(RemoveError::Other(item.folder.clone()));
    }
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| RemoveError::System { path, source }
    };
    // That by which the folder is known goes last: what is left after a failure is known still.
    let known_by = Path::new(item.kind.known_by());
    let others = item.files.iter().filter(|file| *file != known_by);
    for file in others {
        let path = item.folder.join(file);
        fs::remove_file(&path).map_err(at(&path))?;
    }
    let path = item.folder.join(known_by);
    fs::remove_file(&path).map_err(at(&path))?;
    // The folders inside it, the deepest first.
    let inner = item.files.iter().flat_map(|file| file.ancestors().skip(1));
    let inner: BTreeSet<&Path> = inner.filter(|inner| *inner != Path::new("")).collect();
    for inner in inner.into_iter().rev() {
        let path = item.folder.join(inner);
        fs::remove_dir(&path).map_err(at(&path))?;
    }
    fs::remove_dir(&item.folder).map_err(at(&item.folder))?;
    Ok(Removed {
        kind: item.kind.as_str().to_owned(),
        programme_year: item.programme_year,
        known_by: item.known_by.clone(),
        files: item.files.len(),
    })
}

/// The names of what lies in the folder itself.
fn top_names(item: &Item) -> Vec<String> {
    let first = |file: &PathBuf| {
        let first = file.components().next()?;
        Some(first.as_os_str().to_string_lossy().into_owned())
    };
    item.files.iter().filter_map(first).collect()
}
