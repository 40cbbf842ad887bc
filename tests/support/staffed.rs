//! Published instances of fixed tasks and qualified staff, read and checked apart from Muster's
//! own reading and search: tests and the benchmark hold answers of anybody against it.

use std::collections::BTreeSet;

/// Tasks and people of an instance.
pub struct Instance {
    /// From when to when each task takes, half-open.
    pub spans: Vec<(i64, i64)>,
    /// The tasks that each person may do.
    pub people: Vec<Vec<usize>>,
}

impl Instance {
    /// Reads it in the plainest way: an instance that is none ends the test or benchmark.
    pub fn read(text: &str) -> Self {
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let number = |line: Option<&str>| -> usize {
            line.expect("a line")
                .split('=')
                .nth(1)
                .expect("a number")
                .trim()
                .parse()
                .expect("a number")
        };
        let _type = lines.next();
        let jobs = number(lines.next());
        let words = |line: &str| -> Vec<i64> {
            let words = line.split_whitespace();
            words.map(|word| word.parse().expect("a number")).collect()
        };
        let spans = lines.by_ref().take(jobs).map(|line| {
            let span = words(line);
            (span[0], span[1])
        });
        let spans: Vec<_> = spans.collect();
        let people = number(lines.next());
        let people = lines.take(people).map(|line| {
            let (_, tasks) = line.split_once(':').expect("a colon");
            words(tasks).into_iter().map(|task| task as usize).collect()
        });
        Self {
            spans,
            people: people.collect(),
        }
    }

    /// The most tasks that run at one moment.
    pub fn most_at_once(&self) -> usize {
        let at_once = self.spans.iter().map(|(start, _)| {
            let runs = |other: &&(i64, i64)| other.0 <= *start && *start < other.1;
            self.spans.iter().filter(runs).count()
        });
        at_once.max().unwrap_or(0)
    }

    /// How many people hold all tasks, where each task is held by somebody who may and nobody is
    /// at two at once; otherwise what is wrong.
    pub fn staffed_by(&self, holders: &[usize]) -> Result<usize, String> {
        if holders.len() != self.spans.len() {
            return Err(format!("{} tasks have a holder", holders.len()));
        }
        for (task, holder) in holders.iter().enumerate() {
            let may = self.people.get(*holder);
            if !may.is_some_and(|tasks| tasks.contains(&task)) {
                return Err(format!("{holder} may not do {task}"));
            }
            for (other, also) in holders.iter().enumerate().skip(task + 1) {
                let (one, two) = (self.spans[task], self.spans[other]);
                if holder == also && one.0 < two.1 && two.0 < one.1 {
                    return Err(format!("{holder} is at {task} and {other}"));
                }
            }
        }
        Ok(holders.iter().collect::<BTreeSet<_>>().len())
    }
}
