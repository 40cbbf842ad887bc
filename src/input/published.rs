//! A published plan: an earlier `allocations.csv`, of a result's folder or as `published.csv`.
//!
//! The annual run allocates afresh and does not look at it; re-planning begins with it. Ids that
//! the dataset no longer has are no error for what is still to come: those posts are released.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};

use super::fields::{choice, date, line_of_text};
use super::files::{Files, Found};
use super::open::{Opener, hex};
use super::pins::ROLES;
use super::sheet::Opened;
use super::table::Table;
use super::text::as_meant;
use super::{Cell, Cells};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::domain::{
    Dataset, Given, InspectionIx, InspectorIx, Published, PublishedPost, Role, Status,
};
use crate::format::{FileFormat, PUBLISHED};

/// The weeks, as the file writes them, and whether they are different ones.
const WEEKS: [(&str, bool); 2] = [("normal", false), ("different", true)];

const UNDO: &str = "name a result that Muster wrote, and leave its rows as they are";

/// Says that the annual run does not look at it.
pub fn warn(table: Opened, diagnostics: &mut Diagnostics) {
    if table.is_ok() {
        let message = format!("{} is not used by the annual run", PUBLISHED.name);
        diagnostics.push(
            Diagnostic::at(codes::M0119, Place::file(PUBLISHED.name), message)
                .help("nothing to do; it is for re-planning"),
        );
    }
}

/// Which file holds the plan, and from which day it is made anew.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// What lies before it is settled.
    pub as_of: NaiveDate,
    /// Where that day was given.
    pub as_of_given: Given,
    /// A result's folder, or the dataset's own.
    pub given: Given,
}

/// The plan that the file of `format` holds, an `allocations.csv` or a copy of one. Nothing where
/// something is wrong with it, which is told.
pub fn read(
    files: &(impl Files + ?Sized),
    format: &'static FileFormat,
    dataset: &Dataset,
    asked: Asked,
    diagnostics: &mut Diagnostics,
) -> Option<Published> {
    let file = format.name;
    let nothing = |message: String| {
        let help = "name the folder of the result that was published, with --published";
        Diagnostic::at(codes::M1101, Place::file(file), message).help(help)
    };
    let mut opener = match Opener::of(files) {
        Ok(opener) => opener,
        Err(message) => {
            diagnostics.push(nothing(message));
            return None;
        }
    };
    let text = match opener.text(file, diagnostics) {
        Ok(Some(text)) => text,
        Ok(None) => {
            diagnostics.push(nothing(format!("there is no {file}")));
            return None;
        }
        Err(_) => return None,
    };
    let Found::Bytes(bytes) = files.find(file) else {
        return None;
    };
    let table = Table::read(format, text, diagnostics)?;
    let ids = Ids::of(dataset);
    let mut posts = Vec::new();
    let mut whole = table.complete;
    table.for_each(diagnostics, |cells| match post(&ids, cells) {
        Ok(post) => posts.push(post),
        Err(_) => whole = false,
    });
    let published = Published {
        as_of: asked.as_of,
        as_of_given: asked.as_of_given,
        posts,
        given: asked.given,
        sha256: hex(&Sha256::digest(&bytes)),
        file: bytes,
    };
    let sound = check(dataset, &published, &table, diagnostics);
    (whole && sound).then_some(published)
}

/// The dataset's ids.
struct Ids<'a> {
    inspections: HashMap<&'a str, InspectionIx>,
    inspectors: HashMap<&'a str, InspectorIx>,
}

impl<'a> Ids<'a> {
    fn of(dataset: &'a Dataset) -> Self {
        let inspections = dataset.inspection_ixs();
        let inspectors = dataset.inspector_ixs();
        Self {
            inspections: inspections
                .map(|ix| (dataset.inspection(ix).id.as_str(), ix))
                .collect(),
            inspectors: inspectors
                .map(|ix| (dataset.inspector(ix).id.as_str(), ix))
                .collect(),
        }
    }
}

