//! H17 (¶22): where a published plan was made anew, what lies before the day of planning is as
//! published; an inspection under way keeps its window; and a lead whose name was due to HMIP
//! stays, unless that breaks another rule.

use crate::domain::{PinAction, PublishedPost, Role};
use crate::verify::facts::{Facts, Window};
use crate::verify::finding::Finding;
use crate::verify::posts::{HeldPost, Posts};

use super::{about, newly_broken, of_a_post};

pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    let Some(published) = &facts.dataset.published else {
        return Vec::new();
    };
    let as_of = published.as_of;
    let mut findings = Vec::new();
    for post in facts.settled().held {
        if !posts.held.iter().any(|held| is_same(held, &post)) {
            let message = format!("it was theirs, and was over before {as_of}");
            findings.push(about(facts, &post, "H17", message));
        }
    }
    for post in &posts.held {
        let rows = facts.published_of(post.inspection);
        let message = match facts.begun(post.inspection) {
            Some(_) if facts.is_over(post.inspection) => {
                let was_there = rows
                    .iter()
                    .any(|row| row.inspector == Some(post.inspector) && row.role == post.role);
                (!was_there).then(|| format!("it was over before {as_of}, and not theirs"))
            }
            Some(lead) => {
                let window = facts.window_of(lead);
                let kept = (post.first, post.last) == (window.first(), window.last());
                (!kept).then(|| {
                    let (first, last) = (window.first(), window.last());
                    format!("it is under way, from {first} to {last}")
                })
            }
            None => (post.first < as_of).then(|| format!("{} lies before {as_of}", post.first)),
        };
        findings.extend(message.map(|message| about(facts, post, "H17", message)));
    }
    findings.extend(names_lost(facts, posts));
    findings
}

fn is_same(one: &HeldPost, other: &HeldPost) -> bool {
    one.inspection == other.inspection
        && one.inspector == other.inspector
        && one.role == other.role
        && (one.first, one.last) == (other.first, other.last)
}

/// Leads whose names were given, who lead no longer and could.
fn names_lost(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    let given = facts.names_given();
    let leads = |row: &PublishedPost, post: &HeldPost| {
        row.inspection == Some(post.inspection)
            && row.inspector == Some(post.inspector)
            && post.role == Role::Lead
    };
    // What binds a plan beside the rules: whoever was there, whose name was given, who is pinned.
    let settled = facts.settled().held;
    let bound: Vec<HeldPost> = posts
        .held
        .iter()
        .filter(|post| {
            let is_settled = settled.iter().any(|other| is_same(other, post));
            let is_given = given.iter().any(|row| leads(row, post));
            is_settled || is_given || is_pinned(facts, post)
        })
        .cloned()
        .collect();
    let lost = given.iter().filter_map(|row| {
        if posts.held.iter().any(|post| leads(row, post)) {
            return None;
        }
        let (inspection, person) = (row.inspection?, row.inspector?);
        let windows = facts.open_windows(inspection).into_iter();
        let mut staying = windows
            .map(|window: Window| HeldPost::in_window(inspection, person, Role::Lead, &window))
            .filter(|post| could_be_held(facts, &bound, post));
        let post = staying.next()?;
        let message = "their name was due to HMIP, and they could stay lead".to_owned();
        Some(about(facts, &post, "H17", message).day(post.first))
    });
    lost.collect()
}

fn is_pinned(facts: &Facts, post: &HeldPost) -> bool {
    let pins = facts.dataset.pins.iter();
    pins.filter(|pin| pin.action == PinAction::Pin).any(|pin| {
        pin.inspection == post.inspection
            && pin.inspector == post.inspector
            && pin.role.is_none_or(|role| role == post.role)
    })
}

/// Whether a lead's post breaks no rule beside what is bound already.
fn could_be_held(facts: &Facts, bound: &[HeldPost], post: &HeldPost) -> bool {
    let same = |other: &&HeldPost| other.inspection == post.inspection;
    let goes_with = |other: &HeldPost| {
        let apart = other.role == Role::Lead || other.inspector == post.inspector;
        !apart && (other.first, other.last) == (post.first, post.last)
    };
    if !bound.iter().filter(same).all(goes_with) {
        return false;
    }
    let bound = Posts {
        held: bound.to_vec(),
    };
    newly_broken(facts, of_a_post(), &bound, post.clone()).is_empty()
}

#[cfg(test)]
mod tests {
    use crate::domain::Role::{Lead, Team};
    use crate::verify::test_support::Year;

    /// F1 was over before the day of planning, F2 is under way, F3 begins in a week, F4 later.
    fn year() -> Year {
        Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .full("F2", "2026-06-01", "2026-06-11")
            .full("F3", "2026-06-08", "2026-06-18")
            .full("F4", "2026-09-07", "2026-09-17")
            .hmi("A")
            .hmi("B")
            .hmi("C")
            .hmi("D")
    }

    fn published() -> Year {
        year()
            .post("F1", Lead, "A")
            .post("F1", Team, "B")
            .post("F2", Lead, "C")
            .post("F3", Lead, "D")
            .post("F4", Lead, "A")
    }

    fn anew(year: Year) -> Year {
        year.published("2026-06-09", &published().posts)
            .name_due("F3", "2026-05-25")
    }

    #[test]
    fn what_is_past_stays() {
        let kept = || anew(published());
        assert_eq!(kept().findings(), []);
        let mut released = kept();
        released.posts.retain(|post| post.inspector_id != "B");
        assert_eq!(released.broken(), ["H17"]);
        let joined = kept().post("F1", Team, "D");
        assert_eq!(joined.broken(), ["H17"]);
    }

    #[test]
    fn what_is_past_may_break_a_rule_and_nothing_more_of_it() {
        let away = anew(published()).unavailable("A", "2026-05-11", "2026-05-14");
        assert_eq!(away.findings(), []);
        // Seven days of the year are gone with F1 alone, and the post of F4 takes more.
        let mut poor = anew(published());
        poor.dataset.inspectors[0].max_days = 5;
        assert_eq!(poor.broken(), ["H11"]);
        poor.posts.retain(|post| post.inspection_id != "F4");
        assert_eq!(poor.findings(), []);
    }

    #[test]
    fn an_inspection_under_way_keeps_its_window() {
        let moved = anew(year().post("F1", Lead, "A").post("F1", Team, "B"))
            .post("F2", Lead, "C")
            .post("F3", Lead, "D");
        assert_eq!(moved.findings(), []);
        let later = anew(year().post("F1", Lead, "A").post("F1", Team, "B"))
            .moved_post("F2", Lead, "C", 1)
            .post("F3", Lead, "D");
        assert_eq!(later.broken(), ["H17"]);
        // Nobody is put where the window has begun and nothing was published.
        let mut nothing = published();
        nothing.posts.retain(|post| post.inspection_id != "F2");
        let late = published().published("2026-06-09", &nothing.posts);
        assert_eq!(late.broken(), ["H17"]);
    }

    #[test]
    fn a_lead_whose_name_was_given_stays_if_they_can() {
        let other = || {
            let mut other = anew(published());
            other.posts.retain(|post| post.inspection_id != "F3");
            other.post("F3", Lead, "B")
        };
        assert_eq!(other().broken(), ["H17"]);
        let ill = other()
            .unavailable("D", "2026-06-15", "2026-06-15")
            .unavailable("D", "2026-06-22", "2026-07-10");
        assert_eq!(ill.findings(), []);
    }
}
