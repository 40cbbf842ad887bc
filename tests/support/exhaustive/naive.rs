//! Every plan of the smallest years, one by one, with nothing left out: the check of the
//! search's own pruning, bounds and order.
//!
//! It takes from the search what can be done at each inspection alone, and does all else in
//! another way: whole plans only, days found by augmenting paths, tiers by filtering a list.

use muster::domain::Dataset;

use super::calendar::{DaySet, numbers};
use super::choices::{Choice, Sums};
use super::fairness::Ratio;
use super::person::Person;
use super::posts::Post;
use super::tiers::{order, raised};
use super::year::Year;
use super::{Dropped, Tier, reserves};

/// T1, T2, T3, T6, T7, T8.
pub type Values = [Ratio; 6];

/// A plan that keeps every rule: its number, and its values.
type Plan = (usize, Values);

/// The optimum of `dataset`, with or without one tier, or nothing if it has more than `most`
/// plans to look at.
pub fn optimum(dataset: &Dataset, dropped: Option<Tier>, most: usize) -> Option<Values> {
    optimum_with_reserves(dataset, dropped, most).map(|found| found.0)
}

/// The same with T5, where the policy asks for reserves; else that is 0.
pub fn optimum_with_reserves(
    dataset: &Dataset,
    dropped: Option<Tier>,
    most: usize,
) -> Option<(Values, i64)> {
    let year = Year::new(dataset, &Dropped::nothing().rules);
    let many = year
        .choices
        .iter()
        .try_fold(1usize, |many, choices| many.checked_mul(choices.len()))?;
    if many > most {
        return None;
    }
    let mut plans: Vec<Plan> = (0..many)
        .filter_map(|number| Some((number, whole_plan(&year, number)?)))
        .collect();
    let policy = &dataset.policy;
    let mut reached = [Ratio::new(0, 1); 6];
    let mut tiers = order(policy.different_week.to_fill_teams, dropped);
    let last = [Tier::T7, Tier::T8];
    tiers.extend(last.into_iter().filter(|tier| Some(*tier) != dropped));
    let named = policy.reserve.name_reserves;
    let mut t5 = 0;
    for tier in tiers {
        if tier == Tier::T6 && named && dropped != Some(Tier::T5) {
            (t5, plans) = with_most_reserves(&year, plans)?;
        }
        let place = place(tier);
        let least = plans.iter().map(|plan| plan.1[place]).min()?;
        reached[place] = least;
        let most = if tier == Tier::T6 && dropped != Some(Tier::T7) {
            Ratio::new(raised(least.numerator, policy.tolerance.cost_percent), 1)
        } else {
            least
        };
        plans.retain(|plan| plan.1[place] <= most);
    }
    match dropped {
        Some(Tier::T5) => {
            let each = plans.iter();
            t5 = each
                .map(|plan| reserves::without(&year, &chosen(&year, plan.0)))
                .max()?;
        }
        Some(tier) => {
            let place = place(tier);
            reached[place] = plans.iter().map(|plan| plan.1[place]).max()?;
        }
        None => {}
    }
    Some((reached, t5))
}

/// The least T5, and the plans that have it.
fn with_most_reserves(year: &Year, plans: Vec<Plan>) -> Option<(i64, Vec<Plan>)> {
    let of = |plan: &Plan| reserves::without(year, &chosen(year, plan.0));
    let values: Vec<i64> = plans.iter().map(of).collect();
    let least = *values.iter().min()?;
    let plans = plans.into_iter().zip(values);
    let best = plans.filter(|(_, value)| *value == least);
    Some((least, best.map(|(plan, _)| plan).collect()))
}

/// Where a tier stands among the values.
fn place(tier: Tier) -> usize {
    Tier::ALL
        .iter()
        .position(|known| *known == tier)
        .unwrap_or(0)
}

/// The choices of plan `number` of all.
fn chosen<'y>(year: &'y Year, mut number: usize) -> Vec<&'y Choice> {
    let mut chosen = Vec::new();
    for choices in &year.choices {
        chosen.push(&choices[number % choices.len()]);
        number /= choices.len();
    }
    chosen
}

/// One person's posts.
pub fn posts_of<'y>(year: &'y Year, chosen: &[&Choice], who: usize) -> Vec<&'y Post> {
    chosen
        .iter()
        .flat_map(|choice| &choice.holders)
        .filter(|(holder, _)| *holder == who)
        .map(|(_, post)| &year.people[who].posts[*post])
        .collect()
}

