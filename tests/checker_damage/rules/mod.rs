//! Damage to a result, one rule after the other: each leaves all other rules alone wherever it
//! can, either in the result's files or, the result as it was, in the dataset.

mod days;
mod inspections;
mod people;
mod places;

use crate::result::YearResult;
use crate::support::tiny::dice::Dice;

/// Damages a result, where the year has a place for it.
type Make = fn(&mut YearResult, &mut Dice) -> Option<()>;

/// One way to break a rule.
pub struct Damage {
    /// The rule.
    pub rule: &'static str,
    /// The rules that may be named beside it, where the damage can't tell them apart.
    pub beside: &'static [&'static str],
    /// What is done.
    pub what: &'static str,
    /// Does it.
    pub make: Make,
}

const fn damage(rule: &'static str, what: &'static str, make: Make) -> Damage {
    Damage {
        rule,
        beside: &[],
        what,
        make,
    }
}

/// Every way, by rule.
pub const DAMAGES: [Damage; 38] = [
    damage("H1", "nobody leads the team", inspections::lead_left_out),
    damage(
        "H1",
        "the lead is one of the team",
        inspections::lead_in_team,
    ),
    damage("H1", "the team is too large", inspections::team_too_large),
    damage("H1", "two people lead", inspections::two_leads),
    damage("H2", "the OI's training is gone", people::lead_untrained),
    damage("H2", "the HMI is an untrained OI", people::lead_no_hmi),
    damage("H3", "the site is in Wales", inspections::in_wales),
    damage("H4", "it is cancelled", inspections::cancelled),
    damage("H4", "it is postponed", inspections::postponed),
    damage("H4", "HMIP says no", inspections::not_attended),
    damage(
        "H4",
        "the IRP follows a good judgement",
        inspections::good_irp,
    ),
    damage("H5", "there is no DBS check", people::no_dbs),
    damage("H5", "the DBS check lapses a day early", people::dbs_lapses),
    damage(
        "H5",
        "the training lapses a day early",
        people::training_lapses,
    ),
    damage("H6", "there is no clearance", people::no_clearance),
    damage(
        "H6",
        "the clearance lapses a day early",
        people::clearance_lapses,
    ),
    damage("H6", "the site asks for more", people::clearance_too_low),
    damage("H7", "the site takes one fewer", places::one_place_fewer),
    damage("H7", "HMIP brings more people", places::larger_hmip_team),
    damage("H8", "somebody is at two sites", days::two_sites),
    damage("H8", "one day has two pieces of work", days::one_day_twice),
    damage("H9", "they are away on a day on site", days::away_on_site),
    damage("H9", "the OI has not offered the day", days::not_offered),
    damage(
        "H9",
        "they don't work on that weekday",
        days::not_their_weekday,
    ),
    damage(
        "H9",
        "off-site work lies on a Saturday",
        days::saturday_work,
    ),
    damage(
        "H10",
        "a conflict with the site",
        people::conflict_with_site,
    ),
    damage(
        "H10",
        "a conflict with the provider",
        people::conflict_with_provider,
    ),
    damage("H11", "one day fewer is contracted", people::one_day_fewer),
    damage(
        "H11",
        "the quarter has one day fewer",
        people::quarter_one_day_fewer,
    ),
    damage(
        "H11",
        "other work takes the days",
        people::days_used_elsewhere,
    ),
    Damage {
        beside: &["H8", "H9"],
        ..damage(
            "H12",
            "the lead is away until the deadline",
            days::away_until_due,
        )
    },
    damage(
        "H12",
        "a day of the report is past its deadline",
        days::report_late,
    ),
    damage("H13", "one week fewer is allowed", places::one_week_fewer),
    damage(
        "H13",
        "the weeks are counted over longer",
        places::longer_window,
    ),
    damage(
        "H14",
        "one of the team comes in another week",
        places::split_team,
    ),
    damage("H15", "the post is forbidden", people::forbidden),
    damage("H15", "somebody else is pinned", people::pinned),
    damage("H16", "HMIP arrives a day later", inspections::hmip_later),
];

/// Whether a finding's rule is one on the posts themselves, not a figure.
pub fn is_hard(rule: &str) -> bool {
    let number = |digits: &str| digits.parse::<u32>().is_ok();
    rule.strip_prefix('H').is_some_and(number) || rule == "window" || rule == "travel.max_km"
}
