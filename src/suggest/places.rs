//! H7 where inspections move: HMIP's people move with them (¶19).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::program::{Program, Row};
use crate::domain::{Role, Status};

impl Program<'_> {
    /// For each window of each inspection as it may be moved, and each day of it: where it is used,
    /// Ofsted's people on the site are at most the places that HMIP and the partners leave. In a
    /// different week, so are they for each day of the normal window.
    pub(super) fn places(&self) -> Vec<Row> {
        let dataset = &self.year.dataset;
        let mut on_site: BTreeMap<(usize, NaiveDate), Vec<usize>> = BTreeMap::new();
        for (at, engagement) in self.year.engagements.iter().enumerate() {
            let site = dataset.inspection(engagement.inspection).establishment;
            for day in engagement.on_site.ones() {
                let date = self.year.horizon.date(day);
                on_site.entry((site.get(), date)).or_default().push(at);
            }
        }
        let mut rows = Vec::new();
        for engagement in &self.year.engagements {
            if engagement.role != Role::Lead {
                continue;
            }
            let row = dataset.inspection(engagement.inspection);
            let Some(capacity) = dataset.establishment(row.establishment).site_capacity else {
                continue;
            };
            let window = self.year.window(engagement);
            let normal = &self.year.windows[engagement.inspection.get()][0].on_site;
            let for_room = dataset.policy.different_week.for_room;
            for date in &window.on_site {
                let there = &on_site[&(row.establishment.get(), *date)];
                // The days whose places bind on this one.
                let mut binding = vec![*date];
                if window.different_week && !for_room {
                    binding.extend(normal);
                }
                for day in binding {
                    let mut terms: BTreeMap<usize, f64> = BTreeMap::new();
                    for at in there {
                        for seat in self.seats_in(*at) {
                            *terms.entry(seat).or_default() += 1.0;
                        }
                    }
                    let people = self.most_people(there);
                    let (own, mut others) = self.visitors(engagement.inspection, day);
                    let mut most = f64::from(capacity) - own;
                    // Where HMIP alone is more, no place is left, and none less.
                    let is_alone = others.iter().all(|(_, count)| *count == 0.0);
                    if is_alone {
                        most = most.max(0.0);
                        others.clear();
                    }
                    for (column, count) in &others {
                        *terms.entry(*column).or_default() += count;
                    }
                    let visitors: f64 = others.iter().map(|(_, count)| count.max(0.0)).sum();
                    let over = (people + visitors - most).max(0.0);
                    if over == 0.0 {
                        continue;
                    }
                    // It binds where somebody leads in this window.
                    for seat in self.seats_in(self.position(engagement)) {
                        *terms.entry(seat).or_default() += over;
                    }
                    rows.push(Row {
                        most: most + over,
                        terms: terms.into_iter().collect(),
                    });
                }
            }
        }
        rows
    }

    /// The most people of Ofsted that the engagements of a site on a day can come to.
    fn most_people(&self, there: &[usize]) -> f64 {
        let dataset = &self.year.dataset;
        let posts = there.iter().map(|at| {
            let engagement = &self.year.engagements[*at];
            match engagement.role {
                Role::Lead => 1,
                Role::Team => {
                    let team = dataset.inspection(engagement.inspection).team_required;
                    team.unwrap_or(1).saturating_sub(1)
                }
            }
        });
        f64::from(posts.sum::<u32>())
    }

    /// HMIP's and the partners' people on the site on a day when the inspection `at` is as its row
    /// says: its own and those who are there in any case; and what each move of another inspection
    /// adds, or takes away.
    fn visitors(
        &self,
        at: crate::domain::InspectionIx,
        day: NaiveDate,
    ) -> (f64, Vec<(usize, f64)>) {
        let own = self.of[at.get()];
        let site = self.base.inspection(own.inspection).establishment;
        let mut constant = 0.0;
        let mut terms = Vec::new();
        for other in self.base.inspection_ixs() {
            let row = self.base.inspection(other);
            if row.establishment != site || row.status != Status::Planned {
                continue;
            }
            let people = f64::from(row.hmip_team.saturating_add(row.partner_team));
            if other == own.inspection {
                let dates = super::moves::moved(row.dates, own.weeks);
                constant += if dates.contains(day) { people } else { 0.0 };
                continue;
            }
            let at_home = if row.dates.contains(day) { people } else { 0.0 };
            constant += at_home;
            for (column, weeks) in self.moves_of(other) {
                let away = super::moves::moved(row.dates, weeks).contains(day);
                let there = if away { people } else { 0.0 };
                if there != at_home {
                    terms.push((column, there - at_home));
                }
            }
        }
        (constant, terms)
    }
}
