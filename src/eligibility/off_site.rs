//! Off-site work and whether it fits: H8, H9 and H12 together.
//!
//! A lead prepares and reports, a team inspector writes up, in whole days, each inside its
//! own span (¶31). A set of posts fits one person if all their days, on site and off, find
//! different days. Placing the work day by day, earliest deadline first, is exact; and where
//! it fails there is a span of days that holds more work than days (Hall's condition), which
//! is the row the model is then given.

use chrono::{Days, NaiveDate};
use fixedbitset::FixedBitSet;

use super::calendar::{Calendar, Day, monday};
use crate::domain::{DateSpan, Inspection, Kind, Policy, Role};

/// What somebody does on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// In the establishment.
    OnSite,
    /// A lead's preparation, the pre-inspection visit included.
    Preparation,
    /// A lead's report.
    Report,
    /// A team inspector's write-up.
    WriteUp,
}

impl Work {
    /// As written in `days.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OnSite => "on-site",
            Self::Preparation => "preparation",
            Self::Report => "report",
            Self::WriteUp => "write-up",
        }
    }
}

/// Off-site work of one post: so many whole days, on any working days of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task<D> {
    /// Which work.
    pub work: Work,
    /// How many whole days of it.
    pub days: u32,
    /// The first day of its span.
    pub first: D,
    /// The last day of its span; before `first` where the span is empty.
    pub last: D,
}

/// The off-site work of `role` at `inspection`, attended on `on_site` (not empty, in order).
pub fn tasks(
    inspection: &Inspection,
    role: Role,
    on_site: &[NaiveDate],
    policy: &Policy,
    calendar: &Calendar,
) -> Vec<Task<NaiveDate>> {
    let (first_day, last_day) = (on_site[0], on_site[on_site.len() - 1]);
    let after = calendar.after(last_day, 1);
    match role {
        Role::Lead => {
            let preparation = Task {
                work: Work::Preparation,
                days: policy.lead.preparation_days,
                first: calendar.before(first_day, policy.lead.preparation_window),
                last: first_day - Days::new(1),
            };
            let last = report_due(inspection, last_day, policy, calendar);
            vec![
                preparation,
                Task {
                    work: Work::Report,
                    days: report_days(inspection, policy),
                    first: after,
                    last,
                },
            ]
        }
        Role::Team => vec![Task {
            work: Work::WriteUp,
            days: policy.team.writeup_days,
            first: after,
            last: calendar.after(last_day, policy.team.writeup_window),
        }],
    }
}

/// How many days of off-site work `role` at `inspection` takes, whenever it is attended.
pub fn days(inspection: &Inspection, role: Role, policy: &Policy) -> u32 {
    match role {
        Role::Lead => policy.lead.preparation_days + report_days(inspection, policy),
        Role::Team => policy.team.writeup_days,
    }
}

fn report_days(inspection: &Inspection, policy: &Policy) -> u32 {
    match inspection.kind {
        Kind::Full | Kind::Standalone => policy.lead.report_days_full,
        Kind::Irp => policy.lead.report_days_irp,
    }
}

/// The last day of a report's span (¶31), for an inspection last attended on `last_day`.
pub fn report_due(
    inspection: &Inspection,
    last_day: NaiveDate,
    policy: &Policy,
    calendar: &Calendar,
) -> NaiveDate {
    let end = last_day.max(inspection.dates.last());
    match inspection.kind {
        Kind::Full => calendar.after(end, policy.lead.report_window_full),
        Kind::Standalone => calendar.after(last_day, policy.lead.report_window_full),
        Kind::Irp => monday(end) + Days::new(7 + 4),
    }
}

/// A span of days that holds more of one person's work than the person has days in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overfull {
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
}

