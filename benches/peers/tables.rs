//! What was measured, as Markdown.

use std::fmt::Write as _;

use muster::verify::TierValues;

use super::year::{Outcome, value_of};

/// The tiers of an annual run, in the order in which a plan's values are shown.
const TIERS: [&str; 6] = ["T1", "T2", "T3", "T6", "T7", "T8"];

/// A year, by everybody.
pub struct Measured {
    pub seed: u64,
    /// Of the stated program: seats, weeks, sets of which one can be taken, other rows.
    pub size: [usize; 4],
    /// Muster's first, the list's last.
    pub runs: Vec<Run>,
    /// What can't be true.
    pub errors: Vec<String>,
}

/// What one of them made of it.
pub struct Run {
    pub name: String,
    /// Nothing where it is not installed.
    pub outcome: Option<Outcome>,
    /// What the plan is worth, by the checker; nothing where it breaks a rule.
    pub values: Option<TierValues>,
}

/// All tables.
pub fn of(years: &[Measured], limit: f64, threads: usize) -> String {
    let mut text = String::new();
    let Some(first) = years.first() else {
        return text;
    };
    let names: Vec<&str> = first.runs.iter().map(|run| run.name.as_str()).collect();
    let _ = writeln!(
        text,
        "{} years, {limit} s for each and year, {threads} threads\n",
        years.len()
    );
    versions(years, &mut text);
    seconds(years, &names, limit, &mut text);
    short(years, &names, limit, &mut text);
    ratios(years, &names, limit, &mut text);
    values(years, &mut text);
    errors(years, &mut text);
    text
}

fn versions(years: &[Measured], text: &mut String) {
    for (at, run) in years[0].runs.iter().enumerate() {
        let outcomes = years
            .iter()
            .filter_map(|year| year.runs[at].outcome.as_ref());
        let version = outcomes.map(|o| o.version.as_str()).find(|v| !v.is_empty());
        if let Some(version) = version {
            let _ = writeln!(text, "- {} {version}", run.name);
        }
    }
    text.push_str(
        "\n| year | seats | weeks | one of | other rows |\n| --- | --- | --- | --- | --- |\n",
    );
    for Measured { seed, size, .. } in years {
        let [seats, weeks, one_of, others] = size;
        let _ = writeln!(text, "| {seed} | {seats} | {weeks} | {one_of} | {others} |");
    }
}

/// The seconds of a run, and whether they are all that it had.
fn time(outcome: &Outcome, limit: f64) -> (f64, bool) {
    match outcome.stopped_in {
        Some(_) => (limit, true),
        None => (outcome.seconds, false),
    }
}

fn seconds(years: &[Measured], names: &[&str], limit: f64, text: &mut String) {
    header("seconds", names, text);
    for year in years {
        let cells = year.runs.iter().map(|run| match &run.outcome {
            None => "not installed".to_owned(),
            Some(outcome) => match &outcome.stopped_in {
                Some(tier) => format!("> {limit} ({tier})"),
                None => format!("{:.2}", outcome.seconds),
            },
        });
        row(&year.seed.to_string(), cells, text);
    }
    let medians = (0..names.len()).map(|at| {
        let times: Vec<_> = outcomes(years, at).map(|o| time(o, limit)).collect();
        bounded(&times, median, |is| format!("{is:.2}"))
    });
    row("median", medians, text);
}

/// The same up to what is short: the tiers before T6.
fn short(years: &[Measured], names: &[&str], limit: f64, text: &mut String) {
    header("seconds to T3's proof", names, text);
    let to_t3 = |outcome: &Outcome| {
        let first: Vec<_> = outcome.tiers.iter().take(3).collect();
        let proven = first.len() == 3 && first.iter().all(|tier| tier.proven);
        let seconds = first.iter().map(|tier| tier.seconds).sum();
        if proven {
            (seconds, false)
        } else {
            (limit, true)
        }
    };
    let is_list = |outcome: &Outcome| outcome.version.is_empty() && outcome.tiers.is_empty();
    for year in years {
        let cells = year.runs.iter().map(|run| match &run.outcome {
            None => "not installed".to_owned(),
            Some(outcome) if is_list(outcome) => "–".to_owned(),
            Some(outcome) => match to_t3(outcome) {
                (_, true) => format!("> {limit}"),
                (seconds, false) => format!("{seconds:.2}"),
            },
        });
        row(&year.seed.to_string(), cells, text);
    }
    let medians = (0..names.len()).map(|at| {
        let times = outcomes(years, at).filter(|outcome| !is_list(outcome));
        let times: Vec<_> = times.map(to_t3).collect();
        bounded(&times, median, |is| format!("{is:.2}"))
    });
    row("median", medians, text);
}

fn outcomes(years: &[Measured], at: usize) -> impl Iterator<Item = &Outcome> {
    years
        .iter()
        .filter_map(move |year| year.runs[at].outcome.as_ref())
}

