//! A pack as its two CSV files tell it, read from their text alone.

use std::collections::{BTreeMap, BTreeSet};

/// The tables whose groups have members.
pub const TABLES: [&str; 5] = ["quarter", "region", "type", "cause", "role"];

/// A row of figures; money in pence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub inspections: i64,
    pub posts: i64,
    pub days: i64,
    pub pence: i64,
}

impl Row {
    pub fn add(&mut self, other: Row) {
        self.inspections += other.inspections;
        self.posts += other.posts;
        self.days += other.days;
        self.pence += other.pence;
    }
}

/// A group of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub members: BTreeSet<String>,
    pub row: Row,
}

/// A pack: what is short in all, and in each group of each table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    pub total: Row,
    pub tables: BTreeMap<&'static str, Vec<Group>>,
}

impl Pack {
    /// The group of `table` that `member` is in.
    pub fn group_of(&self, table: &str, member: &str) -> usize {
        let groups = &self.tables[table];
        let at = groups
            .iter()
            .position(|group| group.members.contains(member));
        at.unwrap_or_else(|| panic!("{member} is in no group of table {table}"))
    }

    /// The pack whose texts are `shortfall` and `groups`.
    pub fn read(shortfall: &str, groups: &str) -> Self {
        let mut figures: BTreeMap<(String, String), Row> = BTreeMap::new();
        for cells in rows(
            shortfall,
            "table,group,inspections,posts,inspector_days,cost,marking",
        ) {
            let row = Row {
                inspections: number(&cells[2]),
                posts: number(&cells[3]),
                days: number(&cells[4]),
                pence: pence(&cells[5]),
            };
            let again = figures.insert((cells[0].clone(), cells[1].clone()), row);
            assert!(again.is_none(), "{} {} is there twice", cells[0], cells[1]);
        }
        let mut members: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for cells in rows(groups, "table,group,member,marking") {
            let [table, group, member] = [0, 1, 2].map(|at| cells[at].clone());
            assert!(
                seen.insert((table.clone(), member.clone())),
                "{member} is in two groups of table {table}"
            );
            members.entry((table, group)).or_default().insert(member);
        }
        let total = figures
            .remove(&("total".to_owned(), "all".to_owned()))
            .expect("a row of totals");
        let mut tables: BTreeMap<&'static str, Vec<Group>> = BTreeMap::new();
        for ((table, name), row) in figures {
            let known = TABLES.into_iter().find(|known| *known == table);
            let known = known.unwrap_or_else(|| panic!("there is no table {table}"));
            let members = members.remove(&(table, name.clone()));
            let members = members.unwrap_or_else(|| panic!("group {name} has no members"));
            tables
                .entry(known)
                .or_default()
                .push(Group { members, row });
        }
        assert!(members.is_empty(), "groups without figures: {members:?}");
        assert_eq!(tables.len(), TABLES.len(), "a table is missing");
        Self { total, tables }
    }
}

fn rows(text: &str, header: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let found: Vec<String> = cells(reader.headers().expect("a header"));
    assert_eq!(found.join(","), header);
    let records = reader.records();
    records
        .map(|record| cells(&record.expect("a row")))
        .collect()
}

fn cells(record: &csv::StringRecord) -> Vec<String> {
    record.iter().map(str::to_owned).collect()
}

fn number(cell: &str) -> i64 {
    cell.parse().expect("a whole number")
}

fn pence(cell: &str) -> i64 {
    let (pounds, pence) = cell.split_once('.').expect("pounds and pence");
    assert_eq!(pence.len(), 2);
    number(pounds) * 100 + number(pence)
}
