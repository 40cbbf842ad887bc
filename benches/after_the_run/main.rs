//! What is asked of a result, on the demo year after T3: how long `muster due`, `explain`,
//! `why-not`, `apply`, `stand-in` for every post and `replan` after one change take, from the files to
//! the answer; of `replan`, to the plan that is proven through T4. Then a sweep, `whatif` over
//! `scenarios/how-many-days.toml`, case by case with the causes of its gaps; and beside it each of
//! the same datasets allocated anew, through T3 and with its causes.
//!
//! ```text
//! cargo bench --bench after_the_run
//! ```

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use muster::allocate::{Allocation, Options, Unobserved, allocate};
use muster::change;
use muster::change::apply::{self, Files};
use muster::demo;
use muster::diagnostics::Diagnostics;
use muster::domain::{Dataset, Role};
use muster::eligibility::Eligibility;
use muster::explain::{Shortfall, shortfalls};
use muster::model::objectives::Tier;
use muster::replan::{self, Sources};
use muster::report::{self, Run, folder};
use muster::result::PastRun;
use muster::scenario::{self, Case};
use muster::solve::Stop;
use muster::stand_in::{self, Answered, Vacancy};
use muster::whatif::{self, Outcome};
use muster::why::{self, Question};
use muster::{check, due, result};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let place = tempfile::tempdir()?;
    let (dataset, result) = (place.path().join("dataset"), place.path().join("result"));
    write(&dataset, &result)?;
    measure("stand-in", usize::MAX, |post| {
        stand_in(&dataset, &result, post)
    })?;
    measure("due", 50, |_| what_is_due(&dataset, &result).map(is_told))?;
    measure("explain", 5, |_| explained(&dataset, &result).map(is_told))?;
    measure("why-not", 10, |number| {
        not_held(&dataset, &result, number).map(is_told)
    })?;
    measure("apply", 20, |_| Ok(changed(&dataset)? > 0))?;
    measure("replan", 20, |number| {
        planned_anew(&dataset, &result, number)
    })?;
    let cases = sweep()?;
    measure("sweep", cases.len(), |number| {
        case_planned(&dataset, &result, &cases[number])
    })?;
    measure("anew", cases.len(), |number| {
        case_anew(&dataset, &cases[number])
    })
}

fn is_told(text: String) -> bool {
    !text.is_empty()
}

/// The times of `asked` for 0, 1, 2, …: so many, or as many as there is an answer to.
fn measure(
    what: &str,
    most: usize,
    mut asked: impl FnMut(usize) -> Result<bool, Failure>,
) -> Result<(), Failure> {
    let mut times = Vec::new();
    for number in 0..most {
        let begun = Instant::now();
        if !asked(number)? {
            break;
        }
        times.push(begun.elapsed());
    }
    line(what, &mut times);
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
    let files: Vec<_> = in_memory().into_iter().collect();
    let ours: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    folder::write(dataset, &files, &ours, false)?;
    let year = check::read(dataset)
        .dataset
        .ok_or("the demo year has errors")?;
    let eligibility = Eligibility::new(&year);
    let options = through_t3();
    let (allocation, shortfalls) = allocated(&eligibility, &options)?;
    let files = report::files(&Run {
        eligibility: &eligibility,
        allocation: &allocation,
        shortfalls: &shortfalls,
        options: &options,
    });
    let ours: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    Ok(folder::write(result, &files, &ours, false)?)
}

fn through_t3() -> Options {
    Options {
        stop_after: Some(Tier::T3),
        ..Options::default()
    }
}

/// A year's plan, and the causes of its gaps.
fn allocated(
    eligibility: &Eligibility,
    options: &Options,
) -> Result<(Allocation, Vec<Shortfall>), Failure> {
    let never = Stop::never();
    let allocation = allocate(eligibility, options, &never, &mut Unobserved)?;
    let causes = shortfalls(eligibility, &allocation.selection, options.seed, &never)?;
    Ok((allocation, causes))
}

/// Asks for stand-ins of the post of that number; false where there is none of that number.
fn stand_in(dataset: &Path, result: &Path, number: usize) -> Result<bool, Failure> {
    let year = check::read(dataset)
        .dataset
        .ok_or("the demo year has errors")?;
    let eligibility = Eligibility::new(&year);
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
        reserves: &[],
    };
    Ok(!stand_in::text(&answered).is_empty())
}

