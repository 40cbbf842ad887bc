//! The fewest people for fixed tasks: as many as must be there at one moment are taken, those
//! who hold most of what few can; what then nobody holds is worked in. Mostly, who holds what at
//! one moment is matched anew; now and then a part is solved exactly, which may take somebody
//! else, too. What is left for long counts more and more. Where all that fails for long, one more
//! person is taken.

use std::collections::BTreeSet;

use fixedbitset::FixedBitSet;
use pathfinding::prelude::{Matrix, kuhn_munkres};
use rand::seq::{IndexedRandom as _, SliceRandom as _};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::Staffing;
use super::part::Part;
use crate::solve::{SolveError, Stop};

/// How many of the people taken are in one part at most, and how many of the others.
const IN_A_PART: usize = 14;
const OTHERS: usize = 3;
/// How many tasks they hold, about: much more, and a part takes seconds.
const TASKS_IN_A_PART: usize = 60;

/// After how many moments a part is solved.
const MOMENTS: u32 = 10;

/// How many parts may be solved without anything gained before one more person is taken.
const PATIENCE: u32 = 300;

/// By how much a task counts more each time that it is left.
const MORE: f64 = 0.05;

/// What telling equally good ways apart may cost.
const CHARGE: f64 = 1e-3;

/// Who does what, and what is proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staffed {
    /// Who holds each task.
    pub holders: Vec<usize>,
    /// How many people that are.
    pub people: usize,
    /// No fewer people can hold all tasks.
    pub at_least: usize,
}

/// The fewest people that are found; nothing where nobody may do some task, or it was stopped
/// before all were held. The same seed gives the same.
///
/// # Errors
/// If HiGHS fails.
pub fn fewest(staffing: &Staffing, seed: u32, stop: &Stop) -> Result<Option<Staffed>, SolveError> {
    let mut able = vec![0_u32; staffing.spans.len()];
    for task in staffing.people.iter().flatten() {
        able[*task] += 1;
    }
    if able.contains(&0) {
        return Ok(None);
    }
    let may = staffing.people.iter().map(|tasks| {
        let mut may = FixedBitSet::with_capacity(staffing.spans.len());
        may.extend(tasks.iter().copied());
        may
    });
    let may = may.collect();
    let mut search = Search {
        staffing,
        taken: vec![false; staffing.people.len()],
        holders: vec![None; staffing.spans.len()],
        weights: vec![1.0; staffing.spans.len()],
        able,
        may,
        random: ChaCha8Rng::seed_from_u64(u64::from(seed)),
        seed,
    };
    let at_least = staffing.at_least();
    if at_least > staffing.people.len() {
        return Ok(None);
    }
    for _ in 0..at_least {
        search.take_one();
    }
    while !search.left().is_empty() {
        if !search.work_in(stop)? && !search.take_one() {
            return Ok(None);
        }
        if stop.is_set() && !search.left().is_empty() {
            while !search.left().is_empty() && search.take_one() {}
            break;
        }
    }
    let holders: Option<Vec<usize>> = search.holders.into_iter().collect();
    Ok(holders.map(|holders| Staffed {
        people: holders.iter().collect::<BTreeSet<_>>().len(),
        holders,
        at_least,
    }))
}

struct Search<'a> {
    staffing: &'a Staffing,
    /// Who is asked, whether or not they hold anything.
    taken: Vec<bool>,
    /// Who holds each task.
    holders: Vec<Option<usize>>,
    /// What a task counts that nobody holds: more, the longer that is so.
    weights: Vec<f64>,
    /// How many people may do each task.
    able: Vec<u32>,
    /// Which tasks each person may do.
    may: Vec<FixedBitSet>,
    random: ChaCha8Rng,
    seed: u32,
}

