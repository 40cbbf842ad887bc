//! `policy.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use toml::de::{DeTable, DeValue};

use crate::diagnostics::{Diagnostic, Diagnostics, Source, codes};
use crate::domain::{
    Absence, AbsencePolicy, DateSpan, DifferentWeekPolicy, DisclosurePolicy, FeePolicy, HmipPolicy,
    LeadPolicy, LedgerPolicy, NoticePolicy, Pence, Policy, PriorityPolicy, Remedy, RemedyKind,
    ReservePolicy, RetentionPolicy, RollingPolicy, TeamPolicy, TolerancePolicy, TravelPolicy,
};

use super::programme::KINDS;
use super::section::{Reporter, Section, integer};

/// Its name.
pub const FILE: &str = "policy.toml";

/// No weight of a priority is larger, so that sums of them stay exact.
const MOST_WEIGHT: i64 = 1_000_000;

/// The policy, and what of it is known for certain.
pub struct ReadPolicy {
    /// The values that were right, defaults elsewhere.
    pub policy: Policy,
    levels_known: bool,
    year_known: bool,
}

impl ReadPolicy {
    /// The levels of clearance, unless what they are could not be read.
    pub fn levels(&self) -> Option<&[String]> {
        self.levels_known.then_some(&self.policy.clearance_levels)
    }

    /// April to March of the programme year, unless which that is could not be read.
    pub fn year(&self) -> Option<DateSpan> {
        let year = self.policy.programme_year;
        let first = NaiveDate::from_ymd_opt(year, 4, 1)?;
        let last = NaiveDate::from_ymd_opt(year + 1, 3, 31)?;
        DateSpan::new(first, last).filter(|_| self.year_known)
    }
}

/// The policy that `text` holds; nothing stands for a file that could not be had.
pub fn read(text: Option<String>, diagnostics: &mut Diagnostics) -> ReadPolicy {
    let unknown = ReadPolicy {
        policy: Policy::default(),
        levels_known: false,
        year_known: false,
    };
    let Some(text) = text else {
        return unknown;
    };
    let source = Arc::new(Source::new(FILE, text));
    diagnostics.add_source(Arc::clone(&source));
    let (table, faults) = DeTable::parse_recoverable(source.text());
    let reporter = Reporter::new(Arc::clone(&source), diagnostics);
    for fault in &faults {
        let message = format!("{FILE} can't be understood: {}", fault.message());
        reporter.push(
            Diagnostic::at(codes::M0401, reporter.place(fault.span()), message)
                .help("text stands in quotes, lists in square brackets, a key is written once"),
        );
    }
    if !faults.is_empty() {
        return unknown;
    }
    let root = Section::root(&reporter, Some(table.get_ref()));
    let default = Policy::default();
    let levels = clearance_levels(&root);
    let levels_known = levels.is_ok();
    let year = root.whole_or_reported("programme_year", default.programme_year, 2000..=2100);
    let levels = levels.unwrap_or(default.clearance_levels);
    ReadPolicy {
        policy: read_root(root, year.unwrap_or(default.programme_year), levels),
        levels_known,
        year_known: year.is_some(),
    }
}

