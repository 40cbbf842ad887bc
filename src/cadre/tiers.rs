//! What is short, tier after tier, and how few people leave no more short than that.

use crate::allocate::Measures;
use crate::eligibility::Eligibility;
use crate::model::objectives::{Linear, Tier, names_given};
use crate::model::{Found, Program, Selection, Values, alike};
use crate::solve::{End, Settings, SolveError, Stop};

/// How far one number is searched.
const MAX_NODES: u32 = 100;

/// T1, T2 and T3, in the policy's order.
pub type Short = [(Tier, i64); 3];

/// What is measured in a year, in strict order.
pub(super) struct Tiers {
    pub(super) order: [Tier; 3],
    /// The tiers' objectives; before them, where a published plan is made anew, the leads whose
    /// names were given (H17).
    pub(super) linear: Vec<Linear>,
    /// Where recruits begin in `inspectors.csv`.
    pub(super) recruits: usize,
}

/// A plan, and what is proven of it.
#[derive(Clone, Debug)]
pub(super) struct Least {
    pub(super) plan: Selection,
    /// What each of [`Tiers::linear`] comes to.
    pub(super) values: Vec<i64>,
    /// Of how many of them, the first, it is proven that they can't be less.
    pub(super) proven: usize,
}

/// A number of people.
#[derive(Clone, Debug)]
pub(super) struct Fewest {
    pub(super) plan: Selection,
    /// No fewer do.
    pub(super) at_least: usize,
    /// Whether as many people can't do with fewer recruits.
    pub(super) fewest_recruits: bool,
}

impl Tiers {
    pub(super) fn of(year: &Eligibility, recruits: usize) -> Self {
        let measures = Measures::new(year);
        let order = Tier::of_shortfall(&year.dataset.policy);
        let names = Some(names_given::linear(year)).filter(|names| names.constant > 0);
        let tiers = order
            .iter()
            .filter_map(|tier| measures.linear(*tier).cloned());
        Self {
            order,
            linear: names.into_iter().chain(tiers).collect(),
            recruits,
        }
    }

    pub(super) fn values(&self, plan: &Selection) -> Vec<i64> {
        self.linear.iter().map(|one| one.value(plan)).collect()
    }

    /// The tiers among `values`.
    pub(super) fn short(&self, values: &[i64]) -> Short {
        let names = self.linear.len() - self.order.len();
        let mut values = values[names..].iter().copied();
        self.order.map(|tier| (tier, values.next().unwrap_or(0)))
    }

    /// The program of a year with its people counted.
    pub(super) fn program<'a>(&self, year: &'a Eligibility<'a>) -> Result<Program<'a>, SolveError> {
        Program::counting_people(year, alike(year, self.recruits))
    }

    /// The least of each in turn with at most `most` people, from a plan with no more where one is
    /// known; `below` is the least with more people. Nothing where no plan is found.
    pub(super) fn least(
        &self,
        program: &mut Program,
        most: usize,
        start: Option<Selection>,
        below: &Least,
        how: How,
    ) -> Result<Option<Least>, SolveError> {
        let asked = asked(program, 0);
        let mut kept = vec![program.keep_at_most(&asked, most as f64)?];
        let none = vec![0.0; program.columns().total];
        program.minimise(none)?;
        let mut plan = match start {
            Some(plan) => plan,
            None => {
                let found = program.solve(how.settings(), None, how.stop, &mut |_, _| {})?;
                let Some(plan) = found.selection else {
                    return Ok(None);
                };
                plan
            }
        };
        let mut proven = 0;
        for (at, linear) in self.linear.iter().enumerate() {
            let values = |plan: &Selection| self.values(plan)[..=at].to_vec();
            // With fewer people no less is possible than with more.
            let is_least =
                |plan: &Selection| below.proven > at && values(plan) == below.values[..=at];
            let costs = program.columns().costs(linear);
            let mut is_proven = is_least(&plan);
            if !is_proven {
                let better = |found: &Selection, plan: &Selection| values(found) < values(plan);
                let found = how.search(program, &costs, &mut plan, &better)?;
                is_proven = found.is_some_and(|found| found.end == End::Proven) || is_least(&plan);
            }
            proven += usize::from(is_proven && proven == at);
            let reached = linear.value(&plan) - linear.constant;
            kept.push(program.keep_at_most(&costs, reached as f64)?);
        }
        kept.into_iter().try_for_each(|one| program.release(one))?;
        Ok(Some(Least {
            values: self.values(&plan),
            plan,
            proven,
        }))
    }

