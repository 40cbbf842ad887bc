//! What a generated year is asked to be.

use chrono::NaiveDate;

use super::calendar::date;
use super::draw::{Draw, Stream};

/// Where the dates of a generated programme come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Programme {
    /// The published inspections, each at its own site, moved by whole multiples of 364 days
    /// into the programme year.
    Published,
    /// As many as asked for, with the lengths and weekdays of published inspections, at sites
    /// and in weeks drawn at random; the Christmas fortnight and Easter week stay empty.
    Drawn,
}

/// A year to generate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    /// Every draw follows from it.
    pub seed: u64,
    /// Where the dates come from.
    pub programme: Programme,
    /// How many inspections; [`Programme::Published`] has its own number.
    pub inspections: usize,
    /// How many HMIs.
    pub hmis: usize,
    /// How many OIs.
    pub ois: usize,
    /// How hard the year is to staff.
    pub tightness: Tightness,
    /// What the published programme has none of.
    pub extras: Extras,
}

/// Shares, in per cent of inspections, of what a published programme shows nothing of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extras {
    /// Ofsted's own standalone inspections.
    pub standalone: u32,
    /// Cancelled and postponed ones.
    pub withdrawn: u32,
    /// Those for which HMIP has settled whether Ofsted attends.
    pub settled: u32,
}

/// A week in which all HMIs are away for two days, as for national training.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrainingWeek {
    /// Its Monday; the training is on the Tuesday and the Wednesday.
    pub monday: NaiveDate,
    /// How many in a hundred of the OIs who can lead offer this week.
    pub lead_offers: u32,
}

/// How hard a year is to staff. Ranges include both ends; shares are in per cent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tightness {
    /// Days a year of an HMI for this programme.
    pub hmi_days: (u32, u32),
    /// Days a year of an OI.
    pub oi_days: (u32, u32),
    /// Share of an HMI's weeks that go to other duties.
    pub other_duties: u32,
    /// Share of weeks that an OI offers.
    pub offers: u32,
    /// Share of OIs who are trained to lead.
    pub lead_trained: u32,
    /// Share of people cleared to the level that the high-security estate asks for, or above.
    pub cleared_high: u32,
    /// Share of people whose clearance, DBS check or training lapses in the year, each apart.
    pub lapses: u32,
    /// Share of people who work part time.
    pub part_time: u32,
    /// Share of people with a conflict of interest.
    pub conflicts: u32,
    /// Share of full inspections for which no different week is allowed.
    pub week_fixed: u32,
    /// Added to every full inspection's team.
    pub larger_teams: u32,
    /// Weeks in which hardly anybody can lead.
    pub training_weeks: Vec<TrainingWeek>,
    /// How many posts are pinned, and how many forbidden.
    pub pins: usize,
}

impl Tightness {
    /// The demo year's.
    pub fn demo() -> Self {
        Self {
            hmi_days: (24, 38),
            oi_days: (10, 26),
            other_duties: 32,
            offers: 15,
            lead_trained: 33,
            cleared_high: 16,
            lapses: 8,
            part_time: 25,
            conflicts: 30,
            week_fixed: 30,
            larger_teams: 0,
            training_weeks: vec![
                TrainingWeek {
                    monday: date(2026, 7, 13),
                    lead_offers: 0,
                },
                TrainingWeek {
                    monday: date(2027, 1, 4),
                    lead_offers: 6,
                },
            ],
            pins: 2,
        }
    }

    /// One drawn from the seed: from years with people to spare to years that are very short.
    pub fn drawn(seed: u64) -> Self {
        let mut draw = Draw::new(seed, Stream::Spec);
        let demo = Self::demo();
        let low = draw.between(8, 30);
        let oi_low = draw.between(5, 15);
        Self {
            hmi_days: (low, low + draw.between(5, 40)),
            oi_days: (oi_low, oi_low + draw.between(5, 30)),
            other_duties: draw.between(5, 50),
            offers: draw.between(10, 60),
            lead_trained: draw.between(0, 60),
            cleared_high: draw.between(5, 60),
            lapses: draw.between(0, 25),
            part_time: draw.between(0, 50),
            conflicts: draw.between(0, 60),
            week_fixed: draw.between(0, 80),
            larger_teams: draw.between(0, 1),
            training_weeks: if draw.chance(50) {
                demo.training_weeks
            } else {
                Vec::new()
            },
            pins: draw.below(4),
        }
    }
}

impl Spec {
    /// The demo year.
    pub fn demo() -> Self {
        Self {
            seed: 2026,
            programme: Programme::Published,
            inspections: 68,
            hmis: 30,
            ois: 50,
            tightness: Tightness::demo(),
            extras: Extras::default(),
        }
    }

    /// A year of any size, as hard to staff as the demo: at least one inspection and person.
    pub fn sized(seed: u64, inspections: usize, hmis: usize, ois: usize) -> Self {
        Self {
            seed,
            programme: Programme::Drawn,
            inspections,
            hmis,
            ois,
            tightness: Tightness::demo(),
            extras: Extras {
                standalone: 5,
                withdrawn: 4,
                settled: 4,
            },
        }
    }

    /// A year of any size that is as tight or as loose as the seed has it.
    pub fn varied(seed: u64, inspections: usize, hmis: usize, ois: usize) -> Self {
        Self {
            tightness: Tightness::drawn(seed),
            ..Self::sized(seed, inspections, hmis, ois)
        }
    }
}
