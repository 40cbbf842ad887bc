//! A part of a staffing, solved exactly: some people, some tasks, and at most so many of the
//! people. What a task costs that nobody holds is its weight.

use super::{Person, Staffing, add_asked};
use crate::solve::{Column, Mip, Settings, SolveError, Stop};

/// How far a part is searched.
const NODES: u32 = 100;

/// Some people and tasks of a staffing.
pub(super) struct Part<'a> {
    pub(super) staffing: &'a Staffing,
    /// Who may be asked.
    pub(super) people: &'a [usize],
    /// How many of them at most.
    pub(super) most: usize,
    /// What is to be held, with what it costs if it is not.
    pub(super) tasks: &'a [(usize, f64)],
}

impl Part<'_> {
    /// Who holds each of the tasks, in their order, beginning from who holds them now; `charge`
    /// is what it costs that a person holds a task, and tells equally good ways apart.
    pub(super) fn solve(
        &self,
        now: &[Option<usize>],
        seed: u32,
        charge: &mut dyn FnMut() -> f64,
        stop: &Stop,
    ) -> Result<Vec<Option<usize>>, SolveError> {
        // A row a task: Σ people + nobody = 1; then one for how many are asked.
        let mut rows = vec![(1.0, 1.0); self.tasks.len()];
        rows.push((f64::NEG_INFINITY, self.most as f64));
        let mut mip = Mip::of_rows(&rows)?;
        let mut columns: Vec<Column> = Vec::new();
        let mut start = Vec::new();
        for (row, (_, weight)) in self.tasks.iter().enumerate() {
            columns.push(binary(*weight, row));
            start.push(f64::from(u8::from(now[row].is_none())));
        }
        let mut position = vec![None; self.staffing.spans.len()];
        for (row, (task, _)) in self.tasks.iter().enumerate() {
            position[*task] = Some(row);
        }
        let mut held = Vec::new();
        let mut people = Vec::new();
        for person in self.people {
            let tasks = self.staffing.people[*person].iter();
            let theirs: Vec<usize> = tasks
                .copied()
                .filter(|task| position[*task].is_some())
                .collect();
            let first = columns.len();
            for task in &theirs {
                let Some(row) = position[*task] else { continue };
                columns.push(binary(charge(), row));
                start.push(f64::from(u8::from(now[row] == Some(*person))));
                held.push((columns.len() - 1, row, *person));
            }
            let column = |task: &usize| {
                let at = theirs.iter().position(|other| other == task);
                first + at.unwrap_or_default()
            };
            let sets = self.staffing.at_once(&theirs);
            people.push(Person {
                tasks: (first..columns.len()).collect(),
                exclusive: sets
                    .iter()
                    .map(|set| set.iter().map(column).collect())
                    .collect(),
                loads: Vec::new(),
            });
        }
        mip.add_columns(&columns)?;
        let asked = add_asked(&mut mip, &people, &[])?;
        let count: Vec<_> = asked.iter().map(|column| (*column, 1.0)).collect();
        mip.add_row_at_most(self.most as f64, &count)?;
        for (person, _) in std::iter::zip(self.people, &asked) {
            start.push(f64::from(u8::from(now.contains(&Some(*person)))));
        }
        let settings = Settings {
            seed,
            absolute_gap: 0.05,
            target: 0.5,
            max_nodes: Some(NODES),
            ..Settings::default()
        };
        let found = mip.solve(settings, Some(&start), stop, &mut |_| {})?;
        let mut holders = now.to_vec();
        if let Some(solution) = found.solution {
            holders.fill(None);
            for (column, row, person) in held {
                if solution[column] > 0.5 {
                    holders[row] = Some(person);
                }
            }
        }
        Ok(holders)
    }
}

fn binary(cost: f64, row: usize) -> Column {
    Column {
        cost,
        bounds: (0.0, 1.0),
        whole: true,
        terms: vec![(row, 1.0)],
    }
}
