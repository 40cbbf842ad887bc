//! Which shortfalls are possible where, as far as anybody outside can know (domain brief,
//! sections 4 and 6).
//!
//! An inspection that lacks its lead lacks its whole team (H1). Practice gives a full inspection
//! a team of 3 at open establishments, of 4 at others, of 4 to 6 at receptions and in high security, and 3
//! to 5 days on site; an IRP has a team of 1 or 2 and 3 days. What really is short at some
//! establishment is taken to be possible at those of its type too. These are fewer ways than
//! somebody may think possible: a programme that is made of them is possible for everybody.

use std::collections::BTreeSet;

use crate::domain::{Country, Dataset, Establishment, EstablishmentIx, Inspection, Kind};
use crate::eligibility::Eligibility;

use super::lack::{CAUSES, Lack, QUARTERS, Way, days_on_site, quarter};

/// An establishment of England as the audit sees it.
#[derive(Clone, Debug)]
pub(super) struct Site {
    /// Its position among all.
    pub at: EstablishmentIx,
    /// Which of the ways are possible there.
    pub possible: Vec<bool>,
}

/// The ways that are looked at, and where each is possible.
#[derive(Clone, Debug)]
pub(super) struct Ways {
    /// The ways.
    pub ways: Vec<Way>,
    /// Every establishment of England.
    pub sites: Vec<Site>,
}

impl Ways {
    /// Those in which inspections really are short.
    pub(super) fn real(eligibility: &Eligibility, lacks: &[Lack]) -> Self {
        Self::of(
            eligibility,
            lacks,
            lacks.iter().map(|lack| lack.way).collect(),
        )
    }

    /// All that practice gives, and the real ones: an earlier pack may have been about others.
    pub(super) fn usual(eligibility: &Eligibility, lacks: &[Lack]) -> Self {
        let mut ways: BTreeSet<Way> = lacks.iter().map(|lack| lack.way).collect();
        for quarter in 0..QUARTERS.len() {
            for cause in 0..CAUSES.len() {
                let way = |irp, days, lead: bool, posts| {
                    let mut team = [0; 4];
                    team[cause] = posts;
                    Way {
                        irp,
                        quarter,
                        days,
                        lead: lead.then_some(CAUSES[cause]),
                        team,
                    }
                };
                ways.extend(
                    [(true, 0), (true, 1), (false, 1)]
                        .map(|(lead, posts)| way(true, 3, lead, posts)),
                );
                for days in 3..=5 {
                    ways.extend((2..=5).map(|posts| way(false, days, true, posts)));
                    ways.extend((1..=5).map(|posts| way(false, days, false, posts)));
                }
            }
        }
        Self::of(eligibility, lacks, ways)
    }

    fn of(eligibility: &Eligibility, lacks: &[Lack], ways: BTreeSet<Way>) -> Self {
        let dataset = eligibility.dataset;
        let ways: Vec<Way> = ways.into_iter().collect();
        let sites = (0..dataset.establishments.len()).map(EstablishmentIx::new);
        let sites = sites
            .filter(|at| dataset.establishment(*at).country == Country::England)
            .map(|at| {
                let known: Vec<_> = dataset
                    .programme
                    .iter()
                    .filter(|row| row.establishment == at && is_public(dataset, row))
                    .collect();
                let possible = |way: &Way| {
                    usual(dataset, lacks, dataset.establishment(at), way)
                        && known.iter().all(|row| agrees(eligibility, row, way))
                };
                Site {
                    at,
                    possible: ways.iter().map(possible).collect(),
                }
            })
            .collect();
        Self { ways, sites }
    }
}

/// Whether an inspection is known to all.
pub(super) fn is_public(dataset: &Dataset, row: &Inspection) -> bool {
    let as_of = dataset.policy.as_of;
    row.announced_on
        .is_some_and(|on| as_of.is_none_or(|as_of| on <= as_of))
}

/// Whether what is known of one inspection leaves room for `way`: there is one of its kind at
/// most, in its own time, and only Ofsted's can be short.
fn agrees(eligibility: &Eligibility, row: &Inspection, way: &Way) -> bool {
    if (row.kind == Kind::Irp) != way.irp {
        return true;
    }
    let scope = crate::eligibility::scope::scope(eligibility.dataset, row);
    matches!(scope, crate::eligibility::scope::Scope::In { .. })
        && quarter(eligibility, row) == way.quarter
        && days_on_site(eligibility, row) == way.days
}

/// Whether practice, or what really is, gives `way` at such an establishment.
fn usual(dataset: &Dataset, lacks: &[Lack], site: &Establishment, way: &Way) -> bool {
    let same_type = |lack: &Lack| dataset.establishment(lack.site).site_type == site.site_type;
    if lacks.iter().any(|lack| lack.way == *way && same_type(lack)) {
        return true;
    }
    let posts = way.team_posts();
    match (way.irp, way.lead) {
        (true, _) => posts <= 1,
        (false, Some(_)) => teams(site).contains(&(posts + 1)),
        (false, None) => posts < *teams(site).iter().max().unwrap_or(&0),
    }
}

/// The sizes of Ofsted's team at a full inspection, its lead included.
fn teams(site: &Establishment) -> &'static [u32] {
    match site.site_type.as_str() {
        "open" => &[3],
        "reception" | "high-security" => &[4, 5, 6],
        _ => &[4],
    }
}
