//! A folder of files that appears in one step: written aside, then moved to its place, so
//! that whoever looks sees the old one whole or the new one whole. Only one run at a time
//! writes it, and whether it can be written is known before any work is done.

mod lock;
mod replace;
mod traces;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::private;
use lock::Lock;
pub use traces::abandon;
use traces::{Kind, Trace};

/// What keeps a folder from being written.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Something is there already.
    #[error("{} exists already; to replace it, add --force", .0.display())]
    Exists(PathBuf),
    /// What is there is nothing that Muster wrote, so `--force` does not replace it either.
    #[error("{} holds other files than Muster writes, so it is left alone; choose another folder", .0.display())]
    Foreign(PathBuf),
    /// Another run is to write the same folder.
    #[error("another run of Muster is at work on {}; wait until it has ended, or choose another folder", .0.display())]
    Busy(PathBuf),
    /// The system refused.
    #[error("can't write {}: {source}; what was there is unchanged", .path.display())]
    System {
        /// What was being written.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

/// Files of a folder, by their path inside it, with their contents.
pub type Files = [(String, Vec<u8>)];

/// A folder that this run alone may write, as long as this lives. Nothing of it is seen in
/// the folder itself.
#[derive(Debug)]
pub struct Claim {
    /// As the user named it, for messages.
    folder: PathBuf,
    absolute: PathBuf,
    ours: Vec<String>,
    force: bool,
    // Dropped in this order: the lock lies in a folder that may go with it.
    _lock: Lock,
    _parents: Vec<Trace>,
}

/// Claims `folder`, and checks that it can be written: that its place takes new folders, and
/// that nothing is there, or with `force` nothing but `ours`, names that Muster writes. What
/// killed runs left beside it goes, and what they had moved away is back afterwards.
pub fn claim(folder: &Path, ours: &[&str], force: bool) -> Result<Claim, FolderError> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| FolderError::System { path, source }
    };
    let absolute = std::path::absolute(folder).map_err(at(folder))?;
    let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
        return Err(at(folder)(io::ErrorKind::InvalidInput.into()));
    };
    let parents = make_missing(parent).map_err(at(parent))?;
    let lock = Lock::take(beside(&absolute, LOCK)).map_err(at(folder))?;
    let lock = lock.ok_or_else(|| FolderError::Busy(folder.to_owned()))?;
    replace::put_back(&absolute, &beside(&absolute, OLD)).map_err(at(folder))?;
    remove_leftovers(parent, &prefix(name));
    // The lock may be one that was left there, and so tell nothing of the place.
    let trial = beside(&absolute, TRIAL);
    drop(Trace::make(Kind::Folder, trial, private::create_folder).map_err(at(folder))?);
    let claim = Claim {
        folder: folder.to_owned(),
        absolute,
        ours: ours.iter().map(|name| (*name).to_owned()).collect(),
        force,
        _lock: lock,
        _parents: parents,
    };
    claim.check()?;
    Ok(claim)
}

/// Writes `files` as `folder`, claimed for no longer than that takes.
pub fn write(folder: &Path, files: &Files, ours: &[&str], force: bool) -> Result<(), FolderError> {
    claim(folder, ours, force)?.write(files)
}

impl Claim {
    /// Where the folder is, as the user named it.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes `files` as the folder; what was there is replaced.
    pub fn write(self, files: &Files) -> Result<(), FolderError> {
        let _span = tracing::info_span!("writing").entered();
        // Nobody else of ours can have written there, but somebody.
        self.check()?;
        self.write_in_one_step(files)
            .map_err(|source| self.refused(source))
    }

    fn write_in_one_step(&self, files: &Files) -> io::Result<()> {
        let aside = beside(&self.absolute, &std::process::id().to_string());
        // After an exchange the old folder is aside, and goes with it; whoever ends the
        // program before that takes it away.
        let _goes = Trace::make(Kind::Folder, aside.clone(), private::create_folder)?;
        write_files(&aside, files)?;
        // Whoever ends the program suddenly waits until the move is done, or comes before it.
        let _no_end = traces::hold();
        replace::replace(&aside, &self.absolute, &beside(&self.absolute, OLD))?;
        let _ = self.absolute.parent().map(sync_folder);
        Ok(())
    }

