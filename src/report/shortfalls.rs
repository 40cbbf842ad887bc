//! `shortfalls.csv`: every empty post, its cause, and whom it is raised with (¶13).

use super::table::Table;
use super::{ResultFile, Run};
use crate::eligibility::windows;

pub(super) struct Shortfalls;

impl ResultFile for Shortfalls {
    fn name(&self) -> &'static str {
        "shortfalls.csv"
    }

    fn contents(&self, run: &Run) -> Vec<u8> {
        let eligibility = run.eligibility;
        let dataset = eligibility.dataset;
        let columns = [
            "inspection_id",
            "role",
            "posts",
            "inspector_days",
            "cause",
            "addressee",
            "explanation",
        ];
        let mut table = Table::new(&columns, &dataset.policy.marking);
        let mut rows: Vec<_> = run.shortfalls.iter().collect();
        rows.sort_by_key(|row| {
            let inspection = dataset.inspection(row.inspection);
            let normal = windows::normal_span(inspection);
            let first = eligibility.calendar.working_days(normal).next();
            (
                first.unwrap_or(inspection.dates.first()),
                &inspection.id,
                row.role,
                row.cause,
            )
        });
        for row in rows {
            table.row([
                dataset.inspection(row.inspection).id.clone(),
                row.role.as_str().to_owned(),
                row.posts.to_string(),
                row.inspector_days.to_string(),
                row.cause.as_str().to_owned(),
                row.cause.addressee().to_owned(),
                row.explanation.clone(),
            ]);
        }
        table.into_bytes()
    }
}
