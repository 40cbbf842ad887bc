//! A year as a mixed-integer program: one binary a post, window and person, stated in
//! good_lp's terms. `constraints/` holds one file a rule, `objectives/` one file a tier.
//!
//! What a rule forbids to one person with one post has been left out of the candidates by
//! [`crate::eligibility`] already. H12 beyond pairs of posts is not stated beforehand: its
//! rows are added where a solution breaks it ([`constraints::off_site_span`]).

mod alone;
pub mod constraints;
mod counted;
mod decomposition;
pub mod objectives;
mod priced;
mod program;
mod reserves;
mod search;
mod selection;

use std::sync::Arc;

use good_lp::{Expression, ProblemVariables, SolverModel, Variable, variable};

use crate::domain::InspectorIx;
use crate::eligibility::{Candidate, Eligibility};
use crate::solve::{Mip, SolveError, Stop};
pub use alone::Alone;
use constraints::one_place_at_a_time::Exclusions;
pub use counted::alike;
use objectives::Linear;
pub use program::{Found, Kept, Program};
pub use search::Values;
pub use selection::Selection;

/// A year of more seats than this is not stated as a program: what is planned without one stands, and
/// is held against what the inspections come to by themselves ([`Alone`]). The pairs of seats that
/// exclude each other grow with the square of what one person may hold.
pub const MOST_STATED: usize = 2_000_000;

/// The variables of a year's program, before any row is stated.
pub struct Year<'a> {
    /// Who can hold what.
    pub eligibility: &'a Eligibility<'a>,
    /// One binary for each of [`Eligibility::candidates`]: they hold the post in the window.
    pub seats: Vec<Variable>,
    /// Positions in `seats` of each person's, by position in `inspectors.csv`.
    pub seats_of: Vec<Vec<usize>>,
    /// Of each person, the seats that exclude each other.
    pub exclusions: Arc<Exclusions>,
    /// T7: the one rate at which everybody's days would be used.
    pub rate: Variable,
    /// T7: for each person who may hold a post, how far their days are from that rate.
    pub unevenness: Vec<(InspectorIx, Variable)>,
    variables: ProblemVariables,
}

/// Column numbers of a program made of a [`Year`]: seats come first, in the candidates' order.
#[derive(Clone, Debug)]
pub struct Columns {
    /// How many seats there are.
    pub seats: usize,
    /// The rate of T7.
    pub rate: usize,
    /// The unevenness of T7, with whose it is.
    pub unevenness: Vec<(InspectorIx, usize)>,
    /// H13's weeks on site that no sum of seats gives: the column, and the seats of the week.
    pub weeks: Vec<(usize, Vec<usize>)>,
    /// All columns.
    pub total: usize,
    /// How many rows, the first, link people to each other; every other is one person's own, but
    /// for T7's, which the one rate links.
    pub linking: usize,
    /// Where people are counted, for each of them the binary that says whether they hold
    /// anything; else none.
    pub asked: Vec<usize>,
}

impl<'a> Year<'a> {
    /// The variables for all of `eligibility`'s candidates.
    pub fn new(eligibility: &'a Eligibility<'a>) -> Self {
        let exclusions = Exclusions::of(eligibility, &seats_of(eligibility));
        Self::again(eligibility, Arc::new(exclusions))
    }

    /// The same; nothing where it is stopped before the exclusions are all known.
    pub fn unless_stopped(eligibility: &'a Eligibility<'a>, stop: &Stop) -> Option<Self> {
        let exclusions = Exclusions::unless_stopped(eligibility, &seats_of(eligibility), stop)?;
        Some(Self::again(eligibility, Arc::new(exclusions)))
    }

    /// The same where a year is stated once more, with its exclusions of the first time.
    pub fn again(eligibility: &'a Eligibility<'a>, exclusions: Arc<Exclusions>) -> Self {
        let mut variables = ProblemVariables::new();
        let seats: Vec<_> = eligibility
            .candidates
            .iter()
            .map(|_| variables.add(variable().binary()))
            .collect();
        let seats_of = seats_of(eligibility);
        let highest = objectives::fairness::highest_rate(eligibility);
        let rate = variables.add(variable().min(0.0).max(highest));
        let unevenness = eligibility
            .dataset
            .inspector_ixs()
            .filter(|person| !seats_of[person.get()].is_empty())
            .map(|person| (person, variables.add(variable().min(0.0))))
            .collect();
        Self {
            eligibility,
            seats,
            seats_of,
            exclusions,
            rate,
            unevenness,
            variables,
        }
    }

