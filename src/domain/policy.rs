//! Every number that is a choice: `policy.toml`, with the defaults of the format.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::{Kind, Pence};

/// A whole `policy.toml`.
#[derive(Clone, Debug, Serialize)]
pub struct Policy {
    /// April of this year to March of the next.
    pub programme_year: i32,
    /// The day on which this is planned; `None`: nothing depends on the date.
    pub as_of: Option<NaiveDate>,
    /// The protective marking that every export carries.
    pub marking: String,
    /// Names of the levels of vetting, rising; never empty.
    pub clearance_levels: Vec<String>,
    /// Off-site work of a lead.
    pub lead: LeadPolicy,
    /// Off-site work of a team inspector.
    pub team: TeamPolicy,
    /// Windows outside the second week.
    pub different_week: DifferentWeekPolicy,
    /// The rolling load (H13).
    pub rolling: RollingPolicy,
    /// Weights of T1.
    pub priority: PriorityPolicy,
    /// What contracted OIs are paid a day.
    pub fees: FeePolicy,
    /// What HMIs' travel costs.
    pub travel: TravelPolicy,
    /// What a later tier may take back from an earlier one.
    pub tolerance: TolerancePolicy,
    /// Named reserves (T5).
    pub reserve: ReservePolicy,
    /// What the pack for MoJ may show.
    pub disclosure: DisclosurePolicy,
    /// Dates and counts that follow from the protocol.
    pub notice: NoticePolicy,
    /// When input and output are purged.
    pub retention: RetentionPolicy,
    /// Where the record of packs given is kept.
    pub ledger: LedgerPolicy,
    /// HMIP's own capacity, when dates are suggested.
    pub hmip: HmipPolicy,
    /// Simulated absence.
    pub absence: AbsencePolicy,
    /// What may be changed to mend a shortfall, and at which price.
    pub remedy: BTreeMap<RemedyKind, Remedy>,
}

/// `[lead]`: off-site work of a lead, in whole days.
#[derive(Clone, Debug, Serialize)]
pub struct LeadPolicy {
    /// Days of preparation, the pre-inspection visit included.
    pub preparation_days: u32,
    /// Working days before the first day on site in which they lie.
    pub preparation_window: u32,
    /// Days of report writing after a full or standalone inspection.
    pub report_days_full: u32,
    /// Working days after the end of the inspection in which they lie.
    pub report_window_full: u32,
    /// Days of report writing after an IRP, up to the Friday of the week after.
    pub report_days_irp: u32,
}

/// `[team]`: off-site work of a team inspector, in whole days.
#[derive(Clone, Debug, Serialize)]
pub struct TeamPolicy {
    /// Days of write-up.
    pub writeup_days: u32,
    /// Working days after the last day on site in which they lie.
    pub writeup_window: u32,
}

/// `[different_week]`.
#[derive(Clone, Debug, Serialize)]
pub struct DifferentWeekPolicy {
    /// Weeks from the normal window; distinct, none of them 0.
    pub offsets: Vec<i32>,
    /// Kinds of inspection that may be moved.
    #[serde(serialize_with = "kind_names")]
    pub kinds: BTreeSet<Kind>,
    /// Whether T3 goes before T2.
    pub to_fill_teams: bool,
    /// Whether a different week may have more places than the normal one.
    pub for_room: bool,
}

/// `[rolling]`.
#[derive(Clone, Debug, Serialize)]
pub struct RollingPolicy {
    /// Length of the rolling window in consecutive ISO weeks, at least 1.
    pub window_weeks: u32,
    /// How many of them may hold a day on site.
    pub max_weeks: u32,
}

/// `[priority]`: the weight of an inspection in T1 is `base` and what applies, never below 0.
#[derive(Clone, Debug, Serialize)]
pub struct PriorityPolicy {
    /// What every inspection has.
    pub base: i64,
    /// Where the age group is children.
    pub children: i64,
    /// Where the previous judgement is inadequate.
    pub inadequate: i64,
    /// Where it is a standalone inspection.
    pub standalone: i64,
}

