//! `shortfalls.csv`: the empty posts of every inspection in scope, and no other rows.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::{InspectionIx, Role};
use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;
use crate::verify::result::{Record, Table, as_written};

const CAUSES: [&str; 4] = ["resourcing", "clearance", "site-capacity", "different-week"];

pub fn check(facts: &Facts, posts: &Posts, table: &Table) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut listed: BTreeMap<(InspectionIx, Role), i64> = BTreeMap::new();
    for record in &table.records {
        let inspection = find(facts, record);
        let role = record.role(&mut findings);
        let count = record.number("posts", &mut findings);
        check_cause(record, &mut findings);
        let Some(inspection) = inspection else {
            let message = "no inspection has this id";
            findings.push(record.fault("inspection_id", message));
            continue;
        };
        let (Some(role), Some(count)) = (role, count) else {
            continue;
        };
        if facts.out_of_scope(inspection).is_some() {
            let message = "an inspection out of scope has no shortfall";
            findings.push(record.fault("inspection_id", message));
        } else if count == 0 {
            findings.push(record.fault("posts", "a row without an empty post"));
        }
        let sum = listed.entry((inspection, role)).or_default();
        *sum = sum.saturating_add(count);
        let days = count.saturating_mul(days_to_fill(facts, inspection, role));
        record.expect("inspector_days", &days.to_string(), &mut findings);
    }
    for inspection in facts.in_scope() {
        for role in [Role::Lead, Role::Team] {
            let asked = match role {
                Role::Lead => 1,
                Role::Team => facts.team_required(inspection) - 1,
            };
            let empty = (asked - posts.count(inspection, role)).max(0);
            let said = listed.get(&(inspection, role)).copied().unwrap_or(0);
            if said != empty {
                let message = format!(
                    "{said} {} posts are listed as empty, and {empty} are",
                    role.as_str()
                );
                let id = &facts.dataset.inspection(inspection).id;
                findings.push(Finding::new("shortfalls.csv posts", message).inspection(id));
            }
        }
    }
    table.check_order(
        |record| {
            let inspection = find(facts, record)?;
            let role = record.role(&mut Vec::new())?;
            let id = &facts.dataset.inspection(inspection).id;
            Some((first_day(facts, inspection), id, role))
        },
        &mut findings,
    );
    findings
}

fn check_cause(record: &Record, findings: &mut Vec<Finding>) {
    let cause = record.cell("cause");
    if !CAUSES.contains(&cause) {
        let message = format!("'{cause}' is not one of {}", CAUSES.join(", "));
        findings.push(record.fault("cause", message));
        return;
    }
    let addressee = if cause == "resourcing" {
        "MoJ"
    } else {
        "MoJ+HMIP"
    };
    record.expect("addressee", addressee, findings);
}

/// The days that filling one post takes, in the normal window.
fn days_to_fill(facts: &Facts, inspection: InspectionIx, role: Role) -> i64 {
    let on_site = facts.normal_days(facts.dataset.inspection(inspection));
    on_site.len() as i64 + facts.off_site_days(inspection, role)
}

/// The normal window's first working day, or else the inspection's first day.
fn first_day(facts: &Facts, inspection: InspectionIx) -> NaiveDate {
    let inspection = facts.dataset.inspection(inspection);
    let normal = facts.normal_days(inspection);
    normal
        .first()
        .copied()
        .unwrap_or_else(|| inspection.dates.first())
}

fn find(facts: &Facts, record: &Record) -> Option<InspectionIx> {
    let cell = record.cell("inspection_id");
    facts
        .dataset
        .inspection_ixs()
        .find(|ix| as_written(&facts.dataset.inspection(*ix).id) == cell)
}
