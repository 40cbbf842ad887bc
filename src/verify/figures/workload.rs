//! `workload.csv`: a row for every inspector, with their days and what share of the contracted
//! ones they are.

use std::collections::BTreeSet;

use crate::domain::{InspectorIx, Role};
use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;
use crate::verify::result::{Record, Table, as_written};

pub fn check(facts: &Facts, posts: &Posts, table: &Table) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut listed = BTreeSet::new();
    for record in &table.records {
        let Some(person) = find(facts, record) else {
            findings.push(record.fault("inspector_id", "no inspector has this id"));
            continue;
        };
        if !listed.insert(person) {
            findings.push(record.fault("inspector_id", "they are listed twice"));
        }
        let before = findings.len();
        check_row(facts, posts, record, person, &mut findings);
        let id = &facts.dataset.inspector(person).id;
        for finding in &mut findings[before..] {
            finding.person = Some(id.clone());
        }
    }
    for person in facts.dataset.inspector_ixs() {
        if !listed.contains(&person) {
            let id = &facts.dataset.inspector(person).id;
            let message = "they have no row";
            findings.push(Finding::new("workload.csv inspector_id", message).person(id));
        }
    }
    table.check_order(
        |record| find(facts, record).map(|person| &facts.dataset.inspector(person).id),
        &mut findings,
    );
    findings
}

fn check_row(
    facts: &Facts,
    posts: &Posts,
    record: &Record,
    person: InspectorIx,
    findings: &mut Vec<Finding>,
) {
    let inspector = facts.dataset.inspector(person);
    let held = || posts.of_person(person);
    let as_lead = held().filter(|post| post.role == Role::Lead).count();
    let on_site: usize = held().map(|post| post.days.len()).sum();
    let off_site: i64 = held()
        .map(|post| facts.off_site_days(post.inspection, post.role))
        .sum();
    record.expect_text("name", &inspector.name, findings);
    record.expect("grade", inspector.grade.as_str(), findings);
    record.expect("inspections", &held().count().to_string(), findings);
    record.expect("as_lead", &as_lead.to_string(), findings);
    record.expect("days_on_site", &on_site.to_string(), findings);
    record.expect("days_off_site", &off_site.to_string(), findings);
    record.expect("max_days", &inspector.max_days.to_string(), findings);
    let used = on_site as f64 + off_site as f64 + f64::from(inspector.days_used);
    let share = if inspector.max_days == 0 {
        0.0
    } else {
        used / f64::from(inspector.max_days)
    };
    let said = record.read(
        "utilisation",
        "a share with four decimals",
        findings,
        four_decimals,
    );
    // Half of the last decimal, and what a binary fraction may lose.
    if said.is_some_and(|said| (said - share).abs() > 0.000_05 + 1e-9) {
        let message = format!(
            "it says {}, and should say {share:.4}",
            record.cell("utilisation")
        );
        findings.push(record.fault("utilisation", message));
    }
}

fn four_decimals(cell: &str) -> Option<f64> {
    let (whole, decimals) = cell.split_once('.')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && digits(decimals) && decimals.len() == 4)
        .then(|| cell.parse().ok())
        .flatten()
}

fn find(facts: &Facts, record: &Record) -> Option<InspectorIx> {
    let cell = record.cell("inspector_id");
    facts
        .dataset
        .inspector_ixs()
        .find(|ix| as_written(&facts.dataset.inspector(*ix).id) == cell)
}

#[cfg(test)]
mod tests {
    use super::four_decimals;

    #[test]
    fn a_share_has_four_decimals() {
        assert_eq!(four_decimals("0.8500"), Some(0.85));
        for other in ["0.85", "85%", ".8500", "-0.8500", "0.85000", "1e10", "NaN"] {
            assert_eq!(four_decimals(other), None, "{other}");
        }
    }
}
