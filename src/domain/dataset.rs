//! A whole year's dataset.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    Availability, Conflict, Establishment, EstablishmentIx, Given, History, Inspection,
    InspectionIx, Inspector, InspectorIx, Pin, Policy, Published,
};

/// A file that was read, and the hash of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// Its name inside the dataset's folder.
    pub name: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// A dataset that a scenario makes of another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseOf {
    /// The case's name.
    pub id: String,
    /// SHA-256 of its changes as a file, in lower-case hexadecimal.
    pub sha256: String,
}

/// Everything a dataset's folder holds, its references resolved.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// `policy.toml`.
    pub policy: Policy,
    /// `establishments.csv`, in the file's order.
    pub establishments: Vec<Establishment>,
    /// `programme.csv`, in the file's order.
    pub programme: Vec<Inspection>,
    /// `inspectors.csv`, in the file's order.
    pub inspectors: Vec<Inspector>,
    /// `availability.csv`, in the file's order.
    pub availability: Vec<Availability>,
    /// `conflicts.csv`, in the file's order.
    pub conflicts: Vec<Conflict>,
    /// `pins.csv`, in the file's order.
    pub pins: Vec<Pin>,
    /// `history.csv`, in the file's order.
    pub history: Vec<History>,
    /// `bank_holidays.csv`: each day with its name.
    pub bank_holidays: BTreeMap<NaiveDate, String>,
    /// The plan that is made anew; `None` in an annual run.
    pub published: Option<Published>,
    /// The case of a what-if that it is; `None`: it is as its files are.
    pub case: Option<CaseOf>,
    /// The files that were read, by name.
    pub inputs: Vec<InputFile>,
}

impl Dataset {
    /// The day on which it is planned: that of a re-planning, else the policy's.
    pub fn planned_on(&self) -> Option<NaiveDate> {
        let published = self.published.as_ref();
        let anew = published.filter(|published| published.given != Given::InBase);
        anew.map(|published| published.as_of).or(self.policy.as_of)
    }

    /// The establishment at `ix`.
    pub fn establishment(&self, ix: EstablishmentIx) -> &Establishment {
        &self.establishments[ix.get()]
    }

    /// The inspection at `ix`.
    pub fn inspection(&self, ix: InspectionIx) -> &Inspection {
        &self.programme[ix.get()]
    }

    /// The inspector at `ix`.
    pub fn inspector(&self, ix: InspectorIx) -> &Inspector {
        &self.inspectors[ix.get()]
    }

    /// Every inspection, in the file's order.
    pub fn inspection_ixs(&self) -> impl Iterator<Item = InspectionIx> + use<> {
        (0..self.programme.len()).map(InspectionIx::new)
    }

    /// Every inspector, in the file's order.
    pub fn inspector_ixs(&self) -> impl Iterator<Item = InspectorIx> + use<> {
        (0..self.inspectors.len()).map(InspectorIx::new)
    }
}
