//! Changes to a dataset as data: what a remedy, a stand-in or a what-if does to it, in a type
//! that can't hold a wrong change.
//!
//! A [`ChangeFile`] is read from a small TOML file ([`read_text`]), with the same diagnostics as a
//! dataset, and written as one ([`ChangeFile::to_toml`]). [`apply()`] makes the changes in the
//! files of a dataset, in their order, and leaves every byte alone that they say nothing of.

pub mod apply;
mod kinds;
mod made;
mod policy_key;
mod read;
mod write;

use std::num::{NonZeroI32, NonZeroU32};

use chrono::NaiveDate;

use crate::domain::{DateSpan, DifferentWeek, Grade, Judgement, Kind, Role, Status, WeekdaySet};

pub use apply::{Changed, apply};
pub use made::{MADE, made};
pub use policy_key::PolicyKey;
pub(crate) use read::COMPLAINTS;
pub use read::{Part, Sourced, read_text};

/// A change file: why, and what.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeFile {
    /// What it is, in a few words.
    pub title: String,
    /// The question that it answers, or the reason for it.
    pub question: Option<String>,
    /// The changes, in the order in which they are made.
    pub changes: Vec<Entry>,
}

/// One change of a file, with what its writer notes about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What is changed.
    pub change: Change,
    /// For those who read the file: who is asked for it, by when.
    pub note: Option<String>,
}

impl From<Change> for Entry {
    fn from(change: Change) -> Self {
        Self { change, note: None }
    }
}

/// Whom a change is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// One person, by id.
    Person(String),
    /// Everybody of a grade.
    Grade(Grade),
    /// Everybody of a region.
    Region(String),
    /// Everybody of a grade in a region.
    GradeInRegion(Grade, String),
}

/// A number that is set, or raised or lowered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// It becomes this.
    To(u32),
    /// It becomes so much more, or less where below 0.
    By(NonZeroI32),
}

/// How many inspectors a site takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capacity {
    /// A limit that is set, raised or lowered.
    Places(Amount),
    /// There is no limit any more.
    NoLimit,
}

/// Whose people at an inspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeamOf {
    /// Ofsted's, the lead included.
    Ofsted,
    /// HMIP's.
    Hmip,
    /// The partners'.
    Partners,
}

/// Where an inspection is moved to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewDates {
    /// So many weeks later, or earlier where below 0; Ofsted's window with it.
    Weeks(NonZeroI32),
    /// To these days.
    To {
        /// HMIP's first and last day.
        dates: DateSpan,
        /// Ofsted's, where the programme has to name them.
        attend: Option<DateSpan>,
    },
}

/// What a new inspector is like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Profile {
    /// As somebody who is there already, with the same days away and offered, but with no
    /// interests, no posts and no days used.
    Like(String),
    /// Monday to Friday, no leave, at the centre of the region; an OI offers every day.
    Recruit {
        /// HMI or OI.
        grade: Grade,
        /// Where they live.
        region: String,
        /// Days a year.
        max_days: u32,
        /// A level of `clearance_levels`, valid with DBS until a year after the programme's.
        clearance: String,
    },
}

/// Inspectors who are added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInspectors {
    /// The id; of several, with `-1`, `-2`, … after it.
    pub id: String,
    /// The name; left out: the id.
    pub name: Option<String>,
    /// How many.
    pub count: NonZeroU32,
    /// What they are like.
    pub profile: Profile,
    /// Whether they may lead; left out: as whom they are like, a recruit where an HMI.
    pub lead_trained: Option<bool>,
    /// Their part-time pattern; left out: as whom they are like, or Monday to Friday.
    pub working_days: Option<WeekdaySet>,
}

/// An inspection that is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInspection {
    /// Its id.
    pub id: String,
    /// Where it is.
    pub establishment: String,
    /// Full, IRP or standalone.
    pub kind: Kind,
    /// Whether the site is told in advance.
    pub announced: bool,
    /// HMIP's first and last day.
    pub dates: DateSpan,
    /// Ofsted's, where the programme has to name them.
    pub attend: Option<DateSpan>,
    /// Ofsted's team, the lead included.
    pub team: u32,
    /// HMIP's people.
    pub hmip_team: u32,
    /// The partners' people.
    pub partner_team: u32,
    /// The previous judgement.
    pub previous_esw: Option<Judgement>,
    /// Whether another week may be used.
    pub different_week: DifferentWeek,
}

