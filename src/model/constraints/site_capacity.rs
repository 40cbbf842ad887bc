//! H7: on every day, Ofsted's people on a site, all its inspections together, are at most the
//! places that HMIP and the partners leave; and in a different week, not moved for room, at
//! most the fewest places of the normal one (¶19).

use std::collections::{BTreeMap, BTreeSet};

use good_lp::{Constraint, constraint};

use crate::domain::{EstablishmentIx, InspectionIx, Role};
use crate::eligibility::Eligibility;
use crate::eligibility::calendar::Day;
use crate::model::Year;

/// What a day's row is made of: the site, its engagements with the places that a lead of each
/// takes beyond their own, the places.
type DayRow = (EstablishmentIx, Vec<(usize, u32)>, u32);

/// What a site takes on a day: Σ places × seat ≤ most.
pub struct SiteDay {
    /// Where.
    pub site: EstablishmentIx,
    /// The seats on that day, with the places that each takes.
    pub places: Vec<(usize, f64)>,
    /// How many places there are.
    pub most: u32,
    /// How many are taken for good: what is settled is there, even where it takes more (H17).
    pub settled: u32,
}

/// The rows of H7.
pub fn rows(year: &Year) -> Vec<Constraint> {
    let most = |day: &SiteDay| f64::from(day.most.max(day.settled));
    let all = site_days(year).into_iter();
    // Where even everybody together fits, there is nothing to state.
    let binds =
        |day: &SiteDay| day.places.iter().map(|(_, places)| places).sum::<f64>() > most(day);
    all.filter(binds)
        .map(|day| {
            let most = most(&day);
            constraint!(year.weighted(day.places) <= most)
        })
        .collect()
}

/// For each site and day: Σ people there ≤ places that day; and for each inspection that can have a
/// different week on that day: Σ people there + Σ over those weeks of (places that day − places of
/// that week) × its lead ≤ places that day. (Each asks for its own places: where two inspections
/// are both moved, the fewest of them count, not what both lose.)
pub fn site_days(year: &Year) -> Vec<SiteDay> {
    let eligibility = year.eligibility;
    let mut on_site: BTreeMap<(EstablishmentIx, Day), Vec<usize>> = BTreeMap::new();
    for (position, engagement) in eligibility.engagements.iter().enumerate() {
        let site = eligibility
            .dataset
            .inspection(engagement.inspection)
            .establishment;
        for day in engagement.on_site.ones() {
            on_site.entry((site, day)).or_default().push(position);
        }
    }
    let mut rows = Vec::new();
    let mut before: Vec<DayRow> = Vec::new();
    for ((site, day), engagements) in on_site {
        let Some(most) = eligibility.places_on(site, day) else {
            continue;
        };
        let of_day: Vec<DayRow> = weights(eligibility, &engagements, most)
            .into_iter()
            .map(|weights| (site, weights, most))
            .collect();
        // The days of one window mostly give the same rows: once is enough.
        if before == of_day {
            continue;
        }
        for (_, weights, _) in &of_day {
            let people = weights.iter().flat_map(|(position, fewer)| {
                year.seats_in(*position)
                    .map(move |seat| (seat, f64::from(1 + fewer)))
            });
            let places: Vec<_> = people.collect();
            let is_settled =
                |(seat, _): &&(usize, f64)| eligibility.settled.is_settled(year.candidate(*seat));
            let settled: f64 = places.iter().filter(is_settled).map(|(_, n)| n).sum();
            rows.push(SiteDay {
                site,
                places,
                most,
                settled: settled as u32,
            });
        }
        before = of_day;
    }
    rows
}

/// For each row of a day with `most` places: its engagements, and how many places fewer than that
/// day's a lead of each leaves. The windows of one inspection share a row, as it has one of them;
/// where none leaves fewer, there is one row of people alone.
fn weights(eligibility: &Eligibility, engagements: &[usize], most: u32) -> Vec<Vec<(usize, u32)>> {
    let fewer = |position: usize| {
        let engagement = &eligibility.engagements[position];
        let window = eligibility.window(engagement);
        let fewest = eligibility.different_week_places(engagement.inspection, window);
        match engagement.role {
            Role::Lead => fewest.map_or(0, |fewest| most.saturating_sub(fewest)),
            Role::Team => 0,
        }
    };
    let inspection = |position: usize| eligibility.engagements[position].inspection;
    let leave_fewer = engagements.iter().filter(|position| fewer(**position) > 0);
    let moved: BTreeSet<_> = leave_fewer
        .map(|position| Some(inspection(*position)))
        .collect();
    let moved = match moved.is_empty() {
        true => BTreeSet::from([None]),
        false => moved,
    };
    let row = |of: Option<InspectionIx>| {
        let weight = |position: usize| match Some(inspection(position)) == of {
            true => fewer(position),
            false => 0,
        };
        engagements.iter().map(|at| (*at, weight(*at))).collect()
    };
    moved.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::test_support::{bare_year, inspection, inspector, span};
    use crate::domain::{Grade, InspectorIx, Kind};

    /// Two inspections of one site in the same weeks, each of which leaves four of six places; in
    /// the week after, where both may be moved to, all six are free.
    #[test]
    fn of_two_different_weeks_the_fewest_places_count_and_not_what_both_lose() {
        let mut dataset = bare_year();
        dataset.establishments[0].site_capacity = Some(6);
        for id in ["F1", "F2"] {
            let mut full = inspection(id, Kind::Full, span("2026-05-04", "2026-05-14"));
            full.hmip_team = 1;
            full.team_required = Some(4);
            dataset.programme.push(full);
        }
        let people = ["A", "B", "C", "D", "E"];
        let people = people.map(|id| inspector(id, Grade::Hmi));
        dataset.inspectors.extend(people);
        let eligibility = Eligibility::new(&dataset);
        let year = Year::new(&eligibility);
        let offset = 1;
        // The first two lead an inspection each, the others are in the first one's team.
        let there = |position: usize, count: usize| {
            let post = &eligibility.engagements[position];
            let is_moved = eligibility.window(post).offset == offset;
            let first = post.inspection.get() == 0;
            let range = match post.role {
                Role::Lead if first => 0..1,
                Role::Lead => 1..2,
                Role::Team if first => 2..count,
                Role::Team => 0..0,
            };
            is_moved
                .then_some(range.map(InspectorIx::new))
                .into_iter()
                .flatten()
        };
        let allowed = |count: usize| {
            let seats: Vec<usize> = (0..eligibility.candidates.len())
                .filter(|seat| {
                    let candidate = eligibility.candidates[*seat];
                    there(candidate.engagement, count).any(|person| person == candidate.person)
                })
                .collect();
            assert_eq!(seats.len(), count);
            site_days(&year).iter().all(|day| {
                let taken = day.places.iter().filter(|(seat, _)| seats.contains(seat));
                taken.map(|(_, places)| places).sum::<f64>() <= f64::from(day.most)
            })
        };
        assert!(allowed(4));
        assert!(!allowed(5));
    }
}
