//! H7 for one person alone: the site has a place on every day on site (¶19). (How many of a
//! team it takes is a row of the model.)

use chrono::NaiveDate;

use crate::eligibility::{Candidate, Eligibility, Reason};

/// The first day on which HMIP and the partners leave Ofsted no place at all.
pub(super) fn reason(eligibility: &Eligibility, candidate: Candidate) -> Option<Reason> {
    let engagement = eligibility.engagement(candidate);
    let window = eligibility.window(engagement);
    let full =
        |date: &&NaiveDate| eligibility.places(engagement.inspection, window, **date) == Some(0);
    let day = *window.on_site.iter().find(full)?;
    Some(Reason::NoPlace { day })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::test_support::{day, inspection, span};
    use crate::domain::{Kind, Role};
    use crate::eligibility::test_support::{told, year};

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
}
