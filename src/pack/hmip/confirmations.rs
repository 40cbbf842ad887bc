//! `confirmations.csv`: every entry of the programme, and whether Ofsted attends.

use chrono::{Days, NaiveDate};

use crate::domain::{Attendance, InspectionIx};
use crate::eligibility::scope::{OutOfScope, Scope};
use crate::pack::{Sources, named, span};

/// What is confirmed of one entry.
pub(super) struct Confirmation<'a> {
    inspection: InspectionIx,
    confirmed: &'static str,
    /// Ofsted's attendance, where there is one.
    pub(super) attendance: Option<&'a Attendance>,
    lead_name_due: Option<NaiveDate>,
}

/// All of them, by HMIP's first day.
pub(super) fn confirmations<'a>(sources: &'a Sources) -> Vec<Confirmation<'a>> {
    let dataset = sources.eligibility.dataset;
    let mut all: Vec<_> = dataset
        .inspection_ixs()
        .map(|inspection| of(sources, inspection))
        .collect();
    all.sort_by_key(|one| {
        let row = dataset.inspection(one.inspection);
        (row.dates.first(), row.id.clone())
    });
    all
}

fn of<'a>(sources: &'a Sources, inspection: InspectionIx) -> Confirmation<'a> {
    let eligibility = sources.eligibility;
    let attendance = sources.past.allocation.plan.at(inspection);
    let confirmed = match (eligibility.scopes[inspection.get()], attendance) {
        (Scope::Out(OutOfScope::Estyn), _) => "estyn",
        (Scope::Out(_), _) => "out-of-scope",
        (Scope::In { .. }, None) => "no",
        (Scope::In { provisional: true }, Some(_)) => "provisional",
        (Scope::In { provisional: false }, Some(_)) => "yes",
    };
    Confirmation {
        inspection,
        confirmed,
        attendance,
        lead_name_due: attendance.map(|_| name_due(sources, inspection)),
    }
}

/// When the lead's name is due to HMIP (¶22).
pub(super) fn name_due(sources: &Sources, inspection: InspectionIx) -> NaiveDate {
    let dataset = sources.eligibility.dataset;
    let start = dataset.inspection(inspection).dates.first();
    let attendance = sources.past.allocation.plan.at(inspection);
    let begins = attendance.map_or(start, |at| start.min(at.on_site.first()));
    begins - Days::new(u64::from(dataset.policy.notice.lead_name_days))
}

impl Confirmation<'_> {
    /// The columns of the file, the marking apart.
    pub(super) const COLUMNS: [&'static str; 8] = [
        "inspection_id",
        "establishment_id",
        "kind",
        "confirmed",
        "attend_from",
        "attend_to",
        "team",
        "lead_name_due",
    ];

    pub(super) fn cells(&self, sources: &Sources) -> [String; 8] {
        let dataset = sources.eligibility.dataset;
        let row = dataset.inspection(self.inspection);
        let on_site = self.attendance.map(|at| at.on_site);
        let day = |day: Option<NaiveDate>| day.map_or(String::new(), |day| day.to_string());
        [
            row.id.clone(),
            dataset.establishment(row.establishment).id.clone(),
            row.kind.as_str().to_owned(),
            self.confirmed.to_owned(),
            day(on_site.map(|days| days.first())),
            day(on_site.map(|days| days.last())),
            self.team(),
            day(self.lead_name_due),
        ]
    }

    /// How many come, the lead included.
    fn team(&self) -> String {
        let people = self.attendance.map(|at| 1 + at.team.len());
        people.map_or(String::new(), |people| people.to_string())
    }

    /// Its row in the statement.
    pub(super) fn shown(&self, sources: &Sources) -> Vec<String> {
        let row = sources.eligibility.dataset.inspection(self.inspection);
        let on_site = self.attendance.map(|at| span(at.on_site));
        let due = self.lead_name_due.map(|due| due.to_string());
        vec![
            named(sources, self.inspection),
            row.kind.as_str().to_owned(),
            self.confirmed.to_owned(),
            on_site.unwrap_or_default(),
            self.team(),
            due.unwrap_or_default(),
        ]
    }
}
