//! How few inspections are moved with a set of changes, where weeks come before teams.

use std::collections::BTreeSet;

use super::filling::carried_over;
use super::program::Base;
use super::substitutes::Substitutes;
use crate::domain::Role;
use crate::eligibility::Eligibility;
use crate::model::objectives::Tier;
use crate::solve::{SolveError, Stop};

/// How few inspections are moved with some changes.
#[derive(Clone, Debug)]
pub(super) struct Weeks {
    /// With one set of changes of each list all is attended, and so many are moved at most.
    pub(super) of: Vec<Vec<Vec<usize>>>,
    pub(super) most: usize,
}

/// So many inspections are moved, where one of these is known to move fewer.
#[derive(Debug)]
pub(super) struct Case<'w> {
    pub(super) at_least: usize,
    pub(super) at_most: Option<usize>,
    pub(super) fewer: Vec<&'w Weeks>,
}

impl Weeks {
    /// That fewer than `moved` inspections are moved with `set`, told by as few of it as do, and by
    /// others that do as well; none where it is not so.
    pub(super) fn fewer(
        base: &Base,
        set: &[usize],
        moved: usize,
        stop: &Stop,
    ) -> Result<Vec<Self>, SolveError> {
        // Names that were given come before attendance: with more changes another of them may be
        // kept, and a week moved for it.
        if !base.before.settled.names_given.is_empty() {
            return Ok(Vec::new());
        }
        let Some(found) = attended(base, set, stop)?.filter(|found| found.moved < moved) else {
            return Ok(Vec::new());
        };
        let mut weeks = Vec::new();
        // Fewer changes may do where not so few are moved: that holds off more sets.
        for most in BTreeSet::from([found.moved, moved - 1]) {
            let (set, found) = as_few(base, set, most, stop)?;
            if let Some(found) = found {
                weeks.extend(Substitutes::new(base, &set, most, found).weeks(stop)?);
            }
        }
        Ok(weeks)
    }
}

/// As few of `set` as all is attended with and no more than `most` are moved.
fn as_few(
    base: &Base,
    set: &[usize],
    most: usize,
    stop: &Stop,
) -> Result<(Vec<usize>, Option<Attended>), SolveError> {
    let mut set = set.to_vec();
    let mut found = attended(base, &set, stop)?;
    for at in set.clone() {
        let fewer: Vec<usize> = set.iter().copied().filter(|one| *one != at).collect();
        let with_fewer = attended(base, &fewer, stop)?;
        if let Some(with_fewer) = with_fewer.filter(|found| found.moved <= most) {
            (set, found) = (fewer, Some(with_fewer));
        }
    }
    Ok((set, found))
}

/// A year in which all is attended.
pub(super) struct Attended {
    /// How many inspections are moved for it.
    pub(super) moved: usize,
    /// The leads' seats in the year with all changes.
    pub(super) leads: BTreeSet<usize>,
}

/// The year with `set`, where all is attended; nothing where not all is, or it was not found.
pub(super) fn attended(
    base: &Base,
    set: &[usize],
    stop: &Stop,
) -> Result<Option<Attended>, SolveError> {
    let Some(dataset) = base.with(&set.iter().copied().collect()) else {
        return Ok(None);
    };
    let year = Eligibility::new(&dataset);
    let found = base.allocated(&year, (Tier::T2, None), stop)?;
    let Some(found) = found.filter(|found| found.tier(Tier::T1).value == 0.0) else {
        return Ok(None);
    };
    let moved = found.tier(Tier::T2).value as usize;
    let plan = carried_over(&year, base.after, &found.selection);
    let is_lead = |seat: &usize| {
        let candidate = base.after.candidates[*seat];
        base.after.engagement(candidate).role == Role::Lead
    };
    Ok(Some(Attended {
        moved: moved.saturating_sub(base.moved_already),
        leads: plan.seats().filter(is_lead).collect(),
    }))
}
