//! `reserves.csv`: who is named for which inspection.

use std::collections::BTreeMap;

use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;
use crate::verify::result::{Record, Table, as_written};
use crate::verify::tiers::t5_reserves::{Named, faults};

/// The reserves that the table names; rows that name nobody or nothing of the dataset, or an
/// inspection for the second time, are findings.
pub fn named(facts: &Facts, table: &Table, findings: &mut Vec<Finding>) -> Named {
    let dataset = facts.dataset;
    let inspections: BTreeMap<String, _> = dataset
        .inspection_ixs()
        .map(|ix| (as_written(&dataset.inspection(ix).id), ix))
        .collect();
    let people: BTreeMap<String, _> = dataset
        .inspector_ixs()
        .map(|ix| (as_written(&dataset.inspector(ix).id), ix))
        .collect();
    let mut named = Named::new();
    for record in &table.records {
        let inspection = inspections.get(record.cell("inspection_id"));
        let person = people.get(record.cell("inspector_id"));
        match (inspection, person) {
            (None, _) => {
                let message = "no inspection is called so";
                findings.push(record.fault("inspection_id", message));
            }
            (_, None) => findings.push(record.fault("inspector_id", "nobody is called so")),
            (Some(inspection), Some(person)) => {
                if named.insert(*inspection, *person).is_some() {
                    let message = "the inspection is there twice";
                    findings.push(record.fault("inspection_id", message));
                }
            }
        }
    }
    named
}

/// What is wrong with those who are named, and with the order of the rows.
pub fn check(facts: &Facts, posts: &Posts, table: &Table, named: &Named) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (inspection, person) in named {
        let id = as_written(&facts.dataset.inspection(*inspection).id);
        let record = table
            .records
            .iter()
            .find(|record| record.cell("inspection_id") == id);
        let Some(record) = record else { continue };
        let faults = faults(facts, posts, named, (*inspection, *person));
        findings.extend(
            faults
                .into_iter()
                .map(|fault| record.fault("inspector_id", fault)),
        );
    }
    let first_day = |record: &Record| {
        let id = record.cell("inspection_id");
        let mut leads = named.keys().filter_map(|ix| posts.lead(*ix));
        let lead =
            leads.find(|post| as_written(&facts.dataset.inspection(post.inspection).id) == id);
        Some((lead?.first, id.to_owned()))
    };
    table.check_order(first_day, &mut findings);
    findings
}
