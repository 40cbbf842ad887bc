//! ¶23: the prison of a standalone inspection is named to HMIP four months before it, its dates
//! three months before. The programme says when that was done.

use chrono::{Days, Months};

use crate::domain::{DATES_NAMED_MONTHS, Kind, PRISON_NAMED_MONTHS};

use super::{Due, View, What};

pub(super) fn due(view: &View) -> Vec<Due> {
    let mut all = Vec::new();
    for ix in view.eligibility.inspections() {
        let row = view.eligibility.dataset.inspection(ix);
        if row.kind != Kind::Standalone {
            continue;
        }
        // Where it may still move, it is where the plan has it.
        let attendance = view.plan.at(ix);
        let begins = attendance.map_or(row.dates.first(), |at| at.on_site.first());
        for (what, named, months) in [
            (What::PrisonNamed, row.prison_named_on, PRISON_NAMED_MONTHS),
            (What::DatesNamed, row.dates_named_on, DATES_NAMED_MONTHS),
        ] {
            let (None, Some(date)) = (named, begins.checked_sub_months(Months::new(months))) else {
                continue;
            };
            all.push(Due {
                date,
                what,
                inspection: Some(ix),
                person: attendance.map(|at| at.lead),
                detail: format!("begins {begins}"),
                last: begins - Days::new(1),
            });
        }
    }
    all
}
