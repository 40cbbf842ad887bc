//! A folder of files that appears in one step: written aside, then moved to its place, so
//! that whoever looks sees the old one whole or the new one whole.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::private;

/// What keeps a folder from being written.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Something is there already.
    #[error("{} exists already; to replace it, add --force", .0.display())]
    Exists(PathBuf),
    /// What is there is nothing that Muster wrote, so `--force` does not replace it either.
    #[error("{} holds other files than Muster writes, so it is left alone; choose another folder", .0.display())]
    Foreign(PathBuf),
    /// The system refused.
    #[error("can't write {}: {source}; what was there is unchanged", .path.display())]
    System {
        /// What was being written.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

/// The folder being written aside at this moment, so that a sudden end can take it away.
static ASIDE: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Files of a folder, by their path inside it, with their contents.
pub type Files = [(String, Vec<u8>)];

/// Checks, before any work is done, that [`write()`] would not refuse `folder`; what a killed
/// run had moved away from there is back afterwards.
pub fn check(folder: &Path, ours: &[&str], force: bool) -> Result<(), FolderError> {
    let at = |source| FolderError::System {
        path: folder.to_owned(),
        source,
    };
    put_back(folder).map_err(at)?;
    let names = match fs::read_dir(folder) {
        Ok(entries) => entries
            .map(|e| e.map(|e| e.file_name()))
            .collect::<Result<Vec<_>, _>>(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => Err(error),
    };
    let names = names.map_err(at)?;
    if names.is_empty() {
        return Ok(());
    }
    if !force {
        return Err(FolderError::Exists(folder.to_owned()));
    }
    let known = |name: &std::ffi::OsString| ours.iter().any(|ours| name == *ours);
    if names.iter().all(known) {
        Ok(())
    } else {
        Err(FolderError::Foreign(folder.to_owned()))
    }
}

/// Writes `files` as `folder`. With `force`, a folder there that holds nothing but `ours`,
/// names that Muster writes, is replaced.
pub fn write(folder: &Path, files: &Files, ours: &[&str], force: bool) -> Result<(), FolderError> {
    check(folder, ours, force)?;
    let absolute = std::path::absolute(folder).map_err(|source| FolderError::System {
        path: folder.to_owned(),
        source,
    })?;
    let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
        let source = io::Error::from(io::ErrorKind::InvalidInput);
        return Err(FolderError::System {
            path: folder.to_owned(),
            source,
        });
    };
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| FolderError::System { path, source }
    };
    create_missing(parent).map_err(at(parent))?;
    let prefix = prefix(name);
    let old = old_of(&absolute);
    remove_leftovers(parent, &prefix);
    let aside =
        Aside::begin(parent.join(format!("{prefix}{}", std::process::id()))).map_err(at(folder))?;
    write_files(&aside.path, files).map_err(at(folder))?;
    // Whoever ends the program suddenly waits until the move is done, or comes before it.
    let current = ASIDE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    replace(&aside.path, &absolute, &old).map_err(at(folder))?;
    let _ = sync_folder(parent);
    drop(current);
    // After an exchange the old folder is aside, and goes with it; whoever ends the program
    // before that takes it away.
    drop(aside);
    Ok(())
}

/// Takes away what is being written aside. For a program that is about to end suddenly.
pub fn abandon() -> impl Drop {
    let mut current = ASIDE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(aside) = current.take() {
        let _ = fs::remove_dir_all(aside);
    }
    current
}

/// Creates `folder` and what is missing above it, all for their owner only.
fn create_missing(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        create_missing(parent)?;
    }
    private::create_folder(folder)
}

/// A folder that goes again unless it is moved to its place.
struct Aside {
    path: PathBuf,
}

impl Aside {
    fn begin(path: PathBuf) -> io::Result<Self> {
        let mut current = ASIDE
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        private::create_folder(&path)?;
        *current = Some(path.clone());
        Ok(Self { path })
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        let mut current = ASIDE
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let _ = fs::remove_dir_all(&self.path);
        current.take_if(|current| *current == self.path);
    }
}

/// Puts the old folder back where a run was killed between the two steps of
/// [`replace_in_two_steps`].
fn put_back(folder: &Path) -> io::Result<()> {
    let folder = std::path::absolute(folder)?;
    let old = old_of(&folder);
    if old.exists() && !folder.exists() {
        fs::rename(old, folder)?;
    }
    Ok(())
}

/// Where the folder that is being replaced lies for a moment.
fn old_of(folder: &Path) -> PathBuf {
    folder.with_file_name(prefix(folder.file_name().unwrap_or_default()) + "old")
}

/// What the names of all begin with that is written beside the folder `name`.
fn prefix(name: &OsStr) -> String {
    format!(".{}.muster-", name.to_string_lossy())
}

/// Folders of the same name that a killed run left: they hold what nobody should find.
fn remove_leftovers(parent: &Path, prefix: &str) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(prefix) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn write_files(folder: &Path, files: &Files) -> io::Result<()> {
    for (name, contents) in files {
        let path = folder.join(name);
        if let Some(inner) = path.parent().filter(|inner| !inner.exists()) {
            private::create_folder(inner)?;
        }
        let mut file = private::create_file(&path)?;
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

/// Moves `aside` to `folder`; what was there is at `aside` afterwards, or gone.
fn replace(aside: &Path, folder: &Path, old: &Path) -> io::Result<()> {
    if !folder.exists() {
        return fs::rename(aside, folder);
    }
    match exchange(aside, folder) {
        Err(error) if is_unsupported(&error) => replace_in_two_steps(aside, folder, old),
        done => done,
    }
}

/// The same where two folders can't be exchanged: there is nothing at `folder` for a moment,
/// but never a mixture, and the old one is at `old` until the new one is in its place.
fn replace_in_two_steps(aside: &Path, folder: &Path, old: &Path) -> io::Result<()> {
    fs::rename(folder, old)?;
    fs::rename(aside, folder).inspect_err(|_| {
        let _ = fs::rename(old, folder);
    })?;
    // The new one is there: an old one that stays is the next run's to remove.
    let _ = fs::remove_dir_all(old);
    Ok(())
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Not every file system can exchange two folders.
fn is_unsupported(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput
    )
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
    fn what_is_not_ours_is_never_replaced() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("diary.txt"), "mine").unwrap();
        let refused = write(place.path(), &files("new"), &OURS, true);
        assert!(matches!(refused, Err(FolderError::Foreign(_))));
        assert!(place.path().join("diary.txt").exists());
    }

    #[test]
    fn two_steps_replace_a_folder_too() {
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
