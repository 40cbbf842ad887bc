//! `days.csv`: the day of every piece of work.

use super::table::Table;
use super::{ResultFile, Run};

pub(super) struct Days;

impl ResultFile for Days {
    fn name(&self) -> &'static str {
        "days.csv"
    }

    fn contents(&self, run: &Run) -> Vec<u8> {
        let dataset = run.eligibility.dataset;
        let columns = ["inspector_id", "date", "work", "inspection_id", "role"];
        let mut table = Table::new(&columns, &dataset.policy.marking);
        let mut days: Vec<_> = run.allocation.days.iter().collect();
        days.sort_by_key(|day| (day.date, &dataset.inspector(day.person).id));
        for day in days {
            table.row([
                dataset.inspector(day.person).id.clone(),
                day.date.to_string(),
                day.work.as_str().to_owned(),
                dataset.inspection(day.inspection).id.clone(),
                day.role.as_str().to_owned(),
            ]);
        }
        table.into_bytes()
    }
}