    /// Whether what is there may be replaced.
    fn check(&self) -> Result<(), FolderError> {
        let names = match fs::read_dir(&self.absolute) {
            Ok(entries) => entries
                .map(|entry| entry.map(|entry| entry.file_name()))
                .collect::<Result<Vec<_>, _>>(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => Err(error),
        };
        let names = names.map_err(|source| self.refused(source))?;
        let known = |name: &OsString| self.ours.iter().any(|ours| name == ours.as_str());
        match (names.is_empty(), self.force, names.iter().all(known)) {
            (true, ..) | (_, true, true) => Ok(()),
            (_, false, _) => Err(FolderError::Exists(self.folder.clone())),
            (_, true, false) => Err(FolderError::Foreign(self.folder.clone())),
        }
    }

    fn refused(&self, source: io::Error) -> FolderError {
        FolderError::System {
            path: self.folder.clone(),
            source,
        }
    }
}

/// Makes `folder` and what is missing above it, all for their owner only; the innermost comes
/// first. They go again where nothing was written into them.
fn make_missing(folder: &Path) -> io::Result<Vec<Trace>> {
    if folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut made = folder.parent().map_or(Ok(Vec::new()), make_missing)?;
    // Another run may have made it in this moment.
    let make = |path: &Path| match private::create_folder(path) {
        Err(error) if !path.is_dir() => Err(error),
        _ => Ok(()),
    };
    made.insert(0, Trace::make(Kind::EmptyFolder, folder.to_owned(), make)?);
    Ok(made)
}

/// What the name of the lock ends in.
const LOCK: &str = "lock";
/// What the name of the folder ends in that is being replaced, for a moment.
const OLD: &str = "old";
/// What the name of a folder ends in that is made to see whether that can be.
const TRIAL: &str = "trial";

/// A path beside `folder`, hidden, for what belongs to writing it.
fn beside(folder: &Path, end: &str) -> PathBuf {
    folder.with_file_name(prefix(folder.file_name().unwrap_or_default()) + end)
}

/// What the names of all begin with that is written beside the folder `name`.
fn prefix(name: &OsStr) -> String {
    format!(".{}.muster-", name.to_string_lossy())
}

/// Whether a hidden name is one that Muster gives to what belongs to writing something.
pub fn is_leftover(name: &str) -> bool {
    name.starts_with('.') && name.contains(".muster-")
}

/// Folders beside it that a killed run left: they hold what nobody should find.
fn remove_leftovers(parent: &Path, prefix: &str) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let end = name.to_string_lossy();
        let end = end.strip_prefix(prefix);
        let is_ours = |end: &str| [OLD, TRIAL].contains(&end) || end.parse::<u32>().is_ok();
        if end.is_some_and(is_ours) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn write_files(folder: &Path, files: &Files) -> io::Result<()> {
    for (name, contents) in files {
        // Not the folder itself: where that has gone, the program is about to end.
        let inner = Path::new(name).parent().map(|inner| folder.join(inner));
        if let Some(inner) = inner.filter(|inner| inner != folder && !inner.exists()) {
            private::create_folder(&inner)?;
        }
        let mut file = private::create_file(&folder.join(name))?;
        file.write_all(contents)?;
        // A full disk is noticed here, not after the old result has gone.
        file.sync_all()?;
    }
    sync_folder(folder)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(text: &str) -> Vec<(String, Vec<u8>)> {
        vec![
            ("a.csv".into(), text.into()),
            ("inner/b.csv".into(), text.into()),
        ]
    }

    const OURS: [&str; 2] = ["a.csv", "inner"];

    #[test]
    fn a_folder_is_replaced_whole_and_only_by_force() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("result");
        write(&folder, &files("old"), &OURS, false).unwrap();
        let refused = write(&folder, &files("new"), &OURS, false);
        assert!(matches!(refused, Err(FolderError::Exists(_))));
        assert_eq!(fs::read_to_string(folder.join("a.csv")).unwrap(), "old");
        write(&folder, &files("new"), &OURS, true).unwrap();
        assert_eq!(
            fs::read_to_string(folder.join("inner/b.csv")).unwrap(),
            "new"
        );
        assert_eq!(
            fs::read_dir(place.path()).unwrap().count(),
            1,
            "nothing is left beside it"
        );
    }