/// Gives every day of `tasks` a day of its own among `free`, earliest deadline first.
///
/// Returns for each task its days, in order; or nothing where they can't all be placed.
pub fn place(free: &FixedBitSet, tasks: &[Task<Day>]) -> Option<Vec<Vec<Day>>> {
    let mut placed: Vec<Vec<Day>> = tasks.iter().map(|_| Vec::new()).collect();
    let mut waiting: Vec<usize> = (0..tasks.len()).filter(|t| tasks[*t].days > 0).collect();
    let first = waiting.iter().map(|t| tasks[*t].first).min().unwrap_or(0);
    for day in free.ones().skip_while(|day| *day < first) {
        if waiting.is_empty() {
            break;
        }
        let due = waiting
            .iter()
            .enumerate()
            .filter(|(_, task)| tasks[**task].first <= day)
            .min_by_key(|(_, task)| (tasks[**task].last, **task));
        let Some((position, &task)) = due else {
            continue;
        };
        if tasks[task].last < day {
            return None;
        }
        placed[task].push(day);
        if placed[task].len() == tasks[task].days as usize {
            waiting.remove(position);
        }
    }
    waiting.is_empty().then_some(placed)
}

/// The fullest span into which `tasks` and `on_site` don't fit, of a person who can work on
/// the days of `workable`.
pub fn overfull(
    workable: &FixedBitSet,
    tasks: &[Task<Day>],
    on_site: &FixedBitSet,
) -> Option<Overfull> {
    let excess = |first: Day, last: Day| {
        let inside = tasks
            .iter()
            .filter(|task| first <= task.first && task.last <= last);
        let work: usize = inside.map(|task| task.days as usize).sum();
        let range = first..last + 1;
        (work + on_site.count_ones(range.clone())).saturating_sub(workable.count_ones(range))
    };
    let spans = tasks
        .iter()
        .flat_map(|from| tasks.iter().map(move |to| (from.first, to.last)));
    spans
        .filter(|(first, last)| first <= last)
        .map(|(first, last)| (excess(first, last), Overfull { first, last }))
        .filter(|(excess, _)| *excess > 0)
        .max_by_key(|(excess, span)| {
            (
                *excess,
                std::cmp::Reverse((span.last - span.first, span.first)),
            )
        })
        .map(|(_, span)| span)
}

/// The report's span is the only one that may reach outside working days; this is the span
/// of calendar days that all of `tasks` and `on_site` lie in.
pub fn extent(tasks: &[Task<NaiveDate>], on_site: &[NaiveDate]) -> DateSpan {
    let days = || {
        let ends = tasks.iter().flat_map(|task| [task.first, task.last]);
        ends.chain(on_site.iter().copied())
    };
    let first = days()
        .min()
        .expect("a window that is open has a day on site");
    let last = days()
        .max()
        .expect("a window that is open has a day on site");
    DateSpan::new(first, last).expect("the least is not after the greatest")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(days: u32, first: Day, last: Day) -> Task<Day> {
        Task {
            work: Work::Report,
            days,
            first,
            last,
        }
    }

    fn days(numbers: impl IntoIterator<Item = usize>) -> FixedBitSet {
        let mut set = FixedBitSet::with_capacity(32);
        set.extend(numbers);
        set
    }

    #[test]
    fn the_earliest_deadline_goes_first() {
        let placed = place(&days([1, 2, 3]), &[task(2, 0, 9), task(1, 2, 2)]).unwrap();
        assert_eq!(placed, [vec![1, 3], vec![2]]);
    }

    #[test]
    fn what_does_not_fit_has_an_overfull_span() {
        let tasks = [task(2, 0, 3), task(2, 1, 3)];
        assert_eq!(place(&days([1, 2, 3]), &tasks), None);
        let span = overfull(&days([1, 2, 3]), &tasks, &days([])).unwrap();
        assert_eq!(span, Overfull { first: 0, last: 3 });
    }

    proptest::proptest! {
        /// Placing fails exactly where a span is overfull: each proves the other.
        #[test]
        fn placing_and_halls_condition_agree(
            workable in proptest::collection::btree_set(0usize..20, 0..20),
            spans in proptest::collection::vec((1u32..4, 0usize..20, 0usize..8), 1..6),
        ) {
            let tasks: Vec<_> =
                spans.iter().map(|(days, first, length)| task(*days, *first, first + length)).collect();
            let workable = days(workable);
            let placed = place(&workable, &tasks);
            let span = overfull(&workable, &tasks, &days([]));
            proptest::prop_assert_eq!(placed.is_some(), span.is_none());
        }
    }
}
