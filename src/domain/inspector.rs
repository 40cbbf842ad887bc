//! Inspectors, and what the other files say about them.

use chrono::NaiveDate;
use serde::Serialize;

use super::{DateSpan, EstablishmentIx, InspectionIx, InspectorIx, Location, WeekdaySet};

/// A level of security vetting: its place in the policy's `clearance_levels`, rising from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ClearanceLevel(pub u8);

/// A clearance somebody holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Clearance {
    /// Its level.
    pub level: ClearanceLevel,
    /// The last day on which it is valid.
    pub expires: NaiveDate,
}

/// How somebody works for Ofsted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// His Majesty's Inspector, employed.
    Hmi,
    /// Ofsted Inspector, contracted and paid by the day.
    Oi,
}

impl Grade {
    /// As written in the files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hmi => "HMI",
            Self::Oi => "OI",
        }
    }
}

/// The two kinds of post of an inspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Leads it: exactly one.
    Lead,
    /// Any other member of Ofsted's team.
    Team,
}

impl Role {
    /// As written in the files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Team => "team",
        }
    }
}

/// A row of `inspectors.csv`.
#[derive(Clone, Debug)]
pub struct Inspector {
    /// Their id, unique in the file.
    pub id: String,
    /// Their name.
    pub name: String,
    /// HMI or OI.
    pub grade: Grade,
    /// Whether an OI is trained to lead; HMIs always may.
    pub lead_trained: bool,
    /// Their region, free text.
    pub region: String,
    /// Where they travel from: given, or the mean of their region's establishments.
    pub location: Location,
    /// The last day on which the enhanced DBS check is valid; `None`: not held.
    pub dbs_expires: Option<NaiveDate>,
    /// Their clearance; `None` where the level or the date is not given: not held.
    pub clearance: Option<Clearance>,
    /// Contracted or target days a year.
    pub max_days: u32,
    /// Days already spent on work outside this programme; they count for the year's cap only.
    pub days_used: u32,
    /// Their part-time pattern.
    pub working_days: WeekdaySet,
    /// The last day on which training for custodial sites is valid; `None`: not asked for.
    pub custody_training_until: Option<NaiveDate>,
    /// Caps of the quarters, April to June first; `None`: none.
    pub max_days_quarter: [Option<u32>; 4],
    /// Their line in the file, from 1.
    pub line: u32,
}

/// Whether a span of `availability.csv` takes days away or offers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AvailabilityKind {
    /// Leave, other duties.
    Unavailable,
    /// Days an OI offers.
    Offered,
}

/// A row of `availability.csv`. Its reason (health, interests) is not kept: no rule needs it.
#[derive(Clone, Debug)]
pub struct Availability {
    /// Whose.
    pub inspector: InspectorIx,
    /// Which days, ends included.
    pub span: DateSpan,
    /// Taken away or offered.
    pub kind: AvailabilityKind,
    /// Its line in the file, from 1.
    pub line: u32,
}

/// What somebody's interest conflicts with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConflictWith {
    /// One establishment.
    Establishment(EstablishmentIx),
    /// Every establishment of one provider of education.
    Provider(String),
}

/// A row of `conflicts.csv`.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// Whose.
    pub inspector: InspectorIx,
    /// With what.
    pub with: ConflictWith,
    /// The last day of it; `None`: always.
    pub until: Option<NaiveDate>,
    /// Its line in the file, from 1.
    pub line: u32,
}

/// Whether a row of `pins.csv` asks for a post or rules it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PinAction {
    /// The inspector holds the post, in whichever window.
    Pin,
    /// The inspector never holds it.
    Forbid,
}

/// A row of `pins.csv`.
#[derive(Clone, Debug)]
pub struct Pin {
    /// Which inspection.
    pub inspection: InspectionIx,
    /// Who.
    pub inspector: InspectorIx,
    /// Which role; `None`, of a `forbid` only: both.
    pub role: Option<Role>,
    /// Pinned or forbidden.
    pub action: PinAction,
    /// Its line in the file, from 1.
    pub line: u32,
}

/// A row of `history.csv`: who was at an earlier full inspection.
#[derive(Clone, Debug)]
pub struct History {
    /// Where.
    pub establishment: EstablishmentIx,
    /// Who: an id that may belong to nobody in `inspectors.csv` any more.
    pub inspector_id: String,
    /// In which role.
    pub role: Role,
    /// When.
    pub date: NaiveDate,
    /// Its line in the file, from 1.
    pub line: u32,
}
