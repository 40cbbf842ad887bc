//! `out-of-scope.csv`: the entries of the programme that are not Ofsted's to staff: Estyn's
//! sites (¶16), IRPs whose judgement asks for none (¶26), what is cancelled or put off.

use super::table::Table;
use super::{ResultFile, Run};
use crate::eligibility::scope::Scope;

pub(super) struct OutOfScopeList;

impl ResultFile for OutOfScopeList {
    fn name(&self) -> &'static str {
        "out-of-scope.csv"
    }

    fn contents(&self, run: &Run) -> Vec<u8> {
        let dataset = run.eligibility.dataset;
        let columns = ["inspection_id", "establishment_id", "reason"];
        let mut table = Table::new(&columns, &dataset.policy.marking);
        let mut rows: Vec<_> = std::iter::zip(&dataset.programme, &run.eligibility.scopes)
            .filter_map(|(inspection, scope)| match scope {
                Scope::Out(reason) => Some((inspection, reason)),
                Scope::In { .. } => None,
            })
            .collect();
        rows.sort_by_key(|(inspection, _)| (inspection.dates.first(), &inspection.id));
        for (inspection, reason) in rows {
            table.row([
                inspection.id.clone(),
                dataset.establishment(inspection.establishment).id.clone(),
                reason.as_str().to_owned(),
            ]);
        }
        table.into_bytes()
    }
}
