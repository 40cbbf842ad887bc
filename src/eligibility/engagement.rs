//! A post of an inspection in one of its windows, before anybody holds it: which days and
//! weeks it takes, on site and off.

use chrono::{Datelike, NaiveDate};
use fixedbitset::FixedBitSet;

use super::calendar::{Calendar, Day, Horizon, week_number};
use super::off_site::{self, Task};
use super::windows::Window;
use crate::domain::{DateSpan, Inspection, InspectionIx, Policy, Role};

/// A role at an inspection, in one of its windows.
#[derive(Clone, Debug)]
pub struct Engagement {
    /// Which inspection.
    pub inspection: InspectionIx,
    /// Which of its windows, by position.
    pub window: usize,
    /// In which role.
    pub role: Role,
    /// The days on site.
    pub on_site: FixedBitSet,
    /// The first day on site.
    pub first_day: NaiveDate,
    /// The last day on site.
    pub last_day: NaiveDate,
    /// The weeks that hold a day on site, as week numbers, in order.
    pub weeks: Vec<i32>,
    /// The work off site.
    pub tasks: Vec<Task<Day>>,
    /// How many days it takes on site.
    pub days_on_site: u32,
    /// How many days it takes off site.
    pub days_off_site: u32,
    /// The quarter of its first day on site: 0 is April to June.
    pub quarter: usize,
    /// The first and last day that it can touch.
    pub extent: (Day, Day),
}

impl Engagement {
    /// All the days it takes.
    pub fn days(&self) -> u32 {
        self.days_on_site + self.days_off_site
    }
}

/// An engagement whose days are still dates, because the horizon isn't known yet.
pub(super) struct Draft {
    inspection: InspectionIx,
    window: usize,
    role: Role,
    on_site: Vec<NaiveDate>,
    tasks: Vec<Task<NaiveDate>>,
}

impl Draft {
    pub(super) fn new(
        (ix, inspection): (InspectionIx, &Inspection),
        (position, window): (usize, &Window),
        role: Role,
        policy: &Policy,
        calendar: &Calendar,
    ) -> Self {
        let tasks = off_site::tasks(inspection, role, &window.on_site, policy, calendar);
        Self {
            inspection: ix,
            window: position,
            role,
            on_site: window.on_site.clone(),
            tasks,
        }
    }

    /// The span of days that it can touch.
    pub(super) fn extent(&self) -> DateSpan {
        off_site::extent(&self.tasks, &self.on_site)
    }

    pub(super) fn number(self, horizon: Horizon) -> Engagement {
        let extent = self.extent();
        let mut on_site = FixedBitSet::with_capacity(horizon.len());
        on_site.extend(self.on_site.iter().map(|date| horizon.day(*date)));
        let mut weeks: Vec<_> = self.on_site.iter().map(|date| week_number(*date)).collect();
        weeks.dedup();
        let tasks: Vec<_> = self
            .tasks
            .into_iter()
            .map(|task| Task {
                work: task.work,
                days: task.days,
                first: horizon.day(task.first),
                last: horizon.day(task.last),
            })
            .collect();
        let first_day = self.on_site[0];
        Engagement {
            inspection: self.inspection,
            window: self.window,
            role: self.role,
            first_day,
            last_day: self.on_site[self.on_site.len() - 1],
            days_on_site: self.on_site.len() as u32,
            days_off_site: tasks.iter().map(|task| task.days).sum(),
            quarter: (first_day.month0() as usize + 9) % 12 / 3,
            extent: (horizon.day(extent.first()), horizon.day(extent.last())),
            on_site,
            weeks,
            tasks,
        }
    }
}
