//! One run at a time: a lock on a file beside the folder. The system holds it for as long as
//! the run lives, so that a file which a killed run left locks nobody out.

use std::fs::TryLockError;
use std::io;
use std::path::PathBuf;

use same_file::Handle;

use super::traces::{Kind, Trace};
use crate::report::private;

/// A lock that is held as long as this lives; then its file goes.
#[derive(Debug)]
pub(super) struct Lock {
    // Dropped in this order: whoever has the lock next finds that its file has gone.
    _file: Trace,
    _held: Handle,
}

impl Lock {
    /// The lock on the file `path`, which is made if need be; nothing where another run has it.
    pub(super) fn take(path: PathBuf) -> io::Result<Option<Self>> {
        loop {
            let held = Handle::from_file(private::open_file(&path)?)?;
            match held.as_file().try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                // Where a file system has no locks, runs are possible, and unguarded.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(error),
            }
            // Between opening and locking, the run before may have taken the file away.
            match Handle::from_path(&path) {
                Ok(there) if there == held => {
                    return Ok(Some(Self {
                        _file: Trace::of(Kind::File, path),
                        _held: held,
                    }));
                }
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
    }
}