fn read_root(root: Section<'_, '_>, programme_year: i32, clearance_levels: Vec<String>) -> Policy {
    let default = Policy::default();
    let marking = root.text("marking").map_or(default.marking, |text| {
        if text.trim().is_empty() {
            root.report(
                codes::M0404,
                "marking",
                "must not be empty",
                "give the protective marking",
            );
        }
        text.to_owned()
    });
    let policy = Policy {
        programme_year,
        as_of: root.date("as_of"),
        marking,
        lead: lead(root.section("lead"), default.lead),
        team: team(root.section("team"), default.team),
        different_week: different_week(root.section("different_week"), default.different_week),
        rolling: rolling(root.section("rolling"), default.rolling),
        priority: priority(root.section("priority"), default.priority),
        fees: fees(root.section("fees"), default.fees),
        travel: travel(root.section("travel"), default.travel),
        tolerance: {
            let section = root.section("tolerance");
            let cost_percent = share(
                &section,
                "cost_percent",
                default.tolerance.cost_percent,
                100.0,
            );
            section.finish();
            TolerancePolicy { cost_percent }
        },
        reserve: {
            let section = root.section("reserve");
            let name_reserves = section.boolean("name_reserves", default.reserve.name_reserves);
            section.finish();
            ReservePolicy { name_reserves }
        },
        disclosure: disclosure(root.section("disclosure"), default.disclosure),
        notice: notice(root.section("notice"), default.notice),
        retention: {
            let section = root.section("retention");
            let days = section.whole("days", default.retention.days, 0..=36_525);
            section.finish();
            RetentionPolicy { days }
        },
        ledger: {
            let section = root.section("ledger");
            let path = section
                .text("path")
                .map_or(default.ledger.path, str::to_owned);
            section.finish();
            LedgerPolicy { path }
        },
        hmip: {
            let section = root.section("hmip");
            let most = default.hmip.inspections_a_week;
            let inspections_a_week = section.whole("inspections_a_week", most, 1..=100);
            section.finish();
            HmipPolicy { inspections_a_week }
        },
        absence: {
            let section = root.section("absence");
            let hmi = absence(section.section("hmi"), default.absence.hmi);
            let oi = absence(section.section("oi"), default.absence.oi);
            section.finish();
            AbsencePolicy { hmi, oi }
        },
        remedy: {
            let section = root.section("remedy");
            let kinds = RemedyKind::ALL.iter();
            let remedies: BTreeMap<_, _> = kinds
                .map(|kind| {
                    (
                        *kind,
                        remedy(section.section(kind.as_str()), *kind, &clearance_levels),
                    )
                })
                .collect();
            section.finish();
            remedies
        },
        clearance_levels,
    };
    root.finish();
    policy
}

/// The levels, rising; the defaults where the key is left out.
fn clearance_levels(root: &Section<'_, '_>) -> Result<Vec<String>, ()> {
    const KEY: &str = "clearance_levels";
    let word = |value: &DeValue<'_>| {
        let text = value.as_str().map(str::trim).unwrap_or_default();
        let plain = !text.is_empty() && !text.chars().any(char::is_control);
        plain.then(|| text.to_owned())
    };
    let Some(levels) = root.list(KEY, "a list of words", word) else {
        return if root.has(KEY) {
            Err(())
        } else {
            Ok(Policy::default().clearance_levels)
        };
    };
    let distinct: BTreeSet<_> = levels.iter().collect();
    if levels.is_empty() || levels.len() > 50 {
        root.report(
            codes::M0404,
            KEY,
            "must name 1 to 50 levels",
            "name them from the lowest to the highest",
        );
    } else if distinct.len() < levels.len() {
        root.report(
            codes::M0405,
            KEY,
            "names a level twice",
            "name each level once, from the lowest to the highest",
        );
    } else {
        return Ok(levels);
    }
    Err(())
}

fn lead(section: Section<'_, '_>, default: LeadPolicy) -> LeadPolicy {
    let lead = LeadPolicy {
        preparation_days: section.whole("preparation_days", default.preparation_days, 0..=60),
        preparation_window: section.whole("preparation_window", default.preparation_window, 0..=60),
        report_days_full: section.whole("report_days_full", default.report_days_full, 0..=60),
        report_window_full: section.whole("report_window_full", default.report_window_full, 0..=60),
        report_days_irp: section.whole("report_days_irp", default.report_days_irp, 0..=60),
    };
    not_more(
        &section,
        ("preparation_days", lead.preparation_days),
        ("preparation_window", lead.preparation_window),
    );
    not_more(
        &section,
        ("report_days_full", lead.report_days_full),
        ("report_window_full", lead.report_window_full),
    );
    section.finish();
    lead
}

fn team(section: Section<'_, '_>, default: TeamPolicy) -> TeamPolicy {
    let team = TeamPolicy {
        writeup_days: section.whole("writeup_days", default.writeup_days, 0..=60),
        writeup_window: section.whole("writeup_window", default.writeup_window, 0..=60),
    };
    not_more(
        &section,
        ("writeup_days", team.writeup_days),
        ("writeup_window", team.writeup_window),
    );
    section.finish();
    team
}

