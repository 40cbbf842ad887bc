//! What is confirmed of each inspection of the programme.

use chrono::{Days, NaiveDate};

use crate::domain::{Dataset, DateSpan, InspectionIx, Plan};
use crate::eligibility::Eligibility;
use crate::eligibility::scope::{OutOfScope, Scope};

/// How far an inspection is confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Confirmed {
    /// Ofsted attends.
    Yes,
    /// It is not attended: nobody leads it.
    No,
    /// Ofsted attends if the judgement that is awaited asks for it (¶26).
    Provisional,
    /// It is Estyn's (¶16).
    Estyn,
    /// It is not Ofsted's to attend.
    OutOfScope,
}

impl Confirmed {
    fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Provisional => "provisional",
            Self::Estyn => "estyn",
            Self::OutOfScope => "out-of-scope",
        }
    }
}

/// One inspection.
#[derive(Clone, Debug)]
pub(super) struct Confirmation {
    pub(super) inspection: InspectionIx,
    pub(super) confirmed: Confirmed,
    on_site: Option<DateSpan>,
    team: usize,
    pub(super) lead_name_due: Option<NaiveDate>,
}

impl Confirmation {
    pub(super) fn cells(&self, dataset: &Dataset) -> [String; 8] {
        let row = dataset.inspection(self.inspection);
        let date = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        [
            row.id.clone(),
            dataset.establishment(row.establishment).id.clone(),
            row.kind.as_str().to_owned(),
            self.confirmed.as_str().to_owned(),
            date(self.on_site.map(DateSpan::first)),
            date(self.on_site.map(DateSpan::last)),
            self.on_site
                .map(|_| self.team.to_string())
                .unwrap_or_default(),
            date(self.lead_name_due),
        ]
    }
}

/// When the name of the lead is due to HMIP (¶22).
pub(super) fn lead_name_due(dataset: &Dataset, plan: &Plan, inspection: InspectionIx) -> NaiveDate {
    let start = dataset.inspection(inspection).dates.first();
    let begins = plan
        .at(inspection)
        .map_or(start, |at| start.min(at.on_site.first()));
    begins - Days::new(u64::from(dataset.policy.notice.lead_name_days))
}

/// Every inspection, by date, then id.
pub(super) fn confirmations(eligibility: &Eligibility, plan: &Plan) -> Vec<Confirmation> {
    let dataset = eligibility.dataset;
    let mut all: Vec<_> = dataset
        .inspection_ixs()
        .map(|ix| {
            let attendance = plan.at(ix);
            let confirmed = match (eligibility.scopes[ix.get()], attendance) {
                (Scope::Out(OutOfScope::Estyn), _) => Confirmed::Estyn,
                (Scope::Out(_), _) => Confirmed::OutOfScope,
                (Scope::In { .. }, None) => Confirmed::No,
                (Scope::In { provisional: true }, Some(_)) => Confirmed::Provisional,
                (Scope::In { provisional: false }, Some(_)) => Confirmed::Yes,
            };
            Confirmation {
                inspection: ix,
                confirmed,
                on_site: attendance.map(|at| at.on_site),
                team: attendance.map_or(0, |at| 1 + at.team.len()),
                lead_name_due: eligibility
                    .in_scope(ix)
                    .then(|| lead_name_due(dataset, plan, ix)),
            }
        })
        .collect();
    all.sort_by_key(|one| {
        let row = dataset.inspection(one.inspection);
        (row.dates.first(), row.id.clone())
    });
    all
}
