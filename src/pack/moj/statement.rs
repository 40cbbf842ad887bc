//! The statement that goes with the tables. Every number in it is a cell of `shortfall.csv`, a
//! sum of such cells, or a figure of the audit; no date is in it, and time is told by quarter.

use crate::explain::Cause;
use crate::pack::counted;
use crate::pack::statement::{Block, Statement};
use crate::report::pounds;

use super::lack::{CAUSES, QUARTERS};
use super::mend::{Mend, Told};
use super::{Audited, Dimension, Figures, Group, Shown};

/// Establishments that are named on purpose, and why.
#[derive(Clone, Debug)]
pub struct Named {
    /// The reason that was given.
    pub reason: String,
    /// Each inspection's establishment, quarter from 0, and empty posts.
    pub places: Vec<(String, usize, u32)>,
}

/// The statement on `shown`.
pub(in crate::pack) fn statement(
    shown: &Shown,
    audited: Option<&Audited>,
    named: Option<&Named>,
    mend: Option<&Mend>,
    marking: &str,
) -> Statement {
    let mut blocks = vec![
        Block::Paragraph(
            "To the Ministry of Justice. Under the protocol between HM Inspectorate of Prisons \
             and Ofsted, Ofsted raises at once what it can't staff of the programme, so that a \
             solution can be identified and agreed by all parties."
                .to_owned(),
        ),
        Block::Heading("How much is short".to_owned()),
        Block::Paragraph(total(&shown.total())),
    ];
    if shown.total().posts > 0 {
        blocks.extend(tables(shown));
    }
    blocks.extend(mend.into_iter().flat_map(|mend| mends(shown, mend)));
    if let Some(audited) = audited {
        blocks.push(Block::Heading("What this does not say".to_owned()));
        blocks.push(Block::Paragraph(confidence(audited)));
    }
    if let Some(named) = named {
        blocks.extend(names(named));
    }
    blocks.push(Block::Signature("Deputy Director"));
    Statement {
        marking: marking.to_owned(),
        title: "Resourcing of education inspections in prisons: shortfall".to_owned(),
        blocks,
    }
}

fn total(figures: &Figures) -> String {
    if figures.posts == 0 {
        return "Every post of the programme is filled.".to_owned();
    }
    format!(
        "{} of {} can't be filled. Filling {} with contracted inspectors would take {} and cost \
         {}, travel included.",
        counted(figures.posts, "post"),
        counted(figures.inspections, "inspection"),
        if figures.posts == 1 { "it" } else { "them" },
        counted(figures.inspector_days, "inspector day"),
        pounds(figures.cost.pounds()),
    )
}

/// The tables one after another, and what follows from them.
fn tables(shown: &Shown) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (heading, table) in [
        ("When in the year", Dimension::Quarter),
        ("In which regions", Dimension::Region),
        ("At which types of establishment", Dimension::Type),
        ("Why", Dimension::Cause),
        ("Which posts", Dimension::Role),
    ] {
        let head = [
            table.as_str(),
            "inspections",
            "posts",
            "inspector days",
            "cost",
        ];
        let rows = shown.table(table).map(|group| row(table, group)).collect();
        blocks.push(Block::Heading(heading.to_owned()));
        blocks.push(Block::Table(head.into(), rows));
    }
    blocks.extend([
        Block::Paragraph(
            "The tables are separate counts of the same posts. An inspection can lack posts for \
             several causes and in both roles."
                .to_owned(),
        ),
        Block::Heading("What the parties can agree on".to_owned()),
        Block::List(agreements(shown)),
        Block::Heading("By when".to_owned()),
        Block::List(deadlines(shown)),
    ]);
    blocks
}

fn confidence(audited: &Audited) -> String {
    let sites = |count| {
        if count == 1 {
            "establishment"
        } else {
            "establishments"
        }
    };
    let earlier = match audited.earlier {
        0 => String::new(),
        1 => " and with 1 pack given earlier".to_owned(),
        many => format!(" and with {many} packs given earlier"),
    };
    format!(
        "The programme is held in confidence. Before this was made, each of {} {} of England was \
         found to have a possible programme without any shortfall that agrees with all of these \
         figures{earlier}.",
        audited.establishments,
        sites(audited.establishments),
    )
}

