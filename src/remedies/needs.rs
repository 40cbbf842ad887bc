//! What holds for every set that mends all: what a part of the year takes.

use super::program::Base;
use super::question::Cut;
use crate::domain::InspectionIx;

/// What a part takes: changes that come to so much together, unless one of these inspections is
/// moved.
#[derive(Clone, Debug)]
pub(super) struct Need {
    pub(super) changes: Vec<(usize, f64)>,
    pub(super) moves: Vec<InspectionIx>,
    pub(super) price: f64,
}

impl Need {
    /// As a row of a year's program.
    pub(super) fn row(&self, base: &Base) -> Cut {
        let moving = self.moves.iter().filter_map(|moved| base.moving.get(moved));
        let seats = moving.flatten().map(|seat| (*seat, -self.price));
        Cut {
            seats: seats.collect(),
            changes: self.changes.clone(),
            most: -self.price,
        }
    }

    /// Whether a set meets it, with these inspections moved.
    pub(super) fn is_met(&self, set: &[usize], moved: &[InspectionIx]) -> bool {
        let made = self.changes.iter().filter(|(at, _)| set.contains(at));
        let made: f64 = made.map(|(_, price)| price).sum();
        made + 1e-6 >= self.price || self.moves.iter().any(|one| moved.contains(one))
    }
}

#[cfg(test)]
mod tests {
    use super::Need;
    use crate::domain::InspectionIx;

    #[test]
    fn a_need_is_met_by_enough_changes_or_by_a_move() {
        let need = Need {
            changes: vec![(3, 2.0), (5, 4.0)],
            moves: vec![InspectionIx::new(1)],
            price: 4.0,
        };
        assert!(!need.is_met(&[3, 4], &[InspectionIx::new(0)]));
        assert!(need.is_met(&[5], &[]));
        assert!(need.is_met(&[], &[InspectionIx::new(1)]));
    }
}
