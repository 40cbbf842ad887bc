//! The words of change files: kinds of change, and values that are words.

use crate::domain::{DifferentWeek, Grade, Judgement, Kind, Role, Status};
use crate::input::{inspectors, pins, programme};

use super::{Change, TeamOf};

/// Words with what they stand for.
pub(super) type Words<T> = &'static [(&'static str, T)];

pub(super) const GRADES: Words<Grade> = &inspectors::GRADES;
pub(super) const ROLES: Words<Role> = &pins::ROLES;
pub(super) const KINDS: Words<Kind> = &programme::KINDS;
pub(super) const JUDGEMENTS: Words<Judgement> = &programme::JUDGEMENTS;
pub(super) const DIFFERENT_WEEKS: Words<DifferentWeek> = &programme::DIFFERENT_WEEKS;
pub(super) const STATUSES: Words<Status> = &programme::STATUSES;
pub(super) const TEAMS: Words<TeamOf> = &[
    ("ofsted", TeamOf::Ofsted),
    ("hmip", TeamOf::Hmip),
    ("partners", TeamOf::Partners),
];

/// The word for `value`.
pub(super) fn word<T: PartialEq>(words: Words<T>, value: &T) -> &'static str {
    let found = words.iter().find(|(_, known)| known == value);
    found.map_or("", |(word, _)| word)
}

impl Change {
    /// The word that a file has for this kind of change.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Clearance { .. } => "clearance",
            Self::Dbs { .. } => "dbs",
            Self::Training { .. } => "training",
            Self::LeadTraining { .. } => "lead-training",
            Self::Days { .. } => "days",
            Self::Offer { .. } => "offer",
            Self::Away { .. } => "away",
            Self::WithdrawOffer { .. } => "withdraw-offer",
            Self::DropLeave { .. } => "drop-leave",
            Self::MoveLeave { .. } => "move-leave",
            Self::SiteCapacity { .. } => "site-capacity",
            Self::SiteClearance { .. } => "site-clearance",
            Self::DifferentWeek { .. } => "different-week",
            Self::Attend { .. } => "attend",
            Self::AddInspectors(_) => "add-inspector",
            Self::RemoveInspector { .. } => "remove-inspector",
            Self::MoveInspection { .. } => "move-inspection",
            Self::AddInspection(_) => "add-inspection",
            Self::Status { .. } => "status",
            Self::Team { .. } => "team",
            Self::Pin { .. } => "pin",
            Self::Forbid { .. } => "forbid",
            Self::Unpin { .. } => "unpin",
            Self::Policy(_) => "policy",
        }
    }
}
