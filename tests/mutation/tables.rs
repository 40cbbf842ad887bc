//! Changes to a table that leave it a table: most of what comes out can still be read.

use chrono::{Days, NaiveDate};

use super::Choose;

/// Cells that mean something in one column or another.
const TELLING: [&str; 24] = [
    "",
    " ",
    "yes",
    "no",
    "0",
    "-1",
    "1.5",
    "4294967296",
    "nan",
    "2026-04-01",
    "2027-03-31",
    "03/04/26",
    "29/02/2027",
    "1900-01-01",
    "9999-12-31",
    "full",
    "irp",
    "standalone",
    "lead",
    "team",
    "pin",
    "Sat,Sun",
    "ctc",
    "=1+1",
];

/// One change to a table.
pub(super) fn change(bytes: &mut Vec<u8>, choose: &mut impl Choose) {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes.as_slice());
    let rows: Result<Vec<Vec<String>>, _> = reader
        .records()
        .map(|row| row.map(|row| row.iter().map(str::to_owned).collect()))
        .collect();
    let Ok(mut rows) = rows else { return };
    // A table of a header alone has nothing to change.
    if rows.len() < 2 {
        return;
    }
    change_rows(&mut rows, choose);
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows.iter().filter(|row| !row.is_empty()) {
        writer.write_record(row).expect("memory takes any row");
    }
    *bytes = writer.into_inner().expect("memory takes any row");
}

fn change_rows(rows: &mut Vec<Vec<String>>, choose: &mut impl Choose) {
    let row = 1 + choose.below(rows.len() - 1);
    let other = 1 + choose.below(rows.len() - 1);
    let width = rows[row].len().min(rows[other].len()).min(rows[0].len());
    if width == 0 {
        return;
    }
    let column = choose.below(width);
    match choose.below(12) {
        0 => rows[row].swap(column, choose.below(width)),
        1 => {
            let cell = std::mem::take(&mut rows[row][column]);
            let cell = std::mem::replace(&mut rows[other][column], cell);
            rows[row][column] = cell;
        }
        2 => rows[row][column] = rows[other][column].clone(),
        3 => drop(rows.remove(row)),
        4 => rows.insert(other, rows[row].clone()),
        5 => rows
            .iter_mut()
            .filter(|row| row.len() > column)
            .for_each(|row| {
                row.remove(column);
            }),
        6 => rows[row][column].clear(),
        7 => rows[row][column] = choose.pick(&TELLING).to_owned(),
        8 => {
            let by = other_days(choose);
            rows[row][column] = moved(&rows[row][column], by);
        }
        // A whole row's dates together, so that ends stay behind beginnings.
        9 => {
            let by = other_days(choose);
            rows[row]
                .iter_mut()
                .for_each(|cell| *cell = moved(cell, by));
        }
        // The number that is nearest, if there is any.
        _ => {
            let is_number = |cell: &String| cell.parse::<f64>().is_ok();
            let cells = rows[row].iter_mut().skip(column);
            if let Some(cell) = cells.into_iter().find(|cell| is_number(cell)) {
                *cell = other_number(cell, choose);
            }
        }
    }
}

/// Days to move by: a few, some weeks, or very many.
fn other_days(choose: &mut impl Choose) -> i64 {
    let size = match choose.below(8) {
        0..=2 => choose.below(8),
        3..=5 => 7 * choose.below(53),
        6 => choose.below(800),
        _ => choose.below(400_000),
    } as i64;
    if choose.below(2) == 0 { size } else { -size }
}

/// The date in `cell`, moved; other text as it is.
fn moved(cell: &str, by: i64) -> String {
    let Ok(date) = cell.parse::<NaiveDate>() else {
        return cell.to_owned();
    };
    let days = Days::new(by.unsigned_abs());
    let date = match by {
        0.. => date.checked_add_days(days),
        _ => date.checked_sub_days(days),
    };
    date.map_or_else(|| cell.to_owned(), |date| date.to_string())
}

/// Another number than `number`: near to it, or one that is often a boundary.
pub(super) fn other_number(number: &str, choose: &mut impl Choose) -> String {
    let old: f64 = number.parse().unwrap_or_default();
    match choose.below(5) {
        0 => (old + 1.0).to_string(),
        1 => (old - 1.0).to_string(),
        2 => (old * 10.0).to_string(),
        3 => choose.below(40).to_string(),
        _ => choose
            .pick(&[
                "0",
                "1",
                "7",
                "53",
                "366",
                "-1",
                "0.5",
                "100000",
                "65536",
                "4294967295",
                "99999999999999999999",
                "1e300",
                "-0.0",
                "1e-300",
            ])
            .to_owned(),
    }
}
