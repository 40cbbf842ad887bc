//! Change files for tests: many kinds for the demo year, and any that there can be.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::num::{NonZeroI32, NonZeroU32};

use chrono::{Days, NaiveDate, Weekday};
use muster::change::{
    Amount, Capacity, Change, ChangeFile, Entry, NewDates, NewInspection, NewInspectors, PolicyKey,
    Profile, TeamOf, Who,
};
use muster::domain::{DateSpan, DifferentWeek, Grade, Judgement, Kind, Role, Status, WeekdaySet};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

/// The demo year's files.
pub fn demo() -> BTreeMap<String, Vec<u8>> {
    let files = muster::demo::files().into_iter();
    files
        .map(|(name, text)| (name, text.into_bytes()))
        .collect()
}

/// Changes of the demo year, of most kinds.
pub const MANY: &str = r#"
title = "Many changes"
question = "Do the files stay as they are but for these?"

[[change]]
kind = "clearance"
inspector = "I001"
level = "ctc"
until = "2029-12-31"
note = "HMIP, by September"

[[change]]
kind = "training"
grade = "OI"
region = "London"
until = "2028-03-31"

[[change]]
kind = "days"
grade = "HMI"
region = "North West"
by = 5

[[change]]
kind = "drop-leave"
inspector = "I001"
from = "2026-05-01"
to = "2026-05-31"

[[change]]
kind = "site-capacity"
establishment = "altcourse"
by = 2

[[change]]
kind = "move-inspection"
inspection = "P003"
weeks = 1

[[change]]
kind = "status"
inspection = "P002"
status = "postponed"

[[change]]
kind = "add-inspector"
id = "N"
grade = "OI"
region = "South West"
max_days = 40
clearance = "sc"
count = 2

[[change]]
kind = "pin"
inspection = "P003"
inspector = "N-1"
role = "team"

[[change]]
kind = "remove-inspector"
inspector = "I080"

[[change]]
kind = "policy"
key = "rolling.max_weeks"
value = 3

[[change]]
kind = "policy"
key = "fees.lead"
value = 560.5
"#;

/// The lines of each file that are not in both, as often as they are.
pub fn difference(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> String {
    let mut text = String::new();
    let names: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for name in names {
        let lines = |files: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
            let bytes = files.get(name).cloned().unwrap_or_default();
            let text = String::from_utf8(bytes).expect("UTF-8");
            text.lines().map(str::to_owned).collect()
        };
        let (old, new) = (lines(before), lines(after));
        let without = |these: &[String], those: &[String]| -> Vec<String> {
            let mut left: BTreeMap<&str, usize> = BTreeMap::new();
            for line in those {
                *left.entry(line).or_default() += 1;
            }
            let gone = these.iter().filter(|line| {
                let count = left.entry(line).or_default();
                let is_there = *count > 0;
                *count = count.saturating_sub(1);
                !is_there
            });
            gone.cloned().collect()
        };
        let (gone, come) = (without(&old, &new), without(&new, &old));
        if !gone.is_empty() || !come.is_empty() {
            let _ = writeln!(text, "{name}");
            gone.iter()
                .for_each(|line| writeln!(text, "- {line}").unwrap());
            come.iter()
                .for_each(|line| writeln!(text, "+ {line}").unwrap());
        }
    }
    text
}

/// Lines of text, with all that has a meaning in TOML and CSV.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z0-9\"'#=,{}\\\\é\\[\\]-]{1,3}( ?[A-Za-z0-9\"'#=,é.-]){0,8}",
        // Some that the small year has.
        prop::sample::select(vec![
            "I1", "I2", "I3", "P1", "P2", "S1", "ash", "North", "ctc"
        ])
        .prop_map(str::to_owned),
    ]
}

fn date() -> impl Strategy<Value = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    (0..700_u64).prop_map(move |days| first + Days::new(days))
}

fn span() -> impl Strategy<Value = DateSpan> {
    (date(), 0..40_u64)
        .prop_map(|(first, days)| DateSpan::new(first, first + Days::new(days)).unwrap())
}

fn grade() -> impl Strategy<Value = Grade> {
    prop::sample::select(vec![Grade::Hmi, Grade::Oi])
}

fn role() -> impl Strategy<Value = Role> {
    prop::sample::select(vec![Role::Lead, Role::Team])
}

fn different_week() -> impl Strategy<Value = DifferentWeek> {
    let all = vec![DifferentWeek::No, DifferentWeek::Ask, DifferentWeek::Agreed];
    prop::sample::select(all)
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![
        line().prop_map(Who::Person),
        grade().prop_map(Who::Grade),
        line().prop_map(Who::Region),
        (grade(), line()).prop_map(|(grade, region)| Who::GradeInRegion(grade, region)),
    ]
}

fn step(most: i32) -> impl Strategy<Value = NonZeroI32> {
    (1..=most, any::<bool>())
        .prop_map(|(step, less)| NonZeroI32::new(if less { -step } else { step }).unwrap())
}

fn amount(most: u32) -> impl Strategy<Value = Amount> {
    prop_oneof![
        (0..=most).prop_map(Amount::To),
        step(most as i32).prop_map(Amount::By),
    ]
}

