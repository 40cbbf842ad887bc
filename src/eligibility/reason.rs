//! Why somebody may not hold a post: typed, with the rule, the day and the figure.

use chrono::NaiveDate;

use super::off_site::Work;
use crate::domain::{ClearanceLevel, Kilometres};

/// One reason why a person may not hold a post in a window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// An OI who is not trained to lead (H2).
    NotTrainedToLead,
    /// No enhanced DBS check, or one that ends on `valid_until`, before `needed` (H5).
    Dbs {
        /// The last day on which it is valid; `None`: not held.
        valid_until: Option<NaiveDate>,
        /// The last day on site.
        needed: NaiveDate,
    },
    /// Training for custodial sites that ends before the last day on site (H5).
    Training {
        /// The last day on which it is valid.
        valid_until: NaiveDate,
        /// The last day on site.
        needed: NaiveDate,
    },
    /// A clearance below the site's requirement (H6).
    ClearanceLevel {
        /// What is held; `None`: nothing.
        held: Option<ClearanceLevel>,
        /// What the site asks for.
        required: ClearanceLevel,
    },
    /// A clearance that ends before the last day on site (H6).
    ClearanceExpired {
        /// The last day on which it is valid.
        valid_until: NaiveDate,
        /// The last day on site.
        needed: NaiveDate,
    },
    /// No place for anybody of Ofsted on a day (H7).
    NoPlace {
        /// The first such day.
        day: NaiveDate,
    },
    /// Not a day of their working pattern (H9).
    NotAWorkingDay {
        /// The first such day.
        day: NaiveDate,
    },
    /// Away: leave or other duties (H9).
    Away {
        /// The first such day.
        day: NaiveDate,
    },
    /// An OI who has not offered a day (H9).
    NotOffered {
        /// The first such day.
        day: NaiveDate,
    },
    /// A conflict of interest: a line of `conflicts.csv` (H10).
    Conflict {
        /// Its line.
        line: u32,
    },
    /// More days than are left of the year's (H11).
    YearDays {
        /// What the post takes.
        needed: u32,
        /// What is left before anything is allocated.
        left: u32,
    },
    /// More days than the quarter's cap (H11).
    QuarterDays {
        /// What the post takes.
        needed: u32,
        /// The cap.
        cap: u32,
    },
    /// Not enough free days for the off-site work (H8, H12).
    OffSite {
        /// The work that does not fit.
        work: Work,
    },
    /// More weeks on site than the rolling load allows, alone (H13).
    RollingLoad,
    /// Ruled out by a line of `pins.csv` (H15).
    Forbidden {
        /// Its line.
        line: u32,
    },
    /// The inspection is over, and somebody else held the post, or nobody (H17).
    Over,
    /// Farther than the policy lets an HMI travel.
    TooFar {
        /// The distance.
        distance: Kilometres,
    },
}

impl Reason {
    /// The rule it comes from, as the domain brief names it.
    pub fn rule(self) -> &'static str {
        match self {
            Self::NotTrainedToLead => "H2",
            Self::Dbs { .. } | Self::Training { .. } => "H5",
            Self::ClearanceLevel { .. } | Self::ClearanceExpired { .. } => "H6",
            Self::NoPlace { .. } => "H7",
            Self::NotAWorkingDay { .. } | Self::Away { .. } | Self::NotOffered { .. } => "H9",
            Self::Conflict { .. } => "H10",
            Self::YearDays { .. } | Self::QuarterDays { .. } => "H11",
            Self::OffSite { .. } => "H12",
            Self::RollingLoad => "H13",
            Self::Forbidden { .. } => "H15",
            Self::Over => "H17",
            Self::TooFar { .. } => "travel.max_km",
        }
    }

    /// Whether renewing or raising papers mends it: clearance, DBS or training (¶18).
    pub fn is_clearance(self) -> bool {
        matches!(self.rule(), "H5" | "H6")
    }
}
