//! A CSV file of a result, cell by cell.

/// Its header and rows.
#[derive(Clone, Debug)]
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub fn parse(bytes: &[u8]) -> Self {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(bytes);
        let mut rows = reader.records().map(|record| {
            let record = record.expect("a result is CSV");
            record.iter().map(str::to_owned).collect::<Vec<String>>()
        });
        let header = rows.next().expect("a header");
        Self {
            header,
            rows: rows.collect(),
        }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in std::iter::once(&self.header).chain(&self.rows) {
            writer.write_record(row).expect("memory takes it");
        }
        writer.into_inner().expect("memory takes it")
    }

    pub fn column(&self, name: &str) -> usize {
        let found = self.header.iter().position(|column| column == name);
        found.unwrap_or_else(|| panic!("there is no column {name}"))
    }

    pub fn cell(&self, row: usize, column: &str) -> &str {
        &self.rows[row][self.column(column)]
    }

    pub fn set(&mut self, row: usize, column: &str, text: impl Into<String>) {
        let column = self.column(column);
        self.rows[row][column] = text.into();
    }

    /// Leaves out the rows at `rows`.
    pub fn remove(&mut self, rows: &[usize]) {
        let mut at = 0..;
        self.rows
            .retain(|_| !rows.contains(&at.next().expect("it never ends")));
    }
}
