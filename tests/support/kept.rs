//! The demo year with a plan that is kept beside the tests: one of those that are best in T1, T2
//! and T3. Which of them a run finds changes with the engine.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use muster::allocate::{Allocation, Options, Status, changed};
use muster::demo::{self, Spec};
use muster::domain::Dataset;
use muster::eligibility::Eligibility;
use muster::explain::Shortfall;
use muster::model::Selection;
use muster::model::objectives::Tier;
use muster::report::{self, Run};
use muster::result::PastRun;
use muster::solve::Stop;

use super::checked::allocated;
use super::generated::year;

pub fn after_t3() -> Options {
    Options {
        stop_after: Some(Tier::T3),
        ..Options::default()
    }
}

/// A year and what was made of it.
pub struct Made {
    /// The year.
    pub dataset: Dataset,
    /// Its plan.
    pub allocation: Allocation,
    /// Its empty posts.
    pub shortfalls: Vec<Shortfall>,
    /// What was asked for.
    pub options: Options,
}

impl Made {
    pub fn of(dataset: Dataset, options: Options) -> Self {
        let allocation = allocated(&dataset, &options, &Stop::never());
        let eligibility = Eligibility::new(&dataset);
        let selection = &allocation.selection;
        let shortfalls = muster::explain::shortfalls(&eligibility, selection, 0, &Stop::never());
        let shortfalls = shortfalls.expect("the causes are found");
        Self {
            dataset,
            allocation,
            shortfalls,
            options,
        }
    }

    /// The run as it is read from a result's files.
    pub fn past(&self) -> PastRun {
        PastRun {
            allocation: self.allocation.clone(),
            shortfalls: self.shortfalls.clone(),
            options: self.options.clone(),
        }
    }

    pub fn small(seed: u64) -> Self {
        Self::of(year(&Spec::sized(seed, 8, 8, 16)), Options::default())
    }
}

/// The demo year with its plan, made once for all tests.
pub fn demo() -> &'static Made {
    static DEMO: OnceLock<Made> = OnceLock::new();
    DEMO.get_or_init(|| {
        let files = demo::files().into_iter();
        let files: std::collections::BTreeMap<_, _> = files
            .map(|(name, text)| (name, text.into_bytes()))
            .collect();
        let loaded = muster::check::read_from(&files);
        let mut made = Made::of(loaded.dataset.expect("no errors"), after_t3());
        let eligibility = Eligibility::new(&made.dataset);
        let selection = kept_plan(&eligibility);
        assert!(selection.fits(&eligibility));
        made.allocation = changed(&eligibility, &made.allocation, &made.options, selection);
        let selection = &made.allocation.selection;
        let shortfalls = muster::explain::shortfalls(&eligibility, selection, 0, &Stop::never());
        made.shortfalls = shortfalls.expect("the causes are found");
        for tier in [Tier::T1, Tier::T2, Tier::T3] {
            assert_eq!(made.allocation.tier(tier).status, Status::Optimal);
        }
        made
    })
}

/// The files of the demo year's result.
pub fn demo_result() -> Vec<(String, Vec<u8>)> {
    let made = demo();
    report::files(&Run {
        eligibility: &Eligibility::new(&made.dataset),
        allocation: &made.allocation,
        shortfalls: &made.shortfalls,
        options: &made.options,
    })
}

/// The demo year's plan that is kept beside the tests.
fn kept_plan(eligibility: &Eligibility) -> Selection {
    let mut rows = csv::Reader::from_reader(&include_bytes!("../fixtures/demo_plan.csv")[..]);
    let kept: BTreeSet<(String, String, String, String)> = rows
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("rows of text");
    let is_kept = |seat: &usize| {
        let candidate = eligibility.candidates[*seat];
        let engagement = eligibility.engagement(candidate);
        kept.contains(&(
            eligibility
                .dataset
                .inspection(engagement.inspection)
                .id
                .clone(),
            engagement.role.as_str().to_owned(),
            eligibility.dataset.inspector(candidate.person).id.clone(),
            engagement.first_day.to_string(),
        ))
    };
    let seats: Vec<usize> = (0..eligibility.candidates.len()).filter(is_kept).collect();
    assert_eq!(seats.len(), kept.len(), "a seat for every row");
    Selection::new(seats)
}
