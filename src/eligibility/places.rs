//! H7: how many of Ofsted's people a site can still take, day by day (¶19).

use super::calendar::{Day, Horizon};
use crate::domain::{Dataset, EstablishmentIx, Status};

/// The places left to Ofsted, by site and day of the horizon.
#[derive(Clone, Debug)]
pub struct Places(Vec<Option<Vec<u32>>>);

impl Places {
    /// A site's capacity less HMIP's and the partners' people there, whether or not Ofsted comes
    /// to their inspections.
    pub fn new(dataset: &Dataset, horizon: Horizon) -> Self {
        let sites = dataset.establishments.iter();
        let mut places: Vec<Option<Vec<u32>>> = sites
            .map(|site| Some(vec![site.site_capacity?; horizon.len()]))
            .collect();
        for inspection in &dataset.programme {
            if inspection.status != Status::Planned {
                continue;
            }
            let there = inspection.hmip_team.saturating_add(inspection.partner_team);
            if let Some(places) = &mut places[inspection.establishment.get()] {
                for left in &mut places[horizon.days(inspection.dates)] {
                    *left = left.saturating_sub(there);
                }
            }
        }
        Self(places)
    }

    /// Those at `site` on `day`; `None` where the site has no limit.
    pub fn on(&self, site: EstablishmentIx, day: Day) -> Option<u32> {
        Some(self.0[site.get()].as_ref()?[day])
    }
}
