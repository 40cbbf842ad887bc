//! What falls due: the dates that follow from a plan (domain brief, section 5), overdue ones
//! first. One file for what belongs to inspections, one for standalones, one for papers.

mod inspections;
mod papers;
mod render;
mod standalones;

use chrono::{Days, NaiveDate};

use crate::domain::{InspectionIx, InspectorIx, Plan};
use crate::eligibility::Eligibility;
use crate::explain::Shortfall;
pub use render::{json, text};

/// Something that is to be done by a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// The lead's name to HMIP (¶22).
    LeadName,
    /// A standalone inspection's prison to HMIP (¶23).
    PrisonNamed,
    /// A standalone inspection's dates to HMIP (¶23).
    DatesNamed,
    /// Bullet points for the draft feedback, and the deliberation (¶27).
    Feedback,
    /// A standalone inspection's provisional grades to HMIP (¶34).
    ProvisionalGrades,
    /// The debrief and the report to HMIP (¶31).
    Report,
    /// A clearance that ends (¶18).
    Clearance,
    /// A DBS check that ends (¶18).
    Dbs,
    /// Training for custodial sites that ends.
    Training,
    /// Papers without which a post stays empty (¶18).
    PapersForPost,
}

impl What {
    /// As programs read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeadName => "lead-name",
            Self::PrisonNamed => "prison-named",
            Self::DatesNamed => "dates-named",
            Self::Feedback => "feedback",
            Self::ProvisionalGrades => "provisional-grades",
            Self::Report => "report",
            Self::Clearance => "clearance",
            Self::Dbs => "dbs",
            Self::Training => "training",
            Self::PapersForPost => "papers-for-post",
        }
    }

    /// As people read it.
    pub fn title(self) -> &'static str {
        match self {
            Self::LeadName => "lead's name to HMIP",
            Self::PrisonNamed => "prison named to HMIP",
            Self::DatesNamed => "dates named to HMIP",
            Self::Feedback => "feedback and deliberation",
            Self::ProvisionalGrades => "provisional grades to HMIP",
            Self::Report => "debrief and report to HMIP",
            Self::Clearance => "clearance ends",
            Self::Dbs => "DBS check ends",
            Self::Training => "training ends",
            Self::PapersForPost => "papers for an empty post",
        }
    }
}

/// One thing that falls due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// By when.
    pub date: NaiveDate,
    /// What.
    pub what: What,
    /// For which inspection.
    pub inspection: Option<InspectionIx>,
    /// Whose it is: the lead, or who holds the paper.
    pub person: Option<InspectorIx>,
    /// What else is to be known.
    pub detail: String,
    /// The last day on which it is still of use to be told, where it is not done before.
    pub last: NaiveDate,
}

impl Due {
    /// Whether its day is past on `on`.
    pub fn is_overdue(&self, on: NaiveDate) -> bool {
        self.date < on
    }
}

/// A year with its plan, and the day from which is looked.
struct View<'a> {
    eligibility: &'a Eligibility<'a>,
    plan: &'a Plan,
    shortfalls: &'a [Shortfall],
    on: NaiveDate,
    days: Days,
}

