//! What goes out: a folder for one addressee, with a statement to sign and the same as data.
//!
//! MoJ is told what can't be staffed (¶13), and nothing of the unannounced programme (¶14, 25);
//! HMIP is told what is confirmed and asked for its help (¶13, 17–19, 22, 26); the Deputy Director
//! signs the resourcing of the programme, in whole or but for what (¶13). `given.rs` reads what
//! MoJ was given earlier.

mod changes;
mod confirmation;
mod given;
mod hmip;
mod manifest;
pub mod moj;
mod statement;

use crate::domain::{DateSpan, InspectionIx};
use crate::eligibility::Eligibility;
use crate::ledger::Hashed;
use crate::result::PastRun;

pub use given::{Given, from_folder, from_ledger};
pub use manifest::record;

use moj::{Audited, Mend, Named, Refusal, Shown};

/// Whom a pack is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addressee {
    /// The Ministry of Justice.
    Moj,
    /// HM Inspectorate of Prisons.
    Hmip,
    /// Ofsted's Deputy Director, who signs.
    Confirmation,
    /// HMIP and inspectors, each told of what changes for them.
    Changes,
}

impl Addressee {
    /// As it is called on the command line and in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Moj => "moj",
            Self::Hmip => "hmip",
            Self::Confirmation => "confirmation",
            Self::Changes => "changes",
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

/// What only a pack for MoJ is made from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disclosure<'a> {
    /// What MoJ was given earlier this year, in that order.
    pub given: &'a [Given],
    /// What would mend the year, where that has been asked.
    pub mend: Option<&'a Mend>,
    /// Why establishments are named, if they are.
    pub naming_reason: Option<&'a str>,
}

/// A pack before it is written.
#[derive(Clone, Debug)]
pub struct Made {
    /// For whom.
    pub addressee: Addressee,
    /// Its files by their path in the pack's folder, `pack.json` last.
    pub files: Vec<(String, Vec<u8>)>,
    /// What the audit says, of a pack for MoJ that names no establishment.
    pub audited: Option<Audited>,
    /// Why establishments are named, where they are.
    pub naming_reason: Option<String>,
}

/// The names that the folder of a pack may hold.
pub const NAMES: [&str; 5] = ["pack.json", "moj", "hmip", "confirmation", "changes"];

/// The pack for MoJ: as fine as discloses no unannounced inspection.
///
/// # Errors
/// If even totals would disclose one.
pub fn for_moj(sources: &Sources, disclosure: Disclosure) -> Result<Made, Refusal> {
    let given = disclosure.given.iter();
    let earlier: Vec<Shown> = given.map(|given| given.shown.clone()).collect();
    let year = moj::Year::new(sources.eligibility, &sources.past.shortfalls, &earlier);
    let (shown, audited) = match disclosure.naming_reason {
        None => year
            .finest()
            .map(|(shown, audited)| (shown, Some(audited)))?,
        Some(_) => (year.unmerged(), None),
    };
    let named = disclosure.naming_reason.map(|reason| Named {
        reason: reason.to_owned(),
        places: year.places(),
    });
    let marking = &sources.eligibility.dataset.policy.marking;
    let statement = moj::statement(
        &shown,
        audited.as_ref(),
        named.as_ref(),
        disclosure.mend,
        marking,
    );
    let files = vec![
        (
            "moj/shortfall.csv".to_owned(),
            moj::shortfall_csv(&shown, marking),
        ),
        (
            "moj/groups.csv".to_owned(),
            moj::groups_csv(&shown, marking),
        ),
    ];
    let mut made = whole(Addressee::Moj, &statement, files);
    made.audited = audited;
    made.naming_reason = disclosure.naming_reason.map(str::to_owned);
    Ok(finished(sources, made, disclosure.given))
}

/// The pack for HMIP.
pub fn for_hmip(sources: &Sources) -> Made {
    let statement = hmip::statement(sources);
    let made = whole(Addressee::Hmip, &statement, hmip::files(sources));
    finished(sources, made, &[])
}

/// What the Deputy Director signs.
pub fn for_confirmation(sources: &Sources) -> Made {
    let statement = confirmation::statement(sources);
    let made = whole(Addressee::Confirmation, &statement, Vec::new());
    finished(sources, made, &[])
}

/// What HMIP and each inspector are told of a plan that was made anew; nothing where the result
/// replaces no plan.
pub fn for_changes(sources: &Sources) -> Option<Made> {
    let notices = changes::notices(sources)?;
    let written = notices.iter().flat_map(|(name, notice)| {
        let path = |ending: &str| format!("{}/{name}.{ending}", Addressee::Changes.as_str());
        [
            (path("md"), notice.to_markdown().into_bytes()),
            (path("html"), notice.to_html().into_bytes()),
        ]
    });
    let mut files: Vec<_> = written.collect();
    files.sort();
    let made = Made {
        addressee: Addressee::Changes,
        files,
        audited: None,
        naming_reason: None,
    };
    Some(finished(sources, made, &[]))
}

/// `files` and the statement, for `addressee`.
fn whole(
    addressee: Addressee,
    statement: &statement::Statement,
    mut files: Vec<(String, Vec<u8>)>,
) -> Made {
    let folder = addressee.as_str();
    let written = [
        ("statement.md", statement.to_markdown()),
        ("statement.html", statement.to_html()),
    ];
    files.extend(written.map(|(name, text)| (format!("{folder}/{name}"), text.into_bytes())));
    files.sort();
    Made {
        addressee,
        files,
        audited: None,
        naming_reason: None,
    }
}

/// `made` with its `pack.json`.
fn finished(sources: &Sources, mut made: Made, given: &[Given]) -> Made {
    let manifest = manifest::manifest(sources, &made, given);
    made.files.push(("pack.json".to_owned(), manifest));
    made
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
