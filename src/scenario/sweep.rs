//! Many cases of one file: a grid over named values, or random draws.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::change::{COMPLAINTS, Part, read_text};
use crate::diagnostics::{Diagnostic, Diagnostics, Source, codes, quoted};
use crate::domain::Grade;
use crate::input::inspectors::GRADES;
use crate::input::section::{Reporter, Section};

/// The most cases of one sweep.
const MOST: usize = 10_000;

/// What is swept.
#[derive(Clone, Debug, PartialEq)]
pub enum Sweep {
    /// Every combination of named values; each value as TOML writes it.
    Grid(Vec<(String, Vec<String>)>),
    /// Random changes, drawn anew for each case.
    Draws {
        /// How many cases.
        count: u32,
        /// From which seed.
        seed: u64,
        /// What is drawn for each.
        draws: Vec<Draw>,
    },
}

/// Something that happens at random.
#[derive(Clone, Debug, PartialEq)]
pub enum Draw {
    /// A share of people is away for so many weeks, each from a Monday of the year.
    Absence {
        /// Of whom; left out: everybody.
        grade: Option<Grade>,
        /// Where; left out: everywhere.
        region: Option<String>,
        /// Which share of them, above 0 and up to 1.
        share: f64,
        /// For how many weeks each.
        weeks: u32,
    },
    /// A share of the spans that OIs offer is withdrawn.
    WithdrawnOffers {
        /// Which share, above 0 and up to 1.
        share: f64,
    },
    /// So many inspections are moved, each by at most so many weeks.
    Amendments {
        /// How many.
        count: u32,
        /// By how many weeks at most, either way.
        weeks: u32,
    },
}

/// The sweep of a file's text, which messages call `name`; `Some(None)` where it has none, nothing
/// where something is wrong with it, which is told. A text that is no TOML is left to whoever
/// reads the changes.
pub(super) fn read(name: &str, text: &str, diagnostics: &mut Diagnostics) -> Option<Option<Sweep>> {
    let source = Arc::new(Source::new(name, text.to_owned()));
    let Ok(table) = DeTable::parse(source.text()) else {
        return Some(None);
    };
    if !table.get_ref().contains_key("sweep") {
        return Some(None);
    }
    diagnostics.add_source(Arc::clone(&source));
    let before = diagnostics.len();
    let reporter = Reporter::with(Arc::clone(&source), COMPLAINTS, diagnostics);
    let root = Section::root(&reporter, Some(table.get_ref()));
    let section = root.section("sweep");
    let values = table.get_ref().get("sweep").and_then(|sweep| {
        let sweep = sweep.get_ref().as_table()?;
        sweep.get("values")
    });
    let draws: Vec<_> = section.sections("draw").into_iter().map(draw).collect();
    let count = section.whole("draws", 0_u32, 1..=MOST as u32);
    let seed = section.whole("seed", 1_u32, 0..=u32::MAX);
    section.know("values");
    let is_draws = count > 0 && !draws.is_empty();
    let wrong = |message: &str| {
        let help = "give either [sweep.values], or draws and at least one [[sweep.draw]]";
        reporter.push(Diagnostic::at(codes::M0912, section.own_place(), message).help(help));
    };
    let sweep = match values {
        Some(_) if count > 0 || !draws.is_empty() => {
            wrong("a sweep is a grid or draws, not both");
            None
        }
        Some(values) => grid(values, &source, &reporter).map(Sweep::Grid),
        None if is_draws => {
            let draws: Option<Vec<Draw>> = draws.into_iter().collect();
            draws.map(|draws| Sweep::Draws {
                count,
                seed: u64::from(seed),
                draws,
            })
        }
        // A number of draws that is none has been told.
        None if section.has("draws") && count == 0 && !draws.is_empty() => None,
        None => {
            wrong("a sweep needs values, or draws and what is drawn");
            None
        }
    };
    section.finish();
    drop(reporter);
    (diagnostics.len() == before).then_some(Some(sweep?))
}

