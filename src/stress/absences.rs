//! A year's absences, drawn at random (policy: `[absence.hmi]`, `[absence.oi]`).

use chrono::{Datelike as _, Days, NaiveDate};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::domain::{Dataset, DateSpan, Grade, InspectorIx};

/// Somebody who can't work, from a Monday on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Absence {
    /// From when to when.
    pub span: DateSpan,
    /// Who.
    pub person: InspectorIx,
}

/// Every absence of draw `number`, by its first day: over the programme year, each person is away in
/// the policy's share of weeks on average, so many weeks at a time.
pub fn absences(dataset: &Dataset, seed: u64, number: u32) -> Vec<Absence> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(u64::from(number));
    let year = dataset.policy.programme_year;
    let april = NaiveDate::from_ymd_opt(year, 4, 1).unwrap_or(NaiveDate::MIN);
    let first = april - Days::new(u64::from(april.weekday().num_days_from_monday()));
    let mut absences = Vec::new();
    for person in dataset.inspector_ixs() {
        let policy = match dataset.inspector(person).grade {
            Grade::Hmi => &dataset.policy.absence.hmi,
            Grade::Oi => &dataset.policy.absence.oi,
        };
        let weeks = policy.weeks.max(1);
        // Such that the share of weeks away is the policy's: a well week begins an absence so often.
        let well = (1.0 - policy.rate) * f64::from(weeks);
        let begins = (policy.rate / (policy.rate + well)).clamp(0.0, 1.0);
        let mut week = 0;
        while week < 52 {
            if random.random_bool(begins) {
                let from = first + Days::new(7 * u64::from(week));
                let to = from + Days::new(7 * u64::from(weeks) - 1);
                let span = DateSpan::new(from, to);
                absences.extend(span.map(|span| Absence { span, person }));
                week += weeks;
            } else {
                week += 1;
            }
        }
    }
    absences.sort_unstable();
    absences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::test_support::{bare_year, inspector};

    #[test]
    fn the_share_of_weeks_away_is_the_policys() {
        let mut year = bare_year();
        year.policy.absence.hmi.rate = 0.12;
        year.policy.absence.hmi.weeks = 3;
        year.inspectors = (0..40)
            .map(|at| inspector(&format!("I{at}"), Grade::Hmi))
            .collect();
        let drawn = (0..50).flat_map(|number| absences(&year, 7, number));
        let weeks = drawn.count() as f64 * 3.0;
        let share = weeks / (50.0 * 40.0 * 52.0);
        // A little more than the policy's, as the last absence may run beyond the year.
        assert!((0.11..0.135).contains(&share), "{share}");
    }

    #[test]
    fn a_draw_is_its_own() {
        let mut year = bare_year();
        year.inspectors = (0..9)
            .map(|at| inspector(&format!("I{at}"), Grade::Oi))
            .collect();
        assert_eq!(absences(&year, 1, 5), absences(&year, 1, 5));
        assert_ne!(absences(&year, 1, 5), absences(&year, 1, 6));
        assert_ne!(absences(&year, 1, 5), absences(&year, 2, 5));
    }
}
