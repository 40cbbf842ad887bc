//! What goes out: a folder for one addressee, with a statement to sign and the same as data.
//!
//! HMIP is told what is confirmed and asked for its help (¶13, 17–19, 22, 26); the Deputy
//! Director signs the resourcing of the programme, in whole or but for what (¶13).

mod confirmation;
mod hmip;
mod manifest;
mod statement;

use crate::domain::{DateSpan, InspectionIx};
use crate::eligibility::Eligibility;
use crate::ledger::Hashed;
use crate::result::PastRun;

/// Whom a pack is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addressee {
    /// HM Inspectorate of Prisons.
    Hmip,
    /// Ofsted's Deputy Director, who signs.
    Confirmation,
}

impl Addressee {
    /// As it is called on the command line and in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hmip => "hmip",
            Self::Confirmation => "confirmation",
        }
    }
}

/// What a pack is made from.
pub struct Sources<'a> {
    /// The year.
    pub eligibility: &'a Eligibility<'a>,
    /// The run.
    pub past: &'a PastRun,
    /// The hashes of the result's files.
    pub result: &'a [Hashed],
}

/// The names that the folder of a pack may hold.
pub const NAMES: [&str; 4] = ["pack.json", "moj", "hmip", "confirmation"];

/// The files of a pack, by their paths in its folder.
pub fn pack(sources: &Sources, addressee: Addressee) -> Vec<(String, Vec<u8>)> {
    let (statement, mut files) = match addressee {
        Addressee::Hmip => (hmip::statement(sources), hmip::files(sources)),
        Addressee::Confirmation => (confirmation::statement(sources), Vec::new()),
    };
    let folder = addressee.as_str();
    let written = [
        ("statement.md", statement.to_markdown()),
        ("statement.html", statement.to_html()),
    ];
    files.extend(written.map(|(name, text)| (format!("{folder}/{name}"), text.into_bytes())));
    files.sort();
    files.push((
        "pack.json".to_owned(),
        manifest::manifest(sources, addressee),
    ));
    files
}

/// 'P031 HMP Somewhere'.
fn named(sources: &Sources, inspection: InspectionIx) -> String {
    let dataset = sources.eligibility.dataset;
    let row = dataset.inspection(inspection);
    let site = dataset.establishment(row.establishment);
    format!("{} {}", row.id, site.name)
}

/// '2026-05-11 to 2026-05-14'.
fn span(days: DateSpan) -> String {
    format!("{} to {}", days.first(), days.last())
}

/// '1 post', '2 posts'.
fn counted(count: u32, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}
