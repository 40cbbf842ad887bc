//! `inspectors.csv`: invented HMIs and OIs, with what they hold and how much they can do.

use chrono::NaiveDate;

use crate::domain::Grade;

use super::calendar::{after, date};
use super::draw::Draw;
use super::names::names;
use super::spec::{Spec, Tightness};
use super::table::{Table, cell, yes_no};
use super::towns::REGIONS;

/// Levels of clearance, rising, as in the demo's policy.
pub(super) const LEVELS: [&str; 5] = ["standard", "enhanced-1", "enhanced-2", "ctc", "sc"];

/// Somebody who does not exist.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) id: String,
    name: String,
    pub(super) grade: Grade,
    pub(super) lead_trained: bool,
    region: &'static str,
    /// Degrees north and east, in ten-thousandths.
    place: (i32, i32),
    pub(super) dbs_expires: NaiveDate,
    /// A position in [`LEVELS`].
    pub(super) clearance: usize,
    pub(super) clearance_expires: NaiveDate,
    pub(super) max_days: u32,
    pub(super) days_used: Option<u32>,
    pub(super) working_days: Option<&'static str>,
    pub(super) training_until: Option<NaiveDate>,
    pub(super) quarter_caps: [Option<u32>; 4],
}

impl Person {
    /// Whether they may lead (rule H2).
    pub(super) fn may_lead(&self) -> bool {
        self.grade == Grade::Hmi || self.lead_trained
    }
}

/// HMIs first, then OIs.
pub(super) fn people(spec: &Spec, draw: &mut Draw) -> Vec<Person> {
    let count = spec.hmis + spec.ois;
    let digits = count.to_string().len().max(3);
    let mut people: Vec<Person> = names(count, draw)
        .into_iter()
        .enumerate()
        .map(|(position, name)| {
            let grade = if position < spec.hmis {
                Grade::Hmi
            } else {
                Grade::Oi
            };
            let id = format!("I{:0digits$}", position + 1);
            person(&spec.tightness, id, name, grade, draw)
        })
        .collect();
    // Shares that a year stands or falls with are dealt out rather than drawn one by one, so
    // that a small year has its share too.
    let (hmis, ois) = people.split_at_mut(spec.hmis);
    deal(ois, spec.tightness.lead_trained, draw, |person, _| {
        person.lead_trained = true;
    });
    for group in [hmis, ois] {
        deal(group, spec.tightness.cleared_high, draw, |person, draw| {
            person.clearance = draw.weighted(&[(3, 3), (4, 1)]);
        });
    }
    people
}

/// Does `change` to `percent` of `people`, rounded, in random choice.
fn deal(
    people: &mut [Person],
    percent: u32,
    draw: &mut Draw,
    change: impl Fn(&mut Person, &mut Draw),
) {
    let share = (people.len() * percent as usize + 50) / 100;
    let mut order: Vec<usize> = (0..people.len()).collect();
    draw.shuffle(&mut order);
    for position in order.into_iter().take(share) {
        change(&mut people[position], draw);
    }
}

fn person(
    tightness: &Tightness,
    id: String,
    name: String,
    grade: Grade,
    draw: &mut Draw,
) -> Person {
    let region = &REGIONS[draw.weighted(&weights())];
    let town = draw.pick(region.towns);
    let (low, high) = match grade {
        Grade::Hmi => tightness.hmi_days,
        Grade::Oi => tightness.oi_days,
    };
    let max_days = draw.between(low, high);
    let part_time = draw.chance(tightness.part_time);
    Person {
        id,
        name,
        grade,
        lead_trained: grade == Grade::Hmi,
        region: region.name,
        place: (town.0 + jitter(draw), town.1 + jitter(draw)),
        dbs_expires: expires(tightness, draw),
        clearance: draw.weighted(&[(0, 1), (1, 7), (2, 8)]),
        clearance_expires: expires(tightness, draw),
        max_days,
        days_used: draw
            .chance(20)
            .then(|| draw.between(1, 6).min(max_days / 4)),
        working_days: part_time.then(|| pattern(grade, draw)),
        training_until: draw.chance(50).then(|| expires(tightness, draw)),
        quarter_caps: if draw.chance(15) {
            quarter_caps(max_days, draw)
        } else {
            [None; 4]
        },
    }
}

fn weights() -> [(usize, u32); REGIONS.len()] {
    std::array::from_fn(|position| (position, REGIONS[position].weight))
}

/// Up to some six kilometres to either side of the town's middle.
fn jitter(draw: &mut Draw) -> i32 {
    draw.below(1001) as i32 - 500
}

/// A last day that lies within the programme year where it lapses, else well after it.
fn expires(tightness: &Tightness, draw: &mut Draw) -> NaiveDate {
    if draw.chance(tightness.lapses) {
        after(date(2026, 6, 1), u64::from(draw.between(0, 270)))
    } else {
        after(date(2027, 6, 1), u64::from(draw.between(0, 900)))
    }
}

/// A part-time pattern. A full inspection's second week takes Monday to Thursday at least, so
/// that the shorter ones can go to reviews of progress only.
fn pattern(grade: Grade, draw: &mut Draw) -> &'static str {
    match grade {
        Grade::Hmi => "Mon-Thu",
        Grade::Oi => draw.weighted(&[
            ("Mon-Thu", 6),
            ("Tue-Fri", 1),
            ("Mon-Wed", 2),
            ("Mon,Tue,Thu", 1),
        ]),
    }
}

/// Caps for one or two quarters, or for each.
fn quarter_caps(max_days: u32, draw: &mut Draw) -> [Option<u32>; 4] {
    let cap = (max_days * 2).div_ceil(5).max(6);
    if draw.chance(30) {
        return [Some(cap); 4];
    }
    let mut caps = [None; 4];
    caps[draw.below(4)] = Some(cap);
    caps[draw.below(4)] = Some(cap);
    caps
}

/// Ten-thousandths of a degree, in degrees with four decimals.
fn degrees(ten_thousandths: i32) -> String {
    let sign = if ten_thousandths < 0 { "-" } else { "" };
    let size = ten_thousandths.unsigned_abs();
    format!("{sign}{}.{:04}", size / 10_000, size % 10_000)
}

/// The file.
pub(super) fn table(people: &[Person]) -> Table {
    let mut table = Table::new("inspectors.csv");
    for person in people {
        let [q1, q2, q3, q4] = person.quarter_caps.map(cell);
        table.row(&[
            ("inspector_id", person.id.clone()),
            ("name", person.name.clone()),
            ("grade", person.grade.as_str().to_owned()),
            ("lead_trained", yes_no(person.lead_trained)),
            ("region", person.region.to_owned()),
            ("latitude", degrees(person.place.0)),
            ("longitude", degrees(person.place.1)),
            ("dbs_expires", person.dbs_expires.to_string()),
            ("clearance", LEVELS[person.clearance].to_owned()),
            ("clearance_expires", person.clearance_expires.to_string()),
            ("max_days", person.max_days.to_string()),
            ("days_used", cell(person.days_used)),
            ("working_days", cell(person.working_days)),
            ("custody_training_until", cell(person.training_until)),
            ("max_days_q1", q1),
            ("max_days_q2", q2),
            ("max_days_q3", q3),
            ("max_days_q4", q4),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::degrees;

    #[test]
    fn degrees_are_written_with_sign_and_four_decimals() {
        assert_eq!(degrees(534_808), "53.4808");
        assert_eq!(degrees(-982), "-0.0982");
        assert_eq!(degrees(-22_426), "-2.2426");
        assert_eq!(degrees(-34), "-0.0034");
    }
}