/// A figure of numbers some of which are bounds from below: 'at least' where it would be more if
/// those were.
fn bounded(
    numbers: &[(f64, bool)],
    figure: fn(&[f64]) -> f64,
    words: impl Fn(f64) -> String,
) -> String {
    if numbers.is_empty() {
        return "–".to_owned();
    }
    let as_they_are: Vec<_> = numbers.iter().map(|(number, _)| *number).collect();
    let raised = numbers.iter().map(
        |(number, is_bound)| {
            if *is_bound { f64::INFINITY } else { *number }
        },
    );
    let is = figure(&as_they_are);
    if figure(&raised.collect::<Vec<_>>()) > is {
        format!("at least {}", words(is))
    } else {
        words(is)
    }
}

/// How many times as long as Muster each of them takes. A peer that is cut short takes at least so
/// many times as long, and where Muster is cut short itself it is at most so many; where both are,
/// nothing is known.
fn ratios(years: &[Measured], names: &[&str], limit: f64, text: &mut String) {
    text.push_str("\n| times Muster's time | median | least |\n| --- | --- | --- |\n");
    let peers = 1..names.len().saturating_sub(1);
    let mut of = |name: &str, peers: &[usize]| {
        let ratios: Vec<_> = years
            .iter()
            .filter_map(|year| {
                let (own, own_is_bound) = time(year.runs[0].outcome.as_ref()?, limit);
                let times = peers.iter().filter_map(|at| {
                    let outcome = year.runs[*at].outcome.as_ref()?;
                    Some(time(outcome, limit))
                });
                let (seconds, is_bound) = times.min_by(|a, b| a.0.total_cmp(&b.0))?;
                let ratio = seconds / own;
                let least = if own_is_bound { 0.0 } else { ratio };
                let most = if is_bound { f64::INFINITY } else { ratio };
                Some((least, most))
            })
            .collect();
        row(
            name,
            [between(&ratios, median), between(&ratios, least)],
            text,
        );
    };
    for at in peers.clone() {
        of(names[at], &[at]);
    }
    let rivals: Vec<_> = peers
        .filter(|at| ["cp-sat", "highs"].contains(&names[*at]))
        .collect();
    of("the faster of cp-sat and highs", &rivals);
}

/// A figure of numbers that are known to lie between two others each.
fn between(numbers: &[(f64, f64)], figure: fn(&[f64]) -> f64) -> String {
    if numbers.is_empty() {
        return "–".to_owned();
    }
    let (lows, highs): (Vec<_>, Vec<_>) = numbers.iter().copied().unzip();
    match (figure(&lows), figure(&highs)) {
        (low, high) if low == high => format!("{low:.1}"),
        (0.0, f64::INFINITY) => "not known".to_owned(),
        (low, f64::INFINITY) => format!("at least {low:.1}"),
        (0.0, high) => format!("at most {high:.1}"),
        (low, high) => format!("{low:.1} to {high:.1}"),
    }
}

fn values(years: &[Measured], text: &mut String) {
    text.push_str(
        "\nWhat each tier reached, and its bound where it is not proven; of the list, and of a tier \
         that was not begun, what the plan comes to.\n",
    );
    header(
        "year",
        &["", "T1", "T2", "T3", "T6, £", "T7", "T8", "rows added"],
        text,
    );
    for year in years {
        for run in &year.runs {
            let Some(outcome) = &run.outcome else {
                continue;
            };
            let tiers = TIERS
                .iter()
                .map(|tier| cell(tier, outcome, run.values.as_ref()));
            let name = std::iter::once(run.name.clone());
            let added = std::iter::once(outcome.added_rows.to_string());
            row(&year.seed.to_string(), name.chain(tiers).chain(added), text);
        }
    }
}

fn cell(tier: &str, outcome: &Outcome, values: Option<&TierValues>) -> String {
    let number = |value: f64| match tier {
        "T6" => format!("{:.2}", value / 100.0),
        "T7" => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    };
    let begun = outcome.tiers.iter().find(|begun| begun.name == tier);
    match (begun, values) {
        (Some(begun), _) if begun.value.is_some() => {
            let value = begun.value.map_or_else(String::new, number);
            match begun.bound.map(number) {
                _ if begun.proven => format!("{value} proven"),
                Some(bound) => format!("{value} over {bound}"),
                None => format!("{value}, no bound"),
            }
        }
        (_, Some(values)) => number(value_of(values, tier)),
        (_, None) => "breaks a rule".to_owned(),
    }
}

fn errors(years: &[Measured], text: &mut String) {
    for year in years {
        for error in &year.errors {
            let _ = writeln!(text, "\n**Seed {}: {error}**", year.seed);
        }
    }
}

fn header(what: &str, names: &[&str], text: &mut String) {
    let _ = writeln!(text, "\n| {what} | {} |", names.join(" | "));
    let _ = writeln!(text, "| --- |{}", " --- |".repeat(names.len()));
}

fn row(first: &str, cells: impl IntoIterator<Item = String>, text: &mut String) {
    let cells: Vec<_> = cells.into_iter().collect();
    let _ = writeln!(text, "| {first} | {} |", cells.join(" | "));
}

fn least(numbers: &[f64]) -> f64 {
    numbers.iter().copied().fold(f64::INFINITY, f64::min)
}

fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
    f64::midpoint(low, high)
}
