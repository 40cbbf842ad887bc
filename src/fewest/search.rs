//! The fewest people for fixed tasks: as many as must be there at one moment are taken, those
//! who hold most of what few can; what then nobody holds is worked in, by chains in which each
//! makes room for the next, and by sharing anew what two people hold, one of whom may be somebody
//! who was not asked. What is left for long counts more and more. Where all that gains nothing for
//! long, a part is solved exactly, and at last one more person is taken; once all is held, one
//! person fewer is tried with more patience.

use std::collections::BTreeSet;

use rand::seq::{IndexedRandom as _, SliceRandom as _};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::Staffing;
use super::chain::Chains;
use super::held::Held;
use super::pair;
use super::part::Part;
use crate::solve::{SolveError, Stop};

/// How many of the people taken are in one part at most, and how many of the others.
const IN_A_PART: usize = 14;
const OTHERS: usize = 3;
/// How many tasks they hold, about: much more, and a part takes seconds.
const TASKS_IN_A_PART: usize = 60;

/// After how many steps without anything gained a part is solved.
const PART: u32 = 20_000;

/// How many steps may gain nothing before one more person is taken, and, where that many people
/// are not needed, before the search ends.
const PATIENCE: u32 = 200_000;
const LAST_PATIENCE: u32 = 20_000_000;

/// How many steps a search that is stopped has to hold all with whoever there is.
const HURRY: u32 = 20_000;

/// Of how many pairs one has somebody in it who was not asked: more, and who is asked never settles.
const SOMEBODY_ELSE: u32 = 5;

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
    let at_least = staffing.at_least();
    let mut search = Search {
        held: Held::nothing(staffing),
        chains: Chains::new(staffing.spans.len()),
        weights: vec![1; staffing.spans.len()],
        random: ChaCha8Rng::seed_from_u64(u64::from(seed)),
        seed,
    };
    if search.held.able.iter().any(Vec::is_empty) || at_least > staffing.people.len() {
        return Ok(None);
    }
    search.take(at_least);
    while !search.work_in(PATIENCE, stop)? {
        if stop.is_set() {
            search.take(staffing.people.len());
            search.work_in(HURRY, &Stop::never())?;
            break;
        }
        if !search.take(1) {
            break;
        }
    }
    let mut best = search.staffed(at_least);
    while let Some(found) = &best
        && found.people > at_least
        && !stop.is_set()
    {
        search.drop_to(found.people - 1);
        if !search.work_in(LAST_PATIENCE, stop)? {
            break;
        }
        best = search.staffed(at_least);
    }
    Ok(best)
}

struct Search<'a> {
    held: Held<'a>,
    chains: Chains,
    /// What a task counts that nobody holds: more, the longer that is so.
    weights: Vec<u32>,
    random: ChaCha8Rng,
    seed: u32,
}

