//! `muster pack`: what goes out to MoJ, HMIP or the Deputy Director.

use std::path::{Path, PathBuf};

use super::Exit;
use super::arguments::Pack;
use super::output::{complain, say};
use super::reading;
use crate::diagnostics::Diagnostics;
use crate::eligibility::{Eligibility, Waiver};
use crate::ledger::{self, Hashed, Record};
use crate::pack::{self, Addressee, Given, Made};
use crate::report::folder::{self, FolderError};

pub(super) fn run(command: &Pack) -> Exit {
    match make(command) {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}

fn make(command: &Pack) -> Result<(), Exit> {
    let reason = naming_reason(command)?;
    let names = ["pack.json", command.made_for.as_str()];
    let claim = folder::claim(&command.out, &names, command.writing.force).map_err(unwritten)?;
    let dataset = reading::dataset(&command.dataset, true).ok_or(Exit::BadInput)?;
    let eligibility = Eligibility::new(&dataset, Waiver::default());
    let past = reading::result(&command.result, &eligibility).ok_or(Exit::BadInput)?;
    let result = hashes(&command.result)?;
    let policy = &dataset.policy;
    let ledger = Some(&policy.ledger.path)
        .filter(|path| !path.is_empty())
        .map(PathBuf::from);
    let ledger = command.ledger.clone().or(ledger);
    let given = given(command, ledger.as_deref(), policy.programme_year)?;
    let made = match command.made_for {
        Addressee::Moj => {
            pack::for_moj(&eligibility, &past, &given, &[], reason).map_err(|refusal| {
                complain(refusal);
                Exit::Nothing
            })?
        }
        Addressee::Hmip => pack::for_hmip(&eligibility, &past),
        Addressee::Confirmation => pack::for_confirmation(&eligibility, &past),
    };
    let (json, line) = pack::record(&dataset, &made, &given, &result);
    let mut files = made.files.clone();
    files.push(("pack.json".to_owned(), json));
    claim.write(&files).map_err(unwritten)?;
    if let Some(path) = &ledger {
        ledger::append(path, ledger::now(), Record::Pack(line)).map_err(|error| {
            complain(error);
            complain(format!(
                "the pack in {} is not recorded: don't give it out, and make it again",
                command.out.display()
            ));
            Exit::Nothing
        })?;
    }
    say(format!("{}\n", policy.marking));
    say(told(command, &made, given.len(), ledger.as_deref()));
    Ok(())
}

/// What was made, and where.
fn told(command: &Pack, made: &Made, given: usize, ledger: Option<&Path>) -> String {
    let mut text = format!("{:<12}{}\n", "Pack", command.out.display());
    if let Some(audited) = &made.audited {
        text.push_str(&format!(
            "{:<12}passed for all {} establishments of England, with {given} packs given earlier\n",
            "Audit", audited.establishments
        ));
    }
    if made.naming_reason.is_some() {
        text.push_str(&format!(
            "{:<12}left out: establishments are named, and the reason is recorded\n",
            "Audit"
        ));
    }
    let recorded = ledger.map_or("nowhere: no ledger is named".to_owned(), |path| {
        path.display().to_string()
    });
    text.push_str(&format!("{:<12}{recorded}\n", "Recorded"));
    text
}

/// The reason for naming establishments, where that is asked for.
fn naming_reason(command: &Pack) -> Result<Option<&str>, Exit> {
    let wrong = |message: &str| {
        complain(message);
        Err(Exit::BadInput)
    };
    if command.made_for != Addressee::Moj
        && (command.name_establishments || !command.given.is_empty())
    {
        return wrong("--name-establishments and --given are of packs for MoJ only");
    }
    match command.reason.as_deref().map(str::trim) {
        Some("") => wrong("--reason says nothing; say why establishments are to be named"),
        reason => Ok(reason.filter(|_| command.name_establishments)),
    }
}

/// What MoJ was given earlier: what the ledger holds, then the folders that it does not hold.
fn given(command: &Pack, ledger: Option<&Path>, programme_year: i32) -> Result<Vec<Given>, Exit> {
    // A ledger that can't be read is noticed before anything is written.
    let mut given = match ledger {
        Some(path) => pack::from_ledger(path, programme_year).map_err(|error| {
            complain(error);
            Exit::Nothing
        })?,
        None => Vec::new(),
    };
    let mut diagnostics = Diagnostics::default();
    for folder in &command.given {
        given.extend(pack::from_folder(folder, programme_year, &mut diagnostics));
    }
    if diagnostics.has_errors() {
        reading::show(&diagnostics);
        return Err(Exit::BadInput);
    }
    // What was shown twice tells nothing more.
    let mut once: Vec<Given> = Vec::new();
    for one in given {
        if once.iter().all(|other| other.shown != one.shown) {
            once.push(one);
        }
    }
    Ok(once)
}

/// The result's files.
fn hashes(folder: &Path) -> Result<Vec<Hashed>, Exit> {
    super::allocate::result_names()
        .into_iter()
        .map(|name| {
            let bytes = std::fs::read(folder.join(name)).map_err(|error| {
                complain(format!("{name} can't be read: {error}"));
                Exit::BadInput
            })?;
            Ok(Hashed {
                file: name.to_owned(),
                sha256: ledger::sha256(&bytes),
            })
        })
        .collect()
}

fn unwritten(error: FolderError) -> Exit {
    complain(error);
    Exit::Nothing
}
