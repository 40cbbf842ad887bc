//! Who holds what while it is searched.

use std::ops::Range;

use fixedbitset::FixedBitSet;

use super::Staffing;

/// A staffing in the making: nobody is at two tasks at once or at one that they may not do.
pub(super) struct Held<'a> {
    pub(super) staffing: &'a Staffing,
    /// Who is asked, whether or not they hold anything.
    pub(super) taken: Vec<bool>,
    /// Who holds each task.
    pub(super) holders: Vec<Option<usize>>,
    /// What each person holds, in order of time.
    pub(super) lines: Vec<Vec<usize>>,
    /// What nobody holds.
    pub(super) left: Vec<usize>,
    /// Who may do each task.
    pub(super) able: Vec<Vec<usize>>,
    /// Which tasks each person may do.
    pub(super) may: Vec<FixedBitSet>,
}

impl<'a> Held<'a> {
    pub(super) fn nothing(staffing: &'a Staffing) -> Self {
        let (tasks, people) = (staffing.spans.len(), staffing.people.len());
        let mut able = vec![Vec::new(); tasks];
        let mut may = vec![FixedBitSet::with_capacity(tasks); people];
        for (person, theirs) in staffing.people.iter().enumerate() {
            for task in theirs {
                able[*task].push(person);
                may[person].insert(*task);
            }
        }
        Self {
            staffing,
            taken: vec![false; people],
            holders: vec![None; tasks],
            lines: vec![Vec::new(); people],
            left: (0..tasks).collect(),
            able,
            may,
        }
    }

    /// Where in a person's line what clashes with a task stands.
    pub(super) fn clashing(&self, person: usize, task: usize) -> Range<usize> {
        let spans = &self.staffing.spans;
        let (start, end) = spans[task];
        let line = &self.lines[person];
        let first = line.partition_point(|other| spans[*other].1 <= start);
        let clash = line[first..].iter();
        let count = clash.take_while(|other| spans[**other].0 < end).count();
        first..first + count
    }

    /// Gives a task to somebody who is free for it, from whoever holds it.
    pub(super) fn give(&mut self, task: usize, person: usize) {
        match self.holders[task] {
            Some(holder) => self.lines[holder].retain(|other| *other != task),
            None => self.left.retain(|other| *other != task),
        }
        let at = self.clashing(person, task).start;
        self.lines[person].insert(at, task);
        self.holders[task] = Some(person);
    }

    /// Has nobody hold a task.
    pub(super) fn free(&mut self, task: usize) {
        if let Some(holder) = self.holders[task].take() {
            self.lines[holder].retain(|other| *other != task);
            self.left.push(task);
        }
    }

    /// Has nobody hold what a person holds, and asks them no more.
    pub(super) fn drop(&mut self, person: usize) {
        for task in std::mem::take(&mut self.lines[person]) {
            self.holders[task] = None;
            self.left.push(task);
        }
        self.taken[person] = false;
    }
}
