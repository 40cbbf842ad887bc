//! CSV text with the header that the format gives.

use crate::format::{FileFormat, format_of};

/// A CSV file of a dataset as it is being written.
pub(super) struct Table {
    format: &'static FileFormat,
    writer: csv::Writer<Vec<u8>>,
}

impl Table {
    /// An empty file called `name`, with its header.
    pub(super) fn new(name: &str) -> Self {
        let format = format_of(name).expect("a file of the format");
        let mut table = Self {
            format,
            writer: csv::Writer::from_writer(Vec::new()),
        };
        let header: Vec<&str> = format.columns.iter().map(|column| column.name).collect();
        table
            .writer
            .write_record(header)
            .expect("writing to memory succeeds");
        table
    }

    /// Its name.
    pub(super) fn name(&self) -> &'static str {
        self.format.name
    }

    /// Adds a row: each cell with its column's name; columns that are not named stay empty.
    pub(super) fn row(&mut self, cells: &[(&str, String)]) {
        let mut row = vec![""; self.format.columns.len()];
        for (name, cell) in cells {
            let at = self
                .format
                .columns
                .iter()
                .position(|column| column.name == *name)
                .expect("a column of the file");
            row[at] = cell;
        }
        self.writer
            .write_record(row)
            .expect("rows are as long as the header");
    }

    /// The whole text.
    pub(super) fn into_text(self) -> String {
        let bytes = self
            .writer
            .into_inner()
            .expect("writing to memory succeeds");
        String::from_utf8(bytes).expect("cells are text")
    }
}

/// The cell of a value that may be missing.
pub(super) fn cell<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// `yes` or `no`.
pub(super) fn yes_no(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}
