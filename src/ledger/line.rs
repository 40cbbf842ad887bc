//! One line of the ledger, as text and as what it says.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Record, sha256};

/// The hash before the first line.
pub(super) const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What comes before a line's own hash, which ends it.
const OWN: &str = ",\"sha256\":\"";

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number, from 1.
    pub number: u64,
    /// SHA-256 of the whole line before it, without its line end; zeros before the first.
    pub previous: String,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// What was done.
    pub record: Record,
}

impl Line {
    /// Its text, without a line end: the last of its keys is the hash of all that stands before
    /// that key.
    pub(super) fn to_text(&self) -> String {
        let json = serde_json::to_string(self).expect("a line holds nothing that JSON can't");
        let open = json.strip_suffix('}').unwrap_or(&json);
        format!("{open}{OWN}{}\"}}", sha256(open.as_bytes()))
    }

    /// The line that `text` is, if it is as it was written.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let (open, hash) = text.strip_suffix("\"}")?.rsplit_once(OWN)?;
        if hash != sha256(open.as_bytes()) {
            return None;
        }
        serde_json::from_str(&format!("{open}}}")).ok()
    }
}
