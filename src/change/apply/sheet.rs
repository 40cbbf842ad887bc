//! A CSV file that is changed cell by cell and row by row, its other cells left as they are
//! written: their quotes, spaces and line ends, and columns that Muster does not know.

use crate::diagnostics::Diagnostics;
use crate::format::FileFormat;
use crate::input::records::Records;
use crate::input::table::Table;

use super::text::Text;

/// A file of a dataset that has been found sound.
pub(super) struct Sheet {
    format: &'static FileFormat,
    text: Text,
    table: Option<Table>,
}

impl Sheet {
    /// The file with those bytes; one that is not there yet begins with its header.
    pub fn new(format: &'static FileFormat, bytes: Option<&[u8]>) -> Self {
        let text = match bytes {
            Some(bytes) => Text::new(bytes),
            None => Text::new(format.header().as_bytes()),
        };
        let mut sheet = Self {
            format,
            text,
            table: None,
        };
        sheet.read();
        sheet
    }

    /// Its bytes, and which change touched which line.
    pub fn into_parts(self) -> (Vec<u8>, Vec<Option<usize>>) {
        self.text.into_parts()
    }

    fn read(&mut self) {
        let text = self.text.as_str().to_owned();
        self.table = Table::read(self.format, text, &mut Diagnostics::default());
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.table.as_ref().map_or(0, Table::len)
    }

    /// The text of a cell; empty where there is no such column.
    pub fn get(&self, row: usize, column: &str) -> &str {
        let table = self.table.as_ref();
        table.map_or("", |table| table.text(row, column))
    }

    /// The rows that `wanted` picks, by their positions.
    pub fn rows(&self, wanted: impl Fn(&Self, usize) -> bool) -> Vec<usize> {
        (0..self.len()).filter(|row| wanted(self, *row)).collect()
    }

    /// The first row whose cell of `column` is `text`.
    pub fn find(&self, column: &str, text: &str) -> Option<usize> {
        (0..self.len()).find(|row| self.get(*row, column) == text)
    }

    /// Where the cells of a row are in the text, each with its spaces and quotes.
    fn cells(&self, row: usize) -> Vec<std::ops::Range<usize>> {
        let start = self.table.as_ref().and_then(|table| {
            let line = table.rows().get(row)?.line;
            table.source.line_span(line)
        });
        start.map_or_else(Vec::new, |line| self.cells_from(line.start))
    }

    fn cells_from(&self, start: usize) -> Vec<std::ops::Range<usize>> {
        let table = self.table.as_ref();
        let cells = table.map(|table| table.source.cells(start));
        cells.into_iter().flatten().map(|cell| cell.span).collect()
    }

    fn header(&self) -> Vec<std::ops::Range<usize>> {
        let header = Records::new(self.text.as_str(), self.delimiter()).next();
        header.map_or_else(Vec::new, |header| self.cells_from(header.start))
    }

    fn delimiter(&self) -> u8 {
        let table = self.table.as_ref();
        table
            .and_then(|table| table.source.layout())
            .map_or(b',', |layout| layout.delimiter)
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.table.as_ref()?.columns.get(name).copied()
    }

    /// Writes `value` into a cell; a column that is missing is added at the end.
    pub fn set(&mut self, row: usize, column: &str, value: &str, by: usize) {
        if self.get(row, column) == value {
            return;
        }
        let index = self
            .column(column)
            .unwrap_or_else(|| self.add_column(column, by));
        if let Some(span) = self.cells(row).get(index).cloned() {
            let quoted = self.text.as_str()[span.clone()].trim().starts_with('"');
            let cell = self.written(value, quoted);
            self.text.replace(span, &cell, by);
            self.read();
        }
    }

    /// Adds a column that is empty in every row, and says which it is.
    fn add_column(&mut self, name: &str, by: usize) -> usize {
        let header = self.header();
        let last = header.len().saturating_sub(1);
        let delimiter = char::from(self.delimiter());
        // From the last row up, so that what was found above stays where it is.
        for row in (0..self.len()).rev() {
            if let Some(cell) = self.cells(row).get(last) {
                self.text
                    .replace(cell.end..cell.end, &delimiter.to_string(), by);
            }
        }
        if let Some(cell) = header.get(last) {
            self.text
                .replace(cell.end..cell.end, &format!("{delimiter}{name}"), by);
        }
        self.read();
        header.len()
    }

    /// A cell as it is written: in quotes where it was, or where it must be.
    fn written(&self, value: &str, quoted: bool) -> String {
        let special = [char::from(self.delimiter()), '"', '\n', '\r'];
        if quoted || value.contains(special) {
            format!("\"{}\"", value.replace('"', "\"\""))
        } else {
            value.to_owned()
        }
    }

