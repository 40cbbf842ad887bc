//! The independent checker: every rule, every tier's value and every figure of a result,
//! computed again from the dataset's rows.
//!
//! It shares nothing with the planner but those rows ([`crate::domain`]). What follows from
//! them (windows, working days, deadlines, head-counts, distances, costs) is worked out
//! once more in `facts`, in the plainest way there is. A rule is a file in `rules`, a tier a
//! file in `tiers`, one of the result's files a file in `figures`.

mod facts;
mod figures;
mod finding;
mod posts;
mod result;
mod rules;
mod tiers;

#[cfg(test)]
mod test_support;
#[cfg(test)]
mod tests;

use std::path::Path;

use crate::domain::Dataset;

use facts::Facts;
use posts::Posts;
use result::ResultFiles;

pub use finding::{Finding, Place};
pub use posts::{PostRow, Week};
pub use result::VerifyError;
pub use tiers::TierValues;

/// What is wrong with the result in `folder`: its files, its posts by every hard rule, its
/// tiers' values and its figures. Nothing is wrong where nothing is found.
///
/// # Errors
/// If the folder can't be listed, or holds none of a result's files.
pub fn verify(dataset: &Dataset, folder: &Path) -> Result<Vec<Finding>, VerifyError> {
    let mut files = ResultFiles::read(folder, dataset)?;
    let mut findings = std::mem::take(&mut files.findings);
    let facts = Facts::new(dataset);
    // Without the posts, nothing else of the result can be told right from wrong.
    let Some(allocations) = &files.allocations else {
        return Ok(findings);
    };
    let rows = figures::rows(&facts, allocations, &mut findings);
    let plain: Vec<PostRow> = rows.iter().map(|(row, _)| row.clone()).collect();
    let (posts, unread) = Posts::read(&facts, &plain);
    let broken = unread.into_iter().chain(rules::check(&facts, &posts));
    findings.extend(broken.map(|finding| placed(finding, &rows)));
    findings.extend(figures::check(&facts, &posts, allocations, &rows, &files));
    Ok(findings)
}

/// The finding with the line of `allocations.csv` that it is about, where it is about one.
fn placed(finding: Finding, rows: &[(PostRow, u64)]) -> Finding {
    let about = |named: &Option<String>, id: &str| named.as_ref().is_none_or(|named| named == id);
    let mut lines = rows.iter().filter(|(row, _)| {
        about(&finding.inspection, &row.inspection_id) && about(&finding.person, &row.inspector_id)
    });
    match lines.next() {
        Some((_, line)) if finding.inspection.is_some() || finding.person.is_some() => {
            finding.at("allocations.csv", *line)
        }
        _ => finding,
    }
}

/// What is wrong with the posts of `rows`, by every hard rule. Where no day is given to
/// off-site work, it is enough that days for it can be found.
pub fn verify_posts(dataset: &Dataset, rows: &[PostRow]) -> Vec<Finding> {
    let facts = Facts::new(dataset);
    let (posts, mut findings) = Posts::read(&facts, rows);
    findings.extend(rules::check(&facts, &posts));
    findings
}

/// What is wrong with the reserves that are named for the plan of `rows`: ids of inspections, each
/// once, with those of people (T5).
pub fn verify_reserves(
    dataset: &Dataset,
    rows: &[PostRow],
    reserves: &[(String, String)],
) -> Vec<String> {
    let facts = Facts::new(dataset);
    let (posts, _) = Posts::read(&facts, rows);
    let known = reserves.iter().map(|(inspection, person)| {
        let inspection = facts.inspection_by_id(inspection);
        inspection.zip(facts.inspector_by_id(person))
    });
    let Some(named) = known.collect::<Option<tiers::t5_reserves::Named>>() else {
        return vec!["a reserve is not of the dataset".to_owned()];
    };
    let twice = (named.len() < reserves.len()).then(|| "an inspection is there twice".to_owned());
    let each = named.iter();
    let faults = each.flat_map(|(inspection, person)| {
        tiers::t5_reserves::faults(&facts, &posts, &named, (*inspection, *person))
    });
    faults.chain(twice).collect()
}

/// What the plan that `rows` say is worth in each tier; rows that name nobody or nothing of
/// the dataset count for nothing.
pub fn tier_values(dataset: &Dataset, rows: &[PostRow]) -> TierValues {
    let facts = Facts::new(dataset);
    let (posts, _) = Posts::read(&facts, rows);
    tiers::values(&facts, &posts)
}
