//! With 0, 1, 2, … moves, the least that is short.

use super::moves::{Move, moves};
use super::program::{Program, at_all_times};
use crate::domain::Dataset;
use crate::eligibility::Eligibility;
use crate::model::objectives::Tier;
use crate::solve::{SolveError, Stop};

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The year.
    pub dataset: &'a Dataset,
    /// By how many weeks an inspection may be moved, either way.
    pub within: u32,
    /// How many may be moved.
    pub most: u32,
    /// Which of several equal optima is found may depend on it.
    pub seed: u32,
}

/// The least that is short with so many moves.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The moves.
    pub moves: Vec<Move>,
    /// T1, T2 and T3 in the policy's order.
    pub short: [(Tier, f64); 3],
    /// Whether nothing better is possible with as many.
    pub proven: bool,
}

impl Point {
    fn values(&self) -> [f64; 3] {
        self.short.map(|(_, value)| value)
    }

    /// Whether nothing is short, and nothing in a different week.
    pub fn is_whole(&self) -> bool {
        self.values().iter().all(|value| *value <= 0.0)
    }
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Suggestions {
    /// How many moves were looked at.
    pub looked_at: usize,
    /// The points with a shortfall less than every one with fewer moves.
    pub frontier: Vec<Point>,
    /// How many moves the last point that was solved for had.
    pub up_to: u32,
    /// Whether it was stopped.
    pub cut: bool,
}

/// The frontier: it ends where nothing is short, where more moves gain nothing, or at
/// `wanted.most`.
///
/// # Errors
/// If HiGHS fails.
pub fn suggest(wanted: &Wanted, stop: &Stop) -> Result<Suggestions, SolveError> {
    let moves = moves(wanted.dataset, wanted.within);
    let (year, of) = at_all_times(wanted.dataset, &moves);
    let year = Eligibility::new(&year);
    let mut program = Program::new(wanted.dataset, &year, &of, &moves, wanted.seed)?;
    let order = Tier::of_shortfall(&wanted.dataset.policy);
    let mut found = Suggestions {
        looked_at: moves.len(),
        frontier: Vec::new(),
        up_to: 0,
        cut: false,
    };
    let mut last = None;
    for count in 0..=wanted.most {
        let Some(solution) = program.solve(count, last.as_ref(), stop)? else {
            found.cut = stop.is_set();
            break;
        };
        let mut values = solution.values.iter().copied();
        let point = Point {
            moves: solution.moves.clone(),
            short: order.map(|tier| (tier, values.next().unwrap_or(0.0))),
            proven: solution.proven,
        };
        found.up_to = count;
        let earlier = found.frontier.last();
        let gains = earlier.is_none_or(|before| point.values() < before.values());
        let is_whole = point.is_whole();
        if gains {
            found.frontier.push(point);
        }
        last = Some(solution);
        if is_whole || count as usize >= moves.len() {
            break;
        }
    }
    Ok(found)
}
