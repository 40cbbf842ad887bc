//! T5's columns and rows in a live program: for each lead's post in a window and each person who
//! may hold it, whether they are its reserve, and so could hold it beside all that they do.
//!
//! They come when T5 is reached: no earlier tier needs them. As with posts, what pairs of posts
//! and sums of days don't show is a row that is added when a solution breaks it.

use std::collections::{BTreeMap, BTreeSet};

use super::constraints::off_site_span;
use super::constraints::one_place_at_a_time::Exclusions;
use super::objectives::reserves::{could_lead, named};
use super::{Columns, Selection};
use crate::domain::{InspectorIx, Role};
use crate::eligibility::{Candidate, Eligibility};
use crate::solve::{Column, Mip, SolveError};

/// A row Σ factor × column ≤ most.
type Row = (f64, Vec<(usize, f64)>);

/// The reserves of a program.
pub(super) struct Reserves {
    /// The column of whether a candidate, a lead, is the reserve.
    of: BTreeMap<Candidate, usize>,
    /// The columns of how many days somebody's posts take, of the year or a quarter of it.
    days: Vec<Days>,
}

/// Days of one person, of the year or of a quarter.
struct Days {
    person: InspectorIx,
    quarter: Option<usize>,
    column: usize,
    most: u32,
}

impl Reserves {
    /// Adds them to `mip`, whose other columns are `columns`.
    pub(super) fn add(
        eligibility: &Eligibility,
        columns: &Columns,
        seats_of: &[Vec<usize>],
        exclusions: &Exclusions,
        mip: &mut Mip,
    ) -> Result<Self, SolveError> {
        let mut next = columns.total;
        let mut stated = Vec::new();
        let mut column = |most: f64, whole| {
            stated.push(Column {
                cost: 0.0,
                bounds: (0.0, most),
                whole,
                terms: Vec::new(),
            });
            next += 1;
            next - 1
        };
        let mut reserves = Self {
            of: BTreeMap::new(),
            days: Vec::new(),
        };
        for candidate in &eligibility.candidates {
            let post = eligibility.engagement(*candidate);
            if post.role == Role::Lead && !eligibility.settled.is_settled(*candidate) {
                reserves.of.insert(*candidate, column(1.0, true));
            }
        }
        for person in eligibility.dataset.inspector_ixs() {
            let limits = eligibility.limits(person);
            let quarters = limits.quarter.iter().enumerate();
            let caps = quarters.filter_map(|(quarter, cap)| Some((Some(quarter), (*cap)?)));
            for (quarter, most) in std::iter::once((None, limits.year)).chain(caps) {
                reserves.days.push(Days {
                    person,
                    quarter,
                    column: column(f64::from(most), false),
                    most,
                });
            }
        }
        mip.add_columns(&stated)?;
        let mut rows = reserves.one_each(eligibility, columns);
        for (person, seats) in std::iter::zip(eligibility.dataset.inspector_ixs(), seats_of) {
            rows.extend(reserves.beside_posts(eligibility, exclusions, person, seats));
        }
        let rows: Vec<_> = rows.iter().map(|(most, row)| (*most, &row[..])).collect();
        mip.add_rows_at_most(&rows)?;
        Ok(reserves)
    }

    /// T5's objective, of `total` columns: the attended inspections less their reserves.
    pub(super) fn costs(&self, eligibility: &Eligibility, total: usize) -> Vec<f64> {
        let mut costs = vec![0.0; total];
        for (cost, candidate) in std::iter::zip(&mut costs, &eligibility.candidates) {
            if eligibility.engagement(*candidate).role == Role::Lead {
                *cost = 1.0;
            }
        }
        for column in self.of.values() {
            costs[*column] = -1.0;
        }
        costs
    }

    /// Gives the columns the values that they have with `selection`.
    pub(super) fn set_values(
        &self,
        eligibility: &Eligibility,
        selection: &Selection,
        values: &mut [f64],
    ) {
        let seats = selection.seats().map(|seat| eligibility.candidates[seat]);
        let leads = seats.filter(|seat| eligibility.engagement(*seat).role == Role::Lead);
        let posts: BTreeMap<_, _> = leads
            .map(|lead| (eligibility.engagement(lead).inspection, lead.engagement))
            .collect();
        for reserve in named(eligibility, selection) {
            let candidate = Candidate {
                engagement: posts[&reserve.inspection],
                person: reserve.person,
            };
            if let Some(column) = self.of.get(&candidate) {
                values[*column] = 1.0;
            }
        }
        let held = selection.held(eligibility);
        for days in &self.days {
            let posts = held[days.person.get()].iter();
            let posts = posts.map(|at| &eligibility.engagements[*at]);
            let inside = posts.filter(|post| days.quarter.is_none_or(|q| q == post.quarter));
            values[days.column] = inside.map(|post| f64::from(post.days())).sum();
        }
    }

