//! The resourcing for the programme, confirmed in whole or but for what, for the Deputy
//! Director's signature (¶13, 22).

use crate::allocate::Status;
use crate::eligibility::scope::Scope;
use crate::eligibility::{Eligibility, windows};
use crate::model::objectives::Tier;
use crate::report::{Counts, pounds};
use crate::result::PastRun;

use super::document::Document;

/// The statement.
pub(super) fn statement(eligibility: &Eligibility, past: &PastRun) -> Document {
    let dataset = eligibility.dataset;
    let allocation = &past.allocation;
    let counts = Counts::of(eligibility, &allocation.plan);
    let year = dataset.policy.programme_year;
    let mut document = Document::new(
        &dataset.policy.marking,
        &format!(
            "Confirmation of resourcing for the programme {year}–{}",
            year + 1
        ),
    );
    document.text(match counts.posts_empty {
        0 => "The resourcing is confirmed in whole: every inspection of Ofsted's is attended, and every post is filled.".to_owned(),
        _ => "The resourcing is confirmed but for what is listed below.".to_owned(),
    });
    document.heading("In numbers");
    document.table(
        &["what", "number"],
        [
            (
                "inspections that are Ofsted's to staff",
                counts.in_scope.to_string(),
            ),
            ("attended", counts.attended.to_string()),
            ("in a different week", counts.moved.to_string()),
            (
                "provisional, a judgement awaited",
                counts.provisional.to_string(),
            ),
            ("posts", counts.posts.to_string()),
            ("posts filled", counts.posts_filled.to_string()),
            ("posts empty", counts.posts_empty.to_string()),
            (
                "entries that are not Ofsted's",
                counts.out_of_scope.to_string(),
            ),
            (
                "cost of the posts filled",
                pounds(allocation.tier(Tier::T6).value),
            ),
        ]
        .map(|(what, number)| vec![what.to_owned(), number])
        .into(),
    );
    document.heading("What stays empty");
    let mut short: Vec<_> = past.shortfalls.iter().collect();
    let key = |row: &&crate::explain::Shortfall| {
        let inspection = dataset.inspection(row.inspection);
        (
            windows::normal_span(inspection).first(),
            inspection.id.clone(),
            row.role,
            row.cause,
        )
    };
    short.sort_by_key(key);
    if short.is_empty() {
        document.text("Nothing.");
    } else {
        let rows = short.iter().map(|row| {
            let inspection = dataset.inspection(row.inspection);
            let span = windows::normal_span(inspection);
            vec![
                inspection.id.clone(),
                dataset.establishment(inspection.establishment).name.clone(),
                format!("{} to {}", span.first(), span.last()),
                format!("{} {}", row.posts, row.role.as_str()),
                row.cause.as_str().to_owned(),
                row.cause.addressee().to_owned(),
            ]
        });
        document.table(
            &[
                "inspection",
                "establishment",
                "window",
                "posts",
                "cause",
                "raised with",
            ],
            rows.collect(),
        );
    }
    document.heading("Different weeks, to be agreed by HMIP");
    let moved = eligibility.inspections().filter_map(|ix| {
        let attendance = allocation.plan.at(ix).filter(|at| at.different_week)?;
        let row = dataset.inspection(ix);
        let normal = windows::normal_span(row);
        Some(format!(
            "{}, {}: {} to {} in place of {} to {}",
            row.id,
            dataset.establishment(row.establishment).name,
            attendance.on_site.first(),
            attendance.on_site.last(),
            normal.first(),
            normal.last()
        ))
    });
    document.points(moved.collect(), "None.");
    document.heading("Provisional until a judgement is known");
    let provisional = eligibility
        .inspections()
        .filter(|ix| {
            matches!(
                eligibility.scopes[ix.get()],
                Scope::In { provisional: true }
            )
        })
        .map(|ix| {
            let row = dataset.inspection(ix);
            format!(
                "{}, {}",
                row.id,
                dataset.establishment(row.establishment).name
            )
        });
    document.points(provisional.collect(), "None.");
    document.heading("What is proven");
    let tiers = allocation.tiers.iter().map(|outcome| {
        let how = match outcome.status {
            Status::Optimal => "proven: it can't be better",
            Status::Gap => "the best that was found",
            Status::Off => "not asked for",
        };
        format!("{} {}: {how}", outcome.tier.name(), outcome.tier.title())
    });
    document.points(tiers.collect(), "");
    document.signature("Deputy Director");
    document
}
