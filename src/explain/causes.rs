//! The cause of each empty post: that of the cheapest changes with which it is filled and no other
//! inspection is worse off, confirmed by solving again.

use std::collections::BTreeMap;

use super::{Cause, Shortfall, days_of_post, tally};
use crate::domain::{InspectionIx, RemedyKind, Role};
use crate::eligibility::Eligibility;
use crate::model::Selection;
use crate::remedies::{Filling, Proof, RemedyError, fillings, in_words};
use crate::solve::Stop;

/// A failure while solving again.
pub type CauseError = RemedyError;

impl Cause {
    /// Whose help a change is.
    fn of(kind: RemedyKind) -> Self {
        match kind {
            RemedyKind::Clearance | RemedyKind::Dbs | RemedyKind::Training => Self::Clearance,
            RemedyKind::Place => Self::SiteCapacity,
            RemedyKind::Week => Self::DifferentWeek,
            RemedyKind::LeadTraining
            | RemedyKind::Days
            | RemedyKind::Offer
            | RemedyKind::Leave
            | RemedyKind::Person => Self::Resourcing,
        }
    }

    /// By how much a change of this cause counts as dearer than its price: of equally cheap ones
    /// the first of [`Cause`] is taken, which HMIP can help with, and of those that are needed
    /// together the last.
    fn markup(self) -> f64 {
        let rank = match self {
            Self::Clearance => 0.0,
            Self::SiteCapacity => 1.0,
            Self::DifferentWeek => 2.0,
            Self::Resourcing => 3.0,
        };
        1.0 + rank * 1e-3
    }
}

/// Every empty post of `selection`, with its cause, by inspection, role and cause.
///
/// # Errors
/// If HiGHS fails.
pub fn shortfalls(
    eligibility: &Eligibility,
    selection: &Selection,
    seed: u32,
    stop: &Stop,
) -> Result<Vec<Shortfall>, CauseError> {
    let _span = tracing::info_span!("causes").entered();
    let prices = &eligibility.dataset.policy.remedy;
    let price = |kind: RemedyKind| prices[&kind].price * Cause::of(kind).markup();
    let fillings = fillings(eligibility, selection, &price, seed, stop)?;
    // In the order of the causes, as `shortfalls.csv` has them.
    let mut rows: BTreeMap<(InspectionIx, Role, Cause), Vec<&Filling>> = BTreeMap::new();
    let mut before: Option<(InspectionIx, Cause)> = None;
    for filling in &fillings {
        let kinds = filling.kinds.iter().flatten();
        let dearest = kinds.max_by(|one, other| price(**one).total_cmp(&price(**other)));
        let cause = match dearest {
            Some(kind) => Cause::of(*kind),
            // What fills the posts before it fills this one too.
            None => before
                .filter(|(inspection, _)| {
                    filling.kinds.is_some() && *inspection == filling.inspection
                })
                .map_or(Cause::Resourcing, |(_, cause)| cause),
        };
        before = Some((filling.inspection, cause));
        let key = (filling.inspection, filling.role, cause);
        rows.entry(key).or_default().push(filling);
    }
    let held = selection.held(eligibility);
    let rows = rows.into_iter().map(|((inspection, role, cause), of_row)| {
        let window = window_of(eligibility, selection, inspection);
        let tally = tally(eligibility, &held, inspection, window, role);
        let what = match tally.people {
            0 => "no day on which anybody could attend".to_owned(),
            _ => tally.sentence(role),
        };
        let posts = of_row.len() as u32;
        Shortfall {
            inspection,
            role,
            posts,
            inspector_days: posts * days_of_post(eligibility, inspection, role),
            cause,
            explanation: format!("{what}{}", remedy(&of_row)),
        }
    });
    Ok(rows.collect())
}

/// What would fill the posts of a row, and whether that is sure to be the cheapest.
fn remedy(fillings: &[&Filling]) -> String {
    let mut counts: BTreeMap<RemedyKind, u32> = BTreeMap::new();
    for kind in fillings
        .iter()
        .filter_map(|one| one.kinds.as_ref())
        .flatten()
    {
        *counts.entry(*kind).or_default() += 1;
    }
    let kinds: Vec<String> = counts
        .into_iter()
        .map(|(kind, count)| in_words(kind, count))
        .collect();
    let what = if fillings.len() == 1 { "it" } else { "they" };
    let is_filled = fillings.iter().any(|one| one.kinds.is_some());
    let with = match (is_filled, kinds.is_empty()) {
        (false, _) => "; no change that the policy allows is known to help".to_owned(),
        (true, true) => format!("; {what} can be filled with the same"),
        (true, false) => format!("; {what} can be filled with {}", kinds.join(", ")),
    };
    let proven = fillings.iter().all(|one| one.proof == Proof::Whole);
    let note = if proven {
        ""
    } else {
        "; not every remedy could be searched to the end"
    };
    format!("{with}{note}")
}

/// The window in which an inspection is attended; the normal one where it is not.
pub fn window_of(
    eligibility: &Eligibility,
    selection: &Selection,
    inspection: InspectionIx,
) -> usize {
    let posts = selection
        .seats()
        .map(|seat| eligibility.engagement(eligibility.candidates[seat]));
    posts
        .filter(|post| post.inspection == inspection)
        .map(|post| post.window)
        .next()
        .unwrap_or(0)
}