    /// The fewest people that leave no more short than `start` does, and of them those with the fewest
    /// recruits.
    pub(super) fn fewest(
        &self,
        program: &mut Program,
        start: &Selection,
        how: How,
    ) -> Result<Fewest, SolveError> {
        let year = program.eligibility();
        let mut kept = Vec::new();
        for linear in &self.linear {
            let costs = program.columns().costs(linear);
            let most = linear.value(start) - linear.constant;
            kept.push(program.keep_at_most(&costs, most as f64)?);
        }
        let mut plan = start.clone();
        let mut bounds = Vec::new();
        for from in [0, self.recruits] {
            let costs = asked(program, from);
            let number = |plan: &Selection| count(year, plan, from);
            let mut bound = 0;
            if number(&plan) > 0 {
                let better = |found: &Selection, plan: &Selection| number(found) < number(plan);
                let found = how.search(program, &costs, &mut plan, &better)?;
                let found = found.map_or(f64::NEG_INFINITY, |found| found.bound);
                bound = at_least(found).min(number(&plan));
            }
            bounds.push(bound);
            kept.push(program.keep_at_most(&costs, number(&plan) as f64)?);
        }
        kept.into_iter().try_for_each(|one| program.release(one))?;
        Ok(Fewest {
            at_least: bounds[0],
            fewest_recruits: bounds[1] == count(year, &plan, self.recruits),
            plan,
        })
    }
}

/// How it is searched.
#[derive(Clone, Copy)]
pub(super) struct How<'a> {
    pub(super) seed: u32,
    pub(super) stop: &'a Stop,
}

impl How<'_> {
    fn settings(self) -> Settings {
        Settings {
            seed: self.seed,
            absolute_gap: 0.999,
            max_nodes: Some(MAX_NODES),
            ..Settings::default()
        }
    }

    /// Minimises `costs`, from `plan`, which becomes what is found where that is `better`.
    fn search(
        self,
        program: &mut Program,
        costs: &[f64],
        plan: &mut Selection,
        better: &dyn Fn(&Selection, &Selection) -> bool,
    ) -> Result<Option<Found>, SolveError> {
        if self.stop.is_set() {
            return Ok(None);
        }
        program.minimise(costs.to_vec())?;
        let settings = self.settings();
        let found = program.search(Values::Whole, settings, plan, self.stop, &mut |_, _| {})?;
        if let Some(other) = &found.selection
            && other.fits(program.eligibility())
            && better(other, plan)
        {
            plan.clone_from(other);
        }
        Ok(Some(found))
    }
}

/// How many people from the position `from` on hold something.
pub(super) fn count(year: &Eligibility, plan: &Selection, from: usize) -> usize {
    let held = plan.held(year);
    held[from..].iter().filter(|held| !held.is_empty()).count()
}

/// Costs that count people from the position `from` on.
fn asked(program: &Program, from: usize) -> Vec<f64> {
    let columns = program.columns();
    let mut costs = vec![0.0; columns.total];
    for column in columns.asked.iter().skip(from) {
        costs[*column] = 1.0;
    }
    costs
}

/// A bound on people is one on whole people.
fn at_least(bound: f64) -> usize {
    let whole = (bound - 1e-4).ceil().max(0.0);
    whole.min(f64::from(u32::MAX)) as usize
}
