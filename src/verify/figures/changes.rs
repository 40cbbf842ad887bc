//! `changes.csv`: who is told what: a row for every post of either plan with whoever held it.

use std::collections::BTreeMap;

use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;
use crate::verify::result::{Record, Table, as_written};

/// The first and last day in the new plan and in the published one.
type Days = (Option<(String, String)>, Option<(String, String)>);

pub fn check(facts: &Facts, posts: &Posts, table: &Table) -> Vec<Finding> {
    let mut expected = expected(facts, posts);
    let mut findings = Vec::new();
    for record in &table.records {
        let key = |column| record.cell(column).to_owned();
        let key = (key("inspection_id"), key("role"), key("inspector_id"));
        match expected.remove(&key) {
            Some(days) => check_row(record, &days, &mut findings),
            None => {
                let message = "neither plan has this post, or the row is there twice";
                findings.push(record.fault("inspection_id", message));
            }
        }
    }
    let missing = expected.into_keys().map(|(inspection, role, person)| {
        let message = format!("{role} {person} of {inspection} has no row");
        Finding::new("changes.csv inspection_id", message)
    });
    findings.extend(missing);
    table.check_order(
        |record| {
            let known = |now, was| {
                let cells = [now, was].map(|column| record.cell(column).to_owned());
                cells.into_iter().find(|cell| !cell.is_empty())
            };
            let days = (
                known("attend_from", "was_from")?,
                known("attend_to", "was_to")?,
            );
            let inspection = record.cell("inspection_id").to_owned();
            let role = record.cell("role").to_owned();
            Some((
                days,
                inspection,
                role,
                record.cell("inspector_id").to_owned(),
            ))
        },
        &mut findings,
    );
    findings
}

fn expected(facts: &Facts, posts: &Posts) -> BTreeMap<(String, String, String), Days> {
    let mut expected: BTreeMap<_, Days> = BTreeMap::new();
    for post in &posts.held {
        let inspection = as_written(&facts.dataset.inspection(post.inspection).id);
        let person = as_written(&facts.dataset.inspector(post.inspector).id);
        let key = (inspection, post.role.as_str().to_owned(), person);
        let days = (post.first.to_string(), post.last.to_string());
        expected.entry(key).or_default().0 = Some(days);
    }
    for row in facts.published_rows() {
        let (inspection, person) = (
            as_written(&row.inspection_id),
            as_written(&row.inspector_id),
        );
        let key = (inspection, row.role.as_str().to_owned(), person);
        let days = (row.days.first().to_string(), row.days.last().to_string());
        expected.entry(key).or_default().1 = Some(days);
    }
    expected
}

fn check_row(record: &Record, (now, was): &Days, findings: &mut Vec<Finding>) {
    let change = match (now, was) {
        (Some(now), Some(was)) if now == was => "unchanged",
        (Some(_), Some(_)) => "moved",
        (Some(_), None) => "new",
        (None, _) => "released",
    };
    record.expect("change", change, findings);
    let nothing = (String::new(), String::new());
    let (now, was) = (
        now.as_ref().unwrap_or(&nothing),
        was.as_ref().unwrap_or(&nothing),
    );
    record.expect("attend_from", &now.0, findings);
    record.expect("attend_to", &now.1, findings);
    record.expect("was_from", &was.0, findings);
    record.expect("was_to", &was.1, findings);
}
