//! `allocations.csv`: a row for every filled post, with the dates that follow and its cost.

use std::collections::HashMap;

use chrono::Days;

use crate::domain::Role;
use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::{PostRow, Posts, Week};
use crate::verify::result::{Record, Table, as_pounds, as_written};

/// The posts that a file says, with their lines; rows that can't be read have a finding.
pub fn rows(facts: &Facts, table: &Table, findings: &mut Vec<Finding>) -> Vec<(PostRow, u64)> {
    let ids = Ids::new(facts);
    table
        .records
        .iter()
        .filter_map(|record| Some((row(&ids, record, findings)?, record.line)))
        .collect()
}

/// Ids by how they are written.
struct Ids<'a> {
    inspections: HashMap<String, &'a str>,
    inspectors: HashMap<String, &'a str>,
}

impl<'a> Ids<'a> {
    fn new(facts: &Facts<'a>) -> Self {
        let by_text = |id: &'a str| (as_written(id), id);
        let dataset = facts.dataset;
        Self {
            inspections: dataset
                .programme
                .iter()
                .map(|row| by_text(&row.id))
                .collect(),
            inspectors: dataset
                .inspectors
                .iter()
                .map(|row| by_text(&row.id))
                .collect(),
        }
    }
}

fn row(ids: &Ids, record: &Record, findings: &mut Vec<Finding>) -> Option<PostRow> {
    let inspection = record.read("inspection_id", "an inspection's id", findings, |cell| {
        ids.inspections.get(cell).copied()
    });
    let inspector = record.read("inspector_id", "an inspector's id", findings, |cell| {
        ids.inspectors.get(cell).copied()
    });
    let role = record.role(findings);
    let from = record.date("attend_from", findings);
    let to = record.date("attend_to", findings);
    let week = record.read("week", "'normal' or 'different'", findings, |cell| {
        [Week::Normal, Week::Different]
            .into_iter()
            .find(|week| week.as_str() == cell)
    });
    Some(PostRow {
        inspection_id: inspection?.to_owned(),
        role: role?,
        inspector_id: inspector?.to_owned(),
        attend_from: from?,
        attend_to: to?,
        week: week?,
    })
}

/// What is wrong with the figures beside the posts themselves, and with the order.
pub fn check(facts: &Facts, table: &Table, rows: &[(PostRow, u64)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let by_line: HashMap<u64, &PostRow> = rows.iter().map(|(row, line)| (*line, row)).collect();
    for record in &table.records {
        if let Some(row) = by_line.get(&record.line) {
            check_row(facts, record, row, &mut findings);
        }
    }
    table.check_order(
        |record| {
            let row = by_line.get(&record.line)?;
            Some((
                row.attend_from,
                &row.inspection_id,
                row.role,
                &row.inspector_id,
            ))
        },
        &mut findings,
    );
    findings
}

fn check_row(facts: &Facts, record: &Record, row: &PostRow, findings: &mut Vec<Finding>) {
    let (posts, _) = Posts::read(facts, std::slice::from_ref(row));
    let [post] = posts.held.as_slice() else {
        return; // What is wrong with it has been said.
    };
    let inspection = facts.dataset.inspection(post.inspection);
    let inspector = facts.dataset.inspector(post.inspector);
    let before = findings.len();
    record.expect_text(
        "establishment_id",
        &facts.site(post.inspection).id,
        findings,
    );
    record.expect("kind", inspection.kind.as_str(), findings);
    record.expect_text("inspector_name", &inspector.name, findings);
    record.expect("grade", inspector.grade.as_str(), findings);
    let (name_due, report_due) = match post.role {
        Role::Team => (String::new(), String::new()),
        Role::Lead => {
            let notice = u64::from(facts.dataset.policy.notice.lead_name_days);
            let begins = inspection.dates.first().min(post.first);
            let name_due = begins.checked_sub_days(Days::new(notice));
            (
                name_due.map_or_else(String::new, |day| day.to_string()),
                facts.report_due(post.inspection, post.last).to_string(),
            )
        }
    };
    record.expect("lead_name_due", &name_due, findings);
    record.expect("report_due", &report_due, findings);
    record.expect("cost", &as_pounds(facts.cost(post)), findings);
    for finding in &mut findings[before..] {
        finding.inspection = Some(inspection.id.clone());
        finding.person = Some(inspector.id.clone());
    }
}
