//! Plots of sweeps, as SVG: what is short and what it costs along a grid, and how both are spread
//! over random draws.

use std::collections::BTreeMap;
use std::ops::Range;

use plotters::coord::Shift;
use plotters::prelude::*;

use super::manifest::Manifest;
use super::row::{Row, Status};

const SIZE: (u32, u32) = (900, 520);

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
        let is_grid = manifest
            .cases
            .iter()
            .any(|case| case.scenario == scenario && case.is_grid);
        for (name, words, figure) in FIGURES {
            let mut svg = String::new();
            let caption = format!("{} ({})", first.title, manifest.marking);
            let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
            let drawn = if is_grid {
                along(&area, &caption, words, &cases, figure)
            } else {
                spread(&area, &caption, words, &cases, figure)
            };
            let drawn = drawn.is_some() && area.present().is_ok();
            drop(area);
            if drawn {
                plots.push((format!("{scenario}-{name}.svg"), svg.into_bytes()));
            }
        }
    }
    plots
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// A line over the values of the first name that are numbers, one for each combination of the
/// others.
fn along(
    area: &Area<'_>,
    caption: &str,
    words: &str,
    cases: &[&Row],
    figure: fn(&Row) -> Option<f64>,
) -> Option<()> {
    let number = |text: &str| text.parse::<f64>().ok();
    let names = cases.first()?.values.iter().map(|(name, _)| name);
    let value = |row: &Row, name: &str| {
        let mut values = row.values.iter();
        let found = values.find(|(known, _)| known == name);
        found.and_then(|(_, value)| number(value))
    };
    let is_number = |name: &&String| cases.iter().all(|row| value(row, name).is_some());
    let name = names.into_iter().find(is_number)?.clone();
    let mut lines: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    for row in cases {
        let others = row.values.iter().filter(|(known, _)| *known != name);
        let others = others.map(|(name, value)| format!("{name} {value}"));
        let key = others.collect::<Vec<_>>().join(", ");
        let point = (value(row, &name)?, figure(row)?);
        lines.entry(key).or_default().push(point);
    }
    for points in lines.values_mut() {
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
    let all = || lines.values().flatten();
    let across = range(all().map(|point| point.0));
    let up = range(all().map(|point| point.1));
    let mut chart = framed(area, caption, across, up, &name, words)?;
    for (at, (label, points)) in lines.iter().enumerate() {
        let colour = Palette99::pick(at).to_rgba();
        let line = LineSeries::new(points.iter().copied(), colour.stroke_width(2));
        let drawn = chart.draw_series(line).ok()?;
        if !label.is_empty() {
            let sample = move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour);
            drawn.label(label.clone()).legend(sample);
        }
        let dots = points.iter().map(|at| Circle::new(*at, 3, colour.filled()));
        chart.draw_series(dots).ok()?;
    }
    if lines.len() > 1 {
        let mut labels = chart.configure_series_labels();
        labels
            .background_style(WHITE.mix(0.8))
            .border_style(BLACK)
            .draw()
            .ok()?;
    }
    Some(())
}

/// How many cases have which figure.
fn spread(
    area: &Area<'_>,
    caption: &str,
    words: &str,
    cases: &[&Row],
    figure: fn(&Row) -> Option<f64>,
) -> Option<()> {
    let values: Option<Vec<f64>> = cases.iter().map(|row| figure(row)).collect();
    let values = values?;
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let are_whole = values.iter().all(|value| value.fract() == 0.0);
    // A bar for each number where they are few and whole, else twenty.
    let (width, bars) = if are_whole && high - low < 40.0 {
        (1.0, (high - low) as usize + 1)
    } else {
        ((high - low) / 20.0, 20)
    };
    let mut counts = vec![0_u32; bars];
    for value in &values {
        let at = ((value - low) / width) as usize;
        counts[at.min(bars - 1)] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(1);
    let across = low..low + width * bars as f64;
    let up = 0.0..f64::from(most) * 1.1;
    let mut chart = framed(area, caption, across, up, words, "cases")?;
    let bars = counts.iter().enumerate().map(|(at, count)| {
        let from = low + width * at as f64;
        let corners = [(from, 0.0), (from + width * 0.92, f64::from(*count))];
        Rectangle::new(corners, BLUE.mix(0.6).filled())
    });
    chart.draw_series(bars).ok()?;
    Some(())
}

type Chart<'a, 'b> = ChartContext<
    'a,
    SVGBackend<'b>,
    Cartesian2d<plotters::coord::types::RangedCoordf64, plotters::coord::types::RangedCoordf64>,
>;

fn framed<'a, 'b>(
    area: &'a Area<'b>,
    caption: &str,
    across: Range<f64>,
    up: Range<f64>,
    below: &str,
    beside: &str,
) -> Option<Chart<'a, 'b>> {
    area.fill(&WHITE).ok()?;
    let mut chart = ChartBuilder::on(area)
        .caption(caption, ("sans-serif", 20))
        .margin(12)
        .x_label_area_size(40)
        .y_label_area_size(80)
        .build_cartesian_2d(across, up)
        .ok()?;
    let mut mesh = chart.configure_mesh();
    let label = |value: &f64| format!("{}", (value * 100.0).round() / 100.0);
    mesh.x_desc(below)
        .y_desc(beside)
        .x_label_formatter(&label)
        .y_label_formatter(&label)
        .draw()
        .ok()?;
    Some(chart)
}

/// From the least to the most, with some room.
fn range(values: impl Iterator<Item = f64>) -> Range<f64> {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values {
        low = low.min(value);
        high = high.max(value);
    }
    let room = f64::max((high - low) * 0.08, 0.5);
    low - room..high + room
}