    /// Adds a row at the end with the cells that are given.
    pub fn append(&mut self, cells: &[(&str, String)], by: usize) {
        for (column, value) in cells {
            if !value.is_empty() && self.column(column).is_none() {
                self.add_column(column, by);
            }
        }
        let mut row = vec![String::new(); self.header().len()];
        for (column, value) in cells {
            if let Some(cell) = self.column(column).and_then(|index| row.get_mut(index)) {
                *cell = self.written(value, false);
            }
        }
        let row = row.join(&char::from(self.delimiter()).to_string());
        self.insert(&row, by);
    }

    /// Adds a row at the end that is written as `row` is, and says which it is.
    pub fn append_copy(&mut self, row: usize, by: usize) -> usize {
        let copy = self.raw(row);
        self.insert(&copy, by);
        self.len() - 1
    }

    /// Adds a row after `row` that is written as it is.
    pub fn copy(&mut self, row: usize, by: usize) {
        let copy = self.raw(row);
        if let Some(end) = self.cells(row).last().map(|cell| cell.end) {
            let line_end = self.text.line_end();
            self.text
                .replace(end..end, &format!("{line_end}{copy}"), by);
            self.read();
        }
    }

    fn raw(&self, row: usize) -> String {
        match self.cells(row).as_slice() {
            [] => String::new(),
            [first, .., last] => self.text.as_str()[first.start..last.end].to_owned(),
            [only] => self.text.as_str()[only.clone()].to_owned(),
        }
    }

    fn insert(&mut self, row: &str, by: usize) {
        let last = match self.len() {
            0 => self.header(),
            rows => self.cells(rows - 1),
        };
        let end = last
            .last()
            .map_or(self.text.as_str().len(), |cell| cell.end);
        let line_end = self.text.line_end();
        self.text.replace(end..end, &format!("{line_end}{row}"), by);
        self.read();
    }

    /// Removes a row with its line.
    pub fn remove(&mut self, row: usize, by: usize) {
        let cells = self.cells(row);
        let (Some(first), Some(last)) = (cells.first(), cells.last()) else {
            return;
        };
        let after = &self.text.as_str()[last.end..];
        let line_end = ["\r\n", "\n"]
            .into_iter()
            .find(|end| after.starts_with(end));
        let end = last.end + line_end.map_or(0, str::len);
        self.text.replace(first.start..end, "", by);
        self.read();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{INSPECTORS, PINS};

    fn pins(text: &str) -> Sheet {
        Sheet::new(&PINS, Some(text.as_bytes()))
    }

    fn text(sheet: Sheet) -> String {
        String::from_utf8(sheet.into_parts().0).unwrap()
    }

    const ODD: &str = "\u{feff}\r\nrole , action,inspector_id,mine,inspection_id\r\n\r\nlead,pin,\"I1\",\"a, \"\"b\"\"\", P1 \r\n,forbid,I3,,P3\r\n\r\n";

    #[test]
    fn a_cell_is_changed_and_nothing_else() {
        let mut sheet = pins(ODD);
        sheet.set(0, "inspector_id", "I2", 0);
        sheet.set(1, "role", "team", 0);
        let expected = ODD
            .replace("\"I1\"", "\"I2\"")
            .replace("\n,forbid", "\nteam,forbid");
        assert_eq!(text(sheet), expected);
    }

    #[test]
    fn rows_come_and_go_with_their_line_ends() {
        let mut sheet = pins(ODD);
        let row = [
            ("inspection_id", "P4".to_owned()),
            ("inspector_id", "x,y".to_owned()),
        ];
        sheet.append(&row, 0);
        let added = ODD.replace("I3,,P3\r\n", "I3,,P3\r\n,,\"x,y\",,P4\r\n");
        assert_eq!(text(sheet), added);
        let mut sheet = pins(ODD);
        sheet.remove(1, 0);
        assert_eq!(text(sheet), ODD.replace(",forbid,I3,,P3\r\n", ""));
        let mut sheet = pins("inspection_id,inspector_id,role,action\nP1,I1,lead,pin");
        sheet.copy(0, 0);
        sheet.set(1, "role", "team", 0);
        assert!(text(sheet).ends_with("\nP1,I1,lead,pin\nP1,I1,team,pin"));
    }

    #[test]
    fn a_missing_column_is_added_at_the_end() {
        let least = INSPECTORS.least_header();
        let row = "I1,A,HMI,yes,North,,,2028-03-31,sc,2028-03-31,60";
        let bytes = format!("{least}\n{row}\n{row}\n");
        let mut sheet = Sheet::new(&INSPECTORS, Some(bytes.as_bytes()));
        sheet.set(1, "working_days", "Mon,Tue", 0);
        assert_eq!(
            text(sheet),
            format!("{least},working_days\n{row},\n{row},\"Mon,Tue\"\n")
        );
    }
}
