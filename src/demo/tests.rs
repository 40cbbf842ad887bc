//! What every generated year must be, whatever its size and seed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Files, Spec, generate};

type Row = BTreeMap<String, String>;

fn rows(files: &Files, name: &str) -> Vec<Row> {
    csv::Reader::from_reader(files[name].as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn ids(rows: &[Row], column: &str) -> BTreeSet<String> {
    rows.iter().map(|row| row[column].clone()).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text} is no date"))
}

fn years() -> Vec<Spec> {
    vec![
        Spec::demo(),
        Spec::sized(1, 5, 2, 2),
        Spec::sized(2, 1, 1, 0),
        Spec::sized(3, 250, 60, 90),
        Spec::varied(4, 40, 12, 20),
        Spec::varied(5, 8, 3, 3),
    ]
}

#[test]
fn a_year_has_the_size_that_was_asked_for_and_its_references_resolve() {
    for spec in years() {
        let files = generate(&spec);
        let programme = rows(&files, "programme.csv");
        let inspectors = rows(&files, "inspectors.csv");
        assert_eq!(programme.len(), spec.inspections);
        assert_eq!(inspectors.len(), spec.hmis + spec.ois);
        let sites = ids(&rows(&files, "establishments.csv"), "establishment_id");
        let people = ids(&inspectors, "inspector_id");
        let inspections = ids(&programme, "inspection_id");
        assert_eq!(people.len(), inspectors.len());
        assert_eq!(inspections.len(), programme.len());
        assert!(ids(&programme, "establishment_id").is_subset(&sites));
        for name in ["availability.csv", "conflicts.csv", "pins.csv"] {
            assert!(ids(&rows(&files, name), "inspector_id").is_subset(&people));
        }
        assert!(ids(&rows(&files, "pins.csv"), "inspection_id").is_subset(&inspections));
        for conflict in rows(&files, "conflicts.csv") {
            assert_ne!(
                conflict["establishment_id"].is_empty(),
                conflict["education_provider"].is_empty()
            );
        }
    }
}

#[test]
fn spans_end_no_sooner_than_they_begin() {
    let pairs = [
        ("programme.csv", "start_date", "end_date"),
        ("programme.csv", "attend_from", "attend_to"),
        ("programme.csv", "earliest", "latest"),
        ("availability.csv", "from", "to"),
    ];
    for spec in years() {
        let files = generate(&spec);
        for (name, first, last) in pairs {
            for row in rows(&files, name) {
                assert_eq!(row[first].is_empty(), row[last].is_empty());
                assert!(row[first].is_empty() || day(&row[first]) <= day(&row[last]));
            }
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_other_people() {
    let files = generate(&Spec::demo());
    assert_eq!(files, generate(&Spec::demo()));
    let other = generate(&Spec {
        seed: 1,
        ..Spec::demo()
    });
    assert_ne!(files["inspectors.csv"], other["inspectors.csv"]);
    let dates = |files: &Files| {
        rows(files, "programme.csv")
            .iter()
            .map(|row| (row["establishment_id"].clone(), row["start_date"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(dates(&files), dates(&other));
}

#[test]
fn the_demo_is_as_large_as_a_real_year() {
    let files = generate(&Spec::demo());
    let programme = rows(&files, "programme.csv");
    let count =
        |column: &str, value: &str| programme.iter().filter(|row| row[column] == value).count();
    assert_eq!((count("kind", "full"), count("kind", "irp")), (48, 20));
    assert_eq!(count("status", "planned"), 68);
    let welsh: BTreeSet<String> = rows(&files, "establishments.csv")
        .into_iter()
        .filter(|row| row["country"] == "Wales")
        .map(|row| row["establishment_id"].clone())
        .collect();
    let in_wales = programme
        .iter()
        .filter(|row| welsh.contains(&row["establishment_id"]))
        .count();
    assert_eq!(in_wales, 3);
    let pins = rows(&files, "pins.csv");
    let actions = |action: &str| pins.iter().filter(|row| row["action"] == action).count();
    assert_eq!((actions("pin"), actions("forbid")), (2, 2));
    let irps = |judgement: &str| {
        programme
            .iter()
            .filter(|row| row["kind"] == "irp" && !welsh.contains(&row["establishment_id"]))
            .filter(|row| row["previous_esw"] == judgement)
            .count()
    };
    assert_eq!((irps("good"), irps("awaited"), irps("none")), (2, 1, 1));
}

#[test]
fn larger_years_hold_standalone_and_withdrawn_inspections() {
    let programme = rows(&generate(&Spec::sized(3, 250, 60, 90)), "programme.csv");
    let has = |column: &str, value: &str| programme.iter().any(|row| row[column] == value);
    assert!(has("kind", "standalone"));
    assert!(has("status", "cancelled") && has("status", "postponed"));
    assert!(has("ofsted_attends", "yes") && has("ofsted_attends", "no"));
}
