//! People: each short of something.

use chrono::{Days, Weekday};
use muster::domain::{
    Availability, AvailabilityKind, Clearance, ClearanceLevel, Conflict, DateSpan, Establishment,
    Grade, Inspector, InspectorIx, Policy, WeekdaySet,
};

use super::dice::Dice;
use super::programme::PLACES;
use super::{Frame, conflict_with};

/// Three to six people.
pub fn inspectors(dice: &mut Dice, frame: &Frame, policy: &Policy) -> Vec<Inspector> {
    let usual = contract(dice, frame, policy);
    let alike = dice.chance(if frame.plenty { 80 } else { 20 });
    let many: &[u32] = if frame.plenty {
        &[4, 5, 5, 6]
    } else {
        &[3, 4, 4, 5, 6]
    };
    (0..*dice.pick(many))
        .map(|number| {
            let days = if alike {
                usual
            } else {
                contract(dice, frame, policy)
            };
            inspector(dice, frame, days, number)
        })
        .collect()
}

fn inspector(dice: &mut Dice, frame: &Frame, max_days: u32, number: u32) -> Inspector {
    let grade = if dice.chance(if frame.pressed { 45 } else { 60 }) {
        Grade::Hmi
    } else {
        Grade::Oi
    };
    let days_used = if dice.chance(if frame.plenty { 10 } else { 30 }) {
        dice.between(1, 3)
    } else {
        0
    };
    // Checks and clearances often lapse in the middle.
    let lapse = |dice: &mut Dice, percent: u32| {
        let late = frame.day(frame.weeks + 20, 0);
        if dice.chance(if frame.plenty { percent / 3 } else { percent }) {
            frame.any_day(dice, 0)
        } else {
            late
        }
    };
    let levels: &[u8] = if frame.plenty {
        &[2, 3, 4]
    } else {
        &[1, 2, 3, 3, 3, 4]
    };
    let level = ClearanceLevel(*dice.pick(levels));
    let dbs_expires = lapse(dice, 13);
    let expires = lapse(dice, 12);
    let training = lapse(dice, 50);
    Inspector {
        id: format!("P{number}"),
        name: format!("Person {number}"),
        grade,
        lead_trained: dice.chance(if frame.pressed { 25 } else { 60 }),
        region: "Region".to_owned(),
        location: *dice.pick(&PLACES),
        dbs_expires: dice.chance(98).then_some(dbs_expires),
        clearance: dice.chance(98).then_some(Clearance { level, expires }),
        max_days,
        days_used,
        working_days: pattern(dice),
        custody_training_until: dice.chance(15).then_some(training),
        max_days_quarter: quarters(dice, max_days),
        line: number + 2,
    }
}

/// About the days that one to four posts take; more where days are not what presses.
fn contract(dice: &mut Dice, frame: &Frame, policy: &Policy) -> u32 {
    let lead = 3 + policy.lead.preparation_days + policy.lead.report_days_full;
    let posts = dice.between(1, 4) + if frame.pressed { 2 } else { 0 };
    lead * posts + dice.between(0, 3)
}

fn pattern(dice: &mut Dice) -> WeekdaySet {
    if dice.chance(82) {
        return WeekdaySet::MONDAY_TO_FRIDAY;
    }
    let week = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ];
    let off = *dice.pick(&week);
    WeekdaySet::from_days(week.into_iter().filter(|day| *day != off))
}

fn quarters(dice: &mut Dice, max_days: u32) -> [Option<u32>; 4] {
    std::array::from_fn(|_| {
        dice.chance(15)
            .then(|| max_days.saturating_sub(dice.between(1, 5)))
    })
}

/// Leave, and the days that OIs offer.
pub fn availability(dice: &mut Dice, frame: &Frame, people: &[Inspector]) -> Vec<Availability> {
    let mut rows: Vec<Availability> = Vec::new();
    let mut add = |inspector, span, kind| {
        rows.push(Availability {
            inspector: InspectorIx::new(inspector),
            span,
            kind,
            line: rows.len() as u32 + 2,
        });
    };
    for (number, person) in people.iter().enumerate() {
        let leaves: &[u32] = if frame.plenty {
            &[0, 0, 0, 1]
        } else {
            &[0, 0, 1, 1, 2]
        };
        for _ in 0..*dice.pick(leaves) {
            let first = frame.any_day(dice, 2);
            let span = DateSpan::new(first, first + Days::new(u64::from(dice.between(0, 6))));
            add(number, span.expect("a span"), AvailabilityKind::Unavailable);
        }
        if person.grade == Grade::Oi {
            for _ in 0..dice.between(1, 2) {
                let latest = if frame.plenty { 0 } else { frame.weeks - 2 };
                let from = dice.between(0, latest);
                let to = (from + dice.between(2, 6)).min(frame.weeks + 2);
                let span = DateSpan::new(
                    frame.day(from, *dice.pick(&[0, 0, 0, 1])),
                    frame.day(to, *dice.pick(&[4, 4, 3, 2])),
                );
                add(number, span.expect("a span"), AvailabilityKind::Offered);
            }
        }
    }
    rows
}

/// Interests in sites and providers, some of them of the past.
pub fn conflicts(
    dice: &mut Dice,
    frame: &Frame,
    establishments: &[Establishment],
    people: usize,
) -> Vec<Conflict> {
    (0..dice.between(0, 2))
        .map(|number| Conflict {
            inspector: InspectorIx::new(dice.below(people)),
            with: conflict_with(dice, establishments),
            until: dice.chance(60).then(|| frame.any_day(dice, 1)),
            line: number + 2,
        })
        .collect()
}
