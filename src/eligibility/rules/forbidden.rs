//! H15: a forbidden post stays so. (What is pinned is a row of the model.)

use crate::domain::PinAction;
use crate::eligibility::{Candidate, Eligibility, Reason};

/// A `forbid` of `pins.csv` rules out its role, or both where it names none.
pub(super) fn reason(eligibility: &Eligibility, candidate: Candidate) -> Option<Reason> {
    let engagement = eligibility.engagement(candidate);
    let pin = eligibility.dataset.pins.iter().find(|pin| {
        pin.action == PinAction::Forbid
            && pin.inspection == engagement.inspection
            && pin.inspector == candidate.person
            && pin.role.is_none_or(|role| role == engagement.role)
    })?;
    Some(Reason::Forbidden { line: pin.line })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{InspectionIx, InspectorIx, Pin, Role};
    use crate::eligibility::test_support::{told, year};

    #[test]
    fn a_role_is_forbidden_or_both_are() {
        let mut year = year();
        year.pins.push(Pin {
            inspection: InspectionIx::new(0),
            inspector: InspectorIx::new(0),
            role: Some(Role::Lead),
            action: PinAction::Forbid,
            line: 7,
        });
        let forbidden = Some(Reason::Forbidden { line: 7 });
        assert_eq!(told(&year, reason, Role::Lead), forbidden);
        assert_eq!(told(&year, reason, Role::Team), None);
        year.pins[0].role = None;
        assert_eq!(told(&year, reason, Role::Team), forbidden);
        year.pins[0].action = PinAction::Pin;
        assert_eq!(told(&year, reason, Role::Team), None);
    }
}
