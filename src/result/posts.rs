//! `allocations.csv`: each row alone. It names an inspection, somebody and a window of the
//! dataset, says what the dataset says of them, and is a post that they may hold.

use std::collections::BTreeSet;

use crate::check::words;
use crate::diagnostics::{Diagnostic, Diagnostics, codes, quoted};
use crate::domain::{DateSpan, InspectionIx, InspectorIx, Role};
use crate::eligibility::{Candidate, Eligibility};
use crate::input::{Cell, Cells, ROLES, Table, as_meant, choice, line_of_text};

use super::ids::Ids;

/// What is to be done about a row that Muster did not write so.
pub(super) const UNDO: &str = "undo the edit; to settle a post by hand, pin it and allocate again";

/// A filled post.
#[derive(Clone, Copy, Debug)]
pub(super) struct PostRow {
    /// Of which inspection, in which window and role: a position in
    /// [`Eligibility::engagements`].
    pub(super) engagement: usize,
    /// Held by whom.
    pub(super) person: InspectorIx,
    /// Its line in the file, from 1.
    pub(super) line: u32,
}

/// The rows that could be read.
#[derive(Debug, Default)]
pub(super) struct Posts {
    /// In the file's order.
    pub(super) rows: Vec<PostRow>,
    /// Inspections with a row of which something was told already.
    pub(super) told: BTreeSet<InspectionIx>,
    /// Whether every row could be read.
    pub(super) whole: bool,
}

/// The weeks, as the file writes them, and whether they are different ones.
const WEEKS: [(&str, bool); 2] = [("normal", false), ("different", true)];

/// Reads rows against one year.
pub(super) struct Reader<'a> {
    pub(super) eligibility: &'a Eligibility<'a>,
    pub(super) ids: &'a Ids<'a>,
    /// Whether the result was made of this dataset: only then is it asked what its rules say.
    pub(super) same_dataset: bool,
}

impl Reader<'_> {
    /// The rows of `table`.
    pub(super) fn read(&self, table: &Table, diagnostics: &mut Diagnostics) -> Posts {
        let mut posts = Posts {
            whole: table.complete,
            ..Posts::default()
        };
        table.for_each(diagnostics, |cells| {
            let inspection = self.ids.inspection(cells);
            match self.row(inspection, cells) {
                Ok(row) => posts.rows.extend(row),
                Err(_) => {
                    posts.whole = false;
                    posts.told.extend(inspection.ok());
                }
            }
        });
        posts
    }

    /// The post that a row says; nothing of another dataset's result, whose windows and people
    /// may be others.
    fn row(&self, inspection: Cell<InspectionIx>, cells: &mut Cells<'_>) -> Cell<Option<PostRow>> {
        let person = self.ids.inspector(cells);
        let role = cells.required("role", |text| choice(text, &ROLES));
        let days = cells.span("attend_from", "attend_to");
        let week = cells.required("week", |text| choice(text, &WEEKS));
        let (inspection, person, role, days) = (inspection?, person?, role?, days?);
        let different_week = week?;
        if !self.same_dataset {
            return Ok(None);
        }
        let dataset = self.eligibility.dataset;
        let (row, inspector) = (dataset.inspection(inspection), dataset.inspector(person));
        let site = dataset.establishment(row.establishment);
        for (column, expected) in [
            ("establishment_id", site.id.as_str()),
            ("kind", row.kind.as_str()),
            ("inspector_name", &inspector.name),
            ("grade", inspector.grade.as_str()),
        ] {
            let said = cells.required(column, line_of_text)?;
            if said != expected && as_meant(said) != expected {
                let message = format!(
                    "{column} {} is not what the dataset has",
                    quoted(as_meant(said))
                );
                return Err(cells.report(
                    Diagnostic::at(codes::M0805, cells.place(column), message)
                        .cell(said)
                        .help(UNDO)
                        .suggest(Some(expected)),
                ));
            }
        }
        let Some(engagement) = self.engagement(inspection, role, days, different_week) else {
            let (column, why) = if !self.eligibility.in_scope(inspection) {
                ("inspection_id", format!("{} is out of scope", row.id))
            } else if role == Role::Team && self.eligibility.team_posts(inspection) == 0 {
                ("role", format!("{} has no team beside its lead", row.id))
            } else {
                let kind = if different_week {
                    "different week"
                } else {
                    "normal window"
                };
                let (first, last) = (days.first(), days.last());
                let why = format!("{first} to {last} is no {kind} of {}", row.id);
                ("attend_from", why)
            };
            return Err(
                cells.report(Diagnostic::at(codes::M0805, cells.place(column), why).help(UNDO))
            );
        };
        let candidate = Candidate { engagement, person };
        let reasons = self.eligibility.reasons(candidate);
        let is_settled = self.eligibility.settled.is_settled(candidate);
        if let Some(first) = reasons.first().filter(|_| !is_settled) {
            let what = match role {
                Role::Lead => format!("{} can't lead {}", inspector.id, row.id),
                Role::Team => format!("{} can't be on the team of {}", inspector.id, row.id),
            };
            let (why, _) = words::of(dataset, person, inspection, *first);
            let message = format!("{what}: {why} ({})", first.rule());
            return Err(cells.report(
                Diagnostic::at(codes::M0806, cells.place("inspector_id"), message)
                    .cell(&inspector.id)
                    .help(UNDO),
            ));
        }
        Ok(Some(PostRow {
            engagement,
            person,
            line: cells.line(),
        }))
    }

    /// The post in the window whose first and last day on site are those of `days`.
    fn engagement(
        &self,
        inspection: InspectionIx,
        role: Role,
        days: DateSpan,
        different_week: bool,
    ) -> Option<usize> {
        let windows = &self.eligibility.windows[inspection.get()];
        let window = windows.iter().position(|window| {
            window.different_week == different_week
                && window.on_site.first() == Some(&days.first())
                && window.on_site.last() == Some(&days.last())
        })?;
        self.eligibility.engagement_of(inspection, window, role)
    }
}
