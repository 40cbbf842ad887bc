//! The pack for MoJ (¶13): how much is short, when in the year, of what kind and what it would
//! take, with nothing that says where inspectors will turn up unannounced (¶14, 25).
//!
//! `lack.rs` is what an inspection lacks, `figures.rs` the tables, `groups.rs` which values may be
//! shown together, `ways.rs` what is possible where, `programmes.rs` every programme that agrees
//! with what was given, `audit.rs` what the tables say together. Here
//! the finest tables are sought that hold: beginning from totals alone, groups are split as long
//! as every part keeps to `min_candidates` and `max_share` and the audit passes. A finer pack
//! leaves no more programmes possible, so what fails once fails in every finer one.

mod audit;
mod figures;
mod files;
mod groups;
mod lack;
mod mend;
mod programmes;
mod statement;
mod ways;

use std::collections::BTreeSet;

use crate::domain::{Country, Dataset};
use crate::eligibility::Eligibility;
use crate::explain::Shortfall;
use crate::solve::{SolveError, Stop};

pub use figures::{Dimension, Figures, Group, Shown};
pub use files::{Unreadable, groups_csv, read, shortfall_csv};
pub use mend::Mend;
pub use statement::Named;
pub(in crate::pack) use statement::statement;

use audit::Verdict;
use groups::{Grouping, Neighbours, Split};
use lack::{Lack, lacks};
use ways::Ways;

/// What the audit says of a pack that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audited {
    /// Establishments of England, for each of which a programme without a shortfall was found.
    pub establishments: usize,
    /// How many packs given earlier it was held against.
    pub earlier: usize,
}

/// Why no pack can be made.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// There are too few establishments.
    #[error(
        "no pack for MoJ can be made: England has {there} establishments in the dataset, fewer than disclosure.min_candidates = {asked}"
    )]
    Few {
        /// How many there are.
        there: usize,
        /// How many are asked for.
        asked: u32,
    },
    /// Too many of them are short.
    #[error(
        "no pack for MoJ can be made: {short} of {there} establishments have a shortfall, more than disclosure.max_share = {share}"
    )]
    Share {
        /// How many are short.
        short: usize,
        /// How many there are.
        there: usize,
        /// The largest share.
        share: f64,
    },
    /// Totals alone disclose.
    #[error("no pack for MoJ can be made: even totals alone, with what was given earlier and is known, would make a shortfall certain at {}", .0.join(", "))]
    Certain(Vec<String>),
    /// No programme was found.
    #[error(
        "no pack for MoJ can be made: no possible programme was found that agrees with totals alone and with all packs given earlier, so it can't be shown that nothing is disclosed"
    )]
    Unknown,
    /// HiGHS failed.
    #[error(transparent)]
    Solver(#[from] SolveError),
}

/// What says whether a grouping holds.
type Judge<'a, T> = &'a dyn Fn(&T, &Grouping) -> Result<Verdict, SolveError>;

/// The year as the pack is made of it.
pub struct Year<'a> {
    eligibility: &'a Eligibility<'a>,
    lacks: Vec<Lack>,
    ways: Ways,
    /// Of each establishment of England, whether it is short.
    short: Vec<bool>,
    /// Whether the year is one that is possible to those outside: at most one full inspection and
    /// one IRP of an establishment are short.
    is_possible: bool,
    earlier: &'a [Shown],
}

impl<'a> Year<'a> {
    /// The year of `shortfalls`, after the packs `earlier`, in the order in which they were given.
    pub fn new(
        eligibility: &'a Eligibility<'a>,
        shortfalls: &[Shortfall],
        earlier: &'a [Shown],
    ) -> Self {
        let lacks = lacks(eligibility, shortfalls);
        let ways = Ways::of(eligibility, &lacks);
        let sites: BTreeSet<_> = lacks.iter().map(|lack| lack.site).collect();
        let short = ways
            .sites
            .iter()
            .map(|site| sites.contains(&site.at))
            .collect();
        let kinds: BTreeSet<_> = lacks.iter().map(|lack| (lack.site, lack.way.irp)).collect();
        let fits = |lack: &Lack| {
            let at = ways.sites.iter().find(|site| site.at == lack.site);
            let shape = ways.shapes.binary_search(&lack.way.shape()).ok();
            at.zip(shape).is_some_and(|(site, shape)| {
                let known = site.quarters[usize::from(lack.way.irp)];
                site.possible[shape] && known.is_none_or(|known| known == lack.way.quarter)
            })
        };
        let is_possible = kinds.len() == lacks.len() && lacks.iter().all(fits);
        Self {
            is_possible,
            eligibility,
            lacks,
            ways,
            short,
            earlier,
        }
    }

