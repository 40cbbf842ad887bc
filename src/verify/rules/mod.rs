//! The hard rules, one a file. Each looks at every post of a plan and names what breaks it.

mod h01_one_lead;
mod h02_who_leads;
mod h03_england;
mod h04_scope;
mod h05_dbs_and_training;
mod h06_clearance;
mod h07_site_capacity;
mod h08_one_place;
mod h09_available;
mod h10_conflict;
mod h11_days;
mod h12_report;
mod h13_rolling_load;
mod h14_together;
mod h15_pins;
mod h16_unannounced;
mod h17_settled;
mod max_km;
mod window;

use crate::domain::{InspectionIx, InspectorIx, Role};

use super::facts::{Facts, Owed};
use super::finding::Finding;
use super::posts::{HeldPost, Posts};

type Rule = fn(&Facts, &Posts) -> Vec<Finding>;

/// Rules that one person's posts can break by themselves.
const OF_A_PERSON: [Rule; 13] = [
    h02_who_leads::check,
    max_km::check,
    h05_dbs_and_training::check,
    h06_clearance::check,
    h10_conflict::check,
    h15_pins::forbidden,
    h16_unannounced::check,
    h09_available::check,
    h11_days::check,
    h13_rolling_load::check,
    h12_report::check,
    h08_one_place::check,
    window::check,
];

/// Rules that one post can break by itself: those of its holder, and the site's.
fn of_a_post() -> impl Iterator<Item = &'static Rule> {
    const OF_A_SITE: [Rule; 1] = [h07_site_capacity::check];
    OF_A_PERSON.iter().chain(&OF_A_SITE)
}

/// Rules about an inspection as a whole.
const OF_AN_INSPECTION: [Rule; 6] = [
    h01_one_lead::check,
    h03_england::check,
    h04_scope::check,
    h14_together::check,
    h15_pins::kept,
    h17_settled::check,
];

/// Every rule, over every post; in the order of the rules' numbers.
pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    let mut findings: Vec<Finding> = of_a_post()
        .chain(&OF_AN_INSPECTION)
        .flat_map(|rule| rule(facts, posts))
        .collect();
    let tolerated = broken_by_what_is_settled(facts);
    findings.retain(|finding| !tolerated.contains(finding));
    findings.sort_by_key(|finding| number(&finding.rule));
    findings
}

/// What the posts that are settled break among themselves: that is past (H17).
fn broken_by_what_is_settled(facts: &Facts) -> Vec<Finding> {
    let settled = facts.settled();
    let rules = of_a_post().chain([&(h03_england::check as Rule)]);
    rules.flat_map(|rule| rule(facts, &settled)).collect()
}

/// What would be broken if somebody who holds `theirs` held `added` too, in the place of whoever
/// does: that takes no more of the site's room.
pub fn broken_by(facts: &Facts, theirs: &Posts, added: HeldPost) -> Vec<Finding> {
    newly_broken(facts, OF_A_PERSON.iter(), theirs, added)
}

/// What `rules` say of `posts` and `added` that they don't say of `posts` alone.
fn newly_broken<'a>(
    facts: &Facts,
    rules: impl Iterator<Item = &'a Rule>,
    posts: &Posts,
    added: HeldPost,
) -> Vec<Finding> {
    let mut with = posts.clone();
    with.held.push(added);
    let of_rule = |rule: &'a Rule| {
        let already = rule(facts, posts);
        let mut broken = rule(facts, &with);
        broken.retain(|finding| !already.contains(finding));
        broken
    };
    rules.flat_map(of_rule).collect()
}

/// Whether somebody could hold a post somewhere, had nobody else one.
pub fn may_hold_a_post(facts: &Facts, person: InspectorIx) -> bool {
    let was_somewhere = facts.settled().of_person(person).next().is_some();
    let ahead = |inspection: &InspectionIx| !facts.is_over(*inspection);
    was_somewhere
        || facts.in_scope().filter(ahead).any(|inspection| {
            facts.open_windows(inspection).iter().any(|window| {
                let team_of_one = facts.team_required(inspection) < 2;
                let roles = [Role::Lead, Role::Team];
                roles
                    .into_iter()
                    .filter(|role| *role == Role::Lead || !team_of_one)
                    .any(|role| {
                        let post = HeldPost::in_window(inspection, person, role, window);
                        let alone = Posts { held: vec![post] };
                        of_a_post().all(|rule| rule(facts, &alone).is_empty())
                    })
            })
        })
}

fn number(rule: &str) -> u32 {
    rule.strip_prefix('H')
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(u32::MAX)
}

/// A finding about one post, with its inspection and person.
fn about(facts: &Facts, post: &HeldPost, rule: &str, message: String) -> Finding {
    Finding::new(rule, message)
        .inspection(&facts.dataset.inspection(post.inspection).id)
        .person(&facts.dataset.inspector(post.inspector).id)
}

/// 'report for F1, preparation for F2'.
fn list_of_work(facts: &Facts, set: &[Owed]) -> String {
    let names: Vec<String> = set
        .iter()
        .map(|owed| {
            let id = &facts.dataset.inspection(owed.post.inspection).id;
            format!("{} for {id}", owed.task.work.as_str())
        })
        .collect();
    names.join(", ")
}
