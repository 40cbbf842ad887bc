//! Which values are shown together: from all in one group to the finest that may be.
//!
//! Values are merged with their neighbours alone: quarters with the one before or after, regions
//! with those next to them (two regions are neighbours where no third has its centre closer to
//! both than they are to each other, which always links all), types, causes and roles with any.
//! Undoing a merge splits a group in two whose parts each hang together.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Dataset, Role, centres};
use crate::eligibility::cost::distance;

use super::figures::Dimension;
use super::lack::{CAUSES, QUARTERS};

/// Groups of values that are looked at in every way that splits them; of larger ones, one or two
/// values at a time are taken out.
const ALL_SPLITS: usize = 12;

/// The groups of every table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grouping {
    tables: BTreeMap<Dimension, Vec<Vec<String>>>,
}

impl Grouping {
    /// Everything in one group.
    pub(super) fn coarsest(dataset: &Dataset) -> Self {
        let tables = Dimension::ALL.map(|table| (table, vec![values(dataset, table)]));
        Self {
            tables: tables.into(),
        }
    }

    /// Each value by itself.
    pub(super) fn finest(dataset: &Dataset) -> Self {
        let alone = |table| match table {
            Dimension::Total => vec![Vec::new()],
            _ => values(dataset, table)
                .into_iter()
                .map(|value| vec![value])
                .collect(),
        };
        Self {
            tables: Dimension::ALL.map(|table| (table, alone(table))).into(),
        }
    }

    /// Every group with its table, in the order in which they are written.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Dimension, &Vec<String>)> {
        self.tables
            .iter()
            .flat_map(|(table, groups)| groups.iter().map(|group| (*table, group)))
    }

    /// Takes over the groups of a pack.
    pub(super) fn take(&mut self, shown: &super::Shown) {
        for (table, groups) in &mut self.tables {
            *groups = shown
                .table(*table)
                .map(|group| group.members.clone())
                .collect();
        }
    }

    /// What it becomes when `group` of `table` is split.
    pub(super) fn split(&self, table: Dimension, group: &[String], parts: &Split) -> Self {
        let mut finer = self.clone();
        let groups = finer.tables.entry(table).or_default();
        groups.retain(|other| other != group);
        groups.extend(parts.clone());
        groups.sort();
        finer
    }
}

/// A group in two parts.
pub(super) type Split = [Vec<String>; 2];

/// The values of a table.
fn values(dataset: &Dataset, table: Dimension) -> Vec<String> {
    let sites = || dataset.establishments.iter();
    let values: BTreeSet<String> = match table {
        Dimension::Total => BTreeSet::new(),
        Dimension::Quarter => QUARTERS.map(str::to_owned).into(),
        Dimension::Region => sites().map(|site| site.region.clone()).collect(),
        Dimension::Type => sites().map(|site| site.site_type.clone()).collect(),
        Dimension::Cause => CAUSES.map(|cause| cause.as_str().to_owned()).into(),
        Dimension::Role => [Role::Lead, Role::Team]
            .map(|role| role.as_str().to_owned())
            .into(),
    };
    values.into_iter().collect()
}

/// Which values are neighbours.
pub(super) struct Neighbours {
    regions: BTreeSet<(String, String)>,
}

impl Neighbours {
    pub(super) fn of(dataset: &Dataset) -> Self {
        let centres = centres(&dataset.establishments);
        let apart = |one: &str, other: &str| distance(centres[one], centres[other]).0;
        let mut regions = BTreeSet::new();
        for (one, other) in centres
            .keys()
            .flat_map(|one| centres.keys().map(move |other| (one, other)))
        {
            let between = |third: &&&str| {
                *third != one
                    && *third != other
                    && apart(one, third).max(apart(third, other)) < apart(one, other)
            };
            if one != other && !centres.keys().any(|third| between(&third)) {
                regions.insert(((*one).to_owned(), (*other).to_owned()));
            }
        }
        Self { regions }
    }

    /// Every way to split `group`, those that take out least first.
    pub(super) fn splits(&self, table: Dimension, group: &[String]) -> Vec<Split> {
        let mut splits: Vec<Split> = part_masks(group.len())
            .map(|mask| {
                let (one, other): (Vec<_>, Vec<_>) = group
                    .iter()
                    .enumerate()
                    .partition(|(at, _)| mask >> at & 1 == 1);
                [one, other].map(|part| part.into_iter().map(|(_, value)| value.clone()).collect())
            })
            .filter(|parts: &Split| parts.iter().all(|part| self.hangs_together(table, part)))
            .collect();
        splits.sort_by_key(|[one, other]| (one.len().min(other.len()), one.clone()));
        splits
    }

    fn hangs_together(&self, table: Dimension, part: &[String]) -> bool {
        let linked = |one: &String, other: &String| match table {
            Dimension::Quarter => {
                let at = |value: &String| QUARTERS.iter().position(|quarter| quarter == value);
                at(one)
                    .zip(at(other))
                    .is_some_and(|(one, other)| one.abs_diff(other) == 1)
            }
            Dimension::Region => self.regions.contains(&(one.clone(), other.clone())),
            _ => true,
        };
        let mut reached: Vec<&String> = part.iter().take(1).collect();
        let mut next = 0;
        while let Some(from) = reached.get(next).copied() {
            let more: Vec<_> = part
                .iter()
                .filter(|to| !reached.contains(to) && linked(from, to))
                .collect();
            reached.extend(more);
            next += 1;
        }
        reached.len() == part.len()
    }
}

/// Sets of positions that split `count` values in two, each split once.
fn part_masks(count: usize) -> Box<dyn Iterator<Item = u128>> {
    if count < 2 {
        Box::new(std::iter::empty())
    } else if count <= ALL_SPLITS {
        Box::new(1..1_u128 << (count - 1))
    } else {
        // More values than there are bits are left together.
        let count = count.min(128);
        let one = (0..count).map(|at| 1 << at);
        let two =
            (0..count).flat_map(move |at| (at + 1..count).map(move |other| 1 << at | 1 << other));
        Box::new(one.chain(two))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::test_support::bare_year;

    fn names(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    #[test]
    fn quarters_are_split_between_neighbours_only() {
        let neighbours = Neighbours::of(&bare_year());
        let splits = neighbours.splits(Dimension::Quarter, &names(&QUARTERS));
        assert_eq!(splits.len(), 3);
        assert_eq!(
            neighbours
                .splits(Dimension::Cause, &names(&["a", "b", "c", "d"]))
                .len(),
            7
        );
        assert_eq!(
            neighbours.splits(Dimension::Role, &names(&["lead"])).len(),
            0
        );
    }

    #[test]
    fn regions_hang_together_by_their_centres() {
        let mut year = bare_year();
        for (region, latitude) in [("B", 53.0), ("C", 54.0), ("D", 55.0)] {
            let mut site = year.establishments[0].clone();
            site.region = region.to_owned();
            site.location.latitude = latitude;
            year.establishments.push(site);
        }
        // A line from south to north, cut in three places.
        let regions = names(&["B", "C", "D", "Midlands"]);
        let splits = Neighbours::of(&year).splits(Dimension::Region, &regions);
        assert_eq!(splits.len(), 3);
    }
}
