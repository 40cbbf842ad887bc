//! What a run leaves on the disk until it is done, and takes away again however it ends.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A file.
    File,
    /// A folder with all that it holds.
    Folder,
    /// A folder that goes only while it holds nothing.
    EmptyFolder,
}

/// How often a folder is taken away into which something is still being written.
const TIMES: usize = 100;

impl Kind {
    fn remove(self, path: &Path) {
        // What has been moved to its place is there no more.
        let _ = match self {
            Self::File => fs::remove_file(path),
            Self::Folder => remove_while_written(path),
            Self::EmptyFolder => fs::remove_dir(path),
        };
    }
}

/// At a sudden end another thread may just be writing: a file that comes after the folder was
/// emptied keeps it there. Once it is gone, nothing more can come.
fn remove_while_written(path: &Path) -> io::Result<()> {
    let mut removed = fs::remove_dir_all(path);
    for _ in 1..TIMES {
        match &removed {
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {
                removed = fs::remove_dir_all(path);
            }
            _ => break,
        }
    }
    removed
}

/// All that is there at this moment, so that a sudden end can take it away.
static TRACES: Mutex<Vec<(Kind, PathBuf)>> = Mutex::new(Vec::new());

fn traces() -> MutexGuard<'static, Vec<(Kind, PathBuf)>> {
    TRACES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Something on the disk that goes when this is dropped.
#[derive(Debug)]
pub(super) struct Trace {
    kind: Kind,
    path: PathBuf,
}

impl Trace {
    /// What is at `path` already.
    pub(super) fn of(kind: Kind, path: PathBuf) -> Self {
        traces().push((kind, path.clone()));
        Self { kind, path }
    }

    /// What `make` makes at `path`; no sudden end comes in between.
    pub(super) fn make(
        kind: Kind,
        path: PathBuf,
        make: impl FnOnce(&Path) -> io::Result<()>,
    ) -> io::Result<Self> {
        let mut traces = traces();
        make(&path)?;
        traces.push((kind, path.clone()));
        drop(traces);
        Ok(Self { kind, path })
    }
}

impl Drop for Trace {
    fn drop(&mut self) {
        let mut traces = traces();
        self.kind.remove(&self.path);
        let this = |(kind, path): &(Kind, PathBuf)| *kind == self.kind && *path == self.path;
        if let Some(at) = traces.iter().rposition(this) {
            traces.remove(at);
        }
    }
}

/// Keeps a sudden end waiting as long as what is returned lives.
pub(super) fn hold() -> impl Drop {
    traces()
}

/// Takes everything away, and keeps anything from being made or moved as long as what is
/// returned lives. For a program that is about to end suddenly.
pub fn abandon() -> impl Drop {
    let mut traces = traces();
    for (kind, path) in traces.drain(..).rev() {
        kind.remove(&path);
    }
    traces
}
