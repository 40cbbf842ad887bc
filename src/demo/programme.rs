//! When and where is inspected: published inspections, moved into the programme year.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::{DateSpan, Kind};

use super::calendar::{
    after, christmas, date, easters, last_week, monday, overlap, span, weeks_touched, year,
};
use super::draw::Draw;
use super::sites::Site;
use super::spec::{Programme, Spec};

const PUBLISHED: &str = include_str!("../../data/programme-dates.csv");

/// An inspection of the programme before its teams are drawn.
#[derive(Clone, Debug)]
pub(super) struct Dates {
    /// Position of its site.
    pub(super) site: usize,
    pub(super) kind: Kind,
    pub(super) announced: bool,
    pub(super) days: DateSpan,
    /// Ofsted's days, where the normal window does not say them by itself.
    pub(super) attend: Option<DateSpan>,
}

#[derive(Clone, Debug, Deserialize)]
struct Row {
    establishment_id: String,
    kind: String,
    announced: String,
    start_date: NaiveDate,
    end_date: NaiveDate,
}

impl Row {
    fn kind(&self) -> Kind {
        if self.kind == "irp" {
            Kind::Irp
        } else {
            Kind::Full
        }
    }

    /// The inspection at a site, moved so that it starts on `start`, which must be the same
    /// day of the week.
    fn moved(&self, site: usize, start: NaiveDate) -> Dates {
        let length = (self.end_date - self.start_date).num_days().unsigned_abs();
        let days = span(start, after(start, length));
        let kind = self.kind();
        // Published dates never say on which days Ofsted came. Over three weeks or more the
        // second week is ambiguous, and a review's normal window would be all of its days;
        // the last part is then the one meant.
        let ambiguous = match kind {
            Kind::Full => weeks_touched(days) > 2,
            Kind::Irp | Kind::Standalone => weeks_touched(days) > 1,
        };
        Dates {
            site,
            kind,
            announced: self.announced == "yes",
            days,
            attend: ambiguous.then(|| last_week(days)),
        }
    }
}

fn published() -> Vec<Row> {
    csv::Reader::from_reader(PUBLISHED.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("the compiled-in dates are whole")
}

/// The inspections of the year, by first day, then site.
pub(super) fn dates(spec: &Spec, sites: &[Site], draw: &mut Draw) -> Vec<Dates> {
    let mut dates = match spec.programme {
        Programme::Published => moved_into_the_year(sites),
        Programme::Drawn => drawn(spec.inspections, sites, draw),
    };
    dates.sort_by(|one, other| {
        (one.days, &sites[one.site].id).cmp(&(other.days, &sites[other.site].id))
    });
    dates
}

/// Each published inspection at its own site, moved by whole multiples of 364 days, which
/// keeps its weekdays.
fn moved_into_the_year(sites: &[Site]) -> Vec<Dates> {
    published()
        .iter()
        .map(|row| {
            let site = sites
                .iter()
                .position(|site| site.id == row.establishment_id)
                .expect("published inspections are at sites of the list");
            let mut start = row.start_date;
            while start < year().first() {
                start = after(start, 364);
            }
            row.moved(site, start)
        })
        .collect()
}

/// Published lengths and weekdays at other sites in other weeks. A site has a second
/// inspection of a kind only when every site has had one.
fn drawn(inspections: usize, sites: &[Site], draw: &mut Draw) -> Vec<Dates> {
    let patterns = published();
    let mut full_sites = SiteQueue::new(sites.len());
    let mut irp_sites = SiteQueue::new(sites.len());
    (0..inspections)
        .map(|_| {
            let pattern = &patterns[draw.below(patterns.len())];
            let site = match pattern.kind() {
                Kind::Irp => irp_sites.next(draw),
                Kind::Full | Kind::Standalone => full_sites.next(draw),
            };
            let starts: Vec<NaiveDate> = starts_like(pattern);
            pattern.moved(site, draw.pick(&starts))
        })
        .collect()
}

/// Every first day in the year with the pattern's weekday whose span leaves the Christmas
/// fortnight and the Easter weeks empty.
fn starts_like(pattern: &Row) -> Vec<NaiveDate> {
    let length = (pattern.end_date - pattern.start_date)
        .num_days()
        .unsigned_abs();
    let weekday = (pattern.start_date - monday(pattern.start_date))
        .num_days()
        .unsigned_abs();
    let empty = [christmas(), easters()[0], easters()[1]];
    date(2026, 3, 30)
        .iter_weeks()
        .map(|week| after(week, weekday))
        .skip_while(|start| *start < year().first())
        .take_while(|start| *start <= year().last())
        .filter(|start| {
            let days = span(*start, after(*start, length));
            !empty.iter().any(|week| overlap(*week, days))
        })
        .collect()
}

/// Sites in random order, each once before any comes again.
struct SiteQueue {
    sites: usize,
    waiting: Vec<usize>,
}

impl SiteQueue {
    fn new(sites: usize) -> Self {
        Self {
            sites,
            waiting: Vec::new(),
        }
    }

    fn next(&mut self, draw: &mut Draw) -> usize {
        if self.waiting.is_empty() {
            self.waiting = (0..self.sites).collect();
            draw.shuffle(&mut self.waiting);
        }
        self.waiting.pop().expect("there are sites")
    }
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;

    use super::super::sites;
    use super::*;

    #[test]
    fn the_published_ones_keep_weekday_and_length_and_start_in_the_year() {
        let sites = sites::sites(68);
        let moved = moved_into_the_year(&sites);
        let rows = published();
        assert_eq!(moved.len(), 68);
        let irps = moved.iter().filter(|dates| dates.kind == Kind::Irp).count();
        assert_eq!(irps, 20);
        for (dates, row) in moved.iter().zip(&rows) {
            assert!(year().contains(dates.days.first()));
            assert_eq!(dates.days.first().weekday(), row.start_date.weekday());
            assert_eq!((dates.days.first() - row.start_date).num_days() % 364, 0);
            assert_eq!(
                dates.days.last() - dates.days.first(),
                row.end_date - row.start_date
            );
            if weeks_touched(dates.days) > 2 {
                let attend = dates.attend.expect("the week that is meant");
                assert_eq!(weeks_touched(attend), 1);
                assert_eq!(attend.last(), dates.days.last());
            }
        }
    }

    #[test]
    fn every_pattern_has_weeks_to_be_drawn_for_and_spares_the_feasts() {
        for pattern in published() {
            let starts = starts_like(&pattern);
            assert!(starts.len() > 30);
            for start in starts {
                assert!(!christmas().contains(start));
                assert!(!easters().iter().any(|week| week.contains(start)));
            }
        }
    }
}