fn names(named: &Named) -> [Block; 3] {
    let row = |(name, quarter, posts): &(String, usize, u32)| {
        vec![
            name.clone(),
            QUARTERS[*quarter].to_owned(),
            posts.to_string(),
        ]
    };
    [
        Block::Heading("Establishments named".to_owned()),
        Block::Paragraph(format!(
            "They are named on purpose, for this reason: {}",
            named.reason
        )),
        Block::Table(
            vec!["establishment", "quarter", "posts"],
            named.places.iter().map(row).collect(),
        ),
    ]
}

fn row(table: Dimension, group: &Group) -> Vec<String> {
    let name = match table {
        Dimension::Quarter => in_words(&group.members, ", "),
        _ => group.members.join(", "),
    };
    let Figures {
        inspections,
        posts,
        inspector_days,
        cost,
    } = group.figures;
    let numbers = [inspections, posts, inspector_days].map(|number| number.to_string());
    [name]
        .into_iter()
        .chain(numbers)
        .chain([pounds(cost.pounds())])
        .collect()
}

fn in_words(quarters: &[String], between: &str) -> String {
    let words: Vec<_> = quarters
        .iter()
        .map(|quarter| format!("{quarter} ({})", months(quarter)))
        .collect();
    words.join(between)
}

fn months(quarter: &str) -> &'static str {
    match quarter {
        "q1" => "April to June",
        "q2" => "July to September",
        "q3" => "October to December",
        _ => "January to March",
    }
}

/// What each group of causes asks of whom.
fn agreements(shown: &Shown) -> Vec<String> {
    let asked = |name: &str| match CAUSES.into_iter().find(|cause| cause.as_str() == name) {
        Some(Cause::Clearance) => "vetting completed or renewed in time, with HMIP's help",
        Some(Cause::SiteCapacity) => "places found on the sites, through HMIP's liaison",
        Some(Cause::DifferentWeek) => "another week for the inspection, agreed by HMIP",
        _ => "more inspectors or more contracted days, to be found by Ofsted with MoJ",
    };
    let short = shown
        .table(Dimension::Cause)
        .filter(|group| group.figures.posts > 0);
    short
        .map(|group| {
            let ways: Vec<_> = group
                .members
                .iter()
                .map(|cause| format!("{cause}: {}", asked(cause)))
                .collect();
            format!(
                "{}: {}",
                counted(group.figures.posts, "post"),
                ways.join("; or ")
            )
        })
        .collect()
}

/// What is of use only before a quarter begins.
fn deadlines(shown: &Shown) -> Vec<String> {
    let short = shown
        .table(Dimension::Quarter)
        .filter(|group| group.figures.posts > 0);
    short
        .map(|group| {
            let first = group
                .members
                .first()
                .map(String::as_str)
                .unwrap_or_default();
            format!(
                "{} in {}: to be settled before {first} begins",
                counted(group.figures.posts, "post"),
                in_words(&group.members, " or "),
            )
        })
        .collect()
}

/// The frontier and the whole mend, as totals of the year.
fn mends(shown: &Shown, mend: &Mend) -> Vec<Block> {
    let row = |told: Told| {
        let changes = if told.changes.is_empty() {
            "none".to_owned()
        } else {
            told.changes
        };
        vec![changes, told.posts.to_string(), told.price.to_string()]
    };
    let mut blocks = vec![
        Block::Heading("What would mend it".to_owned()),
        Block::Paragraph(
            "As few changes as can be, and what they leave short; prices are relative.".to_owned(),
        ),
        Block::Table(
            vec!["changes", "posts still short", "price"],
            mend.frontier().map(row).collect(),
        ),
    ];
    blocks.push(Block::Paragraph(match mend.whole() {
        Some(whole) => format!(
            "Nothing would be short with: {}. Price: {}.",
            whole.changes, whole.price
        ),
        None => "No set of the changes that were looked at mends all.".to_owned(),
    }));
    let mut short = shown
        .table(Dimension::Quarter)
        .filter(|group| group.figures.posts > 0);
    if let Some(first) = short.next().and_then(|group| group.members.first()) {
        blocks.push(Block::Paragraph(format!(
            "To be of use for all of the year they are needed before {first} begins."
        )));
    }
    blocks
}
