//! `summary.json`: what the result was made of, and what is proven of each tier.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::allocate::{Measures, Options, Status, TierOutcome};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source, codes};
use crate::domain::InputFile;
use crate::eligibility::Eligibility;
use crate::model::Selection;
use crate::model::objectives::Tier;

/// Its name.
pub(super) const FILE: &str = "summary.json";

/// What two figures of one plan may differ by, on their way through text.
const SAME: f64 = 1e-6;

/// A summary that could be read.
pub(super) struct Summary {
    source: Arc<Source>,
    inputs: Vec<InputJson>,
    pub(super) tiers: Vec<TierOutcome>,
    pub(super) interrupted: bool,
    pub(super) options: Options,
}

#[derive(Deserialize)]
struct SummaryJson {
    seed: u32,
    interrupted: bool,
    tiers: Vec<TierJson>,
    #[serde(default)]
    gaps: BTreeMap<String, f64>,
    inputs: Vec<InputJson>,
}

#[derive(Deserialize)]
struct TierJson {
    tier: String,
    value: f64,
    reached: Option<f64>,
    bound: Option<f64>,
    status: Status,
    gap: Option<f64>,
    seconds: f64,
}

#[derive(Deserialize)]
struct InputJson {
    file: String,
    sha256: String,
}

impl Summary {
    /// The summary that `source` holds, of a run in which the `expected` tiers were solved.
    pub(super) fn read(
        source: Arc<Source>,
        expected: Vec<Tier>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let mut wrong = |place: Place, message: String| {
            diagnostics.push(
                Diagnostic::at(codes::M0807, place, message)
                    .help("undo the edit, or allocate again"),
            );
        };
        let json: SummaryJson = match serde_json::from_str(source.text()) {
            Ok(json) => json,
            Err(error) => {
                let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
                let message = match error.classify() {
                    serde_json::error::Category::Data => format!("{FILE} is no summary: {error}"),
                    _ => format!("{FILE} is no JSON: {error}"),
                };
                wrong(source.row(line), message);
                return None;
            }
        };
        let mut tiers = Vec::new();
        for entry in json.tiers {
            match entry.tier.parse() {
                Ok(tier) => tiers.push(TierOutcome {
                    tier,
                    value: entry.value,
                    reached: entry.reached,
                    bound: entry.bound,
                    status: entry.status,
                    gap: entry.gap,
                    seconds: entry.seconds,
                }),
                Err(message) => wrong(tier_place(&source, &entry.tier), message),
            }
        }
        for tier in expected {
            let entries = tiers.iter().filter(|outcome| outcome.tier == tier).count();
            if entries != 1 {
                let message = format!("{} is there {entries} times, not once", tier.name());
                wrong(tier_place(&source, tier.name()), message);
                return None;
            }
        }
        let gap = |(name, gap): (&String, &f64)| Some((name.parse().ok()?, *gap));
        Some(Self {
            source,
            inputs: json.inputs,
            tiers,
            interrupted: json.interrupted,
            options: Options {
                seed: json.seed,
                gaps: json.gaps.iter().filter_map(gap).collect(),
                ..Options::default()
            },
        })
    }

    /// Whether the result was made of `inputs`; the files that differ are told.
    pub(super) fn check_inputs(&self, inputs: &[InputFile], diagnostics: &mut Diagnostics) -> bool {
        let said: BTreeMap<_, _> = self
            .inputs
            .iter()
            .map(|input| (&input.file, &input.sha256))
            .collect();
        let there: BTreeMap<_, _> = inputs
            .iter()
            .map(|input| (&input.name, &input.sha256))
            .collect();
        let is_other = |(name, hash): &(&&String, &&String)| {
            said.get(**name).is_some_and(|other| other != *hash)
        };
        let changed = there.iter().filter(is_other).map(|(name, _)| *name);
        let gone = said.keys().filter(|name| !there.contains_key(*name));
        let new = there.keys().filter(|name| !said.contains_key(*name));
        let parts: Vec<String> = [
            in_words(changed, "differs", "differ"),
            in_words(gone.copied(), "is gone", "are gone"),
            in_words(new.copied(), "is new", "are new"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if parts.is_empty() {
            return true;
        }
        let message = format!(
            "the result was made of another dataset: {}",
            parts.join("; ")
        );
        let at = self.source.text().find("\"inputs\"");
        let place = at.map_or_else(
            || Place::file(FILE),
            |at| self.source.span(at..at + "\"inputs\"".len()),
        );
        diagnostics.push(
            Diagnostic::at(codes::M0803, place, message)
                .help("name the dataset that it was made of, or allocate again"),
        );
        false
    }

    /// Reports each tier whose value is not `selection`'s.
    pub(super) fn check_values(
        &self,
        eligibility: &Eligibility,
        selection: &Selection,
        diagnostics: &mut Diagnostics,
    ) {
        let measures = Measures::new(eligibility);
        for outcome in &self.tiers {
            let tier = outcome.tier;
            let value = measures.in_unit(tier, selection);
            if (value - outcome.value).abs() > SAME {
                let message = format!(
                    "{} is {} in {FILE}, and {value} in the plan",
                    tier.name(),
                    outcome.value
                );
                diagnostics.push(
                    Diagnostic::at(codes::M0808, tier_place(&self.source, tier.name()), message)
                        .help("undo the edit, or allocate again"),
                );
            }
        }
    }
}

/// The files and what became of them, where there are any.
fn in_words<'a>(
    names: impl Iterator<Item = &'a String>,
    of_one: &str,
    of_many: &str,
) -> Option<String> {
    let names: Vec<&str> = names.map(String::as_str).collect();
    match &names[..] {
        [] => None,
        [one] => Some(format!("{one} {of_one}")),
        many => Some(format!("{} {of_many}", many.join(", "))),
    }
}

/// Where the summary speaks of a tier.
fn tier_place(source: &Source, tier: &str) -> Place {
    let named = format!("\"tier\": \"{tier}\"");
    match source.text().find(&named) {
        Some(at) => source.span(at..at + named.len()),
        None => Place::file(FILE),
    }
}
