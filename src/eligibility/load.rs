//! Whether one person can hold several posts together: no two on the same day (H8), days of
//! the year and the quarter (H11), the rolling load (H13) and all the off-site work (H12).

use std::ops::Range;

use fixedbitset::FixedBitSet;

use super::calendar::Day;
use super::off_site::{self, Overfull, Task};
use super::{Eligibility, Engagement};
use crate::domain::{Inspector, InspectorIx, Policy};

/// One person's caps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Days left of the year's (H11).
    pub year: u32,
    /// Caps of the quarters (H11).
    pub quarter: [Option<u32>; 4],
    window_weeks: i32,
    max_weeks: usize,
    /// Weeks on site that are settled: what they break among themselves is no longer asked.
    settled_weeks: Vec<i32>,
}

impl Limits {
    pub(super) fn new(inspector: &Inspector, policy: &Policy) -> Self {
        Self {
            year: inspector.max_days.saturating_sub(inspector.days_used),
            quarter: inspector.max_days_quarter,
            window_weeks: policy.rolling.window_weeks as i32,
            max_weeks: policy.rolling.max_weeks as usize,
            settled_weeks: Vec::new(),
        }
    }

    /// Has room for `settled` posts, whatever they take (H17).
    pub(super) fn make_room(&mut self, settled: &[&Engagement]) {
        let days = |posts: &mut dyn Iterator<Item = &&Engagement>| -> u32 {
            posts.map(|post| post.days()).sum()
        };
        self.year = self.year.max(days(&mut settled.iter()));
        for (quarter, cap) in self.quarter.iter_mut().enumerate() {
            let mut inside = settled.iter().filter(|post| post.quarter == quarter);
            let taken = days(&mut inside);
            *cap = cap.map(|cap| cap.max(taken));
        }
        let weeks = settled.iter().flat_map(|post| post.weeks.iter().copied());
        self.settled_weeks = weeks.collect();
    }

    /// The weeks that a run of the rolling load's length may share with those of a post.
    fn weeks_near(&self, post: &Engagement) -> Range<i32> {
        let (first, last) = (post.weeks[0], post.weeks[post.weeks.len() - 1]);
        first - self.window_weeks + 1..last + self.window_weeks
    }

    /// H13: whether the distinct `weeks`, in order, keep to the rolling load (¶37).
    pub(super) fn rolling_allows(&self, weeks: &[i32]) -> bool {
        self.too_many(weeks).is_none()
    }

