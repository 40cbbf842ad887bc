//! `--timings`: where the time goes, by the library's spans.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io::Write as _;
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Subscriber, subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::{LookupSpan, Registry};

/// Spans by their path, each with how often it was there and how long in all.
type Totals = BTreeMap<Vec<String>, Total>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Total {
    /// Which was there first.
    order: usize,
    count: u32,
    time: Duration,
}

static TOTALS: OnceLock<Mutex<Totals>> = OnceLock::new();

/// Has spans be summed from now on.
pub(super) fn begin() {
    if TOTALS.set(Mutex::default()).is_ok() {
        let _ = subscriber::set_global_default(Registry::default().with(Summing));
    }
}

/// Prints the sums, where there are any.
pub(super) fn print() {
    if let Some(totals) = TOTALS.get().and_then(|totals| totals.lock().ok()) {
        let _ = std::io::stderr().write_all(text(&totals).as_bytes());
    }
}

fn text(totals: &Totals) -> String {
    let mut text = String::from("Where the time went (s; what runs side by side adds up):\n");
    let mut paths: Vec<_> = totals.keys().collect();
    // A span stands below the one that it is in, and those in one span as they came.
    paths.sort_by_key(|path| {
        let above = (1..=path.len()).map(|length| totals.get(&path[..length]));
        above
            .map(|total| total.map(|total| total.order))
            .collect::<Vec<_>>()
    });
    for path in paths {
        let (total, depth) = (totals[path], path.len() - 1);
        let name = path.last().map_or("", String::as_str);
        let _ = writeln!(
            text,
            "{:indent$}{name:<width$} {:>9.3} {:>7}×",
            "",
            total.time.as_secs_f64(),
            total.count,
            indent = 2 * depth,
            width = 34_usize.saturating_sub(2 * depth),
        );
    }
    text
}

/// Sums the time that is spent in spans.
struct Summing;

/// A span that is open.
struct Open {
    path: Vec<String>,
    since: Option<Instant>,
    time: Duration,
}

/// The value of a span's one field, where it has one.
#[derive(Default)]
struct Which(String);

impl Visit for Which {
    fn record_debug(&mut self, _: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0, "{value:?}");
    }

    fn record_str(&mut self, _: &Field, value: &str) {
        self.0.push_str(value);
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Summing {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let mut which = Which::default();
        attributes.record(&mut which);
        let name = match which.0.is_empty() {
            true => span.name().to_owned(),
            false => which.0,
        };
        let above = span.parent().and_then(|parent| {
            let extensions = parent.extensions();
            extensions.get::<Open>().map(|open| open.path.clone())
        });
        let path: Vec<String> = above.into_iter().flatten().chain([name]).collect();
        if let Some(mut totals) = TOTALS.get().and_then(|totals| totals.lock().ok()) {
            let order = totals.len();
            let total = totals.entry(path.clone()).or_insert(Total {
                order,
                count: 0,
                time: Duration::ZERO,
            });
            total.count += 1;
        }
        span.extensions_mut().insert(Open {
            path,
            since: None,
            time: Duration::ZERO,
        });
    }

    fn on_enter(&self, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(open) = span.extensions_mut().get_mut::<Open>()
        {
            open.since = Some(Instant::now());
        }
    }

    fn on_exit(&self, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(open) = span.extensions_mut().get_mut::<Open>()
        {
            let since = open.since.take();
            open.time += since.map_or(Duration::ZERO, |since| since.elapsed());
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else {
            return;
        };
        let extensions = span.extensions();
        if let Some(open) = extensions.get::<Open>()
            && let Some(mut totals) = TOTALS.get().and_then(|totals| totals.lock().ok())
            && let Some(total) = totals.get_mut(&open.path)
        {
            total.time += open.time;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_stand_below_the_one_they_are_in_as_they_came() {
        let total = |order, milliseconds| Total {
            order,
            count: 1,
            time: Duration::from_millis(milliseconds),
        };
        let path = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let totals = Totals::from([
            (path(&["T1"]), total(1, 20)),
            (path(&["T1", "search"]), total(2, 12)),
            (path(&["T1", "root"]), total(4, 3)),
            (path(&["read"]), total(0, 5)),
            (path(&["writing"]), total(3, 7)),
        ]);
        let text = text(&totals);
        let names = text
            .lines()
            .skip(1)
            .map(|line| line.split_whitespace().next());
        let names: Vec<_> = names.flatten().collect();
        assert_eq!(names, ["read", "T1", "search", "root", "writing"]);
        assert!(
            text.contains("  search                               0.012       1×"),
            "{text}"
        );
    }
}
