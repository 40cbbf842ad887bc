//! Where in a dataset a problem is.

use std::ops::Range;

/// A file of the dataset, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's name inside the dataset's folder.
    pub file: String,
    /// Where in it; `None`: the file as a whole.
    pub position: Option<Position>,
}

/// A stretch of a file's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line it begins on, from 1.
    pub line: u32,
    /// The character it begins with, from 1.
    pub column: u32,
    /// Its bytes in the decoded text.
    pub span: Range<usize>,
    /// Where the row that it lies in begins, in a table.
    pub(crate) row: Option<usize>,
}

impl Place {
    /// `file` as a whole.
    pub fn file(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            position: None,
        }
    }

    /// Its line, from 1.
    pub fn line(&self) -> Option<u32> {
        self.position.as_ref().map(|position| position.line)
    }

    /// Its column in characters, from 1.
    pub fn column(&self) -> Option<u32> {
        self.position.as_ref().map(|position| position.column)
    }

    pub(crate) fn order(&self) -> (&str, Option<(u32, u32)>) {
        let position = self.position.as_ref();
        (&self.file, position.map(|at| (at.line, at.column)))
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.file)?;
        match &self.position {
            Some(at) => write!(out, ":{}:{}", at.line, at.column),
            None => Ok(()),
        }
    }
}
