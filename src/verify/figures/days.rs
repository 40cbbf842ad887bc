//! `days.csv`: the day of every piece of work. Nothing missing and nothing extra, each piece in
//! its window and on a day of its own on which the person can work (H8, H9, H12).

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::domain::{InspectionIx, InspectorIx, Role};
use crate::verify::facts::{Facts, Task, Work};
use crate::verify::finding::Finding;
use crate::verify::posts::{HeldPost, Posts};
use crate::verify::result::{Record, Table, as_written};

type PostKey = (InspectionIx, InspectorIx, Role);

/// A row that could be read.
struct Row<'t> {
    record: &'t Record,
    post: PostKey,
    date: NaiveDate,
    work: Work,
}

pub fn check(facts: &Facts, posts: &Posts, table: &Table) -> Vec<Finding> {
    let mut findings = Vec::new();
    let rows = read(facts, table, &mut findings);
    let mut by_post: HashMap<PostKey, Vec<&Row>> = HashMap::new();
    let mut by_day: HashMap<(InspectorIx, NaiveDate), &Row> = HashMap::new();
    // What is settled was done, on whichever day (H17).
    let settled = facts.settled();
    let is_settled = |(inspection, person, role): PostKey| {
        let mut posts = settled.of_person(person);
        posts.any(|post| post.inspection == inspection && post.role == role)
    };
    for row in &rows {
        by_post.entry(row.post).or_default().push(row);
        let person = row.post.1;
        if let Some(other) = by_day.insert((person, row.date), row) {
            let id = &facts.dataset.inspection(other.post.0).id;
            let message = format!("the day is given to {} for {id} too", other.work.as_str());
            findings.push(about(facts, row, "H8", message));
        }
        if row.work != Work::OnSite
            && !is_settled(row.post)
            && let Some(why) = facts.why_not_working(person, row.date)
        {
            findings.push(about(facts, row, "H9", format!("{} {why}", row.date)));
        }
    }
    for post in &posts.held {
        let key = (post.inspection, post.inspector, post.role);
        let given = by_post.remove(&key).unwrap_or_default();
        check_on_site(facts, post, &given, &mut findings);
        check_off_site(facts, post, &given, &mut findings);
    }
    for row in by_post.into_values().flatten() {
        let message = "they hold no such post in allocations.csv".to_owned();
        findings.push(about(facts, row, "days.csv inspection_id", message));
    }
    // The map above has no order of its own; lines have.
    findings.sort_by_key(|finding| finding.place.as_ref().map_or(0, |place| place.line));
    let by_line: HashMap<u64, &Row> = rows.iter().map(|row| (row.record.line, row)).collect();
    table.check_order(
        |record| {
            let row = by_line.get(&record.line)?;
            Some((row.date, &facts.dataset.inspector(row.post.1).id))
        },
        &mut findings,
    );
    findings
}

fn read<'t>(facts: &Facts, table: &'t Table, findings: &mut Vec<Finding>) -> Vec<Row<'t>> {
    let dataset = facts.dataset;
    let inspections: HashMap<String, InspectionIx> = dataset
        .inspection_ixs()
        .map(|ix| (as_written(&dataset.inspection(ix).id), ix))
        .collect();
    let inspectors: HashMap<String, InspectorIx> = dataset
        .inspector_ixs()
        .map(|ix| (as_written(&dataset.inspector(ix).id), ix))
        .collect();
    let rows = table.records.iter().filter_map(|record| {
        let inspection = record.read("inspection_id", "an inspection's id", findings, |cell| {
            inspections.get(cell).copied()
        });
        let inspector = record.read("inspector_id", "an inspector's id", findings, |cell| {
            inspectors.get(cell).copied()
        });
        let role = record.role(findings);
        let date = record.date("date", findings);
        let work = record.read("work", "a kind of work", findings, Work::from_text);
        Some(Row {
            record,
            post: (inspection?, inspector?, role?),
            date: date?,
            work: work?,
        })
    });
    rows.collect()
}

fn check_on_site(facts: &Facts, post: &HeldPost, given: &[&Row], findings: &mut Vec<Finding>) {
    let on_site = || given.iter().filter(|row| row.work == Work::OnSite);
    for row in on_site() {
        if !post.days.contains(&row.date) {
            let message = format!("{} is not one of the post's days on site", row.date);
            findings.push(about(facts, row, "days.csv date", message));
        }
    }
    for day in &post.days {
        if !on_site().any(|row| row.date == *day) {
            let fault = missing(facts, post, "days.csv date", format!("{day} has no row"));
            findings.push(fault.day(*day));
        }
    }
}

fn check_off_site(facts: &Facts, post: &HeldPost, given: &[&Row], findings: &mut Vec<Finding>) {
    let tasks = facts.tasks(post);
    let mut counts: BTreeMap<Work, u32> = BTreeMap::new();
    for row in given.iter().filter(|row| row.work != Work::OnSite) {
        let Some(task) = tasks.iter().find(|task| task.work == row.work) else {
            let message = format!("a {} owes no {}", post.role.as_str(), row.work.as_str());
            findings.push(about(facts, row, "days.csv work", message));
            continue;
        };
        *counts.entry(row.work).or_default() += 1;
        check_window(facts, task, row, findings);
    }
    for task in &tasks {
        let count = counts.get(&task.work).copied().unwrap_or(0);
        if count != task.days {
            let message = format!(
                "{} has {count} days, and takes {}",
                task.work.as_str(),
                task.days
            );
            findings.push(missing(facts, post, "days.csv work", message));
        }
    }
}

fn check_window(facts: &Facts, task: &Task, row: &Row, findings: &mut Vec<Finding>) {
    let (Some(first), Some(last)) = (task.window.first(), task.window.last()) else {
        let message = format!("there is no day for the {}", task.work.as_str());
        findings.push(about(facts, row, "days.csv date", message));
        return;
    };
    if row.date < *first || row.date > *last {
        // Past a report's window lies its deadline.
        let late_report = task.work == Work::Report && row.date > *last;
        let rule = if late_report { "H12" } else { "days.csv date" };
        let message = format!(
            "{} is outside of {first} to {last}, the window of the {}",
            row.date,
            task.work.as_str()
        );
        findings.push(about(facts, row, rule, message));
    }
}

fn about(facts: &Facts, row: &Row, rule: &str, message: String) -> Finding {
    let (inspection, inspector, _) = row.post;
    Finding::new(rule, message)
        .inspection(&facts.dataset.inspection(inspection).id)
        .person(&facts.dataset.inspector(inspector).id)
        .day(row.date)
        .at("days.csv", row.record.line)
}

fn missing(facts: &Facts, post: &HeldPost, rule: &str, message: String) -> Finding {
    Finding::new(rule, message)
        .inspection(&facts.dataset.inspection(post.inspection).id)
        .person(&facts.dataset.inspector(post.inspector).id)
}
