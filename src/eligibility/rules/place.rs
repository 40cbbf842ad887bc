//! H7 for one person alone: the site has a place on every day on site (¶19). (How many of a
//! team it takes is a row of the model.)

use chrono::NaiveDate;

use crate::eligibility::{Candidate, Eligibility, Engagement, Reason};

/// The first day on which HMIP and the partners leave Ofsted no place at all.
pub(super) fn reason(eligibility: &Eligibility, candidate: Candidate) -> Option<Reason> {
    let day = eligibility.full[candidate.engagement]?;
    Some(Reason::NoPlace { day })
}

/// That day of a post in its window: it is the same for everybody.
pub(in crate::eligibility) fn full(
    eligibility: &Eligibility,
    engagement: &Engagement,
) -> Option<NaiveDate> {
    let window = eligibility.window(engagement);
    let is_full =
        |date: &&NaiveDate| eligibility.places(engagement.inspection, window, **date) == Some(0);
    window.on_site.iter().find(is_full).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::test_support::{day, inspection, span};
    use crate::domain::{Given, Kind, Published, Role};
    use crate::eligibility::test_support::{told, year};
    use crate::eligibility::windows::Closed;

    #[test]
    fn a_site_that_is_full_on_one_day_takes_nobody() {
        let mut year = year();
        year.establishments[0].site_capacity = Some(5);
        year.programme[0].hmip_team = 4;
        assert_eq!(told(&year, reason, Role::Team), None);
        let dates = span("2026-05-13", "2026-05-15");
        let mut beside = inspection("R1", Kind::Irp, dates);
        beside.partner_team = 1;
        year.programme.push(beside);
        assert_eq!(
            told(&year, reason, Role::Team),
            Some(Reason::NoPlace {
                day: day("2026-05-13")
            })
        );
    }
    /// The places of a normal window count in a different week even where it is past, and no day
    /// that is planned touches it.
    #[test]
    fn a_normal_window_that_is_past_has_its_places_still() {
        let mut year = year();
        year.establishments[0].site_capacity = Some(5);
        year.programme[0].hmip_team = 4;
        year.policy.different_week.offsets = vec![8];
        year.published = Some(Published {
            as_of: day("2026-06-22"),
            as_of_given: Given::AsOption,
            posts: Vec::new(),
            given: Given::AsOption,
            file: Vec::new(),
            sha256: String::new(),
        });
        let eligibility = Eligibility::new(&year);
        let inspection = year.inspection_ixs().next().expect("an inspection");
        let moved = &eligibility.windows[inspection.get()][1];
        let past = &eligibility.windows[inspection.get()][0];
        assert_eq!(past.closed, Some(Closed::Past));
        assert!(past.on_site[0] < eligibility.horizon.date(0));
        let places = eligibility.places(inspection, moved, moved.on_site[0]);
        assert_eq!(places, Some(1));
    }
}
