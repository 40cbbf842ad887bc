//! `conflicts.csv`: interests in a site or in a provider of education.

use chrono::NaiveDate;

use super::calendar::{after, date};
use super::draw::Draw;
use super::people::Person;
use super::sites::Site;
use super::spec::Spec;
use super::table::{Table, cell};

/// A row of the file.
#[derive(Clone, Debug)]
pub(super) struct Conflict {
    /// Position of the person.
    pub(super) person: usize,
    /// Position of the site that it is with, or that has the provider that it is with.
    site: usize,
    with_provider: bool,
    until: Option<NaiveDate>,
    reason: &'static str,
}

/// One or two conflicts for the share of people who have any.
pub(super) fn conflicts(
    spec: &Spec,
    sites: &[Site],
    people: &[Person],
    draw: &mut Draw,
) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    for person in 0..people.len() {
        if !draw.chance(spec.tightness.conflicts) {
            continue;
        }
        for _ in 0..draw.between(1, 2) {
            conflicts.push(conflict(person, sites, draw));
        }
    }
    conflicts
}

/// Three in four are with a site; those from employment end with the cooling-off period.
fn conflict(person: usize, sites: &[Site], draw: &mut Draw) -> Conflict {
    let employed = draw.chance(60);
    Conflict {
        person,
        site: draw.below(sites.len()),
        with_provider: draw.chance(25),
        until: employed.then(|| after(date(2026, 3, 1), u64::from(draw.between(0, 900)))),
        reason: if employed {
            "former employer"
        } else {
            "declared interest"
        },
    }
}

/// The file.
pub(super) fn table(sites: &[Site], people: &[Person], conflicts: &[Conflict]) -> Table {
    let mut table = Table::new("conflicts.csv");
    for conflict in conflicts {
        let site = &sites[conflict.site];
        let with = if conflict.with_provider {
            ("education_provider", site.education_provider.clone())
        } else {
            ("establishment_id", site.id.clone())
        };
        table.row(&[
            ("inspector_id", people[conflict.person].id.clone()),
            with,
            ("until", cell(conflict.until)),
            ("reason", conflict.reason.to_owned()),
        ]);
    }
    table
}
