//! What is short, tier after tier, and how few people leave no more short than that.

use crate::allocate::Measures;
use crate::eligibility::Eligibility;
use crate::model::objectives::{Linear, Tier, names_given};
use crate::model::{Program, Selection, Values};
use crate::solve::{End, Settings, SolveError, Stop};

/// How far one number is searched.
const MAX_NODES: u32 = 500;

/// T1, T2 and T3, in the policy's order.
pub type Short = [(Tier, i64); 3];

/// What is measured in a year, in strict order.
pub(super) struct Tiers {
    pub(super) order: [Tier; 3],
    /// The tiers' objectives; before them, where a published plan is made anew, the leads whose
    /// names were given (H17).
    pub(super) linear: Vec<Linear>,
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
    /// Whether no fewer of those who were to be avoided do either.
    pub(super) avoided: bool,
}

impl Tiers {
    pub(super) fn of(year: &Eligibility) -> Self {
        let measures = Measures::new(year);
        let order = Tier::of_shortfall(&year.dataset.policy);
        let names = Some(names_given::linear(year)).filter(|names| names.constant > 0);
        let tiers = order
            .iter()
            .filter_map(|tier| measures.linear(*tier).cloned());
        Self {
            order,
            linear: names.into_iter().chain(tiers).collect(),
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

    /// The least of each in turn with at most `most` people, from a plan with no more where one is
    /// known; `below` is the least with more people. Nothing where no plan is found.
    pub(super) fn least(
        &self,
        year: &Eligibility,
        most: usize,
        start: Option<Selection>,
        below: &Least,
        seed: u32,
        stop: &Stop,
    ) -> Result<Option<Least>, SolveError> {
        let mut program = Program::counting_people(year)?;
        let everybody = vec![1.0; year.dataset.inspectors.len()];
        let asked = asked(&program, &everybody);
        program.keep_at_most(&asked, most as f64)?;
        let mut plan = match start {
            Some(plan) => plan,
            None => {
                let found = program.solve(settings(seed), None, stop, &mut |_, _| {})?;
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
            if !is_proven && !stop.is_set() {
                program.minimise(costs.clone())?;
                let found =
                    program.search(Values::Whole, settings(seed), &plan, stop, &mut |_, _| {})?;
                if let Some(found) = found.selection
                    && found.fits(year)
                    && values(&found) < values(&plan)
                {
                    plan = found;
                }
                is_proven = found.end == End::Proven || is_least(&plan);
            }
            proven += usize::from(is_proven && proven == at);
            let reached = linear.value(&plan) - linear.constant;
            program.keep_at_most(&costs, reached as f64)?;
        }
        Ok(Some(Least {
            values: self.values(&plan),
            plan,
            proven,
        }))
    }

    /// The fewest people that leave no more short than `start` does, and of them the fewest whose
    /// position in `inspectors.csv` is `avoided` or after it.
    pub(super) fn fewest(
        &self,
        year: &Eligibility,
        start: &Selection,
        avoided: usize,
        seed: u32,
        stop: &Stop,
    ) -> Result<Fewest, SolveError> {
        let mut program = Program::counting_people(year)?;
        for linear in &self.linear {
            let costs = program.columns().costs(linear);
            let most = linear.value(start) - linear.constant;
            program.keep_at_most(&costs, most as f64)?;
        }
        let people = year.dataset.inspectors.len();
        let mut plan = start.clone();
        let mut bounds = Vec::new();
        for from in [0, avoided] {
            let counts: Vec<f64> = (0..people)
                .map(|at| f64::from(u8::from(at >= from)))
                .collect();
            let costs = asked(&program, &counts);
            let number = |plan: &Selection| count(year, plan, from);
            let mut bound = 0;
            if number(&plan) > 0 && !stop.is_set() {
                program.minimise(costs.clone())?;
                let found =
                    program.search(Values::Whole, settings(seed), &plan, stop, &mut |_, _| {})?;
                if let Some(found) = found.selection
                    && found.fits(year)
                    && number(&found) < number(&plan)
                {
                    plan = found;
                }
                bound = at_least(found.bound).min(number(&plan));
            }
            bounds.push(bound);
            program.keep_at_most(&costs, number(&plan) as f64)?;
        }
        Ok(Fewest {
            at_least: bounds[0],
            avoided: bounds[1] == count(year, &plan, avoided),
            plan,
        })
    }
}

/// How many people from the position `from` on hold something.
pub(super) fn count(year: &Eligibility, plan: &Selection, from: usize) -> usize {
    let held = plan.held(year);
    held[from..].iter().filter(|held| !held.is_empty()).count()
}

/// Costs that count people, each as often as `counts` says.
fn asked(program: &Program, counts: &[f64]) -> Vec<f64> {
    let columns = program.columns();
    let mut costs = vec![0.0; columns.total];
    for (column, count) in std::iter::zip(&columns.asked, counts) {
        costs[*column] = *count;
    }
    costs
}

/// A bound on people is one on whole people.
fn at_least(bound: f64) -> usize {
    let whole = (bound - 1e-4).ceil().max(0.0);
    whole.min(f64::from(u32::MAX)) as usize
}

fn settings(seed: u32) -> Settings {
    Settings {
        seed,
        absolute_gap: 0.999,
        max_nodes: Some(MAX_NODES),
        ..Settings::default()
    }
}
