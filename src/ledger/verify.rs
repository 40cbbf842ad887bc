//! Whether a ledger is as it was written, and what it says.

use std::fmt;
use std::fs;
use std::path::Path;

use super::line::{Line, NOTHING};
use super::{LedgerError, sha256};

/// A ledger in which nothing was changed, removed or inserted.
#[derive(Debug)]
pub struct Verified {
    /// Its lines.
    pub lines: Vec<Line>,
    /// SHA-256 of its last line, zeros where there is none. Noted elsewhere, it also shows
    /// whether lines at the end have gone, or the whole was written anew.
    pub last: String,
}

/// The first fault of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line of the file, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: What,
}

/// What can be wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Its text is not what was written.
    Changed,
    /// Lines that stood before it are not there.
    Removed(u64),
    /// It was put there, or the one with its number was moved.
    Inserted,
    /// It was written without its line end: the power failed.
    Cut,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line;
        match self.what {
            What::Changed => write!(out, "line {line} was changed"),
            What::Removed(1) => write!(out, "a line before line {line} was removed"),
            What::Removed(many) => write!(out, "{many} lines before line {line} were removed"),
            What::Inserted => write!(out, "line {line} was inserted or moved"),
            What::Cut => write!(
                out,
                "line {line} was cut short while it was written; the next entry keeps what is there of it"
            ),
        }
    }
}

/// The lines of the ledger at `path`; none where there is no such file yet.
///
/// # Errors
/// If it can't be read, or is not as it was written.
pub fn read(path: &Path) -> Result<Vec<Line>, LedgerError> {
    match fs::exists(path) {
        Ok(false) => Ok(Vec::new()),
        _ => verify(path).map(|verified| verified.lines),
    }
}

/// Checks every line of the ledger at `path`.
///
/// # Errors
/// If it can't be read, or is not as it was written.
pub fn verify(path: &Path) -> Result<Verified, LedgerError> {
    let bytes = fs::read(path).map_err(|source| LedgerError::System {
        path: path.to_owned(),
        done: "read",
        source,
    })?;
    let damaged = |fault| LedgerError::Damaged {
        path: path.to_owned(),
        fault,
    };
    let (verified, whole) = check(&bytes).map_err(damaged)?;
    if whole < bytes.len() {
        return Err(damaged(Fault {
            line: verified.lines.len() + 1,
            what: What::Cut,
        }));
    }
    Ok(verified)
}

/// What `bytes` say, and where the line begins that was cut short, or their end.
pub(super) fn check(bytes: &[u8]) -> Result<(Verified, usize), Fault> {
    let whole = bytes
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let mut verified = Verified {
        lines: Vec::new(),
        last: NOTHING.to_owned(),
    };
    let texts = bytes[..whole].split_inclusive(|byte| *byte == b'\n');
    for (position, text) in texts.enumerate() {
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        let fault = |what| Fault {
            line: position + 1,
            what,
        };
        let line = std::str::from_utf8(text).ok().and_then(Line::from_text);
        let line = line.ok_or_else(|| fault(What::Changed))?;
        let expected = position as u64 + 1;
        if line.number > expected {
            return Err(fault(What::Removed(line.number - expected)));
        }
        if line.number < expected {
            return Err(fault(What::Inserted));
        }
        if line.previous != verified.last {
            // Both are whole, yet one does not follow the other: the one before was written anew.
            let line = position.max(1);
            let what = What::Changed;
            return Err(Fault { line, what });
        }
        verified.last = sha256(text);
        verified.lines.push(line);
    }
    Ok((verified, whole))
}