/// Days of work must fit into their window, or nobody could ever do them.
fn not_more(section: &Section<'_, '_>, days: (&'static str, u32), window: (&'static str, u32)) {
    if days.1 > window.1 {
        let key = if section.has(days.0) {
            days.0
        } else {
            window.0
        };
        let message = format!(
            "doesn't go: {} days of work don't fit into a window of {}",
            days.1, window.1
        );
        let help = format!("make {} smaller or {} larger", days.0, window.0);
        section.report(codes::M0405, key, &message, &help);
    }
}

fn different_week(section: Section<'_, '_>, default: DifferentWeekPolicy) -> DifferentWeekPolicy {
    let offset = |value: &DeValue<'_>| {
        let weeks = value.as_integer().and_then(integer)?;
        let weeks = i32::try_from(weeks).ok()?;
        (weeks != 0 && weeks.abs() <= 52).then_some(weeks)
    };
    let offsets = section.list(
        "offsets",
        "a list of weeks from -52 to 52, none of them 0",
        offset,
    );
    if let Some(offsets) = &offsets
        && offsets.iter().collect::<BTreeSet<_>>().len() < offsets.len()
    {
        section.report(
            codes::M0405,
            "offsets",
            "names a week twice",
            "name each offset once",
        );
    }
    let kind = |value: &DeValue<'_>| {
        let word = value.as_str()?;
        let found = KINDS.iter().find(|(name, _)| *name == word);
        found.map(|(_, kind)| *kind)
    };
    let kinds = section.list("kinds", "a list of full, irp and standalone", kind);
    let policy = DifferentWeekPolicy {
        offsets: offsets.unwrap_or(default.offsets),
        kinds: kinds.map_or(default.kinds, |kinds| kinds.into_iter().collect()),
        to_fill_teams: section.boolean("to_fill_teams", default.to_fill_teams),
        for_room: section.boolean("for_room", default.for_room),
    };
    section.finish();
    policy
}

fn rolling(section: Section<'_, '_>, default: RollingPolicy) -> RollingPolicy {
    let rolling = RollingPolicy {
        window_weeks: section.whole("window_weeks", default.window_weeks, 1..=52),
        max_weeks: section.whole("max_weeks", default.max_weeks, 0..=52),
    };
    section.finish();
    rolling
}

fn priority(section: Section<'_, '_>, default: PriorityPolicy) -> PriorityPolicy {
    let weight = |key, default| section.whole(key, default, -MOST_WEIGHT..=MOST_WEIGHT);
    let priority = PriorityPolicy {
        base: weight("base", default.base),
        children: weight("children", default.children),
        inadequate: weight("inadequate", default.inadequate),
        standalone: weight("standalone", default.standalone),
    };
    let parts = [
        ("children", priority.children),
        ("inadequate", priority.inadequate),
        ("standalone", priority.standalone),
    ];
    let (lowering, lowest) = parts.iter().filter(|(_, weight)| *weight < 0).fold(
        (Vec::new(), priority.base),
        |(mut keys, sum), (key, weight)| {
            keys.push(*key);
            (keys, sum + weight)
        },
    );
    if lowest < 0 {
        let key = ["base", "standalone", "inadequate", "children"]
            .into_iter()
            .find(|key| section.has(key))
            .unwrap_or("base");
        let message = if lowering.is_empty() {
            format!("doesn't go: the weight of an inspection would be {lowest}")
        } else {
            let which = lowering.join(" and ");
            format!("doesn't go: with {which}, the weight of an inspection would be {lowest}")
        };
        section.report(
            codes::M0405,
            key,
            &message,
            "raise base, or lower less: no weight may be below 0",
        );
    }
    section.finish();
    priority
}

/// An amount in pounds.
fn pounds(section: &Section<'_, '_>, key: &'static str, default: Pence) -> Pence {
    let fits = |pounds: f64| (0.0..=1e6).contains(&pounds);
    Pence::from_pounds(section.number(key, default.pounds(), fits, "pounds, 0 to 1000000"))
}

