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
use crate::replan;

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
    /// The cases of a what-if, with its base plan and tables.
    WhatIf,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::WhatIf, Self::Result, Self::Pack, Self::Copy];

    /// As it is called.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Result => "result",
            Self::Pack => "pack",
            Self::Copy => "copy",
            Self::WhatIf => "what-if",
        }
    }

    /// The file by which it is known.
    pub fn known_by(self) -> &'static str {
        match self {
            Self::Result => "summary.json",
            Self::Pack => "pack.json",
            Self::Copy => crate::change::MADE,
            Self::WhatIf => "whatif.json",
        }
    }

    /// Whether such a folder may hold a file under that path.
    fn may_hold(self, file: &Path) -> bool {
        let Some(name) = file.to_str() else {
            return false;
        };
        let name = name.replace('\\', "/");
        match self {
            Self::Result => name == SCENARIO || replan::names().contains(&name.as_str()),
            Self::Pack => PACK.contains(&name.as_str()) || is_notice(&name),
            Self::WhatIf => is_of_a_what_if(&name),
            Self::Copy => {
                name == self.known_by() || crate::change::apply::names().contains(&name.as_str())
            }
        }
    }
}

/// What the result of a case of a what-if holds beside other results' files.
const SCENARIO: &str = "scenario.toml";

/// Whether it is a table, a plot, or a file of the base plan or of a case.
fn is_of_a_what_if(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    match parts[..] {
        [table] => ["whatif.json", "whatif.csv", "whatif.md"].contains(&table),
        ["plots", plot] => plot.ends_with(".svg"),
        ["base", file] | ["cases", _, file] => {
            file == "problem.json" || Kind::Result.may_hold(Path::new(file))
        }
        _ => false,
    }
}

/// Whether it is one of the notices of a pack for changes, which are named after inspectors.
fn is_notice(name: &str) -> bool {
    let file = name.strip_prefix("changes/");
    file.is_some_and(|file| {
        let is_known = file.starts_with("inspector-") || file.starts_with("hmip.");
        is_known && !file.contains('/') && (file.ends_with(".md") || file.ends_with(".html"))
    })
}

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
