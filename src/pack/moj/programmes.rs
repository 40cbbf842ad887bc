//! The programmes that agree with packs, as one program in whole numbers.
//!
//! Establishments that all packs put into the same groups, and of which the same is known
//! ([`super::ways`]), can change places in any programme: they are one *cell*. As no table crosses
//! another, where a shortfall is, when and why come apart: a column counts the shortfalls of a
//! shape in a cell, another those in a quarter, another those with some causes, and whatever
//! agrees in number for each shape can be put together. All are of the packs from one to
//! another: they stand in these, and in none before or after.
//!
//! Rows say, for every pack and group, that inspections, posts, days of leads and days of team
//! members add up to what is shown (as there are two fees, days and cost tell the two kinds of
//! days apart), and for every pack, cell and kind of inspection that there are no more of them
//! than establishments: stays that overlap no more often than that can be dealt out to them. A
//! column for each cell takes one establishment away, which then has no shortfall in any pack.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::domain::{Dataset, Policy, Role};
use crate::explain::Cause;
use crate::solve::{Column, End, Mip, Settings, SolveError, Stop};

use super::figures::{Amounts, Dimension, Group, Shown, told};
use super::lack::{CAUSES, QUARTERS, Shape};
use super::ways::{Profile, Ways, profiles};

/// How many nodes of the search tree one question may take.
const NODES: u32 = 2_000;

/// Establishments that can change places.
pub(super) struct Cell {
    /// Their positions among those of [`Ways`].
    pub(super) sites: Vec<usize>,
    /// For each pack its groups by establishment that they are in; nothing where it had no such
    /// value.
    groups: Vec<Option<[usize; 2]>>,
    /// Which shapes are possible.
    possible: Vec<bool>,
    /// The quarter of a full inspection and of an IRP, where it is known.
    quarters: [Option<usize>; 2],
}

/// Shortfalls of a shape that stand from one pack to another.
struct Stay {
    shape: Shape,
    /// The shape's position among those of [`Ways`].
    number: usize,
    packs: RangeInclusive<usize>,
    /// The row that has as many in cells as in quarters, but for those whose quarter is known.
    when: usize,
    /// The row that has as many in cells as with causes.
    why: usize,
}

/// What a group must come to, or is given: inspections, posts, days of leads, days of team members.
type Sums = [i64; 4];

/// A number that is counted.
struct Counted {
    /// The most that it may be.
    most: i64,
    /// Whether it is of shortfalls that do not stand until the last pack.
    ends: bool,
    /// Rows with what each adds.
    terms: Vec<(usize, i64)>,
}

/// The program of several packs.
pub(super) struct Programmes<'a> {
    packs: &'a [&'a Shown],
    policy: &'a Policy,
    pub(super) cells: Vec<Cell>,
    /// What every group of every pack must come to.
    sums: Vec<Vec<Sums>>,
    /// Every row's bounds: four for each group of each pack, then the others.
    rows: Vec<(i64, i64)>,
    /// Of each pack the first of its rows.
    first_row: Vec<usize>,
    /// The rows of each cell that say how many establishments there are, by pack and kind.
    rooms: Vec<Vec<usize>>,
    columns: Vec<Counted>,
    /// The columns that take an establishment of a cell away come from here on.
    spared: usize,
}

/// Values of a table that every pack puts into the same groups: the group of each pack.
type Class = Vec<Option<usize>>;

