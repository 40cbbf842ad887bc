//! Many draws, and what they say of the plan.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::repair::{Drawn, Repair, Stress, StressError, draw};
use crate::domain::{InspectionIx, InspectorIx, Role};
use crate::eligibility::calendar::monday;
use crate::solve::Stop;

/// A share of draws, with its 95 % interval (Wilson's).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// How many.
    pub count: u32,
    /// Of how many.
    pub of: u32,
}

impl Share {
    /// The share itself, and the ends of its interval.
    pub fn interval(self) -> (f64, f64, f64) {
        const Z: f64 = 1.959_964;
        let n = f64::from(self.of.max(1));
        let share = f64::from(self.count) / n;
        let middle = share + Z * Z / (2.0 * n);
        let spread = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        let whole = 1.0 + Z * Z / n;
        let (low, high) = ((middle - spread) / whole, (middle + spread) / whole);
        (share, low.clamp(0.0, 1.0), high.clamp(0.0, 1.0))
    }
}

/// What one draw came to, without its dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Which draw, from 1.
    pub number: u32,
    /// Absences in which somebody had a post.
    pub absences: u32,
    /// Leads who could not go.
    pub leads_away: u32,
    /// Of them, those whose reserve went.
    pub by_reserves: u32,
    /// Posts whose holders could not go.
    pub posts_away: u32,
    /// Of them, filled in another way.
    pub refilled: u32,
    /// Inspections that are not attended at the end and were before.
    pub inspections_lost: u32,
    /// Posts that are empty at the end and were not before.
    pub posts_lost: u32,
}

/// What the plan hangs on: how often posts were lost by it, and how many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fragile {
    /// In how many draws.
    pub draws: Share,
    /// Posts in all draws.
    pub posts: u32,
}

/// What many draws say.
#[derive(Clone, Debug)]
pub struct Stressed {
    /// How absences were repaired.
    pub repair: Repair,
    /// Each draw, by its number, as if no reserve were named.
    pub draws: Vec<Outcome>,
    /// The same draws where the reserves go first; none where none is named.
    pub with_reserves: Vec<Outcome>,
    /// By whose absences posts were lost, worst first.
    pub people: Vec<(InspectorIx, Fragile)>,
    /// In which weeks, by their Mondays, worst first.
    pub weeks: Vec<(NaiveDate, Fragile)>,
    /// At which inspections the lead was lost, worst first.
    pub inspections: Vec<(InspectionIx, Fragile)>,
    /// Whether it was stopped before all draws were made.
    pub cut: bool,
}

/// `count` draws, side by side.
///
/// # Errors
/// If planning anew fails.
pub fn stressed(stress: &Stress, count: u32, stop: &Stop) -> Result<Stressed, StressError> {
    let without = Stress {
        reserves: &[],
        ..*stress
    };
    type Both = (u32, Drawn, Option<Drawn>);
    let drawn: Result<Vec<Option<Both>>, StressError> = (1..=count)
        .into_par_iter()
        .map(|number| {
            if stop.is_set() {
                return Ok(None);
            }
            let drawn = draw(&without, number, stop)?;
            let names_some = !stress.reserves.is_empty();
            let with = names_some.then(|| draw(stress, number, stop));
            // What was stopped halfway says nothing.
            let both = (number, drawn, with.transpose()?);
            Ok((!stop.is_set()).then_some(both))
        })
        .collect();
    let drawn: Vec<_> = drawn?.into_iter().flatten().collect();
    let of = drawn.len() as u32;
    let mut people = BTreeMap::new();
    let mut weeks = BTreeMap::new();
    let mut inspections = BTreeMap::new();
    for (number, one, _) in &drawn {
        for lost in &one.lost {
            add(&mut people, lost.person, *number);
            add(&mut weeks, monday(lost.day), *number);
            if lost.role == Role::Lead {
                add(&mut inspections, lost.inspection, *number);
            }
        }
    }
    let outcome = |number: u32, one: &Drawn| Outcome {
        number,
        absences: one.absences,
        leads_away: one.leads_away,
        by_reserves: one.by_reserves,
        posts_away: one.posts_away,
        refilled: one.refilled,
        inspections_lost: one
            .lost
            .iter()
            .filter(|lost| lost.role == Role::Lead)
            .count() as u32,
        posts_lost: one.lost.len() as u32,
    };
    Ok(Stressed {
        repair: stress.repair,
        draws: drawn.iter().map(|one| outcome(one.0, &one.1)).collect(),
        with_reserves: drawn
            .iter()
            .filter_map(|(number, _, with)| Some(outcome(*number, with.as_ref()?)))
            .collect(),
        people: worst_first(people, of),
        weeks: worst_first(weeks, of),
        inspections: worst_first(inspections, of),
        cut: of < count,
    })
}

/// The draws in which something was lost, and how many posts.
type Tally<K> = BTreeMap<K, (std::collections::BTreeSet<u32>, u32)>;

fn add<K: Ord>(tally: &mut Tally<K>, key: K, number: u32) {
    let (draws, posts) = tally.entry(key).or_default();
    draws.insert(number);
    *posts += 1;
}

fn worst_first<K: Ord + Copy>(tally: Tally<K>, of: u32) -> Vec<(K, Fragile)> {
    let mut all: Vec<_> = tally
        .into_iter()
        .map(|(key, (draws, posts))| {
            let count = draws.len() as u32;
            let draws = Share { count, of };
            (key, Fragile { draws, posts })
        })
        .collect();
    all.sort_by_key(|(key, one)| (std::cmp::Reverse((one.posts, one.draws.count)), *key));
    all
}

/// The mean of some numbers, and the ends of its 95 % interval, where they differ: what never varied
/// says nothing of how much it might.
pub(super) fn mean(values: &[u32]) -> (f64, Option<(f64, f64)>) {
    let n = values.len().max(1) as f64;
    let mean = values.iter().map(|value| f64::from(*value)).sum::<f64>() / n;
    let squares = values
        .iter()
        .map(|value| (f64::from(*value) - mean).powi(2));
    let deviation = (squares.sum::<f64>() / (n - 1.0).max(1.0)).sqrt();
    let spread = 1.959_964 * deviation / n.sqrt();
    let ends = ((mean - spread).max(0.0), mean + spread);
    (mean, (deviation > 0.0).then_some(ends))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_wilsons_and_the_normal_one() {
        let (share, low, high) = Share { count: 5, of: 100 }.interval();
        assert!((share - 0.05).abs() < 1e-12);
        assert!((low - 0.0215).abs() < 1e-3 && (high - 0.1118).abs() < 1e-3);
        assert_eq!(Share { count: 0, of: 10 }.interval().0, 0.0);
        let (middle, ends) = mean(&[1, 3, 2, 2]);
        assert!((middle - 2.0).abs() < 1e-12);
        assert_eq!(mean(&[2]), (2.0, None));
        let (low, high) = ends.expect("they differ");
        assert!((high - low - 2.0 * 1.959_964 * 0.408_248).abs() < 1e-4);
    }
}
