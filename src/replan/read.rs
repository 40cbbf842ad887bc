//! Which plan is made anew, and from which day: as it is asked for, or as a result says.

use std::path::Path;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::domain::{Dataset, Given, Published};
use crate::format::{ALLOCATIONS, PUBLISHED};
use crate::input::published::{self, Asked};
use crate::input::{Files, Found};

/// What a re-planning begins with, as far as it was asked for; the dataset may have the rest.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The dataset's folder.
    pub dataset: &'a Path,
    /// The folder of the result that was published.
    pub published: Option<&'a Path>,
    /// The day from which the year is planned anew.
    pub as_of: Option<NaiveDate>,
}

/// The plan that is made anew, and from which day: options go before `published.csv` and the
/// policy's `as_of`.
///
/// # Errors
/// If there is no day or no plan, with what to do. What is wrong with the plan is told.
pub fn published(
    sources: Sources<'_>,
    dataset: &Dataset,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Published>, &'static str> {
    let (as_of, as_of_given) = match (sources.as_of, dataset.policy.as_of) {
        (Some(day), _) => (day, Given::AsOption),
        (None, Some(day)) => (day, Given::InDataset),
        (None, None) => {
            return Err("say from which day to plan anew: --as-of DATE, or as_of in policy.toml");
        }
    };
    let has_plan = dataset
        .inputs
        .iter()
        .any(|file| file.name == PUBLISHED.name);
    let (folder, format, given) = match sources.published {
        Some(folder) => (folder, &ALLOCATIONS, Given::AsOption),
        None if has_plan => (sources.dataset, &PUBLISHED, Given::InDataset),
        None => {
            return Err(
                "say which plan was published: --published RESULT, or published.csv in the dataset",
            );
        }
    };
    let asked = Asked {
        as_of,
        as_of_given,
        given,
    };
    Ok(published::read(folder, format, dataset, asked, diagnostics))
}

#[derive(Deserialize)]
struct SummaryJson {
    replan: Option<ReplanJson>,
}

#[derive(Deserialize)]
struct ReplanJson {
    as_of: NaiveDate,
    as_of_from: String,
    published_from: String,
    published_sha256: String,
}

/// The dataset as the result in `files` was planned from it: with the plan that the result
/// replaces, where it says that there was one. A summary that can't be read is left to whoever
/// reads the result.
pub fn of_result(
    files: &(impl Files + ?Sized),
    dataset: Dataset,
    diagnostics: &mut Diagnostics,
) -> Option<Dataset> {
    let Found::Bytes(bytes) = files.find("summary.json") else {
        return Some(dataset);
    };
    let summary = serde_json::from_slice(&bytes).ok();
    let Some(SummaryJson { replan: Some(said) }) = summary else {
        return Some(dataset);
    };
    let mut other = |message: &str| {
        let report = Diagnostic::at(codes::M0808, Place::file(PUBLISHED.name), message);
        diagnostics.push(report.help("undo the edit, or plan again"));
        None
    };
    let all = [Given::AsOption, Given::InDataset, Given::InBase];
    let given = |from: &str| {
        let known = all.into_iter().find(|given| given.as_str() == from);
        known.unwrap_or(Given::InDataset)
    };
    let asked = Asked {
        as_of: said.as_of,
        as_of_given: given(&said.as_of_from),
        given: given(&said.published_from),
    };
    if matches!(files.find(PUBLISHED.name), Found::Nothing) {
        return other("the plan that this one replaces is missing");
    }
    let mut odd = Diagnostics::default();
    let published = published::read(files, &PUBLISHED, &dataset, asked, &mut odd);
    let Some(published) = published.filter(|it| it.sha256 == said.published_sha256) else {
        return other("it is not the plan that summary.json says was published");
    };
    Some(Dataset {
        published: Some(published),
        ..dataset
    })
}
