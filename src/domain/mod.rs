//! The nouns of the work: what a dataset holds once it has been read and found sound.
//!
//! Plain immutable data. Nothing here reads files, solves anything or decides who may go
//! where: rules that derive something from these rows live in [`crate::eligibility`], and
//! once more, written apart, in [`crate::verify`].

mod dataset;
mod dates;
mod establishment;
mod index;
mod inspection;
mod inspector;
mod plan;
mod policy;
mod published;
#[cfg(test)]
pub mod test_support;
mod units;

pub use dataset::{CaseOf, Dataset, InputFile};
pub use dates::{DateSpan, WeekdaySet};
pub use establishment::{AgeGroup, Country, Establishment, Location, centres};
pub use index::{EstablishmentIx, InspectionIx, InspectorIx};
pub use inspection::{
    DATES_NAMED_MONTHS, DifferentWeek, Inspection, Judgement, Kind, PRISON_NAMED_MONTHS, Status,
};
pub use inspector::{
    Availability, AvailabilityKind, Clearance, ClearanceLevel, Conflict, ConflictWith, Grade,
    History, Inspector, Pin, PinAction, Role,
};
pub use plan::{Attendance, Plan, Post};
pub use policy::{
    Absence, AbsencePolicy, DifferentWeekPolicy, DisclosurePolicy, FeePolicy, HmipPolicy,
    LeadPolicy, LedgerPolicy, NoticePolicy, Policy, PriorityPolicy, Remedy, RemedyKind,
    ReservePolicy, RetentionPolicy, RollingPolicy, TeamPolicy, TolerancePolicy, TravelPolicy,
};
pub use published::{Given, Published, PublishedPost};
pub use units::{Kilometres, Pence};
