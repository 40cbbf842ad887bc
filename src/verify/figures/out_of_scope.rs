//! `out-of-scope.csv`: every inspection that Ofsted does not attend by the rules, and why.

use std::collections::BTreeSet;

use crate::domain::InspectionIx;
use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::result::{Record, Table, as_written};

pub fn check(facts: &Facts, table: &Table) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut listed = BTreeSet::new();
    for record in &table.records {
        let Some(ix) = find(facts, record) else {
            findings.push(record.fault("inspection_id", "no inspection has this id"));
            continue;
        };
        if !listed.insert(ix) {
            findings.push(record.fault("inspection_id", "it is listed twice"));
        }
        record.expect_text("establishment_id", &facts.site(ix).id, &mut findings);
        match facts.out_of_scope(ix) {
            Some(reason) => record.expect("reason", reason.as_str(), &mut findings),
            None => findings.push(record.fault("inspection_id", "it is in scope")),
        }
    }
    for ix in facts.dataset.inspection_ixs() {
        if facts.out_of_scope(ix).is_some() && !listed.contains(&ix) {
            let id = &facts.dataset.inspection(ix).id;
            let message = "it is out of scope and has no row";
            findings.push(Finding::new("out-of-scope.csv inspection_id", message).inspection(id));
        }
    }
    table.check_order(
        |record| {
            let inspection = facts.dataset.inspection(find(facts, record)?);
            Some((inspection.dates.first(), &inspection.id))
        },
        &mut findings,
    );
    findings
}

fn find(facts: &Facts, record: &Record) -> Option<InspectionIx> {
    let cell = record.cell("inspection_id");
    facts
        .dataset
        .inspection_ixs()
        .find(|ix| as_written(&facts.dataset.inspection(*ix).id) == cell)
}