    fn dataset(&self) -> &Dataset {
        self.eligibility.dataset
    }

    /// The finest tables that hold, and what the audit says of them.
    ///
    /// # Errors
    /// If not even totals hold.
    pub fn finest(&self) -> Result<(Shown, Audited), Refusal> {
        let coarsest = Grouping::coarsest(self.dataset());
        self.refused(&coarsest)?;
        // Most often what is finest by itself holds together with earlier packs too.
        let mut grouping = self.refined(coarsest.clone(), &Self::alone)?;
        if self.verdict(&grouping)? != Verdict::Passed {
            grouping = self.refined(coarsest, &Self::verdict)?;
        }
        let audited = Audited {
            establishments: self.ways.sites.len(),
            earlier: self.earlier.len(),
        };
        Ok((self.shown(&grouping), audited))
    }

    /// `grouping` with groups split as long as `verdict` passes.
    fn refined(
        &self,
        mut grouping: Grouping,
        verdict: Judge<'_, Self>,
    ) -> Result<Grouping, SolveError> {
        let neighbours = Neighbours::of(self.dataset());
        let mut failed = BTreeSet::new();
        loop {
            let none_before = failed.is_empty();
            let mut is_finer = false;
            while let Some(finer) = self.finer(&grouping, &neighbours, verdict, &mut failed)? {
                grouping = finer;
                is_finer = true;
            }
            // What failed is tried once more on what came of it: that earlier shortfalls stand is
            // supposed of fewer programmes in a finer pack, and a search can end without an answer.
            if none_before && !is_finer {
                return Ok(grouping);
            }
            failed.clear();
        }
    }

    /// Each value by itself, whatever that discloses.
    pub fn unmerged(&self) -> Shown {
        self.shown(&Grouping::finest(self.dataset()))
    }

    /// Every grouping that comes of undoing one merge of `shown`, and whether it would hold.
    pub fn merges_undone(&self, shown: &Shown) -> Result<Vec<(Shown, bool)>, SolveError> {
        let mut grouping = Grouping::coarsest(self.dataset());
        grouping.take(shown);
        let neighbours = Neighbours::of(self.dataset());
        let mut undone = Vec::new();
        for (table, group) in grouping.iter() {
            for parts in neighbours.splits(table, group) {
                let finer = grouping.split(table, group, &parts);
                let holds = parts.iter().all(|part| self.may_be_shown(table, part))
                    && self.verdict(&finer)? == Verdict::Passed;
                undone.push((self.shown(&finer), holds));
            }
        }
        Ok(undone)
    }

    /// A grouping with one merge undone that holds; what does not is added to `failed`.
    fn finer(
        &self,
        grouping: &Grouping,
        neighbours: &Neighbours,
        verdict: Judge<'_, Self>,
        failed: &mut BTreeSet<(Dimension, Split)>,
    ) -> Result<Option<Grouping>, SolveError> {
        for (table, group) in grouping.iter() {
            for parts in neighbours.splits(table, group) {
                let may_be = parts.iter().all(|part| self.may_be_shown(table, part));
                if may_be && !failed.contains(&(table, parts.clone())) {
                    let finer = grouping.split(table, group, &parts);
                    if verdict(self, &finer)? == Verdict::Passed {
                        return Ok(Some(finer));
                    }
                    failed.insert((table, parts));
                }
            }
        }
        Ok(None)
    }

