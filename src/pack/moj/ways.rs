//! Which shortfalls are possible where, as far as anybody outside can know (domain brief,
//! sections 4 and 6).
//!
//! An inspection that lacks its lead lacks its whole team (H1). Practice gives a full inspection
//! a team of 3 at open establishments, of 3 or 4 at most, of 4 to 6 at receptions and in high
//! security, and 3 to 5 days on site; an IRP has a team of 1 or 2 and 3 days. What really is short
//! at some establishment is taken to be possible at those of its type too: else the truth would
//! be none of the programmes that are looked at. When and why it is short is left open, but for
//! inspections that are known to all.

use std::collections::BTreeSet;

use crate::domain::{Country, Dataset, Establishment, EstablishmentIx, Inspection, Kind};
use crate::eligibility::Eligibility;
use crate::eligibility::scope::{Scope, scope};

use super::lack::{Lack, Shape, days_on_site, quarter};

/// An establishment of England as the audit sees it.
#[derive(Clone, Debug)]
pub(super) struct Site {
    /// Its position among all.
    pub at: EstablishmentIx,
    /// Which of the shapes are possible there.
    pub possible: Vec<bool>,
    /// Of its full inspection and of its IRP the quarter, where it is known to all.
    pub quarters: [Option<usize>; 2],
}

/// The shapes that are looked at, and where each is possible.
#[derive(Clone, Debug)]
pub(super) struct Ways {
    /// The shapes.
    pub shapes: Vec<Shape>,
    /// Every establishment of England.
    pub sites: Vec<Site>,
}

impl Ways {
    /// All that practice gives, and those that really are short.
    pub(super) fn of(eligibility: &Eligibility, lacks: &[Lack]) -> Self {
        let dataset = eligibility.dataset;
        let real = lacks.iter().map(|lack| lack.way.shape());
        let shapes: BTreeSet<Shape> = real.chain(usual()).collect();
        let shapes: Vec<Shape> = shapes.into_iter().collect();
        let sites = (0..dataset.establishments.len()).map(EstablishmentIx::new);
        let sites = sites
            .filter(|at| dataset.establishment(*at).country == Country::England)
            .map(|at| {
                let known = |irp: bool| {
                    let rows = dataset.programme.iter();
                    rows.filter(move |row| {
                        row.establishment == at && (row.kind == Kind::Irp) == irp
                    })
                    .filter(|row| is_public(dataset, row))
                };
                let possible = |shape: &Shape| {
                    is_usual(dataset, lacks, dataset.establishment(at), *shape)
                        && known(shape.irp).all(|row| {
                            matches!(scope(dataset, row), Scope::In { .. })
                                && days_on_site(eligibility, row) == shape.days
                        })
                };
                let quarter = |irp| known(irp).next().map(|row| quarter(eligibility, row));
                Site {
                    at,
                    possible: shapes.iter().map(possible).collect(),
                    quarters: [quarter(false), quarter(true)],
                }
            })
            .collect();
        Self { shapes, sites }
    }
}

/// Whether an inspection is known to all.
pub(super) fn is_public(dataset: &Dataset, row: &Inspection) -> bool {
    let as_of = dataset.policy.as_of;
    row.announced_on
        .is_some_and(|on| as_of.is_none_or(|as_of| on <= as_of))
}

/// Every shape that practice gives somewhere.
fn usual() -> impl Iterator<Item = Shape> {
    let shape = |irp, days| {
        let posts = if irp { 0..=1 } else { 0..=5 };
        posts.flat_map(move |team| {
            [true, false].map(|lead| Shape {
                irp,
                days,
                lead,
                team,
            })
        })
    };
    let full = (3..=5).flat_map(move |days| shape(false, days));
    full.chain(shape(true, 3))
        .filter(|shape| shape.lead || shape.team > 0)
}

/// Whether practice, or what really is short, gives `shape` at such an establishment.
fn is_usual(dataset: &Dataset, lacks: &[Lack], site: &Establishment, shape: Shape) -> bool {
    let same_type = |lack: &Lack| dataset.establishment(lack.site).site_type == site.site_type;
    if lacks
        .iter()
        .any(|lack| lack.way.shape() == shape && same_type(lack))
    {
        return true;
    }
    let is_practice = usual().any(|usual| usual == shape);
    is_practice
        && match (shape.irp, shape.lead) {
            (true, _) => true,
            (false, true) => teams(site).contains(&(shape.team + 1)),
            (false, false) => teams(site).iter().any(|team| shape.team < *team),
        }
}

/// The sizes of Ofsted's team at a full inspection, its lead included.
fn teams(site: &Establishment) -> &'static [u32] {
    match site.site_type.as_str() {
        "open" => &[3],
        "reception" | "high-security" => &[4, 5, 6],
        _ => &[3, 4],
    }
}

/// The causes of an inspection's empty posts: the lead's, and how many of the team have which.
pub(super) type Profile = (Option<usize>, Vec<u32>);

/// The causes that the posts of a shape can have, of so many.
pub(super) fn profiles(shape: Shape, causes: usize) -> Vec<Profile> {
    let teams = splits(shape.team, causes);
    let leads: Vec<Option<usize>> = if shape.lead {
        (0..causes).map(Some).collect()
    } else {
        vec![None]
    };
    let with = |lead: Option<usize>| teams.iter().map(move |team| (lead, team.clone()));
    leads.into_iter().flat_map(with).collect()
}

/// Every way to split `posts` among so many.
fn splits(posts: u32, among: usize) -> Vec<Vec<u32>> {
    if among == 1 {
        return vec![vec![posts]];
    }
    let with = |first: u32| {
        let rest = splits(posts - first, among - 1).into_iter();
        rest.map(move |rest| [vec![first], rest].concat())
    };
    (0..=posts).flat_map(with).collect()
}
