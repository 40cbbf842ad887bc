//! Plots of sweeps: what is short and what it costs along a grid, and how both are spread over random
//! draws.

use std::collections::BTreeMap;

use super::manifest::Manifest;
use super::row::{Row, Status};
use crate::plot;

/// What is plotted: a name for files, words for the axis, and the figure.
type Figure = (&'static str, &'static str, fn(&Row) -> Option<f64>);

const FIGURES: [Figure; 2] = [
    ("empty", "posts empty", |row| Some(row.empty as f64)),
    ("cost", "cost, £", |row| {
        row.tiers.get("T6").map(|tier| tier.value)
    }),
];

/// Every plot by its file's name: two for each sweep of which two cases or more have a plan.
pub(super) fn plots(rows: &[Row], manifest: &Manifest) -> Vec<(String, Vec<u8>)> {
    let mut plots = Vec::new();
    let mut scenarios: Vec<&str> = Vec::new();
    for case in manifest.cases.iter().filter(|case| !case.values.is_empty()) {
        if !scenarios.contains(&case.scenario.as_str()) {
            scenarios.push(&case.scenario);
        }
    }
    for scenario in scenarios {
        let is_meant = |row: &&Row| row.scenario == scenario && row.status == Status::Planned;
        let cases: Vec<&Row> = rows.iter().filter(is_meant).collect();
        let Some(first) = cases.first().filter(|_| cases.len() > 1) else {
            continue;
        };
        let mut listed = manifest.cases.iter();
        let is_grid = listed.any(|case| case.scenario == scenario && case.is_grid);
        for (name, words, figure) in FIGURES {
            let caption = format!("{} ({})", first.title, manifest.marking);
            let svg = if is_grid {
                along(&caption, words, &cases, figure)
            } else {
                let values: Option<Vec<f64>> = cases.iter().map(|row| figure(row)).collect();
                values.and_then(|values| plot::histogram(&caption, words, "cases", &values))
            };
            plots.extend(svg.map(|svg| (format!("{scenario}-{name}.svg"), svg)));
        }
    }
    plots
}

/// A line over the values of the first name that are numbers, one for each combination of the
/// others.
fn along(
    caption: &str,
    words: &str,
    cases: &[&Row],
    figure: fn(&Row) -> Option<f64>,
) -> Option<Vec<u8>> {
    let value = |row: &Row, name: &str| {
        let mut values = row.values.iter();
        let found = values.find(|(known, _)| known == name);
        let number = found.and_then(|(_, value)| value.parse::<f64>().ok());
        // Nothing that anybody sweeps over is larger; an axis to infinity has no end.
        number.filter(|number| number.abs() < 1e9)
    };
    let mut names = cases.first()?.values.iter().map(|(name, _)| name);
    let name = names.find(|name| cases.iter().all(|row| value(row, name).is_some()))?;
    let mut lines: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    for row in cases {
        let others = row.values.iter().filter(|(known, _)| known != name);
        let others = others.map(|(name, value)| format!("{name} {value}"));
        let key = others.collect::<Vec<_>>().join(", ");
        lines
            .entry(key)
            .or_default()
            .push((value(row, name)?, figure(row)?));
    }
    for points in lines.values_mut() {
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
    plot::lines(caption, name, words, &Vec::from_iter(lines))
}
