//! `policy.toml`: what is left out has the default that is written out here.

mod small_year;

use muster::domain::Policy;
use muster::input::read_from;
use small_year::small_year;

const WRITTEN_OUT: &str = r#"
programme_year = 2026
as_of = ""
marking = "OFFICIAL-SENSITIVE"
clearance_levels = ["standard", "enhanced-1", "enhanced-2", "ctc", "sc"]
[lead]
preparation_days = 2
preparation_window = 10
report_days_full = 5
report_window_full = 13
report_days_irp = 2
[team]
writeup_days = 1
writeup_window = 3
[different_week]
offsets = [1, 2, -1]
kinds = ["full"]
to_fill_teams = false
for_room = false
[rolling]
window_weeks = 4
max_weeks = 2
[priority]
base = 2
children = 2
inadequate = 1
standalone = -1
[fees]
lead = 535
team = 335
[travel]
cost_per_km = 0.28
daily_km = 100
overnight = 120
max_km = 0
[tolerance]
cost_percent = 1.0
[reserve]
name_reserves = false
[disclosure]
min_candidates = 10
max_share = 0.34
[notice]
lead_name_days = 14
programme_months = 6
irps_min = 15
irps_max = 20
[retention]
days = 730
[ledger]
path = ""
[hmip]
inspections_a_week = 6
[absence.hmi]
rate = 0.03
weeks = 2
[absence.oi]
rate = 0.05
weeks = 1
[remedy.clearance]
price = 2
limit = 0
addressee = "HMIP"
allowed = true
[remedy.leave]
allowed = false
[remedy.days]
step = 5
[remedy.person]
days = 60
clearance = "sc"
"#;

#[test]
fn defaults_are_what_the_format_says() {
    for text in [WRITTEN_OUT, ""] {
        let mut dataset = small_year();
        dataset.insert("policy.toml".to_owned(), text.as_bytes().to_vec());
        let loaded = read_from(&dataset);
        let policy = loaded.dataset.expect("a dataset").policy;
        let json = |policy: &Policy| serde_json::to_value(policy).expect("JSON");
        assert_eq!(json(&policy), json(&Policy::default()));
    }
}

#[test]
fn what_is_given_is_taken() {
    let mut dataset = small_year();
    let text = "as_of = 2026-11-24\nclearance_levels = [\"standard\", \"enhanced-1\", \"ctc\", \"sc\"]\n\
                [travel]\nmax_km = 250.5\n[remedy.leave]\nallowed = true\nlimit = 3\n[fees]\nlead = 535.55\n";
    dataset.insert("policy.toml".to_owned(), text.as_bytes().to_vec());
    let policy = read_from(&dataset).dataset.expect("a dataset").policy;
    assert_eq!(
        policy.as_of.map(|day| day.to_string()),
        Some("2026-11-24".to_owned())
    );
    assert_eq!(policy.clearance_levels.len(), 4);
    assert_eq!(policy.travel.max_km, Some(250.5));
    assert_eq!(policy.fees.lead.0, 53_555);
    let leave = &policy.remedy[&muster::domain::RemedyKind::Leave];
    assert_eq!((leave.allowed, leave.limit), (true, Some(3)));
}
