//! H7: how many of Ofsted's people a site can still take, day by day (¶19).

use chrono::NaiveDate;

use crate::domain::{Dataset, EstablishmentIx, Status};

/// The places left to Ofsted at `site` on `date`: its capacity less HMIP's and the partners'
/// people there, whether or not Ofsted comes to their inspections; `None` where the site has
/// no limit.
pub fn places(dataset: &Dataset, site: EstablishmentIx, date: NaiveDate) -> Option<u32> {
    let capacity = dataset.establishment(site).site_capacity?;
    let taken: u32 = dataset
        .programme
        .iter()
        .filter(|inspection| {
            inspection.establishment == site
                && inspection.status == Status::Planned
                && inspection.dates.contains(date)
        })
        .map(|inspection| inspection.hmip_team.saturating_add(inspection.partner_team))
        .fold(0, u32::saturating_add);
    Some(capacity.saturating_sub(taken))
}

/// The fewest places of any of `dates`; `None` where there is no limit or no day.
pub fn fewest_places(dataset: &Dataset, site: EstablishmentIx, dates: &[NaiveDate]) -> Option<u32> {
    dates
        .iter()
        .filter_map(|date| places(dataset, site, *date))
        .min()
}
