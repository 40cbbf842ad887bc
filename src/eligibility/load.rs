//! Whether one person can hold several posts together: no two on the same day (H8), days of
//! the year and the quarter (H11), the rolling load (H13) and all the off-site work (H12).

use fixedbitset::FixedBitSet;

use super::off_site::{self, Overfull, Task};
use super::{Eligibility, Engagement};
use crate::domain::{Inspector, InspectorIx, Policy};

/// One person's caps.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Days left of the year's (H11).
    pub year: u32,
    /// Caps of the quarters (H11).
    pub quarter: [Option<u32>; 4],
    window_weeks: i32,
    max_weeks: usize,
}

impl Limits {
    pub(super) fn new(inspector: &Inspector, policy: &Policy) -> Self {
        Self {
            year: inspector.max_days.saturating_sub(inspector.days_used),
            quarter: inspector.max_days_quarter,
            window_weeks: policy.rolling.window_weeks as i32,
            max_weeks: policy.rolling.max_weeks as usize,
        }
    }

    /// H13: whether the distinct `weeks`, in order, keep to the rolling load (¶37).
    pub(super) fn rolling_allows(&self, weeks: &[i32]) -> bool {
        match self.max_weeks {
            0 => weeks.is_empty(),
            most => weeks
                .windows(most + 1)
                .all(|run| run[most] - run[0] >= self.window_weeks),
        }
    }
}

impl Eligibility<'_> {
    /// The caps of `person`.
    pub fn limits(&self, person: InspectorIx) -> &Limits {
        &self.limits[person.get()]
    }

    /// The working days of `person`'s pattern on which they are not away.
    pub fn workable(&self, person: InspectorIx) -> &FixedBitSet {
        &self.people[person.get()].workable
    }

    /// Whether `person`, eligible for each of `engagements`, can hold them all.
    pub fn fits(&self, person: InspectorIx, engagements: &[usize]) -> bool {
        let limits = &self.limits[person.get()];
        let held = || {
            engagements
                .iter()
                .map(|engagement| &self.engagements[*engagement])
        };
        let mut on_site = FixedBitSet::with_capacity(self.horizon.len());
        let mut inspections: Vec<_> = held().map(|engagement| engagement.inspection).collect();
        inspections.sort_unstable();
        if inspections.windows(2).any(|two| two[0] == two[1]) {
            return false;
        }
        for engagement in held() {
            if !on_site.is_disjoint(&engagement.on_site) {
                return false;
            }
            on_site.union_with(&engagement.on_site);
        }
        if held().map(Engagement::days).sum::<u32>() > limits.year {
            return false;
        }
        for (quarter, cap) in limits.quarter.iter().enumerate() {
            let used = held()
                .filter(|e| e.quarter == quarter)
                .map(Engagement::days)
                .sum::<u32>();
            if cap.is_some_and(|cap| used > cap) {
                return false;
            }
        }
        let mut weeks: Vec<_> = held().flat_map(|e| e.weeks.iter().copied()).collect();
        weeks.sort_unstable();
        weeks.dedup();
        limits.rolling_allows(&weeks) && self.place(person, engagements).is_some()
    }

    /// Whether `a` and `b`, for each of which `person` is eligible, exclude each other.
    pub fn clash(&self, person: InspectorIx, a: usize, b: usize) -> bool {
        let (first, second) = (&self.engagements[a], &self.engagements[b]);
        let limits = &self.limits[person.get()];
        if first.inspection == second.inspection
            || first.days() + second.days() > limits.year
            || !first.on_site.is_disjoint(&second.on_site)
        {
            return true;
        }
        let apart = first.extent.1 < second.extent.0 || second.extent.1 < first.extent.0;
        let weeks_apart = {
            let (early, late) = if first.weeks[0] <= second.weeks[0] {
                (first, second)
            } else {
                (second, first)
            };
            late.weeks[0] - early.weeks[early.weeks.len() - 1] >= limits.window_weeks
        };
        let same_quarter =
            first.quarter == second.quarter && limits.quarter[first.quarter].is_some();
        !(apart && weeks_apart && !same_quarter) && !self.fits(person, &[a, b])
    }

    /// Days for all the off-site work of `engagements`, task by task; nothing where they
    /// don't fit `person`'s year.
    pub fn place(&self, person: InspectorIx, engagements: &[usize]) -> Option<Vec<Vec<usize>>> {
        let (tasks, on_site) = self.work(engagements);
        let mut free = self.people[person.get()].workable.clone();
        free.difference_with(&on_site);
        off_site::place(&free, &tasks)
    }

    /// The span of days into which the work of `engagements` does not fit (H12).
    pub fn overfull(&self, person: InspectorIx, engagements: &[usize]) -> Option<Overfull> {
        let (tasks, on_site) = self.work(engagements);
        off_site::overfull(&self.people[person.get()].workable, &tasks, &on_site)
    }

    fn work(&self, engagements: &[usize]) -> (Vec<Task<usize>>, FixedBitSet) {
        let mut on_site = FixedBitSet::with_capacity(self.horizon.len());
        let mut tasks = Vec::new();
        for engagement in engagements
            .iter()
            .map(|engagement| &self.engagements[*engagement])
        {
            on_site.union_with(&engagement.on_site);
            tasks.extend_from_slice(&engagement.tasks);
        }
        (tasks, on_site)
    }
}