/// A change to a dataset.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A clearance renewed or raised.
    Clearance {
        /// Whose.
        who: Who,
        /// The new level; left out: the one that is held.
        level: Option<String>,
        /// The last day on which it is valid.
        until: NaiveDate,
    },
    /// A DBS check renewed.
    Dbs {
        /// Whose.
        who: Who,
        /// The last day on which it is valid.
        until: NaiveDate,
    },
    /// Training for custodial sites renewed.
    Training {
        /// Whose.
        who: Who,
        /// The last day on which it is valid.
        until: NaiveDate,
    },
    /// Trained to lead, or no longer.
    LeadTraining {
        /// Who.
        who: Who,
        /// Whether they may lead.
        trained: bool,
    },
    /// Other days a year.
    Days {
        /// Whose.
        who: Who,
        /// How many.
        days: Amount,
    },
    /// Days that are offered.
    Offer {
        /// Who offers them.
        who: Who,
        /// Which.
        span: DateSpan,
    },
    /// Days on which somebody is away.
    Away {
        /// Who.
        who: Who,
        /// Which.
        span: DateSpan,
    },
    /// Days that are offered no longer.
    WithdrawOffer {
        /// By whom.
        who: Who,
        /// Which.
        span: DateSpan,
    },
    /// Days on which somebody is away no longer.
    DropLeave {
        /// Who.
        who: Who,
        /// Which.
        span: DateSpan,
    },
    /// A leave that is taken at another time.
    MoveLeave {
        /// Whose.
        inspector: String,
        /// Its days.
        span: DateSpan,
        /// Its new first day.
        to: NaiveDate,
    },
    /// More or fewer places on a site.
    SiteCapacity {
        /// Where.
        establishment: String,
        /// How many.
        capacity: Capacity,
    },
    /// Another clearance that a site asks for.
    SiteClearance {
        /// Where.
        establishment: String,
        /// The lowest level that lets somebody in.
        level: String,
    },
    /// HMIP's answer to a different week.
    DifferentWeek {
        /// Of which inspection.
        inspection: String,
        /// Whether another week may be used.
        answer: DifferentWeek,
    },
    /// Ofsted's window, named: a week that is agreed for good.
    Attend {
        /// Of which inspection.
        inspection: String,
        /// First and last day.
        span: DateSpan,
    },
    /// Inspectors who join.
    AddInspectors(NewInspectors),
    /// Inspectors who leave, with their days and interests; not with their pins, which
    /// somebody has to decide anew.
    RemoveInspector {
        /// Who.
        who: Who,
    },
    /// An inspection at another time.
    MoveInspection {
        /// Which.
        inspection: String,
        /// When.
        to: NewDates,
    },
    /// An inspection more.
    AddInspection(NewInspection),
    /// An inspection cancelled, postponed or planned again.
    Status {
        /// Which.
        inspection: String,
        /// How it stands now.
        status: Status,
    },
    /// More or fewer people at an inspection.
    Team {
        /// Which.
        inspection: String,
        /// Whose people.
        of: TeamOf,
        /// How many.
        people: u32,
    },
    /// Somebody who must hold a post.
    Pin {
        /// At which inspection.
        inspection: String,
        /// Who.
        inspector: String,
        /// Which post.
        role: Role,
    },
    /// Somebody who must not hold a post.
    Forbid {
        /// At which inspection.
        inspection: String,
        /// Who.
        inspector: String,
        /// Which post; left out: none.
        role: Option<Role>,
    },
    /// A pin or a forbid that no longer holds.
    Unpin {
        /// At which inspection.
        inspection: String,
        /// Whose.
        inspector: String,
    },
    /// A key of the policy.
    Policy(PolicyKey),
}
