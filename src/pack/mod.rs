//! Packs: what goes out to one addressee, each a statement to sign and, for programs, tables.
//!
//! `moj/` is the escalation of what can't be staffed (¶13), which must not disclose the
//! unannounced programme; `hmip.rs` what HMIP is told and asked (¶13, 17–19, 22, 26);
//! `confirmation.rs` what the Deputy Director signs (¶13, 22). `document.rs` turns a statement into
//! HTML and Markdown, `record.rs` makes `pack.json` and the ledger's line, `given.rs` reads what
//! MoJ was given earlier.

mod confirmation;
pub mod document;
mod given;
mod hmip;
pub mod moj;
mod record;

use crate::domain::RemedyKind;
use crate::eligibility::Eligibility;
use crate::result::PastRun;

pub use given::{Given, from_folder, from_ledger};
pub use record::record;

use document::Document;
use moj::{Audited, Refusal, Shown};

/// For whom a pack is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Addressee {
    /// The Ministry of Justice: what is short
    Moj,
    /// HM Inspectorate of Prisons: what is confirmed, and what is asked
    Hmip,
    /// The Deputy Director: the resourcing, to be confirmed
    Confirmation,
}

impl Addressee {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Moj => "moj",
            Self::Hmip => "hmip",
            Self::Confirmation => "confirmation",
        }
    }
}

/// Changes of one kind that together mend the year, as MoJ may be told of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemedyTotal {
    /// Their kind.
    pub kind: RemedyKind,
    /// How many of them.
    pub changes: u32,
    /// What they cost together, by the policy's prices.
    pub price: u32,
    /// The quarter by which all of them are needed, from 0.
    pub by_quarter: u8,
}

/// A pack before it is written.
#[derive(Clone, Debug)]
pub struct Made {
    /// For whom.
    pub addressee: Addressee,
    /// Its files for the addressee, by their path in the pack's folder.
    pub files: Vec<(String, Vec<u8>)>,
    /// What the audit says, of a pack for MoJ.
    pub audited: Option<Audited>,
    /// Why establishments are named, where they are.
    pub naming_reason: Option<String>,
}

/// The pack for MoJ, after those `given` earlier. With a reason, establishments are named.
///
/// # Errors
/// If even totals would disclose.
pub fn for_moj(
    eligibility: &Eligibility,
    past: &PastRun,
    given: &[Given],
    remedies: &[RemedyTotal],
    naming_reason: Option<&str>,
) -> Result<Made, Refusal> {
    let earlier: Vec<Shown> = given.iter().map(|given| given.shown.clone()).collect();
    let year = moj::Year::new(eligibility, &past.shortfalls, &earlier);
    let (shown, audited, named) = match naming_reason {
        None => {
            let (shown, audited) = year.finest()?;
            (shown, Some(audited), None)
        }
        Some(reason) => {
            let named = moj::Named {
                reason: reason.to_owned(),
                places: year.places(),
            };
            (year.unmerged(), None, Some(named))
        }
    };
    let marking = &eligibility.dataset.policy.marking;
    let statement = moj::statement(&shown, audited.as_ref(), named.as_ref(), remedies, marking);
    let mut files = statement_files(Addressee::Moj, &statement);
    files.push((
        "moj/shortfall.csv".to_owned(),
        moj::shortfall_csv(&shown, marking),
    ));
    files.push((
        "moj/groups.csv".to_owned(),
        moj::groups_csv(&shown, marking),
    ));
    Ok(Made {
        addressee: Addressee::Moj,
        files,
        audited,
        naming_reason: naming_reason.map(str::to_owned),
    })
}

/// The pack for HMIP.
pub fn for_hmip(eligibility: &Eligibility, past: &PastRun) -> Made {
    let (statement, confirmations, requests) = hmip::pack(eligibility, past);
    let mut files = statement_files(Addressee::Hmip, &statement);
    files.push(("hmip/confirmations.csv".to_owned(), confirmations));
    files.push(("hmip/requests.csv".to_owned(), requests));
    Made {
        addressee: Addressee::Hmip,
        files,
        audited: None,
        naming_reason: None,
    }
}

/// The resourcing for the Deputy Director's signature.
pub fn for_confirmation(eligibility: &Eligibility, past: &PastRun) -> Made {
    let statement = confirmation::statement(eligibility, past);
    let files = statement_files(Addressee::Confirmation, &statement);
    Made {
        addressee: Addressee::Confirmation,
        files,
        audited: None,
        naming_reason: None,
    }
}

fn statement_files(addressee: Addressee, statement: &Document) -> Vec<(String, Vec<u8>)> {
    let name = |end: &str| format!("{}/statement.{end}", addressee.as_str());
    vec![
        (name("html"), statement.html().into_bytes()),
        (name("md"), statement.markdown().into_bytes()),
    ]
}
