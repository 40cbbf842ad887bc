//! H2, H5, H6, H10, H11, H15: what somebody may do.

use chrono::Datelike;
use muster::domain::{
    Clearance, ClearanceLevel, Conflict, ConflictWith, Grade, Inspector, Pin, PinAction, Role,
};

use crate::result::{Post, YearResult, before};
use crate::support::tiny::dice::Dice;

pub fn lead_untrained(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let lead = result.any_post(dice, |post| {
        post.row.role == Role::Lead && result.grade(post) == Grade::Oi
    })?;
    result.holder(&lead).lead_trained = false;
    Some(())
}

pub fn lead_no_hmi(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let lead = result.any_post(dice, |post| {
        post.row.role == Role::Lead && result.grade(post) == Grade::Hmi
    })?;
    result.free(lead.inspector);
    let row = result.holder(&lead);
    row.grade = Grade::Oi;
    row.lead_trained = false;
    Some(())
}

fn with_holder(
    result: &mut YearResult,
    dice: &mut Dice,
    change: impl Fn(&mut Inspector, &Post),
) -> Option<()> {
    let post = result.post(dice)?;
    change(result.holder(&post), &post);
    Some(())
}

pub fn no_dbs(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    with_holder(result, dice, |row, _| row.dbs_expires = None)
}

pub fn dbs_lapses(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    with_holder(result, dice, |row, post| {
        row.dbs_expires = Some(before(post.row.attend_to));
    })
}

pub fn training_lapses(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    with_holder(result, dice, |row, post| {
        row.custody_training_until = Some(before(post.row.attend_to));
    })
}

pub fn no_clearance(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    with_holder(result, dice, |row, _| row.clearance = None)
}

pub fn clearance_lapses(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    with_holder(result, dice, |row, post| {
        let ends = before(post.row.attend_to);
        row.clearance = row.clearance.map(|held| Clearance {
            expires: ends,
            ..held
        });
    })
}

pub fn clearance_too_low(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let levels = result.dataset.policy.clearance_levels.len() as u8;
    let post = result.post(dice)?;
    let ClearanceLevel(held) = result.dataset.inspector(post.inspector).clearance?.level;
    result.establishment(&post).clearance_required = ClearanceLevel(held + 1);
    (held + 1 < levels).then_some(())
}

fn add_conflict(result: &mut YearResult, post: &Post, with: ConflictWith, dice: &mut Dice) {
    result.dataset.conflicts.push(Conflict {
        inspector: post.inspector,
        with,
        until: dice.chance(50).then_some(post.row.attend_from),
        line: 2,
    });
}

pub fn conflict_with_site(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let post = result.post(dice)?;
    let site = result.site(&post);
    add_conflict(result, &post, ConflictWith::Establishment(site), dice);
    Some(())
}

pub fn conflict_with_provider(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let post = result.post(dice)?;
    let site = result.site(&post);
    let provider = result
        .dataset
        .establishment(site)
        .education_provider
        .clone()?;
    add_conflict(result, &post, ConflictWith::Provider(provider), dice);
    Some(())
}

/// The days that somebody has on this programme.
fn days(result: &YearResult, post: &Post) -> u32 {
    result.days_of(&post.row.inspector_id).len() as u32
}

pub fn one_day_fewer(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let post = result.post(dice)?;
    let days = days(result, &post);
    let row = result.holder(&post);
    row.max_days = days + row.days_used - 1;
    Some(())
}

pub fn days_used_elsewhere(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let post = result.post(dice)?;
    let days = days(result, &post);
    let row = result.holder(&post);
    row.days_used = row.max_days + 1 - days;
    Some(())
}

pub fn quarter_one_day_fewer(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let post = result.post(dice)?;
    // April to June is the first quarter.
    let quarter = |post: &Post| (post.row.attend_from.month0() as usize + 9) % 12 / 3;
    let posts = result.posts().into_iter();
    let in_it =
        posts.filter(|other| other.inspector == post.inspector && quarter(other) == quarter(&post));
    let days: usize = in_it.map(|other| result.days_rows(&other.row).len()).sum();
    let row = result.holder(&post);
    row.max_days_quarter[quarter(&post)] = Some(days as u32 - 1);
    Some(())
}

pub fn forbidden(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let post = result.post(dice)?;
    result.dataset.pins.push(Pin {
        inspection: post.inspection,
        inspector: post.inspector,
        role: dice.chance(50).then_some(post.row.role),
        action: PinAction::Forbid,
        line: 2,
    });
    Some(())
}

pub fn pinned(result: &mut YearResult, dice: &mut Dice) -> Option<()> {
    let post = result.post(dice)?;
    let held = result.posts_of(post.inspection);
    let others: Vec<_> = result
        .dataset
        .inspector_ixs()
        .filter(|ix| held.iter().all(|post| post.inspector != *ix))
        .collect();
    let inspector = *dice.any(&others)?;
    result.dataset.pins.push(Pin {
        inspection: post.inspection,
        inspector,
        role: Some(post.row.role),
        action: PinAction::Pin,
        line: 2,
    });
    Some(())
}
