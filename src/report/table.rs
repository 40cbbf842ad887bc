//! A CSV file that is written: its marking in the last column, and nothing that a spreadsheet
//! would run.

/// Rows under a header.
pub(crate) struct Table<'a> {
    marking: &'a str,
    writer: csv::Writer<Vec<u8>>,
}

impl<'a> Table<'a> {
    pub(crate) fn new(columns: &[&str], marking: &'a str) -> Self {
        let mut table = Self {
            marking,
            writer: csv::Writer::from_writer(Vec::new()),
        };
        table.write(columns.iter().copied().chain(["marking"]));
        table
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let marking = self.marking.to_owned();
        self.write(
            cells
                .into_iter()
                .chain([marking])
                .map(|cell| harmless(&cell)),
        );
    }

    fn write(&mut self, cells: impl Iterator<Item = impl AsRef<[u8]>>) {
        self.writer
            .write_record(cells)
            .expect("memory takes any row");
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.writer.into_inner().expect("memory takes any row")
    }
}

/// Text as a spreadsheet shows it without running it: an apostrophe goes before what looks
/// like a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_rows_are_marked() {
        let mut table = Table::new(&["name"], "OFFICIAL");
        table.row(["=1+1".to_owned()]);
        table.row(["Ann, \"B\"".to_owned()]);
        let text = String::from_utf8(table.into_bytes()).unwrap();
        assert_eq!(
            text,
            "name,marking\n'=1+1,OFFICIAL\n\"Ann, \"\"B\"\"\",OFFICIAL\n"
        );
    }
}