    /// The first of the distinct `weeks`, in order, that together are too many (H13).
    fn too_many<'a>(&self, weeks: &'a [i32]) -> Option<&'a [i32]> {
        let most = self.max_weeks;
        weeks.windows(most + 1).find(|run| {
            let apart = most > 0 && run[most] - run[0] >= self.window_weeks;
            !apart && !run.iter().all(|week| self.settled_weeks.contains(week))
        })
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
        self.days_apart(engagements)
            && self.days_allow(person, engagements)
            && self.rolling_allows(person, engagements)
            && self.place(person, engagements).is_some()
    }

    fn held(&self, engagements: &[usize]) -> impl Iterator<Item = &Engagement> {
        engagements
            .iter()
            .map(|engagement| &self.engagements[*engagement])
    }

    /// What [`Self::fits`] says of `held` and `more`, where `person` can hold all of `held` and is
    /// eligible for `more`: only what lies near that is looked at.
    pub fn fits_beside(
        &self,
        person: InspectorIx,
        held: impl Iterator<Item = usize> + Clone,
        more: usize,
    ) -> bool {
        let limits = &self.limits[person.get()];
        let more = &self.engagements[more];
        let held = held.map(|engagement| &self.engagements[engagement]);
        let mut days = more.days();
        let mut in_quarter = more.days();
        // Weeks that one run of the rolling load's length may share with those of `more`.
        let mut weeks_near = more.weeks.len();
        let (mut first, mut last) = more.extent;
        let near_weeks = limits.weeks_near(more);
        for post in held.clone() {
            let overlaps = touches(post, (first, last));
            if post.inspection == more.inspection
                || (overlaps && !post.on_site.is_disjoint(&more.on_site))
            {
                return false;
            }
            days += post.days();
            if post.quarter == more.quarter {
                in_quarter += post.days();
            }
            let weeks = post.weeks.iter();
            weeks_near += weeks.filter(|week| near_weeks.contains(week)).count();
        }
        if days > limits.year || limits.quarter[more.quarter].is_some_and(|cap| in_quarter > cap) {
            return false;
        }
        if weeks_near > limits.max_weeks {
            let weeks = held.clone().flat_map(|post| &post.weeks).copied();
            let weeks = weeks.filter(|week| near_weeks.contains(week));
            let mut weeks: Vec<i32> = weeks.chain(more.weeks.iter().copied()).collect();
            weeks.sort_unstable();
            weeks.dedup();
            if !limits.rolling_allows(&weeks) {
                return false;
            }
        }
        // What does not overlap, nor overlaps what does, finds its days as it did before.
        let mut near: Vec<&Engagement> = Vec::new();
        loop {
            let known = near.len();
            for post in held.clone() {
                let is_known = near.iter().any(|near| std::ptr::eq(*near, post));
                if !is_known && touches(post, (first, last)) {
                    (first, last) = (first.min(post.extent.0), last.max(post.extent.1));
                    near.push(post);
                }
            }
            if near.len() == known {
                break;
            }
        }
        near.is_empty() || {
            near.push(more);
            self.work_fits(person, &near)
        }
    }

    /// H8 on site: no two posts of one inspection, none on the same day.
    pub fn days_apart(&self, engagements: &[usize]) -> bool {
        let mut inspections: Vec<_> = self.held(engagements).map(|post| post.inspection).collect();
        inspections.sort_unstable();
        let mut on_site = FixedBitSet::with_capacity(self.horizon.len());
        inspections.windows(2).all(|two| two[0] != two[1])
            && self.held(engagements).all(|post| {
                let apart = on_site.is_disjoint(&post.on_site);
                on_site.union_with(&post.on_site);
                apart
            })
    }

    /// H11: whether the days of `engagements` keep within the year's and the quarters' caps.
    pub fn days_allow(&self, person: InspectorIx, engagements: &[usize]) -> bool {
        let limits = &self.limits[person.get()];
        let in_quarter = |quarter: usize| -> u32 {
            self.held(engagements)
                .filter(|e| e.quarter == quarter)
                .map(Engagement::days)
                .sum()
        };
        self.held(engagements).map(Engagement::days).sum::<u32>() <= limits.year
            && limits
                .quarter
                .iter()
                .enumerate()
                .all(|(quarter, cap)| cap.is_none_or(|cap| in_quarter(quarter) <= cap))
    }

    /// H13: whether the weeks of `engagements` keep to the rolling load.
    pub fn rolling_allows(&self, person: InspectorIx, engagements: &[usize]) -> bool {
        self.too_many_weeks(person, engagements).is_none()
    }

    /// Weeks of `engagements` that together are more than the rolling load allows (H13).
    pub fn too_many_weeks(&self, person: InspectorIx, engagements: &[usize]) -> Option<Vec<i32>> {
        let mut weeks: Vec<_> = self
            .held(engagements)
            .flat_map(|post| post.weeks.iter().copied())
            .collect();
        weeks.sort_unstable();
        weeks.dedup();
        let run = self.limits[person.get()].too_many(&weeks);
        run.map(<[i32]>::to_vec)
    }

    /// Whether `a` and `b`, for each of which `person` is eligible, exclude each other.
    pub fn clash(&self, person: InspectorIx, a: usize, b: usize) -> bool {
        let (first, second) = (&self.engagements[a], &self.engagements[b]);
        let limits = &self.limits[person.get()];
        if first.inspection == second.inspection || first.days() + second.days() > limits.year {
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
        // Work off site that lies apart finds its days as each post's does alone.
        match apart {
            true if weeks_apart && !same_quarter => false,
            true => !(self.days_allow(person, &[a, b]) && self.rolling_allows(person, &[a, b])),
            false => {
                !(first.on_site.is_disjoint(&second.on_site)
                    && self.days_allow(person, &[a, b])
                    && self.rolling_allows(person, &[a, b])
                    && self.work_fits(person, &[first, second]))
            }
        }
    }

    /// Whether all the off-site work of `posts` has days beside all of them: no span of days from the
    /// start of one task to the end of one holds more work than days (H12). It says what
    /// [`Self::place`] does, and is asked of every pair of everybody's posts.
    fn work_fits(&self, person: InspectorIx, posts: &[&Engagement]) -> bool {
        let workable = &self.people[person.get()].workable;
        let tasks = || {
            let tasks = posts.iter().flat_map(|post| &post.tasks);
            tasks.filter(|task| task.days > 0)
        };
        tasks().all(|from| {
            tasks().filter(|to| from.first <= to.last).all(|to| {
                let inside =
                    tasks().filter(|task| from.first <= task.first && task.last <= to.last);
                let work: u32 = inside.map(|task| task.days).sum();
                work == 0 || work <= free_days(workable, posts, from.first, to.last)
            })
        })
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

/// Whether a post can touch a day of `extent`.
fn touches(post: &Engagement, extent: (Day, Day)) -> bool {
    post.extent.0 <= extent.1 && extent.0 <= post.extent.1
}

/// How many days from `first` to `last`, which is no earlier, are in `workable` and not on site.
fn free_days(workable: &FixedBitSet, posts: &[&Engagement], first: Day, last: Day) -> u32 {
    const BITS: usize = usize::BITS as usize;
    (first / BITS..=last / BITS)
        .map(|at| {
            let on_site = posts.iter().map(|post| post.on_site.as_slice()[at]);
            let mut free = workable.as_slice()[at] & !on_site.fold(0, |all, own| all | own);
            if at == first / BITS {
                free &= usize::MAX << (first % BITS);
            }
            if at == last / BITS {
                free &= usize::MAX >> (BITS - 1 - last % BITS);
            }
            free.count_ones()
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use rand::seq::IndexedRandom as _;
    use rand::{RngExt as _, SeedableRng as _};
    use rand_chacha::ChaCha8Rng;

    use super::*;
    use crate::demo::Spec;
    use crate::test_support;

    /// Posts of each person, taken one after the other.
    #[test]
    fn a_post_fits_beside_others_where_all_fit_together() {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let (mut fitting, mut not) = (0, 0);
        for seed in 0..8 {
            let mut dataset = test_support::year(&Spec::varied(seed, 24, 6, 6));
            for inspector in &mut dataset.inspectors {
                inspector.max_days += random.random_range(0..60);
                let cap = random.random_range(20..60);
                let is_capped = random.random_bool(0.2);
                inspector.max_days_quarter = [is_capped.then_some(cap); 4];
            }
            if seed % 2 == 0 {
                dataset.policy.rolling.max_weeks += 3;
            }
            let year = Eligibility::new(&dataset);
            for person in dataset.inspector_ixs() {
                let own = year.candidates.iter().filter(|seat| seat.person == person);
                let own: Vec<usize> = own.map(|seat| seat.engagement).collect();
                for _ in 0..40 {
                    let mut held: Vec<usize> = Vec::new();
                    for _ in 0..30 {
                        let Some(more) = own.choose(&mut random) else {
                            continue;
                        };
                        let together: Vec<usize> = held.iter().copied().chain([*more]).collect();
                        let fits = year.fits(person, &together);
                        let beside = year.fits_beside(person, held.iter().copied(), *more);
                        assert_eq!(beside, fits, "seed {seed}: {more} beside {held:?}");
                        if fits {
                            held = together;
                            fitting += 1;
                        } else {
                            not += 1;
                        }
                    }
                }
            }
        }
        assert!(fitting > 10_000 && not > 10_000, "{fitting}, {not}");
    }

    #[test]
    fn two_posts_clash_where_they_do_not_fit_together() {
        let (mut clashing, mut overlapping) = (0, 0);
        for seed in 0..8 {
            let dataset = test_support::year(&Spec::varied(seed, 24, 6, 6));
            let year = Eligibility::new(&dataset);
            for person in dataset.inspector_ixs() {
                let own = year.candidates.iter().filter(|seat| seat.person == person);
                let own: Vec<usize> = own.map(|seat| seat.engagement).collect();
                for (at, a) in own.iter().enumerate() {
                    for b in &own[at + 1..] {
                        let clash = year.clash(person, *a, *b);
                        assert_eq!(clash, !year.fits(person, &[*a, *b]));
                        clashing += usize::from(clash);
                        let [a, b] = [a, b].map(|at| &year.engagements[*at]);
                        let apart = a.extent.1 < b.extent.0 || b.extent.1 < a.extent.0;
                        overlapping += usize::from(!clash && !apart);
                    }
                }
            }
        }
        assert!(
            clashing > 1000 && overlapping > 100,
            "{clashing}, {overlapping}"
        );
    }
}
