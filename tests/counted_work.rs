//! What the search takes, counted: iterations of the simplex method, nodes of HiGHS's search trees
//! and steps of pricing. Counts are the same however busy the machine is. None may rise by more
//! than a fifth without being noticed.
//!
//! `COUNTED_WORK=update cargo test --release --test counted_work` writes down what it is now.

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use muster::allocate::Options;
use muster::demo::Spec;
use muster::domain::Dataset;
use muster::model::objectives::Tier;
use muster::solve::Stop;
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber, subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::Registry;

use support::checked::allocated;
use support::generated::year;

/// How much of each there may be, as a share of what is written down.
const MOST: f64 = 1.2;

type Counts = BTreeMap<String, u64>;

static COUNTS: Mutex<Counts> = Mutex::new(BTreeMap::new());

/// Adds up the numbers of all events.
struct Adding;

impl<S: Subscriber> Layer<S> for Adding {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        event.record(&mut Sum(&mut COUNTS.lock().expect("counts")));
    }
}

struct Sum<'a>(&'a mut Counts);

impl Visit for Sum<'_> {
    fn record_u64(&mut self, field: &Field, value: u64) {
        *self.0.entry(field.name().to_owned()).or_default() += value;
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.record_u64(field, u64::try_from(value).expect("a count"));
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

/// What is counted while `dataset` is allocated up to `stop_after`.
fn counted(dataset: &Dataset, stop_after: Option<Tier>) -> Counts {
    COUNTS.lock().expect("counts").clear();
    let options = Options {
        stop_after,
        ..Options::default()
    };
    let allocation = allocated(dataset, &options, &Stop::never());
    assert!(allocation.is_proven());
    std::mem::take(&mut *COUNTS.lock().expect("counts"))
}

#[test]
fn the_search_takes_no_more_work_than_it_did() {
    subscriber::set_global_default(Registry::default().with(Adding)).expect("the only one");
    let demo = counted(&year(&Spec::demo()), Some(Tier::T3));
    let mut small = Counts::new();
    for seed in 0..12 {
        for (of, count) in counted(&year(&Spec::varied(seed, 20, 8, 12)), None) {
            *small.entry(of).or_default() += count;
        }
    }
    let now = BTreeMap::from([("demo year, to T3", demo), ("12 small years", small)]);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/counted_work.json");
    if std::env::var_os("COUNTED_WORK").is_some_and(|wish| wish == "update") {
        let text = serde_json::to_string_pretty(&now).expect("counts");
        std::fs::write(&path, text + "\n").expect("written");
    }
    let before = std::fs::read_to_string(&path).expect("what is written down");
    let before: BTreeMap<String, Counts> = serde_json::from_str(&before).expect("counts");
    for (of, counts) in now {
        let before = &before[of];
        assert_eq!(
            counts.keys().collect::<Vec<_>>(),
            before.keys().collect::<Vec<_>>()
        );
        for (what, count) in counts {
            let most = MOST * before[&what] as f64;
            assert!(
                count as f64 <= most,
                "{of}: {count} {what}, {} before",
                before[&what]
            );
            println!("{of}: {count} {what}, {} before", before[&what]);
        }
    }
}
