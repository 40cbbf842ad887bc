//! H15: a pinned post is held by its person, in whichever window.

use good_lp::{Constraint, constraint};

use crate::domain::PinAction;
use crate::model::Year;

/// For each pin: Σ of its person's seats in its role, over the windows, = 1. (Forbidden posts
/// have no seat; what is over is settled, and no pin changes it.)
pub fn rows(year: &Year) -> Vec<Constraint> {
    let pinned =
        year.eligibility.dataset.pins.iter().filter(|pin| {
            pin.action == PinAction::Pin && !year.eligibility.is_over(pin.inspection)
        });
    pinned
        .map(|pin| {
            let seats = year.seats_of[pin.inspector.get()]
                .iter()
                .copied()
                .filter(|seat| {
                    let engagement = year.eligibility.engagement(year.candidate(*seat));
                    engagement.inspection == pin.inspection && Some(engagement.role) == pin.role
                });
            constraint!(year.sum(seats.collect::<Vec<_>>()) == 1.0)
        })
        .collect()
}
