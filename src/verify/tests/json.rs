//! Every figure of `summary.json`, damaged one at a time.

use serde_json::{Value, json};

use super::sample;

fn rules(summary: &Value) -> Vec<String> {
    let dataset = sample::dataset();
    let mut files = sample::files(&dataset);
    files.insert("summary.json", summary.to_string());
    let findings = sample::findings(&dataset, &files);
    findings.into_iter().map(|finding| finding.rule).collect()
}

fn sound() -> Value {
    sample::summary(&sample::dataset())
}

/// The paths of all leaves, as JSON pointers.
fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (name, inner) in fields {
                leaves(inner, &format!("{path}/{name}"), found);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (position, inner) in items.iter().enumerate() {
                leaves(inner, &format!("{path}/{position}"), found);
            }
        }
        _ => found.push(path.to_owned()),
    }
}

fn changed(value: &Value) -> Value {
    match value {
        Value::Bool(yes) => json!(!yes),
        Value::Number(number) => json!(number.as_f64().expect("a number") + 1.0),
        Value::String(text) => json!(format!("{text}x")),
        _ => json!("x"),
    }
}

#[test]
fn no_figure_can_be_changed_or_left_out() {
    let mut paths = Vec::new();
    leaves(&sound(), "", &mut paths);
    for path in paths {
        // The planner's own: nothing in the result says otherwise.
        let own = ["/seconds", "/version", "/seed", "/interrupted"];
        if !own.iter().any(|figure| path.ends_with(figure)) {
            let mut damaged = sound();
            let figure = damaged.pointer_mut(&path).expect("a path of it");
            *figure = changed(figure);
            assert_ne!(rules(&damaged), [""; 0], "{path} changed");
        }
        let (parent, name) = path.rsplit_once('/').expect("a path");
        let mut short = sound();
        match short.pointer_mut(parent) {
            Some(Value::Object(fields)) => {
                fields.shift_remove(name);
            }
            Some(Value::Array(items)) => {
                items.pop();
            }
            _ => unreachable!("a leaf lies in an object or a list"),
        }
        assert_ne!(rules(&short), [""; 0], "{path} left out");
    }
}

fn with_tier(position: usize, fields: Value) -> Vec<String> {
    let mut summary = sound();
    for (name, value) in fields.as_object().expect("fields") {
        summary["tiers"][position][name] = value.clone();
    }
    rules(&summary)
}

#[test]
fn a_tiers_value_is_the_plans() {
    for (position, tier) in ["T1", "T2", "T3", "T6", "T7", "T8"].into_iter().enumerate() {
        assert_eq!(with_tier(position, json!({"value": 77.0})), [tier]);
    }
}

#[test]
fn a_gap_is_called_so() {
    let called = |status: &str| with_tier(0, json!({"bound": 0.0, "gap": 1.0, "status": status}));
    assert_eq!(called("gap"), [""; 0]);
    assert_eq!(called("optimal"), ["summary.json T1 status"]);
    assert_eq!(
        with_tier(0, json!({"status": "gap"})),
        ["summary.json T1 status"]
    );
    assert_eq!(
        with_tier(4, json!({"status": "optimal"})),
        ["summary.json T7 status"]
    );
    assert_eq!(
        with_tier(4, json!({"bound": 14.8, "gap": 0.008, "status": "optimal"})),
        [""; 0]
    );
}

#[test]
fn recorded_gaps_say_what_is_called_optimal() {
    let mut summary = sound();
    summary["gaps"] = json!({"T7": 0.05});
    summary["tiers"][4]["status"] = json!("optimal");
    assert_eq!(rules(&summary), [""; 0]);
}

#[test]
fn a_recorded_gap_is_a_share() {
    let mut summary = sound();
    summary["gaps"] = json!({"T7": -0.05});
    let found = rules(&summary);
    assert!(
        found.contains(&"summary.json gaps.T7".to_owned()),
        "{found:?}"
    );
}

#[test]
fn a_bound_is_no_better_than_the_plan() {
    let rules = with_tier(5, json!({"bound": 2.0, "gap": -1.0}));
    assert_eq!(rules, ["summary.json T8 bound"]);
}

#[test]
fn a_later_tier_keeps_what_earlier_ones_reached() {
    // T7 may raise the cost by one per cent.
    let reached = |pounds: f64| with_tier(3, json!({"reached": pounds, "bound": pounds}));
    assert_eq!(reached(1874.20), [""; 0]);
    assert_eq!(reached(1874.10), ["summary.json T6 reached"]);
    assert_eq!(
        with_tier(0, json!({"reached": 0.0, "bound": 0.0})),
        ["summary.json T1 reached"]
    );
    assert_eq!(
        with_tier(4, json!({"reached": 14.0, "gap": 0.0, "status": "optimal"})),
        ["summary.json T7 reached"]
    );
}

#[test]
fn tiers_stand_in_the_order_of_solving() {
    let mut summary = sound();
    let tiers = summary["tiers"].as_array_mut().expect("a list");
    tiers.swap(1, 2);
    assert_eq!(rules(&summary), ["summary.json T2 order"]);
}

#[test]
fn tiers_may_be_off_from_one_on() {
    let mut summary = sound();
    for position in [4, 5] {
        let name = summary["tiers"][position]["tier"].clone();
        summary["tiers"][position] = json!({"tier": name, "status": "off"});
    }
    assert_eq!(rules(&summary), [""; 0]);
    let mut told = summary.clone();
    told["tiers"][5]["reached"] = json!(1.0);
    assert_eq!(rules(&told), ["summary.json T8 reached"]);
    // With no later tier, T6 is what was reached.
    summary["tiers"][3]["reached"] = json!(1880.0);
    summary["tiers"][3]["bound"] = json!(1880.0);
    assert_eq!(rules(&summary), ["summary.json T6 reached"]);
}