    /// A row for each reserve of `solution` that can't be one beside the posts of `found`.
    pub(super) fn broken(
        &self,
        eligibility: &Eligibility,
        columns: &Columns,
        seats_of: &[Vec<usize>],
        solution: &[f64],
        found: &Selection,
    ) -> Vec<Row> {
        let held = found.held(eligibility);
        let named = self
            .of
            .iter()
            .filter(|(_, column)| solution[**column] > 0.5);
        named
            .filter_map(|(candidate, column)| {
                let person = candidate.person;
                let held = &held[person.get()];
                if could_lead(eligibility, *candidate, held) {
                    return None;
                }
                let together = [&held[..], &[candidate.engagement]].concat();
                let seats = &seats_of[person.get()];
                if let Some(run) = eligibility.too_many_weeks(person, &together) {
                    let reserve = (*candidate, *column);
                    return Some(too_many_weeks(eligibility, columns, seats, reserve, &run));
                }
                let span = eligibility.overfull(person, &together)?;
                let row = off_site_span::row(eligibility, seats, person, span);
                let own = |(seat, _): &&(usize, f64)| eligibility.candidates[*seat] == *candidate;
                let days = row.terms.iter().find(own).map_or(0.0, |(_, days)| *days);
                let mut terms = row.terms;
                terms.push((*column, days));
                Some((row.most, terms))
            })
            .collect()
    }

    /// Only who has a lead has a reserve, and one: Σ reserves ≤ Σ leads of each post.
    fn one_each(&self, eligibility: &Eligibility, columns: &Columns) -> Vec<Row> {
        let mut posts: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
        for (candidate, column) in &self.of {
            posts
                .entry(candidate.engagement)
                .or_default()
                .push((*column, 1.0));
        }
        for (seat, candidate) in eligibility.candidates[..columns.seats].iter().enumerate() {
            if let Some(post) = posts.get_mut(&candidate.engagement) {
                post.push((seat, -1.0));
            }
        }
        posts.into_values().map(|terms| (0.0, terms)).collect()
    }

    /// On each day a person is on one site, or the reserve of one inspection; a reserve has no post
    /// that excludes the lead's; and the lead's days are left.
    fn beside_posts(
        &self,
        eligibility: &Eligibility,
        exclusions: &Exclusions,
        person: InspectorIx,
        seats: &[usize],
    ) -> Vec<Row> {
        let mut rows = Vec::new();
        let each_day = self.each_day(eligibility, person, seats);
        for day in &each_day {
            let all = day.seats.iter().map(|seat| (*seat, 1.0));
            let reserves = day.reserves.iter().map(|(_, column)| (*column, 1.0));
            rows.push((1.0, all.chain(reserves).collect()));
        }
        let cliques = exclusions.cliques(person);
        for seat in seats {
            let Some(column) = self.of.get(&eligibility.candidates[*seat]) else {
                continue;
            };
            let mut excluding = cliques.iter().filter(|clique| clique.contains(seat));
            let alone = vec![*seat];
            let first = excluding.next().unwrap_or(&alone);
            for clique in std::iter::once(first).chain(excluding) {
                let terms = clique.iter().map(|other| (*other, 1.0));
                rows.push((1.0, terms.chain([(*column, 1.0)]).collect()));
            }
        }
        for days in self.days.iter().filter(|days| days.person == person) {
            let of = |candidate: Candidate| {
                let post = eligibility.engagement(candidate);
                let inside = days.quarter.is_none_or(|quarter| quarter == post.quarter);
                if inside { f64::from(post.days()) } else { 0.0 }
            };
            let posts = seats
                .iter()
                .map(|seat| (*seat, of(eligibility.candidates[*seat])));
            rows.push((0.0, posts.chain([(days.column, -1.0)]).collect()));
            for day in &each_day {
                let reserves = day.reserves.iter();
                let theirs = reserves.map(|(candidate, column)| (*column, of(*candidate)));
                let terms = theirs.chain([(days.column, 1.0)]).collect();
                rows.push((f64::from(days.most), terms));
            }
        }
        rows
    }

    /// For each day, or several alike, the seats and reserves of one person that are there.
    fn each_day(
        &self,
        eligibility: &Eligibility,
        person: InspectorIx,
        seats: &[usize],
    ) -> BTreeSet<Day> {
        let mut days: BTreeMap<usize, Day> = BTreeMap::new();
        for seat in seats {
            let candidate = eligibility.candidates[*seat];
            debug_assert_eq!(candidate.person, person);
            for at in eligibility.engagement(candidate).on_site.ones() {
                let day = days.entry(at).or_default();
                day.seats.push(*seat);
                let column = self.of.get(&candidate);
                day.reserves
                    .extend(column.map(|column| (candidate, *column)));
            }
        }
        let with_reserves = days.into_values().filter(|day| !day.reserves.is_empty());
        with_reserves.collect()
    }
}

/// What of one person's is on a day.
#[derive(Default, PartialEq, Eq, PartialOrd, Ord)]
struct Day {
    seats: Vec<usize>,
    reserves: Vec<(Candidate, usize)>,
}

/// H13: who is on site in so many weeks can't lead in those of `candidate` too:
/// Σ weeks on site + reserve ≤ weeks.
fn too_many_weeks(
    eligibility: &Eligibility,
    columns: &Columns,
    seats: &[usize],
    (candidate, reserve): (Candidate, usize),
    run: &[i32],
) -> Row {
    let own = &eligibility.engagement(candidate).weeks;
    let others: Vec<i32> = run
        .iter()
        .filter(|week| !own.contains(week))
        .copied()
        .collect();
    let mut terms = vec![(reserve, 1.0)];
    for week in &others {
        let is_there = |seat: &&usize| {
            let post = eligibility.engagement(eligibility.candidates[**seat]);
            post.weeks.contains(week)
        };
        let there: Vec<usize> = seats.iter().filter(is_there).copied().collect();
        match columns.weeks.iter().find(|(_, seats)| *seats == there) {
            Some((column, _)) => terms.push((*column, 1.0)),
            None => terms.extend(there.iter().map(|seat| (*seat, 1.0))),
        }
    }
    (others.len() as f64, terms)
}