fn post(ids: &Ids, cells: &mut Cells<'_>) -> Cell<PublishedPost> {
    let mut text = |column| {
        let cell = cells.required(column, line_of_text);
        cell.map(as_meant)
    };
    let (inspection, establishment) = (text("inspection_id"), text("establishment_id"));
    let (inspector, name) = (text("inspector_id"), text("inspector_name"));
    let role = cells.required("role", |text| choice(text, &ROLES));
    let days = cells.span("attend_from", "attend_to");
    let week = cells.required("week", |text| choice(text, &WEEKS));
    let name_due = cells.optional("lead_name_due", date);
    let (inspection, inspector) = (inspection?, inspector?);
    Ok(PublishedPost {
        inspection: ids.inspections.get(inspection).copied(),
        inspection_id: inspection.to_owned(),
        establishment_id: establishment?.to_owned(),
        role: role?,
        inspector: ids.inspectors.get(inspector).copied(),
        inspector_id: inspector.to_owned(),
        inspector_name: name?.to_owned(),
        days: days?,
        different_week: week?,
        name_due: name_due?,
        line: cells.line(),
    })
}

/// Tells what makes the rows no plan, and what is past of it that the dataset can't hold;
/// whether there is none.
fn check(
    dataset: &Dataset,
    published: &Published,
    table: &Table,
    diagnostics: &mut Diagnostics,
) -> bool {
    let before = diagnostics.len();
    let mut of_each: BTreeMap<&str, Vec<&PublishedPost>> = BTreeMap::new();
    for post in &published.posts {
        of_each.entry(&post.inspection_id).or_default().push(post);
    }
    for (id, posts) in of_each {
        let place = |post: &PublishedPost, column: &str| table.source.cell(post.line, column);
        let mut wrong = |code, post: &PublishedPost, column: &str, message: String, help: &str| {
            let report = Diagnostic::at(code, place(post, column), message);
            diagnostics.push(report.help(help));
        };
        let leads = posts.iter().filter(|post| post.role == Role::Lead).count();
        if leads != 1 {
            let message = format!("{id} was published with {leads} leads");
            wrong(codes::M1101, posts[0], "role", message, UNDO);
            continue;
        }
        if let Some(other) = posts.iter().find(|post| post.days != posts[0].days) {
            let message = format!("the team of {id} was not published for the same days");
            wrong(codes::M1101, other, "attend_from", message, UNDO);
        }
        for (at, post) in posts.iter().enumerate() {
            let same = |earlier: &&PublishedPost| earlier.inspector_id == post.inspector_id;
            if posts[..at].iter().any(same) {
                let message = format!("{} was published on {id} twice", post.inspector_id);
                wrong(codes::M1101, post, "inspector_id", message, UNDO);
            }
        }
        if posts[0].days.last() >= published.as_of {
            continue;
        }
        let first = posts[0];
        let Some(inspection) = first.inspection.map(|ix| dataset.inspection(ix)) else {
            let message = format!("{id} was attended, and is no longer in programme.csv");
            let help = "put its row back: what is past can't be planned away";
            wrong(codes::M1102, first, "inspection_id", message, help);
            continue;
        };
        if inspection.status != Status::Planned {
            continue;
        }
        for post in posts.iter().filter(|post| post.inspector.is_none()) {
            let who = &post.inspector_id;
            let message = format!("{who} was at {id}, and is no longer in inspectors.csv");
            let help = "put the row back, with an unavailable span from the day they left";
            wrong(codes::M1102, post, "inspector_id", message, help);
        }
        let there = posts.len() as u32;
        if inspection.team_required.is_none_or(|asked| asked < there) {
            let message = format!("{id} was attended by {there}, and team_required is less");
            let help = "put team_required of programme.csv back: what is past can't be changed";
            wrong(codes::M1103, first, "inspection_id", message, help);
        }
    }
    diagnostics.len() == before
}
