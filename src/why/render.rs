//! The answers, for people and for programs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::differences::{Difference, differences};
use super::gap::Gap;
use super::holding::{Holding, Question, is_certain};
use super::not::{Answer, Verdict};
use crate::allocate::{Allocation, Status};
use crate::check::words;
use crate::domain::{DateSpan, InspectionIx, InspectorIx, Role};
use crate::eligibility::windows::{Closed, normal_span};
use crate::eligibility::{Eligibility, Reason};
use crate::explain::window_of;
use crate::model::objectives::Tier;
use crate::report::pounds;

/// So many inspections are named that lose something; of more, the number is told.
const NAMED: usize = 4;

/// Why posts are empty, for people.
pub fn gaps_text(question: &Question, gaps: &[Gap]) -> String {
    let eligibility = question.eligibility;
    let mut out = format!("{}\n", eligibility.dataset.policy.marking);
    if gaps.is_empty() {
        out.push_str("No post is empty.\n");
    }
    for gap in gaps {
        let posts: u32 = gap.shortfalls.iter().map(|shortfall| shortfall.posts).sum();
        let _ = writeln!(
            out,
            "\n{}: {} empty",
            inspection(eligibility, gap.inspection),
            match (gap.role, posts) {
                (Role::Lead, _) => "the lead's post is".to_owned(),
                (Role::Team, 1) => "1 team post is".to_owned(),
                (Role::Team, many) => format!("{many} team posts are"),
            }
        );
        for shortfall in &gap.shortfalls {
            let cause = shortfall.cause;
            let mend = shortfall.explanation.rsplit_once("; ");
            let mend = mend.map_or(String::new(), |(_, mend)| format!(": {mend}"));
            let _ = writeln!(
                out,
                "  {} {}, for {}{mend}",
                shortfall.posts,
                cause.as_str(),
                cause.addressee(),
            );
        }
        obstacles(&mut out, gap);
        used_here(&mut out, question, gap);
    }
    out
}

fn obstacles(out: &mut String, gap: &Gap) {
    let who = match gap.role {
        Role::Lead => "who can lead",
        Role::Team => "inspectors",
    };
    if gap.obstacles.people == 0 {
        let _ = writeln!(out, "  there is no day on which anybody could attend");
        return;
    }
    let _ = writeln!(
        out,
        "  {} {who}, each counted once by what is cheapest to mend, and in brackets all:",
        gap.obstacles.people
    );
    let mut all: Vec<_> = gap.obstacles.all.iter().collect();
    let once = |obstacle| gap.obstacles.once.get(obstacle).copied().unwrap_or(0);
    all.sort_by_key(|(obstacle, count)| {
        (
            std::cmp::Reverse(once(*obstacle)),
            std::cmp::Reverse(**count),
            **obstacle,
        )
    });
    for (obstacle, count) in all {
        let _ = writeln!(
            out,
            "  {:>5} {:>5}  {}",
            once(obstacle),
            format!("({count})"),
            obstacle.words()
        );
    }
}

fn used_here(out: &mut String, question: &Question, gap: &Gap) {
    let asked = gap.used_here.len();
    if asked == 0 {
        let _ = writeln!(out, "  Nobody could take it by giving up other posts.");
        return;
    }
    let _ = writeln!(
        out,
        "  {} could take it if other posts of theirs were given up; the year solved again with each:",
        people(asked + gap.not_asked)
    );
    for (person, holding) in &gap.used_here {
        let _ = writeln!(
            out,
            "    {}",
            sentence(question, gap.inspection, gap.role, *person, holding)
        );
    }
    if gap.not_asked > 0 {
        let _ = writeln!(out, "    {} more: --all", people(gap.not_asked));
    }
}

