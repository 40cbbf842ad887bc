//! What the inspections come to at least, were everybody free for each of them: a bound that needs
//! no solver, as no two inspections are asked about together. In a year with people enough it is
//! mostly what T1 and T2 come to, and in a year too large for a program it is all there is.
//! Where leads are few, their contracted days say more of T1.

use std::collections::BTreeSet;
use std::iter::zip;

use rayon::prelude::*;

use super::objectives::{Tier, attendance};
use super::priced;
use crate::domain::{InspectionIx, Role};
use crate::eligibility::Eligibility;
use crate::solve::Stop;

/// The tiers that say what is short, in the year's order, and T6, each with the least that it can
/// be while those before it are no more than theirs.
#[derive(Clone, Debug)]
pub struct Alone {
    least: Vec<(Tier, i64)>,
    /// T1 by the days of those who can lead.
    by_days: i64,
    /// Of each inspection the ways in which it comes to its least; none where that is without attendance.
    ways: Vec<Vec<Way>>,
}

/// What one inspection comes to: what is short, in the order of the year, and the cost in pence.
type Outcome = ([i64; 3], i64);

/// A way to staff an inspection: in one of its windows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// The lead's engagement.
    pub(super) lead: usize,
    /// The team's, where it has one.
    pub(super) team: Option<usize>,
    /// How many are in the team.
    pub(super) people: usize,
}

impl Alone {
    /// That of a year; nothing where a plan is published, as what is settled need keep no rule.
    pub fn of(eligibility: &Eligibility) -> Option<Self> {
        let _span = tracing::info_span!("alone").entered();
        let dataset = eligibility.dataset;
        if dataset.published.is_some() {
            return None;
        }
        let tiers = Tier::of_shortfall(&dataset.policy);
        let inspections: Vec<_> = eligibility.inspections().collect();
        let all = inspections.into_par_iter();
        let all = all.map(|inspection| least_of(eligibility, inspection, tiers));
        let (outcomes, ways): (Vec<Outcome>, _) = all.unzip();
        let sum = |a: Outcome, b: Outcome| {
            let short = std::array::from_fn(|at| a.0[at] + b.0[at]);
            (short, a.1 + b.1)
        };
        let (short, cost) = outcomes.into_iter().fold(Outcome::default(), sum);
        let least = zip(tiers, short).chain([(Tier::T6, cost)]).collect();
        Some(Self {
            least,
            by_days: attendance_by_days(eligibility),
            ways,
        })
    }

    /// T6 at least, in pence, with people's days looked at too; a plan of `known` pence says where to
    /// look. Nothing where what is `kept` leaves inspections room to be more than their least.
    pub fn cost_at_least(
        &self,
        eligibility: &Eligibility,
        kept: &[(Tier, i64)],
        known: i64,
        stop: &Stop,
    ) -> Option<i64> {
        let alone = self.least(Tier::T6, kept)?;
        let priced = priced::cost_at_least(eligibility, &self.ways, known, stop);
        Some(alone.max(priced))
    }

    /// The least that `tier` can be while each of `kept` is at most so much; nothing where that
    /// leaves the others room to be more than their least.
    pub fn least(&self, tier: Tier, kept: &[(Tier, i64)]) -> Option<i64> {
        let mut earlier = self.least.iter().take_while(|(other, _)| *other != tier);
        let all_kept = earlier.all(|(other, least)| {
            let mut kept = kept.iter();
            kept.any(|(kept, most)| kept == other && most <= least)
        });
        let own = self.least.iter().find(|(other, _)| *other == tier);
        let own = own.filter(|_| all_kept).map(|(_, least)| *least);
        match tier {
            Tier::T1 => Some(self.by_days),
            _ => own,
        }
    }
}

/// The best that one inspection comes to in any of its windows, or without attendance, and the ways
/// to as little that is short.
fn least_of(
    eligibility: &Eligibility,
    inspection: InspectionIx,
    tiers: [Tier; 3],
) -> (Outcome, Vec<Way>) {
    let in_order = |t1: i64, t2: i64, t3: i64| {
        tiers.map(|tier| match tier {
            Tier::T1 => t1,
            Tier::T2 => t2,
            _ => t3,
        })
    };
    let dataset = eligibility.dataset;
    let weight = attendance::weight(dataset, dataset.inspection(inspection));
    let posts = eligibility.team_posts(inspection) as usize;
    let unattended = (in_order(weight, 0, posts as i64), 0);
    let windows = eligibility.windows[inspection.get()].iter().enumerate();
    let attended = windows.filter_map(|(at, window)| {
        let lead = eligibility.engagement_of(inspection, at, Role::Lead)?;
        let cheapest_lead = costs(eligibility, lead).into_iter().min()?;
        let places = window.on_site.iter();
        let places = places.filter_map(|date| eligibility.places(inspection, window, *date));
        let places = places.min().map_or(usize::MAX, |places| places as usize);
        let besides_lead = places.checked_sub(1)?;
        let team = eligibility.engagement_of(inspection, at, Role::Team);
        let mut costs = team.map_or_else(Vec::new, |team| costs(eligibility, team));
        costs.sort_unstable();
        costs.truncate(posts.min(besides_lead));
        let short = in_order(
            0,
            i64::from(window.different_week),
            (posts - costs.len()) as i64,
        );
        let way = Way {
            lead,
            team,
            people: costs.len(),
        };
        Some(((short, cheapest_lead + costs.iter().sum::<i64>()), way))
    });
    let attended: Vec<(Outcome, Way)> = attended.collect();
    let outcomes = attended.iter().map(|(outcome, _)| *outcome);
    let least = outcomes.chain([unattended]).min().unwrap_or_default();
    let ways = attended.into_iter();
    let ways = ways.filter(|(outcome, _)| outcome.0 == least.0);
    (least, ways.map(|(_, way)| way).collect())
}

