//! What made the result: inputs, policy, marking, version and seed, and whether it was cut off.

use serde_json::Value;

use crate::verify::facts::Facts;
use crate::verify::finding::Finding;

use super::{fault, shown};

pub fn check(facts: &Facts, summary: &Value) -> Vec<Finding> {
    let mut findings = inputs(facts, summary);
    let dataset = facts.dataset;
    let marking = summary.get("marking");
    if marking.and_then(Value::as_str) != Some(&dataset.policy.marking) {
        let message = format!(
            "it says {}, and should say '{}'",
            shown(marking),
            dataset.policy.marking
        );
        findings.push(fault("marking", message));
    }
    match serde_json::to_value(&dataset.policy) {
        Ok(policy) => {
            let said = summary.get("policy").unwrap_or(&Value::Null);
            if let Some(path) = difference(&policy, said) {
                let figure = format!("policy{path}");
                findings.push(fault(&figure, "it is not the dataset's policy"));
            }
        }
        Err(error) => findings.push(fault("policy", format!("it can't be compared: {error}"))),
    }
    let program = summary.get("program");
    if program.and_then(Value::as_str) != Some(env!("CARGO_PKG_NAME")) {
        findings.push(fault("program", "it is not this program that made it"));
    }
    findings.extend(gaps(summary));
    let version = summary.get("version");
    if version.and_then(Value::as_str).is_none_or(str::is_empty) {
        findings.push(fault("version", "the version that made it is missing"));
    }
    if summary.get("seed").and_then(Value::as_u64).is_none() {
        findings.push(fault("seed", "the seed is missing, or no whole number"));
    }
    if summary
        .get("interrupted")
        .and_then(Value::as_bool)
        .is_none()
    {
        findings.push(fault("interrupted", "it is neither true nor false"));
    }
    findings
}

/// The gaps at which tiers count as optimal: a share each. They are the user's choice.
fn gaps(summary: &Value) -> Vec<Finding> {
    let Some(gaps) = summary.get("gaps") else {
        return Vec::new();
    };
    let Some(gaps) = gaps.as_object() else {
        return vec![fault("gaps", "they are not given by tier")];
    };
    let is_share = |gap: &Value| gap.as_f64().is_some_and(|gap| gap >= 0.0);
    let wrong = gaps.iter().filter(|(_, gap)| !is_share(gap));
    wrong
        .map(|(tier, gap)| fault(&format!("gaps.{tier}"), format!("{gap} is no share")))
        .collect()
}

fn inputs(facts: &Facts, summary: &Value) -> Vec<Finding> {
    let Some(listed) = summary.get("inputs").and_then(Value::as_array) else {
        return vec![fault("inputs", "the list of inputs is missing")];
    };
    let text = |entry: &Value, name: &str| Some(entry.get(name)?.as_str()?.to_owned());
    let said: Vec<_> = listed
        .iter()
        .map(|entry| (text(entry, "file"), text(entry, "sha256")))
        .collect();
    let mut findings = Vec::new();
    for input in &facts.dataset.inputs {
        let mut entries = said
            .iter()
            .filter(|(file, _)| file.as_ref() == Some(&input.name));
        let name = &input.name;
        match (entries.next(), entries.next()) {
            (None, _) => findings.push(fault("inputs", format!("{name} is not listed"))),
            (Some(_), Some(_)) => findings.push(fault("inputs", format!("{name} is there twice"))),
            (Some((_, hash)), None) if hash.as_ref() != Some(&input.sha256) => {
                let message = format!("{name} has another hash than the dataset's file");
                findings.push(fault("inputs", message));
            }
            (Some(_), None) => {}
        }
    }
    for (file, _) in &said {
        let known = |name: &String| facts.dataset.inputs.iter().any(|input| input.name == *name);
        if !file.as_ref().is_some_and(known) {
            let name = file.as_deref().unwrap_or("an entry without a file");
            let message = format!("{name} is no file of the dataset");
            findings.push(fault("inputs", message));
        }
    }
    findings
}

/// Where two values differ: numbers as numbers, since a decimal may lose its last binary digit
/// on its way through text.
fn difference(expected: &Value, said: &Value) -> Option<String> {
    match (expected, said) {
        (Value::Object(expected), Value::Object(said)) => {
            let names = expected.keys().chain(said.keys());
            for name in names {
                let of = |object: &serde_json::Map<String, Value>| object.get(name).cloned();
                let inner = match (of(expected), of(said)) {
                    (Some(expected), Some(said)) => difference(&expected, &said),
                    _ => Some(String::new()),
                };
                if let Some(path) = inner {
                    return Some(format!(".{name}{path}"));
                }
            }
            None
        }
        (Value::Array(expected), Value::Array(said)) if expected.len() == said.len() => expected
            .iter()
            .zip(said)
            .find_map(|(expected, said)| difference(expected, said)),
        (Value::Number(expected), Value::Number(said)) => {
            let same = match (expected.as_f64(), said.as_f64()) {
                (Some(a), Some(b)) => (a - b).abs() <= 1e-12 * a.abs().max(b.abs()),
                _ => expected == said,
            };
            (!same).then(String::new)
        }
        _ => (expected != said).then(String::new),
    }
}

#[cfg(test)]
mod tests {
    use super::difference;
    use serde_json::json;

    #[test]
    fn a_difference_is_named_by_its_path() {
        let value = json!({"a": {"b": [1, 2.5], "c": "x"}});
        assert_eq!(difference(&value, &value), None);
        assert_eq!(difference(&json!({"a": 1}), &json!({"a": 1.0})), None);
        let other = json!({"a": {"b": [1, 2.6], "c": "x"}});
        assert_eq!(difference(&value, &other).as_deref(), Some(".a.b"));
        let more = json!({"a": {"b": [1, 2.5], "c": "x"}, "d": 1});
        assert_eq!(difference(&value, &more).as_deref(), Some(".d"));
    }
}