/// 'I014 … could lead it, but then P0033 has no lead and none can be had.'
fn sentence(
    question: &Question,
    inspection: InspectionIx,
    role: Role,
    who: InspectorIx,
    holding: &Holding,
) -> String {
    let could = match role {
        Role::Lead => "could lead it",
        Role::Team => "could join it",
    };
    let who = format!("{} {could}", person(question.eligibility, who));
    let with = match holding {
        Holding::Plan(with) => with,
        Holding::Never => return format!("{who}, but {}.", never(question, inspection)),
        Holding::Unknown => return format!("{who}; what it costs was not found in the time."),
    };
    let tiers = question.first_tiers();
    let filled = |of: &Allocation| of.plan.at(inspection).map(|at| at.team.len());
    if role == Role::Team && filled(with) <= filled(question.past) {
        return format!("{who}, but only in another's place.");
    }
    let losses = losses(question, inspection, with);
    let changed = changed_values(question.past, with, &tiers);
    let losses = if losses.is_empty() {
        String::new()
    } else {
        format!(", but then {}", losses.join(", "))
    };
    let sure = if is_certain(with, &tiers) {
        ""
    } else {
        " That is the best that was found in the time."
    };
    match changed {
        Some(changed) => format!("{who}{losses}: {changed}.{sure}"),
        None => format!("{who}{losses}: as much is short as now.{sure}"),
    }
}

/// Why no plan has somebody in a post that they could hold by themselves.
fn never(question: &Question, inspection: InspectionIx) -> &'static str {
    let eligibility = question.eligibility;
    let window = window_of(eligibility, &question.past.selection, inspection);
    let lead = eligibility.engagement_of(inspection, window, Role::Lead);
    match lead.map(|lead| eligibility.candidates_of(lead)) {
        None | Some([]) => "nobody can lead it then, and nobody attends without a lead (H1)",
        Some(_) => "then the pins can't all be kept",
    }
}

/// What other inspections lose, and this one beside the post.
fn losses(question: &Question, here: InspectionIx, with: &Allocation) -> Vec<String> {
    let all = differences(&question.past.plan, &with.plan);
    let lost: Vec<_> = all
        .into_iter()
        .filter(|(at, difference)| {
            difference.is_loss()
                && (*at != here || !matches!(difference, Difference::TeamShorter(_)))
        })
        .collect();
    let mut said: Vec<_> = lost
        .iter()
        .take(NAMED)
        .map(|(at, difference)| {
            let id = &question.eligibility.dataset.inspection(*at).id;
            match difference {
                Difference::NotAttended => format!("{id} has no lead, and none can be had"),
                Difference::Moved(days) => format!("{id} moves to {}", span(*days)),
                Difference::TeamShorter(1) => format!("{id} has a team post empty"),
                Difference::TeamShorter(many) => format!("{id} has {many} team posts empty"),
                Difference::Attended | Difference::MovedBack(_) => String::new(),
            }
        })
        .collect();
    if lost.len() > NAMED {
        said.push(format!("and {} more lose something", lost.len() - NAMED));
    }
    said
}

/// 'T1 is 5 instead of 4', for the first of the tiers that differs, or nothing.
fn changed_values(past: &Allocation, with: &Allocation, tiers: &[Tier]) -> Option<String> {
    let differs = |tier: &&Tier| past.tier(**tier).value != with.tier(**tier).value;
    let tier = tiers.iter().find(differs)?;
    Some(format!(
        "{} ({}) is {} instead of {}",
        tier.name(),
        tier.title(),
        with.tier(*tier).value,
        past.tier(*tier).value
    ))
}

