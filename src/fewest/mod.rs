//! The fewest people: of those who could be asked, how few can hold what has to be held.
//!
//! Tasks are binaries of a program that others have stated, one for each person who may hold
//! one. Here every person gets a binary of their own, 'asked'; their tasks hang on it, and
//! people who are interchangeable are asked in order. Nothing here knows of prisons: fixed tasks
//! and qualified staff are all that it takes.

mod at_once;
mod chain;
mod held;
mod pair;
mod part;
mod published;
mod search;
mod staffing;

use crate::solve::{Column, Mip, SolveError};
pub use at_once::most_at_once;
pub use published::{InstanceError, read};
pub use search::{Staffed, fewest};
pub use staffing::Staffing;

/// Somebody who can be asked.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// The columns of their tasks.
    pub tasks: Vec<usize>,
    /// Maximal sets of them of which they can hold one.
    pub exclusive: Vec<Vec<usize>>,
    /// What they can carry in all.
    pub loads: Vec<Load>,
}

/// Σ factor × task ≤ `most`.
#[derive(Clone, Debug)]
pub struct Load {
    /// Tasks with what each takes.
    pub terms: Vec<(usize, f64)>,
    /// What there is.
    pub most: f64,
}

/// Adds a binary 'asked' for each person, and returns their columns; `alike` are groups of people
/// who can do the same, as positions in `people`.
///
/// Rows: for each set of tasks that exclude each other, Σ tasks ≤ asked, which is far stronger
/// than a row a task; for each load, Σ factor × task ≤ most × asked; and of people who are
/// alike each is asked after the one before.
///
/// # Errors
/// If HiGHS fails.
pub fn add_asked(
    mip: &mut Mip,
    people: &[Person],
    alike: &[Vec<usize>],
) -> Result<Vec<usize>, SolveError> {
    let first = mip.columns();
    let one = Column {
        cost: 0.0,
        bounds: (0.0, 1.0),
        whole: true,
        terms: Vec::new(),
    };
    mip.add_columns(&vec![one; people.len()])?;
    let asked: Vec<usize> = (first..first + people.len()).collect();
    let mut rows: Vec<Vec<(usize, f64)>> = Vec::new();
    for (person, asked) in std::iter::zip(people, &asked) {
        let alone = person.tasks.iter();
        let alone = alone.filter(|task| !person.exclusive.iter().any(|set| set.contains(task)));
        let sets = person.exclusive.iter().cloned();
        for set in sets.chain(alone.map(|task| vec![*task])) {
            let terms = set.into_iter().map(|task| (task, 1.0));
            rows.push(terms.chain([(*asked, -1.0)]).collect());
        }
        for load in &person.loads {
            let terms = load.terms.iter().copied();
            rows.push(terms.chain([(*asked, -load.most)]).collect());
        }
    }
    for group in alike {
        for pair in group.windows(2) {
            rows.push(vec![(asked[pair[0]], -1.0), (asked[pair[1]], 1.0)]);
        }
    }
    let rows: Vec<_> = rows.iter().map(|terms| (0.0, &terms[..])).collect();
    mip.add_rows_at_most(&rows)?;
    Ok(asked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::{End, Settings, Stop};

    /// Five tasks with fixed times, held by the fewest of three people who can do all of them.
    #[test]
    fn fixed_tasks_take_as_many_people_as_there_are_tasks_at_once() {
        let spans = [(0, 2), (1, 3), (2, 4), (3, 5), (4, 6)];
        // Each task is held once: Σ people = 1.
        let mut mip = Mip::of_rows(&[(1.0, 1.0); 5]).unwrap();
        let people: Vec<Person> = (0..3)
            .map(|person| {
                let of = |task: usize| person * spans.len() + task;
                Person {
                    tasks: (0..5).map(of).collect(),
                    exclusive: (0..4).map(|task| vec![of(task), of(task + 1)]).collect(),
                    loads: Vec::new(),
                }
            })
            .collect();
        let held = (0..3).flat_map(|_| 0..5).map(|task| Column {
            cost: 0.0,
            bounds: (0.0, 1.0),
            whole: true,
            terms: vec![(task, 1.0)],
        });
        mip.add_columns(&held.collect::<Vec<_>>()).unwrap();
        let asked = add_asked(&mut mip, &people, &[vec![0, 1, 2]]).unwrap();
        let mut costs = vec![0.0; mip.columns()];
        asked.iter().for_each(|column| costs[*column] = 1.0);
        mip.set_costs(costs).unwrap();
        let (settings, never) = (Settings::default(), Stop::never());
        let found = mip.solve(settings, None, &never, &mut |_| {}).unwrap();
        assert_eq!(found.end, End::Proven);
        assert_eq!(found.bound.round(), most_at_once(&spans) as f64);
        let solution = found.solution.unwrap();
        let order = asked.iter().map(|column| solution[*column].round());
        assert_eq!(order.collect::<Vec<_>>(), [1.0, 1.0, 0.0]);
    }

    #[test]
    fn a_load_is_carried_by_as_many_as_it_takes() {
        // Four tasks of 3 days each, and people with 7 days.
        let mut mip = Mip::of_rows(&[(1.0, 1.0); 4]).unwrap();
        let held = (0..3).flat_map(|_| 0..4).map(|task| Column {
            cost: 0.0,
            bounds: (0.0, 1.0),
            whole: true,
            terms: vec![(task, 1.0)],
        });
        mip.add_columns(&held.collect::<Vec<_>>()).unwrap();
        let people: Vec<Person> = (0..3)
            .map(|person| {
                let tasks: Vec<usize> = (4 * person..4 * person + 4).collect();
                let terms = tasks.iter().map(|task| (*task, 3.0)).collect();
                let loads = vec![Load { terms, most: 7.0 }];
                Person {
                    tasks,
                    exclusive: Vec::new(),
                    loads,
                }
            })
            .collect();
        let asked = add_asked(&mut mip, &people, &[]).unwrap();
        let mut costs = vec![0.0; mip.columns()];
        asked.iter().for_each(|column| costs[*column] = 1.0);
        mip.set_costs(costs).unwrap();
        let (settings, never) = (Settings::default(), Stop::never());
        let found = mip.solve(settings, None, &never, &mut |_| {}).unwrap();
        assert_eq!(found.bound.round(), 2.0);
    }
}
