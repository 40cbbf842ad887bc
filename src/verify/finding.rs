//! What the checker says: one fault of a result, and where it is.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

/// A line of one of the result's files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The file's name inside the result's folder.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
}

/// One fault of a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule that is broken (`H7`), the tier whose value is wrong (`T3`), or the figure
    /// that is: a file and its column (`shortfalls.csv posts`).
    pub rule: String,
    /// The inspection it is about, by id.
    pub inspection: Option<String>,
    /// The inspector it is about, by id.
    pub person: Option<String>,
    /// The day it is about.
    pub day: Option<NaiveDate>,
    /// Where the result says it.
    pub place: Option<Place>,
    /// What is wrong, in a sentence.
    pub message: String,
}

impl Finding {
    /// A fault against `rule`.
    pub fn new(rule: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            rule: rule.into(),
            inspection: None,
            person: None,
            day: None,
            place: None,
            message: message.into(),
        }
    }

    /// The same, about an inspection.
    pub fn inspection(mut self, id: &str) -> Self {
        self.inspection = Some(id.to_owned());
        self
    }

    /// The same, about a person.
    pub fn person(mut self, id: &str) -> Self {
        self.person = Some(id.to_owned());
        self
    }

    /// The same, about a day.
    pub fn day(mut self, day: NaiveDate) -> Self {
        self.day = Some(day);
        self
    }

    /// The same, found on a line of a file.
    pub fn at(mut self, file: &str, line: u64) -> Self {
        self.place = Some(Place {
            file: file.to_owned(),
            line,
        });
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.rule)?;
        let day = self.day.map(|day| day.format("%a %-d %B %Y").to_string());
        let about: Vec<&str> = [&self.inspection, &self.person, &day]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        if !about.is_empty() {
            write!(out, " [{}]", about.join(", "))?;
        }
        write!(out, ": {}", self.message)?;
        if let Some(Place { file, line }) = &self.place {
            write!(out, " ({file}:{line})")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_as_a_sentence_with_its_place() {
        let day = NaiveDate::from_ymd_opt(2026, 5, 4).unwrap();
        let finding = Finding::new("H7", "3 people for 2 places")
            .inspection("F1")
            .day(day)
            .at("allocations.csv", 7);
        assert_eq!(
            finding.to_string(),
            "H7 [F1, Mon 4 May 2026]: 3 people for 2 places (allocations.csv:7)"
        );
    }

    #[test]
    fn it_becomes_json() {
        let json = serde_json::to_value(Finding::new("H1", "no lead").inspection("F1")).unwrap();
        assert_eq!(
            json,
            serde_json::json!({"rule": "H1", "inspection": "F1", "person": null, "day": null,
                "place": null, "message": "no lead"})
        );
    }
}