/// Why posts are empty, for programs.
pub fn gaps_json(question: &Question, gaps: &[Gap]) -> Value {
    let eligibility = question.eligibility;
    let dataset = eligibility.dataset;
    let gap = |gap: &Gap| {
        let counts = gap.obstacles.all.iter().map(|(obstacle, all)| {
            json!({
                "obstacle": obstacle.words(),
                "once": gap.obstacles.once.get(obstacle).copied().unwrap_or(0),
                "all": all,
            })
        });
        let used = gap.used_here.iter().map(|(who, holding)| {
            json!({
                "inspector_id": dataset.inspector(*who).id,
                "sentence": sentence(question, gap.inspection, gap.role, *who, holding),
                "tiers": tiers_json(question.past, holding, &question.first_tiers()),
            })
        });
        let causes = gap.shortfalls.iter().map(|shortfall| {
            json!({
                "posts": shortfall.posts,
                "cause": shortfall.cause.as_str(),
                "addressee": shortfall.cause.addressee(),
            })
        });
        json!({
            "inspection_id": dataset.inspection(gap.inspection).id,
            "role": gap.role.as_str(),
            "causes": causes.collect::<Vec<_>>(),
            "people": gap.obstacles.people,
            "obstacles": counts.collect::<Vec<_>>(),
            "used_here": used.collect::<Vec<_>>(),
            "not_asked": gap.not_asked,
        })
    };
    json!({
        "marking": dataset.policy.marking,
        "gaps": gaps.iter().map(gap).collect::<Vec<_>>(),
    })
}

fn tiers_json(past: &Allocation, holding: &Holding, tiers: &[Tier]) -> Value {
    let Holding::Plan(with) = holding else {
        return Value::Null;
    };
    let asked = |tier: &&Tier| with.tier(**tier).status != Status::Off;
    let one = |tier: &Tier| {
        let (now, then) = (past.tier(*tier), with.tier(*tier));
        json!({
            "tier": tier.name(),
            "now": now.value,
            "then": then.value,
            "bound": then.bound,
            "proven": then.status == Status::Optimal,
        })
    };
    tiers.iter().filter(asked).map(one).collect()
}

/// Why somebody doesn't hold a post, for people.
pub fn why_not_text(question: &Question, answer: &Answer) -> String {
    let eligibility = question.eligibility;
    let mut out = format!("{}\n", eligibility.dataset.policy.marking);
    let _ = writeln!(
        out,
        "{}, {} of {}, {}:",
        person(eligibility, answer.person),
        called(answer.role),
        eligibility.dataset.inspection(answer.inspection).id,
        window(eligibility, answer)
    );
    match &answer.verdict {
        Verdict::Held => out.push_str("  They hold it.\n"),
        Verdict::Closed(closed) => {
            let _ = writeln!(out, "  Nobody can attend then: {}.", closed_words(*closed));
        }
        Verdict::NoSuchPost => out.push_str("  The inspection asks for no such post.\n"),
        Verdict::Rules(reasons) => {
            for reason in reasons {
                let (words, (file, line, _)) = of_reason(eligibility, answer, *reason);
                let _ = writeln!(out, "  {}: {words} ({file}:{line})", reason.rule());
            }
        }
        Verdict::Comes(holding) => comes(&mut out, question, answer, holding),
    }
    out
}

fn comes(out: &mut String, question: &Question, answer: &Answer, holding: &Holding) {
    let with = match holding {
        Holding::Plan(with) => with,
        Holding::Never => {
            let why = never(question, answer.inspection);
            let _ = writeln!(out, "  No rule is in the way by itself, but {why}.");
            return;
        }
        Holding::Unknown => {
            out.push_str(
                "  No rule is in the way by itself; what it costs was not found in the time.\n",
            );
            return;
        }
    };
    out.push_str("  No rule is in the way by itself. The year solved again with them in it:\n");
    let _ = writeln!(out, "  {:<38}{:>14}{:>14}  proof", "", "now", "then");
    for then in &with.tiers {
        let tier = then.tier;
        let proof = match (then.status, then.bound) {
            (Status::Optimal, _) => "best".to_owned(),
            (_, Some(bound)) => format!("not below {}", shown(tier, bound)),
            // What was not asked of the plan as it is was not asked here either.
            (_, None) => continue,
        };
        let _ = writeln!(
            out,
            "  {} {:<35}{:>14}{:>14}  {proof}",
            tier.name(),
            tier.title(),
            shown(tier, question.past.tier(tier).value),
            shown(tier, then.value),
        );
    }
    for loss in losses(question, answer.inspection, with) {
        let _ = writeln!(out, "  {loss}");
    }
}