    /// The candidate of a seat.
    pub fn candidate(&self, seat: usize) -> Candidate {
        self.eligibility.candidates[seat]
    }

    /// Σ of the given seats.
    pub fn sum(&self, seats: impl IntoIterator<Item = usize>) -> Expression {
        self.weighted(seats.into_iter().map(|seat| (seat, 1.0)))
    }

    /// Σ factor × seat.
    pub fn weighted(&self, terms: impl IntoIterator<Item = (usize, f64)>) -> Expression {
        let terms = terms.into_iter();
        let mut sum = Expression::with_capacity(terms.size_hint().0);
        for (seat, factor) in terms {
            sum.add_mul(factor, self.seats[seat]);
        }
        sum
    }

    /// Seats of one post and window.
    pub fn seats_in(&self, engagement: usize) -> std::ops::Range<usize> {
        self.eligibility.seats_in(engagement)
    }

    /// States every rule, and hands the program to HiGHS; its objective is still 0.
    pub fn state(mut self) -> Result<(Mip, Columns), SolveError> {
        let _span = tracing::info_span!("model").entered();
        // good_lp numbers variables in the order in which they are added: seats, rate,
        // unevenness, weeks.
        let rate = self.seats.len();
        let people = self.unevenness.iter().map(|(person, _)| *person);
        let unevenness: Vec<_> = std::iter::zip(people, rate + 1..).collect();
        let load = constraints::rolling_load::weeks(&mut self);
        let extra = load.weeks.iter().filter(|week| week.extra.is_some());
        let weeks = std::iter::zip(rate + 1 + unevenness.len().., extra)
            .map(|(column, week)| (column, week.seats.clone()))
            .collect();
        let mut rows = constraints::one_lead::rows(&self);
        rows.extend(constraints::site_capacity::rows(&self));
        rows.extend(constraints::pins::rows(&self));
        rows.extend(constraints::settled::rows(&self));
        let linking = rows.len();
        rows.extend(objectives::fairness::rows(&self));
        rows.extend(constraints::one_place_at_a_time::rows(&self));
        rows.extend(constraints::contracted_days::rows(&self));
        rows.extend(constraints::rolling_load::rows(&self, &load));
        let columns = Columns {
            seats: self.seats.len(),
            rate,
            unevenness,
            weeks,
            total: self.variables.len(),
            linking,
            asked: Vec::new(),
        };
        let mut problem = self.variables.minimise(0).using(good_lp::highs);
        for row in rows {
            problem.add_constraint(row);
        }
        Ok((Mip::new(problem)?, columns))
    }

    fn add_variable(&mut self, definition: good_lp::variable::VariableDefinition) -> Variable {
        self.variables.add(definition)
    }
}

/// Positions of each person's candidates, by position in `inspectors.csv`.
fn seats_of(eligibility: &Eligibility) -> Vec<Vec<usize>> {
    let mut seats_of = vec![Vec::new(); eligibility.dataset.inspectors.len()];
    for (seat, candidate) in eligibility.candidates.iter().enumerate() {
        seats_of[candidate.person.get()].push(seat);
    }
    seats_of
}

impl Columns {
    /// The costs of the columns under which the objective is `linear`'s, less its constant.
    pub fn costs(&self, linear: &Linear) -> Vec<f64> {
        let mut costs = vec![0.0; self.total];
        for (cost, coefficient) in std::iter::zip(&mut costs, &linear.coefficients) {
            *cost = *coefficient as f64;
        }
        costs
    }

    /// A value for each column under which the program holds `selection`.
    pub fn values(&self, eligibility: &Eligibility, selection: &Selection) -> Vec<f64> {
        let mut values = vec![0.0; self.total];
        for seat in selection.seats() {
            values[seat] = 1.0;
        }
        for (column, seats) in &self.weeks {
            values[*column] = f64::from(u8::from(seats.iter().any(|seat| values[*seat] == 1.0)));
        }
        let used = objectives::fairness::DaysUsed::of(eligibility, selection);
        let rate = used.best_rate();
        values[self.rate] = rate;
        for (person, column) in &self.unevenness {
            values[*column] = used.unevenness(*person, rate);
        }
        if !self.asked.is_empty() {
            for seat in selection.seats() {
                let person = eligibility.candidates[seat].person;
                values[self.asked[person.get()]] = 1.0;
            }
        }
        values
    }
}
