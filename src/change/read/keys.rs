//! The keys of one table of a change file: each value typed, or nothing because of a problem
//! that has been reported.

use std::num::{NonZeroI32, NonZeroU32};
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::diagnostics::{Diagnostic, codes, nearest, quoted};
use crate::domain::{DateSpan, WeekdaySet};
use crate::input::fields;
use crate::input::section::Section;

use super::super::kinds::GRADES;
use super::super::{Amount, Who};

/// Weeks by which anything may be moved, either way.
const MOST_WEEKS: i32 = 104;

/// A table, and what it is called when a key of it is missing.
pub(super) struct Keys<'a, 'd> {
    pub section: Section<'a, 'd>,
    called: String,
}

impl<'a, 'd> Keys<'a, 'd> {
    pub fn new(section: Section<'a, 'd>, called: &str) -> Self {
        Self {
            section,
            called: called.to_owned(),
        }
    }

    /// The keys of a change of that kind.
    pub fn called(self, kind: &str) -> Self {
        Self::new(self.section, &format!("a change of kind {kind}"))
    }

    /// The value of a key that may be left out.
    pub fn optional<T>(
        &self,
        key: &'static str,
        read: impl FnOnce(&Self, &'static str) -> Option<T>,
    ) -> Option<Option<T>> {
        if self.section.has(key) {
            read(self, key).map(Some)
        } else {
            self.section.know(key);
            Some(None)
        }
    }

    /// Whether `key` is there; if not, that is reported.
    fn needs(&self, key: &'static str) -> bool {
        self.section.know(key);
        if !self.section.has(key) {
            let message = format!("{} needs {key}", self.called);
            self.section.push(
                Diagnostic::at(codes::M0904, self.section.own_place(), message)
                    .help(format!("add a line {key} = …")),
            );
        }
        self.section.has(key)
    }

    /// A line of text that is not empty.
    pub fn line(&self, key: &'static str) -> Option<String> {
        if !self.needs(key) {
            return None;
        }
        let text = self.section.text(key)?;
        if text.trim() != text || text.is_empty() {
            let help = "write it in the quotes, without spaces around it";
            self.wrong(
                key,
                "must not be empty, nor begin or end with a space",
                help,
            );
            return None;
        }
        Some(text.to_owned())
    }

    /// One of `words`.
    pub fn choice<T: Copy>(&self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        let text = self.line(key)?;
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let all: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            let message = format!("{} is not one of {}", quoted(&text), all.join(", "));
            let meant = nearest(&text, all.iter().copied());
            let help = "write one of these words exactly";
            self.section
                .report_near(codes::M0906, key, &message, help, meant);
        }
        found.map(|(_, value)| *value)
    }

    /// A date.
    pub fn date(&self, key: &'static str) -> Option<NaiveDate> {
        if !self.needs(key) {
            return None;
        }
        let date = self.section.date(key);
        let is_blank = || {
            self.section
                .text(key)
                .is_some_and(|text| text.trim().is_empty())
        };
        if date.is_none() && self.section.is_text(key) && is_blank() {
            self.wrong(key, "is empty", "write a date such as \"2026-09-14\"");
        }
        date
    }

