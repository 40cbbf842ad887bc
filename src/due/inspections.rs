//! Of every inspection: its lead's name (¶22), Thursday's feedback bullets and deliberation
//! (¶27), provisional grades of a standalone (¶34), debrief and report (¶31).

use chrono::{Days, NaiveDate};

use crate::domain::{Attendance, Inspection, InspectionIx, Kind};
use crate::eligibility::calendar::monday;
use crate::eligibility::off_site;

use super::{Due, View, What};

pub(super) fn due(view: &View) -> Vec<Due> {
    let mut all = Vec::new();
    for ix in view.eligibility.inspections() {
        let row = view.eligibility.dataset.inspection(ix);
        let attendance = view.plan.at(ix);
        all.push(lead_name(view, ix, row, attendance));
        if let Some(attendance) = attendance {
            all.extend(feedback(ix, row, attendance));
            all.extend(grades(view, ix, row, attendance));
            all.push(report(view, ix, row, attendance));
        }
    }
    all
}

fn lead_name(
    view: &View,
    ix: InspectionIx,
    row: &Inspection,
    attendance: Option<&Attendance>,
) -> Due {
    let start = row.dates.first();
    let begins = attendance.map_or(start, |at| start.min(at.on_site.first()));
    let before = Days::new(u64::from(
        view.eligibility.dataset.policy.notice.lead_name_days,
    ));
    Due {
        date: begins - before,
        what: What::LeadName,
        inspection: Some(ix),
        person: attendance.map(|at| at.lead),
        detail: match attendance {
            Some(_) => format!("begins {begins}"),
            None => "nobody leads it".to_owned(),
        },
        last: begins - Days::new(1),
    }
}

/// The Thursday of the week that holds the inspection's last day; that day itself, where the
/// inspection ends before.
fn feedback(ix: InspectionIx, row: &Inspection, attendance: &Attendance) -> Option<Due> {
    if row.kind == Kind::Standalone {
        return None;
    }
    let end = row.dates.last();
    let thursday = (monday(end) + Days::new(3)).min(end);
    let on_site = attendance.on_site;
    let detail = if on_site.contains(thursday) {
        "bullet points by lunchtime".to_owned()
    } else if attendance.different_week {
        format!(
            "on site {} to {}, a different week: say so in the request to HMIP",
            on_site.first(),
            on_site.last()
        )
    } else {
        format!(
            "bullet points by lunchtime; on site {} to {}",
            on_site.first(),
            on_site.last()
        )
    };
    Some(Due {
        date: thursday,
        what: What::Feedback,
        inspection: Some(ix),
        person: Some(attendance.lead),
        detail,
        last: thursday,
    })
}

fn grades(view: &View, ix: InspectionIx, row: &Inspection, attendance: &Attendance) -> Option<Due> {
    let last_day = attendance.on_site.last();
    (row.kind == Kind::Standalone).then(|| {
        let date = last_day + Days::new(7);
        after(view, What::ProvisionalGrades, ix, date, attendance)
    })
}

fn report(view: &View, ix: InspectionIx, row: &Inspection, attendance: &Attendance) -> Due {
    let eligibility = view.eligibility;
    let policy = &eligibility.dataset.policy;
    let last_day = attendance.on_site.last();
    let date = off_site::report_due(row, last_day, policy, &eligibility.calendar);
    after(view, What::Report, ix, date, attendance)
}

fn after(
    view: &View,
    what: What,
    ix: InspectionIx,
    date: NaiveDate,
    attendance: &Attendance,
) -> Due {
    Due {
        date,
        what,
        inspection: Some(ix),
        person: Some(attendance.lead),
        detail: format!("last on site {}", attendance.on_site.last()),
        last: date + view.days,
    }
}
