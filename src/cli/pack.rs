//! `muster pack`: what goes out to one addressee.

use std::path::PathBuf;

use super::Exit;
use super::arguments::{For, Pack};
use super::output::{complain, say};
use super::reading;
use crate::domain::Policy;
use crate::eligibility::{Eligibility, Waiver};
use crate::ledger::{self, Hashed, Record, sha256};
use crate::pack::{self, Addressee, Sources};
use crate::report::FILES;
use crate::report::folder;

pub(super) fn run(command: &Pack) -> Exit {
    let packed = pack(command);
    packed.map_or_else(|exit| exit, |()| Exit::Done)
}

fn pack(command: &Pack) -> Result<(), Exit> {
    let nothing = |error: &dyn std::fmt::Display| {
        complain(error);
        Exit::Nothing
    };
    let claim = folder::claim(&command.out, &pack::NAMES, command.writing.force)
        .map_err(|error| nothing(&error))?;
    let dataset = reading::dataset(&command.dataset, true).ok_or(Exit::BadInput)?;
    let eligibility = Eligibility::new(&dataset, Waiver::default());
    let past = reading::result(&command.result, &eligibility).ok_or(Exit::BadInput)?;
    let result = hashes(command)?;
    let record_in = record_in(command, &dataset.policy);
    // A ledger that was tampered with is found before anything is made.
    if let Some(path) = record_in.as_deref().filter(|path| path.exists()) {
        ledger::verify(path).map_err(|error| nothing(&error))?;
    }
    let sources = Sources {
        eligibility: &eligibility,
        past: &past,
        result: &result,
    };
    let addressee = match command.made_for {
        For::Hmip => Addressee::Hmip,
        For::Confirmation => Addressee::Confirmation,
    };
    let files = pack::pack(&sources, addressee);
    claim.write(&files).map_err(|error| nothing(&error))?;
    if let Some(path) = record_in {
        let record = record(&sources, addressee, &files);
        let added = ledger::append(&path, ledger::now(), record);
        added.map_err(|error| {
            let out = command.out.display();
            nothing(&format!(
                "the pack is in {out}, but it is not recorded: {error}"
            ))
        })?;
        say(format!("{:<12}{}\n", "Recorded", path.display()));
    }
    for (name, _) in &files {
        say(format!(
            "{:<12}{}\n",
            "Pack",
            command.out.join(name).display()
        ));
    }
    Ok(())
}

/// The hashes of the result's files.
fn hashes(command: &Pack) -> Result<Vec<Hashed>, Exit> {
    FILES
        .iter()
        .map(|file| {
            let name = file.name();
            let bytes = std::fs::read(command.result.join(name)).map_err(|error| {
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

fn record(sources: &Sources, addressee: Addressee, files: &[(String, Vec<u8>)]) -> Record {
    let dataset = sources.eligibility.dataset;
    let inputs = dataset.inputs.iter().map(|input| Hashed {
        file: input.name.clone(),
        sha256: input.sha256.clone(),
    });
    let files = files.iter().map(|(name, bytes)| Hashed {
        file: name.clone(),
        sha256: sha256(bytes),
    });
    Record::Pack(ledger::Pack {
        made_for: addressee.as_str().to_owned(),
        marking: dataset.policy.marking.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        inputs: inputs.collect(),
        result: sources.result.to_vec(),
        files: files.collect(),
        shown: None,
        naming_reason: None,
    })
}
