//! What HMIP is asked, each with what it is about and by when it must be answered.

use chrono::{Days, Months, NaiveDate};

use crate::domain::{Attendance, DifferentWeek, Inspection, InspectionIx, Kind};
use crate::due::{self, What};
use crate::eligibility::calendar::monday;
use crate::eligibility::scope::Scope;
use crate::eligibility::{Eligibility, windows};
use crate::explain::{Cause, Shortfall};
use crate::result::PastRun;

use super::confirmations::lead_name_due;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asked {
    /// To agree a different week (¶17).
    DifferentWeek,
    /// To help with a clearance (¶18).
    Clearance,
    /// To find places on the site (¶19).
    Capacity,
    /// To say whether an IRP needs Ofsted (¶26).
    IrpConfirmation,
    /// To note that the notice was later than six months (¶22).
    LateNotice,
    /// To say which week is meant.
    Dates,
}

impl Asked {
    /// As programs read it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::DifferentWeek => "different-week",
            Self::Clearance => "clearance",
            Self::Capacity => "capacity",
            Self::IrpConfirmation => "irp-confirmation",
            Self::LateNotice => "late-notice",
            Self::Dates => "dates",
        }
    }

    /// As people read it.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::DifferentWeek => "a different week",
            Self::Clearance => "help with a clearance",
            Self::Capacity => "places on the site",
            Self::IrpConfirmation => "whether the IRP needs Ofsted",
            Self::LateNotice => "late notice",
            Self::Dates => "which week is meant",
        }
    }
}

/// One request.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) inspection: InspectionIx,
    pub(super) what: Asked,
    pub(super) detail: String,
    pub(super) by: NaiveDate,
}

/// Every request, by date, then inspection.
pub(super) fn requests(eligibility: &Eligibility, past: &PastRun) -> Vec<Request> {
    let dataset = eligibility.dataset;
    let plan = &past.allocation.plan;
    let mut all = Vec::new();
    for ix in eligibility.inspections() {
        let row = dataset.inspection(ix);
        let mut ask = |what, detail: String| {
            all.push(Request {
                inspection: ix,
                what,
                detail,
                by: lead_name_due(dataset, plan, ix),
            });
        };
        let moved = plan
            .at(ix)
            .filter(|at| at.different_week && row.different_week == DifferentWeek::Ask);
        if let Some(attendance) = moved {
            ask(Asked::DifferentWeek, moved_week(row, attendance));
        }
        for short in past
            .shortfalls
            .iter()
            .filter(|short| short.inspection == ix)
        {
            match short.cause {
                Cause::DifferentWeek => {
                    ask(Asked::DifferentWeek, another_week(eligibility, row, short))
                }
                Cause::SiteCapacity => ask(Asked::Capacity, places(row, short)),
                Cause::Clearance | Cause::Resourcing => {}
            }
        }
        if matches!(
            eligibility.scopes[ix.get()],
            Scope::In { provisional: true }
        ) {
            ask(
                Asked::IrpConfirmation,
                "the judgement before it is awaited; Ofsted keeps its team until it is known"
                    .to_owned(),
            );
        }
        let months = dataset.policy.notice.programme_months;
        let latest = row.dates.first().checked_sub_months(Months::new(months));
        if let Some((told, latest)) = row
            .notified_on
            .zip(latest)
            .filter(|(told, latest)| told > latest)
        {
            ask(
                Asked::LateNotice,
                format!("notified on {told}; {months} months before it begins was {latest}"),
            );
        }
        if row.kind == Kind::Full && row.attend.is_none() && weeks(row) > 2 {
            let span = windows::normal_span(row);
            ask(
                Asked::Dates,
                format!(
                    "it runs over {} weeks; {} to {} is taken to be Ofsted's",
                    weeks(row),
                    span.first(),
                    span.last()
                ),
            );
        }
    }
    all.extend(papers(eligibility, past));
    all.sort_by_key(|one| {
        (
            one.by,
            dataset.inspection(one.inspection).id.clone(),
            one.what,
            one.detail.clone(),
        )
    });
    all
}

