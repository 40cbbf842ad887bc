//! The text of a file, and where its lines and cells are.
//!
//! Cells are looked for only when a problem is reported, by walking their row again, so
//! that a sound dataset pays nothing for it.

use std::ops::Range;

use super::{Place, Position};

/// How the rows of a table are to be split into cells.
#[derive(Clone, Debug)]
pub struct TableLayout {
    /// What separates cells.
    pub delimiter: u8,
    /// The header's cells, in the file's order.
    pub header: Vec<String>,
    /// Which of them may be shown when a row is drawn: not what people wrote for
    /// themselves, such as reasons for leave.
    pub shown: Vec<bool>,
}

/// The decoded text of a file.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<usize>,
    layout: Option<TableLayout>,
}

/// One cell as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawCell {
    /// Its bytes, spaces and quotes included.
    pub span: Range<usize>,
    /// What is odd about its quotes.
    pub fault: Option<QuoteFault>,
}

/// What can be wrong with a cell's quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum QuoteFault {
    /// The opening quote has no closing one.
    NeverClosed,
    /// Text stands before the opening quote or after the closing one.
    TextOutside,
}

impl Source {
    /// The text of the file `name`, not (yet) a table.
    pub fn new(name: &str, text: String) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0)
            .chain(newlines.map(|(at, _)| at + 1))
            .collect();
        Self {
            name: name.to_owned(),
            text,
            line_starts,
            layout: None,
        }
    }

    /// As a table of that layout.
    #[must_use]
    pub fn with_layout(mut self, layout: TableLayout) -> Self {
        self.layout = Some(layout);
        self
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How rows are split, where it is a table.
    pub fn layout(&self) -> Option<&TableLayout> {
        self.layout.as_ref()
    }

    /// The line that holds byte `at`, from 1.
    pub fn line_of(&self, at: usize) -> u32 {
        let line = self.line_starts.partition_point(|start| *start <= at);
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// The bytes of `line` (from 1), its ending left out.
    pub fn line_span(&self, line: u32) -> Option<Range<usize>> {
        let index = (line as usize).checked_sub(1)?;
        let start = *self.line_starts.get(index)?;
        let end = match self.line_starts.get(index + 1) {
            Some(next) => next - 1,
            None => self.text.len(),
        };
        let end = start + self.text[start..end].trim_end_matches('\r').len();
        Some(start..end)
    }

    /// The stretch `span` of the text.
    pub fn span(&self, span: Range<usize>) -> Place {
        self.span_in_row(span, None)
    }

    /// The whole of `line`.
    pub fn row(&self, line: u32) -> Place {
        match self.line_span(line) {
            Some(span) => {
                let start = span.start;
                self.span_in_row(span, Some(start))
            }
            None => Place::file(&self.name),
        }
    }

    /// The beginning of `line`, of a text that is not to be shown.
    pub(crate) fn undrawn(&self, line: u32) -> Place {
        let start = self.line_span(line).map_or(0, |span| span.start);
        self.span(start..start)
    }

    /// The cell of `column` in the row that begins on `line`, or the whole row.
    pub fn cell(&self, line: u32, column: &str) -> Place {
        let cell = (|| {
            let layout = self.layout.as_ref()?;
            let index = layout.header.iter().position(|name| name == column)?;
            let start = self.line_span(line)?.start;
            let cell = self.cells(start).nth(index)?;
            Some(self.span_in_row(self.inner(cell.span), Some(start)))
        })();
        cell.unwrap_or_else(|| self.row(line))
    }

    pub(crate) fn span_in_row(&self, span: Range<usize>, row: Option<usize>) -> Place {
        let line = self.line_of(span.start);
        let line_start = self.line_span(line).map_or(0, |line| line.start);
        let before = self.text.get(line_start..span.start).unwrap_or("");
        Place {
            file: self.name.clone(),
            position: Some(Position {
                line,
                column: u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX),
                span,
                row,
            }),
        }
    }

    /// The bytes of a cell without the spaces around it.
    pub(crate) fn inner(&self, cell: Range<usize>) -> Range<usize> {
        let text = &self.text[cell.clone()];
        let trimmed = text.trim_start();
        let start = cell.start + (text.len() - trimmed.len());
        if trimmed.is_empty() {
            return cell.start..cell.start;
        }
        start..start + trimmed.trim_end().len()
    }

    /// The cells of the row that begins at byte `start`, split exactly as the `csv` crate
    /// splits them.
    pub(crate) fn cells(&self, start: usize) -> Cells<'_> {
        Cells {
            bytes: self.text.as_bytes(),
            at: Some(start),
            delimiter: self.layout.as_ref().map_or(b',', |layout| layout.delimiter),
        }
    }
}

