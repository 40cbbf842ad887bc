//! T5 of one whole plan: every way of naming reserves is tried.

use muster::domain::Role;

use super::calendar::DaySet;
use super::choices::Choice;
use super::naive::{keeps_rules, posts_of};
use super::year::Year;

/// An inspection's lead's days on site, and the people who could be its reserve.
type Wanted = (DaySet, Vec<usize>);

/// How many attended inspections have no reserve, at best.
pub fn without(year: &Year, chosen: &[&Choice]) -> i64 {
    let wanted: Vec<Wanted> = chosen
        .iter()
        .filter_map(|choice| {
            let lead = choice
                .holders
                .iter()
                .find(|(person, post)| year.people[*person].posts[*post].role == Role::Lead);
            let (person, post) = *lead?;
            let lead = &year.people[person].posts[post];
            let could = (0..year.people.len()).filter(|who| {
                let person = &year.people[*who];
                let same = |post: &&super::posts::Post| {
                    post.inspection == lead.inspection
                        && post.window == lead.window
                        && post.role == Role::Lead
                };
                let is_there = choice.holders.iter().any(|(holder, _)| holder == who);
                person.posts.iter().find(same).is_some_and(|theirs| {
                    let mut posts = posts_of(year, chosen, *who);
                    posts.push(theirs);
                    !is_there && keeps_rules(year, person, &posts)
                })
            });
            Some((lead.on_site, could.collect()))
        })
        .collect();
    wanted.len() as i64 - most(&wanted, &mut Vec::new())
}

/// The most of `wanted` that can have a reserve, given those of the first ones.
fn most(wanted: &[Wanted], named: &mut Vec<Option<usize>>) -> i64 {
    let Some((days, could)) = wanted.get(named.len()) else {
        return named.iter().flatten().count() as i64;
    };
    let busy = |who: &usize| {
        let before = wanted.iter().zip(named.iter());
        let mut theirs = before.filter(|(_, named)| **named == Some(*who));
        theirs.any(|((others, _), _)| others & days != 0)
    };
    let free: Vec<_> = could
        .iter()
        .filter(|who| !busy(who))
        .copied()
        .map(Some)
        .collect();
    let ways = free.into_iter().chain([None]);
    ways.map(|way| {
        named.push(way);
        let count = most(wanted, named);
        named.pop();
        count
    })
    .max()
    .unwrap_or(0)
}