    #[test]
    fn a_folder_that_was_taken_away_meanwhile_does_not_come_back() {
        let place = tempfile::tempdir().unwrap();
        let gone = place.path().join(".result.muster-1");
        assert!(write_files(&gone, &files("text")).is_err());
        assert!(write_files(&gone, &files("text")[1..]).is_err());
        assert!(!gone.exists());
    }

    #[test]
    fn what_is_not_ours_is_never_replaced() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("diary.txt"), "mine").unwrap();
        let refused = write(place.path(), &files("new"), &OURS, true);
        assert!(matches!(refused, Err(FolderError::Foreign(_))));
        assert!(place.path().join("diary.txt").exists());
    }

    #[test]
    fn two_steps_replace_a_folder_too() {
        use super::replace::replace_in_two_steps;
        let place = tempfile::tempdir().unwrap();
        let [folder, aside, old] = ["result", ".aside", ".old"].map(|name| place.path().join(name));
        write(&folder, &files("old"), &OURS, false).unwrap();
        write(&aside, &files("new"), &OURS, false).unwrap();
        replace_in_two_steps(&aside, &folder, &old).unwrap();
        assert_eq!(fs::read_to_string(folder.join("a.csv")).unwrap(), "new");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
        // The new one vanishes before it is moved: the old one comes back.
        assert!(replace_in_two_steps(&aside, &folder, &old).is_err());
        assert_eq!(fs::read_to_string(folder.join("a.csv")).unwrap(), "new");
    }

    #[test]
    fn what_a_killed_run_moved_away_comes_back_or_goes() {
        let place = tempfile::tempdir().unwrap();
        let [folder, old] = ["result", ".result.muster-old"].map(|name| place.path().join(name));
        write(&old, &files("old"), &OURS, false).unwrap();
        let refused = write(&folder, &files("new"), &OURS, false);
        assert!(matches!(refused, Err(FolderError::Exists(_))));
        assert_eq!(fs::read_to_string(folder.join("a.csv")).unwrap(), "old");
        write(&old, &files("older"), &OURS, false).unwrap();
        write(&folder, &files("new"), &OURS, true).unwrap();
        assert_eq!(fs::read_to_string(folder.join("a.csv")).unwrap(), "new");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[test]
    fn one_run_at_a_time_claims_a_folder() {
        let place = tempfile::tempdir().unwrap();
        let [folder, other] = ["result", "result-2"].map(|name| place.path().join(name));
        let first = claim(&folder, &OURS, false).unwrap();
        let refused = claim(&folder, &OURS, true);
        assert!(matches!(refused, Err(FolderError::Busy(_))));
        write(&other, &files("other"), &OURS, false).unwrap();
        first.write(&files("first")).unwrap();
        assert_eq!(fs::read_to_string(folder.join("a.csv")).unwrap(), "first");
        write(&folder, &files("second"), &OURS, true).unwrap();
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2);
    }

    #[test]
    fn many_runs_at_once_write_one_after_the_other_or_not_at_all() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("result");
        let at_work = std::sync::atomic::AtomicU32::new(0);
        std::thread::scope(|threads| {
            for _ in 0..4 {
                threads.spawn(|| {
                    for _ in 0..200 {
                        let claim = claim(&folder, &OURS, true);
                        match claim {
                            Ok(_claim) => {
                                use std::sync::atomic::Ordering::SeqCst;
                                assert_eq!(at_work.fetch_add(1, SeqCst), 0, "alone");
                                at_work.fetch_sub(1, SeqCst);
                            }
                            Err(FolderError::Busy(_)) => {}
                            Err(error) => panic!("{error}"),
                        }
                    }
                });
            }
        });
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_was_claimed_and_not_written_leaves_no_trace() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("above/it/result");
        let claimed = claim(&folder, &OURS, false).unwrap();
        assert!(place.path().join("above/it").is_dir());
        drop(claimed);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_lock_that_a_killed_run_left_locks_nobody_out() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("result");
        fs::write(place.path().join(".result.muster-lock"), "").unwrap();
        write(&folder, &files("new"), &OURS, false).unwrap();
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_written_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("above/result");
        write(&folder, &files("x"), &OURS, false).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&place.path().join("above")), 0o700);
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&folder.join("inner")), 0o700);
        assert_eq!(mode(&folder.join("inner/b.csv")), 0o600);
    }
}