/// A number from 0 to `most`.
fn share(section: &Section<'_, '_>, key: &'static str, default: f64, most: f64) -> f64 {
    let fits = |number: f64| (0.0..=most).contains(&number);
    section.number(key, default, fits, &format!("0 to {most}"))
}

fn fees(section: Section<'_, '_>, default: FeePolicy) -> FeePolicy {
    let fees = FeePolicy {
        lead: pounds(&section, "lead", default.lead),
        team: pounds(&section, "team", default.team),
    };
    section.finish();
    fees
}

fn travel(section: Section<'_, '_>, default: TravelPolicy) -> TravelPolicy {
    let travel = TravelPolicy {
        cost_per_km: share(&section, "cost_per_km", default.cost_per_km, 1_000.0),
        daily_km: share(&section, "daily_km", default.daily_km, 50_000.0),
        overnight: pounds(&section, "overnight", default.overnight),
        max_km: Some(share(
            &section,
            "max_km",
            default.max_km.unwrap_or(0.0),
            50_000.0,
        ))
        .filter(|most| *most > 0.0),
    };
    section.finish();
    travel
}

fn disclosure(section: Section<'_, '_>, default: DisclosurePolicy) -> DisclosurePolicy {
    let disclosure = DisclosurePolicy {
        min_candidates: section.whole("min_candidates", default.min_candidates, 1..=1_000),
        max_share: share(&section, "max_share", default.max_share, 1.0),
    };
    section.finish();
    disclosure
}

fn notice(section: Section<'_, '_>, default: NoticePolicy) -> NoticePolicy {
    let notice = NoticePolicy {
        lead_name_days: section.whole("lead_name_days", default.lead_name_days, 0..=366),
        programme_months: section.whole("programme_months", default.programme_months, 0..=24),
        irps_min: section.whole("irps_min", default.irps_min, 0..=1_000),
        irps_max: section.whole("irps_max", default.irps_max, 0..=1_000),
    };
    if notice.irps_min > notice.irps_max {
        let key = if section.has("irps_min") {
            "irps_min"
        } else {
            "irps_max"
        };
        let message = format!(
            "doesn't go: at least {} and at most {} IRPs",
            notice.irps_min, notice.irps_max
        );
        section.report(
            codes::M0405,
            key,
            &message,
            "make irps_min at most irps_max",
        );
    }
    section.finish();
    notice
}

fn absence(section: Section<'_, '_>, default: Absence) -> Absence {
    let absence = Absence {
        rate: share(&section, "rate", default.rate, 1.0),
        weeks: section.whole("weeks", default.weeks, 1..=52),
    };
    section.finish();
    absence
}

fn remedy(section: Section<'_, '_>, kind: RemedyKind, levels: &[String]) -> Remedy {
    let default = Remedy::default_of(kind, levels);
    let fits = |price: f64| price > 0.0 && price <= 1e6;
    let price = section.number("price", default.price, fits, "above 0, at most 1000000");
    let limit = section.whole("limit", default.limit.unwrap_or(0), 0..=1_000_000);
    let addressee = section.text("addressee").map_or(default.addressee, |text| {
        if text.trim().is_empty() {
            section.report(
                codes::M0404,
                "addressee",
                "must not be empty",
                "say who is asked",
            );
        }
        text.to_owned()
    });
    let allowed = section.boolean("allowed", default.allowed);
    let step = default
        .step
        .map(|step| section.whole("step", step, 1..=366));
    let days = default
        .days
        .map(|days| section.whole("days", days, 1..=366));
    let clearance = default
        .clearance
        .map(|clearance| match section.text("clearance") {
            None => clearance,
            Some(text) if levels.iter().any(|level| level == text) => text.to_owned(),
            Some(_) => {
                let help = format!("write one of {}", levels.join(", "));
                section.report(
                    codes::M0405,
                    "clearance",
                    "is not one of clearance_levels",
                    &help,
                );
                clearance
            }
        });
    section.finish();
    Remedy {
        price,
        limit: (limit > 0).then_some(limit),
        addressee,
        allowed,
        step,
        days,
        clearance,
    }
}
