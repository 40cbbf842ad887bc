//! What many draws say, for people, for programs, as spreadsheets and as a plot.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::measure::{Fragile, Outcome, Share, Stressed, mean};
use super::repair::Repair;
use crate::domain::Dataset;
use crate::plot;
use crate::report::Table;

/// How many of the worst are shown.
const SHOWN: usize = 5;

impl Repair {
    /// As on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StandIn => "stand-in",
            Self::Replan => "replan",
        }
    }
}

/// For people.
pub fn text(dataset: &Dataset, found: &Stressed) -> String {
    let mut out = format!("{}\n", dataset.policy.marking);
    let count = found.draws.len();
    let how = match found.repair {
        Repair::StandIn => "by stand-ins",
        Repair::Replan => "by planning anew",
    };
    let years = if count == 1 { "year" } else { "years" };
    let _ = writeln!(out, "{count} {years} of absences, repaired {how}.\n");
    let line = |out: &mut String, what: &str, values: Vec<u32>| {
        let (mean, ends) = mean(&values);
        let ends = ends.map(|(low, high)| format!(" ({low:.1} to {high:.1})"));
        let ends = ends.unwrap_or_default();
        let most = values.iter().max().unwrap_or(&0);
        let _ = writeln!(out, "{what:<44} {mean:>6.1}{ends}, at most {most}");
    };
    let lines = |out: &mut String, draws: &[Outcome]| {
        let of = |figure: fn(&Outcome) -> u32| draws.iter().map(figure).collect();
        line(
            out,
            "absences that touch a post, a year",
            of(|one| one.absences),
        );
        line(out, "leads who can't go", of(|one| one.leads_away));
        if draws.iter().any(|one| one.by_reserves > 0) {
            line(
                out,
                "of them replaced by their reserve",
                of(|one| one.by_reserves),
            );
        }
        line(
            out,
            "posts whose holders can't go",
            of(|one| one.posts_away),
        );
        line(out, "of them filled in another way", of(|one| one.refilled));
        let lost = of(|one| one.inspections_lost);
        line(out, "inspections that lose their lead for good", lost);
        line(out, "posts that stay empty", of(|one| one.posts_lost));
        let lose = draws.iter().filter(|one| one.inspections_lost > 0);
        let share = Share {
            count: lose.count() as u32,
            of: draws.len() as u32,
        };
        let share = shown(share);
        let _ = writeln!(out, "\nAn inspection is lost in {share} of the years.");
    };
    lines(&mut out, &found.draws);
    if !found.with_reserves.is_empty() {
        out.push_str("\nThe same absences, where the named reserves go first:\n\n");
        lines(&mut out, &found.with_reserves);
    }
    let heading = |out: &mut String, what: &str| {
        let _ = writeln!(out, "\n{what}");
    };
    if !found.people.is_empty() {
        heading(&mut out, "Whose absence costs most:");
    }
    for (person, fragile) in found.people.iter().take(SHOWN) {
        let person = dataset.inspector(*person);
        let name = format!("{} {}", person.id, person.name);
        let _ = writeln!(out, "  {name:<42} {}", in_words(*fragile));
    }
    if !found.weeks.is_empty() {
        heading(&mut out, "Weeks on which the plan hangs:");
    }
    for (monday, fragile) in found.weeks.iter().take(SHOWN) {
        let _ = writeln!(out, "  {:<42} {}", monday.to_string(), in_words(*fragile));
    }
    if !found.inspections.is_empty() {
        heading(&mut out, "Inspections that lose their lead most often:");
    }
    for (inspection, fragile) in found.inspections.iter().take(SHOWN) {
        let id = &dataset.inspection(*inspection).id;
        let _ = writeln!(out, "  {id:<42} {}", shown(fragile.draws));
    }
    if found.cut {
        out.push_str("\nIt was stopped before all draws were made.\n");
    }
    out
}

