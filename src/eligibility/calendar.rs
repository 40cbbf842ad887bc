//! Working days, and dense numbers for the days that a year's work can touch.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::domain::DateSpan;

/// Which days are working days: Monday to Friday and not a bank holiday.
#[derive(Clone, Debug)]
pub struct Calendar {
    bank_holidays: BTreeSet<NaiveDate>,
}

impl Calendar {
    /// The calendar in which `bank_holidays` are free.
    pub fn new(bank_holidays: impl IntoIterator<Item = NaiveDate>) -> Self {
        Self {
            bank_holidays: bank_holidays.into_iter().collect(),
        }
    }

    /// Whether `date` is a working day.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
            && !self.bank_holidays.contains(&date)
    }

    /// The working days of `span`, in order.
    pub fn working_days(&self, span: DateSpan) -> impl Iterator<Item = NaiveDate> {
        span.days().filter(|date| self.is_working_day(*date))
    }

    /// The `count`-th working day after `date`; `date` itself where `count` is 0.
    pub fn after(&self, date: NaiveDate, count: u32) -> NaiveDate {
        self.step(date, count, |date| date + Days::new(1))
    }

    /// The `count`-th working day before `date`; `date` itself where `count` is 0.
    pub fn before(&self, date: NaiveDate, count: u32) -> NaiveDate {
        self.step(date, count, |date| date - Days::new(1))
    }

    fn step(
        &self,
        from: NaiveDate,
        count: u32,
        next: impl Fn(NaiveDate) -> NaiveDate,
    ) -> NaiveDate {
        let mut date = from;
        for _ in 0..count {
            date = next(date);
            while !self.is_working_day(date) {
                date = next(date);
            }
        }
        date
    }
}

/// A day as a number: its distance from the horizon's first day.
pub type Day = usize;

/// The days that anything of the year can touch, numbered from 0.
#[derive(Clone, Copy, Debug)]
pub struct Horizon {
    first: NaiveDate,
    days: usize,
}

impl Horizon {
    /// The days of `span`.
    pub fn new(span: DateSpan) -> Self {
        let days = (span.last() - span.first()).num_days() as usize + 1;
        Self {
            first: span.first(),
            days,
        }
    }

    /// How many days it has.
    pub fn len(self) -> usize {
        self.days
    }

    /// Whether it has none; never so.
    pub fn is_empty(self) -> bool {
        self.days == 0
    }

    /// The number of `date`, which must lie in the horizon.
    pub fn day(self, date: NaiveDate) -> Day {
        (date - self.first).num_days() as usize
    }

    /// The numbers of the days that `span` and the horizon share.
    pub fn days(self, span: DateSpan) -> std::ops::Range<Day> {
        let number = |date: NaiveDate| (date - self.first).num_days().clamp(0, self.days as i64);
        number(span.first()) as usize..(number(span.last() + Days::new(1))) as usize
    }

    /// The date of `day`.
    pub fn date(self, day: Day) -> NaiveDate {
        self.first + Days::new(day as u64)
    }
}

/// A number for the Monday-to-Sunday week that holds `date`, rising by one a week.
pub fn week_number(date: NaiveDate) -> i32 {
    // Day 1 of the common era was a Monday.
    (date.num_days_from_ce() - 1).div_euclid(7)
}

/// The Monday of the calendar week that holds `date`.
pub fn monday(date: NaiveDate) -> NaiveDate {
    date - Days::new(u64::from(date.weekday().num_days_from_monday()))
}

/// `date` moved by whole weeks.
pub fn add_weeks(date: NaiveDate, weeks: i32) -> NaiveDate {
    date + chrono::TimeDelta::weeks(i64::from(weeks))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn working_days_pass_over_weekends_and_bank_holidays() {
        let calendar = Calendar::new([date("2026-04-03"), date("2026-04-06")]);
        assert_eq!(calendar.after(date("2026-04-02"), 1), date("2026-04-07"));
        assert_eq!(calendar.before(date("2026-04-07"), 2), date("2026-04-01"));
        assert_eq!(calendar.after(date("2026-04-04"), 0), date("2026-04-04"));
    }

    #[test]
    fn week_numbers_change_on_mondays() {
        assert_eq!(
            week_number(date("2026-04-05")) + 1,
            week_number(date("2026-04-06"))
        );
        assert_eq!(
            week_number(date("2026-04-06")),
            week_number(date("2026-04-12"))
        );
        assert_eq!(monday(date("2026-04-12")), date("2026-04-06"));
    }
}