    /// Why `grouping` can't be shown, if it can't.
    fn refused(&self, grouping: &Grouping) -> Result<(), Refusal> {
        let disclosure = &self.dataset().policy.disclosure;
        let there = self.short.len();
        let short = self.short.iter().filter(|short| **short).count();
        if there < disclosure.min_candidates as usize {
            return Err(Refusal::Few {
                there,
                asked: disclosure.min_candidates,
            });
        }
        if !within(short, there, disclosure.max_share) {
            return Err(Refusal::Share {
                short,
                there,
                share: disclosure.max_share,
            });
        }
        match self.verdict(grouping)? {
            Verdict::Passed => Ok(()),
            Verdict::Certain(names) => Err(Refusal::Certain(names)),
            Verdict::Unknown => Err(Refusal::Unknown),
        }
    }

    /// Whether enough establishments could be meant by a group, and few enough of them are short in it.
    fn may_be_shown(&self, table: Dimension, members: &[String]) -> bool {
        let dataset = self.dataset();
        let belongs = |site: &crate::domain::Establishment| {
            let value = table.of_site(site);
            site.country == Country::England
                && value.is_none_or(|value| members.iter().any(|member| member == value))
        };
        let candidates = dataset
            .establishments
            .iter()
            .filter(|site| belongs(site))
            .count();
        let policy = &dataset.policy;
        let is_in = |lack: &&Lack| {
            belongs(dataset.establishment(lack.site))
                && lack.way.amounts(table, members, policy).posts > 0
        };
        let short: BTreeSet<_> = self
            .lacks
            .iter()
            .filter(is_in)
            .map(|lack| lack.site)
            .collect();
        candidates >= policy.disclosure.min_candidates as usize
            && within(short.len(), candidates, policy.disclosure.max_share)
    }

    /// What the audit says of the pack by itself.
    fn alone(&self, grouping: &Grouping) -> Result<Verdict, SolveError> {
        let shown = self.shown(grouping);
        audit::audit(
            self.dataset(),
            &self.ways,
            &[&shown],
            self.is_possible.then_some(self.short.as_slice()),
            &Stop::never(),
        )
    }

    /// What the audit says: of the pack alone, with each one given earlier, and with all of them.
    fn verdict(&self, grouping: &Grouping) -> Result<Verdict, SolveError> {
        let shown = self.shown(grouping);
        let stop = Stop::never();
        let dataset = self.dataset();
        let alone = self.alone(grouping)?;
        if alone != Verdict::Passed {
            return Ok(alone);
        }
        let all: Vec<&Shown> = self.earlier.iter().chain([&shown]).collect();
        let pairs = self.earlier.iter().map(|earlier| vec![earlier, &shown]);
        let more = (all.len() > 2).then_some(all);
        for packs in pairs.chain(more) {
            let together = audit::audit(dataset, &self.ways, &packs, None, &stop)?;
            if together != Verdict::Passed {
                return Ok(together);
            }
        }
        Ok(Verdict::Passed)
    }

    fn shown(&self, grouping: &Grouping) -> Shown {
        let dataset = self.dataset();
        let fees = &dataset.policy.fees;
        let mut groups: Vec<Group> = grouping
            .iter()
            .map(|(table, members)| Group {
                table,
                members: members.clone(),
                name: name(grouping, table, members),
                figures: figures::amounts(dataset, &self.lacks, table, members).figures(fees),
            })
            .collect();
        groups.sort_by(|one, other| (one.table, &one.members).cmp(&(other.table, &other.members)));
        Shown { groups }
    }

    /// What is short where: the names that are given only on purpose.
    pub fn places(&self) -> Vec<(String, usize, u32)> {
        let place = |lack: &Lack| {
            let site = self.dataset().establishment(lack.site);
            (
                site.name.clone(),
                lack.way.quarter,
                u32::from(lack.way.lead.is_some()) + lack.way.team_posts(),
            )
        };
        self.lacks.iter().map(place).collect()
    }
}

fn within(short: usize, candidates: usize, share: f64) -> bool {
    short as f64 <= share * candidates as f64 + 1e-9
}

fn name(grouping: &Grouping, table: Dimension, members: &[String]) -> String {
    let whole =
        grouping.iter().filter(|(other, _)| *other == table).count() == 1 && members.len() != 1;
    if whole {
        "all".to_owned()
    } else {
        members.join(" + ")
    }
}