fn shown(share: Share) -> String {
    let (share, low, high) = share.interval();
    let percent = |share: f64| share * 100.0;
    format!(
        "{:.1} % ({:.1} to {:.1} %)",
        percent(share),
        percent(low),
        percent(high)
    )
}

fn in_words(fragile: Fragile) -> String {
    let posts = if fragile.posts == 1 { "post" } else { "posts" };
    format!("{} {posts}, in {}", fragile.posts, shown(fragile.draws))
}

/// For programs.
pub fn json(dataset: &Dataset, found: &Stressed) -> Value {
    let fragile = |one: &Fragile| {
        let (share, low, high) = one.draws.interval();
        json!({ "posts": one.posts, "share": share, "low": low, "high": high })
    };
    let people = found.people.iter().map(|(person, one)| {
        json!({ "inspector_id": dataset.inspector(*person).id, "lost": fragile(one) })
    });
    let weeks = found
        .weeks
        .iter()
        .map(|(monday, one)| json!({ "week": monday, "lost": fragile(one) }));
    let inspections = found.inspections.iter().map(|(inspection, one)| {
        json!({ "inspection_id": dataset.inspection(*inspection).id, "lost": fragile(one) })
    });
    json!({
        "marking": dataset.policy.marking,
        "repair": found.repair.as_str(),
        "draws": found.draws.len(),
        "interrupted": found.cut,
        "people": people.collect::<Vec<_>>(),
        "weeks": weeks.collect::<Vec<_>>(),
        "inspections": inspections.collect::<Vec<_>>(),
    })
}

/// `draws.csv`: each draw; and once more with reserves, where they are named.
pub fn draws_csv(dataset: &Dataset, found: &Stressed) -> Vec<u8> {
    let columns = [
        "draw",
        "absences",
        "leads_away",
        "posts_away",
        "refilled",
        "inspections_lost",
        "posts_lost",
        "reserves",
        "by_reserves",
    ];
    let mut table = Table::new(&columns, &dataset.policy.marking);
    let mut rows = |draws: &[Outcome], reserves: &str| {
        for one in draws {
            let figures = [
                one.number,
                one.absences,
                one.leads_away,
                one.posts_away,
                one.refilled,
                one.inspections_lost,
                one.posts_lost,
            ];
            let figures = figures.map(|figure| figure.to_string());
            let of_reserves = [reserves.to_owned(), one.by_reserves.to_string()];
            table.row(figures.into_iter().chain(of_reserves));
        }
    };
    rows(&found.draws, "no");
    rows(&found.with_reserves, "yes");
    table.into_bytes()
}

/// `fragile.csv`: what the plan hangs on.
pub fn fragile_csv(dataset: &Dataset, found: &Stressed) -> Vec<u8> {
    let columns = ["what", "id", "posts", "draws", "share", "low", "high"];
    let mut table = Table::new(&columns, &dataset.policy.marking);
    let mut row = |what: &str, id: String, one: &Fragile| {
        let (share, low, high) = one.draws.interval();
        let [share, low, high] = [share, low, high].map(|share| format!("{share:.4}"));
        let (posts, draws) = (one.posts.to_string(), one.draws.count.to_string());
        table.row([what.to_owned(), id, posts, draws, share, low, high]);
    };
    for (person, one) in &found.people {
        row("person", dataset.inspector(*person).id.clone(), one);
    }
    for (monday, one) in &found.weeks {
        row("week", monday.to_string(), one);
    }
    for (inspection, one) in &found.inspections {
        row(
            "inspection",
            dataset.inspection(*inspection).id.clone(),
            one,
        );
    }
    table.into_bytes()
}

/// `posts-lost.svg`: how many posts stay empty in how many years.
pub fn plot(dataset: &Dataset, found: &Stressed) -> Option<Vec<u8>> {
    let values: Vec<f64> = found
        .draws
        .iter()
        .map(|one| f64::from(one.posts_lost))
        .collect();
    let caption = format!("Years of absences ({})", dataset.policy.marking);
    plot::histogram(&caption, "posts that stay empty", "years", &values)
}
