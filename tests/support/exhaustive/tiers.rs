//! The tiers, one after another in their strict order.

use muster::domain::{Attendance, DateSpan, InspectorIx, Pence, Plan, Role};

use super::choices::Sums;
use super::fairness::Ratio;
use super::search::{Found, Limits, Search};
use super::year::Year;
use super::{Dropped, Rule, Tier};

/// The optimal value of every tier, and a plan that has them.
#[derive(Clone, Debug)]
pub struct Optimum {
    /// Weight of inspections not attended.
    pub t1: i64,
    /// Different weeks.
    pub t2: i64,
    /// Empty team posts.
    pub t3: i64,
    /// The least cost that the tiers before allow.
    pub t6: Pence,
    /// What the cost may rise to for T7 and T8; `None` where T6 is dropped.
    pub cost_limit: Option<Pence>,
    /// The least unfairness within that limit.
    pub t7: Ratio,
    /// The fewest IRPs without the lead of last time, within both.
    pub t8: i64,
    /// An optimal plan; its cost may lie between `t6` and `cost_limit`. `None` where H1 or
    /// H14 is dropped, as no such plan can be written down.
    pub plan: Option<Plan>,
}

impl Optimum {
    /// T1, T2, T3, T6, T7, T8.
    pub fn values(&self) -> [Ratio; 6] {
        let whole = |value| Ratio::new(value, 1);
        [
            whole(self.t1),
            whole(self.t2),
            whole(self.t3),
            whole(self.t6.0),
            self.t7,
            whole(self.t8),
        ]
    }

    /// The tiers whose values differ between the two.
    pub fn differs_from(&self, other: &Self) -> Vec<Tier> {
        Tier::ALL
            .into_iter()
            .zip(self.values().into_iter().zip(other.values()))
            .filter(|(_, (mine, theirs))| mine != theirs)
            .map(|(tier, _)| tier)
            .collect()
    }
}

/// The tiers before T7, in the policy's order, without the dropped one.
pub fn order(to_fill_teams: bool, dropped: Option<Tier>) -> Vec<Tier> {
    let mut order = if to_fill_teams {
        vec![Tier::T1, Tier::T3, Tier::T2, Tier::T6]
    } else {
        vec![Tier::T1, Tier::T2, Tier::T3, Tier::T6]
    };
    order.retain(|tier| Some(*tier) != dropped);
    order
}

/// The highest cost within the tolerance: a whole number of pence, where a product that is
/// whole but for the error of its binary fraction counts as whole.
pub fn raised(cost: i64, percent: f64) -> i64 {
    (cost as f64 * (1.0 + percent / 100.0) + 1e-6).floor() as i64
}

/// The optimum of `year`; none where the pins can't all be kept.
pub fn optimum(year: &Year, dropped: &Dropped) -> Option<Optimum> {
    let policy = &year.dataset.policy;
    let gone = dropped.tier;
    let mut order = order(policy.different_week.to_fill_teams, gone);
    if gone == Some(Tier::T7) {
        // Nothing uses the tolerance, and all that is left adds up.
        order.push(Tier::T8);
    }
    let mut search = Search::new(year, &order);
    let least = search.least()?;
    let limit = (gone != Some(Tier::T6)).then(|| match gone {
        Some(Tier::T7) => least.sums.t6,
        _ => raised(least.sums.t6, policy.tolerance.cost_percent),
    });
    let within = Sums {
        t6: limit.unwrap_or(least.sums.t6),
        ..least.sums
    };
    let mut limits = Limits {
        packed: Some(search.pack(&within)),
        ..Limits::default()
    };
    let mut last = least.clone();
    if gone != Some(Tier::T7) {
        let continuity = gone != Some(Tier::T8);
        last = search.fairest(limits, continuity)?;
        limits.unfairness = Some(search.as_fair_as(&last));
        limits.discontinuity = continuity.then_some(last.sums.t8);
    }
    if let Some(tier) = gone {
        last = search.worst(limits, tier)?;
    }
    let reached = |tier| if gone == Some(tier) { &last } else { &least };
    Some(Optimum {
        t1: reached(Tier::T1).sums.t1,
        t2: reached(Tier::T2).sums.t2,
        t3: reached(Tier::T3).sums.t3,
        t6: Pence(reached(Tier::T6).sums.t6),
        cost_limit: limit.map(Pence),
        t7: last.unfairness,
        t8: last.sums.t8,
        plan: plan(year, &last, dropped),
    })
}

fn plan(year: &Year, found: &Found, dropped: &Dropped) -> Option<Plan> {
    if dropped.rules.contains(&Rule::H1) || dropped.rules.contains(&Rule::H14) {
        return None;
    }
    let mut plan = Plan::empty(year.dataset.programme.len());
    for (position, number) in found.chosen.iter().enumerate() {
        let scoped = &year.scoped[position];
        let holders = &year.choices[position][*number].holders;
        let in_role = |role: Role| -> Vec<InspectorIx> {
            holders
                .iter()
                .filter(|(person, post)| year.people[*person].posts[*post].role == role)
                .map(|(person, _)| year.people[*person].ix)
                .collect()
        };
        let Some((person, post)) = holders.first() else {
            continue;
        };
        let window = &scoped.windows[year.people[*person].posts[*post].window];
        plan.attendances[scoped.row] = Some(Attendance {
            on_site: DateSpan::new(window.first, window.last)?,
            different_week: window.different,
            lead: *in_role(Role::Lead).first()?,
            team: in_role(Role::Team),
        });
    }
    Some(plan)
}
