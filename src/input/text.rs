//! Bytes to text: UTF-8, and what Excel writes instead, where it can be told for certain.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text, and the encoding's name where it was another than UTF-8.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte-order mark, its lines ended by LF or CR LF.
    pub text: String,
    /// `UTF-16` or `Windows-1252`.
    pub other_encoding: Option<&'static str>,
}

/// Why bytes are no text.
#[derive(Debug, PartialEq, Eq)]
pub enum Undecodable {
    /// A spreadsheet's own file, and what it is called.
    Workbook(&'static str),
    /// The encoding can't be told; the first line that shows it, from 1.
    Ambiguous(usize),
    /// Not a text at all.
    Binary,
}

/// The text of `bytes`.
///
/// # Errors
/// If they are a workbook, no text, or in an encoding that can't be told.
pub fn decode(bytes: &[u8]) -> Result<Decoded, Undecodable> {
    if bytes.starts_with(b"PK\x03\x04") {
        let open_document = bytes
            .get(..200.min(bytes.len()))
            .is_some_and(|head| head.windows(12).any(|part| part == b"opendocument"));
        return Err(Undecodable::Workbook(if open_document {
            "an OpenDocument spreadsheet"
        } else {
            "an Excel workbook"
        }));
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(Undecodable::Workbook("an old Excel workbook"));
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes)
        && encoding != encoding_rs::UTF_8
    {
        return utf_16(encoding, &bytes[length..]);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.contains(&0) {
        return match utf_16_order(bytes) {
            Some(encoding) => utf_16(encoding, bytes),
            None => Err(Undecodable::Binary),
        };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(decoded(text, None)),
        Err(error) => windows_1252(bytes, error.valid_up_to()),
    }
}

fn decoded(text: &str, other_encoding: Option<&'static str>) -> Decoded {
    Decoded {
        text: with_plain_line_ends(text),
        other_encoding,
    }
}

/// A lone CR (old spreadsheets on a Mac) becomes LF, so that lines are counted right.
fn with_plain_line_ends(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let lone = character == '\r' && characters.peek() != Some(&'\n');
        out.push(if lone { '\n' } else { character });
    }
    out
}

fn utf_16(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded, Undecodable> {
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or(Undecodable::Binary)?;
    if text.contains('\0') {
        return Err(Undecodable::Binary);
    }
    Ok(decoded(&text, Some("UTF-16")))
}

/// The byte order of UTF-16 without a mark: of mostly Latin text one byte in two is 0, and
/// only on one side.
fn utf_16_order(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |side: usize| {
        bytes
            .iter()
            .skip(side)
            .step_by(2)
            .filter(|byte| **byte == 0)
    };
    let (even, odd) = (zeros(0).count(), zeros(1).count());
    if bytes.len() % 2 == 1 || (even > 0) == (odd > 0) || (even + odd) * 4 < bytes.len() {
        return None;
    }
    Some(if odd > 0 { UTF_16LE } else { UTF_16BE })
}

/// Windows-1252 if nothing speaks against it: every byte beyond ASCII is one that means a
/// letter of a western European name, or Word's punctuation. Bytes that are rare there but
/// letters elsewhere (Mac Roman, code page 850), and text that is UTF-8 in other places,
/// could be read in two ways.
fn windows_1252(bytes: &[u8], first: usize) -> Result<Decoded, Undecodable> {
    let line = |at: usize| bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    let plain = |byte: u8| {
        byte.is_ascii()
            || matches!(byte, 0x85 | 0x91..=0x97 | 0xA0 | 0xA3 | 0xB0 | 0xB4 | 0xB7)
            || (byte >= 0xC0 && byte != 0xD7 && byte != 0xF7)
    };
    if let Some(at) = bytes.iter().position(|byte| !plain(*byte)) {
        return Err(Undecodable::Ambiguous(line(at)));
    }
    let partly_utf_8 = bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    if partly_utf_8 {
        return Err(Undecodable::Ambiguous(line(first)));
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Ok(decoded(&text, Some("Windows-1252")))
}

/// The text that stands behind the apostrophe with which Muster writes what a spreadsheet
/// would run.
pub fn as_meant(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.starts_with(['=', '+', '-', '@']) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16_bytes(text: &str, little: bool) -> Vec<u8> {
        let order = |unit: u16| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        };
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn what_excel_saves_is_read() {
        let plain = |text: &str| decoded(text, None);
        assert_eq!(decode("\u{feff}Zoë".as_bytes()), Ok(plain("Zoë")));
        assert_eq!(decode(b"a\rb\r\nc"), Ok(plain("a\nb\r\nc")));
        assert_eq!(
            decode(b"Zo\xEB O\x92Hara"),
            Ok(decoded("Zoë O’Hara", Some("Windows-1252")))
        );
        for little in [true, false] {
            let expected = Ok(decoded("id,Zoë\n", Some("UTF-16")));
            assert_eq!(decode(&utf_16_bytes("\u{feff}id,Zoë\n", little)), expected);
            assert_eq!(decode(&utf_16_bytes("id,Zoë\n", little)), expected);
        }
    }

    #[test]
    fn what_could_mean_two_things_is_refused() {
        assert_eq!(decode(b"a\nZo\x91\x8E"), Err(Undecodable::Ambiguous(2)));
        assert_eq!(
            decode(b"Zo\xC3\xAB and Zo\xEB"),
            Err(Undecodable::Ambiguous(1))
        );
        assert_eq!(decode(b"a\0b"), Err(Undecodable::Binary));
        assert_eq!(decode(b"\xFF\xFEa"), Err(Undecodable::Binary));
        assert_eq!(
            decode(b"PK\x03\x04xl"),
            Err(Undecodable::Workbook("an Excel workbook"))
        );
    }
}
