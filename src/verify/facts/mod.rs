//! What follows from a dataset's rows, computed afresh for the checker: day by day, in the
//! plainest way there is, and apart from what the planner computes for itself.

mod calendar;
mod money;
mod off_site;
mod people;
mod places;
mod placing;
mod scope;
mod settled;
mod windows;

use std::collections::HashMap;

use crate::domain::{Availability, Dataset, Establishment, InspectionIx, InspectorIx};

pub use calendar::{monday_of, quarter_of, week_number};
pub use off_site::{Task, Work};
pub use placing::Owed;
pub use scope::OutOfScope;
pub use windows::Window;

/// A dataset, with what the rules ask of it.
pub struct Facts<'a> {
    pub dataset: &'a Dataset,
    inspections: HashMap<&'a str, InspectionIx>,
    inspectors: HashMap<&'a str, InspectorIx>,
    /// The spans of `availability.csv`, by person.
    spans: Vec<Vec<&'a Availability>>,
    /// The windows, by inspection.
    windows: Vec<Vec<Window>>,
}

impl<'a> Facts<'a> {
    /// The facts of `dataset`.
    pub fn new(dataset: &'a Dataset) -> Self {
        let mut facts = Self {
            dataset,
            inspections: dataset
                .inspection_ixs()
                .map(|ix| (dataset.inspection(ix).id.as_str(), ix))
                .collect(),
            inspectors: dataset
                .inspector_ixs()
                .map(|ix| (dataset.inspector(ix).id.as_str(), ix))
                .collect(),
            spans: vec![Vec::new(); dataset.inspectors.len()],
            windows: Vec::new(),
        };
        for row in &dataset.availability {
            facts.spans[row.inspector.get()].push(row);
        }
        facts.windows = dataset
            .inspection_ixs()
            .map(|ix| facts.list_windows(dataset.inspection(ix)))
            .collect();
        facts
    }

    /// The inspection called `id`.
    pub fn inspection_by_id(&self, id: &str) -> Option<InspectionIx> {
        self.inspections.get(id).copied()
    }

    /// The inspector called `id`.
    pub fn inspector_by_id(&self, id: &str) -> Option<InspectorIx> {
        self.inspectors.get(id).copied()
    }

    /// Where an inspection is.
    pub fn site(&self, inspection: InspectionIx) -> &'a Establishment {
        let dataset = self.dataset;
        dataset.establishment(dataset.inspection(inspection).establishment)
    }

    /// Ofsted's team there, lead included.
    pub fn team_required(&self, inspection: InspectionIx) -> i64 {
        self.dataset
            .inspection(inspection)
            .team_required
            .map_or(0, i64::from)
    }
}
