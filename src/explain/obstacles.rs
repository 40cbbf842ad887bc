//! How many people each obstacle keeps from an empty post: everybody who could do such work,
//! counted once.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Dataset, Grade, InspectionIx, InspectorIx, Role};
use crate::eligibility::{Candidate, Eligibility, Reason};

/// What keeps somebody from a post, in the order in which a person with several is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Obstacle {
    /// Has another post on the inspection.
    OnThisInspection,
    /// Works on another inspection on one of the days, on site or off.
    OnOtherInspections,
    /// Is away, has not offered the days, or does not work on them.
    Away,
    /// Lacks clearance, DBS check or training.
    NotCleared,
    /// Has no days left of the year's or the quarter's.
    AtTheirDays,
    /// Would be on site in too many weeks of a rolling window.
    RollingLoad,
    /// Has no room for the off-site work.
    OffSiteWork,
    /// Has a conflict of interest.
    Conflict,
    /// Is ruled out by `pins.csv`.
    Forbidden,
    /// Lives too far away.
    TooFar,
    /// Would find no place on the site.
    NoPlace,
    /// Was not there, and the inspection is over.
    Over,
    /// Is free, and not used: only where a run was cut short.
    Free,
}

impl Obstacle {
    /// What is said of the people it stops, after their number.
    pub fn words(self) -> &'static str {
        match self {
            Self::OnThisInspection => "in another post of this inspection",
            Self::OnOtherInspections => "at work on other inspections then",
            Self::Away => "away, or the days not offered",
            Self::NotCleared => "not cleared",
            Self::AtTheirDays => "at their contracted days",
            Self::RollingLoad => "on site in too many weeks around it",
            Self::OffSiteWork => "without room for the report or preparation",
            Self::Conflict => "with a conflict of interest",
            Self::Forbidden => "ruled out by a pin",
            Self::TooFar => "too far away",
            Self::Over => "too late: the inspection is over",
            Self::NoPlace => "without a place on the site",
            Self::Free => "free, but not placed",
        }
    }

    fn of_reason(reason: Reason) -> Option<Self> {
        Some(match reason {
            Reason::NotTrainedToLead => return None,
            Reason::Dbs { .. }
            | Reason::Training { .. }
            | Reason::ClearanceLevel { .. }
            | Reason::ClearanceExpired { .. } => Self::NotCleared,
            Reason::NoPlace { .. } => Self::NoPlace,
            Reason::Over => Self::Over,
            Reason::NotAWorkingDay { .. } | Reason::Away { .. } | Reason::NotOffered { .. } => {
                Self::Away
            }
            Reason::Conflict { .. } => Self::Conflict,
            Reason::YearDays { .. } | Reason::QuarterDays { .. } => Self::AtTheirDays,
            Reason::OffSite { .. } => Self::OffSiteWork,
            Reason::RollingLoad => Self::RollingLoad,
            Reason::Forbidden { .. } => Self::Forbidden,
            Reason::TooFar { .. } => Self::TooFar,
        })
    }
}

/// Everybody who could do such work, by what keeps them from this post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many there are.
    pub people: usize,
    /// How many each obstacle stops; together all of them.
    pub stopped: BTreeMap<Obstacle, usize>,
}

impl Tally {
    /// 'of 31 who can lead: 12 at work on other inspections then, 9 away, …', most first.
    pub fn sentence(&self, role: Role) -> String {
        let who = match role {
            Role::Lead => "who can lead",
            Role::Team => "inspectors",
        };
        let mut counts: Vec<_> = self.stopped.iter().collect();
        counts.sort_by_key(|(obstacle, count)| (std::cmp::Reverse(**count), **obstacle));
        let parts: Vec<_> = counts
            .iter()
            .map(|(obstacle, count)| format!("{count} {}", obstacle.words()))
            .collect();
        format!("of {} {who}: {}", self.people, parts.join(", "))
    }
}

/// Counts the obstacles to one more holder of `role` at `inspection`, attended in `window`,
/// beside what everybody holds already.
pub fn tally(
    eligibility: &Eligibility,
    held: &[Vec<usize>],
    inspection: InspectionIx,
    window: usize,
    role: Role,
) -> Tally {
    let mut tally = Tally::default();
    let Some(engagement) = eligibility.engagement_of(inspection, window, role) else {
        return tally;
    };
    for person in who_could(eligibility.dataset, role) {
        let candidate = Candidate { engagement, person };
        let all = obstacles_of(eligibility, &held[person.get()], candidate);
        tally.people += 1;
        if let Some(first) = all.first() {
            *tally.stopped.entry(*first).or_default() += 1;
        }
    }
    tally
}

/// Everybody who could do the work of `role`.
pub fn who_could(dataset: &Dataset, role: Role) -> impl Iterator<Item = InspectorIx> {
    dataset.inspector_ixs().filter(move |person| {
        let inspector = dataset.inspector(*person);
        role == Role::Team || inspector.grade == Grade::Hmi || inspector.lead_trained
    })
}

/// Everything that keeps somebody who has `held` from a post; never nothing.
pub fn obstacles_of(
    eligibility: &Eligibility,
    held: &[usize],
    candidate: Candidate,
) -> BTreeSet<Obstacle> {
    let post = eligibility.engagement(candidate);
    let of_held = || held.iter().map(|at| &eligibility.engagements[*at]);
    let mut all = BTreeSet::new();
    if of_held().any(|other| other.inspection == post.inspection) {
        all.insert(Obstacle::OnThisInspection);
    }
    if of_held().any(|other| !other.on_site.is_disjoint(&post.on_site)) {
        all.insert(Obstacle::OnOtherInspections);
    }
    let reasons = eligibility.reasons(candidate);
    all.extend(reasons.into_iter().filter_map(Obstacle::of_reason));
    if all.is_empty() {
        let person = candidate.person;
        all.insert(together(eligibility, held, person, candidate.engagement));
    }
    all
}

/// What keeps somebody who could hold the post alone from holding it with all they have.
fn together(
    eligibility: &Eligibility,
    held: &[usize],
    person: InspectorIx,
    engagement: usize,
) -> Obstacle {
    let mut all = held.to_vec();
    all.push(engagement);
    if eligibility.fits(person, &all) {
        let post = &eligibility.engagements[engagement];
        let window = eligibility.window(post);
        let limited = window
            .on_site
            .iter()
            .any(|date| eligibility.places(post.inspection, window, *date).is_some());
        return if limited {
            Obstacle::NoPlace
        } else {
            Obstacle::Free
        };
    }
    if !eligibility.days_allow(person, &all) {
        Obstacle::AtTheirDays
    } else if !eligibility.rolling_allows(person, &all) {
        Obstacle::RollingLoad
    } else {
        Obstacle::OnOtherInspections
    }
}
