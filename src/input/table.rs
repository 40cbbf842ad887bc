//! A CSV file as rows of cells that know where they stand.
//!
//! What is wrong with the shape of a file (its header, quotes, lengths of rows) is said
//! here; what is wrong with a cell's meaning is said through [`Cells`].

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostics::{
    Diagnostic, Diagnostics, Place, QuoteFault, Source, TableLayout, codes, nearest, quoted,
};
use crate::format::FileFormat;

use super::cells::Cells;
use super::records::{Record, Records};

/// No file of a dataset has nearly so many columns.
const MOST_COLUMNS: usize = 200;

/// The rows of a file.
pub struct Table {
    pub(super) format: &'static FileFormat,
    pub(crate) source: Arc<Source>,
    pub(crate) columns: HashMap<&'static str, usize>,
    rows: Vec<Row>,
    /// How many columns that must be there are not.
    absent: usize,
    /// Whether every row was found: false where a quote may have swallowed some.
    pub complete: bool,
}

/// A row, and its line.
pub struct Row {
    pub line: u32,
    pub cells: csv::StringRecord,
    /// Whether it has as many cells as the header, so that each is known for what it is.
    pub sound: bool,
}

impl Table {
    /// The rows of `text`; nothing where its header can't be used at all.
    pub fn read(
        format: &'static FileFormat,
        text: String,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let source = Source::new(format.name, text);
        let delimiter = delimiter(format, source.text());
        let mut records = Records::new(source.text(), delimiter);
        let Some(header) = records.next() else {
            let place = Place::file(format.name);
            diagnostics.add_source(Arc::new(source));
            diagnostics.push(
                Diagnostic::at(
                    codes::M0110,
                    place,
                    format!("{} is empty: its header is missing", format.name),
                )
                .help(format!("put this line first: {}", format.least_header())),
            );
            return None;
        };
        let names: Vec<String> = header.cells.iter().map(str::to_owned).collect();
        let header_line = source.line_of(header.start);
        if names.len() > MOST_COLUMNS {
            let place = source.row(header_line);
            diagnostics.add_source(Arc::new(source));
            diagnostics.push(
                Diagnostic::at(
                    codes::M0118,
                    place,
                    format!("the header has {} columns", names.len()),
                )
                .help("check that this is the right file, and remove empty columns"),
            );
            return None;
        }
        let shown = |name: &String| name != "reason" && format.known(name).is_some();
        let layout = TableLayout {
            delimiter,
            shown: names.iter().map(shown).collect(),
            header: names.clone(),
        };
        let header_start = header.start;
        let rest: Vec<_> = records.collect();
        let source = Arc::new(source.with_layout(layout));
        diagnostics.add_source(Arc::clone(&source));
        let mut table = Self {
            format,
            source,
            columns: HashMap::new(),
            rows: Vec::new(),
            absent: 0,
            complete: true,
        };
        table.read_header(&names, header_start, diagnostics);
        for record in rest {
            table.read_row(record, names.len(), diagnostics);
        }
        Some(table)
    }

