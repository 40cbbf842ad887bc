//! H7: how many of Ofsted's people a site can still take, day by day (¶19).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::{Dataset, EstablishmentIx, Status};

/// Who else is at each site on a day; any day can be asked for, as a normal window that is past
/// still says how many places a different week has.
#[derive(Clone, Debug)]
pub struct Places {
    /// How many people each site takes, by position; `None` where it has no limit.
    capacity: Vec<Option<u32>>,
    /// HMIP's and the partners' people at each site, whether or not Ofsted comes to their
    /// inspections.
    others: Vec<BTreeMap<NaiveDate, u32>>,
}

impl Places {
    /// Those of a programme.
    pub fn new(dataset: &Dataset) -> Self {
        let sites = dataset.establishments.iter();
        let capacity: Vec<_> = sites.map(|site| site.site_capacity).collect();
        let mut others = vec![BTreeMap::new(); capacity.len()];
        for inspection in &dataset.programme {
            let site = inspection.establishment;
            if inspection.status != Status::Planned || capacity[site.get()].is_none() {
                continue;
            }
            let there = inspection.hmip_team.saturating_add(inspection.partner_team);
            let dates = inspection.dates;
            let days = dates.first().iter_days();
            for date in days.take_while(|date| *date <= dates.last()) {
                let all: &mut u32 = others[site.get()].entry(date).or_default();
                *all = all.saturating_add(there);
            }
        }
        Self { capacity, others }
    }

    /// The places left to Ofsted at `site` on `date`: its capacity less the others there; `None`
    /// where the site has no limit.
    pub fn on(&self, site: EstablishmentIx, date: NaiveDate) -> Option<u32> {
        let capacity = self.capacity[site.get()]?;
        let others = self.others[site.get()].get(&date).copied();
        Some(capacity.saturating_sub(others.unwrap_or(0)))
    }
}
