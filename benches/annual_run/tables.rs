//! What was measured, as tables.

use std::fmt::Write as _;

use super::year::{Measured, Tier};

/// All years, with the median and the worst of each column.
pub fn of(years: &[Measured], limit: f64) -> String {
    let mut text = format!(
        "{} years, at most {limit} s for the tiers and {limit} s for the causes\n",
        years.len()
    );
    seconds(years, &mut text);
    tiers(years, &mut text);
    text
}

fn seconds(years: &[Measured], text: &mut String) {
    let rows: Vec<Vec<f64>> = years.iter().map(row).collect();
    let Some(first) = years.first() else { return };
    let stages = first.stages.iter().map(|(name, _)| name.as_str());
    let tiers = first.tiers.iter().map(|tier| tier.name.as_str());
    let names: Vec<_> = stages.chain(tiers).chain(["MiB"]).collect();
    let _ = writeln!(
        text,
        "\nSeconds of each stage and tier, and the peak of memory"
    );
    let _ = write!(text, "{:>8}", "seed");
    for name in &names {
        let _ = write!(text, " {name:>11}");
    }
    let mut line = |label: String, cells: &[f64]| {
        let _ = write!(text, "\n{label:>8}");
        for cell in cells {
            let _ = write!(text, " {cell:>11.2}");
        }
    };
    for (year, row) in std::iter::zip(years, &rows) {
        line(year.seed.to_string(), row);
    }
    let column = |at: usize| rows.iter().map(|row| row[at]).collect::<Vec<_>>();
    let columns: Vec<_> = (0..names.len()).map(column).collect();
    let medians: Vec<_> = columns.iter().map(|column| median(column)).collect();
    let worst: Vec<_> = columns.iter().map(|column| highest(column)).collect();
    line("median".to_owned(), &medians);
    line("worst".to_owned(), &worst);
    text.push('\n');
}

fn row(year: &Measured) -> Vec<f64> {
    let stages = year.stages.iter().map(|(_, seconds)| *seconds);
    let tiers = year.tiers.iter().map(|tier| tier.seconds);
    let peak = year.peak.unwrap_or(f64::NAN);
    stages.chain(tiers).chain([peak]).collect()
}

fn tiers(years: &[Measured], text: &mut String) {
    let _ = writeln!(
        text,
        "\nWhat each tier reached, and its bound and gap where it is not proven"
    );
    for year in years {
        let _ = write!(text, "{:>8}", year.seed);
        for tier in &year.tiers {
            let _ = write!(text, "  {}", ended(tier));
        }
        text.push('\n');
    }
    let _ = writeln!(text, "\nTier  proven  worst gap");
    let count = years.first().map_or(0, |year| year.tiers.len());
    for at in 0..count {
        let all: Vec<_> = years.iter().map(|year| &year.tiers[at]).collect();
        let proven = all.iter().filter(|tier| tier.proven).count();
        let gaps: Vec<_> = all.iter().map(|tier| tier.gap).collect();
        let _ = writeln!(
            text,
            "{:<4} {:>4}/{:<4} {:>7.3} %",
            all[0].name,
            proven,
            all.len(),
            highest(&gaps) * 100.0
        );
    }
}

fn ended(tier: &Tier) -> String {
    let number = |value: f64| match tier.name.as_str() {
        "T6" => format!("{value:.2}"),
        "T7" => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    };
    let (name, value) = (&tier.name, number(tier.value));
    if tier.proven {
        format!("{name} {value} proven")
    } else {
        let bound = number(tier.bound);
        format!("{name} {value} over {bound} ({:.3} %)", tier.gap * 100.0)
    }
}

fn highest(numbers: &[f64]) -> f64 {
    numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
    f64::midpoint(low, high)
}
