//! What a post costs to hold: a year allocated with one seat held comes to the same in T1, T2
//! and T3 as the year with that post pinned, and to no less than the year without.

mod support;

use muster::allocate::{Allocation, Held, Options, Unobserved, allocate_holding};
use muster::domain::{Dataset, Pin, PinAction};
use muster::eligibility::Eligibility;
use muster::model::objectives::Tier;
use muster::solve::Stop;

use support::checked::allocated;
use support::tiny::tiny_year;

fn values(allocation: &Allocation, tiers: &[Tier]) -> Vec<f64> {
    let value = |tier: &Tier| allocation.tier(*tier).value;
    tiers.iter().map(value).collect()
}

/// The year with the post of `seat` pinned.
fn pinned(eligibility: &Eligibility, seat: usize) -> Dataset {
    let candidate = eligibility.candidates[seat];
    let post = eligibility.engagement(candidate);
    let mut dataset = eligibility.dataset.clone();
    dataset.pins.push(Pin {
        inspection: post.inspection,
        inspector: candidate.person,
        role: Some(post.role),
        action: PinAction::Pin,
        line: 2,
    });
    dataset
}

#[test]
fn holding_a_seat_costs_what_pinning_its_post_costs() {
    let stop = Stop::never();
    let (mut compared, mut dearer) = (0, 0);
    for seed in 0..60 {
        let dataset = tiny_year(seed);
        let in_order = Tier::in_order(&dataset);
        let first = &in_order[..3];
        let options = Options {
            stop_after: first.last().copied(),
            ..Options::default()
        };
        let values = |allocation: &Allocation| values(allocation, first);
        let without = allocated(&dataset, &options, &stop);
        let eligibility = Eligibility::new(&dataset);
        // A pin names no window: where there are several, it asks for less than a seat does.
        let others = (0..eligibility.candidates.len()).filter(|seat| {
            let post = eligibility.engagement(eligibility.candidates[*seat]);
            let windows = &eligibility.windows[post.inspection.get()];
            let open = windows.iter().filter(|window| window.closed.is_none());
            open.count() == 1 && !without.selection.contains(*seat)
        });
        for seat in others.step_by(3).take(4) {
            let held = Held {
                seat,
                without: &without.selection,
                proven: first,
            };
            let with = allocate_holding(&eligibility, &held, &options, &stop, &mut Unobserved);
            let with_pin = pinned(&eligibility, seat);
            let with_pin = muster::allocate::allocate(
                &Eligibility::new(&with_pin),
                &options,
                &stop,
                &mut Unobserved,
            );
            assert_eq!(with.is_ok(), with_pin.is_ok(), "seed {seed}, seat {seat}");
            let (Ok(with), Ok(with_pin)) = (with, with_pin) else {
                continue;
            };
            assert!(with.selection.contains(seat));
            assert!(with.is_proven() && with_pin.is_proven());
            assert_eq!(values(&with), values(&with_pin), "seed {seed}, seat {seat}");
            assert!(values(&with) >= values(&without));
            compared += 1;
            dearer += usize::from(values(&with) > values(&without));
        }
    }
    assert!(compared > 50 && dearer > 10, "{compared}, {dearer}");
}
