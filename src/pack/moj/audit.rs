//! The audit of what a pack's tables say together, and together with those given earlier: for every
//! establishment there must be a possible programme that agrees with every figure and in which
//! that establishment has no shortfall (domain brief, section 4).
//!
//! **The program.** Establishments that all packs put into the same groups, and where the same is
//! possible ([`super::ways`]), can change places in any programme: they are one *cell*. A column
//! counts the inspections of a cell that are short in one way in every pack from one to another,
//! and in none before or after. Rows say, for every pack and group, that inspections, posts, days of leads and
//! days of team members add up to what is shown (as there are two fees, days and cost tell the two kinds of days apart),
//! and for every pack, cell and kind of inspection that there are no more of them than establishments. Any whole solution is a possible
//! programme for each pack: spans on a line that overlap no more often than there are establishments can be dealt out to them.
//!
//! **Earlier shortfalls stand** unless later figures force a change: the columns that end before the last pack are counted, their least number
//! found, and only programmes with that least number are looked at. As such a programme is also a
//! possible one for who does not suppose that, one answer serves both.
//!
//! **Everybody's turn.** A solution that leaves an establishment of a cell without any shortfall in any pack does so for each of the cell.
//! Cells that no solution has left so yet are asked for by one place less. Of a new pack alone the real
//! programme is the first solution.
//!
//! **Where it is unsure it refuses**: fewer ways are looked at than are possible, and a search that
//! does not end within its nodes counts as none found. A solution is added up again in whole numbers before it is believed.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::domain::{Dataset, Policy};
use crate::solve::{Column, End, Mip, Settings, SolveError, Stop};

use super::figures::{Amounts, Dimension, Group, Shown, told};
use super::ways::Ways;

/// How many nodes of the search tree one question may take.
const NODES: u32 = 2_000;

/// What an audit found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Every establishment may have no shortfall.
    Passed,
    /// These, by name, are not sure to have none.
    Certain(Vec<String>),
    /// No programme is known that agrees with all packs.
    Unknown,
}

/// Establishments that can change places.
struct Cell {
    sites: Vec<usize>,
    /// For each pack its groups by establishment that they are in; nothing where it had no such value.
    groups: Vec<Option<[usize; 2]>>,
    possible: Vec<bool>,
}

/// A column: inspections of a cell that are short in a way from one pack to another.
#[derive(Clone, Copy)]
struct Stay {
    cell: usize,
    way: usize,
    first: usize,
    last: usize,
}

impl Stay {
    /// The packs in which they are short.
    fn packs(&self) -> RangeInclusive<usize> {
        self.first..=self.last
    }
}

/// What a group must come to: inspections, posts, days of leads, days of team members.
type Sums = [i64; 4];

/// A question about several packs.
struct Question<'a> {
    ways: &'a Ways,
    packs: &'a [&'a Shown],
    cells: Vec<Cell>,
    /// By pack and group.
    sums: Vec<Vec<Sums>>,
    /// What a way adds to each group of each pack, of those not by establishment.
    parts: Vec<Vec<Vec<Sums>>>,
    stays: Vec<Stay>,
}

/// Whether `packs`, in the order in which they were given, leave every establishment a possible
/// programme. Of a single pack, `real` is the real programme: which of `ways.sites` are short in it.
pub(super) fn audit(
    dataset: &Dataset,
    ways: &Ways,
    packs: &[&Shown],
    real: Option<&[bool]>,
    stop: &Stop,
) -> Result<Verdict, SolveError> {
    let Some(question) = Question::new(dataset, ways, packs) else {
        return Ok(Verdict::Unknown);
    };
    let mut free = vec![false; question.cells.len()];
    let least = if let Some(real) = real {
        for (free, cell) in std::iter::zip(&mut free, &question.cells) {
            *free = cell.sites.iter().any(|site| !real[*site]);
        }
        0
    } else {
        let Some(found) = question.answer(None, None, stop)? else {
            return Ok(Verdict::Unknown);
        };
        question.mark(&found, &mut free);
        question.ended(&found)
    };
    let mut certain = Vec::new();
    for at in 0..free.len() {
        if free[at] {
            continue;
        }
        match question.answer(Some(at), Some(least), stop)? {
            Some(found) => question.mark(&found, &mut free),
            None => certain.extend(
                question.cells[at]
                    .sites
                    .iter()
                    .map(|site| dataset.establishment(ways.sites[*site].at).name.clone()),
            ),
        }
    }
    Ok(if certain.is_empty() {
        Verdict::Passed
    } else {
        Verdict::Certain(certain)
    })
}

