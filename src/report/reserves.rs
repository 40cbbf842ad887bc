//! `reserves.csv`, where the policy asks for reserves: who would lead in the lead's place (T5).

use super::table::Table;
use super::{ResultFile, Run};

pub(super) struct Reserves;

impl ResultFile for Reserves {
    fn name(&self) -> &'static str {
        "reserves.csv"
    }

    fn contents(&self, run: &Run) -> Vec<u8> {
        let dataset = run.eligibility.dataset;
        let columns = ["inspection_id", "inspector_id"];
        let mut table = Table::new(&columns, &dataset.policy.marking);
        let mut reserves: Vec<_> = run.allocation.reserves.iter().collect();
        reserves.sort_by_key(|reserve| {
            let attendance = run.allocation.plan.at(reserve.inspection);
            let first = attendance.map(|attendance| attendance.on_site.first());
            (first, &dataset.inspection(reserve.inspection).id)
        });
        for reserve in reserves {
            table.row([
                dataset.inspection(reserve.inspection).id.clone(),
                dataset.inspector(reserve.person).id.clone(),
            ]);
        }
        table.into_bytes()
    }
}