impl Search<'_> {
    /// What is found, if all is held.
    fn staffed(&self, at_least: usize) -> Option<Staffed> {
        let holders: Vec<usize> = self.held.holders.iter().copied().collect::<Option<_>>()?;
        Some(Staffed {
            people: holders.iter().collect::<BTreeSet<_>>().len(),
            holders,
            at_least,
        })
    }

    /// Takes so many people, each time the one who can hold most of what is left, what few can do
    /// counting more; whether there was anybody.
    fn take(&mut self, count: usize) -> bool {
        let people = 0..self.held.taken.len();
        let others = people.filter(|person| !self.held.taken[*person]);
        // What somebody could hold only falls as others are taken: it is found anew for those alone
        // who might still be first.
        let mut worth: Vec<(f64, usize)> = others.map(|person| (f64::INFINITY, person)).collect();
        let mut taken = 0;
        while taken < count && !worth.is_empty() {
            let by_worth = |one: &(usize, &(f64, usize)), other: &(usize, &(f64, usize))| {
                (one.1.0.total_cmp(&other.1.0)).then(other.1.1.cmp(&one.1.1))
            };
            let Some((at, (before, person))) = worth.iter().enumerate().max_by(by_worth) else {
                break;
            };
            let (before, person) = (*before, *person);
            let (now, tasks) = self.most_held(person);
            worth[at].0 = now;
            if now < before {
                continue;
            }
            worth.swap_remove(at);
            self.held.taken[person] = true;
            for task in tasks {
                self.held.give(task, person);
            }
            taken += 1;
        }
        taken > 0
    }

    /// The tasks that are left, no two at once, that count most for one person.
    fn most_held(&self, person: usize) -> (f64, Vec<usize>) {
        let held = &self.held;
        let left = held.left.iter().copied();
        let mut tasks: Vec<usize> = left
            .filter(|task| held.may[person].contains(*task))
            .collect();
        let span = |task: usize| held.staffing.spans[task];
        tasks.sort_unstable_by_key(|task| (span(*task).1, *task));
        // best[n]: the most of the first n tasks by their ends; before[n]: how many of them end
        // before the n-th begins.
        let mut best = vec![0.0_f64; tasks.len() + 1];
        let mut before = vec![0; tasks.len()];
        for (at, task) in tasks.iter().enumerate() {
            before[at] = tasks[..at].partition_point(|other| span(*other).1 <= span(*task).0);
            let able = held.able[*task].len() as f64;
            let worth = f64::from(self.weights[*task]) * (1.0 + 4.0 / able);
            best[at + 1] = best[at].max(best[before[at]] + worth);
        }
        let (mut most, mut at) = (Vec::new(), tasks.len());
        while at > 0 {
            if best[at] > best[at - 1] {
                most.push(tasks[at - 1]);
                at = before[at - 1];
            } else {
                at -= 1;
            }
        }
        (best[tasks.len()], most)
    }

    /// Asks so many people only: those go whose tasks weigh least.
    fn drop_to(&mut self, most: usize) {
        let weight = |person: &usize| -> u32 {
            let line = self.held.lines[*person].iter();
            line.map(|task| self.weights[*task]).sum()
        };
        let people = 0..self.held.taken.len();
        let mut taken: Vec<usize> = people.filter(|person| self.held.taken[*person]).collect();
        taken.sort_by_key(|person| std::cmp::Reverse(weight(person)));
        for person in taken.drain(most..) {
            self.held.drop(person);
        }
    }

    /// Works in what is left until so many steps have gained nothing; whether all is held in the
    /// end.
    fn work_in(&mut self, patience: u32, stop: &Stop) -> Result<bool, SolveError> {
        let (mut fewest, mut idle) = (self.held.left.len(), 0);
        while idle < patience && !stop.is_set() {
            let Some(focus) = self.held.left.choose(&mut self.random).copied() else {
                return Ok(true);
            };
            idle += 1;
            if idle % PART == 0 {
                self.solve_around(focus, stop)?;
            } else if idle % 2 == 0 {
                self.share_with(focus);
            } else if !(self.chains).work_in(focus, &mut self.held, &self.weights, &mut self.random)
            {
                self.weights[focus] += 1;
            }
            if self.held.left.len() < fewest {
                (fewest, idle) = (self.held.left.len(), 0);
            }
        }
        Ok(self.held.left.is_empty())
    }

    /// Shares what somebody who may do `focus` and somebody else hold.
    fn share_with(&mut self, focus: usize) {
        let random = &mut self.random;
        let people = 0..self.held.taken.len();
        let (taken, others): (Vec<usize>, Vec<usize>) =
            people.partition(|person| self.held.taken[*person]);
        let may = |person: &&usize| self.held.may[**person].contains(focus);
        let able: Vec<usize> = taken.iter().filter(may).copied().collect();
        let one = able.choose(random).or_else(|| taken.choose(random));
        let Some(one) = one.copied() else { return };
        let rest: Vec<usize> = taken.into_iter().filter(|person| *person != one).collect();
        let Some(other) = rest.choose(random).copied() else {
            return;
        };
        let (old, mut new) = ([one, other], [one, other]);
        if random.random_ratio(1, SOMEBODY_ELSE)
            && let Some(third) = others.choose(random)
        {
            new[random.random_range(0..2)] = *third;
        }
        pair::share(old, new, &mut self.held, &self.weights, random);
    }

    /// Solves exactly what is left and a part of what is held, for some who may do `focus` and some
    /// who may not, few of whom are asked only then.
    fn solve_around(&mut self, focus: usize, stop: &Stop) -> Result<(), SolveError> {
        let held = &self.held;
        let may = |person: &usize| held.may[*person].contains(focus);
        let people = 0..held.taken.len();
        let (taken, others): (Vec<usize>, Vec<usize>) =
            people.partition(|person| held.taken[*person]);
        let (mut able, mut unable): (Vec<usize>, Vec<usize>) = taken.into_iter().partition(may);
        let mut spare: Vec<usize> = others.into_iter().filter(may).collect();
        able.shuffle(&mut self.random);
        unable.shuffle(&mut self.random);
        spare.shuffle(&mut self.random);
        let each = held.holders.len() / held.staffing.at_least().max(1);
        let size = (TASKS_IN_A_PART / each.max(1)).clamp(2, IN_A_PART);
        // Half of them may do the task that is left; the others, whoever it is.
        unable.extend(able.split_off(able.len().min(size.div_ceil(2))));
        unable.shuffle(&mut self.random);
        let room = size - able.len();
        let mut chosen = able;
        chosen.extend(unable.into_iter().take(room));
        let most = chosen.len();
        chosen.extend(spare.into_iter().take(OTHERS));
        let theirs = chosen.iter().flat_map(|person| &held.lines[*person]);
        let tasks: Vec<(usize, f64)> = (held.left.iter().chain(theirs))
            .map(|task| (*task, f64::from(self.weights[*task])))
            .collect();
        let now: Vec<_> = tasks.iter().map(|(task, _)| held.holders[*task]).collect();
        let part = Part {
            staffing: held.staffing,
            people: &chosen,
            most,
            tasks: &tasks,
        };
        let random = &mut self.random;
        let mut charge = || CHARGE * random.random::<f64>();
        let holders = part.solve(&now, self.seed, &mut charge, stop)?;
        // Who holds nothing may make room for somebody else who does now.
        let busy: BTreeSet<usize> = holders.iter().flatten().copied().collect();
        let free = most.saturating_sub(busy.len());
        let mut idle: Vec<usize> = chosen
            .iter()
            .copied()
            .filter(|who| !busy.contains(who))
            .collect();
        idle.sort_by_key(|who| !self.held.taken[*who]);
        let kept: BTreeSet<usize> = busy
            .into_iter()
            .chain(idle.into_iter().take(free))
            .collect();
        for person in chosen {
            self.held.drop(person);
            self.held.taken[person] = kept.contains(&person);
        }
        for ((task, _), holder) in std::iter::zip(&tasks, &holders) {
            if let Some(holder) = holder {
                self.held.give(*task, *holder);
            }
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
