//! Every code that Muster reports: the one source of `muster explain-code` and of
//! `docs/diagnostics.md`. A code never changes its meaning and is never used again.

mod cells;
mod changes;
mod files;
mod packs;
mod people;
mod pins;
mod policy;
mod programme;
mod published;
mod references;
mod results;

use std::fmt::Write;

use super::Severity;

pub use cells::*;
pub use changes::*;
pub use files::*;
pub use packs::*;
pub use people::*;
pub use pins::*;
pub use policy::*;
pub use programme::*;
pub use published::*;
pub use references::*;
pub use results::*;

/// A kind of problem.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `M` and four digits, the first two its group.
    pub id: &'static str,
    /// Whether it stops the run.
    pub severity: Severity,
    /// What it is, in a few words.
    pub title: &'static str,
    /// What it means, and why it matters.
    pub means: &'static str,
    /// What it looks like.
    pub example: &'static str,
    /// What to do about it.
    pub mend: &'static str,
}

macro_rules! codes {
    ($($id:ident $severity:ident $title:literal
        means $means:literal
        example $example:literal
        mend $mend:literal)*) => {
        $(
            #[doc = concat!($title, ".")]
            pub const $id: &Code = &Code {
                id: stringify!($id),
                severity: Severity::$severity,
                title: $title,
                means: $means,
                example: $example,
                mend: $mend,
            };
        )*
        pub(super) const ALL: &[&Code] = &[$($id),*];
    };
}
use codes;

/// The groups, each with its codes.
pub const GROUPS: [(&str, &[&Code]); 11] = [
    ("01: files and their shape", files::ALL),
    ("02: cells", cells::ALL),
    ("03: references and duplicates", references::ALL),
    ("04: policy", policy::ALL),
    ("05: sense of the programme", programme::ALL),
    ("06: sense of people", people::ALL),
    ("07: pins", pins::ALL),
    ("08: results", results::ALL),
    ("09: change files", changes::ALL),
    ("10: packs", packs::ALL),
    ("11: published plans", published::ALL),
];

/// Every code, in order.
pub fn all() -> impl Iterator<Item = &'static Code> {
    GROUPS.iter().flat_map(|(_, codes)| codes.iter().copied())
}

/// The code written `id`, in capitals or not.
pub fn find(id: &str) -> Option<&'static Code> {
    all().find(|code| code.id.eq_ignore_ascii_case(id.trim()))
}

impl Code {
    /// All there is to say about it, in Markdown, below a heading of its own.
    pub fn explanation(&self) -> String {
        format!(
            "{} ({})\n\n{}\n\n```text\n{}\n```\n\nWhat to do: {}\n",
            self.title,
            self.severity.as_str(),
            self.means,
            self.example,
            self.mend,
        )
    }
}

/// The whole of `docs/diagnostics.md`.
pub fn markdown() -> String {
    let mut page = String::from(
        "# Diagnostics\n\n\
         What Muster may say about a dataset, or a result that it reads back. An error stops the run, a warning doesn't; both \
         name the file, the line and the column, and all are told in one go. `muster \
         explain-code M0102` prints the same text as this page.\n\n\
         This page is made from `src/diagnostics/codes/`; a test holds the two together. To \
         make it again: `UPDATE_DOCS=1 cargo test --release --test diagnostics`.\n",
    );
    for (group, codes) in GROUPS {
        let _ = write!(page, "\n## {group}\n");
        for code in codes {
            let _ = write!(page, "\n### {}\n\n{}", code.id, code.explanation());
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_rising_and_in_their_group() {
        for (group, codes) in GROUPS {
            for code in codes {
                assert!(
                    code.id.starts_with(&format!("M{}", &group[..2])),
                    "{}",
                    code.id
                );
            }
        }
        let ids: Vec<_> = all().map(|code| code.id).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(find("m0203").map(|code| code.id), Some("M0203"));
        assert_eq!(find("M9999"), None);
    }
}
