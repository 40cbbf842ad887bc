//! Changes to the bytes of a file, whatever they mean.

use super::Choose;

/// What has a meaning to some reader.
const TELLING: [&str; 22] = [
    "\"",
    ",",
    ";",
    "\n",
    "\r",
    "\t",
    "\0",
    "-",
    "/",
    "£",
    "é",
    "9",
    "99999999999",
    "2026-02-29",
    "31/12/9999",
    "[",
    "=",
    "#",
    "\u{feff}",
    "\u{1b}[31m",
    "PK\u{3}\u{4}",
    "\u{2028}",
];

/// One change somewhere in `bytes`.
pub(super) fn change(bytes: &mut Vec<u8>, choose: &mut impl Choose) {
    let at = choose.below(bytes.len() + 1);
    let length = 1 + choose.below(60);
    let end = (at + length).min(bytes.len());
    match choose.below(5) {
        0 => bytes[at..]
            .iter_mut()
            .take(1)
            .for_each(|byte| *byte ^= 1 << (length % 8)),
        1 => bytes[at..]
            .iter_mut()
            .take(1)
            .for_each(|byte| *byte = length as u8 * 4),
        2 => drop(bytes.splice(at..at, choose.pick(&TELLING).bytes())),
        3 => drop(bytes.drain(at..end)),
        _ => {
            let copy = bytes[at..end].to_vec();
            drop(bytes.splice(at..at, copy));
        }
    }
}
