use good_lp::{Expression, ProblemVariables, SolverModel, Variable, constraint, variable};

use super::*;

/// A knapsack: the greatest worth that weighs at most 10, as a minimisation.
fn knapsack(weights: &[f64], worths: &[f64]) -> Mip {
    let mut variables = ProblemVariables::new();
    let taken: Vec<Variable> = weights
        .iter()
        .map(|_| variables.add(variable().binary()))
        .collect();
    let sum = |factors: &[f64]| -> Expression {
        std::iter::zip(&taken, factors)
            .map(|(taken, factor)| *factor * *taken)
            .sum()
    };
    let weight = sum(weights);
    let rows = variables
        .minimise(0)
        .using(good_lp::highs)
        .with(constraint!(weight <= 10.0));
    let mut mip = Mip::new(rows).unwrap();
    mip.set_costs(worths.iter().map(|worth| -worth).collect())
        .unwrap();
    mip
}

fn run(mip: &mut Mip, start: Option<&[f64]>) -> Outcome {
    mip.solve(Settings::default(), start, &Stop::never(), &mut |_| {})
        .unwrap()
}

#[test]
fn an_optimum_comes_with_its_bound() {
    let outcome = run(&mut knapsack(&[5.0, 4.0, 6.0], &[10.0, 40.0, 30.0]), None);
    assert_eq!(outcome.end, End::Proven);
    assert_eq!(outcome.bound, -70.0);
    assert_eq!(outcome.solution.unwrap(), [0.0, 1.0, 1.0]);
}

#[test]
fn another_objective_and_another_row_go_onto_the_live_model() {
    let mut mip = knapsack(&[5.0, 4.0, 6.0], &[10.0, 40.0, 30.0]);
    let start = run(&mut mip, None).solution.unwrap();
    mip.add_row_at_most(1.0, &[(1, 1.0), (2, 1.0)]).unwrap();
    mip.set_costs(vec![-1.0, -1.5, -3.0]).unwrap();
    let outcome = run(&mut mip, Some(&start));
    assert_eq!(outcome.bound, -3.0);
    assert_eq!(mip.rows(), 2);
}

#[test]
fn what_has_no_solution_says_so() {
    let mut mip = knapsack(&[5.0, 4.0, 6.0], &[10.0, 40.0, 30.0]);
    mip.add_row_at_most(-1.0, &[(0, 1.0)]).unwrap();
    let outcome = run(&mut mip, None);
    assert_eq!(outcome.end, End::Infeasible);
    assert!(outcome.solution.is_none());
}

#[test]
fn a_stop_ends_the_run_and_the_next_one_is_free_of_it() {
    // Market-split rows: hard to solve for their size.
    let mut variables = ProblemVariables::new();
    let taken: Vec<Variable> = (0..40)
        .map(|_| variables.add(variable().binary()))
        .collect();
    let row = |seed: usize| -> Expression {
        taken
            .iter()
            .enumerate()
            .map(|(i, x)| ((i * i * 7919 + seed * 104_729 * i) % 97) as f64 * *x)
            .sum()
    };
    let slack = variables.add(variable().min(0.0));
    let mut problem = variables.minimise(0).using(good_lp::highs);
    for seed in 1..5 {
        problem.add_constraint(constraint!(row(seed) - slack <= 901.0));
        problem.add_constraint(constraint!(row(seed) + slack >= 901.0));
    }
    let mut mip = Mip::new(problem).unwrap();
    let mut costs = vec![0.0; 41];
    costs[40] = 1.0;
    mip.set_costs(costs).unwrap();
    let stop = Stop::never();
    stop.set();
    let outcome = mip
        .solve(Settings::default(), None, &stop, &mut |_| {})
        .unwrap();
    assert_eq!(outcome.end, End::Stopped);
    let few = Settings {
        max_nodes: Some(3),
        ..Settings::default()
    };
    let outcome = mip.solve(few, None, &Stop::never(), &mut |_| {}).unwrap();
    assert_eq!(outcome.end, End::Limit);
    assert!(outcome.bound >= 0.0);
}

#[test]
fn the_same_seed_gives_the_same_solution() {
    let weights: Vec<f64> = (0..30).map(|i| f64::from(1 + i * 7 % 5)).collect();
    let solve = || run(&mut knapsack(&weights, &weights), None).solution;
    assert_eq!(solve(), solve());
}

#[test]
fn better_solutions_are_heard_of_on_the_way() {
    let mut mip = knapsack(&[5.0, 4.0, 6.0], &[10.0, 40.0, 30.0]);
    let mut heard = Vec::new();
    let mut hear = |progress: Progress<'_>| {
        if let Progress::Better { solution } = progress {
            heard.push(solution.to_vec());
        }
    };
    let outcome = mip
        .solve(
            Settings::default(),
            Some(&[1.0, 0.0, 0.0]),
            &Stop::never(),
            &mut hear,
        )
        .unwrap();
    assert_eq!(heard.last(), outcome.solution.as_ref());
}

#[test]
fn fixed_columns_stay_where_they_are_until_they_are_freed() {
    let mut mip = knapsack(&[5.0, 4.0, 6.0], &[10.0, 40.0, 30.0]);
    mip.set_bounds(0, &[(1.0, 1.0), (0.0, 1.0), (0.0, 1.0)])
        .unwrap();
    assert_eq!(run(&mut mip, None).bound, -50.0);
    mip.set_bounds(0, &[(0.0, 1.0)]).unwrap();
    assert_eq!(run(&mut mip, None).bound, -70.0);
}

#[test]
fn a_relaxation_has_prices_and_takes_further_columns() {
    // At least 3 of something that costs 2 each, at most 2 of which come of one column.
    let mut mip = Mip::of_rows(&[(3.0, f64::INFINITY)]).unwrap();
    let column = |cost, most| Column {
        cost,
        bounds: (0.0, most),
        whole: true,
        terms: vec![(0, 1.0)],
    };
    mip.add_column(&column(2.0, 10.0)).unwrap();
    let relaxed = mip.relax(&Stop::never()).unwrap().unwrap();
    assert_eq!((relaxed.value, relaxed.prices), (6.0, vec![2.0]));
    assert_eq!(mip.add_column(&column(1.0, 2.0)).unwrap(), 1);
    let relaxed = mip.relax(&Stop::never()).unwrap().unwrap();
    assert_eq!((relaxed.value, relaxed.columns), (4.0, vec![1.0, 2.0]));
}

#[test]
fn rows_are_read_as_they_were_stated() {
    let mut mip = knapsack(&[5.0, 4.0, 6.0], &[10.0, 40.0, 30.0]);
    mip.add_row_at_most(1.0, &[(1, 1.0), (2, 1.0)]).unwrap();
    let rows = mip.first_rows(2).unwrap();
    assert_eq!(rows[0].terms, [(0, 5.0), (1, 4.0), (2, 6.0)]);
    assert_eq!((rows[1].upper, rows[1].terms.len()), (1.0, 2));
    assert!(rows[1].lower.is_infinite());
    assert!(mip.first_rows(0).unwrap().is_empty());
}

#[test]
fn a_target_ends_a_run() {
    let mut mip = knapsack(&[5.0, 4.0, 6.0], &[10.0, 40.0, 30.0]);
    let settings = Settings {
        target: -1.0,
        ..Settings::default()
    };
    let outcome = mip
        .solve(settings, None, &Stop::never(), &mut |_| {})
        .unwrap();
    assert!(outcome.reported <= -1.0 && outcome.end != End::Failed);
}
