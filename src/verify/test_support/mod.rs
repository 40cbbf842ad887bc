//! Small years made by hand, for the checker's own tests.

pub mod sample;

use chrono::{NaiveDate, TimeDelta};

use crate::domain::{
    AgeGroup, Availability, AvailabilityKind, Clearance, ClearanceLevel, Country, Dataset,
    DateSpan, DifferentWeek, Establishment, EstablishmentIx, Grade, Inspection, Inspector,
    InspectorIx, Judgement, Kind, Location, Policy, Role, Status, WeekdaySet,
};

use super::facts::Facts;
use super::finding::Finding;
use super::posts::{PostRow, Week};

/// The day that an ISO date says.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("an ISO date")
}

fn span(first: &str, last: &str) -> DateSpan {
    DateSpan::new(day(first), day(last)).expect("in order")
}

/// A dataset and the posts that somebody gave out: one English site that takes everybody in,
/// and people who may do anything.
pub struct Year {
    pub dataset: Dataset,
    pub posts: Vec<PostRow>,
}

impl Year {
    pub fn new() -> Self {
        let site = Establishment {
            id: "P1".to_owned(),
            name: "HMP One".to_owned(),
            country: Country::England,
            region: "Midlands".to_owned(),
            site_type: "training".to_owned(),
            age_group: AgeGroup::Adult,
            clearance_required: ClearanceLevel(0),
            site_capacity: None,
            education_provider: None,
            location: Location {
                latitude: 52.0,
                longitude: -1.0,
            },
            line: 2,
        };
        Self {
            dataset: Dataset {
                policy: Policy::default(),
                establishments: vec![site],
                programme: Vec::new(),
                inspectors: Vec::new(),
                availability: Vec::new(),
                conflicts: Vec::new(),
                pins: Vec::new(),
                history: Vec::new(),
                bank_holidays: Default::default(),
                inputs: Vec::new(),
            },
            posts: Vec::new(),
        }
    }

    pub fn bank_holiday(mut self, date: &str) -> Self {
        let name = "a holiday".to_owned();
        self.dataset.bank_holidays.insert(day(date), name);
        self
    }

    /// An unannounced full inspection with a team of three.
    pub fn full(self, id: &str, start: &str, end: &str) -> Self {
        self.inspection(id, Kind::Full, span(start, end))
    }

    /// An IRP after an inadequate judgement.
    pub fn irp(self, id: &str, start: &str, end: &str) -> Self {
        self.inspection(id, Kind::Irp, span(start, end))
    }

    pub fn standalone(self, id: &str, start: &str, end: &str) -> Self {
        self.inspection(id, Kind::Standalone, span(start, end))
    }

    fn inspection(mut self, id: &str, kind: Kind, dates: DateSpan) -> Self {
        self.dataset.programme.push(Inspection {
            id: id.to_owned(),
            establishment: EstablishmentIx::new(0),
            kind,
            announced: kind != Kind::Full,
            dates,
            hmip_team: 0,
            partner_team: 0,
            team_required: Some(3),
            previous_esw: (kind == Kind::Irp).then_some(Judgement::Inadequate),
            different_week: DifferentWeek::Ask,
            attend: None,
            bounds: None,
            dates_named_on: None,
            ofsted_attends: None,
            notified_on: None,
            announced_on: None,
            prison_named_on: None,
            status: Status::Planned,
            line: 2,
        });
        self
    }

    pub fn hmi(self, id: &str) -> Self {
        self.inspector(id, Grade::Hmi)
    }

    /// An OI, not trained to lead, who offers the whole year.
    pub fn oi(self, id: &str) -> Self {
        self.inspector(id, Grade::Oi)
            .offered(id, "2026-04-01", "2027-03-31")
    }

    fn inspector(mut self, id: &str, grade: Grade) -> Self {
        self.dataset.inspectors.push(Inspector {
            id: id.to_owned(),
            name: format!("Inspector {id}"),
            grade,
            lead_trained: false,
            region: "Midlands".to_owned(),
            location: Location {
                latitude: 52.0,
                longitude: -1.0,
            },
            dbs_expires: Some(day("2030-01-01")),
            clearance: Some(Clearance {
                level: ClearanceLevel(4),
                expires: day("2030-01-01"),
            }),
            max_days: 100,
            days_used: 0,
            working_days: WeekdaySet::MONDAY_TO_FRIDAY,
            custody_training_until: None,
            max_days_quarter: [None; 4],
            line: 2,
        });
        self
    }

    pub fn unavailable(self, person: &str, from: &str, to: &str) -> Self {
        self.available(person, from, to, AvailabilityKind::Unavailable)
    }

    pub fn offered(self, person: &str, from: &str, to: &str) -> Self {
        self.available(person, from, to, AvailabilityKind::Offered)
    }

    fn available(mut self, person: &str, from: &str, to: &str, kind: AvailabilityKind) -> Self {
        self.dataset.availability.push(Availability {
            inspector: self.person(person),
            span: span(from, to),
            kind,
            line: 2,
        });
        self
    }

    fn person(&self, id: &str) -> InspectorIx {
        let facts = Facts::new(&self.dataset);
        facts.inspector_by_id(id).expect("somebody of the year")
    }

    /// A post in the inspection's normal window.
    pub fn post(self, inspection: &str, role: Role, person: &str) -> Self {
        self.moved_post(inspection, role, person, 0)
    }

    /// A post in the normal window moved by `weeks`: a different week, unless by none.
    pub fn moved_post(mut self, inspection: &str, role: Role, person: &str, weeks: i64) -> Self {
        let facts = Facts::new(&self.dataset);
        let ix = facts.inspection_by_id(inspection).expect("an inspection");
        let days = facts.normal_days(self.dataset.inspection(ix));
        let by = TimeDelta::weeks(weeks);
        self.posts.push(PostRow {
            inspection_id: inspection.to_owned(),
            role,
            inspector_id: person.to_owned(),
            attend_from: days[0] + by,
            attend_to: days[days.len() - 1] + by,
            week: if weeks == 0 {
                Week::Normal
            } else {
                Week::Different
            },
        });
        self
    }

    /// What the rules say of the posts.
    pub fn findings(&self) -> Vec<Finding> {
        super::verify_posts(&self.dataset, &self.posts)
    }

    /// The rules that the posts break, each once.
    pub fn broken(&self) -> Vec<String> {
        let mut rules: Vec<String> = self.findings().into_iter().map(|f| f.rule).collect();
        rules.dedup();
        rules
    }
}
