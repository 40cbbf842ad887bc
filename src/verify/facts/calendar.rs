//! Working days, weeks and quarters.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::domain::DateSpan;

use super::Facts;

impl Facts<'_> {
    /// Monday to Friday, and no bank holiday.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
            && !self.dataset.bank_holidays.contains_key(&day)
    }

    /// The working days of a span.
    pub fn working_days(&self, span: DateSpan) -> Vec<NaiveDate> {
        span.days()
            .filter(|day| self.is_working_day(*day))
            .collect()
    }

    /// The `count` working days that follow `day`.
    pub fn working_days_after(&self, day: NaiveDate, count: u32) -> Vec<NaiveDate> {
        day.iter_days()
            .skip(1)
            .filter(|day| self.is_working_day(*day))
            .take(count as usize)
            .collect()
    }

    /// The `count` working days that come before `day`, in order.
    pub fn working_days_before(&self, day: NaiveDate, count: u32) -> Vec<NaiveDate> {
        let mut days: Vec<NaiveDate> =
            std::iter::successors(day.pred_opt(), |before| before.pred_opt())
                .filter(|day| self.is_working_day(*day))
                .take(count as usize)
                .collect();
        days.reverse();
        days
    }
}

/// The Monday of the week, Monday to Sunday, that holds `day`.
pub fn monday_of(day: NaiveDate) -> NaiveDate {
    let passed = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(passed)).unwrap_or(day)
}

/// ISO weeks counted without a break over the years. The first of January of year 1 was a
/// Monday, and is the first day of the common era.
pub fn week_number(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce() - 1).div_euclid(7)
}

/// The quarter of the programme year, from 0: April to June is the first.
pub fn quarter_of(day: NaiveDate) -> usize {
    match day.month() {
        4..=6 => 0,
        7..=9 => 1,
        10..=12 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::test_support::{Year, day};

    #[test]
    fn a_bank_holiday_is_no_working_day() {
        let year = Year::new().bank_holiday("2026-05-04");
        let facts = Facts::new(&year.dataset);
        assert!(!facts.is_working_day(day("2026-05-04")));
        assert!(!facts.is_working_day(day("2026-05-02")));
        assert!(facts.is_working_day(day("2026-05-05")));
        assert_eq!(
            facts.working_days_after(day("2026-05-01"), 2),
            [day("2026-05-05"), day("2026-05-06")]
        );
        assert_eq!(
            facts.working_days_before(day("2026-05-06"), 2),
            [day("2026-05-01"), day("2026-05-05")]
        );
    }

    #[test]
    fn weeks_run_from_monday_to_sunday_over_the_turn_of_the_year() {
        assert_eq!(monday_of(day("2027-01-03")), day("2026-12-28"));
        assert_eq!(
            week_number(day("2027-01-03")),
            week_number(day("2026-12-28"))
        );
        assert_eq!(
            week_number(day("2027-01-04")),
            week_number(day("2027-01-03")) + 1
        );
    }

    #[test]
    fn quarters_begin_in_april() {
        let quarters = ["2026-04-01", "2026-09-30", "2026-12-31", "2027-03-31"].map(day);
        assert_eq!(quarters.map(quarter_of), [0, 1, 2, 3]);
    }
}
