//! The tiers: each value is the plan's own, `reached` stands between it and the bound, and what
//! is called optimal is.

use serde_json::Value;

use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;
use crate::verify::tiers;
use crate::verify::tiers::t5_reserves::{self, Named};

use super::{fault, shown};

/// What two figures of one plan may differ by.
const SAME: f64 = 1e-6;

/// What two gaps may differ by: a share is far smaller than a value. A gap up to this is none.
const CLOSED: f64 = 1e-9;

/// What the plan is worth, and what a tier is measured by.
struct Tier {
    name: &'static str,
    value: f64,
    /// The gap below which it is called optimal, unless the summary records another.
    closed: f64,
    /// What the gap is a share of, where that is not the value reached.
    whole: Option<f64>,
}

/// The value that a solved tier ended with, as the summary says.
struct Reached(f64);

pub fn check(facts: &Facts, posts: &Posts, named: &Named, summary: &Value) -> Vec<Finding> {
    let Some(listed) = summary.get("tiers").and_then(Value::as_array) else {
        return vec![fault("tiers", "the list of tiers is missing")];
    };
    let mut findings = Vec::new();
    let expected = expected(facts, posts, named);
    check_order(&expected, listed, &mut findings);
    let said: Vec<Option<Reached>> = expected
        .iter()
        .map(|tier| {
            let mut entries = listed.iter().filter(|entry| name_of(entry) == tier.name);
            match (entries.next(), entries.next()) {
                (Some(entry), None) => check_tier(tier, entry, summary, &mut findings),
                (None, _) => {
                    findings.push(fault(tier.name, "the tier is missing"));
                    None
                }
                (Some(_), Some(_)) => {
                    findings.push(fault(tier.name, "the tier is there twice"));
                    None
                }
            }
        })
        .collect();
    check_kept(facts, &expected, &said, &mut findings);
    findings
}

/// The tiers in the order in which they are solved.
fn expected(facts: &Facts, posts: &Posts, named: &Named) -> Vec<Tier> {
    let values = tiers::values(facts, posts);
    let whole = |name, value: i64| Tier {
        name,
        value: value as f64,
        closed: 0.0,
        whole: None,
    };
    let mut tiers = vec![
        whole("T1", values.t1),
        whole("T2", values.t2),
        whole("T3", values.t3),
    ];
    if facts.dataset.policy.different_week.to_fill_teams {
        tiers.swap(1, 2);
    }
    tiers.extend(values.t4.map(|value| whole("T4", value)));
    if facts.dataset.policy.reserve.name_reserves {
        tiers.push(whole("T5", t5_reserves::value(facts, posts, named)));
    }
    tiers.extend([
        Tier {
            name: "T6",
            value: values.t6.pounds(),
            closed: 1e-4,
            whole: None,
        },
        Tier {
            name: "T7",
            value: values.t7,
            closed: 0.01,
            whole: Some(tiers::all_days_used(facts, posts) as f64),
        },
        whole("T8", values.t8),
    ]);
    tiers
}

fn name_of(entry: &Value) -> &str {
    entry.get("tier").and_then(Value::as_str).unwrap_or("")
}

fn is_off(entry: &Value) -> bool {
    entry.get("status").and_then(Value::as_str) == Some("off")
}

/// Known names only; the solved ones in their order; T4 and T5 off where they are not asked for.
fn check_order(expected: &[Tier], listed: &[Value], findings: &mut Vec<Finding>) {
    let mut last = 0;
    for entry in listed {
        let name = name_of(entry);
        match expected.iter().position(|tier| tier.name == name) {
            Some(position) if !is_off(entry) => {
                if position < last {
                    findings.push(fault(
                        &format!("{name} order"),
                        "the tiers are not in the order of solving",
                    ));
                }
                last = position;
            }
            Some(_) => {}
            None if matches!(name, "T4" | "T5") => {
                if !is_off(entry) {
                    findings.push(fault(name, "this run does not solve the tier"));
                }
            }
            None => findings.push(fault(
                "tiers",
                format!("{} is no tier", shown(entry.get("tier"))),
            )),
        }
    }
}

