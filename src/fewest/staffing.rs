//! The question itself: fixed tasks, and who may do which (shift minimisation personnel task
//! scheduling).

use super::most_at_once;

/// Tasks with fixed times, and people who may each do some of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staffing {
    /// From when to when each task takes, half-open.
    pub spans: Vec<(i64, i64)>,
    /// Of each person the tasks that they may do, each once.
    pub people: Vec<Vec<usize>>,
}

impl Staffing {
    /// No fewer people hold all tasks.
    pub fn at_least(&self) -> usize {
        most_at_once(&self.spans)
    }

    /// Whether two tasks can't be done by one person.
    pub fn clash(&self, one: usize, other: usize) -> bool {
        let (one, other) = (self.spans[one], self.spans[other]);
        one.0 < other.1 && other.0 < one.1
    }

    /// Maximal sets of `tasks` that run at one moment, two or more.
    pub fn at_once(&self, tasks: &[usize]) -> Vec<Vec<usize>> {
        let mut by_start = tasks.to_vec();
        by_start.sort_by_key(|task| (self.spans[*task].0, *task));
        let mut sets = Vec::new();
        let mut running: Vec<usize> = Vec::new();
        for task in by_start {
            // What runs when one of them ends is a new set: a task began after the last one ended.
            let start = self.spans[task].0;
            if running.iter().any(|other| self.spans[*other].1 <= start) {
                sets.push(running.clone());
                running.retain(|other| self.spans[*other].1 > start);
            }
            running.push(task);
        }
        sets.push(running);
        sets.retain(|set| set.len() > 1);
        sets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// Every two tasks that clash are in a set, all of a set clash, and no set is in another.
        #[test]
        fn sets_hold_what_clashes_and_are_maximal(
            spans in proptest::collection::vec((0_i64..20, 1_i64..8), 0..12),
        ) {
            let spans: Vec<_> = spans.into_iter().map(|(start, long)| (start, start + long)).collect();
            let all: Vec<usize> = (0..spans.len()).collect();
            let staffing = Staffing { spans, people: Vec::new() };
            let sets = staffing.at_once(&all);
            for one in &all {
                for other in all.iter().filter(|other| *other > one) {
                    let is_held = sets.iter().any(|set| set.contains(one) && set.contains(other));
                    proptest::prop_assert_eq!(is_held, staffing.clash(*one, *other));
                }
            }
            for set in &sets {
                let within = |other: &&Vec<usize>| {
                    *other != set && set.iter().all(|task| other.contains(task))
                };
                proptest::prop_assert!(!sets.iter().any(|other| within(&other)));
            }
            let most = sets.iter().map(Vec::len).max().unwrap_or(usize::from(!all.is_empty()));
            proptest::prop_assert_eq!(staffing.at_least(), most);
        }
    }
}
