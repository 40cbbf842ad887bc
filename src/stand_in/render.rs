//! The proposals, for people and for programs.

use std::fmt::Write as _;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::domain::{InspectorIx, Pence, Role};
use crate::eligibility::Eligibility;
use crate::explain::tally;
use crate::model::Selection;
use crate::model::objectives::reserves::Reserve;

use super::{Move, Notice, Proposal, To, Vacancy, notices};

/// A question and its answer.
pub struct Answered<'a> {
    /// The year.
    pub eligibility: &'a Eligibility<'a>,
    /// The plan's seats.
    pub selection: &'a Selection,
    /// The post.
    pub vacancy: &'a Vacancy,
    /// The ways to fill it, best first.
    pub proposals: &'a [Proposal],
    /// Who is named to lead in the lead's place.
    pub reserves: &'a [Reserve],
}

/// For people: the post, and a line for each person, or for each chain its moves.
pub fn text(answered: &Answered) -> String {
    let eligibility = answered.eligibility;
    let dataset = eligibility.dataset;
    let vacancy = answered.vacancy;
    let post = &eligibility.engagements[vacancy.engagement];
    let row = dataset.inspection(post.inspection);
    let site = dataset.establishment(row.establishment);
    let mut out = String::new();
    let _ = writeln!(out, "{}", dataset.policy.marking);
    let _ = writeln!(
        out,
        "{} is {} of {}, {}, {}.",
        person(eligibility, vacancy.absent),
        role(post.role),
        row.id,
        site.name,
        days(post.first_day, post.last_day)
    );
    if let Some(line) = vacancy.pinned {
        let _ = writeln!(
            out,
            "They are pinned to it (pins.csv:{line}): the pin must go before the change can be made."
        );
    }
    let _ = writeln!(out);
    match answered.proposals {
        [] => {
            let held = answered.selection.held(eligibility);
            let tally = tally(eligibility, &held, post.inspection, post.window, post.role);
            let _ = writeln!(
                out,
                "Nobody can take the post, nor do three swaps free anybody: {}.",
                tally.sentence(post.role)
            );
        }
        [first, ..] if first.moves.len() == 1 => people(&mut out, answered),
        _ => chains(&mut out, answered),
    }
    out
}

fn people(out: &mut String, answered: &Answered) {
    let count = answered.proposals.len();
    let who = if count == 1 { "person" } else { "people" };
    let _ = writeln!(
        out,
        "{count} {who} can take the post with all they hold, best first:"
    );
    let names: Vec<_> = answered
        .proposals
        .iter()
        .map(|proposal| person(answered.eligibility, proposal.moves[0].person))
        .collect();
    let width = names.iter().map(|name| name.chars().count()).max();
    let width = width.unwrap_or(0).max("who".len());
    let head = ("who", "cost", "change", "distance", "days left");
    let _ = writeln!(
        out,
        "      {:<width$}  {:>10}  {:>10}  {:>8}  {:>9}",
        head.0, head.1, head.2, head.3, head.4
    );
    for (number, (proposal, name)) in (1..).zip(std::iter::zip(answered.proposals, names)) {
        let _ = writeln!(
            out,
            "{number:>4}  {name:<width$}  {:>10}  {:>10}  {:>8}  {:>9}{}{}",
            amount(proposal.cost),
            signed(proposal.cost_change),
            format!("{:.0} km", proposal.distance.0),
            proposal.days_left,
            unprepared(proposal),
            if is_the_reserve(answered, proposal) {
                "  the named reserve"
            } else {
                ""
            }
        );
    }
}

/// Whether who takes the post is its named reserve.
fn is_the_reserve(answered: &Answered, proposal: &Proposal) -> bool {
    let post = &answered.eligibility.engagements[answered.vacancy.engagement];
    let named = Reserve {
        inspection: post.inspection,
        person: proposal.moves[0].person,
    };
    post.role == Role::Lead && answered.reserves.contains(&named)
}

