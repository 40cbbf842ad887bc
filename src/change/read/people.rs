//! Changes of people: what they hold, when they can, who joins and who leaves.

use std::num::NonZeroU32;

use crate::input::inspectors::DAYS_OF_A_YEAR;

use super::super::kinds::GRADES;
use super::super::{Change, NewInspectors, Profile};
use super::keys::Keys;

/// No file adds more people at once.
const MOST_RECRUITS: u32 = 500;

pub(super) fn clearance(keys: &Keys<'_, '_>) -> Option<Change> {
    let who = keys.who();
    let level = keys.optional("level", Keys::line);
    let until = keys.date("until");
    Some(Change::Clearance {
        who: who?,
        level: level?,
        until: until?,
    })
}

pub(super) fn dbs(keys: &Keys<'_, '_>) -> Option<Change> {
    let (who, until) = (keys.who(), keys.date("until"));
    Some(Change::Dbs {
        who: who?,
        until: until?,
    })
}

pub(super) fn training(keys: &Keys<'_, '_>) -> Option<Change> {
    let (who, until) = (keys.who(), keys.date("until"));
    Some(Change::Training {
        who: who?,
        until: until?,
    })
}

pub(super) fn lead_training(keys: &Keys<'_, '_>) -> Option<Change> {
    let (who, trained) = (keys.who(), keys.optional("trained", Keys::boolean));
    Some(Change::LeadTraining {
        who: who?,
        trained: trained?.unwrap_or(true),
    })
}

pub(super) fn days(keys: &Keys<'_, '_>) -> Option<Change> {
    let (who, days) = (keys.who(), keys.amount("max_days", *DAYS_OF_A_YEAR.end()));
    Some(Change::Days {
        who: who?,
        days: days?,
    })
}

pub(super) fn offer(keys: &Keys<'_, '_>) -> Option<Change> {
    let (who, span) = (keys.who(), keys.span("from", "to"));
    Some(Change::Offer {
        who: who?,
        span: span?,
    })
}

pub(super) fn away(keys: &Keys<'_, '_>) -> Option<Change> {
    let (who, span) = (keys.who(), keys.span("from", "to"));
    Some(Change::Away {
        who: who?,
        span: span?,
    })
}

pub(super) fn withdraw_offer(keys: &Keys<'_, '_>) -> Option<Change> {
    let (who, span) = (keys.who(), keys.span("from", "to"));
    Some(Change::WithdrawOffer {
        who: who?,
        span: span?,
    })
}

pub(super) fn drop_leave(keys: &Keys<'_, '_>) -> Option<Change> {
    let (who, span) = (keys.who(), keys.span("from", "to"));
    Some(Change::DropLeave {
        who: who?,
        span: span?,
    })
}

pub(super) fn move_leave(keys: &Keys<'_, '_>) -> Option<Change> {
    let inspector = keys.line("inspector");
    let span = keys.span("from", "to");
    let to = keys.date("new_from");
    Some(Change::MoveLeave {
        inspector: inspector?,
        span: span?,
        to: to?,
    })
}

pub(super) fn add_inspector(keys: &Keys<'_, '_>) -> Option<Change> {
    let id = keys.line("id");
    let name = keys.optional("name", Keys::line);
    let count = keys.optional("count", |keys, key| keys.count(key, MOST_RECRUITS));
    let lead_trained = keys.optional("lead_trained", Keys::boolean);
    let working_days = keys.optional("working_days", Keys::working_days);
    let profile = profile(keys);
    Some(Change::AddInspectors(NewInspectors {
        id: id?,
        name: name?,
        count: count?.unwrap_or(NonZeroU32::MIN),
        profile: profile?,
        lead_trained: lead_trained?,
        working_days: working_days?,
    }))
}

/// `like` somebody, or by grade, region, days and clearance.
fn profile(keys: &Keys<'_, '_>) -> Option<Profile> {
    if keys.exactly_one("like", "grade")? == "like" {
        return keys.line("like").map(Profile::Like);
    }
    let grade = keys.choice("grade", GRADES);
    let region = keys.line("region");
    let max_days = keys.whole("max_days", DAYS_OF_A_YEAR);
    let clearance = keys.line("clearance");
    Some(Profile::Recruit {
        grade: grade?,
        region: region?,
        max_days: max_days?,
        clearance: clearance?,
    })
}

pub(super) fn remove_inspector(keys: &Keys<'_, '_>) -> Option<Change> {
    Some(Change::RemoveInspector { who: keys.who()? })
}
