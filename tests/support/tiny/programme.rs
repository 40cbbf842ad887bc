//! Sites and inspections: few sites, and inspections that share their weeks.

use chrono::Days;
use muster::domain::{
    AgeGroup, ClearanceLevel, DateSpan, DifferentWeek, Establishment, EstablishmentIx, Inspection,
    Judgement, Kind, Location, Status,
};

use super::dice::Dice;
use super::{Frame, country};

/// Places for people and sites: some are the same for several, so that costs tie.
pub const PLACES: [Location; 5] = [
    place(52.4, -1.9),
    place(52.4, -1.9),
    place(52.9, -1.1),
    place(53.5, -2.2),
    place(51.5, -0.1),
];

const fn place(latitude: f64, longitude: f64) -> Location {
    Location {
        latitude,
        longitude,
    }
}

/// Three to five sites.
pub fn establishments(dice: &mut Dice) -> Vec<Establishment> {
    (0..dice.between(3, 5))
        .map(|number| Establishment {
            id: format!("E{number}"),
            name: format!("Site {number}"),
            country: country(dice),
            region: "Region".to_owned(),
            site_type: "training".to_owned(),
            age_group: *dice.pick(&[AgeGroup::Adult, AgeGroup::YoungAdult, AgeGroup::Children]),
            clearance_required: ClearanceLevel(*dice.pick(&[0, 0, 1, 1, 2, 3])),
            site_capacity: dice.chance(70).then(|| dice.between(4, 10)),
            education_provider: dice
                .chance(70)
                .then(|| dice.pick(&["Novus", "Weston"]).to_string()),
            location: *dice.pick(&PLACES),
            line: number + 2,
        })
        .collect()
}

/// Four to eight inspections at those sites.
pub fn programme(
    dice: &mut Dice,
    frame: &Frame,
    establishments: &[Establishment],
) -> Vec<Inspection> {
    let many = *dice.pick(&[4, 5, 5, 6, 6, 7, 7, 8]);
    (0..many)
        .map(|number| {
            let kind = match dice.between(1, 12) {
                1..=5 => Kind::Full,
                6..=10 => Kind::Irp,
                _ => Kind::Standalone,
            };
            inspection(dice, frame, establishments, number, kind)
        })
        .collect()
}

fn inspection(
    dice: &mut Dice,
    frame: &Frame,
    establishments: &[Establishment],
    number: u32,
    kind: Kind,
) -> Inspection {
    let site = dice.below(establishments.len());
    let (dates, attend) = dates(dice, frame, kind);
    let (bounds, named) = if kind == Kind::Standalone {
        standalone(dice, dates, attend)
    } else {
        (None, None)
    };
    // What others take of the site's places leaves Ofsted a few.
    let capacity = establishments[site].site_capacity.unwrap_or(9);
    let others = if kind == Kind::Standalone {
        0
    } else {
        capacity.saturating_sub(*dice.pick(&[0, 1, 2, 2, 3, 3, 4, 5]))
    };
    let partners = dice.between(0, 2).min(others);
    Inspection {
        id: format!("I{number}"),
        establishment: EstablishmentIx::new(site),
        kind,
        announced: kind != Kind::Full || dice.chance(25),
        dates,
        hmip_team: others - partners,
        partner_team: partners,
        team_required: Some(match kind {
            Kind::Full => *dice.pick(&[1, 2, 2, 3, 3]),
            Kind::Irp | Kind::Standalone => dice.between(1, 2),
        }),
        previous_esw: judgement(dice, kind),
        different_week: *dice.pick(&[
            DifferentWeek::No,
            DifferentWeek::Ask,
            DifferentWeek::Ask,
            DifferentWeek::Agreed,
        ]),
        attend,
        bounds,
        dates_named_on: named,
        ofsted_attends: dice.chance(10).then(|| dice.chance(50)),
        notified_on: None,
        announced_on: None,
        prison_named_on: None,
        status: match dice.between(1, 30) {
            1 => Status::Cancelled,
            2 => Status::Postponed,
            _ => Status::Planned,
        },
        line: number + 2,
    }
}

/// HMIP's days and, for some, Ofsted's window.
fn dates(dice: &mut Dice, frame: &Frame, kind: Kind) -> (DateSpan, Option<DateSpan>) {
    let week = dice.between(0, frame.weeks - 1);
    let span = |first, last| DateSpan::new(first, last).expect("a span");
    match kind {
        Kind::Full if dice.chance(60) => {
            // Two weeks, Ofsted coming in the second.
            let first = frame.day(week, dice.between(0, 4));
            let last = frame.day(week + 1, dice.between(1, 4));
            let early = DateSpan::new(
                frame.day(week, dice.between(0, 2)),
                frame.day(week, dice.between(2, 4)),
            );
            (span(first, last), early.filter(|_| dice.chance(15)))
        }
        Kind::Full => {
            let first = frame.day(week, dice.between(0, 2));
            (span(first, frame.day(week, dice.between(2, 4))), None)
        }
        Kind::Irp | Kind::Standalone => {
            let first = dice.between(0, 3);
            let last = (first + dice.between(1, 2)).min(4);
            (span(frame.day(week, first), frame.day(week, last)), None)
        }
    }
}

/// A standalone's bounds, and the day on which its dates were named.
fn standalone(
    dice: &mut Dice,
    dates: DateSpan,
    attend: Option<DateSpan>,
) -> (Option<DateSpan>, Option<chrono::NaiveDate>) {
    let normal = attend.unwrap_or(dates);
    let before = Days::new(u64::from(*dice.pick(&[0u32, 3, 7, 7])));
    let after = Days::new(u64::from(*dice.pick(&[0u32, 7, 7, 14])));
    let bounds = DateSpan::new(normal.first() - before, normal.last() + after);
    let named = dice.chance(25).then(|| dates.first() - Days::new(90));
    (bounds.filter(|_| dice.chance(75)), named)
}

fn judgement(dice: &mut Dice, kind: Kind) -> Option<Judgement> {
    if kind != Kind::Irp && dice.chance(40) {
        return None;
    }
    Some(match dice.between(1, 20) {
        1..=7 => Judgement::RequiresImprovement,
        8..=13 => Judgement::Inadequate,
        14..=16 => Judgement::Awaited,
        17 | 18 => Judgement::Good,
        19 => Judgement::Outstanding,
        _ => Judgement::None,
    })
}
