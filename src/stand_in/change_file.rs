//! A proposal as a change file: pins that have the next run make the same moves.

use crate::change::{Change, ChangeFile, Entry};
use crate::domain::Role;
use crate::eligibility::Eligibility;

use super::{Proposal, Vacancy, render};

/// The changes after which the absent has no post of the inspection, and everybody of
/// `proposal` is pinned to the post that they take.
pub fn change_file(
    eligibility: &Eligibility,
    vacancy: &Vacancy,
    proposal: &Proposal,
) -> ChangeFile {
    let dataset = eligibility.dataset;
    let post = |engagement: usize| {
        let post = &eligibility.engagements[engagement];
        (dataset.inspection(post.inspection).id.clone(), post.role)
    };
    let absent = dataset.inspector(vacancy.absent);
    let (inspection, role) = post(vacancy.engagement);
    let unpin = vacancy.pinned.map(|_| Change::Unpin {
        inspection: inspection.clone(),
        inspector: absent.id.clone(),
    });
    let forbid = Change::Forbid {
        inspection: inspection.clone(),
        inspector: absent.id.clone(),
        role: None,
    };
    let pins = proposal.moves.iter().map(|step| {
        let (inspection, role) = post(step.takes);
        Change::Pin {
            inspection,
            inspector: dataset.inspector(step.person).id.clone(),
            role,
        }
    });
    let called: fn(Role) -> &'static str = render::role;
    ChangeFile {
        title: format!("A stand-in for {} at {inspection}", absent.id),
        question: Some(format!(
            "{} can't be {} of {inspection}",
            absent.id,
            called(role)
        )),
        changes: unpin
            .into_iter()
            .chain([forbid])
            .chain(pins)
            .map(Entry::from)
            .collect(),
    }
}