/// A week that the plan uses and HMIP is still to agree.
fn moved_week(row: &Inspection, attendance: &Attendance) -> String {
    let (normal, on_site) = (windows::normal_span(row), attendance.on_site);
    let thursday = (monday(row.dates.last()) + Days::new(3)).min(row.dates.last());
    let feedback = if on_site.contains(thursday) {
        String::new()
    } else {
        format!("; Ofsted is then not on site on {thursday}, the day of the deliberation")
    };
    format!(
        "{} to {} in place of {} to {}: nobody can lead in the second week, and without it the inspection is not attended{feedback}",
        on_site.first(),
        on_site.last(),
        normal.first(),
        normal.last(),
    )
}

/// A week that would fill posts which stay empty as it is.
fn another_week(eligibility: &Eligibility, row: &Inspection, short: &Shortfall) -> String {
    let normal = windows::normal_span(row);
    let closed = |offset: &&i32| {
        let open = windows::windows(
            &Inspection {
                different_week: DifferentWeek::Ask,
                ..row.clone()
            },
            &eligibility.dataset.policy,
            &eligibility.calendar,
        );
        open.iter()
            .any(|window| window.offset == **offset && window.closed.is_some())
    };
    let offsets = eligibility.dataset.policy.different_week.offsets.iter();
    let weeks: Vec<_> = offsets
        .filter(|offset| !closed(offset))
        .filter_map(|offset| {
            let first = crate::eligibility::calendar::add_weeks(normal.first(), *offset);
            let last = crate::eligibility::calendar::add_weeks(normal.last(), *offset);
            (first <= last).then(|| format!("{first} to {last}"))
        })
        .collect();
    format!(
        "{} could be filled in a different week than {} to {} (looked at: {}); without it {}",
        posts(short),
        normal.first(),
        normal.last(),
        weeks.join(", "),
        loss(short),
    )
}

fn places(row: &Inspection, short: &Shortfall) -> String {
    let normal = windows::normal_span(row);
    format!(
        "{} from {} to {}: the site has no place for {}; without it {}",
        posts(short),
        normal.first(),
        normal.last(),
        if short.posts == 1 {
            "one more"
        } else {
            "so many more"
        },
        loss(short),
    )
}

fn posts(short: &Shortfall) -> String {
    let plural = if short.posts == 1 { "" } else { "s" };
    format!("{} {} post{plural}", short.posts, short.role.as_str())
}

fn loss(short: &Shortfall) -> &'static str {
    match short.role {
        crate::domain::Role::Lead => "the inspection is not attended",
        crate::domain::Role::Team => "the team stays short",
    }
}

/// How many calendar weeks an inspection touches.
fn weeks(row: &Inspection) -> i64 {
    (monday(row.dates.last()) - monday(row.dates.first())).num_weeks() + 1
}

/// Clearances without which a post stays empty, and those that end while somebody still needs them.
fn papers(eligibility: &Eligibility, past: &PastRun) -> Vec<Request> {
    let dataset = eligibility.dataset;
    let Some(on) = dataset.programme.iter().map(|row| row.dates.first()).min() else {
        return Vec::new();
    };
    let on = dataset.policy.as_of.unwrap_or(on);
    let plan = &past.allocation.plan;
    let last = dataset
        .programme
        .iter()
        .map(|row| row.dates.last())
        .max()
        .unwrap_or(on);
    let days = u16::try_from((last - on).num_days().max(0)).unwrap_or(u16::MAX);
    due::due(eligibility, plan, &past.shortfalls, on, days)
        .into_iter()
        .filter_map(|one| {
            let inspection = one.inspection?;
            let detail = match (one.what, one.person) {
                (What::PapersForPost, _) => one.detail,
                (What::Clearance, Some(person)) => {
                    format!(
                        "the clearance of {} ends; {}",
                        dataset.inspector(person).id,
                        one.detail
                    )
                }
                _ => return None,
            };
            Some(Request {
                inspection,
                what: Asked::Clearance,
                detail,
                by: one.date,
            })
        })
        .collect()
}
