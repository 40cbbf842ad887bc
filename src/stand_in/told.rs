//! Who must be told of a change: everybody whose work it is, who leads those inspections, and
//! HMIP of a lead's name (¶22).

use chrono::Days;

use crate::domain::{InspectionIx, InspectorIx, Plan, Role};
use crate::eligibility::Eligibility;

use super::render::{days, role};
use super::{Proposal, Vacancy};

/// Who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum To {
    /// An inspector.
    Inspector(InspectorIx),
    /// HMI Prisons.
    Hmip,
}

/// What somebody must be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Who.
    pub to: To,
    /// What, in a sentence.
    pub what: String,
}

/// Who must be told of `proposal`, made to the plan of which `plan` is what comes of it.
pub fn notices(
    eligibility: &Eligibility,
    vacancy: &Vacancy,
    proposal: &Proposal,
    plan: &Plan,
) -> Vec<Notice> {
    let dataset = eligibility.dataset;
    let post_words = |engagement: usize| {
        let post = &eligibility.engagements[engagement];
        let inspection = dataset.inspection(post.inspection);
        let site = dataset.establishment(inspection.establishment);
        format!(
            "{} of {}, {}, {}",
            role(post.role),
            inspection.id,
            site.name,
            days(post.first_day, post.last_day)
        )
    };
    let mut notices = vec![Notice {
        to: To::Inspector(vacancy.absent),
        what: format!("no longer {}", post_words(vacancy.engagement)),
    }];
    let mut changed: Vec<InspectionIx> = Vec::new();
    for step in &proposal.moves {
        let mut what = post_words(step.takes);
        if let Some(given_up) = step.gives_up {
            what = format!("{what}; no longer {}", post_words(given_up));
        }
        notices.push(Notice {
            to: To::Inspector(step.person),
            what,
        });
        let inspection = eligibility.engagements[step.takes].inspection;
        if !changed.contains(&inspection) {
            changed.push(inspection);
        }
    }
    for inspection in changed {
        let row = dataset.inspection(inspection);
        let Some(attendance) = plan.at(inspection) else {
            continue;
        };
        let of_it: Vec<_> = proposal
            .moves
            .iter()
            .filter(|step| eligibility.engagements[step.takes].inspection == inspection)
            .collect();
        let new_lead = of_it
            .iter()
            .any(|step| eligibility.engagements[step.takes].role == Role::Lead);
        let lead = dataset.inspector(attendance.lead);
        if !of_it.iter().any(|step| step.person == attendance.lead) {
            let ids = of_it
                .iter()
                .map(|step| dataset.inspector(step.person).id.as_str());
            let ids = ids.collect::<Vec<_>>().join(", ");
            notices.push(Notice {
                to: To::Inspector(attendance.lead),
                what: format!("the team of {} has changed: {ids} joins it", row.id),
            });
        }
        if new_lead {
            let begins = row.dates.first().min(attendance.on_site.first());
            let before = Days::new(u64::from(dataset.policy.notice.lead_name_days));
            let due = begins - before;
            let when = match vacancy.on {
                Some(on) if on > due => format!("at once: the name was due on {due}"),
                _ => format!("by {due}"),
            };
            notices.push(Notice {
                to: To::Hmip,
                what: format!("{} {} leads {}; {when}", lead.id, lead.name, row.id),
            });
        }
    }
    notices
}
