//! What the posts break together: H1, H7, H14 and H15 between people, H8, H11, H12 and H13 for
//! each of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::domain::{InspectionIx, PinAction, Role};
use crate::eligibility::calendar::Day;
use crate::eligibility::{Candidate, Eligibility};
use crate::format::ALLOCATIONS;

use super::posts::{PostRow, Posts, UNDO};

/// Reports every rule that the posts break.
pub(super) fn check(eligibility: &Eligibility, posts: &Posts, diagnostics: &mut Diagnostics) {
    let mut broken = Broken {
        eligibility,
        diagnostics,
    };
    let mut of_each: BTreeMap<InspectionIx, Vec<&PostRow>> = BTreeMap::new();
    for row in &posts.rows {
        let inspection = eligibility.engagements[row.engagement].inspection;
        of_each.entry(inspection).or_default().push(row);
    }
    for (inspection, rows) in &of_each {
        broken.team(*inspection, rows, posts.told.contains(inspection));
    }
    broken.places(&of_each);
    broken.people(posts);
    // A row that could not be read may be the one that a pin asks for.
    if posts.whole {
        broken.pins(posts);
    }
}

struct Broken<'a> {
    eligibility: &'a Eligibility<'a>,
    diagnostics: &'a mut Diagnostics,
}

impl Broken<'_> {
    fn report(&mut self, row: &PostRow, column: &str, message: String, others: &[&PostRow]) {
        let place = |line| self.diagnostics.cell(ALLOCATIONS.name, line, column);
        let mut report = Diagnostic::at(codes::M0806, place(row.line), message).help(UNDO);
        for other in others {
            report = report.related(place(other.line), "and this row");
        }
        self.diagnostics.push(report);
    }

    fn role(&self, row: &PostRow) -> Role {
        self.eligibility.engagements[row.engagement].role
    }

    /// H1 and H14 at one inspection; `told`: a row of it is left out already.
    fn team(&mut self, inspection: InspectionIx, rows: &[&PostRow], told: bool) {
        let id = &self.eligibility.dataset.inspection(inspection).id;
        let of = |role| -> Vec<&PostRow> {
            let is = |row: &&&PostRow| self.role(row) == role;
            rows.iter().filter(is).copied().collect()
        };
        let (leads, team) = (of(Role::Lead), of(Role::Team));
        match &leads[..] {
            [] if !told => {
                let message = format!("{id} has a team and no lead (H1)");
                self.report(rows[0], "role", message, &[]);
            }
            [first, others @ ..] if !others.is_empty() => {
                let message = format!("{id} has {} leads (H1)", leads.len());
                self.report(first, "role", message, others);
            }
            _ => {}
        }
        let most = self.eligibility.team_posts(inspection) as usize;
        if team.len() > most {
            let message = format!(
                "{id} has {} in its team, and asks for {most} (H1)",
                team.len()
            );
            self.report(team[most], "role", message, &[]);
        }
        let mut there = BTreeMap::new();
        for row in rows {
            if let Some(first) = there.insert(row.person, *row) {
                let person = &self.eligibility.dataset.inspector(row.person).id;
                let message = format!("{person} is on {id} twice (H1)");
                self.report(row, "inspector_id", message, &[first]);
            }
        }
        let window = |row: &PostRow| self.eligibility.engagements[row.engagement].window;
        if let Some(other) = rows.iter().find(|row| window(row) != window(rows[0])) {
            let message = format!("the team of {id} does not attend together (H14)");
            self.report(other, "attend_from", message, &[rows[0]]);
        }
    }

    /// H7 at each inspection: the first day on which there are more people than places.
    fn places(&mut self, of_each: &BTreeMap<InspectionIx, Vec<&PostRow>>) {
        let eligibility = self.eligibility;
        let site = |ix: InspectionIx| eligibility.dataset.inspection(ix).establishment;
        let is_there = |row: &PostRow, day: Day| {
            eligibility.engagements[row.engagement]
                .on_site
                .contains(day)
        };
        for (inspection, rows) in of_each {
            let post = &eligibility.engagements[rows[0].engagement];
            let window = eligibility.window(post);
            let full = post.on_site.ones().find_map(|day| {
                let date = eligibility.horizon.date(day);
                let places = eligibility.places(*inspection, window, date)?;
                let there = of_each
                    .iter()
                    .filter(|(ix, _)| site(**ix) == site(*inspection));
                let there = there.flat_map(|(_, rows)| rows);
                let there: Vec<_> = there.filter(|row| is_there(row, day)).collect();
                let people = there.len();
                // What is settled is there, even where it takes more (H17).
                let settled = there.iter().filter(|row| {
                    let (engagement, person) = (row.engagement, row.person);
                    eligibility
                        .settled
                        .is_settled(Candidate { engagement, person })
                });
                (people > settled.count().max(places as usize)).then_some((date, people, places))
            });
            if let Some((date, people, places)) = full {
                let id = &eligibility.dataset.inspection(*inspection).id;
                let message = format!(
                    "on {date}, {people} people of Ofsted are on the site of {id}, which has room for {places} (H7)"
                );
                self.report(rows[0], "inspection_id", message, &[]);
            }
        }
    }

    /// H8, H11, H12 and H13 for everybody.
    fn people(&mut self, posts: &Posts) {
        let people: BTreeSet<_> = posts.rows.iter().map(|row| row.person).collect();
        for person in people {
            let theirs = posts.rows.iter().filter(|row| row.person == person);
            // Twice at one inspection has been told.
            let mut at = BTreeSet::new();
            let rows: Vec<&PostRow> = theirs
                .filter(|row| at.insert(self.eligibility.engagements[row.engagement].inspection))
                .collect();
            let held: Vec<usize> = rows.iter().map(|row| row.engagement).collect();
            if self.eligibility.fits(person, &held) {
                continue;
            }
            let why = if !self.eligibility.days_apart(&held) {
                "nobody can be in two places at once (H8)"
            } else if !self.eligibility.days_allow(person, &held) {
                "that is more days than are left (H11)"
            } else if !self.eligibility.rolling_allows(person, &held) {
                "that is too many weeks on site one after another (H13)"
            } else {
                "there is no room for what is to be done off site (H12)"
            };
            let pair = rows.iter().enumerate().find_map(|(at, row)| {
                let clash = |other: &&&PostRow| {
                    let (one, other) = (row.engagement, other.engagement);
                    self.eligibility.clash(person, one, other)
                };
                rows[at + 1..]
                    .iter()
                    .find(clash)
                    .map(|other| (*row, *other))
            });
            let id = &self.eligibility.dataset.inspector(person).id;
            match pair {
                Some((one, other)) => {
                    let inspection = |row: &PostRow| {
                        let ix = self.eligibility.engagements[row.engagement].inspection;
                        self.eligibility.dataset.inspection(ix).id.as_str()
                    };
                    let (first, second) = (inspection(one), inspection(other));
                    let message = format!("{id} can't be on {first} and {second}: {why}");
                    self.report(one, "inspector_id", message, &[other]);
                }
                None => {
                    let many = rows.len();
                    let message = format!("{id} can't hold their {many} posts together: {why}");
                    self.report(rows[0], "inspector_id", message, &[]);
                }
            }
        }
    }

    /// H15: every pinned post is held by its person.
    fn pins(&mut self, posts: &Posts) {
        let dataset = self.eligibility.dataset;
        for pin in dataset
            .pins
            .iter()
            .filter(|pin| pin.action == PinAction::Pin && !self.eligibility.is_over(pin.inspection))
        {
            let kept = posts.rows.iter().any(|row| {
                let post = &self.eligibility.engagements[row.engagement];
                row.person == pin.inspector
                    && post.inspection == pin.inspection
                    && Some(post.role) == pin.role
            });
            if !kept {
                let message = format!(
                    "{} is pinned to {} in line {} of pins.csv, and does not hold the post (H15)",
                    dataset.inspector(pin.inspector).id,
                    dataset.inspection(pin.inspection).id,
                    pin.line
                );
                let place = Place::file(ALLOCATIONS.name);
                self.diagnostics
                    .push(Diagnostic::at(codes::M0806, place, message).help(UNDO));
            }
        }
    }
}
