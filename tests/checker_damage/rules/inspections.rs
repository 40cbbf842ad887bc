//! H1, H3, H4, H16: what an inspection as a whole is.

use chrono::Days;
use muster::domain::{Country, DateSpan, Grade, Inspection, Judgement, Kind, Role, Status};
use muster::verify::Week;

use crate::result::{Post, YearResult};
use crate::support::tiny::dice::Dice;

/// A lead who has a team.
fn lead_with_team(result: &YearResult, dice: &mut Dice) -> Option<Post> {
    result.any_post(dice, |post| {
        post.row.role == Role::Lead && result.posts_of(post.inspection).len() > 1
    })
}

pub fn lead_left_out(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let lead = lead_with_team(result, dice)?;
    let days = result.days_rows(&lead.row);
    result.table("days.csv").remove(&days);
    result.table("allocations.csv").remove(&[lead.at]);
    Some(())
}

pub fn lead_in_team(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let lead = lead_with_team(result, dice)?;
    give_role(result, &lead, Role::Team);
    Some(())
}

pub fn two_leads(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let team = result.any_post(dice, |post| {
        post.row.role == Role::Team && result.grade(post) == Grade::Hmi
    })?;
    result.free(team.inspector);
    give_role(result, &team, Role::Lead);
    Some(())
}

fn give_role(result: &mut YearResult, post: &Post, role: Role) {
    let days = result.days_rows(&post.row);
    let table = result.table("allocations.csv");
    table.set(post.at, "role", role.as_str());
    let table = result.table("days.csv");
    for at in days {
        table.set(at, "role", role.as_str());
    }
}

pub fn team_too_large(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let lead = lead_with_team(result, dice)?;
    let there = result.posts_of(lead.inspection).len() as u32;
    result.entry(&lead).team_required = Some(there - 1);
    Some(())
}

pub fn in_wales(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let post = result.post(dice)?;
    result.establishment(&post).country = Country::Wales;
    Some(())
}

fn with_inspection(
    result: &mut YearResult,
    dice: &mut Dice,
    change: impl Fn(&mut Inspection),
) -> Option<()> {
    let post = result.post(dice)?;
    change(result.entry(&post));
    Some(())
}

pub fn cancelled(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    with_inspection(result, dice, |row| row.status = Status::Cancelled)
}

pub fn postponed(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    with_inspection(result, dice, |row| row.status = Status::Postponed)
}

pub fn not_attended(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    with_inspection(result, dice, |row| row.ofsted_attends = Some(false))
}

pub fn good_irp(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let kind = |post: &Post| result.dataset.inspection(post.inspection).kind;
    let post = result.any_post(dice, |post| kind(post) == Kind::Irp)?;
    let judgements = [Judgement::Outstanding, Judgement::Good, Judgement::None];
    let row = result.entry(&post);
    row.previous_esw = Some(*dice.pick(&judgements));
    row.ofsted_attends = None;
    Some(())
}

pub fn hmip_later(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let is_full = |post: &Post| result.dataset.inspection(post.inspection).kind == Kind::Full;
    let post = result.any_post(dice, |post| {
        let days = result.days_on_site(&post.row);
        is_full(post) && post.row.week == Week::Normal && days.len() > 1
    })?;
    let last = result.dataset.inspection(post.inspection).dates.last();
    let row = result.entry(&post);
    row.announced = false;
    // The window stays what it is, though HMIP comes after its first day.
    row.attend = DateSpan::new(post.row.attend_from, post.row.attend_to);
    row.dates = DateSpan::new(post.row.attend_from + Days::new(1), last)?;
    Some(())
}