fn check_tier(
    tier: &Tier,
    entry: &Value,
    summary: &Value,
    findings: &mut Vec<Finding>,
) -> Option<Reached> {
    let mut wrong = |figure: &str, message: String| {
        findings.push(fault(&format!("{} {figure}", tier.name), message));
    };
    let number = |figure: &str| entry.get(figure).and_then(Value::as_f64);
    let status = entry.get("status").and_then(Value::as_str).unwrap_or("");
    if !["optimal", "gap", "off"].contains(&status) {
        wrong("status", format!("'{status}' is not optimal, gap or off"));
    }
    let off = is_off(entry);
    let untold = entry.get("value").is_none_or(Value::is_null);
    let agrees = number("value").is_some_and(|said| (said - tier.value).abs() <= SAME);
    if !(agrees || off && untold) {
        findings.push(Finding::new(
            tier.name,
            format!(
                "summary.json says {}, and the plan's value is {}",
                shown(entry.get("value")),
                tier.value
            ),
        ));
        return None;
    }
    if off {
        for figure in ["reached", "bound", "gap"] {
            if entry.get(figure).is_some_and(|said| !said.is_null()) {
                wrong(figure, "the tier is called off, and has one".to_owned());
            }
        }
        return None;
    }
    let (Some(reached), Some(bound), Some(gap)) =
        (number("reached"), number("bound"), number("gap"))
    else {
        for figure in ["reached", "bound", "gap"] {
            if number(figure).is_none() {
                wrong(figure, "the number is missing".to_owned());
            }
        }
        return None;
    };
    if number("seconds").is_none_or(|seconds| seconds < 0.0) {
        wrong("seconds", "the seconds are missing".to_owned());
    }
    let share_of = tier.whole.unwrap_or(reached.abs()).max(1.0);
    let open = (reached - bound) / share_of;
    if (gap - open).abs() > CLOSED {
        wrong("gap", format!("it says {gap}, and should say {open}"));
    }
    let slack = SAME * bound.abs().max(1.0);
    if bound > reached + slack || bound > tier.value + slack {
        let message = format!("{bound} is above what the plan has");
        wrong("bound", message);
    }
    let closed = summary
        .get("gaps")
        .and_then(|gaps| gaps.get(tier.name))
        .and_then(Value::as_f64)
        .unwrap_or(tier.closed);
    if status == "optimal" && open > closed + CLOSED {
        let message = format!("it is called optimal with a gap of {open}");
        wrong("status", message);
    }
    if status == "gap" && open <= (closed - CLOSED).max(0.0) {
        let message = format!("it is called a gap, and {open} counts as optimal");
        wrong("status", message);
    }
    Some(Reached(reached))
}

/// That no later tier costs an earlier one more than it may.
fn check_kept(
    facts: &Facts,
    expected: &[Tier],
    said: &[Option<Reached>],
    findings: &mut Vec<Finding>,
) {
    let solved = |name: &str| {
        let position = expected.iter().position(|tier| tier.name == name)?;
        said[position].as_ref()
    };
    let tolerance = 1.0 + facts.dataset.policy.tolerance.cost_percent / 100.0;
    for (tier, said) in expected.iter().zip(said) {
        let Some(Reached(reached)) = said else {
            continue;
        };
        let kept = match tier.name {
            // T7 may spend a little more, to the penny; T8 keeps that limit.
            "T6" if solved("T7").is_some() => tier.value <= reached * tolerance + 0.005,
            "T7" if solved("T8").is_some() => tier.value <= reached + SAME,
            _ => (tier.value - reached).abs() <= SAME,
        };
        if !kept {
            let message = format!("the tier reached {reached}, the plan has {}", tier.value);
            findings.push(fault(&format!("{} reached", tier.name), message));
        }
    }
}