/// What is overdue on `on`, and what falls due from then on within `days` days: by date, then
/// inspection.
///
/// Whether a lead's name, grades or a report were given stands in no file. So a lead's name
/// stays until the inspection begins, the others for `days` days after they were due.
pub fn due(
    eligibility: &Eligibility,
    plan: &Plan,
    shortfalls: &[Shortfall],
    on: NaiveDate,
    days: u16,
) -> Vec<Due> {
    let view = View {
        eligibility,
        plan,
        shortfalls,
        on,
        days: Days::new(u64::from(days)),
    };
    let mut all = inspections::due(&view);
    all.extend(standalones::due(&view));
    all.extend(papers::due(&view));
    let until = on + view.days;
    all.retain(|one| one.date <= until && on <= one.last);
    let dataset = eligibility.dataset;
    all.sort_by_key(|one| {
        let id = one.inspection.map(|ix| dataset.inspection(ix).id.clone());
        (one.date, id, one.what, one.person)
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::test_support::{available, bare_year, day, inspection, inspector, span};
    use crate::domain::{Attendance, AvailabilityKind, Dataset, Grade, Kind};
    use crate::explain::Cause;

    /// A full inspection attended from Monday 11 to Thursday 14 May 2026, led by A with B.
    fn year() -> (Dataset, Plan) {
        let mut year = bare_year();
        let dates = span("2026-05-04", "2026-05-14");
        year.programme.push(inspection("F1", Kind::Full, dates));
        year.inspectors.push(inspector("A", Grade::Hmi));
        year.inspectors.push(inspector("B", Grade::Hmi));
        let mut plan = Plan::empty(1);
        plan.attendances[0] = Some(Attendance {
            on_site: span("2026-05-11", "2026-05-14"),
            different_week: false,
            lead: InspectorIx::new(0),
            team: vec![InspectorIx::new(1)],
        });
        (year, plan)
    }

    fn told(year: &Dataset, plan: &Plan, on: &str, days: u16) -> Vec<(What, String)> {
        let eligibility = Eligibility::new(year);
        let all = due(&eligibility, plan, &[], day(on), days);
        all.iter()
            .map(|one| (one.what, one.date.to_string()))
            .collect()
    }

    fn item(what: What, date: &str) -> (What, String) {
        (what, date.to_owned())
    }

    #[test]
    fn a_full_inspection_has_a_name_a_thursday_and_a_report() {
        let (year, plan) = year();
        let all = [
            item(What::LeadName, "2026-04-20"),
            item(What::Feedback, "2026-05-14"),
            item(What::Report, "2026-06-02"),
        ];
        assert_eq!(told(&year, &plan, "2026-04-01", 90), all);
        // The name is of use until the inspection begins, the feedback on its day alone.
        assert_eq!(told(&year, &plan, "2026-05-03", 11), all[..2]);
        assert_eq!(told(&year, &plan, "2026-05-04", 10), all[1..2]);
        assert_eq!(told(&year, &plan, "2026-05-15", 10), []);
        assert_eq!(told(&year, &plan, "2026-06-12", 10), all[2..]);
        assert_eq!(told(&year, &plan, "2026-06-13", 10), []);
    }

    #[test]
    fn nobody_to_lead_is_told_when_the_name_is_due() {
        let (year, _) = year();
        let eligibility = Eligibility::new(&year);
        let all = due(&eligibility, &Plan::empty(1), &[], day("2026-04-20"), 90);
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].what, all[0].person), (What::LeadName, None));
        assert_eq!(all[0].detail, "nobody leads it");
    }

    #[test]
    fn a_different_week_can_miss_the_deliberation() {
        let (year, mut plan) = year();
        let attendance = plan.attendances[0].as_mut().expect("attended");
        attendance.on_site = span("2026-05-18", "2026-05-21");
        attendance.different_week = true;
        let eligibility = Eligibility::new(&year);
        let all = due(&eligibility, &plan, &[], day("2026-05-14"), 0);
        assert_eq!(all[0].what, What::Feedback);
        assert!(all[0].detail.contains("say so in the request"), "{all:?}");
    }

    #[test]
    fn standalones_are_named_in_time_and_graded_within_a_week() {
        let (mut year, mut plan) = year();
        let dates = span("2026-05-11", "2026-05-14");
        year.programme[0] = inspection("S1", Kind::Standalone, dates);
        assert_eq!(
            told(&year, &plan, "2026-01-01", 200),
            [
                item(What::PrisonNamed, "2026-01-11"),
                item(What::DatesNamed, "2026-02-11"),
                item(What::LeadName, "2026-04-27"),
                item(What::ProvisionalGrades, "2026-05-21"),
                item(What::Report, "2026-06-02"),
            ]
        );
        year.programme[0].prison_named_on = Some(day("2026-01-09"));
        year.programme[0].dates_named_on = Some(day("2026-02-09"));
        plan.attendances[0] = None;
        assert_eq!(
            told(&year, &plan, "2026-01-01", 200),
            [item(What::LeadName, "2026-04-27")]
        );
    }

    #[test]
    fn papers_are_told_of_those_who_hold_posts() {
        let (mut year, plan) = year();
        year.inspectors.push(inspector("C", Grade::Hmi));
        for person in &mut year.inspectors {
            person.dbs_expires = Some(day("2026-05-20"));
        }
        year.inspectors[1].custody_training_until = Some(day("2026-05-14"));
        assert_eq!(
            told(&year, &plan, "2026-05-14", 10),
            [
                item(What::Feedback, "2026-05-14"),
                item(What::Training, "2026-05-14"),
                item(What::Dbs, "2026-05-20"),
                item(What::Dbs, "2026-05-20"),
            ]
        );
        // Once their last post is over, no allocation needs it.
        assert_eq!(told(&year, &plan, "2026-05-15", 10), []);
    }

    #[test]
    fn a_post_that_papers_would_fill_names_whose() {
        let (mut year, plan) = year();
        let mut late = inspector("C", Grade::Oi);
        late.dbs_expires = Some(day("2026-05-13"));
        year.inspectors.push(late);
        let offer = span("2026-05-11", "2026-05-14");
        let offers = AvailabilityKind::Offered;
        year.availability
            .push(available(InspectorIx::new(2), offer, offers));
        let eligibility = Eligibility::new(&year);
        let short = Shortfall {
            inspection: InspectionIx::new(0),
            role: crate::domain::Role::Team,
            posts: 1,
            inspector_days: 5,
            cause: Cause::Clearance,
            explanation: String::new(),
        };
        let all = due(&eligibility, &plan, &[short], day("2026-05-11"), 0);
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!(
            (all[0].what, all[0].date),
            (What::PapersForPost, day("2026-05-11"))
        );
        assert_eq!(
            all[0].detail,
            "1 team post: DBS check of C, to 2026-05-14 at least"
        );
    }
}
