//! Changes of sites, of inspections, of what is settled by hand, and of the policy.

use crate::diagnostics::Diagnostic;

use super::super::kinds::{DIFFERENT_WEEKS, JUDGEMENTS, KINDS, ROLES, STATUSES, TEAMS};
use super::super::{Capacity, Change, NewDates, NewInspection, PolicyKey, TeamOf};
use super::keys::Keys;

/// The most people that a site or a team can have, as the dataset's own files allow.
const MOST_PEOPLE: u32 = 999;
const MOST_OF_A_TEAM: u32 = 99;

pub(super) fn site_capacity(keys: &Keys<'_, '_>) -> Option<Change> {
    let establishment = keys.line("establishment");
    let capacity = if keys.section.is_text("places") {
        keys.section.know("by");
        if keys.section.has("by") {
            keys.exactly_one("places", "by");
            None
        } else {
            let none = [("no-limit", Capacity::NoLimit)];
            keys.choice("places", &none)
        }
    } else {
        keys.amount("places", MOST_PEOPLE).map(Capacity::Places)
    };
    Some(Change::SiteCapacity {
        establishment: establishment?,
        capacity: capacity?,
    })
}

pub(super) fn site_clearance(keys: &Keys<'_, '_>) -> Option<Change> {
    let (establishment, level) = (keys.line("establishment"), keys.line("level"));
    Some(Change::SiteClearance {
        establishment: establishment?,
        level: level?,
    })
}

pub(super) fn different_week(keys: &Keys<'_, '_>) -> Option<Change> {
    let (inspection, answer) = (
        keys.line("inspection"),
        keys.choice("answer", DIFFERENT_WEEKS),
    );
    Some(Change::DifferentWeek {
        inspection: inspection?,
        answer: answer?,
    })
}

pub(super) fn attend(keys: &Keys<'_, '_>) -> Option<Change> {
    let (inspection, span) = (
        keys.line("inspection"),
        keys.span("attend_from", "attend_to"),
    );
    Some(Change::Attend {
        inspection: inspection?,
        span: span?,
    })
}

pub(super) fn move_inspection(keys: &Keys<'_, '_>) -> Option<Change> {
    let inspection = keys.line("inspection");
    let to = match keys.exactly_one("start_date", "weeks") {
        Some("weeks") => keys.weeks("weeks").map(NewDates::Weeks),
        Some(_) => {
            let dates = keys.span("start_date", "end_date");
            let attend = keys.optional_span("attend_from", "attend_to");
            dates
                .zip(attend)
                .map(|(dates, attend)| NewDates::To { dates, attend })
        }
        None => {
            for key in ["end_date", "attend_from", "attend_to"] {
                keys.section.know(key);
            }
            None
        }
    };
    Some(Change::MoveInspection {
        inspection: inspection?,
        to: to?,
    })
}

pub(super) fn add_inspection(keys: &Keys<'_, '_>) -> Option<Change> {
    let id = keys.line("id");
    let establishment = keys.line("establishment");
    let kind = keys.choice("type", KINDS);
    let announced = keys.boolean("announced");
    let dates = keys.span("start_date", "end_date");
    let attend = keys.optional_span("attend_from", "attend_to");
    let team = keys.whole("team", 1..=MOST_OF_A_TEAM);
    let people = |keys: &Keys<'_, '_>, key| keys.whole(key, 0..=MOST_PEOPLE);
    let hmip_team = keys.optional("hmip_team", people);
    let partner_team = keys.optional("partner_team", people);
    let judgement = |keys: &Keys<'_, '_>, key| keys.choice(key, JUDGEMENTS);
    let previous_esw = keys.optional("previous_esw", judgement);
    let different_week = keys.choice("different_week", DIFFERENT_WEEKS);
    Some(Change::AddInspection(NewInspection {
        id: id?,
        establishment: establishment?,
        kind: kind?,
        announced: announced?,
        dates: dates?,
        attend: attend?,
        team: team?,
        hmip_team: hmip_team?.unwrap_or(0),
        partner_team: partner_team?.unwrap_or(0),
        previous_esw: previous_esw?,
        different_week: different_week?,
    }))
}

pub(super) fn status(keys: &Keys<'_, '_>) -> Option<Change> {
    let (inspection, status) = (keys.line("inspection"), keys.choice("status", STATUSES));
    Some(Change::Status {
        inspection: inspection?,
        status: status?,
    })
}

pub(super) fn team(keys: &Keys<'_, '_>) -> Option<Change> {
    let inspection = keys.line("inspection");
    let of = keys.choice("of", TEAMS);
    let range = match of {
        Some(TeamOf::Ofsted) => 1..=MOST_OF_A_TEAM,
        _ => 0..=MOST_PEOPLE,
    };
    let people = keys.whole("people", range);
    Some(Change::Team {
        inspection: inspection?,
        of: of?,
        people: people?,
    })
}

pub(super) fn pin(keys: &Keys<'_, '_>) -> Option<Change> {
    let (inspection, inspector) = (keys.line("inspection"), keys.line("inspector"));
    let role = keys.choice("role", ROLES);
    Some(Change::Pin {
        inspection: inspection?,
        inspector: inspector?,
        role: role?,
    })
}

pub(super) fn forbid(keys: &Keys<'_, '_>) -> Option<Change> {
    let (inspection, inspector) = (keys.line("inspection"), keys.line("inspector"));
    let role = keys.optional("role", |keys, key| keys.choice(key, ROLES));
    Some(Change::Forbid {
        inspection: inspection?,
        inspector: inspector?,
        role: role?,
    })
}

pub(super) fn unpin(keys: &Keys<'_, '_>) -> Option<Change> {
    let (inspection, inspector) = (keys.line("inspection"), keys.line("inspector"));
    Some(Change::Unpin {
        inspection: inspection?,
        inspector: inspector?,
    })
}

pub(super) fn policy(keys: &Keys<'_, '_>) -> Option<Change> {
    let key = keys.line("key");
    let value = keys.value("value");
    let (key, value) = (key?, value?);
    match PolicyKey::new(&key, value) {
        Ok(policy) => Some(Change::Policy(policy)),
        Err(wrong) => {
            let at = if wrong.code.id == "M0402" {
                "key"
            } else {
                "value"
            };
            let mut diagnostic =
                Diagnostic::at(wrong.code, keys.section.place(at), wrong.message.as_str())
                    .cell(wrong.cell.unwrap_or_default())
                    .suggest(wrong.suggestion);
            diagnostic.help = wrong.help;
            keys.section.push(diagnostic);
            None
        }
    }
}
