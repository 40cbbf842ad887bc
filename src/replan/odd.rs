//! What is odd about a published plan: that what is past can't be held or breaks a rule now, and
//! leads whose names were given and who can't stay.

use crate::check::words;
use crate::diagnostics::codes::{self, Code};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::domain::{DateSpan, PinAction, Plan, PublishedPost, Role};
use crate::eligibility::{Candidate, Eligibility};

/// Tells what of the past can't be held at all, and what breaks a rule now.
pub fn past(eligibility: &Eligibility, diagnostics: &mut Diagnostics) {
    for person in eligibility.dataset.inspector_ixs() {
        let posts = eligibility.settled.posts().iter();
        let held = posts.filter(|post| post.person == person);
        let held: Vec<usize> = held.map(|post| post.engagement).collect();
        let at = |engagement: &usize| {
            let inspection = eligibility.engagements[*engagement].inspection;
            eligibility.dataset.inspection(inspection).id.as_str()
        };
        let who = &eligibility.dataset.inspector(person).id;
        if eligibility.settled.late.contains(&person) {
            let all: Vec<_> = held.iter().map(at).collect();
            let message = format!(
                "{who} was at {}, and has too few free days for the work off site that goes with it \
                 (H12)",
                all.join(", ")
            );
            let help =
                "if a report is still to come, agree another date with HMIP, or who writes it";
            tell(diagnostics, codes::M1105, message, help);
        }
        if !eligibility.fits(person, &held) {
            let all: Vec<_> = held.iter().map(at).collect();
            let what = format!("{who} can't have been at {}", all.join(", "));
            let why = if eligibility.days_apart(&held) {
                "there are no days for all the work off site"
            } else {
                "two of them are on one day"
            };
            let help = "look at the published rows, and at the dates in programme.csv";
            tell(diagnostics, codes::M1104, format!("{what}: {why}"), help);
        }
        for engagement in held {
            let candidate = Candidate { engagement, person };
            let Some(reason) = eligibility.reasons(candidate).into_iter().next() else {
                continue;
            };
            let inspection = eligibility.engagements[engagement].inspection;
            let (why, _) = words::of(eligibility.dataset, person, inspection, reason);
            let rule = reason.rule();
            let message = format!("{who} was at {}: {why} ({rule})", at(&engagement));
            let help = "nothing, if that is what happened: it is settled";
            tell(diagnostics, codes::M1105, message, help);
        }
    }
}

/// Tells of what the dataset says now of an inspection that was begun, and that is other than what was
/// published: when it was, where, and who is pinned to it.
pub fn rewritten(eligibility: &Eligibility, diagnostics: &mut Diagnostics) {
    let dataset = eligibility.dataset;
    let Some(published) = &dataset.published else {
        return;
    };
    for ix in dataset
        .inspection_ixs()
        .filter(|ix| published.has_begun(*ix))
    {
        let Some(lead) = published.lead(ix) else {
            continue;
        };
        let row = dataset.inspection(ix);
        let site = &dataset.establishment(row.establishment).id;
        let (first, last) = (lead.days.first(), lead.days.last());
        let attend = crate::eligibility::windows::normal_span(row);
        let near = |day| row.dates.contains(day) || attend.contains(day);
        let mut other = Vec::new();
        if !near(first) && !near(last) && !lead.different_week {
            other.push(format!(
                "now from {} to {}",
                row.dates.first(),
                row.dates.last()
            ));
        }
        if *site != lead.establishment_id {
            other.push(format!(
                "now at {site}, and was at {}",
                lead.establishment_id
            ));
        }
        if !other.is_empty() {
            let id = &row.id;
            let what = other.join(", and ");
            let message = format!("{id} was attended from {first} to {last}; its row is {what}");
            let help = "put the row back, and give what is to come a row of its own";
            tell(diagnostics, codes::M1107, message, help);
        }
    }
    let pins = dataset
        .pins
        .iter()
        .filter(|pin| pin.action == PinAction::Pin);
    for pin in pins.filter(|pin| eligibility.is_over(pin.inspection)) {
        let is_kept = published
            .of(pin.inspection)
            .any(|post| post.inspector == Some(pin.inspector) && Some(post.role) == pin.role);
        if !is_kept {
            let (who, id) = (
                &dataset.inspector(pin.inspector).id,
                &dataset.inspection(pin.inspection).id,
            );
            let line = pin.line;
            let message = format!("line {line} of pins.csv pins {who} to {id}, which is over");
            tell(
                diagnostics,
                codes::M1107,
                message,
                "remove the pin: it has no effect",
            );
        }
    }
}

/// Tells of each lead whose name was given and who does not stay in `plan`.
pub fn names_lost(eligibility: &Eligibility, plan: &Plan, diagnostics: &mut Diagnostics) {
    let dataset = eligibility.dataset;
    for (inspection, person) in &eligibility.settled.names_given {
        if plan.at(*inspection).is_some_and(|at| at.lead == *person) {
            continue;
        }
        let published = dataset.published.iter();
        let lead = published.filter_map(|published| published.lead(*inspection));
        let why = lead.flat_map(|lead| why_not(eligibility, lead)).next();
        let (id, who) = (
            &dataset.inspection(*inspection).id,
            dataset.inspector(*person),
        );
        let mut pins = dataset
            .pins
            .iter()
            .filter(|pin| pin.action == PinAction::Pin);
        let in_the_way = pins.find(|pin| {
            let other = pin.inspector != *person && pin.role == Some(Role::Lead);
            let in_the_team = pin.inspector == *person && pin.role == Some(Role::Team);
            pin.inspection == *inspection && (other || in_the_team)
        });
        let pinned = in_the_way.map(|pin| {
            let role = pin.role.map_or("", Role::as_str);
            let whom = &dataset.inspector(pin.inspector).id;
            format!(
                "line {} of pins.csv pins {whom} as its {role} (H15)",
                pin.line
            )
        });
        let why = why.or(pinned);
        let why = why.unwrap_or_else(|| "it does not go with what else is settled".to_owned());
        let message = format!("{} can't stay lead of {id}: {why}", who.id);
        let help = "tell HMIP at once; changes.csv says who leads instead";
        tell(diagnostics, codes::M1106, message, help);
    }
}

/// The first reason for which a published lead can lead in no window, that of the published one
/// before others.
fn why_not(eligibility: &Eligibility, lead: &PublishedPost) -> Option<String> {
    let (inspection, person) = (lead.inspection?, lead.inspector?);
    let windows = &eligibility.windows[inspection.get()];
    let days = |at: &usize| {
        let on_site = &windows[*at].on_site;
        DateSpan::new(*on_site.first()?, *on_site.last()?)
    };
    let mut order: Vec<usize> = (0..windows.len()).collect();
    order.sort_by_key(|at| days(at) != Some(lead.days));
    let mut first = None;
    for window in order {
        let Some(engagement) = eligibility.engagement_of(inspection, window, Role::Lead) else {
            continue;
        };
        let reason = *eligibility
            .reasons(Candidate { engagement, person })
            .first()?;
        let (why, _) = words::of(eligibility.dataset, person, inspection, reason);
        first.get_or_insert(format!("{why} ({})", reason.rule()));
    }
    first
}

fn tell(diagnostics: &mut Diagnostics, code: &'static Code, message: String, help: &str) {
    diagnostics.push(Diagnostic::nowhere(code, message).help(help));
}
