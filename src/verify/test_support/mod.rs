//! Small years made by hand, for the checker's own tests.

pub mod sample;

use chrono::TimeDelta;

pub use crate::domain::test_support::day;
use crate::domain::test_support::{available, bare_year, inspection, inspector, span};
use crate::domain::{
    AvailabilityKind, Dataset, DateSpan, Given, Grade, InspectorIx, Kind, Published, PublishedPost,
    Role,
};

use super::facts::Facts;
use super::finding::Finding;
use super::posts::{PostRow, Week};

/// A dataset and the posts that somebody gave out: one English site that takes everybody in,
/// and people who may do anything.
pub struct Year {
    pub dataset: Dataset,
    pub posts: Vec<PostRow>,
}

impl Year {
    pub fn new() -> Self {
        Self {
            dataset: bare_year(),
            posts: Vec::new(),
        }
    }

    pub fn bank_holiday(mut self, date: &str) -> Self {
        let name = "a holiday".to_owned();
        self.dataset.bank_holidays.insert(day(date), name);
        self
    }

    /// An unannounced full inspection with a team of three.
    pub fn full(self, id: &str, start: &str, end: &str) -> Self {
        self.inspection(id, Kind::Full, span(start, end))
    }

    /// An IRP after an inadequate judgement.
    pub fn irp(self, id: &str, start: &str, end: &str) -> Self {
        self.inspection(id, Kind::Irp, span(start, end))
    }

    pub fn standalone(self, id: &str, start: &str, end: &str) -> Self {
        self.inspection(id, Kind::Standalone, span(start, end))
    }

    fn inspection(mut self, id: &str, kind: Kind, dates: DateSpan) -> Self {
        self.dataset.programme.push(inspection(id, kind, dates));
        self
    }

    pub fn hmi(self, id: &str) -> Self {
        self.inspector(id, Grade::Hmi)
    }

    /// An OI, not trained to lead, who offers the whole year.
    pub fn oi(self, id: &str) -> Self {
        self.inspector(id, Grade::Oi)
            .offered(id, "2026-04-01", "2027-03-31")
    }

    fn inspector(mut self, id: &str, grade: Grade) -> Self {
        self.dataset.inspectors.push(inspector(id, grade));
        self
    }

    pub fn unavailable(self, person: &str, from: &str, to: &str) -> Self {
        self.available(person, from, to, AvailabilityKind::Unavailable)
    }

    pub fn offered(self, person: &str, from: &str, to: &str) -> Self {
        self.available(person, from, to, AvailabilityKind::Offered)
    }

    fn available(mut self, person: &str, from: &str, to: &str, kind: AvailabilityKind) -> Self {
        let row = available(self.person(person), span(from, to), kind);
        self.dataset.availability.push(row);
        self
    }

    fn person(&self, id: &str) -> InspectorIx {
        let facts = Facts::new(&self.dataset);
        facts.inspector_by_id(id).expect("somebody of the year")
    }

    /// A post in the inspection's normal window.
    pub fn post(self, inspection: &str, role: Role, person: &str) -> Self {
        self.moved_post(inspection, role, person, 0)
    }

    /// A post in the normal window moved by `weeks`: a different week, unless by none.
    pub fn moved_post(mut self, inspection: &str, role: Role, person: &str, weeks: i64) -> Self {
        let facts = Facts::new(&self.dataset);
        let ix = facts.inspection_by_id(inspection).expect("an inspection");
        let days = facts.normal_days(self.dataset.inspection(ix));
        let by = TimeDelta::weeks(weeks);
        self.posts.push(PostRow {
            inspection_id: inspection.to_owned(),
            role,
            inspector_id: person.to_owned(),
            attend_from: days[0] + by,
            attend_to: days[days.len() - 1] + by,
            week: if weeks == 0 {
                Week::Normal
            } else {
                Week::Different
            },
        });
        self
    }

    /// The year planned anew from `as_of`, after `posts` were published.
    pub fn published(mut self, as_of: &str, posts: &[PostRow]) -> Self {
        let facts = Facts::new(&self.dataset);
        let row = |post: &PostRow| PublishedPost {
            inspection: facts.inspection_by_id(&post.inspection_id),
            inspection_id: post.inspection_id.clone(),
            establishment_id: String::new(),
            role: post.role,
            inspector: facts.inspector_by_id(&post.inspector_id),
            inspector_id: post.inspector_id.clone(),
            inspector_name: post.inspector_id.clone(),
            days: DateSpan::new(post.attend_from, post.attend_to).expect("a span"),
            different_week: post.week == Week::Different,
            name_due: None,
            line: 1,
        };
        let posts = posts.iter().map(row).collect();
        self.dataset.published = Some(Published {
            as_of: day(as_of),
            as_of_given: Given::AsOption,
            posts,
            given: Given::AsOption,
            file: Vec::new(),
            sha256: String::new(),
        });
        self
    }

    /// When the name of the published lead of an inspection was due to HMIP.
    pub fn name_due(mut self, inspection: &str, due: &str) -> Self {
        let published = self.dataset.published.iter_mut();
        let posts = published.flat_map(|published| &mut published.posts);
        for post in posts {
            if post.inspection_id == inspection && post.role == Role::Lead {
                post.name_due = Some(day(due));
            }
        }
        self
    }

    /// What the rules say of the posts.
    pub fn findings(&self) -> Vec<Finding> {
        super::verify_posts(&self.dataset, &self.posts)
    }

    /// The rules that the posts break, each once.
    pub fn broken(&self) -> Vec<String> {
        let mut rules: Vec<String> = self.findings().into_iter().map(|f| f.rule).collect();
        rules.dedup();
        rules
    }
}