    fn read_header(&mut self, names: &[String], start: usize, diagnostics: &mut Diagnostics) {
        let source = Arc::clone(&self.source);
        let file = self.format.name;
        let spans: Vec<_> = source
            .cells(start)
            .map(|cell| source.inner(cell.span))
            .collect();
        let place = |index: usize| match spans.get(index) {
            Some(span) => source.span_in_row(span.clone(), Some(start)),
            None => Place::file(file),
        };
        self.report_delimiter(place(0), diagnostics);
        let mut unknown = Vec::new();
        for (index, name) in names.iter().enumerate() {
            match self.format.known(name) {
                Some(known) => match self.columns.get(known) {
                    Some(first) => diagnostics.push(
                        Diagnostic::at(
                            codes::M0113,
                            place(index),
                            format!("column {known} is there twice"),
                        )
                        .cell(name.clone())
                        .help("remove or rename one of them")
                        .related(place(*first), "the first one"),
                    ),
                    None => {
                        self.columns.insert(known, index);
                    }
                },
                None if name.is_empty() => {}
                None => unknown.push(index),
            }
        }
        let missing = |name: &&'static str| !self.columns.contains_key(name);
        let absent: Vec<_> = self.format.required_columns().filter(missing).collect();
        // One column missing and one unknown: they are the same, however it is spelled.
        let sole = absent.len() == 1 && unknown.len() == 1;
        for column in &absent {
            let column = *column;
            let candidates = unknown.iter().map(|index| names[*index].as_str());
            let near = nearest(column, candidates)
                .and_then(|near| unknown.iter().position(|index| names[*index] == near))
                .or(sole.then_some(0));
            let diagnostic = match near {
                Some(position) => {
                    let index = unknown.remove(position);
                    let found = quoted(&names[index]);
                    let message = format!("column {column} is missing; is {found} meant for it?");
                    Diagnostic::at(codes::M0111, place(index), message)
                        .cell(names[index].clone())
                        .suggest(Some(column))
                        .help(format!("name the column exactly {column}"))
                }
                None => Diagnostic::at(
                    codes::M0111,
                    place(0),
                    format!("column {column} is missing"),
                )
                .help(format!("add a column named {column}")),
            };
            diagnostics.push(diagnostic);
        }
        self.absent = absent.len();
        let free: Vec<_> = self.format.optional_columns().filter(missing).collect();
        for index in unknown {
            let name = &names[index];
            let message = format!("column {} is not known and not read", quoted(name));
            diagnostics.push(
                Diagnostic::at(codes::M0112, place(index), message)
                    .cell(name.clone())
                    .help("nothing to do, unless another column was meant")
                    .suggest(nearest(name, free.iter().copied())),
            );
        }
    }

    fn report_delimiter(&self, place: Place, diagnostics: &mut Diagnostics) {
        let delimiter = self.source.layout().map_or(b',', |layout| layout.delimiter);
        let Some((_, name)) = OTHER_DELIMITERS.iter().find(|(byte, _)| *byte == delimiter) else {
            return;
        };
        let message = format!(
            "cells of {} are separated by {name}, not commas",
            self.format.name
        );
        diagnostics.push(Diagnostic::at(codes::M0109, place, message).help(
            "save it as 'CSV UTF-8 (comma delimited)'; the rest was checked as if it were so",
        ));
    }

    fn read_row(&mut self, record: Record, width: usize, diagnostics: &mut Diagnostics) {
        let line = self.source.line_of(record.start);
        if self.source.text()[record.start..record.end].contains('"')
            && self.report_quotes(record.start, diagnostics)
        {
            self.complete = false;
            return;
        }
        let length = record.cells.len();
        let surplus = record.cells.iter().skip(width).any(|cell| !cell.is_empty());
        // Where the header lacks columns, that is what is wrong with longer rows.
        let explained = length > width && length - width <= self.absent;
        if (surplus && !explained) || length < width {
            let (code, place, help) = if surplus {
                let cell = self.source.cells(record.start).nth(width);
                let place = cell.map_or_else(
                    || self.source.row(line),
                    |cell| {
                        let span = self.source.inner(cell.span);
                        self.source.span_in_row(span, Some(record.start))
                    },
                );
                (
                    codes::M0114,
                    place,
                    "put text that holds a comma into \"quotes\", or remove the surplus comma",
                )
            } else {
                (
                    codes::M0115,
                    self.source.row(line),
                    "add the commas of the empty cells",
                )
            };
            let count = |number: usize, of: &str| {
                format!("{number} {of}{}", if number == 1 { "" } else { "s" })
            };
            let message = format!(
                "this row has {}, the header has {}",
                count(length, "cell"),
                count(width, "column")
            );
            diagnostics.push(Diagnostic::at(code, place, message).help(help));
        }
        self.rows.push(Row {
            line,
            sound: !surplus && length >= width,
            cells: record.cells,
        });
    }

    /// Whether something is wrong with the quotes of the row that begins at `start`.
    fn report_quotes(&self, start: usize, diagnostics: &mut Diagnostics) -> bool {
        let cells = self.source.cells(start);
        let faulty = cells.filter_map(|cell| cell.fault.map(|fault| (cell.span.start, fault)));
        let mut any = false;
        for (at, fault) in faulty {
            any = true;
            let quote = self.source.text()[at..]
                .find('"')
                .map_or(at, |offset| at + offset);
            let place = self.source.span_in_row(quote..quote + 1, Some(start));
            diagnostics.push(match fault {
                QuoteFault::NeverClosed => {
                    Diagnostic::at(codes::M0116, place, "this quote is never closed").help(
                        "close it where the text ends, or remove it; rows after it were not checked",
                    )
                }
                QuoteFault::TextOutside => {
                    Diagnostic::at(codes::M0117, place, "text outside of the quotes of this cell").help(
                        "close the quote where the text ends, and write a quote inside of quotes twice (\"\")",
                    )
                }
            });
        }
        any
    }