/// `[fees]`: of contracted OIs, a day, travel included.
#[derive(Clone, Debug, Serialize)]
pub struct FeePolicy {
    /// For leading.
    pub lead: Pence,
    /// For a team post.
    pub team: Pence,
}

/// `[travel]`: of HMIs.
#[derive(Clone, Debug, Serialize)]
pub struct TravelPolicy {
    /// Pounds a kilometre.
    pub cost_per_km: f64,
    /// Up to this many kilometres they travel there and back each day.
    pub daily_km: f64,
    /// A night away.
    pub overnight: Pence,
    /// How far an HMI may be sent; `None`: no limit.
    pub max_km: Option<f64>,
}

/// `[tolerance]`.
#[derive(Clone, Debug, Serialize)]
pub struct TolerancePolicy {
    /// How far T7 may raise T6 above its optimum, in per cent.
    pub cost_percent: f64,
}

/// `[reserve]`.
#[derive(Clone, Debug, Serialize)]
pub struct ReservePolicy {
    /// Whether T5 is on.
    pub name_reserves: bool,
}

/// `[disclosure]`.
#[derive(Clone, Debug, Serialize)]
pub struct DisclosurePolicy {
    /// The fewest establishments a shown group could be about.
    pub min_candidates: u32,
    /// The largest share of them that may have a shortfall, 0 to 1.
    pub max_share: f64,
}

/// `[notice]`.
#[derive(Clone, Debug, Serialize)]
pub struct NoticePolicy {
    /// Calendar days before the inspection on which the lead's name is due to HMIP (¶22).
    pub lead_name_days: u32,
    /// Months of notice that HMIP normally gives (¶22).
    pub programme_months: u32,
    /// The fewest IRPs of a normal year (¶12).
    pub irps_min: u32,
    /// The most IRPs of a normal year (¶12).
    pub irps_max: u32,
}

/// `[retention]`.
#[derive(Clone, Debug, Serialize)]
pub struct RetentionPolicy {
    /// Days after the programme year.
    pub days: u32,
}

/// `[ledger]`.
#[derive(Clone, Debug, Serialize)]
pub struct LedgerPolicy {
    /// A path; empty: none is kept.
    pub path: String,
}

/// `[hmip]`.
#[derive(Clone, Debug, Serialize)]
pub struct HmipPolicy {
    /// How many inspections HMIP's own teams can do in a week.
    pub inspections_a_week: u32,
}

/// `[absence.…]`: simulated absence by grade.
#[derive(Clone, Debug, Serialize)]
pub struct AbsencePolicy {
    /// Of HMIs.
    pub hmi: Absence,
    /// Of OIs.
    pub oi: Absence,
}

/// How often and how long somebody of a grade is away.
#[derive(Clone, Debug, Serialize)]
pub struct Absence {
    /// Share of weeks, 0 to 1.
    pub rate: f64,
    /// Weeks at a time, at least 1.
    pub weeks: u32,
}

/// What can be changed so that a post is filled after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RemedyKind {
    /// A clearance renewed or raised.
    Clearance,
    /// A DBS check renewed.
    Dbs,
    /// Training for custodial sites renewed.
    Training,
    /// An OI trained to lead.
    LeadTraining,
    /// More contracted days.
    Days,
    /// An OI's offer of one more week.
    Offer,
    /// A leave moved.
    Leave,
    /// A place more on a site.
    Place,
    /// A week moved, agreed by HMIP.
    Week,
    /// One more person.
    Person,
}

impl RemedyKind {
    /// All of them, in the format's order.
    pub const ALL: [Self; 10] = [
        Self::Clearance,
        Self::Dbs,
        Self::Training,
        Self::LeadTraining,
        Self::Days,
        Self::Offer,
        Self::Leave,
        Self::Place,
        Self::Week,
        Self::Person,
    ];

    /// The name of its section in `policy.toml`, after `remedy.`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clearance => "clearance",
            Self::Dbs => "dbs",
            Self::Training => "training",
            Self::LeadTraining => "lead_training",
            Self::Days => "days",
            Self::Offer => "offer",
            Self::Leave => "leave",
            Self::Place => "place",
            Self::Week => "week",
            Self::Person => "person",
        }
    }
}

