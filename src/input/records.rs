//! The rows of a CSV text as the `csv` crate splits them, and where each begins.

/// A row as the `csv` crate splits it, and its bytes in the text.
pub struct Record {
    pub start: usize,
    pub end: usize,
    pub cells: csv::StringRecord,
}

/// The rows of a text that are not blank.
pub struct Records<'a> {
    text: &'a str,
    reader: csv::Reader<&'a [u8]>,
}

impl<'a> Records<'a> {
    /// Of `text`, its cells separated by `delimiter`.
    pub fn new(text: &'a str, delimiter: u8) -> Self {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        Self { text, reader }
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let offset = |position: &csv::Position| usize::try_from(position.byte()).unwrap_or(0);
        loop {
            let mut cells = csv::StringRecord::new();
            // The text is valid UTF-8 in memory and rows may have any length: nothing of
            // what the reader calls an error can happen.
            if !self.reader.read_record(&mut cells).unwrap_or(false) {
                return None;
            }
            if cells.iter().all(str::is_empty) {
                continue;
            }
            let begun = cells.position().map_or(0, offset);
            let end = offset(self.reader.position()).min(self.text.len());
            // Blank lines before a row belong to it, as the reader counts.
            let blank = |byte: &u8| matches!(byte, b'\r' | b'\n');
            let skipped = self.text.as_bytes()[begun.min(end)..end]
                .iter()
                .take_while(|byte| blank(byte))
                .count();
            let start = begun + skipped;
            return Some(Record { start, end, cells });
        }
    }
}
