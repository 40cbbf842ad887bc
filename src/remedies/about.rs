//! What a change is about, and what it is in another year.

use crate::change::{Change, Who};
use crate::domain::{Dataset, DateSpan, EstablishmentIx, InspectionIx, InspectorIx};
use crate::eligibility::Eligibility;

/// What a change is about, in the year with all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum About {
    Person(InspectorIx),
    Site(EstablishmentIx),
    Inspection(InspectionIx),
    Nothing,
}

/// The post of `of` at `engagement`, as `year` has it.
pub(super) fn same_post(year: &Eligibility, of: &Eligibility, engagement: usize) -> Option<usize> {
    let post = &of.engagements[engagement];
    let days = &of.window(post).on_site;
    let windows = year.windows[post.inspection.get()].iter().enumerate();
    // Of two with the same days one may be closed: that in which an inspection was begun is open.
    let mut same = windows.filter(|(_, window)| window.on_site == *days);
    same.find_map(|(window, _)| year.engagement_of(post.inspection, window, post.role))
}

/// The days that a change is about, where it is about days.
pub(super) fn span_of(change: &Change) -> Option<DateSpan> {
    match change {
        Change::Offer { span, .. } | Change::MoveLeave { span, .. } => Some(*span),
        _ => None,
    }
}

pub(super) fn about(dataset: &Dataset, change: &Change) -> About {
    let person = |id: &str| {
        let mut people = dataset.inspector_ixs();
        let found = people.find(|ix| dataset.inspector(*ix).id == id);
        found.map_or(About::Nothing, About::Person)
    };
    match change {
        Change::Clearance { who, .. }
        | Change::Dbs { who, .. }
        | Change::Training { who, .. }
        | Change::LeadTraining { who, .. }
        | Change::Days { who, .. }
        | Change::Offer { who, .. } => match who {
            Who::Person(id) => person(id),
            _ => About::Nothing,
        },
        Change::MoveLeave { inspector, .. } => person(inspector),
        Change::AddInspectors(new) => person(&new.id),
        Change::SiteCapacity { establishment, .. } => {
            let all = dataset.establishments.iter();
            let found = all.enumerate().find(|(_, site)| site.id == *establishment);
            found.map_or(About::Nothing, |(at, _)| {
                About::Site(EstablishmentIx::new(at))
            })
        }
        Change::DifferentWeek { inspection, .. } => {
            let mut all = dataset.inspection_ixs();
            let found = all.find(|ix| dataset.inspection(*ix).id == *inspection);
            found.map_or(About::Nothing, About::Inspection)
        }
        _ => About::Nothing,
    }
}