    /// Every row, with a way to report what is wrong with its cells.
    pub fn for_each(&self, diagnostics: &mut Diagnostics, mut read: impl FnMut(&mut Cells<'_>)) {
        for row in &self.rows {
            read(&mut Cells {
                table: self,
                row,
                diagnostics,
            });
        }
    }

    /// Its rows that aren't blank.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// How many rows there are that aren't blank.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The text of the cell of a row, counted from 0; empty where there is no such column.
    pub fn text(&self, row: usize, column: &str) -> &str {
        let cell = || {
            let index = self.columns.get(column)?;
            self.rows.get(row)?.cells.get(*index)
        };
        cell().unwrap_or("")
    }

    /// Whether the file has that column.
    pub fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }
}

const OTHER_DELIMITERS: [(u8, &str); 3] = [(b';', "semicolons"), (b'\t', "tabs"), (b'|', "bars")];

/// What separates the header's names: a comma, unless something else finds more of them.
fn delimiter(format: &FileFormat, text: &str) -> u8 {
    let header = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or("");
    let known = |delimiter: u8| {
        let names = header.split(char::from(delimiter));
        let names = names.map(|name| name.trim().trim_matches('"'));
        names.filter(|name| format.known(name).is_some()).count()
    };
    let (mut best, mut most) = (b',', known(b','));
    for (delimiter, _) in OTHER_DELIMITERS {
        let found = known(delimiter);
        if found > most.max(1) {
            (best, most) = (delimiter, found);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Column;

    const fn column(name: &'static str, required: bool) -> Column {
        Column {
            name,
            required,
            meaning: "",
            example: "",
        }
    }

    static FORMAT: FileFormat = FileFormat {
        name: "t.csv",
        required: true,
        holds: "",
        columns: &[
            column("id", true),
            column("days", true),
            column("reason", false),
        ],
        added: None,
    };

    fn read(text: &str) -> (Vec<(u32, String)>, Vec<&'static str>) {
        let mut diagnostics = Diagnostics::default();
        let mut rows = Vec::new();
        if let Some(table) = Table::read(&FORMAT, text.to_owned(), &mut diagnostics) {
            table.for_each(&mut diagnostics, |cells| {
                let id = cells.text("id").unwrap_or("?").to_owned();
                rows.push((cells.line(), id));
            });
        }
        (rows, diagnostics.iter().map(|one| one.code.id).collect())
    }

    #[test]
    fn columns_in_any_order_blank_lines_and_line_ends() {
        let (rows, codes) = read("\r\n days , id\r\n\r\n,\r\n1, a \r\n  \r\n\"2\",\"b\"\r\n3,c,,");
        assert_eq!(
            rows,
            [
                (5, "a".to_owned()),
                (7, "b".to_owned()),
                (8, "c".to_owned())
            ]
        );
        assert_eq!(codes, [""; 0]);
    }

    #[test]
    fn what_is_wrong_with_the_shape_is_told() {
        assert_eq!(read("").1, ["M0110"]);
        assert_eq!(read("id,day\na,1").1, ["M0111"]);
        assert_eq!(read("id,days,reasons,x\na,1,,").1, ["M0112", "M0112"]);
        assert_eq!(read("id,days,id\na,1,b").1, ["M0113"]);
        assert_eq!(read("id,days\na,1,2\nb").1, ["M0114", "M0115"]);
        assert_eq!(read("id,days\n\"a,1\nb,2").1, ["M0116"]);
        assert_eq!(read("id,days\n\"a\"x,1").1, ["M0117"]);
        assert_eq!(read("id\tdays\na\t1").1, ["M0109"]);
        assert_eq!(read(&"a,".repeat(300)).1, ["M0118"]);
    }
}
