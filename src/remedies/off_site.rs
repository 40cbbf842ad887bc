//! H8 and H12 for one post alone: where somebody's own days leave no room for its work off
//! site, some of their offers or moved leaves must make that room.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::about::{About, span_of};
use super::program::Base;
use super::question::Cut;
use crate::domain::InspectorIx;
use crate::eligibility::Eligibility;

/// What a seat takes at least.
#[derive(Clone, Copy, Debug)]
pub(super) struct Least {
    pub(super) changes: u32,
    pub(super) price: f64,
}

impl std::ops::Add for Least {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            changes: self.changes + other.changes,
            price: self.price + other.price,
        }
    }
}

/// What one task of a seat is short of: so many days, and how many each change gives.
#[derive(Clone)]
pub(super) struct Lack {
    pub(super) seat: usize,
    days: u32,
    gains: Vec<(usize, u32)>,
}

impl Lack {
    /// Days of the lack that any change gives count for no more than the lack.
    pub(super) fn row(&self) -> Cut {
        let lack = f64::from(self.days);
        let gains = self.gains.iter();
        Cut {
            seats: vec![(self.seat, lack)],
            changes: gains
                .map(|(at, days)| (*at, f64::from(*days).min(lack)))
                .collect(),
            most: 0.0,
        }
    }

    /// The changes, and the price, that it takes at least besides those of `needed`; nothing where
    /// none suffice.
    pub(super) fn besides(
        &self,
        needed: &BTreeSet<usize>,
        price: impl Fn(usize) -> f64,
    ) -> Option<Least> {
        let gains = self.gains.iter().copied();
        let (made, mut other): (Vec<_>, Vec<_>) = gains.partition(|(at, _)| needed.contains(at));
        let made: u32 = made.iter().map(|(_, days)| days).sum();
        let mut left = self.days.saturating_sub(made);
        other.sort_by_key(|(_, days)| std::cmp::Reverse(*days));
        let cheapest = other
            .iter()
            .map(|(at, _)| price(*at))
            .fold(f64::INFINITY, f64::min);
        let mut count = 0;
        for (_, days) in other {
            if left > 0 {
                left = left.saturating_sub(days);
                count += 1;
            }
        }
        (left == 0).then(|| Least {
            changes: count,
            price: if count > 0 {
                f64::from(count) * cheapest
            } else {
                0.0
            },
        })
    }
}

impl Base<'_> {
    /// Every task of every seat for which its person has too few days as things are.
    pub(super) fn off_site(&self) -> Vec<Lack> {
        let mut lacks = Vec::new();
        let mut own = vec![Vec::new(); self.after.dataset.inspectors.len()];
        for (at, about) in self.about.iter().enumerate() {
            if let (About::Person(person), Some(span)) = (about, span_of(&self.universe[at].change))
            {
                own[person.get()].push((at, span));
            }
        }
        for (seat, candidate) in self.after.candidates.iter().enumerate() {
            let person = candidate.person;
            let is_settled = self.after.settled.is_settled(*candidate);
            if is_settled || person.get() >= self.before.dataset.inspectors.len() {
                continue;
            }
            for task in &self.after.engagement(*candidate).tasks {
                let horizon = self.after.horizon;
                let within = horizon.date(task.first)..=horizon.date(task.last);
                let has = |year, date| is_workable(year, person, date);
                let (mut days, mut new) = (task.days, Vec::new());
                for date in dates(&within) {
                    if has(self.before, date) {
                        days = days.saturating_sub(1);
                    } else if has(self.after, date) {
                        new.push(date);
                    }
                }
                if days == 0 {
                    continue;
                }
                let gains = own[person.get()].iter().filter_map(|(at, span)| {
                    let gained = new.iter().filter(|date| span.contains(**date)).count() as u32;
                    (gained > 0).then_some((*at, gained))
                });
                lacks.push(Lack {
                    seat,
                    days,
                    gains: gains.collect(),
                });
            }
        }
        lacks
    }
}

fn dates(within: &RangeInclusive<NaiveDate>) -> impl Iterator<Item = NaiveDate> {
    let last = *within.end();
    within
        .start()
        .iter_days()
        .take_while(move |date| *date <= last)
}

/// What lies beyond the days that the year knows of is taken to be free.
fn is_workable(year: &Eligibility, person: InspectorIx, date: NaiveDate) -> bool {
    let day = usize::try_from((date - year.horizon.date(0)).num_days());
    let day = day.ok().filter(|day| *day < year.horizon.len());
    day.is_none_or(|day| year.workable(person).contains(day))
}