fn people() -> impl Strategy<Value = Change> {
    prop_oneof![
        (who(), of(line()), date()).prop_map(|(who, level, until)| Change::Clearance {
            who,
            level,
            until
        }),
        (who(), date()).prop_map(|(who, until)| Change::Dbs { who, until }),
        (who(), date()).prop_map(|(who, until)| Change::Training { who, until }),
        (who(), any::<bool>()).prop_map(|(who, trained)| Change::LeadTraining { who, trained }),
        (who(), amount(366)).prop_map(|(who, days)| Change::Days { who, days }),
        (who(), span()).prop_map(|(who, span)| Change::Offer { who, span }),
        (who(), span()).prop_map(|(who, span)| Change::Away { who, span }),
        (who(), span()).prop_map(|(who, span)| Change::WithdrawOffer { who, span }),
        (who(), span()).prop_map(|(who, span)| Change::DropLeave { who, span }),
        (line(), span(), date()).prop_map(|(inspector, span, to)| Change::MoveLeave {
            inspector,
            span,
            to
        }),
        new_inspectors().prop_map(Change::AddInspectors),
        who().prop_map(|who| Change::RemoveInspector { who }),
    ]
}

fn new_inspectors() -> impl Strategy<Value = NewInspectors> {
    let profile = prop_oneof![
        line().prop_map(Profile::Like),
        (grade(), line(), 0..=366_u32, line()).prop_map(|(grade, region, max_days, clearance)| {
            Profile::Recruit {
                grade,
                region,
                max_days,
                clearance,
            }
        }),
    ];
    let days = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
    ];
    let pattern = prop::sample::subsequence(days.to_vec(), 1..=6).prop_map(WeekdaySet::from_days);
    (
        line(),
        of(line()),
        1..=20_u32,
        profile,
        of(any::<bool>()),
        of(pattern),
    )
        .prop_map(
            |(id, name, count, profile, lead_trained, working_days)| NewInspectors {
                id,
                name,
                count: NonZeroU32::new(count).unwrap(),
                profile,
                lead_trained,
                working_days,
            },
        )
}

fn new_inspection() -> impl Strategy<Value = NewInspection> {
    let kind = prop::sample::select(vec![Kind::Full, Kind::Irp, Kind::Standalone]);
    let judgement = prop::sample::select(vec![
        Judgement::Outstanding,
        Judgement::Good,
        Judgement::RequiresImprovement,
        Judgement::Inadequate,
        Judgement::Awaited,
        Judgement::None,
    ]);
    let what = (line(), line(), kind, any::<bool>(), span(), of(span()));
    let teams = (1..=99_u32, 0..=999_u32, 0..=999_u32);
    (what, teams, of(judgement), different_week()).prop_map(
        |(what, teams, previous_esw, different_week)| {
            let (id, establishment, kind, announced, dates, attend) = what;
            let (team, hmip_team, partner_team) = teams;
            NewInspection {
                id,
                establishment,
                kind,
                announced,
                dates,
                attend,
                team,
                hmip_team,
                partner_team,
                previous_esw,
                different_week,
            }
        },
    )
}

fn programme() -> impl Strategy<Value = Change> {
    let capacity = prop_oneof![
        amount(999).prop_map(Capacity::Places),
        Just(Capacity::NoLimit),
    ];
    let dates = prop_oneof![
        step(104).prop_map(NewDates::Weeks),
        (span(), of(span())).prop_map(|(dates, attend)| NewDates::To { dates, attend }),
    ];
    let status = prop::sample::select(vec![Status::Planned, Status::Postponed, Status::Cancelled]);
    let team = prop::sample::select(vec![TeamOf::Ofsted, TeamOf::Hmip, TeamOf::Partners]);
    prop_oneof![
        (line(), capacity).prop_map(|(establishment, capacity)| Change::SiteCapacity {
            establishment,
            capacity
        }),
        (line(), line()).prop_map(|(establishment, level)| Change::SiteClearance {
            establishment,
            level
        }),
        (line(), different_week())
            .prop_map(|(inspection, answer)| Change::DifferentWeek { inspection, answer }),
        (line(), span()).prop_map(|(inspection, span)| Change::Attend { inspection, span }),
        (line(), dates).prop_map(|(inspection, to)| Change::MoveInspection { inspection, to }),
        new_inspection().prop_map(Change::AddInspection),
        (line(), status).prop_map(|(inspection, status)| Change::Status { inspection, status }),
        (line(), team, 1..=99_u32).prop_map(|(inspection, of, people)| Change::Team {
            inspection,
            of,
            people
        }),
    ]
}

fn settled() -> impl Strategy<Value = Change> {
    prop_oneof![
        (line(), line(), role()).prop_map(|(inspection, inspector, role)| Change::Pin {
            inspection,
            inspector,
            role
        }),
        (line(), line(), of(role())).prop_map(|(inspection, inspector, role)| Change::Forbid {
            inspection,
            inspector,
            role
        }),
        (line(), line()).prop_map(|(inspection, inspector)| Change::Unpin {
            inspection,
            inspector
        }),
    ]
}

fn policy() -> impl Strategy<Value = Change> {
    let one = prop_oneof![
        (0..=52_i64).prop_map(|weeks| ("rolling.max_weeks", weeks.into())),
        (0.0..=1.0).prop_map(|share: f64| ("absence.oi.rate", share.into())),
        any::<bool>().prop_map(|on| ("remedy.leave.allowed", on.into())),
        line().prop_map(|text| ("marking", text.into())),
        vec(1..=52_i64, 1..2).prop_map(|weeks| ("different_week.offsets", weeks.into())),
    ];
    one.prop_map(|(key, value): (&str, toml::Value)| {
        Change::Policy(PolicyKey::new(key, value).expect("a key with a value it can have"))
    })
}

/// Any change file.
pub fn any_file() -> impl Strategy<Value = ChangeFile> {
    let change = prop_oneof![4 => people(), 3 => programme(), 1 => settled(), 1 => policy()];
    let entry = (change, of(line())).prop_map(|(change, note)| Entry { change, note });
    (line(), of(line()), vec(entry, 0..6)).prop_map(|(title, question, changes)| ChangeFile {
        title,
        question,
        changes,
    })
}
