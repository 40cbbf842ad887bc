//! The text of a file that is changed in places: in its own encoding, the bytes of all other
//! places kept, and with a note of which change touched which line.

use std::ops::Range;

use encoding_rs::WINDOWS_1252;

use crate::input::text::decode;

/// How a file's text is written in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Utf8,
    Utf16 { little: bool },
    Windows1252,
}

/// A text, its bytes, and the change that touched each of its lines last.
#[derive(Clone, Debug)]
pub(super) struct Text {
    text: String,
    bytes: Vec<u8>,
    /// How many bytes stand before the text: a byte-order mark.
    mark: usize,
    form: Form,
    touched: Vec<Option<usize>>,
}

impl Text {
    /// Of the bytes of a file that could be read.
    pub fn new(bytes: &[u8]) -> Self {
        let (text, other) = match decode(bytes) {
            Ok(decoded) => (decoded.text, decoded.other_encoding),
            Err(_) => (String::from_utf8_lossy(bytes).into_owned(), None),
        };
        let begins = |mark: &[u8]| bytes.starts_with(mark);
        let (form, mark) = match other {
            Some("UTF-16") if begins(b"\xFF\xFE") => (Form::Utf16 { little: true }, 2),
            Some("UTF-16") if begins(b"\xFE\xFF") => (Form::Utf16 { little: false }, 2),
            // Latin letters, which a header has, have their 0 second where the small end is first.
            Some("UTF-16") => (
                Form::Utf16 {
                    little: bytes.get(1) == Some(&0),
                },
                0,
            ),
            Some(_) => (Form::Windows1252, 0),
            None => (Form::Utf8, if begins(b"\xEF\xBB\xBF") { 3 } else { 0 }),
        };
        let touched = vec![None; lines(&text) + 1];
        Self {
            text,
            bytes: bytes.to_vec(),
            mark,
            form,
            touched,
        }
    }

    /// What it says.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How it is written.
    pub fn into_parts(self) -> (Vec<u8>, Vec<Option<usize>>) {
        (self.bytes, self.touched)
    }

    /// What its lines end in.
    pub fn line_end(&self) -> &'static str {
        match self.text.split_once('\n') {
            Some((first, _)) if first.ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// Puts `new` in the place of `range`; the change `by` did it.
    pub fn replace(&mut self, range: Range<usize>, new: &str, by: usize) {
        if self.text[range.clone()] == *new {
            return;
        }
        self.note(&range, new, by);
        let before = self.mark + self.form.length(&self.text[..range.start]);
        let length = self.form.length(&self.text[range.clone()]);
        self.text.replace_range(range, new);
        match self.form.write(new) {
            Some(bytes) => {
                self.bytes.splice(before..before + length, bytes);
            }
            // Its encoding has no such character: from now on it is UTF-8, which has all.
            None => {
                self.form = Form::Utf8;
                self.mark = 0;
                self.bytes = self.text.clone().into_bytes();
            }
        }
    }

    /// Notes which lines are touched, counting only those of which something is other than before.
    fn note(&mut self, range: &Range<usize>, new: &str, by: usize) {
        let first = lines(&self.text[..range.start]);
        let removed = lines(&self.text[range.clone()]);
        let mut now = vec![Some(by); lines(new) + 1];
        let begins_line = |at: usize| at == 0 || self.text[..at].ends_with('\n');
        // A row after this line, or the removal of whole lines, leaves the one at the edge alone.
        if range.is_empty()
            && !begins_line(range.start)
            && new.trim_start_matches('\r').starts_with('\n')
        {
            now[0] = self.touched[first];
        }
        if begins_line(range.end) && (new.is_empty() || new.ends_with('\n')) {
            let last = now.len() - 1;
            now[last] = self.touched[first + removed];
        }
        self.touched.splice(first..=first + removed, now);
    }
}

fn lines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

impl Form {
    /// How many bytes `text` takes.
    fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 { .. } => 2 * text.encode_utf16().count(),
            Self::Windows1252 => text.chars().count(),
        }
    }

    /// The bytes of `text`, if it can be written so.
    fn write(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Utf8 => Some(text.as_bytes().to_vec()),
            Self::Utf16 { little } => {
                let bytes = |unit: u16| {
                    if little {
                        unit.to_le_bytes()
                    } else {
                        unit.to_be_bytes()
                    }
                };
                Some(text.encode_utf16().flat_map(bytes).collect())
            }
            Self::Windows1252 => {
                let (bytes, _, unwritable) = WINDOWS_1252.encode(text);
                (!unwritable).then(|| bytes.into_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str, little: bool) -> Vec<u8> {
        let form = Form::Utf16 { little };
        form.write(&format!("\u{feff}{text}")).unwrap()
    }

    fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
        let mut text = Text::new(bytes);
        let at = text.as_str().find(from).unwrap();
        text.replace(at..at + from.len(), to, 0);
        text.into_parts().0
    }

    #[test]
    fn every_encoding_is_kept() {
        assert_eq!(
            replaced(b"\xEF\xBB\xBFZo\xC3\xAB,1", "1", "22"),
            b"\xEF\xBB\xBFZo\xC3\xAB,22"
        );
        assert_eq!(
            replaced(b"Zo\xEB O\x92Hara,1", "1", "\u{e9}"),
            b"Zo\xEB O\x92Hara,\xE9"
        );
        for little in [true, false] {
            assert_eq!(
                replaced(&wide("Zoë,1\n", little), "1", "é"),
                wide("Zoë,é\n", little)
            );
        }
        // A lone carriage return, as old spreadsheets write it.
        assert_eq!(replaced(b"a\rb,1\rc", "1", "2"), b"a\rb,2\rc");
    }

    #[test]
    fn what_an_encoding_lacks_makes_the_file_utf_8() {
        assert_eq!(
            replaced(b"Zo\xEB,1", "1", "\u{141}"),
            "Zoë,\u{141}".as_bytes()
        );
    }

    #[test]
    fn only_lines_that_are_touched_are_noted() {
        let mut text = Text::new(b"a\nb\nc\nd\n");
        text.replace(2..3, "B", 1);
        text.replace(3..3, "\nnew", 2);
        assert_eq!(text.as_str(), "a\nB\nnew\nc\nd\n");
        let touched = text.clone().into_parts().1;
        assert_eq!(touched, [None, Some(1), Some(2), None, None, None]);
        text.replace(4..8, "", 3);
        assert_eq!(text.as_str(), "a\nB\nc\nd\n");
        assert_eq!(text.into_parts().1, [None, Some(1), None, None, None]);
    }
}
