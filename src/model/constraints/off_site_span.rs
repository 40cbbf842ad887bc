//! H8, H9 and H12 beyond pairs of posts: in each span of days from the start of one off-site
//! task to the end of one, the work that lies wholly inside it and the days on site inside it
//! are at most the days on which the person can work (¶31).
//!
//! There are far too many spans to state; the row of the one that a solution overfills is
//! added when it does, for all the posts of that person.

use crate::domain::InspectorIx;
use crate::eligibility::Eligibility;
use crate::eligibility::off_site::Overfull;
use crate::model::Selection;
use crate::solve::{Mip, SolveError};

/// A row Σ coefficient × seat ≤ `most`.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Seats with their coefficients.
    pub terms: Vec<(usize, f64)>,
    /// The most that their sum may be.
    pub most: f64,
}

/// Everybody whose posts in `found` don't fit together, with the span that is too full.
pub fn overfull(
    eligibility: &Eligibility,
    found: &Selection,
) -> impl Iterator<Item = (InspectorIx, Overfull)> {
    let people = std::iter::zip(eligibility.dataset.inspector_ixs(), found.held(eligibility));
    people.filter_map(|(person, held)| Some((person, eligibility.overfull(person, &held)?)))
}

/// Adds to `mip` the row of each span that `found` overfills; whether there were any. `seats_of`
/// are each person's seats.
///
/// # Errors
/// If HiGHS fails.
pub fn forbid(
    eligibility: &Eligibility,
    seats_of: &[Vec<usize>],
    found: &Selection,
    mip: &mut Mip,
) -> Result<bool, SolveError> {
    let mut any = false;
    for (person, span) in overfull(eligibility, found) {
        let row = row(eligibility, &seats_of[person.get()], person, span);
        mip.add_row_at_most(row.most, &row.terms)?;
        any = true;
    }
    Ok(any)
}

/// Σ over the person's seats of their days that must lie in `span` ≤ workable days in it.
pub fn row(eligibility: &Eligibility, seats: &[usize], person: InspectorIx, span: Overfull) -> Row {
    let range = span.first..span.last + 1;
    let terms = seats
        .iter()
        .map(|seat| {
            let engagement = eligibility.engagement(eligibility.candidates[*seat]);
            let inside = engagement
                .tasks
                .iter()
                .filter(|task| span.first <= task.first && task.last <= span.last);
            let off_site: u32 = inside.map(|task| task.days).sum();
            let on_site = engagement.on_site.count_ones(range.clone());
            (*seat, f64::from(off_site) + on_site as f64)
        })
        .filter(|(_, days)| *days > 0.0)
        .collect();
    Row {
        terms,
        most: eligibility.workable(person).count_ones(range) as f64,
    }
}
