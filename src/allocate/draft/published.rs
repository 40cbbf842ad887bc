//! What is kept of a plan that is published, before anything else is filled.

use super::Draft;
use crate::domain::{InspectionIx, PublishedPost, Role};
use crate::eligibility::Candidate;

impl Draft<'_> {
    /// Keeps what it can of a plan that is published: first the leads whose names were given. Teams
    /// whose lead is lost come last: they stay where somebody else is free to lead them.
    pub(super) fn keep_published(&mut self) {
        let Some(published) = &self.eligibility.dataset.published else {
            return;
        };
        let mut posts: Vec<&PublishedPost> = published.posts.iter().collect();
        posts.sort_by_key(|post| (!self.is_name_given(post), post.role, post.days));
        let mut without_lead = Vec::new();
        for post in posts {
            let Some(inspection) = post.inspection else {
                continue;
            };
            let held = self.eligibility.as_published(post);
            if post.role == Role::Team && !self.has_lead(inspection) {
                without_lead.extend(held.map(|held| (inspection, held)));
                continue;
            }
            let taken = held.is_some_and(|held| self.keep(held));
            if !taken && self.is_name_given(post) {
                self.lead_elsewhen(post, inspection);
            }
        }
        for (inspection, held) in without_lead {
            let window = self.eligibility.engagement(held).window;
            if self.has_lead(inspection) || self.take_best(inspection, window) {
                self.keep(held);
            }
        }
    }

    /// Has a published post be held as it was, where it can be.
    fn keep(&mut self, held: Candidate) -> bool {
        let eligible = self.eligibility.candidates.binary_search(&held).is_ok();
        eligible && (self.is_held(held) || self.take(held))
    }

    fn is_name_given(&self, post: &PublishedPost) -> bool {
        let given = &self.eligibility.settled.names_given;
        let names = post.inspection.zip(post.inspector);
        post.role == Role::Lead && names.is_some_and(|names| given.contains(&names))
    }

    /// Has a published lead lead in whichever other window there is.
    fn lead_elsewhen(&mut self, post: &PublishedPost, inspection: InspectionIx) {
        let Some(person) = post.inspector else {
            return;
        };
        for window in self.windows(inspection) {
            let lead = self
                .eligibility
                .engagement_of(inspection, window, Role::Lead);
            let candidate = lead.map(|engagement| Candidate { engagement, person });
            let eligible = candidate
                .filter(|candidate| self.eligibility.candidates.binary_search(candidate).is_ok());
            if eligible.is_some_and(|candidate| self.take(candidate)) {
                return;
            }
        }
    }
}
