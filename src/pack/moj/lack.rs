//! What an inspection lacks, as far as a figure of the pack can tell it from another.

use std::collections::BTreeMap;

use crate::domain::{EstablishmentIx, Inspection, Kind, Policy, Role};
use crate::eligibility::{Eligibility, windows};
use crate::explain::{Cause, Shortfall};

use super::figures::{Amounts, Dimension};

/// Every cause, in the order of its name.
pub(super) const CAUSES: [Cause; 4] = [
    Cause::Clearance,
    Cause::DifferentWeek,
    Cause::Resourcing,
    Cause::SiteCapacity,
];

/// The quarters of a programme year, April to June first.
pub(super) const QUARTERS: [&str; 4] = ["q1", "q2", "q3", "q4"];

/// What of a shortfall depends neither on when it is nor on why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shape {
    /// Whether it is of an IRP; else of a full inspection or one that reports like it.
    pub irp: bool,
    /// Days on site in its normal window.
    pub days: u32,
    /// Whether the lead's post is empty.
    pub lead: bool,
    /// Empty team posts.
    pub team: u32,
}

impl Shape {
    /// What `lead` and `team` of its empty posts add to the row that they are in.
    pub(super) fn amounts(self, lead: u32, team: u32, policy: &Policy) -> Amounts {
        let report = if self.irp {
            policy.lead.report_days_irp
        } else {
            policy.lead.report_days_full
        };
        Amounts {
            inspections: u32::from(lead + team > 0),
            posts: lead + team,
            lead_days: lead * (self.days + policy.lead.preparation_days + report),
            team_days: team * (self.days + policy.team.writeup_days),
        }
    }
}

/// In which way an inspection is short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Way {
    /// Whether it is an IRP; else it is a full inspection or reports like one.
    pub irp: bool,
    /// The quarter of its normal window, from 0.
    pub quarter: usize,
    /// Days on site in its normal window.
    pub days: u32,
    /// Why it has no lead, if it has none.
    pub lead: Option<Cause>,
    /// Empty team posts by the position of their cause in [`CAUSES`].
    pub team: [u32; 4],
}

impl Way {
    /// Team posts that are empty.
    pub(super) fn team_posts(&self) -> u32 {
        self.team.iter().sum()
    }

    pub(super) fn shape(&self) -> Shape {
        Shape {
            irp: self.irp,
            days: self.days,
            lead: self.lead.is_some(),
            team: self.team_posts(),
        }
    }

    /// What it adds to the row of `members` in the table of `dimension`, of one that is not by
    /// establishment.
    pub(super) fn amounts(
        &self,
        dimension: Dimension,
        members: &[String],
        policy: &Policy,
    ) -> Amounts {
        let holds = |name: &str| members.iter().any(|member| member == name);
        let (mut lead, mut team) = (u32::from(self.lead.is_some()), self.team_posts());
        match dimension {
            Dimension::Total | Dimension::Region | Dimension::Type => {}
            Dimension::Quarter if holds(QUARTERS[self.quarter]) => {}
            Dimension::Quarter => (lead, team) = (0, 0),
            Dimension::Cause => {
                lead = u32::from(self.lead.is_some_and(|cause| holds(cause.as_str())));
                let by_cause = std::iter::zip(CAUSES, self.team);
                team = by_cause
                    .filter(|(cause, _)| holds(cause.as_str()))
                    .map(|(_, posts)| posts)
                    .sum();
            }
            Dimension::Role => {
                lead = if holds(Role::Lead.as_str()) { lead } else { 0 };
                team = if holds(Role::Team.as_str()) { team } else { 0 };
            }
        }
        self.shape().amounts(lead, team, policy)
    }
}

/// An establishment's inspection that is short.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lack {
    /// Where.
    pub site: EstablishmentIx,
    /// How.
    pub way: Way,
}

/// The quarter of an inspection's normal window, from 0 for April to June.
pub(super) fn quarter(eligibility: &Eligibility, inspection: &Inspection) -> usize {
    use chrono::Datelike as _;
    let span = windows::normal_span(inspection);
    let first = eligibility
        .calendar
        .working_days(span)
        .next()
        .unwrap_or(span.first());
    (first.month0() as usize + 9) % 12 / 3
}

/// Days on site in an inspection's normal window.
pub(super) fn days_on_site(eligibility: &Eligibility, inspection: &Inspection) -> u32 {
    eligibility
        .calendar
        .working_days(windows::normal_span(inspection))
        .count() as u32
}

/// Every inspection that is short, in the order of the programme.
pub(super) fn lacks(eligibility: &Eligibility, shortfalls: &[Shortfall]) -> Vec<Lack> {
    let mut lacks: BTreeMap<_, Lack> = BTreeMap::new();
    for short in shortfalls.iter().filter(|short| short.posts > 0) {
        let row = eligibility.dataset.inspection(short.inspection);
        let lack = lacks.entry(short.inspection).or_insert_with(|| Lack {
            site: row.establishment,
            way: Way {
                irp: row.kind == Kind::Irp,
                quarter: quarter(eligibility, row),
                days: days_on_site(eligibility, row),
                lead: None,
                team: [0; 4],
            },
        });
        match short.role {
            Role::Lead => lack.way.lead = Some(short.cause),
            Role::Team => {
                let at = CAUSES.iter().position(|cause| *cause == short.cause);
                lack.way.team[at.expect("every cause is there")] += short.posts;
            }
        }
    }
    lacks.into_values().collect()
}
