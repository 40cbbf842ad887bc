//! Tables of a TOML file, asked key by key: every key that is asked is known, every other
//! one is an error, and every value that is wrong is reported where it stands.

use std::cell::RefCell;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place, Source, codes, nearest, quoted};

use super::fields;

/// The codes under which the problems of a sort of TOML file are reported.
#[derive(Clone, Copy)]
pub struct Complaints {
    /// A key that is not known.
    pub unknown: &'static Code,
    /// A value of the wrong sort.
    pub sort: &'static Code,
    /// A value out of its range.
    pub range: &'static Code,
}

impl Complaints {
    const OF_THE_POLICY: Self = Self {
        unknown: codes::M0402,
        sort: codes::M0403,
        range: codes::M0404,
    };
}

/// Where problems of a TOML file are reported.
pub struct Reporter<'a> {
    source: Arc<Source>,
    complaints: Complaints,
    diagnostics: RefCell<&'a mut Diagnostics>,
}

impl<'a> Reporter<'a> {
    /// Of `source`, a policy.
    pub fn new(source: Arc<Source>, diagnostics: &'a mut Diagnostics) -> Self {
        Self::with(source, Complaints::OF_THE_POLICY, diagnostics)
    }

    /// Of `source`, whatever it is.
    pub fn with(
        source: Arc<Source>,
        complaints: Complaints,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            source,
            complaints,
            diagnostics: RefCell::new(diagnostics),
        }
    }

    /// Where the stretch `span` is; the file where there is none.
    pub fn place(&self, span: Option<Range<usize>>) -> Place {
        let text = self.source.text();
        match span.filter(|span| text.get(span.clone()).is_some()) {
            Some(span) => self.source.span(span),
            None => Place::file(self.source.name()),
        }
    }

    /// Reports a problem.
    pub fn push(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }
}

/// A table of the file, or none where it is left out.
pub struct Section<'a, 'd> {
    reporter: &'a Reporter<'d>,
    table: Option<&'a DeTable<'a>>,
    /// Where the table is; nothing for the outermost one.
    span: Option<Range<usize>>,
    path: String,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a, 'd> Section<'a, 'd> {
    /// The file's outermost table.
    pub fn root(reporter: &'a Reporter<'d>, table: Option<&'a DeTable<'a>>) -> Self {
        Self {
            reporter,
            table,
            span: None,
            path: String::new(),
            asked: RefCell::default(),
        }
    }

    /// The table under `key`.
    pub fn section(&self, key: &'static str) -> Self {
        let table = self.value(key).and_then(|value| {
            let table = value.get_ref().as_table();
            if table.is_none() {
                self.wrong_type(key, value, "a section");
            }
            table
        });
        Self {
            reporter: self.reporter,
            table,
            span: self.find(key).map(Spanned::span),
            path: format!("{}{key}.", self.path),
            asked: RefCell::default(),
        }
    }

    /// The tables of the list under `key`, none where it is left out.
    pub fn sections(&self, key: &'static str) -> Vec<Self> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let elements = value.get_ref().as_array().into_iter().flatten();
        let tables: Option<Vec<_>> = value.get_ref().as_array().and_then(|_| {
            elements
                .map(|element| Some((element.get_ref().as_table()?, element.span())))
                .collect()
        });
        let Some(tables) = tables else {
            self.wrong_type(key, value, &format!("entries that begin with [[{key}]]"));
            return Vec::new();
        };
        let section = |(table, span)| Self {
            reporter: self.reporter,
            table: Some(table),
            span: Some(span),
            path: format!("{}{key}.", self.path),
            asked: RefCell::default(),
        };
        tables.into_iter().map(section).collect()
    }

