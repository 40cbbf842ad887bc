//! Policies: every number that is a choice, chosen in many ways.

use std::collections::BTreeSet;

use muster::domain::{Kind, Pence, Policy};

use super::Frame;
use super::dice::Dice;

/// A policy for a tiny year.
pub fn policy(dice: &mut Dice, frame: &Frame) -> Policy {
    let mut policy = Policy::default();
    policy.lead.preparation_days = dice.between(0, 2);
    policy.lead.preparation_window = dice.between(3, 8);
    policy.lead.report_days_full = dice.between(1, 5);
    policy.lead.report_window_full = policy.lead.report_days_full + dice.between(0, 5);
    policy.lead.report_days_irp = dice.between(1, 3);
    policy.team.writeup_days = dice.between(0, 2);
    policy.team.writeup_window = dice.between(2, 4);
    if frame.pressed {
        policy.lead.preparation_days = dice.between(1, 2);
        policy.lead.report_days_full = dice.between(4, 5);
        policy.lead.report_window_full = policy.lead.report_days_full + dice.between(4, 8);
        policy.lead.report_days_irp = dice.between(2, 3);
    }
    policy.different_week.offsets = dice
        .pick(&[
            vec![1, 2, -1],
            vec![-1, 1],
            vec![-1],
            vec![1],
            vec![1, -1],
            vec![-1, 2],
        ])
        .clone();
    policy.different_week.kinds = if dice.chance(60) {
        BTreeSet::from([Kind::Full])
    } else if dice.chance(70) {
        BTreeSet::from([Kind::Full, Kind::Irp])
    } else {
        BTreeSet::from([Kind::Full, Kind::Irp, Kind::Standalone])
    };
    policy.different_week.to_fill_teams = dice.chance(35);
    policy.different_week.for_room = dice.chance(25);
    policy.rolling.window_weeks = dice.between(2, 4);
    policy.rolling.max_weeks = if frame.pressed {
        policy.rolling.window_weeks
    } else {
        dice.between(1, policy.rolling.window_weeks.min(3))
    };
    policy.priority.base = i64::from(dice.between(1, 3));
    policy.priority.children = i64::from(dice.between(0, 2));
    policy.priority.inadequate = i64::from(dice.between(0, 2));
    policy.priority.standalone = -i64::from(dice.between(0, 1));
    let fee = dice.between(300, 400);
    policy.fees.team = Pence(i64::from(fee) * 100);
    let more = *dice.pick(if frame.plenty {
        &[0, 0, 1]
    } else {
        &[0, 1, 200]
    });
    policy.fees.lead = Pence(i64::from(fee + more) * 100);
    policy.travel.cost_per_km = *dice.pick(&[0.28, 0.45, 0.1]);
    policy.travel.daily_km = *dice.pick(&[0.0, 60.0, 100.0]);
    policy.travel.overnight = Pence(i64::from(*dice.pick(&[0u32, 90, 120])) * 100);
    policy.travel.max_km = dice.chance(15).then_some(150.0);
    policy.tolerance.cost_percent = *dice.pick(&[0.0, 0.5, 1.0, 2.0, 5.0]);
    policy
}
