//! One more line: by one writer at a time, whole or not at all.

use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use chrono::{DateTime, Utc};

use super::line::Line;
use super::verify::{Verified, check};
use super::{LedgerError, Record};
use crate::report::private;

/// Adds `record`, made at `at`, to the ledger at `path`, which is made for its owner only where
/// it is not there yet, and returns the line. Another writer is waited for.
///
/// # Errors
/// If it can't be written, or is not as it was written: then it is left as it is.
pub fn append(path: &Path, at: DateTime<Utc>, record: Record) -> Result<Line, LedgerError> {
    let refused = |source| LedgerError::System {
        path: path.to_owned(),
        done: "written",
        source,
    };
    let mut file = private::open_file(path).map_err(refused)?;
    lock(&file).map_err(refused)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(refused)?;
    let (verified, whole) = check(&bytes).map_err(|fault| LedgerError::Damaged {
        path: path.to_owned(),
        fault,
    })?;
    let mut next = Next::after(&verified, at);
    // What was cut short stays, as a line that says so.
    if let Some(rest) = bytes.get(whole..).filter(|rest| !rest.is_empty()) {
        let text = String::from_utf8_lossy(rest).into_owned();
        next.line(Record::Cut { text });
    }
    let line = next.line(record);
    write(&mut file, whole, next.text.as_bytes()).map_err(refused)?;
    Ok(line)
}

/// Waits for the file. Where a file system has no locks, writing is possible, and unguarded.
fn lock(file: &File) -> io::Result<()> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => file.lock(),
        Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => Err(error),
        _ => Ok(()),
    }
}

/// Writes `text` from byte `start` on; what fails on the way is taken back.
fn write(file: &mut File, start: usize, text: &[u8]) -> io::Result<()> {
    let start = start as u64;
    file.seek(SeekFrom::Start(start))?;
    let end = start + text.len() as u64;
    let written = file
        .write_all(text)
        .and_then(|()| file.set_len(end))
        .and_then(|()| file.sync_all());
    written.inspect_err(|_| {
        let _ = file.set_len(start);
    })
}

/// The lines that come next.
struct Next {
    number: u64,
    previous: String,
    at: DateTime<Utc>,
    text: String,
}

impl Next {
    fn after(verified: &Verified, at: DateTime<Utc>) -> Self {
        Self {
            number: verified.lines.len() as u64 + 1,
            previous: verified.last.clone(),
            at,
            text: String::new(),
        }
    }

    fn line(&mut self, record: Record) -> Line {
        let line = Line {
            number: self.number,
            previous: self.previous.clone(),
            at: self.at,
            record,
        };
        let text = line.to_text();
        self.previous = super::sha256(text.as_bytes());
        self.number += 1;
        self.text.push_str(&text);
        self.text.push('\n');
        line
    }
}
