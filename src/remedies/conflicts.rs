//! What of a year can't be staffed with a set of changes: as few inspections as that can be told
//! by.

use rayon::prelude::*;

use super::program::Base;
use crate::domain::{Dataset, DifferentWeek, InspectionIx, Status};
use crate::eligibility::Eligibility;
use crate::model::objectives::Tier;
use crate::solve::{SolveError, Stop};

/// So many inspections in a row are asked for together, and at last all.
const LENGTHS: [usize; 5] = [1, 2, 4, 8, 16];

/// How far it is searched whether some inspections can be staffed.
const NODES: u32 = 50;

/// Inspections of which not all posts can be filled.
pub(super) struct Conflicts {
    /// Each a few inspections, no inspection in two of them.
    pub(super) parts: Vec<Vec<InspectionIx>>,
}

/// A year with a set of changes.
struct Asked<'b> {
    base: &'b Base<'b>,
    year: Dataset,
    moved: &'b [InspectionIx],
    stop: &'b Stop,
}

impl Conflicts {
    /// Those of the year with `set`, with no inspections but `moved` moved; `all` are its
    /// inspections in the order of time. Nothing where it is not shown that any are.
    pub(super) fn of(
        base: &Base,
        all: &[InspectionIx],
        (set, moved): (&[usize], &[InspectionIx]),
        stop: &Stop,
    ) -> Result<Option<Self>, SolveError> {
        let Some(year) = base.with(&set.iter().copied().collect()) else {
            return Ok(None);
        };
        let asked = Asked {
            base,
            year,
            moved,
            stop,
        };
        for length in LENGTHS.into_iter().chain([all.len()]) {
            let starts = (0..all.len()).step_by(usize::max(length / 2, 1));
            let rows = starts.map(|first| &all[first..all.len().min(first + length)]);
            let rows: Vec<_> = if length < all.len() {
                rows.collect()
            } else {
                vec![all]
            };
            let lacking: Vec<bool> = rows
                .par_iter()
                .with_max_len(1)
                .map(|row| asked.lacks(row))
                .collect::<Result<_, _>>()?;
            let lacking = std::iter::zip(rows, lacking).filter(|(_, lacks)| *lacks);
            let mut parts: Vec<Vec<InspectionIx>> = Vec::new();
            for (row, _) in lacking {
                let is_new = |one: &InspectionIx| parts.iter().all(|part| !part.contains(one));
                if row.iter().all(is_new) {
                    parts.push(asked.fewest(row.to_vec())?);
                }
            }
            if !parts.is_empty() {
                return Ok(Some(Self { parts }));
            }
        }
        Ok(None)
    }
}

impl Asked<'_> {
    /// Whether it is shown that not all posts of `part` can be filled.
    fn lacks(&self, part: &[InspectionIx]) -> Result<bool, SolveError> {
        let mut dataset = self.year.clone();
        let ixs: Vec<_> = self.base.before.dataset.inspection_ixs().collect();
        for (row, ix) in std::iter::zip(&mut dataset.programme, ixs) {
            if !part.contains(&ix) {
                row.status = Status::Cancelled;
            }
            let may_move = self.moved.contains(&ix) || !self.base.moving.contains_key(&ix);
            if !may_move {
                row.different_week = DifferentWeek::No;
            }
        }
        dataset.pins.retain(|pin| part.contains(&pin.inspection));
        // As few posts as can be are left empty, in whatever weeks there are.
        dataset.policy.different_week.to_fill_teams = true;
        let year = Eligibility::new(&dataset);
        let how_far = (Tier::T3, Some(NODES));
        let Some(found) = self.base.allocated(&year, how_far, self.stop)? else {
            return Ok(false);
        };
        let at_least = |tier| found.tier(tier).bound.unwrap_or(0.0);
        let all_attended = found.tier(Tier::T1).value == 0.0;
        Ok(at_least(Tier::T1) > 0.0 || all_attended && at_least(Tier::T3) > 0.0)
    }

    /// As few of `part`, which lacks somebody, as still do: some are left out, fewer and fewer
    /// at a time.
    fn fewest(&self, mut part: Vec<InspectionIx>) -> Result<Vec<InspectionIx>, SolveError> {
        let mut at_a_time = part.len().div_ceil(4);
        loop {
            let mut first = 0;
            while first < part.len() && part.len() > 1 {
                let mut fewer = part.clone();
                fewer.drain(first..part.len().min(first + at_a_time));
                if !fewer.is_empty() && self.lacks(&fewer)? {
                    part = fewer;
                } else {
                    first += at_a_time;
                }
            }
            if at_a_time == 1 {
                return Ok(part);
            }
            at_a_time = at_a_time.div_ceil(2);
        }
    }
}
