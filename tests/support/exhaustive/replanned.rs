//! A published plan made anew (H17, T4), by trying everything: among all that can be done, what
//! leaves the past alone.

use muster::domain::{Published, PublishedPost, Role};

use super::choices::Choice;
use super::search::Search;
use super::tiers::order;
use super::year::{Scoped, Year};
use super::{Dataset, Dropped, Tier};

/// The optimum up to T4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replanned {
    /// Leads whose names were given and who don't stay.
    pub names_lost: i64,
    /// T1.
    pub t1: i64,
    /// T2.
    pub t2: i64,
    /// T3.
    pub t3: i64,
    /// T4.
    pub t4: i64,
}

/// The optimum of a year with a published plan; `None` where what is past breaks a rule now, which
/// this search does not know to bear, or where the pins can't be kept.
pub fn replanned(dataset: &Dataset) -> Option<Replanned> {
    let published = dataset.published.as_ref()?;
    let mut year = Year::new(dataset, &Dropped::nothing().rules);
    let mut elsewhere = published.posts.len() as i64;
    let (scoped, people) = (&year.scoped, &year.people);
    let mut all = Vec::new();
    for (scoped, choices) in scoped.iter().zip(&year.choices) {
        let own = Own::of(published, scoped);
        elsewhere -= own.posts.len() as i64;
        let mut left: Vec<Choice> = Vec::new();
        for choice in choices {
            let held: Vec<Held> = choice
                .holders
                .iter()
                .map(|(person, post)| {
                    let row = &people[*person];
                    let window = &scoped.windows[row.posts[*post].window];
                    Held {
                        person: row.ix.get(),
                        role: row.posts[*post].role,
                        days: (window.first, window.last),
                    }
                })
                .collect();
            if own.allows(&held) {
                let mut choice = choice.clone();
                choice.sums.names = own.names_lost(&held);
                choice.sums.t4 = own.changed(&held);
                left.push(choice);
            }
        }
        if left.is_empty() {
            return None;
        }
        all.push(left);
    }
    year.choices = all;
    let mut tiers = vec![Tier::Names];
    let to_fill_teams = dataset.policy.different_week.to_fill_teams;
    let shortfall = order(to_fill_teams, None).into_iter();
    tiers.extend(shortfall.filter(|tier| *tier != Tier::T6));
    tiers.push(Tier::T4);
    let found = Search::new(&year, &tiers).least()?;
    Some(Replanned {
        names_lost: found.sums.names,
        t1: found.sums.t1,
        t2: found.sums.t2,
        t3: found.sums.t3,
        t4: found.sums.t4 + elsewhere,
    })
}

/// A post that a choice has somebody hold.
struct Held {
    person: usize,
    role: Role,
    days: (chrono::NaiveDate, chrono::NaiveDate),
}

/// What was published of one inspection.
struct Own<'a> {
    as_of: chrono::NaiveDate,
    posts: Vec<&'a PublishedPost>,
}

impl<'a> Own<'a> {
    fn of(published: &'a Published, scoped: &Scoped) -> Self {
        let posts = published.posts.iter();
        let of = |post: &&PublishedPost| post.inspection.map(|ix| ix.get()) == Some(scoped.row);
        Self {
            as_of: published.as_of,
            posts: posts.filter(of).collect(),
        }
    }

    fn is_held(post: &PublishedPost, held: &[Held]) -> bool {
        held.iter().any(|held| {
            post.inspector.map(|ix| ix.get()) == Some(held.person)
                && post.role == held.role
                && (post.days.first(), post.days.last()) == held.days
        })
    }

    fn changed(&self, held: &[Held]) -> i64 {
        let posts = self.posts.iter();
        posts.filter(|post| !Self::is_held(post, held)).count() as i64
    }

    fn allows(&self, held: &[Held]) -> bool {
        let days = self.posts.first().map(|post| post.days);
        match days {
            Some(days) if days.last() < self.as_of => {
                held.len() == self.posts.len() && self.changed(held) == 0
            }
            Some(days) if days.first() < self.as_of => held
                .iter()
                .all(|post| post.days == (days.first(), days.last())),
            _ => held.iter().all(|post| post.days.0 >= self.as_of),
        }
    }

    fn names_lost(&self, held: &[Held]) -> i64 {
        let given = self.posts.iter().filter(|post| {
            let due = post.name_due.is_some_and(|due| due < self.as_of);
            let to_come = post.days.last() >= self.as_of;
            post.role == Role::Lead && post.inspector.is_some() && due && to_come
        });
        let lost = given.filter(|post| {
            !held.iter().any(|held| {
                held.role == Role::Lead && post.inspector.map(|ix| ix.get()) == Some(held.person)
            })
        });
        lost.count() as i64
    }
}