impl<'a> Question<'a> {
    /// Nothing where some figure is none that any programme could have.
    fn new(dataset: &Dataset, ways: &'a Ways, packs: &'a [&'a Shown]) -> Option<Self> {
        let policy = &dataset.policy;
        let sums = packs
            .iter()
            .map(|pack| {
                pack.groups
                    .iter()
                    .map(|group| Some(sums_of(told(&group.figures, policy)?, policy)))
                    .collect()
            })
            .collect::<Option<Vec<Vec<_>>>>()?;
        let parts = packs
            .iter()
            .map(|pack| {
                let part = |group: &Group, way: &super::lack::Way| {
                    sums_of(way.amounts(group.table, &group.members, policy), policy)
                };
                ways.ways
                    .iter()
                    .map(|way| pack.groups.iter().map(|group| part(group, way)).collect())
                    .collect()
            })
            .collect();
        let mut question = Self {
            ways,
            packs,
            cells: cells(dataset, ways, packs),
            sums,
            parts,
            stays: Vec::new(),
        };
        question.stays = question.stays();
        Some(question)
    }

    /// Every column that no figure rules out by itself.
    fn stays(&self) -> Vec<Stay> {
        let count = self.packs.len();
        let mut stays = Vec::new();
        for (cell, its) in self.cells.iter().enumerate() {
            for way in (0..self.ways.ways.len()).filter(|way| its.possible[*way]) {
                let fits: Vec<bool> = (0..count).map(|pack| self.fits(its, way, pack)).collect();
                for first in 0..count {
                    let lasts = (first..count).take_while(|last| fits[*last]);
                    stays.extend(lasts.map(|last| Stay {
                        cell,
                        way,
                        first,
                        last,
                    }));
                }
            }
        }
        stays
    }

    fn fits(&self, cell: &Cell, way: usize, pack: usize) -> bool {
        cell.groups[pack].is_some()
            && self.touched(cell, way, pack).all(|(group, part)| {
                std::iter::zip(part, self.sums[pack][group]).all(|(part, sum)| part <= sum)
            })
    }

    /// The groups of a pack to which `way` in `cell` adds something, and what.
    fn touched<'b>(
        &'b self,
        cell: &'b Cell,
        way: usize,
        pack: usize,
    ) -> impl Iterator<Item = (usize, Sums)> + 'b {
        let groups = self.packs[pack].groups.iter().enumerate();
        groups
            .filter(move |(at, group)| match group.table {
                Dimension::Region | Dimension::Type => {
                    cell.groups[pack].is_some_and(|its| its.contains(at))
                }
                _ => true,
            })
            .map(move |(at, _)| (at, self.parts[pack][way][at]))
            .filter(|(_, part)| part[0] > 0)
    }

    /// A whole solution, a number for each column, with the fewest shortfalls that end, or no more than `most`;
    /// where `without` is a cell, one that leaves an establishment of it without any.
    fn answer(
        &self,
        without: Option<usize>,
        most: Option<i64>,
        stop: &Stop,
    ) -> Result<Option<Vec<i64>>, SolveError> {
        let (mut bounds, mut first_row) = (Vec::new(), Vec::new());
        for sums in &self.sums {
            first_row.push(bounds.len());
            bounds.extend(sums.iter().flatten().map(|sum| (*sum as f64, *sum as f64)));
        }
        let places = bounds.len();
        for _ in self.packs {
            for (at, cell) in self.cells.iter().enumerate() {
                let count = cell.sites.len() - usize::from(without == Some(at));
                bounds.extend([(0.0, count as f64); 2]);
            }
        }
        if self.stays.is_empty() {
            let nothing = self.sums.iter().flatten().flatten().all(|sum| *sum == 0);
            return Ok(nothing.then(Vec::new));
        }
        let mut mip = Mip::of_rows(&bounds)?;
        for stay in &self.stays {
            let cell = &self.cells[stay.cell];
            let kind = usize::from(self.ways.ways[stay.way].irp);
            let mut terms = Vec::new();
            for pack in stay.packs() {
                for (group, part) in self.touched(cell, stay.way, pack) {
                    let rows = part.into_iter().enumerate().filter(|(_, part)| *part > 0);
                    terms.extend(
                        rows.map(|(at, part)| (first_row[pack] + 4 * group + at, part as f64)),
                    );
                }
                terms.push((
                    places + 2 * (pack * self.cells.len() + stay.cell) + kind,
                    1.0,
                ));
            }
            mip.add_column(&Column {
                cost: f64::from(u8::from(self.ends(stay))),
                bounds: (0.0, cell.sites.len() as f64),
                whole: true,
                terms,
            })?;
        }
        let settings = Settings {
            max_nodes: Some(NODES),
            target: most.map_or(f64::NEG_INFINITY, |most| most as f64),
            absolute_gap: 0.5,
            ..Settings::default()
        };
        let outcome = mip.solve(settings, None, stop, &mut |_| {})?;
        let found: Option<Vec<i64>> = outcome
            .solution
            .map(|found| found.iter().map(|value| value.round() as i64).collect());
        let good_enough = |found: &Vec<i64>| match most {
            Some(most) => self.ended(found) <= most,
            None => outcome.end == End::Proven,
        };
        Ok(found
            .filter(good_enough)
            .filter(|found| self.agrees(found, without)))
    }

    fn ends(&self, stay: &Stay) -> bool {
        stay.last + 1 < self.packs.len()
    }

    /// How many earlier shortfalls do not stand in `found`.
    fn ended(&self, found: &[i64]) -> i64 {
        let ends = std::iter::zip(&self.stays, found).filter(|(stay, _)| self.ends(stay));
        ends.map(|(_, count)| count).sum()
    }

    /// Whether `found` agrees with every figure and has no more inspections than places.
    fn agrees(&self, found: &[i64], without: Option<usize>) -> bool {
        let mut sums: Vec<Vec<Sums>> = self
            .sums
            .iter()
            .map(|sums| vec![[0; 4]; sums.len()])
            .collect();
        for (stay, count) in std::iter::zip(&self.stays, found) {
            for pack in stay.packs() {
                for (group, part) in self.touched(&self.cells[stay.cell], stay.way, pack) {
                    for (sum, part) in std::iter::zip(&mut sums[pack][group], part) {
                        *sum += part * count;
                    }
                }
            }
        }
        let room = |(at, cell): (usize, &Cell)| {
            self.used(found, at) + i64::from(without == Some(at)) <= cell.sites.len() as i64
        };
        found.iter().all(|count| *count >= 0)
            && sums == self.sums
            && self.cells.iter().enumerate().all(room)
    }

    /// How many establishments of a cell are needed for what is short there in any pack.
    fn used(&self, found: &[i64], cell: usize) -> i64 {
        let mut most = 0;
        for (pack, irp) in (0..self.packs.len()).flat_map(|pack| [(pack, false), (pack, true)]) {
            let here = |stay: &Stay| {
                stay.cell == cell
                    && stay.packs().contains(&pack)
                    && self.ways.ways[stay.way].irp == irp
            };
            let counts = std::iter::zip(&self.stays, found).filter(|(stay, _)| here(stay));
            most = most.max(counts.map(|(_, count)| count).sum());
        }
        most
    }

    fn mark(&self, found: &[i64], free: &mut [bool]) {
        for (at, cell) in self.cells.iter().enumerate() {
            free[at] |= self.used(found, at) < cell.sites.len() as i64;
        }
    }
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
        let groups: Vec<_> = packs
            .iter()
            .map(|pack| {
                let of = |table: Dimension| {
                    let value = table.of_site(row)?;
                    let holds = |group: &Group| {
                        group.table == table && group.members.iter().any(|member| member == value)
                    };
                    pack.groups.iter().position(holds)
                };
                Some([of(Dimension::Region)?, of(Dimension::Type)?])
            })
            .collect();
        cells.entry((groups, &site.possible)).or_default().push(at);
    }
    let cells = cells.into_iter();
    cells
        .map(|((groups, possible), sites)| Cell {
            sites,
            groups,
            possible: possible.clone(),
        })
        .collect()
}
