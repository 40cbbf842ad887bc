//! H17: where a published plan is made anew, what lies before the day of planning is settled,
//! even where it breaks a rule now (¶22).
//!
//! An inspection that is over keeps all its posts and takes nobody else; one that is under way
//! keeps its window; and a window whose first day has passed takes nobody. What settled posts
//! use (days, weeks, places) is used; what they break among themselves is no longer asked, and
//! stands in the way of nothing but more of it.

use chrono::NaiveDate;

use super::calendar::Calendar;
use super::scope::{OutOfScope, Scope};
use super::windows::{Closed, Window};
use super::{Candidate, Eligibility, Engagement};
use crate::domain::{
    Dataset, DateSpan, Inspection, InspectionIx, InspectorIx, PublishedPost, Role,
};

/// What can't be changed any more; nothing in an annual run.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    /// Posts of inspections that are over, with whoever held them, in order.
    posts: Vec<Candidate>,
    /// Leads of inspections to come whose names were due to HMIP before the day of planning:
    /// they stay, unless that breaks another rule.
    pub names_given: Vec<(InspectionIx, InspectorIx)>,
    /// Who has fewer days now than the work off site of what is over takes: it was, or will be, done
    /// on days on which they are not free.
    pub late: Vec<InspectorIx>,
}

impl Settled {
    /// Whether a post is settled with this person in it.
    pub fn is_settled(&self, candidate: Candidate) -> bool {
        self.posts.binary_search(&candidate).is_ok()
    }

    /// The posts of inspections that are over, with whoever held them, in order.
    pub fn posts(&self) -> &[Candidate] {
        &self.posts
    }
}

/// The scope of an inspection: one that was begun stays in scope, whatever its row says now,
/// unless that is that it did not take place.
pub(super) fn scope(dataset: &Dataset, ix: InspectionIx, inspection: &Inspection) -> Scope {
    let scope = super::scope::scope(dataset, inspection);
    let was_begun = || {
        let published = dataset.published.as_ref();
        published.is_some_and(|published| published.has_begun(ix))
    };
    match scope {
        Scope::Out(OutOfScope::Cancelled | OutOfScope::Postponed) | Scope::In { .. } => scope,
        Scope::Out(_) if was_begun() => Scope::In { provisional: false },
        Scope::Out(_) => scope,
    }
}

/// Closes the windows that can't be used any more; one in which an inspection was begun is open,
/// whether or not the dataset still has it.
pub(super) fn close(dataset: &Dataset, calendar: &Calendar, windows: &mut [Vec<Window>]) {
    let Some(published) = &dataset.published else {
        return;
    };
    for (inspection, windows) in std::iter::zip(dataset.inspection_ixs(), windows) {
        if windows.is_empty() {
            continue;
        }
        let lead = published.lead(inspection);
        let Some(begun) = lead.filter(|_| published.has_begun(inspection)) else {
            for window in windows {
                let first = window.on_site.first();
                if window.closed.is_none() && first.is_some_and(|day| *day < published.as_of) {
                    window.closed = Some(Closed::Past);
                }
            }
            continue;
        };
        let as_it_was = as_published(begun, published.as_of, calendar);
        let same = |window: &Window| {
            window.on_site == as_it_was.on_site && window.different_week == begun.different_week
        };
        let at = windows.iter().position(same).unwrap_or_else(|| {
            windows.push(as_it_was);
            windows.len() - 1
        });
        for (position, window) in windows.iter_mut().enumerate() {
            window.closed = (position != at).then_some(window.closed.unwrap_or(Closed::Past));
        }
    }
}

/// The window in which a post was published, where the dataset still has it.
fn position(windows: &[Window], post: &PublishedPost) -> Option<usize> {
    let same_days = |window: &Window| days(window) == Some(post.days);
    let same = |window: &Window| same_days(window) && window.different_week == post.different_week;
    let as_it_was = windows.iter().position(same);
    as_it_was.or_else(|| windows.iter().position(same_days))
}

fn days(window: &Window) -> Option<DateSpan> {
    DateSpan::new(*window.on_site.first()?, *window.on_site.last()?)
}

/// The window in which an inspection was begun: of the days that are past the first and last are
/// as published, whatever the calendar says of them now.
fn as_published(post: &PublishedPost, as_of: NaiveDate, calendar: &Calendar) -> Window {
    let days = post.days;
    let was_there = |day: &NaiveDate| {
        let is_end = *day == days.first() || *day == days.last();
        calendar.is_working_day(*day) || (is_end && *day < as_of)
    };
    Window {
        offset: 0,
        different_week: post.different_week,
        on_site: days.days().filter(was_there).collect(),
        closed: None,
    }
}

impl Eligibility<'_> {
    /// The post that was published, with whoever holds it, where it can still be held in that
    /// window.
    pub fn as_published(&self, post: &PublishedPost) -> Option<Candidate> {
        let inspection = post.inspection?;
        let windows = &self.windows[inspection.get()];
        let published = self.dataset.published.as_ref();
        let window = if published.is_some_and(|published| published.has_begun(inspection)) {
            windows.iter().position(|window| window.closed.is_none())?
        } else {
            position(windows, post)?
        };
        let engagement = self.engagement_of(inspection, window, post.role)?;
        let person = post.inspector?;
        Some(Candidate { engagement, person })
    }

    /// Learns what is settled, and makes room for it.
    pub(super) fn settle(&mut self) {
        let Some(published) = &self.dataset.published else {
            return;
        };
        let posts = published.posts.iter();
        let of = |post: &&PublishedPost| post.inspection.is_some_and(|ix| self.in_scope(ix));
        let (over, ahead): (Vec<_>, Vec<_>) = posts
            .filter(of)
            .partition(|post| post.inspection.is_some_and(|ix| published.is_over(ix)));
        let held = over.into_iter().filter_map(|post| self.as_published(post));
        let mut held: Vec<_> = held.collect();
        held.sort_unstable();
        let given = ahead.into_iter().filter(|post| {
            let due = post.name_due.is_some_and(|due| due < published.as_of);
            post.role == Role::Lead && due
        });
        let names = given.filter_map(|post| Some((post.inspection?, post.inspector?)));
        self.settled = Settled {
            names_given: names.collect(),
            posts: held,
            late: Vec::new(),
        };
        for person in self.dataset.inspector_ixs() {
            self.make_room(person);
        }
    }

    fn make_room(&mut self, person: InspectorIx) {
        let of_person = |post: &&Candidate| post.person == person;
        let held = self.settled.posts.iter().filter(of_person);
        let held: Vec<usize> = held.map(|post| post.engagement).collect();
        if held.is_empty() {
            return;
        }
        let posts: Vec<&Engagement> = held.iter().map(|at| &self.engagements[*at]).collect();
        self.limits[person.get()].make_room(&posts);
        for post in posts {
            self.people[person.get()].workable.union_with(&post.on_site);
        }
        // A day more, as often as the work that is owed does not find one: it fills the span, so
        // that nothing else gains by it.
        while let Some(span) = self.overfull(person, &held) {
            if self.settled.late.last() != Some(&person) {
                self.settled.late.push(person);
            }
            let workable = &self.people[person.get()].workable;
            let free = (span.first..=span.last).filter(|day| !workable.contains(*day));
            let is_working = |day: &usize| self.calendar.is_working_day(self.horizon.date(*day));
            let Some(day) = free.min_by_key(|day| (!is_working(day), *day)) else {
                return;
            };
            self.people[person.get()].workable.insert(day);
        }
    }
}
