//! Why a post is empty: how many people each obstacle stops, and which single mend would fill
//! it, confirmed by solving again.

mod causes;
mod obstacles;

use crate::domain::{Dataset, InspectionIx, Role};
use crate::eligibility::{Eligibility, off_site, windows};

pub use causes::{CauseError, shortfalls, window_of};
pub use obstacles::{Obstacle, Tally, obstacles_of, tally, who_could};

/// Why posts are empty, by who can mend it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Somebody is free and qualified, but not cleared: HMIP assists (¶18).
    Clearance,
    /// The site can't take the team: HMIP's liaison (¶19).
    SiteCapacity,
    /// Another week would do: HMIP's agreement (¶17).
    DifferentWeek,
    /// Nobody qualified is free, or days are used up: MoJ (¶13).
    Resourcing,
}

impl Cause {
    /// As written in `shortfalls.csv`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clearance => "clearance",
            Self::SiteCapacity => "site-capacity",
            Self::DifferentWeek => "different-week",
            Self::Resourcing => "resourcing",
        }
    }

    /// Whom it is raised with: every gap with MoJ, and with HMIP where HMIP can help (¶13).
    pub fn addressee(self) -> &'static str {
        match self {
            Self::Resourcing => "MoJ",
            Self::Clearance | Self::SiteCapacity | Self::DifferentWeek => "MoJ+HMIP",
        }
    }
}

/// Empty posts of one inspection, role and cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortfall {
    /// Of which inspection.
    pub inspection: InspectionIx,
    /// In which role.
    pub role: Role,
    /// How many posts.
    pub posts: u32,
    /// The days that filling them would take, on site and off.
    pub inspector_days: u32,
    /// Why.
    pub cause: Cause,
    /// The same in words.
    pub explanation: String,
}

/// The days that one post takes in the normal window, on site and off.
pub fn days_of_post(eligibility: &Eligibility, inspection: InspectionIx, role: Role) -> u32 {
    let dataset: &Dataset = eligibility.dataset;
    let row = dataset.inspection(inspection);
    let normal = windows::normal_span(row);
    let on_site = eligibility.calendar.working_days(normal).count() as u32;
    on_site + off_site::days(row, role, &dataset.policy)
}
