//! The files of a result that are read back: `allocations.csv`, `shortfalls.csv`. Nobody fills
//! them in, so that their columns need no example.

use super::plans::POSTS;
use super::{Column, FileFormat, required};

/// `allocations.csv`.
pub static ALLOCATIONS: FileFormat = FileFormat {
    name: "allocations.csv",
    required: true,
    holds: "who holds which post, one post a row",
    columns: &POSTS,
    added: Some("marking"),
};

/// `shortfalls.csv`.
pub static SHORTFALLS: FileFormat = FileFormat {
    name: "shortfalls.csv",
    required: true,
    holds: "empty posts of one inspection, role and cause, one set a row",
    columns: &[
        written("inspection_id"),
        written("role"),
        written("posts"),
        written("inspector_days"),
        written("cause"),
        written("addressee"),
        written("explanation"),
    ],
    added: Some("marking"),
};

const fn written(name: &'static str) -> Column {
    required(name, "as Muster wrote it", "")
}
