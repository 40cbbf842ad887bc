//! The posts of a plan: as the result writes them, and as the rules look at them.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::{DateSpan, InspectionIx, InspectorIx, Role};

use super::facts::{Facts, Window};
use super::finding::Finding;

/// Whether a window is the normal one (a standalone's shift included) or a different week (¶17).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Week {
    /// The normal window.
    Normal,
    /// Outside the second week.
    Different,
}

impl Week {
    /// As written in the files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Different => "different",
        }
    }
}

/// A filled post, as a row of `allocations.csv` says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostRow {
    /// Of which inspection.
    pub inspection_id: String,
    /// In which role.
    pub role: Role,
    /// Held by whom.
    pub inspector_id: String,
    /// The first day on site.
    pub attend_from: NaiveDate,
    /// The last day on site.
    pub attend_to: NaiveDate,
    /// Normal or different.
    pub week: Week,
}

/// A row whose ids are known and whose days could be listed.
#[derive(Clone, Debug)]
pub struct HeldPost {
    pub inspection: InspectionIx,
    pub inspector: InspectorIx,
    pub role: Role,
    /// The first day on site.
    pub first: NaiveDate,
    /// The last day on site.
    pub last: NaiveDate,
    /// The days on site: the working days from first to last.
    pub days: Vec<NaiveDate>,
    /// What the row says.
    pub said: Week,
    /// What the inspection's windows with these days are; none: there is no such window.
    pub allowed: Vec<Week>,
}

impl HeldPost {
    /// The post held alone in `window`.
    pub fn in_window(
        inspection: InspectionIx,
        inspector: InspectorIx,
        role: Role,
        window: &Window,
    ) -> Self {
        Self {
            inspection,
            inspector,
            role,
            first: window.first(),
            last: window.last(),
            days: window.days.clone(),
            said: window.week,
            allowed: vec![window.week],
        }
    }

    /// Normal or different as the dataset has it; as the row says, where there is no such window.
    pub fn week(&self) -> Week {
        if self.allowed.contains(&self.said) {
            self.said
        } else {
            self.allowed.first().copied().unwrap_or(self.said)
        }
    }
}

/// Every post of a plan.
#[derive(Clone, Debug, Default)]
pub struct Posts {
    pub held: Vec<HeldPost>,
}

/// A window that the dataset doesn't know is only looked at day by day where both its ends are
/// within so many days of the inspection: a slip of the pen, not the end of time.
const FARTHEST_UNKNOWN_WINDOW: i64 = 366;

impl Posts {
    /// The posts that `rows` say, and a finding for each row that can't be taken further.
    pub fn read(facts: &Facts, rows: &[PostRow]) -> (Self, Vec<Finding>) {
        let mut posts = Self::default();
        let mut findings = Vec::new();
        for row in rows {
            match held(facts, row) {
                Ok(post) => posts.held.push(post),
                Err((rule, message)) => findings.push(
                    Finding::new(rule, message)
                        .inspection(&row.inspection_id)
                        .person(&row.inspector_id),
                ),
            }
        }
        (posts, findings)
    }

    /// The posts of one inspection.
    pub fn of_inspection(&self, inspection: InspectionIx) -> impl Iterator<Item = &HeldPost> {
        self.held
            .iter()
            .filter(move |post| post.inspection == inspection)
    }

    /// Everybody who holds a post, in the order of `inspectors.csv`.
    pub fn people(&self) -> BTreeSet<InspectorIx> {
        self.held.iter().map(|post| post.inspector).collect()
    }

    /// The posts of one person.
    pub fn of_person(&self, inspector: InspectorIx) -> impl Iterator<Item = &HeldPost> {
        self.held
            .iter()
            .filter(move |post| post.inspector == inspector)
    }

    /// Who leads an inspection: nobody where it is not attended.
    pub fn lead(&self, inspection: InspectionIx) -> Option<&HeldPost> {
        self.of_inspection(inspection)
            .find(|post| post.role == Role::Lead)
    }

    /// How many people of `role` an inspection has.
    pub fn count(&self, inspection: InspectionIx, role: Role) -> i64 {
        self.of_inspection(inspection)
            .filter(|post| post.role == role)
            .count() as i64
    }
}

/// The post of a row, or the rule and the reason why there is none.
fn held(facts: &Facts, row: &PostRow) -> Result<HeldPost, (&'static str, String)> {
    let inspection = facts.inspection_by_id(&row.inspection_id).ok_or_else(|| {
        let message = format!("no inspection is called '{}'", row.inspection_id);
        ("allocations.csv inspection_id", message)
    })?;
    let inspector = facts.inspector_by_id(&row.inspector_id).ok_or_else(|| {
        let message = format!("nobody is called '{}'", row.inspector_id);
        ("allocations.csv inspector_id", message)
    })?;
    let (first, last) = (row.attend_from, row.attend_to);
    let span = DateSpan::new(first, last)
        .ok_or_else(|| ("window", format!("it ends {last}, before it begins")))?;
    // A window that an inspection was begun in is one of its windows (H17).
    let begun = facts.begun(inspection).map(|lead| facts.window_of(lead));
    let allowed: Vec<Week> = facts
        .windows(inspection)
        .iter()
        .chain(&begun)
        .filter(|window| window.first() == first && window.last() == last)
        .map(|window| window.week)
        .collect();
    let start = facts.dataset.inspection(inspection).dates.first();
    let far = |day: NaiveDate| (day - start).num_days().abs() > FARTHEST_UNKNOWN_WINDOW;
    if allowed.is_empty() && (far(first) || far(last)) {
        let message = format!("{first} to {last} is none of its windows");
        return Err(("window", message));
    }
    Ok(HeldPost {
        inspection,
        inspector,
        role: row.role,
        first,
        last,
        days: match begun {
            Some(begun) if (begun.first(), begun.last()) == (first, last) => begun.days,
            _ => facts.working_days(span),
        },
        said: row.week,
        allowed,
    })
}
