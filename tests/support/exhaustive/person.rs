//! What one person can hold together (H8, H9, H11, H12, H13).

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use chrono::Datelike;
use muster::domain::{AvailabilityKind, Dataset, Grade, Inspector, InspectorIx};

use super::Rule;
use super::calendar::{Calendar, DaySet, numbers};
use super::posts::{Post, Task};

/// A set of a person's posts, a bit each.
pub type PostSet = u128;

/// A person with their days, their caps and the posts they may hold alone.
pub struct Person {
    /// Their row.
    pub ix: InspectorIx,
    /// The posts they may hold, were it their only one.
    pub posts: Vec<Post>,
    /// Days they can work off site.
    pub works: DaySet,
    /// Days they can be on site.
    pub comes: DaySet,
    /// Contracted or target days.
    pub max_days: i64,
    /// Days used outside this programme.
    pub days_used: i64,
    quarters: [Option<u32>; 4],
    window_weeks: u32,
    max_weeks: u32,
    dropped: BTreeSet<Rule>,
    further: RefCell<HashMap<PostSet, PostSet>>,
}

impl Person {
    /// The person at `ix`, with no posts yet.
    pub fn new(
        dataset: &Dataset,
        calendar: &Calendar,
        ix: InspectorIx,
        dropped: &BTreeSet<Rule>,
    ) -> Self {
        let row = dataset.inspector(ix);
        let (works, comes) = if dropped.contains(&Rule::H9) {
            (DaySet::MAX, DaySet::MAX)
        } else {
            available(dataset, calendar, ix, row)
        };
        Self {
            ix,
            posts: Vec::new(),
            works,
            comes,
            max_days: i64::from(row.max_days),
            days_used: i64::from(row.days_used),
            quarters: row.max_days_quarter,
            window_weeks: dataset.policy.rolling.window_weeks,
            max_weeks: dataset.policy.rolling.max_weeks,
            dropped: dropped.clone(),
            further: RefCell::default(),
        }
    }

    /// The most days this person can have used in the end, having used `days` already.
    pub fn most_days(&self, days: i64) -> i64 {
        if self.dropped.contains(&Rule::H11) {
            i64::MAX / 4
        } else {
            self.max_days.max(days)
        }
    }

    /// The posts that could be added to `held`, each alone.
    pub fn further(&self, held: PostSet) -> PostSet {
        if let Some(known) = self.further.borrow().get(&held) {
            return *known;
        }
        let mine: Vec<&Post> = numbers(held).map(|number| &self.posts[number]).collect();
        let open = (0..self.posts.len())
            .filter(|number| held >> number & 1 == 0)
            .filter(|number| {
                let mut together = mine.clone();
                together.push(&self.posts[*number]);
                self.can_hold(&together)
            })
            .fold(0, |set, number| set | 1 << number);
        self.further.borrow_mut().insert(held, open);
        open
    }

    /// Whether one person can hold all of `posts`.
    pub fn can_hold(&self, posts: &[&Post]) -> bool {
        self.within_caps(posts) && self.rests(posts) && self.finds_days(posts)
    }

    /// H11.
    fn within_caps(&self, posts: &[&Post]) -> bool {
        if self.dropped.contains(&Rule::H11) {
            return true;
        }
        let total: i64 = posts.iter().map(|post| post.days).sum();
        let in_quarter = |quarter: usize| -> i64 {
            let posts = posts.iter().filter(|post| post.quarter == quarter);
            posts.map(|post| post.days).sum()
        };
        self.days_used + total <= self.max_days
            && (0..4).all(|quarter| {
                self.quarters[quarter].is_none_or(|cap| in_quarter(quarter) <= i64::from(cap))
            })
    }

    /// H13.
    fn rests(&self, posts: &[&Post]) -> bool {
        if self.dropped.contains(&Rule::H13) {
            return true;
        }
        let weeks = posts.iter().fold(0, |weeks, post| weeks | post.weeks);
        let window = (1u64 << self.window_weeks) - 1;
        (0..64).all(|first| (weeks >> first & window).count_ones() <= self.max_weeks)
    }

    /// H8, H9 and H12: every day of work finds a day of its own.
    fn finds_days(&self, posts: &[&Post]) -> bool {
        if self.dropped.contains(&Rule::H8) {
            return posts.iter().all(|post| self.days_fit(&[post]));
        }
        if self.dropped.contains(&Rule::BeyondPairs) {
            return posts
                .iter()
                .all(|one| posts.iter().all(|other| self.pair_fits(one, other)));
        }
        self.days_fit(posts)
    }

    fn pair_fits(&self, one: &Post, other: &Post) -> bool {
        if std::ptr::eq(one, other) {
            self.days_fit(&[one])
        } else {
            self.days_fit(&[one, other])
        }
    }

    fn days_fit(&self, posts: &[&Post]) -> bool {
        let mut on_site: DaySet = 0;
        for post in posts {
            if post.on_site & on_site != 0 || post.on_site & !self.comes != 0 {
                return false;
            }
            on_site |= post.on_site;
        }
        let skips_reports = self.dropped.contains(&Rule::H12);
        let mut tasks: Vec<Task> = posts
            .iter()
            .flat_map(|post| post.tasks.iter().copied())
            .filter(|task| !(skips_reports && task.report))
            .collect();
        earliest_deadline_first(self.works & !on_site, &mut tasks)
    }
}

/// Whether `tasks` can be done on the `free` days: the day goes to what is due first.
fn earliest_deadline_first(free: DaySet, tasks: &mut [Task]) -> bool {
    tasks.sort_by_key(|task| task.last);
    for day in numbers(free) {
        let due = tasks
            .iter_mut()
            .find(|task| task.days > 0 && task.first <= day && day <= task.last);
        if let Some(task) = due {
            task.days -= 1;
        }
    }
    tasks.iter().all(|task| task.days == 0)
}

/// The days on which somebody can work off site, and those on which they can be on site (H9).
fn available(
    dataset: &Dataset,
    calendar: &Calendar,
    ix: InspectorIx,
    row: &Inspector,
) -> (DaySet, DaySet) {
    let spans = |kind| {
        dataset
            .availability
            .iter()
            .filter(move |span| span.inspector == ix && span.kind == kind)
            .fold(0, |days, row| days | calendar.of(row.span))
    };
    let works = calendar.select(|day| row.working_days.contains(day.weekday()))
        & !spans(AvailabilityKind::Unavailable);
    let comes = match row.grade {
        Grade::Hmi => works,
        Grade::Oi => works & spans(AvailabilityKind::Offered),
    };
    (works, comes)
}
