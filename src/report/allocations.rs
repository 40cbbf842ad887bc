//! `allocations.csv`: who holds which post, and the dates due that go with a lead.

use chrono::Days;

use super::table::Table;
use super::{ResultFile, Run};
use crate::domain::{Attendance, Inspection, Role};
use crate::eligibility::off_site;

pub(super) struct Allocations;

impl ResultFile for Allocations {
    fn name(&self) -> &'static str {
        "allocations.csv"
    }

    fn contents(&self, run: &Run) -> Vec<u8> {
        let eligibility = run.eligibility;
        let dataset = eligibility.dataset;
        let columns = [
            "inspection_id",
            "establishment_id",
            "kind",
            "role",
            "inspector_id",
            "inspector_name",
            "grade",
            "attend_from",
            "attend_to",
            "week",
            "lead_name_due",
            "report_due",
            "cost",
        ];
        let mut table = Table::new(&columns, &dataset.policy.marking);
        let mut posts: Vec<_> = run.allocation.plan.posts().collect();
        posts.sort_by_key(|(post, attendance)| {
            let inspection = dataset.inspection(post.inspection);
            let inspector = dataset.inspector(post.inspector);
            (
                attendance.on_site.first(),
                &inspection.id,
                post.role,
                &inspector.id,
            )
        });
        for (post, attendance) in posts {
            let inspection = dataset.inspection(post.inspection);
            let inspector = dataset.inspector(post.inspector);
            let (lead_name_due, report_due) = match post.role {
                Role::Lead => dates_due(run, inspection, attendance),
                Role::Team => Default::default(),
            };
            table.row([
                inspection.id.clone(),
                dataset.establishment(inspection.establishment).id.clone(),
                inspection.kind.as_str().to_owned(),
                post.role.as_str().to_owned(),
                inspector.id.clone(),
                inspector.name.clone(),
                inspector.grade.as_str().to_owned(),
                attendance.on_site.first().to_string(),
                attendance.on_site.last().to_string(),
                if attendance.different_week {
                    "different"
                } else {
                    "normal"
                }
                .to_owned(),
                lead_name_due,
                report_due,
                cost_of(run, post),
            ]);
        }
        table.into_bytes()
    }
}

/// When the lead's name is due to HMIP (¶22), and the report (¶31).
fn dates_due(run: &Run, inspection: &Inspection, attendance: &Attendance) -> (String, String) {
    let policy = &run.eligibility.dataset.policy;
    let begins = inspection.dates.first().min(attendance.on_site.first());
    let name_due = begins - Days::new(u64::from(policy.notice.lead_name_days));
    let last_day = attendance.on_site.last();
    let report_due = off_site::report_due(inspection, last_day, policy, &run.eligibility.calendar);
    (name_due.to_string(), report_due.to_string())
}

/// In pounds, of the days of the window that is used.
fn cost_of(run: &Run, post: crate::domain::Post) -> String {
    let eligibility = run.eligibility;
    let seats = run.allocation.selection.seats();
    let mut held = seats.map(|seat| eligibility.candidates[seat]);
    let held = held.find(|held| {
        let engagement = eligibility.engagement(*held);
        held.person == post.inspector && engagement.inspection == post.inspection
    });
    let pounds = held.map_or(0.0, |held| eligibility.cost(held).pounds());
    format!("{pounds:.2}")
}
