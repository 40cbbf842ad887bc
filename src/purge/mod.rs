//! What has been kept long enough, and its removal (¶40, 41): results, packs and copies of a
//! dataset that Muster wrote, and nothing else.
//!
//! Muster knows what it wrote by a file in the folder (`summary.json`, `pack.json`,
//! `applied.json`) that says so and holds the policy, and by the names of all other files. A
//! folder that holds anything else, or a link, is left alone as a whole; links are never followed.

mod find;
mod remove;

use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};

use crate::ledger::Hashed;

pub use find::{Found, find};
pub use remove::{RemoveError, remove};

/// What a folder is that Muster wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The result of a run.
    Result,
    /// A pack for an addressee.
    Pack,
    /// A changed copy of a dataset.
    Copy,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Result, Self::Pack, Self::Copy];

    /// As it is called.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Result => "result",
            Self::Pack => "pack",
            Self::Copy => "copy",
        }
    }

    /// The file by which it is known.
    pub fn known_by(self) -> &'static str {
        match self {
            Self::Result => "summary.json",
            Self::Pack => "pack.json",
            Self::Copy => crate::change::MADE,
        }
    }

    /// Whether such a folder may hold a file under that path.
    fn may_hold(self, file: &Path) -> bool {
        let Some(name) = file.to_str() else {
            return false;
        };
        let name = name.replace('\\', "/");
        match self {
            Self::Result => {
                RESULT.contains(&name.as_str())
                    || crate::report::FILES.iter().any(|file| file.name() == name)
            }
            Self::Pack => PACK.contains(&name.as_str()),
            Self::Copy => {
                name == self.known_by() || crate::change::apply::names().contains(&name.as_str())
            }
        }
    }
}

/// Files of a result that not every run writes.
const RESULT: [&str; 3] = ["reserves.csv", "changes.csv", "published.csv"];

/// Files of a pack.
const PACK: [&str; 11] = [
    "pack.json",
    "moj/statement.html",
    "moj/statement.md",
    "moj/shortfall.csv",
    "moj/groups.csv",
    "hmip/statement.html",
    "hmip/statement.md",
    "hmip/confirmations.csv",
    "hmip/requests.csv",
    "confirmation/statement.html",
    "confirmation/statement.md",
];

/// A folder that Muster wrote.
#[derive(Clone, Debug)]
pub struct Item {
    /// Where it is.
    pub folder: PathBuf,
    /// What it is.
    pub kind: Kind,
    /// The programme year that it is of.
    pub programme_year: i32,
    /// The last day on which it is kept.
    pub kept_until: NaiveDate,
    /// Where its policy keeps the ledger, if it does.
    pub ledger: Option<PathBuf>,
    /// The file by which it is known, with its hash.
    pub known_by: Hashed,
    /// Its files, by their paths inside it.
    pub files: Vec<PathBuf>,
}

/// The last day on which what belongs to a programme year is kept: so many days after its end.
fn kept_until(programme_year: i32, days: u32) -> Option<NaiveDate> {
    let end = NaiveDate::from_ymd_opt(programme_year.checked_add(1)?, 3, 31)?;
    end.checked_add_days(Days::new(days.into()))
}
