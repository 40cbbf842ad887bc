//! The template holds what the format asks for, and nothing that is not explained.

use std::collections::BTreeMap;

use super::{GUIDE, POLICY, files};
use crate::domain::Policy;
use crate::format::{FILES, PUBLISHED};

#[test]
fn every_csv_is_one_line_of_its_columns() {
    let files = files();
    assert!(!files.contains_key(PUBLISHED.name));
    for file in FILES.iter().filter(|file| file.name != PUBLISHED.name) {
        let text = &files[file.name];
        assert_eq!(text.lines().count(), 1);
        let columns: Vec<&str> = text.trim_end().split(',').collect();
        assert_eq!(columns.len(), file.columns.len());
    }
}

#[test]
fn the_guide_names_every_file_and_column() {
    let guide = &files()[GUIDE];
    for file in FILES {
        assert!(guide.contains(file.name));
        for column in file.columns {
            assert!(guide.contains(&format!("\n  {}", column.name)));
            assert!(guide.contains(&format!("Example: {}", column.example)));
        }
    }
    assert!(guide.lines().all(|line| line.chars().count() <= 104));
}

/// Every key stands at the default that the program has, and every key of the program stands
/// in the file.
#[test]
fn the_policy_is_the_default_one() {
    let text: toml::Table = POLICY.parse().expect("TOML");
    let program = toml::Table::try_from(Policy::default()).expect("a policy is a table");
    let mut written = flat(&text);
    let mut known = flat(&program);
    // What the domain holds as nothing, the file writes as an empty text or as 0.
    for (key, nothing) in nothings() {
        if !known.contains_key(&key) {
            assert_eq!(written.remove(&key).as_deref(), Some(nothing), "{key}");
        }
    }
    // Money is held in pence and written in pounds.
    for key in ["fees.lead", "fees.team", "travel.overnight"] {
        let pence: f64 = known[key].parse().expect("a number");
        known.insert(key.to_owned(), (pence / 100.0).to_string());
    }
    assert_eq!(written, known);
}

fn nothings() -> Vec<(String, &'static str)> {
    let mut keys = vec![("as_of".to_owned(), ""), ("travel.max_km".to_owned(), "0")];
    for kind in crate::domain::RemedyKind::ALL {
        keys.push((format!("remedy.{}.limit", kind.as_str()), "0"));
    }
    keys
}

fn flat(table: &toml::Table) -> BTreeMap<String, String> {
    let mut keys = BTreeMap::new();
    for (key, value) in table {
        match value {
            toml::Value::Table(inner) => {
                for (inner_key, text) in flat(inner) {
                    keys.insert(format!("{key}.{inner_key}"), text);
                }
            }
            toml::Value::Integer(number) => {
                keys.insert(key.clone(), number.to_string());
            }
            toml::Value::Float(number) => {
                keys.insert(key.clone(), number.to_string());
            }
            toml::Value::String(text) => {
                keys.insert(key.clone(), text.clone());
            }
            other => {
                keys.insert(key.clone(), other.to_string());
            }
        }
    }
    keys
}
