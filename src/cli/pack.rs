//! `muster pack`: what goes out to one addressee.

use std::path::{Path, PathBuf};

use super::Exit;
use super::arguments::{For, Pack};
use super::output::{complain, say};
use super::reading;
use crate::diagnostics::Diagnostics;
use crate::domain::{Dataset, Policy};
use crate::eligibility::Eligibility;
use crate::ledger::{self, Hashed, Record, sha256};
use crate::pack::moj::Mend;
use crate::pack::{self, Disclosure, Given, Made, Sources};
use crate::report::FILES;
use crate::report::folder;

pub(super) fn run(command: &Pack) -> Exit {
    let packed = pack(command);
    packed.map_or_else(|exit| exit, |()| Exit::Done)
}

fn pack(command: &Pack) -> Result<(), Exit> {
    let naming_reason = naming_reason(command)?;
    let claim = folder::claim(&command.out, &pack::NAMES, command.writing.force)
        .map_err(|error| nothing(&error))?;
    let dataset = reading::year_of(&command.folders).ok_or(Exit::BadInput)?;
    let eligibility = Eligibility::new(&dataset);
    let past = reading::result(&command.folders.result, &eligibility).ok_or(Exit::BadInput)?;
    let result = hashes(command)?;
    let ledger = record_in(command, &dataset.policy);
    let given = given(command, ledger.as_deref(), dataset.policy.programme_year)?;
    let mend = mend(command, &dataset)?;
    let sources = Sources {
        eligibility: &eligibility,
        past: &past,
        result: &result,
    };
    let made = match command.made_for {
        For::Moj => {
            let disclosure = Disclosure {
                given: &given,
                mend: mend.as_ref(),
                naming_reason,
            };
            pack::for_moj(&sources, disclosure).map_err(|refusal| nothing(&refusal))?
        }
        For::Hmip => pack::for_hmip(&sources),
        For::Confirmation => pack::for_confirmation(&sources),
        For::Changes => pack::for_changes(&sources).ok_or_else(|| {
            complain("this result replaces no plan: make one with muster replan");
            Exit::BadInput
        })?,
    };
    claim.write(&made.files).map_err(|error| nothing(&error))?;
    if let Some(path) = &ledger {
        let record = Record::Pack(pack::record(&sources, &made));
        ledger::append(path, ledger::now(), record).map_err(|error| {
            let out = command.out.display();
            nothing(&format!(
                "the pack in {out} is not recorded: {error}; don't give it out, and make it again"
            ))
        })?;
    }
    say(told(command, &made, given.len(), ledger.as_deref()));
    Ok(())
}

fn nothing(error: &dyn std::fmt::Display) -> Exit {
    complain(error);
    Exit::Nothing
}

/// What would mend the year, as it was asked before.
fn mend(command: &Pack, dataset: &Dataset) -> Result<Option<Mend>, Exit> {
    let Some(path) = &command.remedies else {
        return Ok(None);
    };
    let wrong = |what: String| {
        complain(format!("{}: {what}", path.display()));
        complain("make it with muster remedies DATASET RESULT --report FILE");
        Exit::BadInput
    };
    let text = std::fs::read_to_string(path)
        .map_err(|error| wrong(format!("it can't be read: {error}")))?;
    Mend::read(&text, dataset).map(Some).map_err(wrong)
}

/// What was made, and where.
fn told(command: &Pack, made: &Made, given: usize, ledger: Option<&Path>) -> String {
    let mut lines = Vec::new();
    if let Some(audited) = &made.audited {
        let passed = format!(
            "passed for all {} establishments of England, held against {given} earlier {}",
            audited.establishments,
            if given == 1 { "pack" } else { "packs" },
        );
        lines.push(("Audit", passed));
    }
    if made.naming_reason.is_some() {
        let left_out = "left out: establishments are named, and the reason is recorded";
        lines.push(("Audit", left_out.to_owned()));
    }
    if let Some(path) = ledger {
        lines.push(("Recorded", path.display().to_string()));
    }
    let files = made.files.iter();
    lines.extend(files.map(|(name, _)| ("Pack", command.out.join(name).display().to_string())));
    let lines = lines
        .iter()
        .map(|(what, text)| format!("{what:<12}{text}\n"));
    lines.collect()
}

/// Why establishments are named, where that is asked for.
fn naming_reason(command: &Pack) -> Result<Option<&str>, Exit> {
    let wrong = |message: &str| {
        complain(message);
        Err(Exit::BadInput)
    };
    let of_moj =
        command.name_establishments || !command.given.is_empty() || command.remedies.is_some();
    if of_moj && command.made_for != For::Moj {
        return wrong("--name-establishments, --given and --remedies are of packs for MoJ only");
    }
    match command.reason.as_deref().map(str::trim) {
        Some("") => wrong("--reason says nothing; say why establishments are to be named"),
        reason => Ok(reason),
    }
}

/// What MoJ was given earlier: what the ledger holds, then the folders that it does not hold.
///
/// A ledger that was tampered with is found here, before anything is made.
fn given(command: &Pack, ledger: Option<&Path>, programme_year: i32) -> Result<Vec<Given>, Exit> {
    let mut given = match ledger.filter(|path| path.exists()) {
        Some(path) => pack::from_ledger(path, programme_year).map_err(|error| nothing(&error))?,
        None => Vec::new(),
    };
    let mut diagnostics = Diagnostics::default();
    for folder in &command.given {
        let named = pack::from_folder(folder, programme_year, &mut diagnostics);
        given.extend(named.filter(|named| !given.iter().any(|held| held.shown == named.shown)));
    }
    if diagnostics.has_errors() {
        reading::show(&diagnostics);
        return Err(Exit::BadInput);
    }
    // What was shown twice in a row tells nothing more.
    given.dedup_by(|one, other| one.shown == other.shown);
    Ok(given)
}

/// The hashes of the result's files.
fn hashes(command: &Pack) -> Result<Vec<Hashed>, Exit> {
    FILES
        .iter()
        .map(|file| {
            let name = file.name();
            let bytes = std::fs::read(command.folders.result.join(name)).map_err(|error| {
                complain(format!("{name} can't be read: {error}"));
                Exit::BadInput
            })?;
            Ok(Hashed {
                file: name.to_owned(),
                sha256: sha256(&bytes),
            })
        })
        .collect()
}

/// Where it is recorded, if anywhere.
fn record_in(command: &Pack, policy: &Policy) -> Option<PathBuf> {
    let of_policy = || Some(&policy.ledger.path).filter(|path| !path.is_empty());
    command
        .ledger
        .clone()
        .or_else(|| of_policy().map(PathBuf::from))
}
