//! H15: pinned and forbidden posts are kept. A pin holds in any window; `forbid` without a role
//! binds both.

use crate::domain::{Pin, PinAction};
use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::{HeldPost, Posts};

/// Whether somebody holds what they are forbidden.
pub fn forbidden(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    pins(facts, PinAction::Forbid)
        .filter(|pin| posts.held.iter().any(|post| is_of(pin, post)))
        .map(|pin| about(facts, pin, "they are forbidden this post"))
        .collect()
}

/// Whether everybody holds what they are pinned to, of what is not over.
pub fn kept(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    pins(facts, PinAction::Pin)
        .filter(|pin| !facts.is_over(pin.inspection))
        .filter(|pin| !posts.held.iter().any(|post| is_of(pin, post)))
        .map(|pin| {
            about(
                facts,
                pin,
                "they are pinned to this post and do not hold it",
            )
        })
        .collect()
}

fn pins<'a>(facts: &'a Facts, action: PinAction) -> impl Iterator<Item = &'a Pin> {
    let pins = facts.dataset.pins.iter();
    pins.filter(move |pin| pin.action == action)
}

fn is_of(pin: &Pin, post: &HeldPost) -> bool {
    post.inspection == pin.inspection
        && post.inspector == pin.inspector
        && pin.role.is_none_or(|role| role == post.role)
}

fn about(facts: &Facts, pin: &Pin, what: &str) -> Finding {
    let role = pin.role.map_or("any", |role| role.as_str());
    let message = format!("{what}: {role}, pins.csv:{}", pin.line);
    Finding::new("H15", message)
        .inspection(&facts.dataset.inspection(pin.inspection).id)
        .person(&facts.dataset.inspector(pin.inspector).id)
}

#[cfg(test)]
mod tests {
    use crate::domain::Role::{self, Lead, Team};
    use crate::domain::{InspectionIx, InspectorIx, Pin, PinAction};
    use crate::verify::test_support::Year;

    /// A leads F1 and B is in its team; the pin is about B.
    fn broken(role: Option<Role>, action: PinAction) -> Vec<String> {
        let mut year = Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .hmi("A")
            .hmi("B")
            .post("F1", Lead, "A")
            .post("F1", Team, "B");
        year.dataset.pins.push(Pin {
            inspection: InspectionIx::new(0),
            inspector: InspectorIx::new(1),
            role,
            action,
            line: 2,
        });
        year.broken()
    }

    #[test]
    fn a_pin_asks_for_its_role() {
        assert_eq!(broken(Some(Team), PinAction::Pin), [""; 0]);
        assert_eq!(broken(Some(Lead), PinAction::Pin), ["H15"]);
    }

    #[test]
    fn forbid_binds_its_role_or_both() {
        assert_eq!(broken(Some(Lead), PinAction::Forbid), [""; 0]);
        assert_eq!(broken(Some(Team), PinAction::Forbid), ["H15"]);
        assert_eq!(broken(None, PinAction::Forbid), ["H15"]);
    }
}
