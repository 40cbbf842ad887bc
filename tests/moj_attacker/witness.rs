//! A solution written out: who is inspected, when, and what is missing and why, in the time of
//! each pack. Tabulated anew, it must agree with every figure: so that nobody is taken to be
//! uncertain by a slip of the formulation.

use std::collections::{BTreeMap, BTreeSet};

use super::formulation::{Formulation, QUARTERS, Span};
use super::knowledge::{Knowledge, full_teams};
use super::reading::{Pack, Row};
use super::ways::Shape;

/// A shortfall at a site.
#[derive(Clone, Debug)]
struct Way {
    site: usize,
    span: Span,
    shape: Shape,
    quarter: &'static str,
    lead: Option<&'static str>,
    team: Vec<(&'static str, u32)>,
}

/// Holds a solution in which `spared` has no shortfall against the packs, figure by figure.
pub fn check(
    formulation: &Formulation,
    knowledge: &Knowledge,
    packs: &[&Pack],
    solution: &[i64],
    spared: usize,
) {
    let ways = ways(formulation, knowledge, solution, spared);
    for (t, pack) in packs.iter().enumerate() {
        let standing = ways.iter().filter(|way| way.span.0 <= t && t <= way.span.1);
        let standing: Vec<&Way> = standing.collect();
        let mut seen = BTreeSet::new();
        for way in &standing {
            let site = &knowledge.sites[way.site];
            assert!(way.site != spared, "{} is not spared", site.id);
            assert!(seen.insert((way.site, way.shape.is_irp)), "twice at a site");
            assert!(way.shape.is_irp || way.shape.fits(full_teams(&site.site_type)));
        }
        let all = |_: &Way, _: &str, _: &str| true;
        assert_eq!(tabulated(&standing, knowledge, all), pack.total);
        for (table, groups) in &pack.tables {
            for group in groups {
                let is_in = |way: &Way, role: &str, cause: &str| {
                    let site = &knowledge.sites[way.site];
                    group.members.contains(match *table {
                        "quarter" => way.quarter,
                        "region" => &site.region,
                        "type" => &site.site_type,
                        "cause" => cause,
                        _ => role,
                    })
                };
                assert_eq!(tabulated(&standing, knowledge, is_in), group.row);
            }
        }
    }
}

fn tabulated(
    ways: &[&Way],
    knowledge: &Knowledge,
    is_in: impl Fn(&Way, &str, &str) -> bool,
) -> Row {
    let practice = &knowledge.practice;
    let mut row = Row::default();
    for way in ways {
        let mut counts = false;
        let mut add = |posts: i64, days: i64, fee: i64| {
            row.posts += posts;
            row.days += posts * days;
            row.pence += posts * days * fee;
            counts |= posts > 0;
        };
        if way.lead.is_some_and(|cause| is_in(way, "lead", cause)) {
            add(1, way.shape.lead_days(practice), practice.lead_fee);
        }
        for (cause, posts) in &way.team {
            if is_in(way, "team", cause) {
                let days = way.shape.team_days(practice);
                add(i64::from(*posts), days, practice.team_fee);
            }
        }
        row.inspections += i64::from(counts);
    }
    row
}

fn ways(
    formulation: &Formulation,
    knowledge: &Knowledge,
    solution: &[i64],
    spared: usize,
) -> Vec<Way> {
    let many = |column: usize| 0..solution[column];
    let mut quarters: BTreeMap<(Span, Shape), Vec<&'static str>> = BTreeMap::new();
    for column in &formulation.quarters {
        let those = quarters.entry((column.span, column.shape)).or_default();
        those.extend(many(column.column).map(|_| column.quarter));
    }
    let mut causes: BTreeMap<(Span, Shape), Vec<_>> = BTreeMap::new();
    for column in &formulation.causes {
        let those = causes.entry((column.span, column.shape)).or_default();
        those.extend(many(column.column).map(|_| (column.lead, &column.team)));
    }
    // From the earliest on, so that the first site that is free is free for as long as need be.
    let mut places: Vec<_> = formulation.places.iter().collect();
    places.sort_by_key(|place| place.span);
    let mut busy: BTreeSet<(usize, bool, usize)> = BTreeSet::new();
    let mut ways = Vec::new();
    for place in places {
        for _ in many(place.column) {
            let key = (place.span, place.shape);
            let (site, quarter) = match place.review {
                Some((site, review)) => (site, QUARTERS[review.quarter]),
                None => {
                    let is_free = |site: &usize| {
                        let known = &knowledge.sites[*site];
                        let may = !place.shape.is_irp || known.review.is_none();
                        let mut times = place.span.0..=place.span.1;
                        let free = times.all(|t| !busy.contains(&(*site, place.shape.is_irp, t)));
                        *site != spared && may && free
                    };
                    let mut sites = formulation.classes[place.class].sites.iter().copied();
                    let quarter = quarters.get_mut(&key).and_then(Vec::pop);
                    (
                        sites.find(is_free).expect("a site that is free"),
                        quarter.expect("a quarter"),
                    )
                }
            };
            let (lead, team) = causes.get_mut(&key).and_then(Vec::pop).expect("causes");
            busy.extend((place.span.0..=place.span.1).map(|t| (site, place.shape.is_irp, t)));
            ways.push(Way {
                site,
                span: place.span,
                shape: place.shape,
                quarter,
                lead,
                team: team.clone(),
            });
        }
    }
    ways
}