/// Why somebody doesn't hold a post, for programs.
pub fn why_not_json(question: &Question, answer: &Answer) -> Value {
    let eligibility = question.eligibility;
    let dataset = eligibility.dataset;
    let window = &eligibility.windows[answer.inspection.get()][answer.window];
    let verdict = match &answer.verdict {
        Verdict::Held => json!({ "is": "held" }),
        Verdict::Closed(closed) => {
            json!({ "is": "closed", "because": closed_words(*closed) })
        }
        Verdict::NoSuchPost => json!({ "is": "no such post" }),
        Verdict::Rules(reasons) => {
            let reasons = reasons.iter().map(|reason| {
                let (words, (file, line, column)) = of_reason(eligibility, answer, *reason);
                json!({
                    "rule": reason.rule(),
                    "why": words,
                    "file": file,
                    "line": line,
                    "column": column,
                })
            });
            json!({ "is": "against the rules", "rules": reasons.collect::<Vec<_>>() })
        }
        Verdict::Comes(holding) => {
            let tiers = Tier::in_order(dataset);
            let lost = match holding {
                Holding::Plan(with) => losses(question, answer.inspection, with),
                Holding::Never | Holding::Unknown => Vec::new(),
            };
            let is = match holding {
                Holding::Plan(_) => "possible",
                Holding::Never => "against the pins",
                Holding::Unknown => "not known",
            };
            json!({
                "is": is,
                "tiers": tiers_json(question.past, holding, &tiers),
                "lost": lost,
            })
        }
    };
    json!({
        "marking": dataset.policy.marking,
        "inspection_id": dataset.inspection(answer.inspection).id,
        "inspector_id": dataset.inspector(answer.person).id,
        "role": answer.role.as_str(),
        "attend_from": window.on_site.first(),
        "attend_to": window.on_site.last(),
        "different_week": window.different_week,
        "verdict": verdict,
    })
}

fn of_reason(
    eligibility: &Eligibility,
    answer: &Answer,
    reason: Reason,
) -> (String, words::Source) {
    let (person, inspection) = (answer.person, answer.inspection);
    words::of(eligibility.dataset, person, inspection, reason)
}

fn closed_words(closed: Closed) -> &'static str {
    match closed {
        Closed::NoWorkingDay => "it has no working day",
        Closed::Past => "it is past, or was begun in another week (H17)",
        Closed::GivesAway => "it would give an unannounced inspection away (H16)",
    }
}

fn window(eligibility: &Eligibility, answer: &Answer) -> String {
    let window = &eligibility.windows[answer.inspection.get()][answer.window];
    let week = if window.different_week {
        ", a different week"
    } else {
        ""
    };
    match (window.on_site.first(), window.on_site.last()) {
        (Some(first), Some(last)) => format!("on site {first} to {last}{week}"),
        _ => "on no working day".to_owned(),
    }
}

fn inspection(eligibility: &Eligibility, inspection: InspectionIx) -> String {
    let row = eligibility.dataset.inspection(inspection);
    let site = eligibility.dataset.establishment(row.establishment);
    let days = span(normal_span(row));
    format!("{} {}, {}, {days}", row.id, site.name, row.kind.as_str())
}

fn people(count: usize) -> String {
    match count {
        1 => "1 person".to_owned(),
        many => format!("{many} people"),
    }
}

fn person(eligibility: &Eligibility, person: InspectorIx) -> String {
    let row = eligibility.dataset.inspector(person);
    format!("{} {} ({})", row.id, row.name, row.grade.as_str())
}

fn called(role: Role) -> &'static str {
    match role {
        Role::Lead => "lead",
        Role::Team => "team inspector",
    }
}

fn span(days: DateSpan) -> String {
    format!("{} to {}", days.first(), days.last())
}

fn shown(tier: Tier, value: f64) -> String {
    match tier {
        Tier::T6 => pounds(value),
        Tier::T7 => format!("{value:.1} days"),
        _ => format!("{value:.0}"),
    }
}
