//! What people were told before a year is planned again (¶15, ¶22).

use chrono::NaiveDate;

use super::{DateSpan, InspectionIx, InspectorIx, Role};

/// A post that was published: a row of an earlier `allocations.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedPost {
    /// Of which inspection; `None` where the programme has it no longer.
    pub inspection: Option<InspectionIx>,
    /// That inspection's id.
    pub inspection_id: String,
    /// The site's id.
    pub establishment_id: String,
    /// In which role.
    pub role: Role,
    /// Held by whom; `None` where they are no longer among the inspectors.
    pub inspector: Option<InspectorIx>,
    /// Their id.
    pub inspector_id: String,
    /// Their name.
    pub inspector_name: String,
    /// The first and last day on site.
    pub days: DateSpan,
    /// Whether it was a different week (¶17).
    pub different_week: bool,
    /// When a lead's name was due to HMIP.
    pub name_due: Option<NaiveDate>,
    /// Its line in the file.
    pub line: u32,
}

/// Where something was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// As an option of the command.
    AsOption,
    /// In the dataset.
    InDataset,
    /// By the base plan of a what-if.
    InBase,
}

impl Given {
    /// As `summary.json` records it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AsOption => "option",
            Self::InDataset => "dataset",
            Self::InBase => "base",
        }
    }
}

/// A plan that was published, and the day from which the year is planned anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// What lies before it is settled (H17).
    pub as_of: NaiveDate,
    /// Where that day was given: as an option, or in the policy.
    pub as_of_given: Given,
    /// Every post of the plan, in the file's order; at each inspection one lead, and nobody
    /// twice or on other days than the lead.
    pub posts: Vec<PublishedPost>,
    /// Where the plan was given: as an option, or as `published.csv`.
    pub given: Given,
    /// Its file, byte for byte: a result carries it along.
    pub file: Vec<u8>,
    /// SHA-256 of the file, in lower-case hexadecimal.
    pub sha256: String,
}

impl Published {
    /// The posts of one inspection.
    pub fn of(&self, inspection: InspectionIx) -> impl Iterator<Item = &PublishedPost> {
        let posts = self.posts.iter();
        posts.filter(move |post| post.inspection == Some(inspection))
    }

    /// The lead's post of an inspection that was to be attended.
    pub fn lead(&self, inspection: InspectionIx) -> Option<&PublishedPost> {
        self.of(inspection).find(|post| post.role == Role::Lead)
    }

    /// Whether an inspection was attended before the day of planning, to its last day.
    pub fn is_over(&self, inspection: InspectionIx) -> bool {
        let lead = self.lead(inspection);
        lead.is_some_and(|lead| lead.days.last() < self.as_of)
    }

    /// Whether an inspection was begun before the day of planning.
    pub fn has_begun(&self, inspection: InspectionIx) -> bool {
        let lead = self.lead(inspection);
        lead.is_some_and(|lead| lead.days.first() < self.as_of)
    }
}
