//! The posts a person could hold, each with the days it takes and what it costs.

use chrono::{Datelike, Days, NaiveDate};
use muster::domain::{Dataset, Establishment, Grade, Inspection, Inspector, Kind, Role};

use super::calendar::{Calendar, DaySet};
use super::windows::Window;

/// Off-site work: some whole days among those numbered `first` to `last`.
#[derive(Clone, Copy, Debug)]
pub struct Task {
    /// The first working day on which it can be done.
    pub first: usize,
    /// The last; before `first` where there is none.
    pub last: usize,
    /// How many days it takes.
    pub days: u32,
    /// Whether it is the report (H12).
    pub report: bool,
}

/// One post in one window, for one person.
#[derive(Debug)]
pub struct Post {
    /// Position among the inspections in scope.
    pub inspection: usize,
    /// Position among its windows.
    pub window: usize,
    /// Lead or team.
    pub role: Role,
    /// The days on site.
    pub on_site: DaySet,
    /// The ISO weeks of the days on site.
    pub weeks: u64,
    /// The work before and after.
    pub tasks: Vec<Task>,
    /// Days on site and off it.
    pub days: i64,
    /// The quarter of the first day on site, April to June being 0.
    pub quarter: usize,
    /// In pence.
    pub cost: i64,
}

/// The work off site that `role` brings.
pub fn tasks(
    dataset: &Dataset,
    calendar: &Calendar,
    inspection: &Inspection,
    window: &Window,
    role: Role,
) -> Vec<Task> {
    let lead = &dataset.policy.lead;
    let team = &dataset.policy.team;
    let begin = calendar.from(window.first);
    let after = calendar.up_to(window.last);
    let mut tasks = match role {
        Role::Lead => {
            let later = inspection.dates.last().max(window.last);
            let (days, end) = match inspection.kind {
                Kind::Full => (
                    lead.report_days_full,
                    calendar.up_to(later) + lead.report_window_full as usize,
                ),
                Kind::Standalone => (
                    lead.report_days_full,
                    after + lead.report_window_full as usize,
                ),
                Kind::Irp => (
                    lead.report_days_irp,
                    calendar.up_to(friday_of_next_week(later)),
                ),
            };
            vec![
                task(
                    begin - lead.preparation_window as usize,
                    begin,
                    lead.preparation_days,
                    false,
                ),
                task(after, end, days, true),
            ]
        }
        Role::Team => vec![task(
            after,
            after + team.writeup_window as usize,
            team.writeup_days,
            false,
        )],
    };
    assert!(tasks.iter().all(|task| task.last < calendar.len()));
    tasks.retain(|task| task.days > 0);
    tasks
}

/// `days` of work among the days from `first` up to, not including, `end`. Where there are
/// none, `first` is moved behind `last`, so that no day can ever be found.
fn task(first: usize, end: usize, days: u32, report: bool) -> Task {
    let (first, last) = if first < end {
        (first, end - 1)
    } else {
        (1, 0)
    };
    Task {
        first,
        last,
        days,
        report,
    }
}

fn friday_of_next_week(day: NaiveDate) -> NaiveDate {
    let monday = day - Days::new(u64::from(day.weekday().num_days_from_monday()));
    monday + Days::new(7 + 4)
}

/// The quarter of a day, April to June being 0.
pub fn quarter(day: NaiveDate) -> usize {
    (day.month0() as usize + 9) / 3 % 4
}

/// Great-circle kilometres between an inspector's place and a site.
pub fn kilometres(person: &Inspector, site: &Establishment) -> f64 {
    let (a, b) = (person.location, site.location);
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let h = half(a.latitude, b.latitude)
        + a.latitude.to_radians().cos()
            * b.latitude.to_radians().cos()
            * half(a.longitude, b.longitude);
    2.0 * 6371.0088 * h.sqrt().min(1.0).asin()
}

/// What a post costs, in pence: `on_site` days of it on site, `days` in all.
pub fn cost(
    dataset: &Dataset,
    person: &Inspector,
    role: Role,
    km: f64,
    on_site: u32,
    days: i64,
) -> i64 {
    let policy = &dataset.policy;
    match person.grade {
        Grade::Oi => {
            let fee = match role {
                Role::Lead => policy.fees.lead,
                Role::Team => policy.fees.team,
            };
            days * fee.0
        }
        Grade::Hmi => {
            let both_ways = 2.0 * km * policy.travel.cost_per_km;
            let pounds = if km <= policy.travel.daily_km {
                both_ways * f64::from(on_site)
            } else {
                both_ways + f64::from(on_site - 1) * policy.travel.overnight.pounds()
            };
            (pounds * 100.0).round() as i64
        }
    }
}
