//! On which days people can work.

use chrono::{Datelike, NaiveDate};

use crate::domain::{AvailabilityKind, Grade, InspectorIx};

use super::Facts;

impl Facts<'_> {
    /// Why somebody can't do any work on `day`; nothing where they can.
    pub fn why_not_working(&self, person: InspectorIx, day: NaiveDate) -> Option<&'static str> {
        let inspector = self.dataset.inspector(person);
        if !self.is_working_day(day) {
            Some("is not a working day")
        } else if !inspector.working_days.contains(day.weekday()) {
            Some("is outside their working pattern")
        } else if self.has_span(person, day, AvailabilityKind::Unavailable) {
            Some("is a day on which they are unavailable")
        } else {
            None
        }
    }

    /// Why somebody can't be on site on `day`: an OI must have offered it.
    pub fn why_not_on_site(&self, person: InspectorIx, day: NaiveDate) -> Option<&'static str> {
        self.why_not_working(person, day).or_else(|| {
            let offer_needed = self.dataset.inspector(person).grade == Grade::Oi;
            (offer_needed && !self.has_span(person, day, AvailabilityKind::Offered))
                .then_some("is not a day that they offered")
        })
    }

    fn has_span(&self, person: InspectorIx, day: NaiveDate, kind: AvailabilityKind) -> bool {
        self.spans[person.get()]
            .iter()
            .any(|row| row.kind == kind && row.span.contains(day))
    }
}
