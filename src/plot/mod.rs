//! Plots as SVG: lines over numbers, and how often which figure comes up.

use std::ops::Range;

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

const SIZE: (u32, u32) = (900, 520);

/// A line: its label, and its points by rising x.
pub type Line = (String, Vec<(f64, f64)>);

/// Lines over what `below` says, of what `beside` says; nothing where they can't be drawn.
pub fn lines(caption: &str, below: &str, beside: &str, lines: &[Line]) -> Option<Vec<u8>> {
    let all = || lines.iter().flat_map(|(_, points)| points);
    let across = range(all().map(|point| point.0));
    let up = range(all().map(|point| point.1));
    drawn(|area| {
        let mut chart = framed(area, caption, across.clone(), up.clone(), below, beside)?;
        for (at, (label, points)) in lines.iter().enumerate() {
            let colour = Palette99::pick(at).to_rgba();
            let line = LineSeries::new(points.iter().copied(), colour.stroke_width(2));
            let series = chart.draw_series(line).ok()?;
            if !label.is_empty() {
                let sample = move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour);
                series.label(label.clone()).legend(sample);
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
    })
}

/// How many of `values` lie where; nothing where there are none.
pub fn histogram(caption: &str, below: &str, beside: &str, values: &[f64]) -> Option<Vec<u8>> {
    let low = values.iter().copied().reduce(f64::min)?;
    let high = values.iter().copied().reduce(f64::max)?;
    let are_whole = values.iter().all(|value| value.fract() == 0.0);
    // A bar for each number where they are few and whole, else twenty.
    let (width, bars) = if are_whole && high - low < 40.0 {
        (1.0, (high - low) as usize + 1)
    } else {
        ((high - low) / 20.0, 20)
    };
    let mut counts = vec![0_u32; bars];
    for value in values {
        let at = ((value - low) / width) as usize;
        counts[at.min(bars - 1)] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(1);
    let across = low..low + width * bars as f64;
    let up = 0.0..f64::from(most) * 1.1;
    drawn(|area| {
        let mut chart = framed(area, caption, across.clone(), up.clone(), below, beside)?;
        let bars = counts.iter().enumerate().map(|(at, count)| {
            let from = low + width * at as f64;
            let corners = [(from, 0.0), (from + width * 0.92, f64::from(*count))];
            Rectangle::new(corners, BLUE.mix(0.6).filled())
        });
        chart.draw_series(bars).ok()?;
        Some(())
    })
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

fn drawn(draw: impl Fn(&Area<'_>) -> Option<()>) -> Option<Vec<u8>> {
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
    let is_drawn = draw(&area).is_some() && area.present().is_ok();
    drop(area);
    is_drawn.then(|| svg.into_bytes())
}

type Chart<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

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
