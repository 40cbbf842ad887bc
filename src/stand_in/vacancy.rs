//! The post that somebody can't hold any more.

use chrono::NaiveDate;

use crate::domain::{InspectionIx, InspectorIx, PinAction};
use crate::eligibility::Eligibility;
use crate::model::Selection;

/// A post of a plan, and who can't hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vacancy {
    /// The post and its window: a position in [`Eligibility::engagements`].
    pub engagement: usize,
    /// Who holds it in the plan.
    pub absent: InspectorIx,
    /// The day from which work can be done; `None`: no day is past.
    pub on: Option<NaiveDate>,
    /// The line of `pins.csv` that pins them to it.
    pub pinned: Option<u32>,
}

/// Why no stand-in can be looked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody attends the inspection.
    #[error("nobody attends {inspection} in this result")]
    NotAttended {
        /// Its id.
        inspection: String,
    },
    /// They hold no post of it.
    #[error("{person} holds no post of {inspection}; {holders} {}", if *.one { "does" } else { "do" })]
    NoPost {
        /// Who was named, by id.
        person: String,
        /// The inspection's id.
        inspection: String,
        /// Who holds its posts.
        holders: String,
        /// Whether that is one.
        one: bool,
    },
    /// It has begun: a team attends together (H14), so that nobody can join it.
    #[error(
        "{inspection} has begun: its team has been on site since {since}, and a team attends together (H14)"
    )]
    Begun {
        /// Its id.
        inspection: String,
        /// The first day on site.
        since: NaiveDate,
    },
}

impl Vacancy {
    /// The post that `absent` holds at `inspection`, on a day before it begins.
    pub fn find(
        eligibility: &Eligibility,
        selection: &Selection,
        inspection: InspectionIx,
        absent: InspectorIx,
        on: Option<NaiveDate>,
    ) -> Result<Self, Refusal> {
        let dataset = eligibility.dataset;
        let id = dataset.inspection(inspection).id.clone();
        let candidates = selection.seats().map(|seat| eligibility.candidates[seat]);
        let there: Vec<_> = candidates
            .filter(|seat| eligibility.engagement(*seat).inspection == inspection)
            .collect();
        if there.is_empty() {
            return Err(Refusal::NotAttended { inspection: id });
        }
        let Some(seat) = there.iter().find(|seat| seat.person == absent) else {
            let ids = there
                .iter()
                .map(|seat| dataset.inspector(seat.person).id.as_str());
            return Err(Refusal::NoPost {
                person: dataset.inspector(absent).id.clone(),
                inspection: id,
                holders: ids.collect::<Vec<_>>().join(", "),
                one: there.len() == 1,
            });
        };
        let post = eligibility.engagement(*seat);
        if on.is_some_and(|on| post.first_day < on) {
            return Err(Refusal::Begun {
                inspection: id,
                since: post.first_day,
            });
        }
        let pin = dataset.pins.iter().find(|pin| {
            pin.action == PinAction::Pin
                && pin.inspector == absent
                && pin.inspection == inspection
                && pin.role == Some(post.role)
        });
        Ok(Self {
            engagement: seat.engagement,
            absent,
            on,
            pinned: pin.map(|pin| pin.line),
        })
    }

    /// Whether `engagement` has begun, so that nobody can leave it.
    pub(super) fn has_begun(&self, eligibility: &Eligibility, engagement: usize) -> bool {
        let first = eligibility.engagements[engagement].first_day;
        self.on.is_some_and(|on| first < on)
    }
}
