//! What a scheduler wants to know first, in some ten lines.

use std::fmt::Write as _;

use super::Run;
use super::summary::Counts;
use crate::allocate::{Status, TierOutcome};
use crate::domain::Published;
use crate::explain::Cause;
use crate::model::objectives::Tier;

/// Attendance, shortfall and whose it is, weeks moved, cost, proof.
pub fn terminal(run: &Run) -> String {
    let counts = Counts::of(run.eligibility, &run.allocation.plan);
    let dataset = run.eligibility.dataset;
    let mut words = String::new();
    let mut line = |label: &str, text: String| {
        let _ = writeln!(words, "{label:<12}{text}");
    };
    line(
        "Attended",
        format!(
            "{} of {} inspections in scope ({} out of scope{})",
            counts.attended,
            counts.in_scope,
            counts.out_of_scope,
            match counts.provisional {
                0 => String::new(),
                some => format!(", {some} provisional"),
            }
        ),
    );
    line(
        "Filled",
        format!("{} of {} posts", counts.posts_filled, counts.posts),
    );
    line("Short", short(run, counts.posts_empty));
    for (label, cause) in [
        ("", Cause::Resourcing),
        ("", Cause::Clearance),
        ("", Cause::SiteCapacity),
        ("", Cause::DifferentWeek),
    ] {
        let rows = || run.shortfalls.iter().filter(|row| row.cause == cause);
        let posts: u32 = rows().map(|row| row.posts).sum();
        if posts > 0 {
            let mut ids: Vec<_> = rows()
                .map(|row| dataset.inspection(row.inspection).id.as_str())
                .collect();
            ids.dedup();
            line(label, format!("{posts} {}: {}", whose(cause), list(&ids)));
        }
    }
    let moved: Vec<_> = std::iter::zip(&dataset.programme, &run.allocation.plan.attendances)
        .filter(|(_, at)| at.as_ref().is_some_and(|at| at.different_week))
        .map(|(inspection, _)| inspection.id.as_str())
        .collect();
    line(
        "Moved",
        match moved.len() {
            0 => "no inspection is attended in a different week".to_owned(),
            1 => format!("1 to a different week, for HMIP to agree: {}", moved[0]),
            some => format!(
                "{some} to a different week, for HMIP to agree: {}",
                list(&moved)
            ),
        },
    );
    if let Some(published) = &dataset.published {
        line("Changed", changed(run, published));
    }
    if dataset.policy.reserve.name_reserves {
        line("Reserves", reserves(run, counts.attended));
    }
    line("Cost", cost(run.allocation.tier(Tier::T6)));
    line("Proven", proven(&run.allocation.tiers));
    if run.allocation.too_large {
        let instead = "to be searched: a plan that keeps every rule, beside what counting tells";
        line("Too large", instead.into());
    }
    if run.allocation.interrupted {
        let before = if run.allocation.is_proven() {
            "before it was done: the plan is proven, but the causes may be others"
        } else {
            "before it was done: the result is valid, and may not be the best"
        };
        line("Stopped", before.into());
    }
    words
}

fn short(run: &Run, posts: u32) -> String {
    if posts == 0 {
        return "nothing".to_owned();
    }
    let days: u32 = run.shortfalls.iter().map(|row| row.inspector_days).sum();
    let leads: u32 = run
        .shortfalls
        .iter()
        .filter(|row| row.role == crate::domain::Role::Lead)
        .map(|row| row.posts)
        .sum();
    format!("{posts} posts, {leads} of them leads: {days} inspector days, to be raised with MoJ")
}

/// How many people are told something else than was published.
fn changed(run: &Run, published: &Published) -> String {
    let posts = published.posts.len();
    let changed = run.allocation.tier(Tier::T4).value;
    let kept = posts as f64 - changed;
    let new = f64::from(run.allocation.plan.posts().count() as u32) - kept;
    format!("{changed} of {posts} published posts, and {new} that are new; see changes.csv")
}

/// For how many of the inspections somebody could lead in the lead's place.
fn reserves(run: &Run, attended: usize) -> String {
    let named = run.allocation.reserves.len();
    format!("named for {named} of {attended} inspections; see reserves.csv")
}

fn whose(cause: Cause) -> &'static str {
    match cause {
        Cause::Resourcing => "for MoJ (resourcing)",
        Cause::Clearance => "HMIP can help with clearance",
        Cause::SiteCapacity => "HMIP can help with places on the site",
        Cause::DifferentWeek => "HMIP can help with a different week",
    }
}

/// At most six of them, and how many more.
fn list(ids: &[&str]) -> String {
    match ids.len() {
        0..=6 => ids.join(", "),
        more => format!("{} and {} more", ids[..6].join(", "), more - 6),
    }
}

/// The cost of the plan; what no tier has made as low as it can be is no figure to plan with.
fn cost(outcome: &TierOutcome) -> String {
    let amount = pounds(outcome.value);
    match (outcome.status, outcome.gap) {
        (Status::Optimal, _) => amount,
        (Status::Gap, Some(gap)) if gap < 1.0 => amount,
        _ => format!("{amount} (not minimised)"),
    }
}

fn proven(tiers: &[TierOutcome]) -> String {
    let words = |outcome: &TierOutcome| {
        let tier = outcome.tier.name();
        match (outcome.status, outcome.gap) {
            (Status::Optimal, Some(gap)) if gap >= 5e-6 => {
                format!("{tier} best to {}", percent(gap))
            }
            (Status::Optimal, _) => format!("{tier} best"),
            // The bound that needs no search says nothing.
            (Status::Gap, Some(gap)) if gap >= 1.0 => format!("{tier} not known"),
            (Status::Gap, Some(gap)) => format!("{tier} within {}", percent(gap)),
            (Status::Gap | Status::Off, _) => format!("{tier} not asked"),
        }
    };
    tiers.iter().map(words).collect::<Vec<_>>().join(", ")
}

fn percent(share: f64) -> String {
    match share * 100.0 {
        small if small < 0.1 => format!("{small:.3} %"),
        large => format!("{large:.1} %"),
    }
}

/// An amount in pounds, with thousands set apart.
pub fn pounds(amount: f64) -> String {
    let pence = (amount * 100.0).round() as i64;
    let digits = (pence / 100).to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("£{grouped}.{:02}", pence % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pounds_are_grouped() {
        assert_eq!(pounds(1_234_567.5), "£1,234,567.50");
        assert_eq!(pounds(0.0), "£0.00");
    }
}
