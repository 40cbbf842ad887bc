//! Changes to the bytes of a file, whatever they mean.

use super::choose::Choose;

/// What has a meaning to some reader, ids of the small year among them.
const TELLING: [&str; 25] = [
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
    "ash",
    "P1",
    "I1",
];

/// One change somewhere in `bytes`.
pub(super) fn change(bytes: &mut Vec<u8>, choose: &mut impl Choose) {
    let at = choose.below(bytes.len() + 1);
    let length = 1 + choose.below(60);
    let end = (at + length).min(bytes.len());
    match choose.below(6) {
        0 => bytes[at..]
            .iter_mut()
            .take(1)
            .for_each(|byte| *byte ^= 1 << (length % 8)),
        1 => bytes[at..]
            .iter_mut()
            .take(1)
            .for_each(|byte| *byte = any_byte(choose)),
        2 => drop(bytes.splice(at..at, choose.pick(&TELLING).bytes())),
        3 => {
            let new: Vec<u8> = (0..=length % 3).map(|_| any_byte(choose)).collect();
            drop(bytes.splice(at..at, new));
        }
        4 => drop(bytes.drain(at..end)),
        _ => {
            let copy = bytes[at..end].to_vec();
            drop(bytes.splice(at..at, copy));
        }
    }
}

fn any_byte(choose: &mut impl Choose) -> u8 {
    choose.below(256) as u8
}
