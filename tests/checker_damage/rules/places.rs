//! H7, H13, H14: how many people are where, and when.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, TimeDelta};
use muster::domain::{DifferentWeek, Inspection, Kind, Role, Status};
use muster::verify::Week;

use crate::result::{Post, YearResult};
use crate::support::tiny::dice::Dice;

/// Ofsted's people at the site of `post` on its first day, and everybody else's.
fn people_there(result: &YearResult, post: &Post) -> (u32, u32) {
    let day = post.row.attend_from;
    let site = result.site(post);
    let posts = result.posts();
    let ours = posts.iter().filter(|other| {
        result.site(other) == site && result.days_on_site(&other.row).contains(&day)
    });
    let there = |row: &&Inspection| {
        row.establishment == site && row.status == Status::Planned && row.dates.contains(day)
    };
    let programme = result.dataset.programme.iter().filter(there);
    let others = programme.map(|row| row.hmip_team + row.partner_team).sum();
    (ours.count() as u32, others)
}

pub fn one_place_fewer(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let post = result.post(dice)?;
    let (ours, others) = people_there(result, &post);
    result.establishment(&post).site_capacity = Some(ours + others - 1);
    Some(())
}

pub fn larger_hmip_team(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let post = result.any_post(dice, |post| post.row.week == Week::Normal)?;
    let inspection = result.dataset.inspection(post.inspection);
    if !inspection.dates.contains(post.row.attend_from) {
        return None;
    }
    let site = inspection.establishment;
    let capacity = result.dataset.establishment(site).site_capacity?;
    let (ours, others) = people_there(result, &post);
    let room = capacity.checked_sub(ours + others)?;
    result.entry(&post).hmip_team += room + 1;
    Some(())
}

/// The weeks in which somebody has days on site, each by its Monday.
fn weeks(result: &YearResult, person: &str) -> BTreeSet<NaiveDate> {
    let posts = result.posts().into_iter();
    posts
        .filter(|post| post.row.inspector_id == person)
        .flat_map(|post| result.days_on_site(&post.row))
        .map(|day| day - TimeDelta::days(i64::from(day.weekday().num_days_from_monday())))
        .collect()
}

/// The most weeks on site that anybody has in any `length` weeks.
fn most_weeks(result: &YearResult, length: u32) -> u32 {
    let people = result.dataset.inspectors.iter();
    let most = people.map(|person| {
        let weeks = weeks(result, &person.id);
        let from = |first: &NaiveDate| {
            let end = *first + TimeDelta::weeks(i64::from(length));
            weeks.range(*first..end).count()
        };
        weeks.iter().map(from).max().unwrap_or(0)
    });
    most.max().unwrap_or(0) as u32
}

pub fn one_week_fewer(result: &mut YearResult, _: &mut Dice) -> Option<()> {
    let most = most_weeks(result, result.dataset.policy.rolling.window_weeks);
    result.dataset.policy.rolling.max_weeks = most.checked_sub(1)?;
    Some(())
}

pub fn longer_window(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let allowed = result.dataset.policy.rolling.max_weeks;
    let now = result.dataset.policy.rolling.window_weeks;
    let length = now + dice.between(1, 12);
    result.dataset.policy.rolling.window_weeks = length;
    (most_weeks(result, length) > allowed).then_some(())
}

pub fn split_team(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let offset = *dice.pick(&result.dataset.policy.different_week.offsets);
    let by = TimeDelta::weeks(i64::from(offset));
    let post = result.any_post(dice, |post| {
        let inspection = result.dataset.inspection(post.inspection);
        let (from, to) = (post.row.attend_from + by, post.row.attend_to + by);
        post.row.role == Role::Team
            && post.row.week == Week::Normal
            && inspection.kind == Kind::Full
            && result.is_working_day(from)
            && result.is_working_day(to)
    })?;
    result.free(post.inspector);
    result.entry(&post).different_week = DifferentWeek::Agreed;
    let table = result.table("allocations.csv");
    table.set(
        post.at,
        "attend_from",
        (post.row.attend_from + by).to_string(),
    );
    table.set(post.at, "attend_to", (post.row.attend_to + by).to_string());
    table.set(post.at, "week", "different");
    let rows = result.days_rows(&post.row);
    let mut taken = result.days_of(&post.row.inspector_id);
    let mut days = (post.row.attend_from + by).iter_days();
    // The same work in the same order, each day the next that is free.
    for at in rows {
        let day = days.find(|day| result.is_working_day(*day) && !taken.contains(day))?;
        taken.insert(day);
        result.table("days.csv").set(at, "date", day.to_string());
    }
    result.sort_days();
    Some(())
}
