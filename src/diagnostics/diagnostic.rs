//! One problem, and the collection of all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Code, Place, Source};

/// Whether a problem stops the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing can be made of the dataset until it is mended.
    Error,
    /// Odd, and worth a look; the run goes on.
    Warning,
}

impl Severity {
    /// As written for people and programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Another place that a problem is about: the first row of a duplicate, the row a pin
/// clashes with.
#[derive(Clone, Debug)]
pub struct Related {
    /// Where it is.
    pub place: Place,
    /// What it has to do with the problem.
    pub note: String,
}

/// One problem of a dataset.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Its stable code, which says how grave it is.
    pub code: &'static Code,
    /// Where it is; `None`: nowhere in particular.
    pub place: Option<Place>,
    /// The text of the cell or value at fault.
    pub cell: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// What was probably meant, ready to be put in the cell's place.
    pub suggestion: Option<String>,
    /// Other places that it is about.
    pub related: Vec<Related>,
}

impl Diagnostic {
    /// A problem at `place`.
    pub fn at(code: &'static Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            place: Some(place),
            ..Self::nowhere(code, message)
        }
    }

    /// A problem of the dataset as a whole.
    pub fn nowhere(code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            place: None,
            cell: None,
            message: message.into(),
            help: None,
            suggestion: None,
            related: Vec::new(),
        }
    }

    /// With the text of the cell or value at fault.
    #[must_use]
    pub fn cell(mut self, text: impl Into<String>) -> Self {
        self.cell = Some(text.into());
        self
    }

    /// With what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With what was probably meant, where there is something near.
    #[must_use]
    pub fn suggest(mut self, suggestion: Option<impl Into<String>>) -> Self {
        self.suggestion = suggestion.map(Into::into);
        self
    }

    /// With another place that it is about, and what that has to do with it.
    #[must_use]
    pub fn related(mut self, place: Place, note: impl Into<String>) -> Self {
        self.related.push(Related {
            place,
            note: note.into(),
        });
        self
    }

    /// Whether it stops the run.
    pub fn severity(&self) -> Severity {
        self.code.severity
    }

    fn order(&self) -> Option<(&str, Option<(u32, u32)>)> {
        self.place.as_ref().map(Place::order)
    }
}

/// All problems of a dataset, and the text of the files they speak of.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    sources: BTreeMap<String, Arc<Source>>,
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Reports one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds `words` to the message of each report after the first `count`.
    pub fn add_words_since(&mut self, count: usize, words: &str) {
        for diagnostic in self.list.iter_mut().skip(count) {
            diagnostic.message.push_str(words);
        }
    }

    /// Keeps the text of a file, so that places in it can be named and drawn.
    pub fn add_source(&mut self, source: Arc<Source>) {
        self.sources.insert(source.name().to_owned(), source);
    }

    /// Keeps the texts that `other` has as well.
    pub fn add_sources_of(&mut self, other: &Self) {
        let others = other.sources.iter();
        self.sources
            .extend(others.map(|(name, source)| (name.clone(), Arc::clone(source))));
    }

    /// The text of `file`, if it was read.
    pub fn source(&self, file: &str) -> Option<&Source> {
        self.sources.get(file).map(Arc::as_ref)
    }

    /// The cell of `column` in the row that begins on `line` of `file`; the whole row or
    /// file where there is no such cell.
    pub fn cell(&self, file: &str, line: u32, column: &str) -> Place {
        match self.source(file) {
            Some(source) => source.cell(line, column),
            None => Place::file(file),
        }
    }

    /// The row that begins on `line` of `file`.
    pub fn row(&self, file: &str, line: u32) -> Place {
        match self.source(file) {
            Some(source) => source.row(line),
            None => Place::file(file),
        }
    }

    /// Sorted by file, line and column, errors before warnings of the same place.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| {
            (a.order(), a.severity(), a.code.id).cmp(&(b.order(), b.severity(), b.code.id))
        });
    }

    /// All of them, in the order reported or sorted.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// All of them, to be added to.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Diagnostic> {
        self.list.iter_mut()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing was reported.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether anything was reported that stops the run.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many are of `severity`.
    pub fn count(&self, severity: Severity) -> usize {
        self.list
            .iter()
            .filter(|one| one.severity() == severity)
            .count()
    }

    /// How many files have something reported.
    pub fn files(&self) -> usize {
        self.list
            .iter()
            .filter_map(|one| one.place.as_ref().map(|place| place.file.as_str()))
            .collect::<BTreeSet<_>>()
            .len()
    }
}
