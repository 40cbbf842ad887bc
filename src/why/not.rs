//! Why somebody doesn't hold a post: every rule in the way, or what it would cost if they did.

use super::holding::{Holding, Question};
use crate::domain::{InspectionIx, InspectorIx, Role};
use crate::eligibility::windows::Closed;
use crate::eligibility::{Candidate, Reason};
use crate::solve::SolveError;

/// What stands against somebody in a post in one window, or what comes of it.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// They hold it.
    Held,
    /// Nobody can attend then.
    Closed(Closed),
    /// The inspection asks for no such post.
    NoSuchPost,
    /// Rules stand against it: all of them.
    Rules(Vec<Reason>),
    /// Nothing stands against it by itself, and this comes of it.
    Comes(Holding),
}

/// The answer for one window.
#[derive(Clone, Debug)]
pub struct Answer {
    /// At which inspection.
    pub inspection: InspectionIx,
    /// Who.
    pub person: InspectorIx,
    /// In which role.
    pub role: Role,
    /// In which window, by position in [`crate::eligibility::Eligibility::windows`].
    pub window: usize,
    /// Why not.
    pub verdict: Verdict,
}

/// Why `person` doesn't hold the post of `role` at `inspection`, attended in `window`; what it
/// would cost, in the tiers that the plan as it is was made for.
pub fn why_not(
    question: &Question,
    inspection: InspectionIx,
    person: InspectorIx,
    role: Role,
    window: usize,
) -> Result<Answer, SolveError> {
    let eligibility = question.eligibility;
    let closed = eligibility.windows[inspection.get()][window].closed;
    let engagement = eligibility.engagement_of(inspection, window, role);
    let verdict = match (closed, engagement) {
        (Some(closed), _) => Verdict::Closed(closed),
        (None, None) => Verdict::NoSuchPost,
        (None, Some(engagement)) => {
            let candidate = Candidate { engagement, person };
            match eligibility.candidates.binary_search(&candidate) {
                Ok(seat) if question.past.selection.contains(seat) => Verdict::Held,
                Ok(seat) => Verdict::Comes(question.holding(seat, question.last_asked())?),
                Err(_) => Verdict::Rules(eligibility.reasons(candidate)),
            }
        }
    };
    Ok(Answer {
        inspection,
        person,
        role,
        window,
        verdict,
    })
}
