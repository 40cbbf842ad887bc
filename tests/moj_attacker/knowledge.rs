//! What anybody can know without a pack: the establishments of England, the reviews of progress
//! that were announced, and the practice of inspection (sizes of teams, days, fees).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};
use muster::domain::{Country, Dataset, Inspection, Kind, Policy};
use muster::eligibility::windows;

/// An establishment of England.
#[derive(Clone, Debug)]
pub struct Site {
    pub id: String,
    pub region: String,
    pub site_type: String,
    /// Its announced review of progress: there is no other.
    pub review: Option<Review>,
}

/// A review of progress that was announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Review {
    /// 0 to 3.
    pub quarter: usize,
    pub days: u32,
}

/// How many days an empty post would take, and at which fee.
#[derive(Clone, Debug)]
pub struct Practice {
    pub lead_off_site_full: u32,
    pub lead_off_site_irp: u32,
    pub team_off_site: u32,
    pub lead_fee: i64,
    pub team_fee: i64,
}

/// All of it.
#[derive(Clone, Debug)]
pub struct Knowledge {
    pub sites: Vec<Site>,
    pub practice: Practice,
    pub min_candidates: usize,
    /// In ten-thousandths.
    pub max_share: u64,
}

/// Days on site of a full inspection.
pub const FULL_DAYS: [u32; 3] = [3, 4, 5];

/// Days on site of a review of progress.
pub const IRP_DAYS: u32 = 3;

/// Ofsted's team at a review of progress, lead included.
pub const IRP_TEAMS: [u32; 2] = [1, 2];

/// Ofsted's team at a full inspection of a site of that type, lead included: three at small
/// and open ones, four at most, five or six at large local prisons and complex ones.
pub fn full_teams(site_type: &str) -> &'static [u32] {
    match site_type {
        "open" => &[3],
        "reception" | "high-security" => &[4, 5, 6],
        _ => &[3, 4],
    }
}

impl Practice {
    pub fn of(policy: &Policy) -> Self {
        let lead = &policy.lead;
        Self {
            lead_off_site_full: lead.preparation_days + lead.report_days_full,
            lead_off_site_irp: lead.preparation_days + lead.report_days_irp,
            team_off_site: policy.team.writeup_days,
            lead_fee: policy.fees.lead.0,
            team_fee: policy.fees.team.0,
        }
    }
}

impl Knowledge {
    /// What is known of the year of `dataset` on its policy's `as_of`.
    pub fn of(dataset: &Dataset) -> Self {
        let holidays: BTreeSet<NaiveDate> = dataset.bank_holidays.keys().copied().collect();
        let today = dataset.policy.as_of.expect("a year is looked at on a day");
        let announced = |row: &&Inspection| {
            row.kind == Kind::Irp && row.announced_on.is_some_and(|day| day <= today)
        };
        let reviews: BTreeMap<usize, Review> = dataset
            .programme
            .iter()
            .filter(announced)
            .map(|row| (row.establishment.get(), review(row, &holidays)))
            .collect();
        let sites = dataset.establishments.iter().enumerate();
        let sites = sites
            .filter(|(_, site)| site.country == Country::England)
            .map(|(at, site)| Site {
                id: site.id.clone(),
                region: site.region.clone(),
                site_type: site.site_type.clone(),
                review: reviews.get(&at).copied(),
            })
            .collect();
        Self {
            sites,
            practice: Practice::of(&dataset.policy),
            min_candidates: dataset.policy.disclosure.min_candidates as usize,
            max_share: (dataset.policy.disclosure.max_share * 10_000.0).round() as u64,
        }
    }
}

fn review(row: &Inspection, holidays: &BTreeSet<NaiveDate>) -> Review {
    Review {
        quarter: quarter(row),
        days: days_on_site(row, holidays),
    }
}

/// The quarter of an inspection's normal window, 0 for April to June.
pub fn quarter(row: &Inspection) -> usize {
    let month = windows::normal_span(row).first().month0() as usize;
    (month + 9) % 12 / 3
}

/// The working days of an inspection's normal window.
pub fn days_on_site(row: &Inspection, holidays: &BTreeSet<NaiveDate>) -> u32 {
    let is_working =
        |day: &NaiveDate| day.weekday().num_days_from_monday() < 5 && !holidays.contains(day);
    windows::normal_span(row).days().filter(is_working).count() as u32
}