/// `[remedy.…]`: one kind of change.
#[derive(Clone, Debug, Serialize)]
pub struct Remedy {
    /// Relative price of one such change, above 0.
    pub price: f64,
    /// At most so many in all; `None`: no limit.
    pub limit: Option<u32>,
    /// Who is asked.
    pub addressee: String,
    /// Whether it may be proposed at all.
    pub allowed: bool,
    /// Of `days`: days a change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
    /// Of `person`: a recruit's days a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// Of `person`: a recruit's clearance, one of `clearance_levels`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clearance: Option<String>,
}

impl Remedy {
    /// The default of `kind` where `levels` are the policy's clearance levels.
    pub fn default_of(kind: RemedyKind, levels: &[String]) -> Self {
        let (price, addressee) = match kind {
            RemedyKind::Clearance | RemedyKind::Place | RemedyKind::Week => (2.0, "HMIP"),
            RemedyKind::Dbs | RemedyKind::Training => (1.0, "Ofsted"),
            RemedyKind::LeadTraining => (4.0, "Ofsted"),
            RemedyKind::Days => (3.0, "MoJ"),
            RemedyKind::Offer => (2.0, "Ofsted"),
            RemedyKind::Leave => (5.0, "Ofsted"),
            RemedyKind::Person => (20.0, "MoJ"),
        };
        let person = kind == RemedyKind::Person;
        Self {
            price,
            limit: None,
            addressee: addressee.to_owned(),
            allowed: kind != RemedyKind::Leave,
            step: (kind == RemedyKind::Days).then_some(5),
            days: person.then_some(60),
            clearance: person.then(|| levels.last().cloned().unwrap_or_default()),
        }
    }
}

impl Default for Policy {
    fn default() -> Self {
        let clearance_levels: Vec<String> = ["standard", "enhanced-1", "enhanced-2", "ctc", "sc"]
            .map(str::to_owned)
            .into();
        Self {
            programme_year: 2026,
            as_of: None,
            marking: "OFFICIAL-SENSITIVE".to_owned(),
            lead: LeadPolicy {
                preparation_days: 2,
                preparation_window: 10,
                report_days_full: 5,
                report_window_full: 13,
                report_days_irp: 2,
            },
            team: TeamPolicy {
                writeup_days: 1,
                writeup_window: 3,
            },
            different_week: DifferentWeekPolicy {
                offsets: vec![1, 2, -1],
                kinds: BTreeSet::from([Kind::Full]),
                to_fill_teams: false,
                for_room: false,
            },
            rolling: RollingPolicy {
                window_weeks: 4,
                max_weeks: 2,
            },
            priority: PriorityPolicy {
                base: 2,
                children: 2,
                inadequate: 1,
                standalone: -1,
            },
            fees: FeePolicy {
                lead: Pence(53_500),
                team: Pence(33_500),
            },
            travel: TravelPolicy {
                cost_per_km: 0.28,
                daily_km: 100.0,
                overnight: Pence(12_000),
                max_km: None,
            },
            tolerance: TolerancePolicy { cost_percent: 1.0 },
            reserve: ReservePolicy {
                name_reserves: false,
            },
            disclosure: DisclosurePolicy {
                min_candidates: 10,
                max_share: 0.34,
            },
            notice: NoticePolicy {
                lead_name_days: 14,
                programme_months: 6,
                irps_min: 15,
                irps_max: 20,
            },
            retention: RetentionPolicy { days: 730 },
            ledger: LedgerPolicy {
                path: String::new(),
            },
            hmip: HmipPolicy {
                inspections_a_week: 6,
            },
            absence: AbsencePolicy {
                hmi: Absence {
                    rate: 0.03,
                    weeks: 2,
                },
                oi: Absence {
                    rate: 0.05,
                    weeks: 1,
                },
            },
            remedy: RemedyKind::ALL
                .map(|kind| (kind, Remedy::default_of(kind, &clearance_levels)))
                .into(),
            clearance_levels,
        }
    }
}

fn kind_names<S: serde::Serializer>(kinds: &BTreeSet<Kind>, out: S) -> Result<S::Ok, S::Error> {
    out.collect_seq(kinds.iter().map(|kind| kind.as_str()))
}
