//! H1 and H14: an attended inspection has exactly one lead; nobody attends without one, or in
//! another window than the lead's; and never more people than the team asks for (¶16, ¶20).

use good_lp::{Constraint, constraint};

use crate::domain::Role;
use crate::model::Year;

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
