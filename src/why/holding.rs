//! The year solved again with somebody in a post: what the tiers come to then.

use crate::allocate::{
    AllocateError, Allocation, Held, Options, Status, Unobserved, allocate_holding,
};
use crate::eligibility::Eligibility;
use crate::model::objectives::Tier;
use crate::solve::{SolveError, Stop};

/// What is asked, and of which plan.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The year.
    pub eligibility: &'a Eligibility<'a>,
    /// The plan as it is.
    pub past: &'a Allocation,
    /// Which of several equal optima is found may depend on it.
    pub seed: u32,
    /// When to stop.
    pub stop: &'a Stop,
}

/// What comes of holding a seat.
#[derive(Clone, Debug)]
pub enum Holding {
    /// The best plan in which it is held, as far as it is proven.
    Plan(Box<Allocation>),
    /// There is no plan in which it is held: the pins stand against it.
    Never,
    /// It was stopped before there was any.
    Unknown,
}

impl Question<'_> {
    /// The year with `seat` held, up to the tier `last`.
    pub fn holding(&self, seat: usize, last: Option<Tier>) -> Result<Holding, SolveError> {
        let proven = self.proven();
        let held = Held {
            seat,
            without: &self.past.selection,
            proven: &proven,
        };
        let options = Options {
            seed: self.seed,
            stop_after: last,
            ..Options::default()
        };
        let with = allocate_holding(
            self.eligibility,
            &held,
            &options,
            self.stop,
            &mut Unobserved,
        );
        match with {
            Ok(with) => Ok(Holding::Plan(Box::new(with))),
            Err(AllocateError::NoPlan) => Ok(Holding::Never),
            Err(AllocateError::Stopped) => Ok(Holding::Unknown),
            Err(AllocateError::Solver(error)) => Err(error),
        }
    }

    /// The tiers of attendance, weeks and teams, in their order.
    pub fn first_tiers(&self) -> [Tier; 3] {
        let [first, second, third] = Tier::of_shortfall(&self.eligibility.dataset.policy);
        [first, second, third]
    }

    /// The last tier that was asked for of the plan as it is.
    pub fn last_asked(&self) -> Option<Tier> {
        let asked = self.past.tiers.iter().rev();
        let mut asked = asked.filter(|outcome| outcome.status != Status::Off);
        asked.next().map(|outcome| outcome.tier)
    }

    /// Those of them that are proven of the plan as it is, up to the first that isn't.
    fn proven(&self) -> Vec<Tier> {
        let is_proven = |tier: &Tier| self.past.tier(*tier).status == Status::Optimal;
        self.first_tiers()
            .into_iter()
            .take_while(is_proven)
            .collect()
    }
}

/// Whether the first tiers of `with` are proven, so that what is said of them is certain.
pub(super) fn is_certain(with: &Allocation, tiers: &[Tier]) -> bool {
    let mut tiers = tiers.iter();
    tiers.all(|tier| with.tier(*tier).status == Status::Optimal)
}
