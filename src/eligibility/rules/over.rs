//! H17: an inspection that is over keeps the posts that it had, and takes nobody else (¶22).

use crate::eligibility::{Candidate, Eligibility, Reason};

/// What was not published of an inspection that is over can't be held any more.
pub(super) fn reason(eligibility: &Eligibility, candidate: Candidate) -> Option<Reason> {
    let inspection = eligibility.engagement(candidate).inspection;
    let published = eligibility.dataset.published.as_ref()?;
    let is_late = published.is_over(inspection) && !eligibility.settled.is_settled(candidate);
    is_late.then_some(Reason::Over)
}
