//! What is settled where a published plan was made anew (H17; ¶22): worked out from the published
//! rows and the day of planning.

use crate::domain::{InspectionIx, Published, PublishedPost, Role};
use crate::verify::posts::{HeldPost, Posts, Week};

use super::{Facts, OutOfScope, Window};

impl Facts<'_> {
    fn published(&self) -> Option<&Published> {
        self.dataset.published.as_ref()
    }

    /// Every published row, whether or not the dataset still knows its ids.
    pub fn published_rows(&self) -> &[PublishedPost] {
        self.published().map_or(&[], |published| &published.posts)
    }

    /// The published rows of an inspection.
    pub fn published_of(&self, ix: InspectionIx) -> Vec<&PublishedPost> {
        let rows = self.published_rows().iter();
        rows.filter(|row| row.inspection == Some(ix)).collect()
    }

    /// The published lead of an inspection whose first day on site lies before the day of
    /// planning.
    pub fn begun(&self, ix: InspectionIx) -> Option<&PublishedPost> {
        let as_of = self.published()?.as_of;
        let mut rows = self.published_of(ix).into_iter();
        rows.find(|row| row.role == Role::Lead && row.days.first() < as_of)
    }

    /// Whether the last day on site, as published, lies before the day of planning.
    pub fn is_over(&self, ix: InspectionIx) -> bool {
        let as_of = self.published().map(|published| published.as_of);
        self.begun(ix)
            .is_some_and(|lead| as_of.is_some_and(|as_of| lead.days.last() < as_of))
    }

    /// Whether an inspection is in scope for that it was begun, whatever its row says now.
    pub(super) fn was_attended(&self, ix: InspectionIx, why: OutOfScope) -> bool {
        let took_place = !matches!(why, OutOfScope::Cancelled | OutOfScope::Postponed);
        took_place && self.begun(ix).is_some()
    }

    /// The windows in which an inspection may still be attended: that in which it was begun; else
    /// those that begin on the day of planning or after it.
    pub fn open_windows(&self, ix: InspectionIx) -> Vec<Window> {
        let Some(published) = self.published() else {
            return self.windows(ix).to_vec();
        };
        if let Some(lead) = self.begun(ix) {
            return vec![self.window_of(lead)];
        }
        let windows = self.windows(ix).iter();
        let ahead = windows.filter(|window| window.first() >= published.as_of);
        ahead.cloned().collect()
    }

    /// The window of a published row: its ends, where they are past, are days on site whatever the
    /// calendar says now.
    pub fn window_of(&self, row: &PublishedPost) -> Window {
        let as_of = self.published().map(|published| published.as_of);
        let mut days = self.working_days(row.days);
        let ends = [row.days.first(), row.days.last()].into_iter();
        days.extend(ends.filter(|day| as_of.is_some_and(|as_of| *day < as_of)));
        days.sort_unstable();
        days.dedup();
        let week = if row.different_week {
            Week::Different
        } else {
            Week::Normal
        };
        Window { days, week }
    }

    /// The posts of inspections that are over, with whoever held them.
    pub fn settled(&self) -> Posts {
        let rows = self.published_rows().iter();
        let held = rows.filter_map(|row| {
            let (inspection, inspector) = (row.inspection?, row.inspector?);
            let counts = self.is_over(inspection) && self.out_of_scope(inspection).is_none();
            let window = self.window_of(row);
            counts.then(|| HeldPost::in_window(inspection, inspector, row.role, &window))
        });
        Posts {
            held: held.collect(),
        }
    }

    /// The published leads of inspections to come whose names were due to HMIP before the day of
    /// planning.
    pub fn names_given(&self) -> Vec<&PublishedPost> {
        let Some(published) = self.published() else {
            return Vec::new();
        };
        let rows = published.posts.iter().filter(|row| {
            let given = row.name_due.is_some_and(|due| due < published.as_of);
            let to_come = row
                .inspection
                .is_some_and(|ix| !self.is_over(ix) && self.out_of_scope(ix).is_none());
            row.role == Role::Lead && row.inspector.is_some() && given && to_come
        });
        rows.collect()
    }
}