impl Search<'_> {
    fn left(&self) -> Vec<usize> {
        let tasks = self.holders.iter().enumerate();
        let left = tasks.filter(|(_, holder)| holder.is_none());
        left.map(|(task, _)| task).collect()
    }

    /// Takes the person who can hold most of what is left, what few can do counting more; whether
    /// there was one.
    fn take_one(&mut self) -> bool {
        let people = 0..self.staffing.people.len();
        let others = people.filter(|person| !self.taken[*person]);
        let best = others
            .map(|person| {
                let (worth, tasks) = self.most_held(person);
                (worth, std::cmp::Reverse(person), tasks)
            })
            .max_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let Some((_, std::cmp::Reverse(person), tasks)) = best else {
            return false;
        };
        self.taken[person] = true;
        for task in tasks {
            self.holders[task] = Some(person);
        }
        true
    }

    /// The tasks that are left, no two at once, that count most for one person.
    fn most_held(&self, person: usize) -> (f64, Vec<usize>) {
        let tasks = self.staffing.people[person].iter().copied();
        let mut tasks: Vec<usize> = tasks.filter(|task| self.holders[*task].is_none()).collect();
        let span = |task: usize| self.staffing.spans[task];
        tasks.sort_by_key(|task| (span(*task).1, *task));
        // best[n]: the most of the first n tasks by their ends; from: whether the n-th is in it.
        let mut best = vec![0.0_f64; tasks.len() + 1];
        let mut before = vec![0; tasks.len()];
        for (at, task) in tasks.iter().enumerate() {
            before[at] = tasks[..at].partition_point(|other| span(*other).1 <= span(*task).0);
            let worth = self.weights[*task] * (1.0 + 4.0 / f64::from(self.able[*task]));
            best[at + 1] = best[at].max(best[before[at]] + worth);
        }
        let (mut held, mut at) = (Vec::new(), tasks.len());
        while at > 0 {
            if best[at] > best[at - 1] {
                held.push(tasks[at - 1]);
                at = before[at - 1];
            } else {
                at -= 1;
            }
        }
        (best[tasks.len()], held)
    }

    /// Works in what is left, part after part; whether all is held in the end.
    fn work_in(&mut self, stop: &Stop) -> Result<bool, SolveError> {
        let (mut fewest, mut idle) = (self.left().len(), 0);
        while idle < PATIENCE * (MOMENTS + 1) && !stop.is_set() {
            let left = self.left();
            let Some(focus) = left.choose(&mut self.random).copied() else {
                return Ok(true);
            };
            idle += 1;
            if idle % (MOMENTS + 1) == 0 {
                self.solve_around(focus, &left, stop)?;
            } else {
                self.match_around(focus);
            }
            let now = self.left();
            for task in &now {
                self.weights[*task] += MORE;
            }
            if now.len() < fewest {
                (fewest, idle) = (now.len(), 0);
            }
        }
        Ok(self.left().is_empty())
    }

    /// At one moment of a task: of those taken, who holds which of all that runs then is settled
    /// anew, such that what counts most is held; all else that they hold is kept.
    fn match_around(&mut self, focus: usize) {
        let spans = &self.staffing.spans;
        let (from, to) = spans[focus];
        let starts = spans.iter().map(|span| span.0);
        let moments: Vec<i64> = starts.filter(|start| (from..to).contains(start)).collect();
        let Some(moment) = moments.choose(&mut self.random).copied() else {
            return;
        };
        let runs = |task: &usize| spans[*task].0 <= moment && moment < spans[*task].1;
        let running: Vec<usize> = (0..spans.len()).filter(runs).collect();
        let people = 0..self.staffing.people.len();
        let people: Vec<usize> = people.filter(|person| self.taken[*person]).collect();
        let mut kept = vec![Vec::new(); self.staffing.people.len()];
        for (task, holder) in self.holders.iter().enumerate() {
            if let Some(holder) = holder.filter(|_| !runs(&task)) {
                kept[holder].push(task);
            }
        }
        let worth = Matrix::from_fn(running.len(), people.len(), |(row, column)| {
            let (task, person) = (running[row], people[column]);
            let is_free = || {
                !kept[person]
                    .iter()
                    .any(|other| self.staffing.clash(task, *other))
            };
            if self.may[person].contains(task) && is_free() {
                // Ways that count the same are told apart at random.
                (self.weights[task] * 1000.0) as i64 + self.random.random_range(0..50)
            } else {
                0
            }
        });
        let (_, matched) = kuhn_munkres(&worth);
        for (row, column) in matched.into_iter().enumerate() {
            let holds = *worth.get((row, column)).unwrap_or(&0) > 0;
            self.holders[running[row]] = holds.then(|| people[column]);
        }
    }

    fn solve_around(
        &mut self,
        focus: usize,
        left: &[usize],
        stop: &Stop,
    ) -> Result<(), SolveError> {
        let may = |person: &usize| self.may[*person].contains(focus);
        let people = 0..self.staffing.people.len();
        let (taken, others): (Vec<usize>, Vec<usize>) =
            people.partition(|person| self.taken[*person]);
        let (mut able, mut unable): (Vec<usize>, Vec<usize>) = taken.into_iter().partition(may);
        let mut spare: Vec<usize> = others.into_iter().filter(may).collect();
        able.shuffle(&mut self.random);
        unable.shuffle(&mut self.random);
        spare.shuffle(&mut self.random);
        let each = self.holders.len() / self.staffing.at_least().max(1);
        let size = (TASKS_IN_A_PART / each.max(1)).clamp(2, IN_A_PART);
        // Half of them may do the task that is left; the others, whoever it is.
        unable.extend(able.split_off(able.len().min(size.div_ceil(2))));
        unable.shuffle(&mut self.random);
        let room = size - able.len();
        let mut chosen = able;
        chosen.extend(unable.into_iter().take(room));
        let most = chosen.len();
        chosen.extend(spare.into_iter().take(OTHERS));
        let is_theirs = |task: &usize| self.holders[*task].is_some_and(|who| chosen.contains(&who));
        let held = (0..self.holders.len()).filter(is_theirs);
        let tasks: Vec<(usize, f64)> = left
            .iter()
            .copied()
            .chain(held)
            .map(|task| (task, self.weights[task]))
            .collect();
        let now: Vec<_> = tasks.iter().map(|(task, _)| self.holders[*task]).collect();
        let part = Part {
            staffing: self.staffing,
            people: &chosen,
            most,
            tasks: &tasks,
        };
        let random = &mut self.random;
        let mut charge = || CHARGE * random.random::<f64>();
        let holders = part.solve(&now, self.seed, &mut charge, stop)?;
        for ((task, _), holder) in std::iter::zip(&tasks, &holders) {
            self.holders[*task] = *holder;
        }
        // Who holds nothing may make room for somebody else who does now.
        let busy: BTreeSet<usize> = holders.iter().flatten().copied().collect();
        let free = most.saturating_sub(busy.len());
        let mut idle: Vec<usize> = chosen
            .iter()
            .copied()
            .filter(|who| !busy.contains(who))
            .collect();
        idle.sort_by_key(|who| !self.taken[*who]);
        let kept: BTreeSet<usize> = busy
            .into_iter()
            .chain(idle.into_iter().take(free))
            .collect();
        for person in chosen {
            self.taken[person] = kept.contains(&person);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_tasks_are_held_by_who_may_and_nobody_is_in_two_places() {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        for _ in 0..20 {
            let spans: Vec<(i64, i64)> = (0..30)
                .map(|_| {
                    let start = random.random_range(0..100);
                    (start, start + random.random_range(5..40))
                })
                .collect();
            let people: Vec<Vec<usize>> = (0..20)
                .map(|_| (0..30).filter(|_| random.random_bool(0.6)).collect())
                .collect();
            let staffing = Staffing { spans, people };
            let found = fewest(&staffing, 1, &Stop::never()).unwrap();
            let Some(found) = found else { continue };
            assert!(found.people >= found.at_least);
            for (task, holder) in found.holders.iter().enumerate() {
                assert!(staffing.people[*holder].contains(&task));
                let mut others = found.holders.iter().enumerate().skip(task + 1);
                assert!(!others.any(|(other, who)| who == holder && staffing.clash(task, other)));
            }
            assert_eq!(fewest(&staffing, 1, &Stop::never()).unwrap(), Some(found));
        }
    }

    #[test]
    fn a_task_that_nobody_may_do_can_not_be_staffed() {
        let staffing = Staffing {
            spans: vec![(0, 1), (0, 2)],
            people: vec![vec![0], vec![0]],
        };
        assert_eq!(fewest(&staffing, 0, &Stop::never()).unwrap(), None);
    }
}