/// The values of each name.
fn grid(
    values: &Spanned<DeValue<'_>>,
    source: &Source,
    reporter: &Reporter<'_>,
) -> Option<Vec<(String, Vec<String>)>> {
    let wrong = |span: Range<usize>, message: String, help: &str| {
        let place = reporter.place(Some(span));
        reporter.push(Diagnostic::at(codes::M0912, place, message).help(help));
    };
    let list = "write a list, as in days = [-10, 0, 10]";
    let Some(table) = values
        .get_ref()
        .as_table()
        .filter(|table| !table.is_empty())
    else {
        wrong(values.span(), "sweep.values has no values".to_owned(), list);
        return None;
    };
    let places = swept_names(source.text());
    let mut names = Vec::new();
    let mut cases = 1_usize;
    for (name, value) in table {
        let name = name.get_ref().to_string();
        let array = value.get_ref().as_array().filter(|array| !array.is_empty());
        let Some(array) = array else {
            let message = format!("sweep.values.{name} must be a list of values");
            wrong(value.span(), message, list);
            return None;
        };
        if !places.iter().any(|(_, known)| *known == name) {
            let message = format!("sweep.values.{name} is nowhere in the changes");
            let help = format!("write \"${name}\" where it is meant");
            wrong(value.span(), message, &help);
        }
        let texts = array.iter().map(|one| source.text()[one.span()].to_owned());
        cases = cases.saturating_mul(array.len());
        names.push((name, texts.collect()));
    }
    for (span, name) in &places {
        if !names.iter().any(|(known, _)| known == name) {
            let message = format!("{} is none of sweep.values", quoted(name));
            wrong(
                span.clone(),
                message,
                "add it there, or write the value itself",
            );
        }
    }
    if cases > MOST {
        let message = format!("the sweep has {cases} cases, and at most {MOST} are run");
        wrong(values.span(), message, "leave some of the values out");
    }
    Some(names)
}

/// Where names of swept values stand in the changes of a text, as `"$name"`.
fn swept_names(text: &str) -> Vec<(Range<usize>, String)> {
    let Ok(table) = DeTable::parse(text) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if let Some(changes) = table.get_ref().get("change") {
        look_for(changes, &mut found);
    }
    found
}

fn look_for(value: &Spanned<DeValue<'_>>, found: &mut Vec<(Range<usize>, String)>) {
    match value.get_ref() {
        DeValue::String(text) => {
            if let Some(name) = text.strip_prefix('$') {
                found.push((value.span(), name.to_owned()));
            }
        }
        DeValue::Array(list) => list.iter().for_each(|one| look_for(one, found)),
        DeValue::Table(table) => table.values().for_each(|one| look_for(one, found)),
        _ => {}
    }
}

/// Every combination of the values, the last name's changing fastest.
pub(super) fn points(names: &[(String, Vec<String>)]) -> Vec<Vec<(String, String)>> {
    names
        .iter()
        .fold(vec![Vec::new()], |points, (name, values)| {
            let longer = |point: &Vec<(String, String)>| {
                let point = point.clone();
                values.iter().map(move |value| {
                    let mut point = point.clone();
                    point.push((name.clone(), value.clone()));
                    point
                })
            };
            points.iter().flat_map(longer).collect()
        })
}

/// The text with the values in their places; lines stay where they are.
fn filled_in(text: &str, values: &[(String, String)]) -> String {
    let mut filled = text.to_owned();
    let mut places = swept_names(text);
    places.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    for (span, name) in places {
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            filled.replace_range(span, value);
        }
    }
    filled
}

/// The changes of a text with the values of one point in their places; what is wrong is told with
/// the values.
pub(super) fn read_point(
    source: &str,
    text: &str,
    values: &[(String, String)],
    diagnostics: &mut Diagnostics,
) -> Option<Part> {
    let before = diagnostics.len();
    let part = read_text(source, filled_in(text, values), diagnostics);
    if part.is_none() {
        let values = values
            .iter()
            .map(|(name, value)| format!("{name} = {value}"));
        let values = values.collect::<Vec<_>>().join(", ");
        diagnostics.add_words_since(before, &format!(", with {values}"));
    }
    part
}

/// One `[[sweep.draw]]`.
fn draw(section: Section<'_, '_>) -> Option<Draw> {
    let kind = section.text("kind");
    let share = || {
        let fits = |share: f64| share > 0.0 && share <= 1.0;
        section.number("share", 0.1, fits, "a share above 0 and up to 1")
    };
    let count = |key, default| section.whole(key, default, 1_u32..=52);
    let draw = match kind {
        Some("absence") => {
            let grade = section.text("grade").map(|text| {
                let known = GRADES.iter().find(|(word, _)| *word == text);
                if known.is_none() {
                    section.report(
                        codes::M0906,
                        "grade",
                        "must be HMI or OI",
                        "write HMI or OI",
                    );
                }
                known.map(|(_, grade)| *grade)
            });
            Draw::Absence {
                grade: grade.flatten(),
                region: section.text("region").map(str::to_owned),
                share: share(),
                weeks: count("weeks", 2),
            }
        }
        Some("withdrawn-offers") => Draw::WithdrawnOffers { share: share() },
        Some("amendments") => Draw::Amendments {
            count: count("count", 3),
            weeks: count("weeks", 1),
        },
        _ => {
            let words = "absence, withdrawn-offers or amendments";
            let message = format!("must be one of {words}");
            section.report(codes::M0906, "kind", &message, "write one of these words");
            return None;
        }
    };
    section.finish();
    Some(draw)
}