/// Plan `number` of all, if it keeps every rule.
fn whole_plan(year: &Year, number: usize) -> Option<Values> {
    let chosen = chosen(year, number);
    let mut days = Vec::new();
    for (who, person) in year.people.iter().enumerate() {
        let posts = posts_of(year, &chosen, who);
        if !keeps_rules(year, person, &posts) {
            return None;
        }
        if !person.posts.is_empty() {
            let used: i64 = posts.iter().map(|post| post.days).sum();
            days.push((used + person.days_used, person.max_days));
        }
    }
    if !has_room(&chosen) {
        return None;
    }
    let sums = chosen
        .iter()
        .fold(Sums::default(), |sum, choice| sum.plus(&choice.sums));
    let whole = |value| Ratio::new(value, 1);
    Some([
        whole(sums.t1),
        whole(sums.t2),
        whole(sums.t3),
        whole(sums.t6),
        unfairness(&days),
        whole(sums.t8),
    ])
}

/// H8, H9, H11, H12 and H13 for one person's posts.
pub fn keeps_rules(year: &Year, person: &Person, posts: &[&Post]) -> bool {
    let row = year.dataset.inspector(person.ix);
    let total: i64 = posts.iter().map(|post| post.days).sum();
    if total + person.days_used > person.max_days {
        return false;
    }
    for (quarter, cap) in row.max_days_quarter.iter().enumerate() {
        let posts = posts.iter().filter(|post| post.quarter == quarter);
        let days: i64 = posts.map(|post| post.days).sum();
        if cap.is_some_and(|cap| days > i64::from(cap)) {
            return false;
        }
    }
    let rolling = &year.dataset.policy.rolling;
    for first in 0..64 {
        let weeks = (first..first + rolling.window_weeks)
            .filter(|week| *week < 64)
            .filter(|week| posts.iter().any(|post| post.weeks >> week & 1 == 1));
        if weeks.count() > rolling.max_weeks as usize {
            return false;
        }
    }
    every_day_found(person, posts)
}

/// Each day of work, on site or off, is matched to a day of its own.
fn every_day_found(person: &Person, posts: &[&Post]) -> bool {
    let mut wanted: Vec<DaySet> = Vec::new();
    for post in posts {
        wanted.extend(numbers(post.on_site).map(|day| (1 << day) & person.comes));
        for task in &post.tasks {
            let days = (task.first..=task.last).fold(0, |days, day| days | 1 << day);
            wanted.extend((0..task.days).map(|_| days & person.works));
        }
    }
    let mut taken_by: [Option<usize>; 128] = [None; 128];
    (0..wanted.len()).all(|work| {
        let mut tried: DaySet = 0;
        finds_day(work, &wanted, &mut taken_by, &mut tried)
    })
}

fn finds_day(
    work: usize,
    wanted: &[DaySet],
    taken_by: &mut [Option<usize>; 128],
    tried: &mut DaySet,
) -> bool {
    for day in numbers(wanted[work]) {
        if *tried >> day & 1 == 1 {
            continue;
        }
        *tried |= 1 << day;
        let other = taken_by[day];
        if other.is_none_or(|other| finds_day(other, wanted, taken_by, tried)) {
            taken_by[day] = Some(work);
            return true;
        }
    }
    false
}

/// H7.
fn has_room(chosen: &[&Choice]) -> bool {
    (0..128).all(|day| {
        chosen.iter().all(|at| {
            let there = || {
                chosen
                    .iter()
                    .filter(|choice| choice.site == at.site)
                    .flat_map(|choice| &choice.presence)
                    .filter(|presence| presence.day == day)
            };
            let people: i64 = there().map(|presence| presence.people).sum();
            there().all(|presence| people <= presence.limit)
        })
    })
}

/// T7: every rate at which a term is 0, and rate 0, tried as fractions.
fn unfairness(days: &[(i64, i64)]) -> Ratio {
    let at = |over: i64, under: i64| {
        let away = days
            .iter()
            .map(|(used, contract)| (used * under - over * contract).abs());
        Ratio::new(away.sum(), under)
    };
    days.iter()
        .filter(|(_, contract)| *contract > 0)
        .map(|(used, contract)| at(*used, *contract))
        .chain([at(0, 1)])
        .min()
        .unwrap_or(Ratio::new(0, 1))
}
