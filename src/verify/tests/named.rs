//! Damage to a day's row, and the rule or figure that names it.

use crate::verify::Finding;

use super::sample;

/// What is found once a row of a file says `to` where it said `from`.
fn found(file: &'static str, from: &str, to: &str) -> Vec<Finding> {
    let dataset = sample::dataset();
    let mut files = sample::files(&dataset);
    assert_eq!(files[file].matches(from).count(), 1, "{from}");
    let text = files[file].replace(from, to);
    files.insert(file, text);
    sample::findings(&dataset, &files)
}

fn rules(file: &'static str, from: &str, to: &str) -> Vec<String> {
    let mut rules: Vec<String> = found(file, from, to).into_iter().map(|f| f.rule).collect();
    rules.dedup();
    rules
}

#[test]
fn a_report_past_its_deadline_breaks_h12() {
    // The last row of the file, due by Friday 17 July.
    let from = "A,2026-07-13,report";
    assert_eq!(rules("days.csv", from, "A,2026-07-17,report"), [""; 0]);
    assert_eq!(rules("days.csv", from, "A,2026-07-20,report"), ["H12"]);
}

#[test]
fn two_pieces_of_work_on_one_day_break_h8() {
    let findings = found("days.csv", "A,2026-07-13,report", "A,2026-07-10,report");
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].rule, "H8");
    assert_eq!(findings[0].person.as_deref(), Some("A"));
    assert_eq!(findings[0].inspection.as_deref(), Some("R1"));
    let place = findings[0].place.as_ref().expect("a place");
    assert_eq!((place.file.as_str(), place.line), ("days.csv", 24));
}

#[test]
fn work_on_a_saturday_breaks_h9() {
    let changed = rules("days.csv", "A,2026-07-13,report", "A,2026-07-11,report");
    assert_eq!(changed, ["H9"]);
}

#[test]
fn preparation_outside_of_its_window_is_named() {
    let changed = rules(
        "days.csv",
        "A,2026-05-07,preparation",
        "A,2026-04-24,preparation",
    );
    assert_eq!(changed, ["days.csv date"]);
}

#[test]
fn a_rule_names_the_line_of_its_post() {
    let mut dataset = sample::dataset();
    dataset.inspectors[1].dbs_expires = None;
    let findings = sample::findings(&dataset, &sample::files(&dataset));
    let broken = findings.iter().find(|f| f.rule == "H5").expect("H5");
    assert_eq!(
        broken.to_string(),
        "H5 [F1, O, Thu 14 May 2026]: they hold no enhanced DBS check (allocations.csv:3)"
    );
}
