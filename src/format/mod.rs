//! The files of a dataset and their columns, as data: the one place from which files are read,
//! and the headers, the scheduler's guide and the demo year are made. And those files of a
//! result that are read back.

mod people;
mod plans;
mod programme;
mod results;

pub use people::{AVAILABILITY, CONFLICTS, INSPECTORS};
pub use plans::{BANK_HOLIDAYS, HISTORY, PINS, PUBLISHED};
pub use programme::{ESTABLISHMENTS, PROGRAMME};
pub use results::{ALLOCATIONS, SHORTFALLS};

/// One column of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// Whether the file must have it; an optional one may be left out whole.
    pub required: bool,
    /// What to write in it, in words for a scheduler.
    pub meaning: &'static str,
    /// A cell as it could be filled in.
    pub example: &'static str,
}

/// One CSV file of a dataset or a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileFormat {
    /// Its name in the dataset's folder.
    pub name: &'static str,
    /// Whether a dataset must have it.
    pub required: bool,
    /// What it holds, one row each.
    pub holds: &'static str,
    /// Its columns, in the order in which they are written.
    pub columns: &'static [Column],
    /// The column that Muster itself adds to it: known when read, but nobody fills it in, so
    /// that it is neither asked for nor explained.
    pub added: Option<&'static str>,
}

impl FileFormat {
    /// Its first line, with every column, ending in a line feed.
    pub fn header(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        names.join(",") + "\n"
    }

    /// The columns that must be there.
    pub fn required_columns(&self) -> impl Iterator<Item = &'static str> {
        let required = self.columns.iter().filter(|column| column.required);
        required.map(|column| column.name)
    }

    /// The columns that may be left out.
    pub fn optional_columns(&self) -> impl Iterator<Item = &'static str> {
        let optional = self.columns.iter().filter(|column| !column.required);
        optional.map(|column| column.name).chain(self.added)
    }

    /// Whether `column` must be there.
    pub fn requires(&self, column: &str) -> bool {
        self.required_columns().any(|required| required == column)
    }

    /// The known column of that name.
    pub fn known(&self, name: &str) -> Option<&'static str> {
        let mut known = self.required_columns().chain(self.optional_columns());
        known.find(|known| *known == name)
    }

    /// The shortest header with which it can be read.
    pub fn least_header(&self) -> String {
        self.required_columns().collect::<Vec<_>>().join(",")
    }
}

/// Every CSV file that a dataset may have, in the order in which one fills them in.
pub static FILES: [&FileFormat; 9] = [
    &BANK_HOLIDAYS,
    &ESTABLISHMENTS,
    &PROGRAMME,
    &INSPECTORS,
    &AVAILABILITY,
    &CONFLICTS,
    &HISTORY,
    &PINS,
    &PUBLISHED,
];

/// The format of the file called `name`, if a dataset may have one.
pub fn format_of(name: &str) -> Option<&'static FileFormat> {
    FILES.into_iter().find(|file| file.name == name)
}

const fn required(name: &'static str, meaning: &'static str, example: &'static str) -> Column {
    Column {
        name,
        required: true,
        meaning,
        example,
    }
}

const fn optional(name: &'static str, meaning: &'static str, example: &'static str) -> Column {
    Column {
        name,
        required: false,
        meaning,
        example,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_every_column_is_explained() {
        let files: BTreeSet<&str> = FILES.iter().map(|file| file.name).collect();
        assert_eq!(files.len(), FILES.len());
        for file in FILES {
            let columns: BTreeSet<&str> = file.columns.iter().map(|column| column.name).collect();
            assert_eq!(columns.len(), file.columns.len(), "{}", file.name);
            for column in file.columns {
                assert!(!column.meaning.is_empty(), "{} {}", file.name, column.name);
                assert!(!column.example.is_empty(), "{} {}", file.name, column.name);
            }
            assert!(
                file.columns.iter().any(|column| column.required),
                "{}",
                file.name
            );
        }
    }

    #[test]
    fn a_format_is_found_by_its_name() {
        assert_eq!(
            format_of("pins.csv").map(FileFormat::header).as_deref(),
            Some("inspection_id,inspector_id,role,action\n")
        );
        assert!(format_of("policy.toml").is_none());
    }
}
