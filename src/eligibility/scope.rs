//! H3 and H4: which entries of the programme Ofsted staffs (¶16, ¶26).

use crate::domain::{Country, Dataset, Inspection, Judgement, Kind, Status};

/// Whether an entry of the programme is Ofsted's to staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// It is.
    In {
        /// Its previous judgement is still awaited, so that it may yet fall out (¶26).
        provisional: bool,
    },
    /// It is not.
    Out(OutOfScope),
}

/// Why an entry is not Ofsted's to staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutOfScope {
    /// It does not happen.
    Cancelled,
    /// It has no date any more.
    Postponed,
    /// It is in Wales: Estyn's (H3).
    Estyn,
    /// HMIP has said that Ofsted does not attend.
    NotAttended,
    /// An IRP whose previous judgement asks for no review of Ofsted's (H4).
    Judgement,
}

impl OutOfScope {
    /// As written in `out-of-scope.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Postponed => "postponed",
            Self::Estyn => "estyn",
            Self::NotAttended => "not-attended",
            Self::Judgement => "judgement",
        }
    }
}

/// The scope of `inspection`.
pub fn scope(dataset: &Dataset, inspection: &Inspection) -> Scope {
    match inspection.status {
        Status::Cancelled => return Scope::Out(OutOfScope::Cancelled),
        Status::Postponed => return Scope::Out(OutOfScope::Postponed),
        Status::Planned => {}
    }
    if dataset.establishment(inspection.establishment).country == Country::Wales {
        return Scope::Out(OutOfScope::Estyn);
    }
    if inspection.ofsted_attends == Some(false) {
        return Scope::Out(OutOfScope::NotAttended);
    }
    if inspection.kind != Kind::Irp || inspection.ofsted_attends == Some(true) {
        return Scope::In { provisional: false };
    }
    match inspection.previous_esw {
        Some(Judgement::RequiresImprovement | Judgement::Inadequate) => {
            Scope::In { provisional: false }
        }
        Some(Judgement::Awaited) => Scope::In { provisional: true },
        _ => Scope::Out(OutOfScope::Judgement),
    }
}
