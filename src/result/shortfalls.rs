//! `shortfalls.csv`: the empty posts as they were explained, and that they are the plan's.

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::domain::{InspectionIx, Role};
use crate::eligibility::Eligibility;
use crate::explain::{Cause, Shortfall, days_of_post};
use crate::format::SHORTFALLS;
use crate::input::{ROLES, Reported, Table, as_meant, choice, line_of_text, whole};

use super::ids::Ids;
use super::posts::Posts;

/// The rows that could be read.
pub(super) struct Rows {
    /// Sorted by inspection, role and cause.
    pub(super) rows: Vec<Shortfall>,
    /// The first line that speaks of an inspection's role.
    lines: BTreeMap<(InspectionIx, Role), u32>,
}

const CAUSES: [(&str, Cause); 4] = [
    (Cause::Clearance.as_str(), Cause::Clearance),
    (Cause::SiteCapacity.as_str(), Cause::SiteCapacity),
    (Cause::DifferentWeek.as_str(), Cause::DifferentWeek),
    (Cause::Resourcing.as_str(), Cause::Resourcing),
];

/// The rows of `table`.
pub(super) fn read(
    table: &Table,
    eligibility: &Eligibility,
    ids: &Ids,
    diagnostics: &mut Diagnostics,
) -> Rows {
    let mut found = Rows {
        rows: Vec::new(),
        lines: BTreeMap::new(),
    };
    table.for_each(diagnostics, |cells| {
        let inspection = ids.inspection(cells);
        let role = cells.required("role", |text| choice(text, &ROLES));
        let posts = cells.required("posts", |text| whole(text, 1..=1000));
        let cause = cells.required("cause", |text| choice(text, &CAUSES));
        let explanation = cells.required("explanation", line_of_text);
        let row = (|| {
            let (inspection, role, posts) = (inspection?, role?, posts?);
            let explanation = as_meant(explanation?).to_owned();
            Ok::<_, Reported>(Shortfall {
                inspection,
                role,
                posts,
                inspector_days: posts * days_of_post(eligibility, inspection, role),
                cause: cause?,
                explanation,
            })
        })();
        if let Ok(row) = row {
            let line = cells.line();
            found
                .lines
                .entry((row.inspection, row.role))
                .or_insert(line);
            found.rows.push(row);
        }
    });
    found
        .rows
        .sort_by_key(|row| (row.inspection, row.role, row.cause));
    found
}

/// Reports each inspection and role of which other posts are empty than the rows say.
pub(super) fn check(
    found: &Rows,
    eligibility: &Eligibility,
    posts: &Posts,
    diagnostics: &mut Diagnostics,
) {
    let mut filled: BTreeMap<(InspectionIx, Role), u32> = BTreeMap::new();
    for row in &posts.rows {
        let post = &eligibility.engagements[row.engagement];
        *filled.entry((post.inspection, post.role)).or_default() += 1;
    }
    for inspection in eligibility.dataset.inspection_ixs() {
        for role in [Role::Lead, Role::Team] {
            let of_role = |row: &&Shortfall| row.inspection == inspection && row.role == role;
            let said: u32 = found.rows.iter().filter(of_role).map(|row| row.posts).sum();
            let asked = match (eligibility.in_scope(inspection), role) {
                (false, _) => 0,
                (true, Role::Lead) => 1,
                (true, Role::Team) => eligibility.team_posts(inspection),
            };
            let empty = asked - filled.get(&(inspection, role)).copied().unwrap_or(0);
            if said == empty {
                continue;
            }
            let id = &eligibility.dataset.inspection(inspection).id;
            let message = format!(
                "empty {} posts of {id}: {said} here, and {empty} in the plan",
                role.as_str()
            );
            let place = match found.lines.get(&(inspection, role)) {
                Some(line) => diagnostics.cell(SHORTFALLS.name, *line, "posts"),
                None => Place::file(SHORTFALLS.name),
            };
            diagnostics.push(
                Diagnostic::at(codes::M0808, place, message)
                    .help("undo the edit, or allocate again"),
            );
        }
    }
}
