//! Every cell and row of every CSV file, damaged one at a time.

use super::sample::{self, Files};

const TABLES: [&str; 5] = [
    "allocations.csv",
    "shortfalls.csv",
    "workload.csv",
    "days.csv",
    "out-of-scope.csv",
];

fn lines(files: &Files, file: &str) -> Vec<String> {
    files[file].lines().map(str::to_owned).collect()
}

/// The rules that are named once `file` has these lines.
fn rules_with(file: &'static str, lines: &[String]) -> Vec<String> {
    let dataset = sample::dataset();
    let mut files = sample::files(&dataset);
    files.insert(file, lines.join("\n") + "\n");
    let findings = sample::findings(&dataset, &files);
    findings.into_iter().map(|finding| finding.rule).collect()
}

/// Other values that a cell could hold: near ones, and none.
fn changed(cell: &str) -> Vec<String> {
    let mut values = vec![String::new(), format!("{cell}x"), format!(" {cell}")];
    if let Ok(number) = cell.parse::<i64>() {
        values.push((number + 1).to_string());
        values.push((number - 1).to_string());
    }
    if let Some(start) = cell.strip_suffix(|last: char| last.is_ascii_digit()) {
        let last = cell.as_bytes()[start.len()] - b'0';
        values.push(format!("{start}{}", (last + 1) % 10));
    }
    values.retain(|value| value != cell);
    values
}

#[test]
fn no_cell_can_be_changed() {
    let dataset = sample::dataset();
    let files = sample::files(&dataset);
    for file in TABLES {
        let sound = lines(&files, file);
        let names: Vec<&str> = sound[0].split(',').collect();
        for row in 1..sound.len() {
            let cells: Vec<&str> = sound[row].split(',').collect();
            for (column, name) in names.iter().enumerate() {
                if *name == "explanation" {
                    continue;
                }
                // Off-site work may lie on another day of its window: `named` has those.
                let free_day = file == "days.csv" && *name == "date" && cells[2] != "on-site";
                for value in changed(cells[column]) {
                    if free_day && value.len() == cells[column].len() {
                        continue;
                    }
                    let mut other: Vec<&str> = cells.clone();
                    other[column] = &value;
                    let mut damaged = sound.clone();
                    damaged[row] = other.join(",");
                    let rules = rules_with(file, &damaged);
                    assert!(
                        rules.iter().any(|rule| names_it(rule, file, name)),
                        "{file} {name}: '{}' as '{value}' gives {rules:?}",
                        cells[column]
                    );
                }
            }
        }
    }
}

/// Whether a finding's rule is the column, or for a post's own cells and a day's one of the
/// rules on posts and days.
fn names_it(rule: &str, file: &str, column: &str) -> bool {
    let of_the_file = rule.starts_with(file);
    let of_a_post = matches!(file, "allocations.csv") && (rule == "window" || rule == "H1");
    let of_a_day = file == "days.csv" && column == "date" && ["H8", "H9", "H12"].contains(&rule);
    of_the_file || of_a_post || of_a_day
}

#[test]
fn no_row_can_be_left_out_or_repeated() {
    let dataset = sample::dataset();
    let files = sample::files(&dataset);
    for file in TABLES {
        let sound = lines(&files, file);
        for row in 1..sound.len() {
            let mut short = sound.clone();
            short.remove(row);
            assert_ne!(rules_with(file, &short), [""; 0], "{file} without {row}");
            let mut long = sound.clone();
            long.insert(row, sound[row].clone());
            assert_ne!(rules_with(file, &long), [""; 0], "{file} with {row} twice");
        }
    }
}

#[test]
fn no_two_rows_can_change_places() {
    let dataset = sample::dataset();
    let files = sample::files(&dataset);
    for file in TABLES {
        let sound = lines(&files, file);
        // No two rows of the sample have the same place, so every order but one is wrong.
        for row in 2..sound.len() {
            let mut swapped = sound.clone();
            swapped.swap(row - 1, row);
            assert_eq!(rules_with(file, &swapped), [format!("{file} order")]);
        }
    }
}

#[test]
fn no_column_can_be_left_out() {
    let dataset = sample::dataset();
    let files = sample::files(&dataset);
    for file in TABLES {
        let sound = lines(&files, file);
        for (column, name) in sound[0].split(',').enumerate() {
            let without: Vec<String> = sound
                .iter()
                .map(|line| {
                    let mut cells: Vec<&str> = line.split(',').collect();
                    cells.remove(column);
                    cells.join(",")
                })
                .collect();
            let rules = rules_with(file, &without);
            assert!(rules.contains(&format!("{file} {name}")), "{rules:?}");
        }
    }
}
