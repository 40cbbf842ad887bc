//! `requests.csv`: what HMIP is asked for, or told in its place: different weeks (¶17),
//! clearances (¶18), places on sites (¶19), judgements of IRPs (¶26), late notices (¶22), and
//! the prisons and dates of standalones (¶23).

use chrono::{Days, Months, NaiveDate};

use super::confirmations::name_due;
use crate::domain::{Attendance, DifferentWeek, Inspection, InspectionIx, Kind};
use crate::due::{What, due};
use crate::eligibility::calendar::monday;
use crate::eligibility::scope::Scope;
use crate::eligibility::windows::normal_span;
use crate::explain::{Cause, Shortfall};
use crate::pack::{Sources, counted, named, span};

/// One request.
pub(super) struct Request {
    inspection: InspectionIx,
    request: &'static str,
    detail: String,
    by: NaiveDate,
}

/// All of them, by the day by which they are to be settled.
pub(super) fn requests(sources: &Sources) -> Vec<Request> {
    let eligibility = sources.eligibility;
    let dataset = eligibility.dataset;
    let mut all = Vec::new();
    // What is over is no request any more (H17).
    for ix in eligibility
        .inspections()
        .filter(|ix| !eligibility.is_over(*ix))
    {
        let row = dataset.inspection(ix);
        all.extend(week_that_is_used(sources, ix, row));
        all.extend(judgement(sources, ix));
        all.extend(late_notice(sources, ix, row));
    }
    let open = sources.past.shortfalls.iter();
    for shortfall in open.filter(|shortfall| !eligibility.is_over(shortfall.inspection)) {
        all.extend(of_shortfall(sources, shortfall));
    }
    all.extend(papers_and_names(sources));
    all.sort_by_key(|one| {
        let id = dataset.inspection(one.inspection).id.clone();
        (one.by, id, one.request, one.detail.clone())
    });
    all
}

fn week_that_is_used(sources: &Sources, ix: InspectionIx, row: &Inspection) -> Option<Request> {
    let attendance = sources.past.allocation.plan.at(ix)?;
    if !attendance.different_week || row.different_week == DifferentWeek::Agreed {
        return None;
    }
    let policy = &sources.eligibility.dataset.policy;
    let without = if policy.different_week.to_fill_teams {
        "without it fewer of its posts can be filled, or none"
    } else {
        "without it nobody can lead, and Ofsted does not attend"
    };
    Some(Request {
        inspection: ix,
        request: "different-week",
        detail: format!(
            "on site {} instead of {}: {without}{}",
            span(attendance.on_site),
            span(normal_span(row)),
            deliberation(row, attendance)
        ),
        by: name_due(sources, ix),
    })
}

/// What a different week has to say where Ofsted is not there on the Thursday of the
/// inspection's last week (¶27, 28).
fn deliberation(row: &Inspection, attendance: &Attendance) -> String {
    let end = row.dates.last();
    let thursday = (monday(end) + Days::new(3)).min(end);
    if row.kind == Kind::Standalone || attendance.on_site.contains(thursday) {
        return String::new();
    }
    format!("; the feedback and deliberation of {thursday} can't be met on site")
}

fn judgement(sources: &Sources, ix: InspectionIx) -> Option<Request> {
    let scope = sources.eligibility.scopes[ix.get()];
    matches!(scope, Scope::In { provisional: true }).then(|| Request {
        inspection: ix,
        request: "irp-confirmation",
        detail: "the previous judgement of education, skills and work is awaited".to_owned(),
        by: name_due(sources, ix),
    })
}

fn late_notice(sources: &Sources, ix: InspectionIx, row: &Inspection) -> Option<Request> {
    let months = sources.eligibility.dataset.policy.notice.programme_months;
    let start = row.dates.first();
    let by = start.checked_sub_months(Months::new(months))?;
    let told = row.notified_on.filter(|told| *told > by)?;
    (row.kind != Kind::Standalone).then(|| Request {
        inspection: ix,
        request: "late-notice",
        detail: format!(
            "Ofsted was told on {told}, less than {} before {start}",
            counted(months, "month")
        ),
        by,
    })
}

fn of_shortfall(sources: &Sources, shortfall: &Shortfall) -> Option<Request> {
    let ix = shortfall.inspection;
    let posts = match shortfall.role {
        crate::domain::Role::Lead => "the lead's post".to_owned(),
        crate::domain::Role::Team => counted(shortfall.posts, "team post"),
    };
    let attendance = sources.past.allocation.plan.at(ix);
    let row = sources.eligibility.dataset.inspection(ix);
    let days = span(attendance.map_or(normal_span(row), |at| at.on_site));
    let (request, detail) = match shortfall.cause {
        Cause::SiteCapacity => {
            let places = counted(shortfall.posts, "place");
            let detail =
                format!("{places} more on the site {days}: without, {posts} would stay empty");
            ("capacity", detail)
        }
        Cause::DifferentWeek => {
            let detail = format!("another week than {days} would fill {posts}");
            ("different-week", detail)
        }
        // Whose papers they are is found with what falls due.
        Cause::Clearance | Cause::Resourcing => return None,
    };
    Some(Request {
        inspection: ix,
        request,
        detail,
        by: name_due(sources, ix),
    })
}

/// Clearances that would fill a post, and standalones that are still to be named.
fn papers_and_names(sources: &Sources) -> Vec<Request> {
    let &Sources {
        eligibility, past, ..
    } = sources;
    // All that falls due in the year, whatever the day is.
    let year = eligibility.dataset.policy.programme_year;
    let on = NaiveDate::from_ymd_opt(year - 1, 1, 1).unwrap_or_default();
    let plan = &past.allocation.plan;
    due(eligibility, plan, &past.shortfalls, on, u16::MAX)
        .into_iter()
        .filter_map(|one| {
            let (request, detail) = match one.what {
                What::PapersForPost => ("clearance", one.detail),
                What::PrisonNamed => ("dates", "Ofsted names the prison".to_owned()),
                What::DatesNamed => ("dates", "Ofsted names the dates".to_owned()),
                _ => return None,
            };
            Some(Request {
                inspection: one.inspection?,
                request,
                detail,
                by: one.date,
            })
        })
        .collect()
}

impl Request {
    /// The columns of the file, the marking apart.
    pub(super) const COLUMNS: [&'static str; 4] = ["inspection_id", "request", "detail", "by"];

    pub(super) fn cells(&self, sources: &Sources) -> [String; 4] {
        let row = sources.eligibility.dataset.inspection(self.inspection);
        [
            row.id.clone(),
            self.request.to_owned(),
            self.detail.clone(),
            self.by.to_string(),
        ]
    }

    /// Its row in the statement.
    pub(super) fn shown(&self, sources: &Sources) -> Vec<String> {
        vec![
            named(sources, self.inspection),
            self.request.to_owned(),
            self.detail.clone(),
            self.by.to_string(),
        ]
    }
}
