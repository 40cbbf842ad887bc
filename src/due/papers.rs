//! ¶18: clearances, DBS checks and training that an allocation needs. Those that end while their
//! holder still has posts to come; and those without which a post stays empty, where the cause
//! of a shortfall is clearance.

use crate::domain::{InspectorIx, Role};
use crate::eligibility::{Candidate, Eligibility, Reason};
use crate::explain::{Cause, Shortfall};

use super::{Due, View, What};

pub(super) fn due(view: &View) -> Vec<Due> {
    let mut all = held(view);
    all.extend(missing(view));
    all
}

/// Papers of those who hold posts that are not over.
fn held(view: &View) -> Vec<Due> {
    let dataset = view.eligibility.dataset;
    let mut all = Vec::new();
    for person in dataset.inspector_ixs() {
        let posts = view
            .plan
            .posts()
            .filter(|(post, _)| post.inspector == person);
        let last = posts.max_by_key(|(_, attendance)| attendance.on_site.last());
        let Some((post, attendance)) = last else {
            continue;
        };
        let needed = attendance.on_site.last();
        if needed < view.on {
            continue;
        }
        let row = dataset.inspector(person);
        for (what, ends) in [
            (What::Clearance, row.clearance.map(|held| held.expires)),
            (What::Dbs, row.dbs_expires),
            (What::Training, row.custody_training_until),
        ] {
            all.extend(ends.map(|ends| Due {
                date: ends,
                what,
                inspection: Some(post.inspection),
                person: Some(person),
                detail: format!("needed to {needed}; no post after it"),
                last: ends,
            }));
        }
    }
    all
}

/// So many people are named of those whose papers would fill a post.
const MOST_NAMED: usize = 5;

/// Papers that must be there on the last day on site of a post that stays empty without them.
fn missing(view: &View) -> Vec<Due> {
    let held = held_posts(view);
    let of_clearance = view
        .shortfalls
        .iter()
        .filter(|row| row.cause == Cause::Clearance);
    of_clearance
        .filter_map(|row| {
            let engagement = post(view, row)?;
            let post = &view.eligibility.engagements[engagement];
            let names: Vec<_> = view
                .eligibility
                .dataset
                .inspector_ixs()
                .filter_map(|person| {
                    let candidate = Candidate { engagement, person };
                    lacking(view.eligibility, &held[person.get()], candidate)
                })
                .collect();
            let more = names.len().saturating_sub(MOST_NAMED);
            let mut whose = names[..names.len().min(MOST_NAMED)].join(", or ");
            if more > 0 {
                whose = format!("{whose}, or of {more} more");
            }
            if names.is_empty() {
                whose = "papers of somebody who can be free by a swap".to_owned();
            }
            let (posts, role) = (row.posts, row.role.as_str());
            let plural = if posts == 1 { "" } else { "s" };
            Some(Due {
                date: post.first_day,
                what: What::PapersForPost,
                inspection: Some(row.inspection),
                person: None,
                detail: format!(
                    "{posts} {role} post{plural}: {whose}, to {} at least",
                    post.last_day
                ),
                last: post.first_day,
            })
        })
        .collect()
}

/// The empty post in the window in which the inspection is attended, else in the normal one.
fn post(view: &View, row: &Shortfall) -> Option<usize> {
    let attendance = view.plan.at(row.inspection);
    let windows = &view.eligibility.windows[row.inspection.get()];
    let window = attendance.map_or(Some(0), |at| {
        let first = Some(at.on_site.first());
        windows
            .iter()
            .position(|window| window.on_site.first().copied() == first)
    });
    view.eligibility
        .engagement_of(row.inspection, window?, row.role)
}

/// The engagements that each person holds under the plan.
fn held_posts(view: &View) -> Vec<Vec<usize>> {
    let mut held = vec![Vec::new(); view.eligibility.dataset.inspectors.len()];
    for (at, engagement) in view.eligibility.engagements.iter().enumerate() {
        let Some(attendance) = view.plan.at(engagement.inspection) else {
            continue;
        };
        if attendance.on_site.first() != engagement.first_day {
            continue;
        }
        let people: &[InspectorIx] = match engagement.role {
            Role::Lead => std::slice::from_ref(&attendance.lead),
            Role::Team => &attendance.team,
        };
        for person in people {
            held[person.get()].push(at);
        }
    }
    held
}

/// What somebody lacks who could hold the post with all they have, papers apart.
fn lacking(eligibility: &Eligibility, held: &[usize], candidate: Candidate) -> Option<String> {
    let reasons = eligibility.reasons(candidate);
    if reasons.is_empty() || !reasons.iter().all(|reason| reason.is_clearance()) {
        return None;
    }
    let all: Vec<_> = held.iter().copied().chain([candidate.engagement]).collect();
    if !eligibility.fits(candidate.person, &all) {
        return None;
    }
    let mut papers: Vec<&str> = reasons.iter().map(|reason| paper(*reason)).collect();
    papers.dedup();
    let id = &eligibility.dataset.inspector(candidate.person).id;
    Some(format!("{} of {id}", papers.join(" and ")))
}

fn paper(reason: Reason) -> &'static str {
    match reason {
        Reason::Dbs { .. } => "DBS check",
        Reason::Training { .. } => "training",
        _ => "clearance",
    }
}
