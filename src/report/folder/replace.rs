//! A folder in another's place, in one step where the system can.

use std::fs;
use std::io;
use std::path::Path;

/// Puts the old folder back where a run was killed between the two steps of
/// [`replace_in_two_steps`].
pub(super) fn put_back(folder: &Path, old: &Path) -> io::Result<()> {
    if old.exists() && !folder.exists() {
        fs::rename(old, folder)?;
    }
    Ok(())
}

/// Moves `aside` to `folder`; what was there is at `aside` afterwards, or gone.
pub(super) fn replace(aside: &Path, folder: &Path, old: &Path) -> io::Result<()> {
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
pub(super) fn replace_in_two_steps(aside: &Path, folder: &Path, old: &Path) -> io::Result<()> {
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
