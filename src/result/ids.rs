//! The dataset's ids, looked up from the cells of a result.

use std::collections::HashMap;

use crate::diagnostics::{Diagnostic, codes, nearest, quoted};
use crate::domain::{Dataset, InspectionIx, InspectorIx};
use crate::format::{INSPECTORS, PROGRAMME};
use crate::input::{Cell, Cells, as_meant, line_of_text};

/// The ids that a result may name.
pub(super) struct Ids<'a> {
    inspections: HashMap<&'a str, usize>,
    inspectors: HashMap<&'a str, usize>,
}

impl<'a> Ids<'a> {
    /// Those of `dataset`.
    pub(super) fn of(dataset: &'a Dataset) -> Self {
        let inspections = dataset.programme.iter().map(|row| row.id.as_str());
        let inspectors = dataset.inspectors.iter().map(|row| row.id.as_str());
        Self {
            inspections: std::iter::zip(inspections, 0..).collect(),
            inspectors: std::iter::zip(inspectors, 0..).collect(),
        }
    }

    /// The inspection that a row names.
    pub(super) fn inspection(&self, cells: &mut Cells<'_>) -> Cell<InspectionIx> {
        find(&self.inspections, cells, "inspection_id", PROGRAMME.name).map(InspectionIx::new)
    }

    /// The inspector whom a row names.
    pub(super) fn inspector(&self, cells: &mut Cells<'_>) -> Cell<InspectorIx> {
        find(&self.inspectors, cells, "inspector_id", INSPECTORS.name).map(InspectorIx::new)
    }
}

fn find(
    known: &HashMap<&str, usize>,
    cells: &mut Cells<'_>,
    column: &'static str,
    file: &str,
) -> Cell<usize> {
    let id = cells.required(column, line_of_text)?;
    if let Some(position) = known.get(id).or_else(|| known.get(as_meant(id))) {
        return Ok(*position);
    }
    let mut ids: Vec<&str> = known.keys().copied().collect();
    ids.sort_unstable();
    let message = format!("{column} {} is not in {file}", quoted(id));
    Err(cells.report(
        Diagnostic::at(codes::M0804, cells.place(column), message)
            .cell(id)
            .help("Muster wrote no such row: undo the edit, or allocate again")
            .suggest(nearest(id, ids)),
    ))
}