/// The cells of one row.
pub(crate) struct Cells<'a> {
    bytes: &'a [u8],
    at: Option<usize>,
    delimiter: u8,
}

impl Cells<'_> {
    fn is_end(&self, byte: u8) -> bool {
        byte == self.delimiter || byte == b'\n' || byte == b'\r'
    }

    /// Where the quoted text that opens at `open` ends (after its closing quote), if it does.
    fn closing(&self, open: usize) -> Option<usize> {
        let mut at = open + 1;
        loop {
            at += self
                .bytes
                .get(at..)?
                .iter()
                .position(|byte| *byte == b'"')?
                + 1;
            if self.bytes.get(at) != Some(&b'"') {
                return Some(at);
            }
            at += 1;
        }
    }

    fn rest(&self, from: usize) -> usize {
        self.bytes[from..]
            .iter()
            .position(|byte| self.is_end(*byte))
            .map_or(self.bytes.len(), |length| from + length)
    }
}

impl Iterator for Cells<'_> {
    type Item = RawCell;

    fn next(&mut self) -> Option<RawCell> {
        let start = self.at?;
        let (end, fault) = if self.bytes.get(start) == Some(&b'"') {
            match self.closing(start) {
                None => (self.bytes.len(), Some(QuoteFault::NeverClosed)),
                Some(closed) => {
                    let end = self.rest(closed);
                    let outside = self.bytes[closed..end].iter().any(|byte| *byte != b' ');
                    (end, outside.then_some(QuoteFault::TextOutside))
                }
            }
        } else {
            let end = self.rest(start);
            let late_quote = self.bytes[start..end].trim_ascii_start().first() == Some(&b'"');
            (end, late_quote.then_some(QuoteFault::TextOutside))
        };
        self.at = (self.bytes.get(end) == Some(&self.delimiter)).then_some(end + 1);
        Some(RawCell {
            span: start..end,
            fault,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Source {
        Source::new("t.csv", text.to_owned()).with_layout(TableLayout {
            delimiter: b',',
            header: vec!["a".to_owned(), "b".to_owned()],
            shown: vec![true, true],
        })
    }

    #[test]
    fn cells_are_found_by_line_and_column() {
        let source = table("a,b\r\n1, é \"x\"\r\n\"p,q\n\"\"r\", 9 \r\n");
        let cell = source.cell(2, "b");
        assert_eq!((cell.line(), cell.column()), (Some(2), Some(4)));
        let cell = source.cell(3, "b");
        assert_eq!((cell.line(), cell.column()), (Some(4), Some(7)));
        assert_eq!(&source.text()[cell.position.unwrap().span], "9");
    }

    #[test]
    fn quotes_that_are_not_right_are_told() {
        let faults =
            |text: &str| -> Vec<_> { table(text).cells(0).map(|cell| cell.fault).collect() };
        assert_eq!(faults("1,\"x\n\ny"), [None, Some(QuoteFault::NeverClosed)]);
        assert_eq!(faults("\"1\"x,2"), [Some(QuoteFault::TextOutside), None]);
        assert_eq!(faults("1, \"x\""), [None, Some(QuoteFault::TextOutside)]);
        assert_eq!(faults("\"a\"\"b\" ,5\" nails"), [None, None]);
    }
}
