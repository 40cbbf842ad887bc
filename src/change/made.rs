//! What `muster apply` writes beside a changed dataset: from what it was made, and the hash of
//! each file, so that a copy nobody has touched since can be told from one that somebody works in.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::ChangeFile;
use super::apply::Files;
use crate::domain::{InputFile, Policy};
use crate::input::open::hex;

/// Its name.
pub const MADE: &str = "applied.json";

#[derive(Serialize)]
struct Made<'a> {
    marking: &'a str,
    program: &'static str,
    version: &'static str,
    changes: Vec<&'a str>,
    inputs: Vec<Hashed<'a>>,
    files: Vec<Hashed<'a>>,
    policy: &'a Policy,
}

#[derive(Serialize)]
struct Hashed<'a> {
    file: &'a str,
    sha256: String,
}

/// The text of the file: of a dataset with `policy`, made from `inputs` by the changes of `by`.
pub fn made(policy: &Policy, inputs: &[InputFile], by: &[ChangeFile], files: &Files) -> Vec<u8> {
    let inputs = inputs.iter().map(|input| Hashed {
        file: &input.name,
        sha256: input.sha256.clone(),
    });
    let written = files.iter().map(|(name, bytes)| Hashed {
        file: name,
        sha256: hex(&Sha256::digest(bytes)),
    });
    let made = Made {
        marking: &policy.marking,
        program: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        changes: by.iter().map(|file| file.title.as_str()).collect(),
        inputs: inputs.collect(),
        files: written.collect(),
        policy,
    };
    let mut bytes = serde_json::to_vec_pretty(&made).expect("nothing that JSON can't hold");
    bytes.push(b'\n');
    bytes
}
