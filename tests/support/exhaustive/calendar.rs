//! Working days, numbered: Monday to Friday and no bank holiday.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use muster::domain::{Dataset, DateSpan};

/// A set of working days of the horizon, a bit each.
pub type DaySet = u128;

/// Every working day that a tiny year can touch.
pub struct Calendar {
    first_monday: NaiveDate,
    days: Vec<NaiveDate>,
}

impl Calendar {
    /// The working days around `dataset`'s programme, wide enough for every moved window and
    /// all off-site work.
    ///
    /// # Panics
    /// If they are more than a [`DaySet`] holds: the year is not tiny.
    pub fn new(dataset: &Dataset) -> Self {
        let policy = &dataset.policy;
        let spans = || {
            dataset.programme.iter().flat_map(|inspection| {
                [Some(inspection.dates), inspection.attend, inspection.bounds]
                    .into_iter()
                    .flatten()
            })
        };
        let offsets = &policy.different_week.offsets;
        let back = offsets.iter().map(|weeks| -weeks).max().unwrap_or(0).max(0);
        let on = offsets.iter().copied().max().unwrap_or(0).max(0);
        let after = policy
            .lead
            .report_window_full
            .max(policy.team.writeup_window);
        let first = spans().map(DateSpan::first).min().unwrap_or_default()
            - Days::new(7 * (back as u64 + u64::from(policy.lead.preparation_window) / 5 + 3));
        let last = spans().map(DateSpan::last).max().unwrap_or_default()
            + Days::new(7 * (on as u64 + u64::from(after) / 5 + 4));
        let days: Vec<_> = first
            .iter_days()
            .take_while(|day| *day <= last)
            .filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
            .filter(|day| !dataset.bank_holidays.contains_key(day))
            .collect();
        assert!(days.len() <= 128, "{} days: not a tiny year", days.len());
        Self {
            first_monday: first - Days::new(u64::from(first.weekday().num_days_from_monday())),
            days,
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// The date of working day `number`.
    pub fn date(&self, number: usize) -> NaiveDate {
        self.days[number]
    }

    /// The number of the first working day on `day` or after it.
    pub fn from(&self, day: NaiveDate) -> usize {
        self.days.partition_point(|known| *known < day)
    }

    /// How many working days lie up to `day`, itself included.
    pub fn up_to(&self, day: NaiveDate) -> usize {
        self.days.partition_point(|known| *known <= day)
    }

    /// The working days of a span.
    pub fn of(&self, span: DateSpan) -> DaySet {
        range(self.from(span.first()), self.up_to(span.last()))
    }

    /// The working days that `holds` picks.
    pub fn select(&self, holds: impl Fn(NaiveDate) -> bool) -> DaySet {
        (0..self.len())
            .filter(|number| holds(self.days[*number]))
            .fold(0, |set, number| set | 1 << number)
    }

    /// The ISO weeks, a bit each, that hold a day of `days`.
    pub fn weeks(&self, days: DaySet) -> u64 {
        numbers(days).fold(0, |weeks, number| {
            let since = self.days[number] - self.first_monday;
            weeks | 1 << (since.num_days() / 7)
        })
    }
}

/// The days numbered from `first` up to, not including, `end`.
pub fn range(first: usize, end: usize) -> DaySet {
    (first..end).fold(0, |set, number| set | 1 << number)
}

/// The numbers of the days in a set, rising.
pub fn numbers(mut days: DaySet) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (days != 0).then(|| {
            let number = days.trailing_zeros() as usize;
            days &= days - 1;
            number
        })
    })
}
