//! H1 and H14: an attended inspection has exactly one lead; nobody attends without one, or in
//! another window than the lead's; and never more people than the team asks for (¶16, ¶20).

use good_lp::{Constraint, constraint};

use crate::domain::Role;
use crate::eligibility::Eligibility;
use crate::model::Year;
use crate::solve::Row;

/// How much a row must be broken by to be worth adding.
const BROKEN: f64 = 0.01;

/// For each inspection, over its windows: Σ leads ≤ 1; and for each window:
/// Σ team ≤ team posts × Σ leads in that window.
pub fn rows(year: &Year) -> Vec<Constraint> {
    let eligibility = year.eligibility;
    let mut rows = Vec::new();
    for inspection in eligibility.inspections() {
        let mut leads = Vec::new();
        for window in 0..eligibility.windows[inspection.get()].len() {
            let seats = |role| {
                let engagement = eligibility.engagement_of(inspection, window, role);
                engagement.map_or(0..0, |engagement| year.seats_in(engagement))
            };
            let (lead, team) = (seats(Role::Lead), seats(Role::Team));
            leads.extend(lead.clone());
            if !team.is_empty() {
                let posts = f64::from(eligibility.team_posts(inspection));
                rows.push(constraint!(year.sum(team) <= posts * year.sum(lead)));
            }
        }
        if leads.len() > 1 {
            rows.push(constraint!(year.sum(leads) <= 1.0));
        }
    }
    rows
}

/// Rows 'who is in the team is led by somebody else in that window' which a mixture of plans
/// breaks; `values` has a number for each seat. A plan that keeps [`rows`] keeps them too, but a
/// mixture can have a small team whole where it has only half a lead.
pub fn broken(eligibility: &Eligibility, values: &[f64]) -> Vec<Row> {
    let mut broken = Vec::new();
    for inspection in eligibility.inspections() {
        for window in 0..eligibility.windows[inspection.get()].len() {
            let seats = |role| {
                let engagement = eligibility.engagement_of(inspection, window, role);
                engagement.map_or(0..0, |engagement| eligibility.seats_in(engagement))
            };
            for seat in seats(Role::Team).filter(|seat| values[*seat] > BROKEN) {
                let person = eligibility.candidates[seat].person;
                let others: Vec<usize> = seats(Role::Lead)
                    .filter(|lead| eligibility.candidates[*lead].person != person)
                    .collect();
                let led: f64 = others.iter().map(|lead| values[*lead]).sum();
                if values[seat] > led + BROKEN {
                    let leads = others.into_iter().map(|lead| (lead, -1.0));
                    broken.push(Row {
                        lower: f64::NEG_INFINITY,
                        upper: 0.0,
                        terms: leads.chain([(seat, 1.0)]).collect(),
                    });
                }
            }
        }
    }
    broken
}
