//! H7: on every day, Ofsted's people on a site, all its inspections together, are at most the
//! places that HMIP and the partners leave; and in a different week, not moved for room, at
//! most the fewest places of the normal one (¶19).

use std::collections::BTreeMap;

use good_lp::{Constraint, constraint};

use crate::domain::{EstablishmentIx, Role};
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

/// For each site and day: Σ people there + Σ over different weeks on that day of
/// (places that day − places of that week) × its lead ≤ places that day.
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
    let mut before: Option<DayRow> = None;
    for ((site, day), engagements) in on_site {
        let Some(most) = eligibility.places_on(site, day) else {
            continue;
        };
        // How many places fewer than that day's a lead of each engagement leaves.
        let weights: Vec<(usize, u32)> = engagements
            .iter()
            .map(|position| {
                let engagement = &eligibility.engagements[*position];
                let window = eligibility.window(engagement);
                let fewest = eligibility.different_week_places(engagement.inspection, window);
                let fewer = fewest.map_or(0, |fewest| most.saturating_sub(fewest));
                (
                    *position,
                    if engagement.role == Role::Lead {
                        fewer
                    } else {
                        0
                    },
                )
            })
            .collect();
        // The days of one window mostly give the same row: once is enough.
        let row = (site, weights, most);
        if before.as_ref() == Some(&row) {
            continue;
        }
        let (_, weights, _) = &row;
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
        before = Some(row);
    }
    rows
}