fn what_is_due(dataset: &Path, result: &Path) -> Result<String, Failure> {
    let year = check::read(dataset)
        .dataset
        .ok_or("the demo year has errors")?;
    let eligibility = Eligibility::new(&year);
    let past = result::read(result, &eligibility)
        .run
        .ok_or("the result has errors")?;
    let on = NaiveDate::from_ymd_opt(year.policy.programme_year, 9, 1).ok_or("a date")?;
    let all = due::due(
        &eligibility,
        &past.allocation.plan,
        &past.shortfalls,
        on,
        30,
    );
    Ok(due::text(&year, &all, on, 30))
}

/// The whole report on every empty post.
fn explained(dataset: &Path, result: &Path) -> Result<String, Failure> {
    asked(dataset, result, |question, past| {
        let gaps = why::gaps(question, &past.shortfalls, None, 5)?;
        Ok(why::gaps_text(question, &gaps))
    })
}

/// The answer to a question about the result, from the files on.
fn asked(
    dataset: &Path,
    result: &Path,
    answer: impl FnOnce(&Question, &PastRun) -> Result<String, Failure>,
) -> Result<String, Failure> {
    let year = check::read(dataset)
        .dataset
        .ok_or("the demo year has errors")?;
    let eligibility = Eligibility::new(&year);
    let past = result::read(result, &eligibility)
        .run
        .ok_or("the result has errors")?;
    let stop = Stop::never();
    let question = Question {
        eligibility: &eligibility,
        past: &past.allocation,
        seed: 0,
        stop: &stop,
    };
    answer(&question, &past)
}

/// Why the first who could, by the rules, does not lead one of ten inspections.
fn not_held(dataset: &Path, result: &Path, number: usize) -> Result<String, Failure> {
    asked(dataset, result, |question, past| {
        let (eligibility, selection) = (question.eligibility, &past.allocation.selection);
        let free = (0..eligibility.candidates.len()).filter(|seat| !selection.contains(*seat));
        let mut leads = free.filter(|seat| {
            let post = eligibility.engagement(eligibility.candidates[*seat]);
            post.role == Role::Lead && post.inspection.get().is_multiple_of(6)
        });
        let seat = leads.nth(20 * number).ok_or("enough who could lead")?;
        let person = eligibility.candidates[seat].person;
        let post = eligibility.engagement(eligibility.candidates[seat]);
        let (inspection, role, window) = (post.inspection, post.role, post.window);
        let answer = why::why_not(question, inspection, person, role, window)?;
        Ok(why::why_not_text(question, &answer))
    })
}

/// The demo year's files with three changes made.
fn changed(dataset: &Path) -> Result<usize, Failure> {
    const CHANGES: &str = r#"
title = "Three changes"

[[change]]
kind = "dbs"
inspector = "I014"
until = "2029-03-31"

[[change]]
kind = "days"
inspector = "I015"
by = 5

[[change]]
kind = "site-capacity"
establishment = "altcourse"
by = 1
"#;
    Ok(with(dataset, CHANGES)?.len())
}

/// A dataset's files with `changes` made.
fn with(dataset: &Path, changes: &str) -> Result<Files, Failure> {
    let files = apply::files(dataset).map_err(|(name, error)| format!("{name}: {error}"))?;
    let mut diagnostics = Diagnostics::default();
    let read = change::read_text("changes.toml", changes.to_owned(), &mut diagnostics);
    let changes = read.ok_or("the changes have errors")?.changes;
    let changed = change::apply(&files, &changes).map_err(|_| "the changes can't be made")?;
    Ok(changed.files)
}

/// The plan made anew after one change: by turns somebody is away when they would be on site, and
/// an inspection is a week later. Never false.
fn planned_anew(dataset: &Path, result: &Path, number: usize) -> Result<bool, Failure> {
    let year = check::read(dataset)
        .dataset
        .ok_or("the demo year has errors")?;
    let as_of = NaiveDate::from_ymd_opt(year.policy.programme_year, 5, 1).ok_or("a date")?;
    let change = one_change(&Eligibility::new(&year), as_of, result, number)?;
    let amended = check::read_from(&with(dataset, &change)?);
    let amended = amended.dataset.ok_or("the change made an error")?;
    let sources = Sources {
        dataset,
        published: Some(result),
        as_of: Some(as_of),
    };
    let published = replan::published(sources, &amended, &mut Diagnostics::default())?;
    let amended = Dataset {
        published: Some(published.ok_or("the result has errors")?),
        ..amended
    };
    let options = Options {
        stop_after: Some(Tier::T4),
        ..Options::default()
    };
    let eligibility = Eligibility::new(&amended);
    let planned = allocate(&eligibility, &options, &Stop::never(), &mut Unobserved)?;
    match planned.is_proven() {
        true => Ok(true),
        false => Err(format!("not proven after this change:\n{change}").into()),
    }
}