    /// A whole number of `range`.
    pub fn whole<T>(&self, key: &'static str, range: RangeInclusive<T>) -> Option<T>
    where
        T: TryFrom<i64> + PartialOrd + std::fmt::Display + Copy,
    {
        if !self.needs(key) {
            return None;
        }
        let least = *range.start();
        self.section.whole_or_reported(key, least, range)
    }

    /// A number of days, places or weeks that is added, or taken away where below 0.
    pub fn step(&self, key: &'static str, most: i32) -> Option<NonZeroI32> {
        let number = self.whole(key, -most..=most)?;
        let step = NonZeroI32::new(number);
        if step.is_none() {
            self.wrong(
                key,
                "is 0, which changes nothing",
                "give how many more, or with a - how many less",
            );
        }
        step
    }

    /// Weeks, later or earlier.
    pub fn weeks(&self, key: &'static str) -> Option<NonZeroI32> {
        self.step(key, MOST_WEEKS)
    }

    /// How many of something there are to be, at least one.
    pub fn count(&self, key: &'static str, most: u32) -> Option<NonZeroU32> {
        self.whole(key, 1..=most).and_then(NonZeroU32::new)
    }

    /// `true` or `false`.
    pub fn boolean(&self, key: &'static str) -> Option<bool> {
        if !self.needs(key) {
            return None;
        }
        self.section.boolean_or_reported(key)
    }

    /// A value of any sort.
    pub fn value(&self, key: &'static str) -> Option<toml::Value> {
        if !self.needs(key) {
            return None;
        }
        let value = self.section.any(key);
        if value.is_none() {
            self.wrong(
                key,
                "is not understood",
                "write a number, text, true, false or a list",
            );
        }
        value
    }

    /// Part-time days, as `inspectors.csv` has them.
    pub fn working_days(&self, key: &'static str) -> Option<WeekdaySet> {
        let text = self.line(key)?;
        match fields::working_days(&text) {
            Ok(days) => Some(days),
            Err(fault) => {
                let meant = fault.suggestion.as_deref();
                self.section
                    .report_near(codes::M0906, key, &fault.message, &fault.help, meant);
                None
            }
        }
    }

    /// The days from one date to another.
    pub fn span(&self, first: &'static str, last: &'static str) -> Option<DateSpan> {
        let (from, to) = (self.date(first), self.date(last));
        let (from, to) = (from?, to?);
        let span = DateSpan::new(from, to);
        if span.is_none() {
            let message = format!("{to} is before {first} {from}");
            self.wrong(last, &message, "check both dates");
        }
        span
    }

    /// The same where both may be left out.
    pub fn optional_span(
        &self,
        first: &'static str,
        last: &'static str,
    ) -> Option<Option<DateSpan>> {
        match (self.section.has(first), self.section.has(last)) {
            (false, false) => {
                self.section.know(first);
                self.section.know(last);
                Some(None)
            }
            (true, true) => self.span(first, last).map(Some),
            (has_first, _) => {
                let (given, missing) = if has_first {
                    (first, last)
                } else {
                    (last, first)
                };
                self.section.know(missing);
                self.date(given);
                self.together(
                    given,
                    &format!("is given, {missing} is not"),
                    "give both or neither",
                );
                None
            }
        }
    }

    /// A number under `to`, or more or less of it under `by`.
    pub fn amount(&self, to: &'static str, most: u32) -> Option<Amount> {
        match self.exactly_one(to, "by")? {
            "by" => self
                .step("by", i32::try_from(most).unwrap_or(i32::MAX))
                .map(Amount::By),
            _ => self.whole(to, 0..=most).map(Amount::To),
        }
    }

    /// Which of two keys is given, where it is not both and not neither.
    pub fn exactly_one(&self, one: &'static str, other: &'static str) -> Option<&'static str> {
        self.section.know(one);
        self.section.know(other);
        match (self.section.has(one), self.section.has(other)) {
            (true, false) => Some(one),
            (false, true) => Some(other),
            (true, true) => {
                let message = format!("and {one} are both given");
                self.together(other, &message, "keep one of them");
                None
            }
            (false, false) => {
                let message = format!("{} needs {one} or {other}", self.called);
                self.section.push(
                    Diagnostic::at(codes::M0904, self.section.own_place(), message)
                        .help("add one of them"),
                );
                None
            }
        }
    }

    /// Whom the change is about: one person, or everybody of a grade, a region or both.
    pub fn who(&self) -> Option<Who> {
        let person = self.optional("inspector", Self::line);
        let grade = self.optional("grade", |keys, key| keys.choice(key, GRADES));
        let region = self.optional("region", Self::line);
        match (person?, grade?, region?) {
            (Some(id), None, None) => Some(Who::Person(id)),
            (None, Some(grade), None) => Some(Who::Grade(grade)),
            (None, None, Some(region)) => Some(Who::Region(region)),
            (None, Some(grade), Some(region)) => Some(Who::GradeInRegion(grade, region)),
            (None, None, None) => {
                let message = format!("{} needs inspector, grade or region", self.called);
                self.section.push(
                    Diagnostic::at(codes::M0904, self.section.own_place(), message).help(
                        "say whom it is about: one person, or all of a grade, a region or both",
                    ),
                );
                None
            }
            (Some(_), grade, _) => {
                let other = if grade.is_some() { "grade" } else { "region" };
                let help = "name one person, or all of a grade and region";
                self.together(other, "and inspector are both given", help);
                None
            }
        }
    }

    /// Reports a value that can't be meant.
    pub fn wrong(&self, key: &'static str, message: &str, help: &str) {
        self.section.report(codes::M0906, key, message, help);
    }

    /// Reports keys that don't go together.
    pub fn together(&self, key: &'static str, message: &str, help: &str) {
        self.section.report(codes::M0907, key, message, help);
    }
}