    /// Says that `key` is known, whether or not it is read.
    pub fn know(&self, key: &'static str) {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&key) {
            asked.push(key);
        }
    }

    /// Whether the value of `key` is text.
    pub fn is_text(&self, key: &str) -> bool {
        self.find(key)
            .is_some_and(|value| value.get_ref().as_str().is_some())
    }

    /// The value of `key`, of whatever sort; nothing where it is left out.
    pub fn any(&self, key: &'static str) -> Option<toml::Value> {
        let span = self.value(key)?.span();
        let text = self.reporter.source.text().get(span)?;
        let table: toml::Table = format!("value = {text}").parse().ok()?;
        table.get("value").cloned()
    }

    /// Reports a problem of it.
    pub fn push(&self, diagnostic: Diagnostic) {
        self.reporter.push(diagnostic);
    }

    /// Where the table itself is.
    pub fn own_place(&self) -> Place {
        self.reporter.place(self.span.clone())
    }

    /// The keys that were asked for and are given, each with the place of its value.
    pub fn given(&self) -> Vec<(&'static str, Place)> {
        let asked = self.asked.borrow();
        let given = asked.iter().filter(|key| self.has(key));
        given.map(|key| (*key, self.place(key))).collect()
    }

    /// Reports every key that was not asked for.
    pub fn finish(self) {
        let asked = self.asked.borrow();
        for (key, _) in self.table.into_iter().flat_map(DeTable::iter) {
            let name = key.get_ref().as_ref();
            if asked.contains(&name) {
                continue;
            }
            let place = self.reporter.place(Some(key.span()));
            let known = format!("known here: {}", asked.join(", "));
            self.reporter.push(
                Diagnostic::at(
                    self.reporter.complaints.unknown,
                    place,
                    format!("{} is not known", quoted(&format!("{}{name}", self.path))),
                )
                .cell(name)
                .help(known)
                .suggest(nearest(name, asked.iter().copied())),
            );
        }
    }

    /// Whether `key` is given.
    pub fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// Where the value of `key` is, or the section, or the file.
    pub fn place(&self, key: &str) -> Place {
        let found = self.find(key).map(|value| value.span());
        self.reporter.place(found)
    }

    /// Reports a problem of the value of `key`.
    pub fn report(&self, code: &'static Code, key: &str, message: &str, help: &str) {
        self.report_near(code, key, message, help, None);
    }

    /// The same, with what was probably meant.
    pub fn report_near(
        &self,
        code: &'static Code,
        key: &str,
        message: &str,
        help: &str,
        meant: Option<&str>,
    ) {
        let place = self.place(key);
        let cell = place
            .position
            .as_ref()
            .map(|at| self.reporter.source.text()[at.span.clone()].to_owned());
        let mut diagnostic = Diagnostic::at(code, place, format!("{}{key} {message}", self.path))
            .help(help)
            .suggest(meant);
        diagnostic.cell = cell;
        self.reporter.push(diagnostic);
    }

    fn find(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        let found = self.table?.iter().find(|(name, _)| name.get_ref() == key);
        found.map(|(_, value)| value)
    }

    fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.know(key);
        self.find(key)
    }

    fn wrong_type(&self, key: &'static str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let found = match value.get_ref() {
            DeValue::String(_) => "text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with decimals",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a section",
        };
        let message = format!("must be {wanted}, not {found}");
        self.report(
            self.reporter.complaints.sort,
            key,
            &message,
            "text stands in quotes, numbers don't",
        );
    }

    fn out_of_range(&self, key: &'static str, message: &str) {
        let code = self.reporter.complaints.range;
        self.report(code, key, message, "choose a value in that range");
    }

    /// A whole number of `range`; the default where it is left out or wrong.
    pub fn whole<T>(&self, key: &'static str, default: T, range: RangeInclusive<T>) -> T
    where
        T: TryFrom<i64> + PartialOrd + std::fmt::Display + Copy,
    {
        self.whole_or_reported(key, default, range)
            .unwrap_or(default)
    }

    /// A whole number of `range`; the default where it is left out, nothing where it is wrong.
    pub fn whole_or_reported<T>(
        &self,
        key: &'static str,
        default: T,
        range: RangeInclusive<T>,
    ) -> Option<T>
    where
        T: TryFrom<i64> + PartialOrd + std::fmt::Display + Copy,
    {
        let Some(value) = self.value(key) else {
            return Some(default);
        };
        let Some(number) = value.get_ref().as_integer() else {
            self.wrong_type(key, value, "a whole number");
            return None;
        };
        let fitting = integer(number)
            .and_then(|number| T::try_from(number).ok())
            .filter(|number| range.contains(number));
        if fitting.is_none() {
            let (least, most) = (range.start(), range.end());
            self.out_of_range(key, &format!("must be {least} to {most}, not {number}"));
        }
        fitting
    }

    /// A number that `fits`, which `range` describes.
    pub fn number(
        &self,
        key: &'static str,
        default: f64,
        fits: impl Fn(f64) -> bool,
        range: &str,
    ) -> f64 {
        let Some(value) = self.value(key) else {
            return default;
        };
        let number = match value.get_ref() {
            DeValue::Integer(number) => integer(number).map(|number| number as f64),
            DeValue::Float(number) => number.as_str().parse::<f64>().ok(),
            _ => {
                self.wrong_type(key, value, "a number");
                return default;
            }
        };
        match number {
            Some(number) if number.is_finite() && fits(number) => number,
            _ => {
                self.out_of_range(key, &format!("must be {range}"));
                default
            }
        }
    }

    /// `true` or `false`.
    pub fn boolean(&self, key: &'static str, default: bool) -> bool {
        if self.value(key).is_none() {
            return default;
        }
        self.boolean_or_reported(key).unwrap_or(default)
    }

    /// `true` or `false`; nothing where it is left out or wrong.
    pub fn boolean_or_reported(&self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        let boolean = value.get_ref().as_bool();
        if boolean.is_none() {
            self.wrong_type(key, value, "true or false");
        }
        boolean
    }

    /// A line of text; nothing where it is left out or wrong.
    pub fn text(&self, key: &'static str) -> Option<&'a str> {
        let value = self.value(key)?;
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, value, "text");
            return None;
        };
        if text.chars().any(char::is_control) {
            self.out_of_range(key, "must be one line of text");
            return None;
        }
        Some(text)
    }

    /// A date, as text or as TOML's own; empty text is none.
    pub fn date(&self, key: &'static str) -> Option<NaiveDate> {
        let value = self.value(key)?;
        let text = match value.get_ref() {
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Datetime(date) => date.to_string(),
            _ => {
                self.wrong_type(key, value, "a date in quotes");
                return None;
            }
        };
        if text.is_empty() {
            return None;
        }
        let parsed = fields::date(&text);
        if let Err(fault) = &parsed {
            let place = self.reporter.place(Some(value.span()));
            self.reporter.push(
                Diagnostic::at(
                    fault.code,
                    place,
                    format!("{}{key} {}", self.path, fault.message),
                )
                .cell(text)
                .help(fault.help.clone())
                .suggest(fault.suggestion.clone()),
            );
        }
        parsed.ok()
    }

    /// A list, each of whose elements `read` understands; what `wanted` says otherwise.
    /// Nothing where it is left out or wrong.
    pub fn list<T>(
        &self,
        key: &'static str,
        wanted: &str,
        read: impl Fn(&DeValue<'a>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let value = self.value(key)?;
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(key, value, wanted);
            return None;
        };
        let mut whole = true;
        let mut list = Vec::new();
        for element in array.iter() {
            match read(element.get_ref()) {
                Some(one) => list.push(one),
                None => {
                    whole = false;
                    let span = element.span();
                    let text = self
                        .reporter
                        .source
                        .text()
                        .get(span.clone())
                        .unwrap_or_default();
                    let message = format!(
                        "{}{key} must be {wanted}: {} isn't",
                        self.path,
                        quoted(text.trim_matches('"'))
                    );
                    self.reporter.push(
                        Diagnostic::at(
                            self.reporter.complaints.range,
                            self.reporter.place(Some(span)),
                            message,
                        )
                        .cell(text)
                        .help("mend this element of the list"),
                    );
                }
            }
        }
        whole.then_some(list)
    }
}

/// The value of a TOML integer, if it fits.
pub fn integer(number: &toml::de::DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}
