//! The cells of one row: typed values out of them, problems about them.

use chrono::NaiveDate;

use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::domain::DateSpan;

use super::fields::{Fault, date};
use super::table::{Row, Table};

/// A marker: the value can't be had, and why has been reported.
#[derive(Clone, Copy, Debug)]
pub struct Reported;

/// A cell's value, or nothing because of a problem that has been reported.
pub type Cell<T> = Result<T, Reported>;

/// The cells of one row.
pub struct Cells<'a> {
    pub(super) table: &'a Table,
    pub(super) row: &'a Row,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl<'a> Cells<'a> {
    /// The line on which the row begins, from 1.
    pub fn line(&self) -> u32 {
        self.row.line
    }

    /// Whether each cell is known for what it is; if not, that has been reported.
    pub fn sound(&self) -> Cell<()> {
        if self.row.sound {
            Ok(())
        } else {
            Err(Reported)
        }
    }

    /// The text of the cell, spaces around it left out; empty where the column may be left
    /// out and is.
    pub fn text(&self, column: &'static str) -> Cell<&'a str> {
        match self.table.columns.get(column) {
            Some(index) => self.row.cells.get(*index).ok_or(Reported),
            None if self.table.format.requires(column) => Err(Reported),
            None => Ok(""),
        }
    }

    /// Where the cell is.
    pub fn place(&self, column: &str) -> Place {
        self.table.source.cell(self.row.line, column)
    }

    /// Where the cell of `column` is in the row that begins on `line` of the same file.
    pub fn place_of(&self, line: u32, column: &str) -> Place {
        self.table.source.cell(line, column)
    }

    /// Reports a problem.
    pub fn report(&mut self, diagnostic: Diagnostic) -> Reported {
        self.diagnostics.push(diagnostic);
        Reported
    }

    /// Reports what is wrong with the text of a cell.
    pub fn report_fault(&mut self, column: &'static str, fault: Fault) -> Reported {
        let text = self.text(column).unwrap_or_default();
        self.report(
            Diagnostic::at(
                fault.code,
                self.place(column),
                format!("{column} {}", fault.message),
            )
            .cell(text)
            .help(fault.help)
            .suggest(fault.suggestion),
        )
    }

    /// The value of a cell that may be empty.
    pub fn optional<T>(
        &mut self,
        column: &'static str,
        parse: impl FnOnce(&'a str) -> Result<T, Fault>,
    ) -> Cell<Option<T>> {
        self.sound()?;
        match self.text(column)? {
            "" => Ok(None),
            text => match parse(text) {
                Ok(value) => Ok(Some(value)),
                Err(fault) => Err(self.report_fault(column, fault)),
            },
        }
    }

    /// Reports that of two cells that go together only one is given.
    pub fn report_half(&mut self, given: &str, missing: &str) -> Reported {
        let message = format!("{given} is given, {missing} is not");
        self.report(
            Diagnostic::at(codes::M0213, self.place(missing), message)
                .cell("")
                .help("give both, or empty both")
                .related(self.place(given), format!("{given} is given here")),
        )
    }

    /// The span between the dates of two cells, both of which must be given.
    pub fn span(&mut self, first: &'static str, last: &'static str) -> Cell<DateSpan> {
        let (from, to) = (self.required(first, date), self.required(last, date));
        self.span_between((first, from?), (last, to?))
    }

    /// The span between the dates of two cells, of which both or neither are given.
    pub fn optional_span(
        &mut self,
        first: &'static str,
        last: &'static str,
    ) -> Cell<Option<DateSpan>> {
        let (from, to) = (self.optional(first, date), self.optional(last, date));
        match (from?, to?) {
            (None, None) => Ok(None),
            (Some(from), Some(to)) => self.span_between((first, from), (last, to)).map(Some),
            (Some(_), None) => Err(self.report_half(first, last)),
            (None, Some(_)) => Err(self.report_half(last, first)),
        }
    }

    fn span_between(
        &mut self,
        (first, from): (&'static str, NaiveDate),
        (last, to): (&'static str, NaiveDate),
    ) -> Cell<DateSpan> {
        DateSpan::new(from, to).ok_or_else(|| {
            let text = self.text(last).unwrap_or_default();
            self.report(
                Diagnostic::at(
                    codes::M0212,
                    self.place(last),
                    format!("{last} {to} is before {first} {from}"),
                )
                .cell(text)
                .help("check both dates")
                .related(self.place(first), format!("{first} is here")),
            )
        })
    }

    /// The value of a cell that must not be empty.
    pub fn required<T>(
        &mut self,
        column: &'static str,
        parse: impl FnOnce(&'a str) -> Result<T, Fault>,
    ) -> Cell<T> {
        match self.optional(column, parse)? {
            Some(value) => Ok(value),
            None => Err(self.report(
                Diagnostic::at(
                    codes::M0201,
                    self.place(column),
                    format!("{column} is empty"),
                )
                .cell("")
                .help("fill it in"),
            )),
        }
    }
}