/// What each who could hold a post would cost, in pence.
fn costs(eligibility: &Eligibility, engagement: usize) -> Vec<i64> {
    let candidates = eligibility.candidates_of(engagement).iter();
    candidates
        .map(|candidate| eligibility.cost(*candidate).0)
        .collect()
}

/// T1 at least, as leads have no more than their days: at a price for a day of a lead's work, each
/// inspection is worth no more than its weight, nor than the days that it takes.
fn attendance_by_days(eligibility: &Eligibility) -> i64 {
    let dataset = eligibility.dataset;
    let people = dataset.inspectors.len();
    // Of each inspection the weight, and the fewest days that a lead of it takes.
    let mut inspections = Vec::new();
    let mut takes = vec![BTreeSet::new(); people];
    for inspection in eligibility.inspections() {
        let windows = 0..eligibility.windows[inspection.get()].len();
        let leads = windows.filter_map(|at| eligibility.engagement_of(inspection, at, Role::Lead));
        let mut fewest = None;
        for lead in leads {
            let days = eligibility.engagements[lead].days();
            for candidate in eligibility.candidates_of(lead) {
                takes[candidate.person.get()].insert(days);
                fewest = Some(fewest.map_or(days, |fewest: u32| fewest.min(days)));
            }
        }
        let weight = attendance::weight(dataset, dataset.inspection(inspection));
        inspections.push((weight, fewest));
    }
    let days: u32 = zip(dataset.inspector_ixs(), &takes)
        .map(|(person, takes)| most_days(eligibility.limits(person).year, takes))
        .sum();
    // The bound is concave in the price, and bends where an inspection's two worths are the same.
    let bends = inspections.iter();
    let bends = bends.filter_map(|(weight, days)| Some((*weight, i64::from((*days)?.max(1)))));
    let bends: BTreeSet<(i64, i64)> = bends.chain([(0, 1)]).collect();
    let at_price = |(price, over): (i64, i64)| {
        let worth = inspections.iter().map(|(weight, days)| match days {
            Some(days) => (weight * over).min(price * i64::from(*days)),
            None => weight * over,
        });
        let bound = worth.sum::<i64>() - price * i64::from(days);
        // T1 is whole.
        bound.div_euclid(over) + i64::from(bound.rem_euclid(over) > 0)
    };
    bends.into_iter().map(at_price).max().unwrap_or(0)
}

/// The most days up to `cap` that posts of the days in `takes` add up to.
fn most_days(cap: u32, takes: &BTreeSet<u32>) -> u32 {
    let mut reached = vec![false; cap as usize + 1];
    reached[0] = true;
    for sum in 0..reached.len() {
        for days in takes.iter().map(|days| *days as usize) {
            if reached[sum] && sum + days < reached.len() {
                reached[sum + days] = true;
            }
        }
    }
    reached.iter().rposition(|reached| *reached).unwrap_or(0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::Spec;
    use crate::model::Program;
    use crate::model::objectives::{Linear, cost, different_week, team_posts};
    use crate::solve::Settings;
    use crate::test_support;

    fn linear(tier: Tier, eligibility: &Eligibility) -> Linear {
        match tier {
            Tier::T1 => attendance::linear(eligibility),
            Tier::T2 => different_week::linear(eligibility),
            Tier::T3 => team_posts::linear(eligibility),
            _ => cost::linear(eligibility),
        }
    }

    #[test]
    fn no_tier_is_less_than_its_least() {
        let (mut reached, mut by_days) = (0, 0);
        for seed in 0..12 {
            let mut dataset = test_support::year(&Spec::varied(seed, 12, 4, 5));
            if seed % 2 == 0 {
                for inspector in &mut dataset.inspectors {
                    inspector.max_days = inspector.max_days.min(12);
                }
            }
            let eligibility = Eligibility::new(&dataset);
            let alone = Alone::of(&eligibility).expect("nothing is published");
            let mut program = Program::new(&eligibility).expect("a program");
            let tiers = Tier::of_shortfall(&dataset.policy).into_iter();
            let mut kept = Vec::new();
            let mut best = None;
            for tier in tiers.chain([Tier::T6]) {
                let linear = linear(tier, &eligibility);
                let costs = program.columns().costs(&linear);
                program.minimise(costs.clone()).expect("an objective");
                let found = program.solve(
                    Settings::default(),
                    best.as_ref(),
                    &Stop::never(),
                    &mut |_, _| {},
                );
                let plan = found.expect("solved").selection.expect("a plan");
                let value = linear.value(&plan);
                let least = alone.least(tier, &kept);
                assert!(
                    least.is_none_or(|least| least <= value),
                    "{seed} {tier:?} {least:?} {value}"
                );
                reached += usize::from(least == Some(value));
                if tier == Tier::T1 {
                    let own = alone.least[0].1;
                    assert!(alone.by_days >= own, "at no price a day it is the same");
                    by_days += usize::from(alone.by_days > own);
                }
                program
                    .keep_at_most(&costs, (value - linear.constant) as f64)
                    .expect("a row");
                kept.push((tier, value));
                best = Some(plan);
            }
        }
        assert!(reached > 5 && by_days > 3, "{reached} {by_days}");
    }

    #[test]
    fn days_that_no_posts_add_up_to_are_left() {
        let takes = BTreeSet::from([7, 11]);
        assert_eq!(most_days(36, &takes), 36);
        assert_eq!(most_days(16, &takes), 14);
        assert_eq!(most_days(6, &takes), 0);
        assert_eq!(most_days(40, &BTreeSet::new()), 0);
    }
}
