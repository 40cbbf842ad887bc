//! Rows for tests: a small year made by hand, in which everybody may do anything.

use chrono::NaiveDate;

use super::{
    AgeGroup, Availability, AvailabilityKind, Clearance, ClearanceLevel, Country, Dataset,
    DateSpan, DifferentWeek, Establishment, EstablishmentIx, Grade, Inspection, Inspector,
    InspectorIx, Judgement, Kind, Location, Policy, Status, WeekdaySet,
};

/// The day that an ISO date says.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("an ISO date")
}

/// The days from one ISO date to another.
pub fn span(first: &str, last: &str) -> DateSpan {
    DateSpan::new(day(first), day(last)).expect("in order")
}

/// In the middle of England, where everybody lives and works.
const MIDDLE: Location = Location {
    latitude: 52.0,
    longitude: -1.0,
};

/// A year of one English site that takes everybody in, with no inspection and nobody to do it.
pub fn bare_year() -> Dataset {
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
        location: MIDDLE,
        line: 2,
    };
    Dataset {
        policy: Policy::default(),
        establishments: vec![site],
        programme: Vec::new(),
        inspectors: Vec::new(),
        availability: Vec::new(),
        conflicts: Vec::new(),
        pins: Vec::new(),
        history: Vec::new(),
        bank_holidays: Default::default(),
        published: None,
        case: None,
        inputs: Vec::new(),
    }
}

/// An inspection of the site with a team of three: announced unless it is a full one, and an
/// IRP follows an inadequate judgement.
pub fn inspection(id: &str, kind: Kind, dates: DateSpan) -> Inspection {
    Inspection {
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
    }
}

/// Somebody with all the papers and 100 days; an OI is not trained to lead.
pub fn inspector(id: &str, grade: Grade) -> Inspector {
    Inspector {
        id: id.to_owned(),
        name: format!("Inspector {id}"),
        grade,
        lead_trained: false,
        region: "Midlands".to_owned(),
        location: MIDDLE,
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
    }
}

/// A row of `availability.csv`.
pub fn available(inspector: InspectorIx, span: DateSpan, kind: AvailabilityKind) -> Availability {
    Availability {
        inspector,
        span,
        kind,
        line: 2,
    }
}
