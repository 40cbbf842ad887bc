//! Whether one person's off-site work finds its days (H8, H9, H12): each day of work is matched
//! with a free day of its window, one by one along augmenting paths. Where that fails, the days
//! and tasks that the search went through are themselves the proof: more work than days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::InspectorIx;
use crate::verify::posts::{HeldPost, Posts};

use super::{Facts, Task};

/// A piece of off-site work that somebody owes for a post.
#[derive(Clone, Debug)]
pub struct Owed<'p> {
    pub post: &'p HeldPost,
    pub task: Task,
    /// The days of its window on which they can work.
    pub can_work: Vec<NaiveDate>,
}

/// How one person's off-site work fares.
pub struct Placing<'p> {
    /// Work that has too few days even if they did nothing else.
    pub too_few_days: Vec<Owed<'p>>,
    /// Sets of work that together have more days than are free of on-site days: the piece that
    /// found no day comes first.
    pub crowded: Vec<Vec<Owed<'p>>>,
}

impl Facts<'_> {
    /// How `person`'s off-site work fares beside all their posts.
    pub fn placing<'p>(&self, person: InspectorIx, posts: &'p Posts) -> Placing<'p> {
        let on_site: BTreeSet<NaiveDate> = posts
            .of_person(person)
            .flat_map(|post| post.days.iter().copied())
            .collect();
        let (owed, too_few_days): (Vec<Owed>, Vec<Owed>) = posts
            .of_person(person)
            .flat_map(|post| self.tasks(post).into_iter().map(move |task| (post, task)))
            .map(|(post, task)| Owed {
                can_work: task
                    .window
                    .iter()
                    .copied()
                    .filter(|day| self.why_not_working(person, *day).is_none())
                    .collect(),
                post,
                task,
            })
            .partition(|owed| owed.can_work.len() >= owed.task.days as usize);
        let crowded = crowded_sets(&owed, &on_site)
            .into_iter()
            .map(|set| set.into_iter().map(|task| owed[task].clone()).collect())
            .collect();
        Placing {
            too_few_days,
            crowded,
        }
    }
}

/// The sets of tasks, by position, that have more days of work than free days.
fn crowded_sets(owed: &[Owed], on_site: &BTreeSet<NaiveDate>) -> Vec<Vec<usize>> {
    let free: Vec<Vec<NaiveDate>> = owed
        .iter()
        .map(|owed| {
            let days = owed.can_work.iter().copied();
            days.filter(|day| !on_site.contains(day)).collect()
        })
        .collect();
    let mut taken = BTreeMap::new();
    let mut sets = Vec::new();
    for (task, owed) in owed.iter().enumerate() {
        for _ in 0..owed.task.days {
            let mut search = Search {
                free: &free,
                taken: &mut taken,
                seen: BTreeSet::new(),
                tasks: vec![task],
            };
            if !search.place(task) {
                sets.push(search.tasks);
                break;
            }
        }
    }
    sets
}

struct Search<'s> {
    free: &'s [Vec<NaiveDate>],
    /// Which task each day is given to.
    taken: &'s mut BTreeMap<NaiveDate, usize>,
    seen: BTreeSet<NaiveDate>,
    /// The tasks that the search went through.
    tasks: Vec<usize>,
}

impl Search<'_> {
    /// Gives one more day to `task`, moving other work where that makes room.
    fn place(&mut self, task: usize) -> bool {
        let free = self.free;
        for day in &free[task] {
            if !self.seen.insert(*day) {
                continue;
            }
            let holder = self.taken.get(day).copied();
            let moved = holder.is_none_or(|holder| {
                if !self.tasks.contains(&holder) {
                    self.tasks.push(holder);
                }
                self.place(holder)
            });
            if moved {
                self.taken.insert(*day, task);
                return true;
            }
        }
        false
    }
}
