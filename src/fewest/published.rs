//! Published instances of the shift minimisation personnel task scheduling problem: the format
//! of Krishnamoorthy, Ernst and Baatar (2012), which Smet and others (2014) use too.

use super::Staffing;

/// What is wrong with an instance.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct InstanceError {
    /// Where, from 1.
    line: usize,
    /// What.
    what: String,
}

/// The instance that `text` is: lines that begin with `#` are comments; `Type = 1`; `Jobs = n` and
/// n lines `start end`; `Qualifications = m` and m lines `count: job job …`, jobs counted from 0.
///
/// # Errors
/// If it is none: the first line that is wrong.
pub fn read(text: &str) -> Result<Staffing, InstanceError> {
    let all = text.lines().enumerate();
    let mut lines = all
        .map(|(at, line)| (at + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let last = text.lines().count();
    let mut next = |wanted: &str| {
        lines.next().ok_or_else(|| InstanceError {
            line: last,
            what: format!("the file ends where {wanted} should stand"),
        })
    };
    let wrong = |line: usize, what: &str| InstanceError {
        line,
        what: what.to_owned(),
    };
    let (line, kind) = next("Type")?;
    if number_of(kind, "Type") != Some(1) {
        return Err(wrong(line, "it must be 'Type = 1'"));
    }
    let (line, jobs) = next("Jobs")?;
    let jobs = number_of(jobs, "Jobs");
    let jobs = jobs.ok_or_else(|| wrong(line, "it must be 'Jobs = ' and their number"))?;
    let mut staffing = Staffing::default();
    for _ in 0..jobs {
        let (line, text) = next("a job")?;
        let numbers: Vec<i64> = text
            .split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect();
        match numbers[..] {
            [start, end] if start < end => staffing.spans.push((start, end)),
            _ => return Err(wrong(line, "it must be a start and a later end")),
        }
    }
    let (line, people) = next("Qualifications")?;
    let people = number_of(people, "Qualifications");
    let people =
        people.ok_or_else(|| wrong(line, "it must be 'Qualifications = ' and their number"))?;
    for _ in 0..people {
        let (line, text) = next("somebody's jobs")?;
        let (count, tasks) = text
            .split_once(':')
            .ok_or_else(|| wrong(line, "it must be a count, a colon and jobs"))?;
        let tasks: Option<Vec<usize>> = tasks
            .split_whitespace()
            .map(|word| word.parse().ok())
            .collect();
        let mut tasks = tasks.ok_or_else(|| wrong(line, "a job is no number"))?;
        if count.trim().parse() != Ok(tasks.len()) {
            return Err(wrong(line, "the count is not that of the jobs"));
        }
        if tasks.iter().any(|task| *task >= staffing.spans.len()) {
            return Err(wrong(line, "there is no such job"));
        }
        tasks.sort_unstable();
        tasks.dedup();
        staffing.people.push(tasks);
    }
    match lines.next() {
        Some((line, _)) => Err(wrong(line, "nothing should follow")),
        None => Ok(staffing),
    }
}

/// The number of `name = number`.
fn number_of(line: &str, name: &str) -> Option<usize> {
    let (word, number) = line.split_once('=')?;
    number.trim().parse().ok().filter(|_| word.trim() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "# made for a test\nType = 1\nJobs = 3\n 0 4\n 2 6\n 4 9\nQualifications = 2\n2: 0 2\n 3: 0 1 2\n";

    #[test]
    fn an_instance_is_read() {
        let staffing = read(SMALL).unwrap();
        assert_eq!(staffing.spans, [(0, 4), (2, 6), (4, 9)]);
        assert_eq!(staffing.people, [vec![0, 2], vec![0, 1, 2]]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (from, to, line) in [
            ("Type = 1", "Type = 2", 2),
            ("Jobs = 3", "Jobs: 3", 3),
            (" 2 6", " 6 2", 5),
            (" 2 6", " 2 six", 5),
            ("2: 0 2", "3: 0 2", 8),
            ("2: 0 2", "2: 0 7", 8),
            ("2: 0 2", "0 2", 8),
            (" 3: 0 1 2\n", "", 8),
            (" 3: 0 1 2\n", " 3: 0 1 2\n1: 0\n", 10),
        ] {
            let error = read(&SMALL.replacen(from, to, 1)).unwrap_err();
            assert_eq!(error.line, line, "{to}: {error}");
        }
        assert!(read("").is_err());
    }
}
