//! Entries of HMIP's programme, and Ofsted's own standalone inspections.

use chrono::NaiveDate;

use super::{DateSpan, EstablishmentIx};

/// What kind of inspection an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A full inspection by HMIP.
    Full,
    /// An independent review of progress.
    Irp,
    /// An inspection of Ofsted's own.
    Standalone,
}

impl Kind {
    /// As written in the files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Irp => "irp",
            Self::Standalone => "standalone",
        }
    }
}

/// The overall judgement on education, skills and work at the previous inspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Judgement {
    /// Outstanding.
    Outstanding,
    /// Good.
    Good,
    /// Requires improvement.
    RequiresImprovement,
    /// Inadequate.
    Inadequate,
    /// There was an inspection; its judgement is awaited.
    Awaited,
    /// There was no earlier judgement.
    None,
}

/// Whether Ofsted may come in another week than the second (¶17).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DifferentWeek {
    /// It may not.
    No,
    /// It may, and HMIP is still to be asked.
    Ask,
    /// HMIP has agreed.
    Agreed,
}

/// How an entry of the programme stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// It goes ahead.
    Planned,
    /// It is put off, with no new date.
    Postponed,
    /// It does not happen.
    Cancelled,
}

/// ¶23: months before a standalone inspection by which its prison is named to HMIP.
pub const PRISON_NAMED_MONTHS: u32 = 4;

/// ¶23: months before a standalone inspection by which its dates are named to HMIP.
pub const DATES_NAMED_MONTHS: u32 = 3;

/// A row of `programme.csv`.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// Its id, unique in the file.
    pub id: String,
    /// Where it is.
    pub establishment: EstablishmentIx,
    /// Full, IRP or standalone.
    pub kind: Kind,
    /// Whether the site is told in advance.
    pub announced: bool,
    /// HMIP's days, `start_date` to `end_date`.
    pub dates: DateSpan,
    /// HMIP's people on site, from the first day to the last.
    pub hmip_team: u32,
    /// The partners' people on site, from the first day to the last.
    pub partner_team: u32,
    /// Ofsted's team, lead included, at least 1; may be missing only out of scope.
    pub team_required: Option<u32>,
    /// The previous judgement; may be missing only where `kind` is not an IRP.
    pub previous_esw: Option<Judgement>,
    /// Whether another week may be used.
    pub different_week: DifferentWeek,
    /// `attend_from` to `attend_to`: Ofsted's window, where the programme names it.
    pub attend: Option<DateSpan>,
    /// `earliest` to `latest`: the bounds of a standalone inspection that may still move.
    pub bounds: Option<DateSpan>,
    /// When a standalone's dates were named to HMIP (¶23).
    pub dates_named_on: Option<NaiveDate>,
    /// HMIP's word for this one inspection on whether Ofsted attends (¶26).
    pub ofsted_attends: Option<bool>,
    /// When HMIP told Ofsted of it (¶22).
    pub notified_on: Option<NaiveDate>,
    /// When it was made public; `None`: not yet.
    pub announced_on: Option<NaiveDate>,
    /// When a standalone's prison was named to HMIP (¶23).
    pub prison_named_on: Option<NaiveDate>,
    /// Planned, postponed or cancelled.
    pub status: Status,
    /// Its line in the file, from 1.
    pub line: u32,
}
