//! What an id on the command line stands for.

use super::Exit;
use super::output::complain;
use crate::diagnostics::{nearest, quoted};
use crate::domain::{Dataset, InspectionIx, InspectorIx};

/// The inspection of that id.
pub(super) fn inspection(dataset: &Dataset, id: &str) -> Result<InspectionIx, Exit> {
    let ids = dataset.programme.iter().map(|row| row.id.as_str());
    position(id, ids, "inspection").map(InspectionIx::new)
}

/// The inspector of that id.
pub(super) fn inspector(dataset: &Dataset, id: &str) -> Result<InspectorIx, Exit> {
    let ids = dataset.inspectors.iter().map(|row| row.id.as_str());
    position(id, ids, "inspector").map(InspectorIx::new)
}

fn position<'a>(
    id: &str,
    ids: impl Iterator<Item = &'a str> + Clone,
    what: &str,
) -> Result<usize, Exit> {
    ids.clone().position(|known| known == id).ok_or_else(|| {
        let near = nearest(id, ids).map(|near| format!("; did you mean {}?", quoted(near)));
        let near = near.unwrap_or_default();
        wrong(&format!("the dataset has no {what} {}{near}", quoted(id)))
    })
}

/// Says that a question can't be meant so.
pub(super) fn wrong(message: &str) -> Exit {
    complain(message);
    Exit::BadInput
}
