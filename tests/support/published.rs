//! Plans that were published, and what happens to a year afterwards.

use chrono::{Days, NaiveDate, TimeDelta};
use muster::domain::{
    Availability, AvailabilityKind, Dataset, DateSpan, DifferentWeek, Given, InspectionIx,
    InspectorIx, Plan, Published, PublishedPost, Role, Status,
};

use super::tiny::dice::Dice;

/// `plan` as it was published, to be made anew from `as_of`.
pub fn published(dataset: &Dataset, plan: &Plan, as_of: NaiveDate) -> Published {
    let posts = plan.posts().map(|(post, attendance)| {
        let inspection = dataset.inspection(post.inspection);
        let site = dataset.establishment(inspection.establishment);
        let person = dataset.inspector(post.inspector);
        let notice = Days::new(u64::from(dataset.policy.notice.lead_name_days));
        let begins = inspection.dates.first().min(attendance.on_site.first());
        PublishedPost {
            inspection: Some(post.inspection),
            inspection_id: inspection.id.clone(),
            establishment_id: site.id.clone(),
            role: post.role,
            inspector: Some(post.inspector),
            inspector_id: person.id.clone(),
            inspector_name: person.name.clone(),
            days: attendance.on_site,
            different_week: attendance.different_week,
            name_due: (post.role == Role::Lead).then(|| begins - notice),
            line: 2,
        }
    });
    Published {
        as_of,
        as_of_given: Given::AsOption,
        posts: posts.collect(),
        given: Given::AsOption,
        file: Vec::new(),
        sha256: String::new(),
    }
}

/// A day between the first and the last on site of a plan.
pub fn some_day(dice: &mut Dice, plan: &Plan) -> Option<NaiveDate> {
    let attended = || plan.attendances.iter().flatten();
    let first = attended().map(|at| at.on_site.first()).min()?;
    let last = attended().map(|at| at.on_site.last()).max()?;
    let days = (last - first).num_days() as u32;
    Some(first + Days::new(u64::from(dice.between(0, days))))
}

/// Something that happens to a year on `as_of` or after, to a post of `plan` where there is one to
/// come.
pub fn amend(dice: &mut Dice, dataset: &mut Dataset, plan: &Plan, as_of: NaiveDate) {
    let posts: Vec<_> = plan.posts().collect();
    let to_come: Vec<_> = posts
        .iter()
        .filter(|(_, at)| at.on_site.last() >= as_of)
        .collect();
    let Some((post, at)) = dice.any(&to_come).copied() else {
        return;
    };
    let inspection = &mut dataset.programme[post.inspection.get()];
    let is_ahead = at.on_site.first() >= as_of && inspection.dates.first() >= as_of;
    match dice.below(8) {
        0 | 1 => away(dice, dataset, post.inspector, at.on_site.last(), as_of),
        2 if is_ahead => {
            inspection.status = Status::Cancelled;
            // A pin on what does not take place is an input error.
            dataset.pins.retain(|pin| pin.inspection != post.inspection);
        }
        3 | 4 if is_ahead => {
            let weeks = if dice.chance(50) { 1 } else { 2 };
            move_by(dataset, post.inspection, TimeDelta::weeks(weeks));
        }
        5 if is_ahead => {
            inspection.team_required = inspection.team_required.map(|team| team + 1);
        }
        6 if is_ahead => inspection.different_week = DifferentWeek::No,
        _ => dataset.inspectors[post.inspector.get()].clearance = None,
    }
}

/// Has somebody be away for some days before `last`, from `as_of` at the earliest.
fn away(
    dice: &mut Dice,
    dataset: &mut Dataset,
    inspector: InspectorIx,
    last: NaiveDate,
    as_of: NaiveDate,
) {
    let days = Days::new(u64::from(dice.between(0, 12)));
    let first = (last - days).max(as_of);
    dataset.availability.push(Availability {
        inspector,
        span: DateSpan::new(first, last).expect("the last day is no earlier"),
        kind: AvailabilityKind::Unavailable,
        line: 0,
    });
}

fn move_by(dataset: &mut Dataset, inspection: InspectionIx, by: TimeDelta) {
    let row = &mut dataset.programme[inspection.get()];
    row.dates = moved(row.dates, by);
    row.attend = row.attend.map(|span| moved(span, by));
    row.bounds = row.bounds.map(|span| moved(span, by));
}

fn moved(span: DateSpan, by: TimeDelta) -> DateSpan {
    DateSpan::new(span.first() + by, span.last() + by).expect("a span stays one")
}
