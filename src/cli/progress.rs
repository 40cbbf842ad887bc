//! Progress on the standard error: a live line a tier on a terminal, plain lines elsewhere.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::output::is_watched;
use crate::allocate::{Observer, Status, TierOutcome};
use crate::model::objectives::Tier;
use crate::report::pounds;

/// Shows how far a run is.
pub(super) struct Progress {
    shown: Shown,
    begun: Instant,
}

enum Shown {
    Nothing,
    Live(Option<ProgressBar>),
    Lines,
}

impl Progress {
    pub(super) fn new(quiet: bool) -> Self {
        let shown = match (quiet, is_watched()) {
            (true, _) => Shown::Nothing,
            (false, true) => Shown::Live(None),
            (false, false) => Shown::Lines,
        };
        Self {
            shown,
            begun: Instant::now(),
        }
    }
}

impl Observer for Progress {
    fn begins(&mut self, tier: Tier) {
        self.begun = Instant::now();
        if let Shown::Live(bar) = &mut self.shown {
            let line = ProgressBar::new_spinner();
            let style = ProgressStyle::with_template("{prefix} {msg}  {elapsed} {spinner}");
            line.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
            line.set_prefix(label(tier));
            line.enable_steady_tick(Duration::from_millis(120));
            *bar = Some(line);
        }
    }

    fn reaches(&mut self, tier: Tier, value: f64, bound: f64) {
        if let Shown::Live(Some(bar)) = &self.shown
            && value.is_finite()
        {
            bar.set_message(format!(
                "{} (bound {})",
                shown(tier, value),
                shown(tier, bound)
            ));
        }
    }

    fn ends(&mut self, outcome: &TierOutcome) {
        let line = format!("{} {}", label(outcome.tier), ending(outcome));
        match &mut self.shown {
            Shown::Nothing => {}
            Shown::Live(bar) => {
                if let Some(bar) = bar.take() {
                    bar.finish_and_clear();
                }
                eprintln!("{line}  {:.1} s", outcome.seconds);
            }
            Shown::Lines => eprintln!("{line}  {:.1} s", outcome.seconds),
        }
    }
}

fn label(tier: Tier) -> String {
    format!("{} {:<32}", tier.name(), tier.title())
}

fn shown(tier: Tier, value: f64) -> String {
    match tier {
        Tier::T6 => pounds(value),
        Tier::T7 => format!("{value:.1} days"),
        _ => format!("{value:.0}"),
    }
}

fn ending(outcome: &TierOutcome) -> String {
    let value = shown(outcome.tier, outcome.value);
    match (outcome.status, outcome.bound) {
        (Status::Optimal, _) => format!("{value}, proven"),
        (_, Some(bound)) => format!("{value}, bound {}", shown(outcome.tier, bound)),
        (_, None) => value,
    }
}
