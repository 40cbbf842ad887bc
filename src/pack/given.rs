//! Packs that MoJ was given earlier: from their folders and from the ledger.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::diagnostics::{Diagnostic, Diagnostics, codes, quoted};
use crate::ledger::{self, Hashed, Record, sha256};

use super::moj::{self, Shown};

/// A pack that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// What it shows.
    pub shown: Shown,
    /// SHA-256 of its `shortfall.csv`.
    pub shortfall: String,
    /// SHA-256 of its `groups.csv`.
    pub groups: String,
}

impl Given {
    fn of(shortfall: &str, groups: &str) -> Result<Self, moj::Unreadable> {
        Ok(Self {
            shown: moj::read(shortfall, groups)?,
            shortfall: sha256(shortfall.as_bytes()),
            groups: sha256(groups.as_bytes()),
        })
    }
}

/// As much of `pack.json` as is needed.
#[derive(Deserialize)]
struct Head {
    program: String,
    addressee: String,
    files: Vec<Hashed>,
    policy: PolicyHead,
}

#[derive(Deserialize)]
struct PolicyHead {
    programme_year: i32,
}

/// The pack for MoJ of `programme_year` in `folder`; what is wrong with it is told.
pub fn from_folder(
    folder: &Path,
    programme_year: i32,
    diagnostics: &mut Diagnostics,
) -> Option<Given> {
    let name = quoted(&folder.display().to_string());
    let mut wrong = |code, message: String, help: &str| {
        diagnostics.push(Diagnostic::nowhere(code, message).help(help));
        None
    };
    let text = match fs::read_to_string(folder.join("pack.json")) {
        Ok(text) => text,
        Err(error) => {
            let message = match error.kind() {
                std::io::ErrorKind::NotFound => {
                    format!("{name} holds no pack: it has no pack.json")
                }
                _ => format!("{name} holds no pack: pack.json can't be read: {error}"),
            };
            return wrong(
                codes::M1001,
                message,
                "name the folder that muster pack wrote, the one that holds pack.json",
            );
        }
    };
    let head: Head = match serde_json::from_str(&text) {
        Ok(head) => head,
        Err(error) => {
            let message = format!("{name}: pack.json is not as it was written: {error}");
            return wrong(
                codes::M1002,
                message,
                "take the pack from where it was kept",
            );
        }
    };
    if head.program != env!("CARGO_PKG_NAME") {
        return wrong(
            codes::M1001,
            format!("{name} holds no pack of Muster's"),
            "name the folder that muster pack wrote",
        );
    }
    if head.addressee != "moj" {
        let message = format!("{name} is no pack for MoJ but for {}", head.addressee);
        return wrong(
            codes::M1003,
            message,
            "only packs for MoJ can disclose something together",
        );
    }
    if head.policy.programme_year != programme_year {
        let message = format!(
            "{name} is of the programme year {}, not {programme_year}",
            head.policy.programme_year
        );
        return wrong(
            codes::M1003,
            message,
            "leave it out: packs of different years are about different inspections",
        );
    }
    let mut texts = Vec::new();
    for file in ["moj/shortfall.csv", "moj/groups.csv"] {
        let bytes = match fs::read(folder.join(file)) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("{name}: {file} can't be read: {error}");
                return wrong(codes::M1002, message, "copy the whole folder");
            }
        };
        let hash = sha256(&bytes);
        let is_it = |one: &&Hashed| one.file == file && one.sha256 == hash;
        if head.files.iter().find(is_it).is_none() {
            let message = format!("{name}: {file} is not as it was written");
            return wrong(
                codes::M1002,
                message,
                "take the pack from where it was kept, as MoJ was given it",
            );
        }
        texts.push(String::from_utf8_lossy(&bytes).into_owned());
    }
    match Given::of(&texts[0], &texts[1]) {
        Ok(given) => Some(given),
        Err(fault) => {
            let message = format!(
                "{name}: {}, line {}: {}",
                fault.file, fault.line, fault.what
            );
            wrong(
                codes::M1002,
                message,
                "take the pack from where it was kept",
            )
        }
    }
}

/// Those of `programme_year` that the ledger at `path` holds, in its order.
pub fn from_ledger(path: &Path, programme_year: i32) -> Result<Vec<Given>, String> {
    let read = ledger::read(path).map_err(|error| error.to_string())?;
    let packs = read.iter().filter_map(|line| match &line.record {
        Record::Pack(pack) if pack.programme_year == programme_year => {
            Some((line.number, pack.shown.as_ref()?))
        }
        _ => None,
    });
    packs
        .map(|(number, shown)| {
            Given::of(&shown.shortfall, &shown.groups).map_err(|fault| {
                format!(
                    "line {number} of the ledger {}: {}: {}",
                    path.display(),
                    fault.file,
                    fault.what
                )
            })
        })
        .collect()
}