fn chains(out: &mut String, answered: &Answered) {
    let eligibility = answered.eligibility;
    let swaps = answered.proposals[0].moves.len();
    let count = answered.proposals.len();
    let what = match count {
        1 => format!("1 chain of {swaps} swaps"),
        _ => format!("{count} chains of {swaps} swaps"),
    };
    let _ = writeln!(
        out,
        "Nobody can take the post with all they hold. {what}, best first:"
    );
    for (number, proposal) in (1..).zip(answered.proposals) {
        let change = signed(proposal.cost_change);
        let _ = writeln!(out, "{number:>4}  {change}{}", unprepared(proposal));
        for step in &proposal.moves {
            let gives_up = step.gives_up.map_or(String::new(), |held| {
                format!(", and gives up {}", post(eligibility, held))
            });
            let _ = writeln!(
                out,
                "      {} takes {}{gives_up}",
                person(eligibility, step.person),
                post(eligibility, step.takes)
            );
        }
    }
}

fn unprepared(proposal: &Proposal) -> String {
    match proposal.unprepared {
        0 => String::new(),
        1 => "  1 day of preparation is past".to_owned(),
        many => format!("  {many} days of preparation are past"),
    }
}

/// Who must be told, for people: a line each.
pub fn told(eligibility: &Eligibility, notices: &[Notice]) -> String {
    let mut out = String::from("To be told:\n");
    for notice in notices {
        let to = match notice.to {
            To::Inspector(who) => person(eligibility, who),
            To::Hmip => "HMIP".to_owned(),
        };
        let _ = writeln!(out, "  {to}: {}", notice.what);
    }
    out
}

/// For programs.
pub fn json(answered: &Answered) -> Value {
    let eligibility = answered.eligibility;
    let dataset = eligibility.dataset;
    let vacancy = answered.vacancy;
    let post = |engagement: usize| {
        let post = &eligibility.engagements[engagement];
        json!({
            "inspection_id": dataset.inspection(post.inspection).id,
            "role": post.role.as_str(),
            "attend_from": post.first_day,
            "attend_to": post.last_day,
        })
    };
    let step = |step: &Move| {
        let who = dataset.inspector(step.person);
        json!({
            "inspector_id": who.id,
            "inspector_name": who.name,
            "grade": who.grade.as_str(),
            "takes": post(step.takes),
            "gives_up": step.gives_up.map(post),
        })
    };
    let proposals = (1..).zip(answered.proposals).map(|(number, proposal)| {
        let plan = proposal
            .applied(eligibility, answered.selection, vacancy)
            .plan(eligibility);
        let tell = notices(eligibility, vacancy, proposal, &plan);
        let tell = tell.iter().map(|notice| {
            let to = match notice.to {
                To::Inspector(who) => dataset.inspector(who).id.as_str(),
                To::Hmip => "HMIP",
            };
            json!({ "to": to, "what": notice.what })
        });
        json!({
            "number": number,
            "moves": proposal.moves.iter().map(step).collect::<Vec<_>>(),
            "cost": proposal.cost.pounds(),
            "cost_change": proposal.cost_change.pounds(),
            "distance_km": (proposal.distance.0 * 10.0).round() / 10.0,
            "days_left": proposal.days_left,
            "preparation_days_past": proposal.unprepared,
            "tell": tell.collect::<Vec<_>>(),
        })
    });
    json!({
        "marking": dataset.policy.marking,
        "post": post(vacancy.engagement),
        "inspector_id": dataset.inspector(vacancy.absent).id,
        "pinned_in_line": vacancy.pinned,
        "proposals": proposals.collect::<Vec<_>>(),
    })
}

fn person(eligibility: &Eligibility, person: InspectorIx) -> String {
    let row = eligibility.dataset.inspector(person);
    format!("{} {} ({})", row.id, row.name, row.grade.as_str())
}

fn post(eligibility: &Eligibility, engagement: usize) -> String {
    let post = &eligibility.engagements[engagement];
    let id = &eligibility.dataset.inspection(post.inspection).id;
    let days = days(post.first_day, post.last_day);
    format!("{} of {id}, {days}", role(post.role))
}

/// A post, as one is called in it.
pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Lead => "lead",
        Role::Team => "team inspector",
    }
}

/// Days on site.
pub(super) fn days(first: NaiveDate, last: NaiveDate) -> String {
    format!("on site {first} to {last}")
}

fn amount(pence: Pence) -> String {
    crate::report::pounds(pence.pounds())
}

fn signed(pence: Pence) -> String {
    let sign = if pence.0 < 0 { '-' } else { '+' };
    format!("{sign}{}", amount(Pence(pence.0.abs())))
}
