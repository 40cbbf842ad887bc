//! Tiny random years, made so that every rule and every tier matters often: few people, all
//! of them short of something, and inspections on top of one another.
//!
//! A year is valid input: whatever is asked of it can be had (pins among them), only not all
//! at once. The same seed gives the same year.

pub mod dice;
mod people;
mod policy;
mod programme;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use muster::domain::{
    ConflictWith, Country, Dataset, Establishment, EstablishmentIx, Grade, History, InspectionIx,
    InspectorIx, Kind, Pin, PinAction, Role,
};

use super::exhaustive;
use dice::Dice;

/// The tiny year of `seed`: 4–8 inspections, 3–6 people.
pub fn tiny_year(seed: u64) -> Dataset {
    let mut dice = Dice::new(seed);
    let frame = Frame::draw(&mut dice);
    let policy = policy::policy(&mut dice, &frame);
    let establishments = programme::establishments(&mut dice);
    let programme = programme::programme(&mut dice, &frame, &establishments);
    let inspectors = people::inspectors(&mut dice, &frame, &policy);
    let availability = people::availability(&mut dice, &frame, &inspectors);
    let conflicts = people::conflicts(&mut dice, &frame, &establishments, inspectors.len());
    let bank_holidays = frame.bank_holidays(&mut dice);
    let mut dataset = Dataset {
        policy,
        establishments,
        programme,
        inspectors,
        availability,
        conflicts,
        pins: Vec::new(),
        history: Vec::new(),
        bank_holidays,
        published: None,
        case: None,
        inputs: Vec::new(),
    };
    dataset.history = history(&mut dice, &frame, &dataset);
    dataset.pins = pins(&mut dice, &dataset);
    dataset
}

/// The weeks of the year in which everything happens.
struct Frame {
    first_monday: NaiveDate,
    weeks: u32,
    /// In some years people are alike and lack little: attendance is no question then, and
    /// plans tie until the last tiers.
    plenty: bool,
    /// In some years work off site is what presses: few can lead, their days would do, and
    /// reports run into the inspections after them.
    pressed: bool,
}

impl Frame {
    fn draw(dice: &mut Dice) -> Self {
        let april = NaiveDate::from_ymd_opt(2026, 4, 6).expect("a date");
        Self {
            first_monday: april + Days::new(7 * u64::from(dice.between(0, 42))),
            weeks: dice.between(3, 6),
            plenty: dice.chance(40),
            pressed: dice.chance(30),
        }
    }

    /// Day `day` (Monday is 0) of week `week`.
    fn day(&self, week: u32, day: u32) -> NaiveDate {
        self.first_monday + Days::new(u64::from(7 * week + day))
    }

    /// Any day of the weeks, up to `margin` weeks after them.
    fn any_day(&self, dice: &mut Dice, margin: u32) -> NaiveDate {
        let week = dice.between(0, self.weeks + margin - 1);
        self.day(week, dice.between(0, 6))
    }

    fn bank_holidays(&self, dice: &mut Dice) -> BTreeMap<NaiveDate, String> {
        (0..dice.between(0, 2))
            .map(|number| {
                let week = dice.between(0, self.weeks + 1);
                let day = *dice.pick(&[0, 0, 4, 3, 1]);
                (self.day(week, day), format!("Bank holiday {number}"))
            })
            .collect()
    }
}

/// Who was at the sites' earlier inspections; some of them have left.
fn history(dice: &mut Dice, frame: &Frame, dataset: &Dataset) -> Vec<History> {
    let mut rows = Vec::new();
    let sites: BTreeSet<_> = dataset
        .programme
        .iter()
        .filter(|inspection| inspection.kind == Kind::Irp || dice.chance(30))
        .map(|inspection| inspection.establishment)
        .collect();
    let mut leaders: Vec<usize> = (0..dataset.inspectors.len())
        .filter(|person| {
            let inspector = &dataset.inspectors[*person];
            inspector.lead_trained || inspector.grade == Grade::Hmi
        })
        .collect();
    leaders.push(0);
    for establishment in sites {
        for years in 1..=*dice.pick(&[0u32, 1, 1, 2]) {
            let date = frame.first_monday - Days::new(300 * u64::from(years));
            let mut remember = |role, who: usize| {
                rows.push(History {
                    establishment,
                    inspector_id: dataset
                        .inspectors
                        .get(who)
                        .map_or("X99".to_owned(), |inspector| inspector.id.clone()),
                    role,
                    date,
                    line: rows.len() as u32 + 2,
                });
            };
            let people = dataset.inspectors.len();
            let lead = if dice.chance(90) {
                *dice.pick(&leaders)
            } else {
                people
            };
            if dice.chance(85) {
                remember(Role::Lead, lead);
            }
            if dice.chance(40) {
                remember(Role::Team, (lead + 1) % people);
            }
        }
    }
    rows
}

/// Forbidden posts, and pins that can be kept together with all else: each is asked for in
/// turn, and left out where no plan would be left.
fn pins(dice: &mut Dice, dataset: &Dataset) -> Vec<Pin> {
    let mut dataset = dataset.clone();
    let wanted = dice.between(0, 4);
    for _ in 0..wanted {
        let inspection = InspectionIx::new(dice.below(dataset.programme.len()));
        let inspector = InspectorIx::new(dice.below(dataset.inspectors.len()));
        let pinned = dice.chance(35);
        let role = match dice.below(if pinned { 2 } else { 3 }) {
            0 => Some(Role::Lead),
            1 => Some(Role::Team),
            _ => None,
        };
        let known = dataset
            .pins
            .iter()
            .any(|pin| pin.inspection == inspection && pin.inspector == inspector);
        if known || !exhaustive::is_in_scope(&dataset, inspection) {
            continue;
        }
        dataset.pins.push(Pin {
            inspection,
            inspector,
            role,
            action: if pinned {
                PinAction::Pin
            } else {
                PinAction::Forbid
            },
            line: dataset.pins.len() as u32 + 2,
        });
        if !exhaustive::feasible(&dataset) {
            dataset.pins.pop();
        }
    }
    dataset.pins
}

/// A conflict of interest, written in terms of a site or of its provider.
fn conflict_with(dice: &mut Dice, establishments: &[Establishment]) -> ConflictWith {
    let site = dice.below(establishments.len());
    match &establishments[site].education_provider {
        Some(provider) if dice.chance(50) => ConflictWith::Provider(provider.clone()),
        _ => ConflictWith::Establishment(EstablishmentIx::new(site)),
    }
}

/// Mostly England, Ofsted's; now and then Wales, Estyn's.
fn country(dice: &mut Dice) -> Country {
    if dice.chance(9) {
        Country::Wales
    } else {
        Country::England
    }
}
