//! For the Deputy Director's signature: the programme's resourcing, in whole or but for what
//! (¶13, 22).

use super::statement::{Block, Statement};
use super::{Sources, counted, named, span};
use crate::allocate::Status;
use crate::domain::DifferentWeek;
use crate::eligibility::scope::Scope;
use crate::model::objectives::Tier;

pub(super) fn statement(sources: &Sources) -> Statement {
    let &Sources {
        eligibility, past, ..
    } = sources;
    let dataset = eligibility.dataset;
    let plan = &past.allocation.plan;
    let in_scope = eligibility.inspections().count();
    let attended = plan.attendances.iter().flatten().count();
    let posts: u32 = past
        .shortfalls
        .iter()
        .map(|shortfall| shortfall.posts)
        .sum();
    let year = dataset.policy.programme_year;
    let mut blocks = vec![Block::Paragraph(if posts == 0 {
        format!(
            "Ofsted confirms the resourcing of all {} of HM Inspectorate of Prisons' programme \
             for April {year} to March {} that are Ofsted's to attend.",
            counted(in_scope as u32, "inspection"),
            year + 1
        )
    } else {
        format!(
            "Ofsted confirms the resourcing of HM Inspectorate of Prisons' programme for April \
             {year} to March {}: {attended} of {} that are Ofsted's to attend, but for {} \
             that nobody can fill.",
            year + 1,
            counted(in_scope as u32, "inspection"),
            counted(posts, "post"),
        )
    })];
    if posts > 0 {
        blocks.push(Block::Heading("What can't be staffed".to_owned()));
        let rows = past.shortfalls.iter().map(|shortfall| {
            vec![
                named(sources, shortfall.inspection),
                shortfall.role.as_str().to_owned(),
                shortfall.posts.to_string(),
                shortfall.cause.as_str().to_owned(),
                shortfall.cause.addressee().to_owned(),
            ]
        });
        let head = vec!["inspection", "role", "posts", "cause", "raised with"];
        blocks.push(Block::Table(head, rows.collect()));
    }
    let conditions = conditions(sources);
    if !conditions.is_empty() {
        blocks.push(Block::Heading("What it depends on".to_owned()));
        blocks.push(Block::List(conditions));
    }
    blocks.push(Block::Heading("What is proven".to_owned()));
    blocks.push(Block::List(proof(sources)));
    blocks.push(Block::Signature(
        "Deputy Director, Further Education and Skills",
    ));
    Statement {
        marking: dataset.policy.marking.clone(),
        title: format!(
            "Resourcing of the prison inspection programme {year}-{}",
            (year + 1) % 100
        ),
        blocks,
    }
}

/// What is still to be agreed or known.
fn conditions(sources: &Sources) -> Vec<String> {
    let eligibility = sources.eligibility;
    let dataset = eligibility.dataset;
    let mut all = Vec::new();
    for ix in eligibility.inspections() {
        let row = dataset.inspection(ix);
        let attendance = sources.past.allocation.plan.at(ix);
        if let Some(attendance) = attendance
            && attendance.different_week
            && row.different_week != DifferentWeek::Agreed
        {
            all.push(format!(
                "{} is attended in a different week, {}: HMIP is asked to agree",
                named(sources, ix),
                span(attendance.on_site)
            ));
        }
        if matches!(
            eligibility.scopes[ix.get()],
            Scope::In { provisional: true }
        ) {
            all.push(format!(
                "{}: the previous judgement is awaited, and Ofsted may not be needed (¶26)",
                named(sources, ix)
            ));
        }
    }
    all
}

fn proof(sources: &Sources) -> Vec<String> {
    let of = |tier: Tier| {
        let outcome = sources.past.allocation.tier(tier);
        let value = match tier {
            Tier::T6 => crate::report::pounds(outcome.value),
            _ => format!("{}", outcome.value),
        };
        let proof = match (outcome.status, outcome.gap) {
            (Status::Optimal, _) => "proven: there is no better plan".to_owned(),
            (Status::Gap, Some(gap)) => format!(
                "not proven: a better plan may exist, by {:.1} % at most",
                (gap * 1000.0).ceil() / 10.0
            ),
            _ => "not optimised".to_owned(),
        };
        let weighted = match tier {
            Tier::T1 => ", weighted by priority",
            _ => "",
        };
        format!(
            "{}{weighted} ({}): {value}, {proof}",
            tier.title(),
            tier.name()
        )
    };
    let [first, second, third] = Tier::of_shortfall(&sources.eligibility.dataset.policy);
    [first, second, third, Tier::T6]
        .into_iter()
        .map(of)
        .collect()
}
