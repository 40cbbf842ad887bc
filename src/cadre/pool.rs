//! As many recruits as can serve, and a first plan with them.

use super::answer::Searching;
use super::draft::{self, Draft, needed, posts};
use super::floor::{Floor, floor};
use super::recruits;
use super::tiers::Tiers;
use crate::domain::Dataset;
use crate::eligibility::Eligibility;
use crate::model::Selection;
use crate::solve::SolveError;

/// A year with recruits.
pub(super) struct Pool {
    pub(super) dataset: Dataset,
    /// How many there are of each kind: more serve nothing.
    pub(super) of_each: usize,
    /// A plan that leaves the least short that any number of recruits reaches.
    pub(super) draft: Draft,
    /// Whether it is proven to be the least.
    pub(super) is_least: bool,
}

/// How much of the time that is left the floor may take.
const SHARE: f64 = 0.3;

/// The pool of a year, from the least that is short without recruits and from the fewest people
/// for it; none where nobody can be recruited.
pub(super) fn pool(
    base: &Eligibility,
    least: &Selection,
    fewest: &Selection,
    searching: &Searching,
) -> Result<Option<Pool>, SolveError> {
    let dataset = base.dataset;
    let first = dataset.inspectors.len();
    let Some((kinds, year)) = recruits::one_of_each(dataset) else {
        return Ok(None);
    };
    let one = Eligibility::new(&year);
    let start = draft::selection(&one, posts(base, least));
    let Floor {
        present,
        recruits,
        values,
        proven,
    } = searching.step(SHARE, |how| floor(&one, first, &start, how))?;
    let needed = needed(base);
    let with = Draft {
        present: posts(&one, &present),
        recruits: recruits::shared_out(&one, first, &recruits),
    };
    let mut drafts = vec![with.with_recruits_for(&one, first, &needed), with];
    if values == Tiers::of(base, first).values(fewest) {
        drafts.push(Draft {
            present: posts(base, fewest),
            recruits: vec![Vec::new(); kinds.len()],
        });
    }
    let best = drafts.into_iter().min_by_key(Draft::people);
    Ok(best.and_then(|draft| {
        // A plan with no more people has no more recruits than this.
        let of_each = draft.people().saturating_sub(needed.len());
        let of_each = of_each.max(draft.most_of_a_kind());
        let of_each_kind = u32::try_from(of_each).unwrap_or(u32::MAX);
        let dataset = recruits::with(dataset, &kinds, of_each_kind)?;
        Some(Pool {
            dataset,
            of_each,
            draft,
            is_least: proven,
        })
    }))
}
