//! The ledger: what was made for whom, when and from what, in a file that only grows (¶39–41).
//!
//! `ledger.jsonl` holds a JSON object a line. Each line has its number, the SHA-256 of the whole
//! line before it, and a SHA-256 of its own text, so that a line which was changed, removed or
//! inserted shows ([`verify`]). It holds no personal data. Lines are added by one writer at a
//! time, each whole or not at all: what a loss of power cut off is kept as a line of its own.

mod append;
mod line;
mod verify;

use std::io;
use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

pub use append::append;
pub use line::Line;
pub use verify::{Fault, Verified, read, verify};

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Record {
    /// A pack was made.
    Pack(Pack),
    /// What had been kept long enough was removed.
    Purge {
        /// The date that was given.
        before: NaiveDate,
        /// What was removed.
        removed: Vec<Removed>,
    },
    /// A line that a loss of power cut short, as far as it was written.
    Cut {
        /// Its text.
        text: String,
    },
}

/// A pack for one addressee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// For whom: `moj`, `hmip` or `confirmation`.
    pub made_for: String,
    /// The marking that it carries.
    pub marking: String,
    /// The version of Muster that made it.
    pub version: String,
    /// The programme year that it is of.
    pub programme_year: i32,
    /// The dataset's files, the policy among them.
    pub inputs: Vec<Hashed>,
    /// The result's files.
    pub result: Vec<Hashed>,
    /// The files of the pack.
    pub files: Vec<Hashed>,
    /// Of a pack for MoJ: what it shows, whole, so that later packs can be held against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Shown>,
    /// Why establishments are named in it, where they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub naming_reason: Option<String>,
}

/// The figures of a pack for MoJ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The text of its `shortfall.csv`.
    pub shortfall: String,
    /// The text of its `groups.csv`.
    pub groups: String,
}

/// A file and its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hashed {
    /// Its name.
    pub file: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// A folder that was removed. Its path is left out: people put names into paths.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// What it was: `result`, `pack` or `copy`.
    pub kind: String,
    /// Its programme year.
    pub programme_year: i32,
    /// The hash of the file by which Muster knew it.
    pub known_by: Hashed,
    /// How many files it held.
    pub files: usize,
}

/// Why the ledger can't be read or written.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The system refused.
    #[error("the ledger {} can't be {done}: {source}", .path.display())]
    System {
        /// Which.
        path: PathBuf,
        /// What was tried.
        done: &'static str,
        /// Why not.
        source: io::Error,
    },
    /// It is not as it was written.
    #[error("the ledger {}: {fault}; nothing is added to it as it is", .path.display())]
    Damaged {
        /// Which.
        path: PathBuf,
        /// The first fault.
        fault: Fault,
    },
}

/// The present moment.
pub fn now() -> DateTime<Utc> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seconds = since.map_or(0, |since| since.as_secs());
    DateTime::from_timestamp(i64::try_from(seconds).unwrap_or(0), 0).unwrap_or_default()
}

/// The SHA-256 of `bytes` in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