impl<'a> Programmes<'a> {
    /// Those that agree with `packs`, in the order in which they were given. Nothing where some
    /// figure is none that any programme could have.
    pub(super) fn new(dataset: &'a Dataset, ways: &Ways, packs: &'a [&'a Shown]) -> Option<Self> {
        let policy = &dataset.policy;
        let of_group = |group: &Group| Some(sums_of(told(&group.figures, policy)?, policy));
        let of_pack = |pack: &&Shown| pack.groups.iter().map(of_group).collect();
        let sums: Vec<Vec<Sums>> = packs.iter().map(of_pack).collect::<Option<_>>()?;
        let (mut rows, mut first_row) = (Vec::new(), Vec::new());
        for sums in &sums {
            first_row.push(rows.len());
            rows.extend(sums.iter().flatten().map(|sum| (*sum, *sum)));
        }
        let mut all = Self {
            packs,
            policy,
            cells: cells(dataset, ways, packs),
            sums,
            rows,
            first_row,
            rooms: Vec::new(),
            columns: Vec::new(),
            spared: 0,
        };
        all.state(ways);
        Some(all)
    }

    fn state(&mut self, ways: &Ways) {
        let packs = self.packs.len();
        for cell in &self.cells {
            let first = self.rows.len();
            let most = cell.sites.len() as i64;
            self.rows.extend(vec![(0, most); 2 * packs]);
            self.rooms.push((first..self.rows.len()).collect());
        }
        let quarters = self.classes(Dimension::Quarter, &QUARTERS);
        let causes = self.classes(Dimension::Cause, &CAUSES.map(Cause::as_str));
        for (number, shape) in ways.shapes.iter().enumerate() {
            for first in 0..packs {
                for last in first..packs {
                    let stay = Stay {
                        shape: *shape,
                        number,
                        packs: first..=last,
                        when: self.rows.len(),
                        why: self.rows.len() + 1,
                    };
                    self.rows.extend([(0, 0); 2]);
                    self.add(&stay, &quarters, &causes);
                }
            }
        }
        self.spared = self.columns.len();
        for rooms in &self.rooms {
            self.columns.push(Counted {
                most: 1,
                ends: false,
                terms: rooms.iter().map(|row| (*row, 1)).collect(),
            });
        }
    }

    /// The columns of a stay: by cell, by quarter, by causes.
    fn add(&mut self, stay: &Stay, quarters: &BTreeSet<Class>, causes: &BTreeSet<Class>) {
        let cells = self.cells.iter().zip(&self.rooms);
        let places = cells.filter_map(|(cell, rooms)| self.in_cell(stay, cell, rooms));
        let places: Vec<Counted> = places.collect();
        let most: i64 = places.iter().map(|column| column.most).sum();
        if most == 0 {
            return;
        }
        let times = quarters
            .iter()
            .filter_map(|class| self.in_quarter(stay, class, most));
        let causes: Vec<&Class> = causes.iter().collect();
        let profiles = profiles(stay.shape, causes.len());
        let reasons = profiles
            .into_iter()
            .filter_map(|profile| self.with_causes(stay, &causes, profile, most));
        let columns: Vec<Counted> = times.chain(reasons).collect();
        self.columns.extend(places);
        self.columns.extend(columns);
    }

    /// So many in a cell; nothing where there can be none.
    fn in_cell(&self, stay: &Stay, cell: &Cell, rooms: &[usize]) -> Option<Counted> {
        if !cell.possible[stay.number] {
            return None;
        }
        let kind = usize::from(stay.shape.irp);
        let known = cell.quarters[kind];
        let all = self.all(stay.shape);
        let mut parts = Vec::new();
        for pack in stay.packs.clone() {
            let groups = cell.groups[pack]?;
            for (group, row) in self.packs[pack].groups.iter().enumerate() {
                let part = match row.table {
                    Dimension::Total => Some(all),
                    Dimension::Region | Dimension::Type => groups.contains(&group).then_some(all),
                    Dimension::Quarter => {
                        let is_then = known.is_some_and(|known| holds(row, QUARTERS[known]));
                        is_then.then_some(all)
                    }
                    Dimension::Role => Some(self.in_role(stay.shape, row)),
                    Dimension::Cause => None,
                };
                parts.extend(part.map(|part| (pack, group, part)));
            }
        }
        let rooms = stay.packs.clone().map(|pack| (rooms[2 * pack + kind], 1));
        let when = known.is_none().then_some((stay.when, 1));
        let links = rooms.chain(when).chain([(stay.why, 1)]);
        let ends = stay.packs.end() + 1 < self.packs.len();
        self.counted(cell.sites.len() as i64, ends, &parts, links)
    }

    /// So many in the quarters of a class.
    fn in_quarter(&self, stay: &Stay, class: &Class, most: i64) -> Option<Counted> {
        let all = self.all(stay.shape);
        let packs = stay.packs.clone();
        let parts = packs.filter_map(|pack| Some((pack, class[pack]?, all)));
        let parts: Vec<_> = parts.collect();
        self.counted(most, false, &parts, [(stay.when, -1)])
    }

    /// So many whose posts have the causes of a profile.
    fn with_causes(
        &self,
        stay: &Stay,
        causes: &[&Class],
        (lead, team): Profile,
        most: i64,
    ) -> Option<Counted> {
        let mut parts = Vec::new();
        for pack in stay.packs.clone() {
            // By group: leads and team posts.
            let mut posts: BTreeMap<usize, [u32; 2]> = BTreeMap::new();
            if let Some(group) = lead.and_then(|lead| causes[lead][pack]) {
                posts.entry(group).or_default()[0] += 1;
            }
            for (class, count) in std::iter::zip(causes, &team) {
                if let (Some(group), 1..) = (class[pack], *count) {
                    posts.entry(group).or_default()[1] += count;
                }
            }
            parts.extend(posts.into_iter().map(|(group, [lead, team])| {
                let part = stay.shape.amounts(lead, team, self.policy);
                (pack, group, sums_of(part, self.policy))
            }));
        }
        self.counted(most, false, &parts, [(stay.why, -1)])
    }

    /// A column of at most so many with `parts` of the groups' sums and `links` to other rows;
    /// nothing where the sums leave room for none.
    fn counted(
        &self,
        most: i64,
        ends: bool,
        parts: &[(usize, usize, Sums)],
        links: impl IntoIterator<Item = (usize, i64)>,
    ) -> Option<Counted> {
        let each = parts.iter().flat_map(|(pack, group, part)| {
            let pairs = std::iter::zip(self.sums[*pack][*group], *part);
            pairs
                .filter(|(_, part)| *part > 0)
                .map(|(sum, part)| sum / part)
        });
        let most = each.min().map_or(most, |times| most.min(times));
        let rows = parts.iter().flat_map(|(pack, group, part)| {
            let first = self.first_row[*pack] + 4 * group;
            let each = part.iter().enumerate().filter(|(_, part)| **part > 0);
            each.map(move |(at, part)| (first + at, *part))
        });
        (most > 0).then(|| Counted {
            most,
            ends,
            terms: rows.chain(links).collect(),
        })
    }

    /// What all empty posts of a shape come to.
    fn all(&self, shape: Shape) -> Sums {
        let posts = shape.amounts(u32::from(shape.lead), shape.team, self.policy);
        sums_of(posts, self.policy)
    }

    fn in_role(&self, shape: Shape, row: &Group) -> Sums {
        let of = |role: Role, posts: u32| if holds(row, role.as_str()) { posts } else { 0 };
        let lead = of(Role::Lead, u32::from(shape.lead));
        let team = of(Role::Team, shape.team);
        sums_of(shape.amounts(lead, team, self.policy), self.policy)
    }

    /// The classes that the packs put `values` of a table into.
    fn classes(&self, table: Dimension, values: &[&str]) -> BTreeSet<Class> {
        let class = |value: &&str| {
            let packs = self.packs.iter();
            packs.map(|pack| group_of(pack, table, value)).collect()
        };
        values.iter().map(class).collect()
    }

    /// The program as HiGHS takes it.
    pub(super) fn stated(&self) -> Result<Mip, SolveError> {
        let bounds: Vec<_> = self
            .rows
            .iter()
            .map(|(least, most)| (*least as f64, *most as f64))
            .collect();
        let mut mip = Mip::of_rows(&bounds)?;
        let column = |column: &Counted| {
            let terms = column.terms.iter();
            Column {
                cost: 0.0,
                bounds: (0.0, column.most as f64),
                whole: true,
                terms: terms.map(|(row, factor)| (*row, *factor as f64)).collect(),
            }
        };
        let columns: Vec<Column> = self.columns.iter().map(column).collect();
        mip.add_columns(&columns)?;
        Ok(mip)
    }

    /// A programme with the fewest shortfalls that do not stand, and how many those are; nothing
    /// where none is found, or none proven to have the fewest.
    pub(super) fn fewest_ends(
        &self,
        mip: &mut Mip,
        stop: &Stop,
    ) -> Result<Option<(Vec<i64>, i64)>, SolveError> {
        let costs = self.columns.iter();
        mip.set_costs(
            costs
                .map(|column| f64::from(u8::from(column.ends)))
                .collect(),
        )?;
        let outcome = mip.solve(settings(), None, stop, &mut |_| {})?;
        let found = outcome.solution.map(|found| whole(&found));
        let is_proven = outcome.end == End::Proven;
        Ok(found
            .filter(|found| is_proven && self.agrees(found, i64::MAX))
            .map(|found| {
                let ends = self.ends(&found);
                (found, ends)
            }))
    }

    /// A programme of at most `ends` shortfalls that do not stand, in which some of `cells` have an
    /// establishment without any shortfall. It is looked for from a programme that is `known`.
    pub(super) fn sparing(
        &self,
        mip: &mut Mip,
        cells: &[usize],
        ends: i64,
        known: Option<&[i64]>,
        stop: &Stop,
    ) -> Result<Option<Vec<i64>>, SolveError> {
        let mut costs = vec![0.0; self.columns.len()];
        for cell in cells {
            costs[self.spared + cell] = -1.0;
        }
        mip.set_costs(costs)?;
        // The first that spares one will do: the rest are asked for anew.
        let settings = Settings {
            target: -0.5,
            ..settings()
        };
        let start: Option<Vec<f64>> =
            known.map(|known| known.iter().map(|count| *count as f64).collect());
        let outcome = mip.solve(settings, start.as_deref(), stop, &mut |_| {})?;
        let found = outcome.solution.map(|found| whole(&found));
        Ok(found.filter(|found| self.agrees(found, ends)))
    }

    /// Has no more than `most` shortfalls end from now on.
    pub(super) fn keep_ends(&self, mip: &mut Mip, most: i64) -> Result<(), SolveError> {
        let ends = self.columns.iter().enumerate();
        let ends = ends.filter(|(_, column)| column.ends);
        let terms: Vec<_> = ends.map(|(at, _)| (at, 1.0)).collect();
        if terms.is_empty() {
            return Ok(());
        }
        mip.add_row_at_most(most as f64, &terms)
    }

    fn ends(&self, found: &[i64]) -> i64 {
        let ends = std::iter::zip(&self.columns, found).filter(|(column, _)| column.ends);
        ends.map(|(_, count)| count).sum()
    }

    /// What `columns` of a solution come to in every row.
    fn sums(&self, found: &[i64]) -> Vec<i64> {
        let mut sums = vec![0; self.rows.len()];
        for (column, count) in std::iter::zip(&self.columns, found) {
            for (row, factor) in &column.terms {
                sums[*row] += factor * count;
            }
        }
        sums
    }

    /// Whether a solution keeps every row, added up again in whole numbers.
    fn agrees(&self, found: &[i64], ends: i64) -> bool {
        let sums = self.sums(found);
        let mut rows = std::iter::zip(&self.rows, &sums);
        found.iter().all(|count| *count >= 0)
            && rows.all(|((least, most), sum)| least <= sum && sum <= most)
            && self.ends(found) <= ends
    }

    /// The cells of which a solution leaves an establishment without any shortfall.
    pub(super) fn spared(&self, found: &[i64]) -> Vec<bool> {
        let sums = self.sums(&found[..self.spared]);
        let is_spared = |(cell, rooms): (&Cell, &Vec<usize>)| {
            let mut used = rooms.iter().map(|row| sums[*row]);
            used.all(|used| used < cell.sites.len() as i64)
        };
        std::iter::zip(&self.cells, &self.rooms)
            .map(is_spared)
            .collect()
    }
}

fn settings() -> Settings {
    Settings {
        max_nodes: Some(NODES),
        absolute_gap: 0.5,
        relative_gap: 0.0,
        ..Settings::default()
    }
}

fn whole(found: &[f64]) -> Vec<i64> {
    found.iter().map(|value| value.round() as i64).collect()
}

fn holds(group: &Group, value: &str) -> bool {
    group.members.iter().any(|member| member == value)
}

fn group_of(pack: &Shown, table: Dimension, value: &str) -> Option<usize> {
    let mut groups = pack.groups.iter();
    groups.position(|group| group.table == table && holds(group, value))
}

/// As they can be told from figures.
fn sums_of(amounts: Amounts, policy: &Policy) -> Sums {
    let Amounts {
        inspections,
        posts,
        lead_days,
        team_days,
    } = amounts;
    let (lead_days, team_days) = if policy.fees.lead == policy.fees.team {
        (0, lead_days + team_days)
    } else {
        (lead_days, team_days)
    };
    [inspections, posts, lead_days, team_days].map(i64::from)
}

fn cells(dataset: &Dataset, ways: &Ways, packs: &[&Shown]) -> Vec<Cell> {
    let mut cells: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, site) in ways.sites.iter().enumerate() {
        let row = dataset.establishment(site.at);
        let of = |pack: &&Shown| {
            let of = |table: Dimension| group_of(pack, table, table.of_site(row)?);
            Some([of(Dimension::Region)?, of(Dimension::Type)?])
        };
        let groups: Vec<_> = packs.iter().map(of).collect();
        let key = (groups, &site.possible, site.quarters);
        cells.entry(key).or_default().push(at);
    }
    let cells = cells.into_iter();
    cells
        .map(|((groups, possible, quarters), sites)| Cell {
            sites,
            groups,
            possible: possible.clone(),
            quarters,
        })
        .collect()
}
