//! What is already settled or past: `bank_holidays.csv`, `history.csv`, `pins.csv`,
//! `published.csv`.

use super::{Column, FileFormat, optional, required};

/// `bank_holidays.csv`.
pub static BANK_HOLIDAYS: FileFormat = FileFormat {
    name: "bank_holidays.csv",
    required: true,
    holds: "the bank holidays of England and Wales, of both calendar years that the programme touches, one a row",
    columns: &[
        required("date", "the day", "2026-12-25"),
        required("name", "its name", "Christmas Day"),
    ],
    added: None,
};

/// `history.csv`.
pub static HISTORY: FileFormat = FileFormat {
    name: "history.csv",
    required: false,
    holds: "who was at earlier full inspections, one person a row, so that a review of progress can go to the same lead",
    columns: &[
        required(
            "establishment_id",
            "the site: an id of establishments.csv",
            "brinsford",
        ),
        required(
            "inspector_id",
            "who; people who have left since may stay in the list",
            "I007",
        ),
        required("role", "lead or team", "lead"),
        required("date", "the last day of that inspection", "2025-11-20"),
    ],
    added: None,
};

/// `pins.csv`.
pub static PINS: FileFormat = FileFormat {
    name: "pins.csv",
    required: false,
    holds: "what you have settled by hand, one a row",
    columns: &[
        required(
            "inspection_id",
            "the inspection: an id of programme.csv",
            "P014",
        ),
        required("inspector_id", "who: an id of inspectors.csv", "I007"),
        required(
            "role",
            "lead or team; with forbid it may be empty, and then means both",
            "lead",
        ),
        required(
            "action",
            "pin (this person must hold the post) or forbid (must not)",
            "pin",
        ),
    ],
    added: None,
};

/// The columns of `allocations.csv`, and so of `published.csv`.
pub(super) const POSTS: [Column; 13] = [
    required("inspection_id", "as Muster wrote it", "P014"),
    required("establishment_id", "as Muster wrote it", "brinsford"),
    required("kind", "as Muster wrote it", "full"),
    required("role", "as Muster wrote it", "lead"),
    required("inspector_id", "as Muster wrote it", "I007"),
    required("inspector_name", "as Muster wrote it", "Ada Quillmere"),
    required("grade", "as Muster wrote it", "OI"),
    required("attend_from", "as Muster wrote it", "2026-09-21"),
    required("attend_to", "as Muster wrote it", "2026-09-24"),
    required("week", "as Muster wrote it", "normal"),
    optional("lead_name_due", "as Muster wrote it", "2026-08-31"),
    optional("report_due", "as Muster wrote it", "2026-10-13"),
    optional("cost", "as Muster wrote it", "6420.00"),
];

/// `published.csv`.
pub static PUBLISHED: FileFormat = FileFormat {
    name: "published.csv",
    required: false,
    holds: "the allocations.csv of an earlier result, copied here unchanged when you plan again; leave it out the first time",
    columns: &POSTS,
    added: Some("marking"),
};
