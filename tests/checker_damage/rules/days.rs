//! H8, H9, H12: days that people do not have.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use muster::domain::{
    Availability, AvailabilityKind, DateSpan, Grade, InspectionIx, Role, WeekdaySet,
};

use crate::result::{Post, YearResult};
use crate::support::tiny::dice::Dice;

pub fn two_sites(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let posts = result.posts();
    let overlaps = |a: &Post, b: &Post| {
        a.inspection != b.inspection
            && a.row.attend_from <= b.row.attend_to
            && b.row.attend_from <= a.row.attend_to
    };
    let holds = |post: &Post, inspection: InspectionIx| {
        let mut there = posts.iter().filter(|other| other.inspection == inspection);
        there.any(|other| other.inspector == post.inspector)
    };
    let mut pairs = Vec::new();
    for here in &posts {
        for there in posts.iter().filter(|post| post.row.role == Role::Team) {
            if overlaps(here, there) && !holds(here, there.inspection) {
                pairs.push((here, there));
            }
        }
    }
    let (here, there) = *dice.any(&pairs)?;
    result.free(here.inspector);
    result.dataset.policy.rolling.max_weeks = result.dataset.policy.rolling.window_weeks;
    let person = result.dataset.inspector(here.inspector).clone();
    let rows = result.days_rows(&there.row);
    let table = result.table("allocations.csv");
    table.set(there.at, "inspector_id", &person.id);
    table.set(there.at, "inspector_name", &person.name);
    table.set(there.at, "grade", person.grade.as_str());
    let table = result.table("days.csv");
    for at in rows {
        table.set(at, "inspector_id", &person.id);
    }
    result.sort_days();
    Some(())
}

/// The rows of `days.csv` with one piece of off-site work: one task each.
fn off_site(result: &YearResult) -> Vec<Vec<usize>> {
    let table = &result.tables["days.csv"];
    let mut tasks: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for at in 0..table.rows.len() {
        let cell = |column| table.cell(at, column);
        if cell("work") != "on-site" {
            let key = (cell("inspection_id"), cell("inspector_id"), cell("work"));
            tasks.entry(key).or_default().push(at);
        }
    }
    tasks.into_values().collect()
}

fn date(result: &YearResult, row: usize) -> NaiveDate {
    let cell = result.tables["days.csv"].cell(row, "date");
    cell.parse().expect("a date")
}

pub fn one_day_twice(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let tasks: Vec<_> = off_site(result)
        .into_iter()
        .filter(|rows| rows.len() > 1)
        .collect();
    let rows = dice.any(&tasks)?.clone();
    let to = date(result, *rows.last()?).to_string();
    result.table("days.csv").set(rows[0], "date", to);
    result.sort_days();
    Some(())
}

pub fn saturday_work(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    // A task that goes on over a weekend has its Saturday inside its window.
    let over_a_weekend = |rows: &Vec<usize>| {
        let mut days = date(result, rows[0]).iter_days();
        let last = date(result, rows[rows.len() - 1]);
        let saturday = days.find(|day| day.weekday() == Weekday::Sat)?;
        (saturday < last).then_some((rows[0], saturday))
    };
    let found: Vec<_> = off_site(result).iter().filter_map(over_a_weekend).collect();
    let (row, saturday) = *dice.any(&found)?;
    result
        .table("days.csv")
        .set(row, "date", saturday.to_string());
    result.sort_days();
    Some(())
}

/// A post, and one of its days on site.
fn day_on_site(
    result: &YearResult,
    dice: &mut Dice,
    wanted: impl Fn(&Post) -> bool,
) -> Option<(Post, NaiveDate)> {
    let post = result.any_post(dice, wanted)?;
    let day = *dice.pick(&result.days_on_site(&post.row));
    Some((post, day))
}

pub fn away_on_site(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let (post, day) = day_on_site(result, dice, |_| true)?;
    result.take_away(post.inspector, DateSpan::new(day, day)?);
    Some(())
}

pub fn not_offered(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let (post, day) = day_on_site(result, dice, |post| result.grade(post) == Grade::Oi)?;
    let mut spans = Vec::new();
    for row in std::mem::take(&mut result.dataset.availability) {
        let offered = row.kind == AvailabilityKind::Offered;
        if row.inspector != post.inspector || !offered || !row.span.contains(day) {
            spans.push(row);
            continue;
        }
        // What the span offers before and after the day.
        let beside = [
            DateSpan::new(row.span.first(), day - Days::new(1)),
            DateSpan::new(day + Days::new(1), row.span.last()),
        ];
        for span in beside.into_iter().flatten() {
            spans.push(Availability {
                span,
                ..row.clone()
            });
        }
    }
    result.dataset.availability = spans;
    Some(())
}

pub fn not_their_weekday(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let (post, day) = day_on_site(result, dice, |_| true)?;
    let row = result.holder(&post);
    let days = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ];
    let kept = days
        .into_iter()
        .filter(|weekday| row.working_days.contains(*weekday) && *weekday != day.weekday());
    row.working_days = WeekdaySet::from_days(kept);
    Some(())
}

/// Any lead, and the day on which the report is due.
fn lead_with_report(result: &YearResult, dice: &mut Dice) -> Option<(Post, NaiveDate)> {
    let lead = result.any_post(dice, |post| post.row.role == Role::Lead)?;
    let cell = result.tables["allocations.csv"].cell(lead.at, "report_due");
    let due = cell.parse().expect("a date");
    Some((lead, due))
}

pub fn away_until_due(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let (lead, due) = lead_with_report(result, dice)?;
    let span = DateSpan::new(lead.row.attend_to + Days::new(1), due)?;
    result.take_away(lead.inspector, span);
    Some(())
}

pub fn report_late(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let (lead, due) = lead_with_report(result, dice)?;
    result.free(lead.inspector);
    let taken = result.days_of(&lead.row.inspector_id);
    let mut after = due.iter_days().skip(1);
    let late = after.find(|day| result.is_working_day(*day) && !taken.contains(day))?;
    let rows = result.days_rows(&lead.row);
    let table = result.table("days.csv");
    let report = rows
        .into_iter()
        .rfind(|at| table.cell(*at, "work") == "report")?;
    table.set(report, "date", late.to_string());
    result.sort_days();
    Some(())
}
