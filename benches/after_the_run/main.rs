//! What is asked of a result, on the demo year after T3: how long `muster due` takes, and
//! `muster stand-in` for every post, from the files to the answer.
//!
//! ```text
//! cargo bench --bench after_the_run
//! ```

use std::path::Path;
use std::time::{Duration, Instant};

use muster::allocate::{Options, Unobserved, allocate};
use muster::demo;
use muster::eligibility::{Eligibility, Waiver};
use muster::explain::shortfalls;
use muster::model::objectives::Tier;
use muster::report::{self, Run, folder};
use muster::solve::Stop;
use muster::stand_in::{self, Answered, Vacancy};
use muster::{check, due, result};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let place = tempfile::tempdir()?;
    let (dataset, result) = (place.path().join("dataset"), place.path().join("result"));
    write(&dataset, &result)?;
    let mut times = Vec::new();
    for number in 0.. {
        let begun = Instant::now();
        if !stand_in(&dataset, &result, number)? {
            break;
        }
        times.push(begun.elapsed());
    }
    line("stand-in", &mut times);
    let mut times = Vec::new();
    for _ in 0..50 {
        let begun = Instant::now();
        what_is_due(&dataset, &result)?;
        times.push(begun.elapsed());
    }
    line("due", &mut times);
    Ok(())
}

fn line(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    let (count, median, most) = (times.len(), at(0.5), at(1.0));
    println!("{what:<10}{count:>5} questions  median {median:>6.1} ms  slowest {most:>6.1} ms");
}

/// The demo year, and its result after T3.
fn write(dataset: &Path, result: &Path) -> Result<(), Failure> {
    let files: Vec<_> = demo::files()
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()))
        .collect();
    let ours: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    folder::write(dataset, &files, &ours, false)?;
    let year = check::read(dataset)
        .dataset
        .ok_or("the demo year has errors")?;
    let eligibility = Eligibility::new(&year, Waiver::default());
    let options = Options {
        stop_after: Some(Tier::T3),
        ..Options::default()
    };
    let never = Stop::never();
    let allocation = allocate(&eligibility, &options, &never, &mut Unobserved)?;
    let shortfalls = shortfalls(&eligibility, &allocation.selection, 0, &never)?;
    let files = report::files(&Run {
        eligibility: &eligibility,
        allocation: &allocation,
        shortfalls: &shortfalls,
        options: &options,
    });
    let ours: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    Ok(folder::write(result, &files, &ours, false)?)
}

/// Asks for stand-ins of the post of that number; false where there is none of that number.
fn stand_in(dataset: &Path, result: &Path, number: usize) -> Result<bool, Failure> {
    let year = check::read(dataset)
        .dataset
        .ok_or("the demo year has errors")?;
    let eligibility = Eligibility::new(&year, Waiver::default());
    let past = result::read(result, &eligibility)
        .run
        .ok_or("the result has errors")?;
    let selection = &past.allocation.selection;
    let Some(seat) = selection.seats().nth(number) else {
        return Ok(false);
    };
    let post = eligibility.candidates[seat];
    let inspection = eligibility.engagement(post).inspection;
    let vacancy = Vacancy::find(&eligibility, selection, inspection, post.person, None)?;
    let proposals = stand_in::proposals(&eligibility, selection, &vacancy);
    let answered = Answered {
        eligibility: &eligibility,
        selection,
        vacancy: &vacancy,
        proposals: &proposals,
    };
    Ok(!stand_in::text(&answered).is_empty())
}

fn what_is_due(dataset: &Path, result: &Path) -> Result<String, Failure> {
    let year = check::read(dataset)
        .dataset
        .ok_or("the demo year has errors")?;
    let eligibility = Eligibility::new(&year, Waiver::default());
    let past = result::read(result, &eligibility)
        .run
        .ok_or("the result has errors")?;
    let on = chrono::NaiveDate::from_ymd_opt(year.policy.programme_year, 9, 1).ok_or("a date")?;
    let all = due::due(
        &eligibility,
        &past.allocation.plan,
        &past.shortfalls,
        on,
        30,
    );
    Ok(due::text(&year, &all, on, 30))
}