/// A change that touches the post of that number of those after `as_of`.
fn one_change(
    eligibility: &Eligibility,
    as_of: NaiveDate,
    result: &Path,
    number: usize,
) -> Result<String, Failure> {
    let past = result::read(result, eligibility)
        .run
        .ok_or("the result has errors")?;
    let posts = past.allocation.selection.seats();
    let posts = posts.map(|seat| eligibility.candidates[seat]);
    let mut later = posts.filter(|post| eligibility.engagement(*post).first_day > as_of);
    let post = later.nth(9 * number).ok_or("enough posts")?;
    let engagement = eligibility.engagement(post);
    let inspector = &eligibility.dataset.inspector(post.person).id;
    let inspection = &eligibility.dataset.inspection(engagement.inspection).id;
    let (from, to) = (engagement.first_day, engagement.last_day);
    Ok(if number.is_multiple_of(2) {
        format!(
            "title = \"Away\"\n[[change]]\nkind = \"away\"\ninspector = \"{inspector}\"\nfrom = \"{from}\"\nto = \"{to}\"\n"
        )
    } else {
        format!(
            "title = \"Later\"\n[[change]]\nkind = \"move-inspection\"\ninspection = \"{inspection}\"\nweeks = 1\n"
        )
    })
}

/// The cases of the sweep, each with its changes as a file.
fn sweep() -> Result<Vec<(Case, String)>, Failure> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/how-many-days.toml");
    let mut diagnostics = Diagnostics::default();
    let scenario = scenario::read(&path, &mut diagnostics).ok_or("the scenario has errors")?;
    let year = check::read_from(&in_memory()).dataset;
    let year = year.ok_or("the demo year has errors")?;
    let cases = scenario.cases(&year, &mut diagnostics);
    let cases = cases.ok_or("the scenario has errors")?.into_iter();
    Ok(cases
        .map(|case| {
            let file = case.file(&scenario).to_toml();
            (case, file)
        })
        .collect())
}

/// Plans a case of the sweep from the result, as `whatif` does. Never false.
fn case_planned(
    dataset: &Path,
    result: &Path,
    (case, file): &(Case, String),
) -> Result<bool, Failure> {
    let files = apply::files(dataset).map_err(|(name, error)| format!("{name}: {error}"))?;
    let year = check::read(dataset).dataset;
    let year = year.ok_or("the demo year has errors")?;
    let options = Options {
        max_nodes: Some(whatif::MAX_NODES),
        nodes_after_t4: Some(whatif::NODES_AFTER_T4),
        ..Options::default()
    };
    let base = whatif::Base {
        files: &files,
        plan: &std::fs::read(result.join("allocations.csv"))?,
        marking: &year.policy.marking,
        options: &options,
    };
    match whatif::run(&base, case, file, &Stop::never())? {
        Outcome::Result(_) => Ok(true),
        _ => Err(format!("no plan for {}", case.id).into()),
    }
}

/// Allocates the dataset of a case anew, through T3. Never false.
fn case_anew(dataset: &Path, (_, file): &(Case, String)) -> Result<bool, Failure> {
    let year = check::read_from(&with(dataset, file)?);
    let year = year.dataset.ok_or("the case has errors")?;
    let eligibility = Eligibility::new(&year);
    let (allocation, causes) = allocated(&eligibility, &through_t3())?;
    match allocation.is_proven() && !causes.is_empty() {
        true => Ok(true),
        false => Err("not proven".into()),
    }
}

/// The files of the demo year.
fn in_memory() -> Files {
    let files = demo::files().into_iter();
    files
        .map(|(name, text)| (name.to_owned(), text.into_bytes()))
        .collect()
}
