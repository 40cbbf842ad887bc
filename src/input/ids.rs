//! Ids of one file, looked up from the cells of others.

use std::cell::Cell as Memory;
use std::collections::HashMap;

use crate::diagnostics::{Diagnostic, codes, nearest, quoted};

use super::cells::{Cell, Cells, Reported};
use super::fields::line_of_text;

/// How many ids may be compared with unknown ones in search of a near one: enough for any
/// real dataset, and little enough that a file of nothing but wrong ids is read at once.
const MOST_COMPARISONS: usize = 2_000_000;

/// The ids of a file.
pub struct Ids {
    file: &'static str,
    column: &'static str,
    known: HashMap<String, (u32, Option<usize>)>,
    complete: bool,
    comparisons: Memory<usize>,
}

impl Ids {
    /// None yet, of `column` of `file`.
    pub fn new(file: &'static str, column: &'static str) -> Self {
        Self {
            file,
            column,
            known: HashMap::new(),
            complete: true,
            comparisons: Memory::new(MOST_COMPARISONS),
        }
    }

    /// Says that there are ids which could not be read, so that one which isn't here can't
    /// be called unknown.
    pub fn set_incomplete(&mut self) {
        self.complete = false;
    }

    /// The id of a row of the file itself; an error if another row has it already.
    pub fn add(&mut self, cells: &mut Cells<'_>) -> Cell<String> {
        // A row of the wrong length still tells its id: others may refer to it.
        let text = cells.text(self.column)?;
        let first = self.known.get(text).map(|(line, _)| *line);
        if first.is_none() && !text.is_empty() {
            self.known.insert(text.to_owned(), (cells.line(), None));
        }
        let id = cells.required(self.column, line_of_text)?;
        let Some(first) = first else {
            return Ok(id.to_owned());
        };
        let column = self.column;
        let message = format!("{column} {} is given twice", quoted(id));
        let first = cells.place_of(first, column);
        Err(cells.report(
            Diagnostic::at(codes::M0302, cells.place(column), message)
                .cell(id)
                .help("remove the row that is a copy, or give it an id of its own")
                .related(first, "first given here"),
        ))
    }

    /// Says that the row of `id` was read, and is at `position`.
    pub fn set_position(&mut self, id: &str, position: usize) {
        if let Some((_, known)) = self.known.get_mut(id) {
            *known = Some(position);
        }
    }

    /// Whether `id` is one of them, or might be.
    pub fn may_hold(&self, id: &str) -> bool {
        !self.complete || self.known.contains_key(id)
    }

    /// The position of the row that the text of a cell names.
    pub fn find(&self, cells: &mut Cells<'_>, column: &'static str) -> Cell<usize> {
        let id = cells.required(column, line_of_text)?;
        match self.known.get(id) {
            // Its own row is at fault, which has been reported.
            Some((_, position)) => position.ok_or(Reported),
            None if !self.complete => Err(Reported),
            None => Err(cells.report(
                Diagnostic::at(
                    codes::M0301,
                    cells.place(column),
                    format!("{column} {} is not in {}", quoted(id), self.file),
                )
                .cell(id)
                .help(format!("mend the id, or add its row to {}", self.file))
                .suggest(self.near(id)),
            )),
        }
    }

    /// The id nearest to `id`, if any is near.
    pub fn near(&self, id: &str) -> Option<&str> {
        let left = self.comparisons.get().checked_sub(self.known.len())?;
        self.comparisons.set(left);
        let mut ids: Vec<_> = self.known.keys().map(String::as_str).collect();
        ids.sort_unstable();
        nearest(id, ids)
    }
}
