//! Whole-number programs, and HiGHS's answer to them, held against the rows in whole numbers.

use std::time::Duration;

use highs::{HighsModelStatus, RowProblem, Sense};

/// After so long a question is left open.
const PATIENCE: Duration = Duration::from_secs(600);

/// A row: terms of columns, and the least and the most that their sum may be.
#[derive(Clone, Debug)]
pub struct Line {
    pub terms: Vec<(usize, i64)>,
    pub low: i64,
    pub high: i64,
}

/// Columns that are whole numbers from 0, and rows.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The most each may be, and what each costs.
    pub columns: Vec<(i64, i64)>,
    pub lines: Vec<Line>,
}

/// What came of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The columns of a cheapest solution.
    Found(Vec<i64>),
    /// There is none.
    None,
    /// Neither was shown in time.
    Open,
}

impl Program {
    pub fn column(&mut self, most: i64, cost: i64) -> usize {
        self.columns.push((most, cost));
        self.columns.len() - 1
    }

    pub fn line(&mut self, terms: Vec<(usize, i64)>, low: i64, high: i64) {
        self.lines.push(Line { terms, low, high });
    }

    pub fn equal(&mut self, terms: Vec<(usize, i64)>, value: i64) {
        self.line(terms, value, value);
    }

    /// What the solution costs.
    pub fn cost(&self, solution: &[i64]) -> i64 {
        let columns = self.columns.iter().zip(solution);
        columns.map(|((_, cost), value)| cost * value).sum()
    }

    /// Solves it.
    pub fn solve(&self) -> Answer {
        let is_open = |line: &Line| line.low <= 0 && 0 <= line.high;
        let (empty, lines): (Vec<&Line>, Vec<&Line>) =
            self.lines.iter().partition(|line| line.terms.is_empty());
        if !empty.into_iter().all(is_open) {
            return Answer::None;
        }
        if self.columns.is_empty() {
            return Answer::Found(Vec::new());
        }
        let mut problem = RowProblem::default();
        let columns: Vec<_> = self
            .columns
            .iter()
            .map(|(most, cost)| problem.add_integer_column(*cost as f64, 0.0..=*most as f64))
            .collect();
        for line in lines {
            let terms = line.terms.iter();
            let terms: Vec<_> = terms
                .map(|(column, factor)| (columns[*column], *factor as f64))
                .collect();
            problem.add_row(line.low as f64..=line.high as f64, terms);
        }
        let mut model = problem.optimise(Sense::Minimise);
        model.make_quiet();
        model.set_option("threads", 1);
        model.set_option("time_limit", PATIENCE.as_secs_f64());
        // All costs are whole numbers.
        model.set_option("mip_abs_gap", 0.5);
        model.set_option("mip_rel_gap", 0.0);
        let solved = model.solve();
        match solved.status() {
            HighsModelStatus::Infeasible => Answer::None,
            HighsModelStatus::Optimal => {
                let solution = solved.get_solution();
                let values = solution.columns().iter();
                let values: Vec<i64> = values.map(|value| value.round() as i64).collect();
                self.check(&values);
                Answer::Found(values)
            }
            _ => Answer::Open,
        }
    }

    fn check(&self, values: &[i64]) {
        for ((most, _), value) in self.columns.iter().zip(values) {
            assert!(0 <= *value && value <= most, "HiGHS oversteps a bound");
        }
        for line in &self.lines {
            let sum = line.terms.iter();
            let sum: i64 = sum.map(|(column, factor)| values[*column] * factor).sum();
            assert!(line.low <= sum && sum <= line.high, "HiGHS breaks a row");
        }
    }
}
