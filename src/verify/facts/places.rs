//! How many of Ofsted's people a site can take on a day (¶19).

use chrono::NaiveDate;

use crate::domain::{EstablishmentIx, InspectionIx, Status};

use super::Facts;

impl Facts<'_> {
    /// Site capacity less HMIP's and the partners' people there that day, at least none; they
    /// are there whether or not Ofsted comes. `None`: no limit.
    pub fn places(&self, site: EstablishmentIx, day: NaiveDate) -> Option<i64> {
        let capacity = i64::from(self.dataset.establishment(site).site_capacity?);
        let others: i64 = self
            .dataset
            .programme
            .iter()
            .filter(|inspection| {
                inspection.establishment == site
                    && inspection.status == Status::Planned
                    && inspection.dates.contains(day)
            })
            .map(|inspection| i64::from(inspection.hmip_team) + i64::from(inspection.partner_team))
            .sum();
        Some((capacity - others).max(0))
    }

    /// The fewest places of any day of an inspection's normal window: what a different week
    /// is held to. `None`: no limit, or no day.
    pub fn fewest_normal_places(&self, ix: InspectionIx) -> Option<i64> {
        let inspection = self.dataset.inspection(ix);
        self.normal_days(inspection)
            .into_iter()
            .filter_map(|day| self.places(inspection.establishment, day))
            .min()
    }
}
