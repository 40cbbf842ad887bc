//! A task that is left is given to somebody who holds one task in its way, that one to somebody
//! else, and so on: the shortest chain at whose end somebody is free.

use rand::{Rng, RngExt as _};

use super::held::Held;

/// A task that a chain reaches.
struct Reached {
    task: usize,
    /// Whose way it stands in (a position among the reached), and who holds it; nothing for the
    /// task that is left.
    from: Option<(usize, usize)>,
}

/// What chains need beside the staffing.
pub(super) struct Chains {
    reached: Vec<Reached>,
    /// In which round each task was reached last.
    last: Vec<u32>,
    round: u32,
}

impl Chains {
    pub(super) fn new(tasks: usize) -> Self {
        Self {
            reached: Vec::new(),
            last: vec![0; tasks],
            round: 0,
        }
    }

    /// Works in `focus`, and returns whether nothing else is left instead; otherwise what weighs
    /// least of all that chains reach is.
    pub(super) fn work_in(
        &mut self,
        focus: usize,
        held: &mut Held<'_>,
        weights: &[u32],
        random: &mut impl Rng,
    ) -> bool {
        if let Some((at, person)) = self.reach(focus, held, random) {
            self.shift(at, person, held);
            return true;
        }
        let others = &self.reached[1..];
        let least = others.iter().map(|reached| weights[reached.task]).min();
        let lightest = (1..self.reached.len())
            .filter(|at| Some(weights[self.reached[*at].task]) == least)
            .collect::<Vec<_>>();
        if lightest.is_empty() {
            make_room(focus, held, weights, random);
        } else {
            let at = lightest[random.random_range(0..lightest.len())];
            let Reached { task, from } = self.reached[at];
            held.free(task);
            if let Some((before, person)) = from {
                self.shift(before, person, held);
            }
        }
        false
    }

    /// Everything that chains from `focus` reach, or, as soon as one is found, where the chain ends
    /// that somebody is free for.
    fn reach(
        &mut self,
        focus: usize,
        held: &Held<'_>,
        random: &mut impl Rng,
    ) -> Option<(usize, usize)> {
        self.round += 1;
        self.reached.clear();
        self.reached.push(Reached {
            task: focus,
            from: None,
        });
        self.last[focus] = self.round;
        let mut at = 0;
        while at < self.reached.len() {
            let task = self.reached[at].task;
            let able = &held.able[task];
            // From anywhere, so that no person is asked first always.
            let (before, after) = able.split_at(random.random_range(0..able.len()));
            for person in after.iter().chain(before).copied() {
                if !held.taken[person] {
                    continue;
                }
                let clashing = held.clashing(person, task);
                if clashing.len() > 1 {
                    continue;
                }
                let other = clashing.clone().next().map(|at| held.lines[person][at]);
                let is_known = other.is_some_and(|other| self.last[other] == self.round);
                // Once more on the same chain, a person's line would not be what it is now.
                if is_known || self.path(at).any(|holder| holder == person) {
                    continue;
                }
                let Some(other) = other else {
                    return Some((at, person));
                };
                self.last[other] = self.round;
                self.reached.push(Reached {
                    task: other,
                    from: Some((at, person)),
                });
            }
            at += 1;
        }
        None
    }

    /// The people whose lines the chain to `at` changes.
    fn path(&self, at: usize) -> impl Iterator<Item = usize> {
        let steps = std::iter::successors(self.reached[at].from, |(at, _)| self.reached[*at].from);
        steps.map(|(_, person)| person)
    }

    /// Gives the task at `at` to `person`, the one before it to who held that, up to the first.
    fn shift(&self, mut at: usize, mut person: usize, held: &mut Held<'_>) {
        loop {
            let Reached { task, from } = self.reached[at];
            held.give(task, person);
            match from {
                Some(before) => (at, person) = before,
                None => return,
            }
        }
    }
}

/// Gives a task to whom it costs least, and frees all that is in its way.
fn make_room(task: usize, held: &mut Held<'_>, weights: &[u32], random: &mut impl Rng) {
    let able = held.able[task].iter().copied();
    let costs = able.filter(|person| held.taken[*person]).map(|person| {
        let clashing = &held.lines[person][held.clashing(person, task)];
        let cost: u32 = clashing.iter().map(|other| weights[*other]).sum();
        (cost, random.random::<u32>(), person)
    });
    if let Some((_, _, person)) = costs.min() {
        let in_the_way = held.lines[person][held.clashing(person, task)].to_vec();
        for other in in_the_way {
            held.free(other);
        }
        held.give(task, person);
    }
}
