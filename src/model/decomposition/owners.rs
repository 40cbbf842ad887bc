//! Whose years are searched for: everybody's own, and of people who are interchangeable those of
//! the first, for all of them.

use crate::domain::InspectorIx;

/// Whose a seat is.
#[derive(Clone, Copy, Default)]
pub struct Owner {
    /// The position in [`Owners::first`].
    pub at: usize,
    /// The same seat of the person who stands there.
    pub seat: usize,
}

/// Everybody who has a seat, each once for all who are alike.
#[derive(Default)]
pub struct Owners {
    /// The first of those who are alike.
    pub first: Vec<InspectorIx>,
    /// For each of them, how many people they stand for.
    pub people: Vec<usize>,
    /// The owner of each seat.
    pub of_seat: Vec<Owner>,
}

impl Owners {
    /// Of `seats` seats, `seats_of` each person; `alike` are groups of people with the same posts.
    pub fn new(seats: usize, seats_of: &[Vec<usize>], alike: &[Vec<usize>]) -> Self {
        let mut owners = Self {
            of_seat: vec![Owner::default(); seats],
            ..Self::default()
        };
        for (person, seats) in seats_of.iter().enumerate() {
            let alone = vec![person];
            let group = alike.iter().find(|group| group.contains(&person));
            let group = group.unwrap_or(&alone);
            if seats.is_empty() || group[0] != person {
                continue;
            }
            let at = owners.first.len();
            for one in group {
                for (own, seat) in std::iter::zip(&seats_of[*one], seats) {
                    owners.of_seat[*own] = Owner { at, seat: *seat };
                }
            }
            owners.first.push(InspectorIx::new(person));
            owners.people.push(group.len());
        }
        owners
    }
}
