//! What some inspections take by themselves, with nobody at any other.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::about::{About, span_of};
use super::needs::Need;
use super::program::Base;
use super::question::{Cut, Goal, Limits, Solved};
use super::whole::NOTHING_SHORT;
use super::{Remedy, RemedyError, mended};
use crate::domain::{Dataset, InspectionIx, RemedyKind, Status};
use crate::eligibility::Eligibility;
use crate::model::Year;
use crate::solve::Stop;

/// How far it is searched what a part takes.
const NODES: u32 = 100;

/// How far it is searched whether a part can be had for less.
const NODES_FOR_LESS: u32 = 3;

/// So many questions are asked about which changes make a larger part cheaper, over the number of its
/// inspections, as each takes longer; those that are left then count as such.
const QUESTIONS: usize = 150;

/// Prices that are no whole numbers are told apart by so much.
const STEP: f64 = 1e-3;

/// A year in which some inspections alone take place, and all changes that can matter to them.
pub(super) struct PartYear {
    pub(super) before: Dataset,
    pub(super) after: Dataset,
    universe: Vec<Remedy>,
    /// What each change is in the whole year.
    of: Vec<usize>,
}

impl PartYear {
    pub(super) fn new(base: &Base, inspections: &[InspectionIx]) -> Option<Self> {
        let whole = base.before.dataset;
        let mut before = whole.clone();
        for (row, ix) in std::iter::zip(&mut before.programme, whole.inspection_ixs()) {
            if !inspections.contains(&ix) {
                row.status = Status::Cancelled;
            }
        }
        let pins = &mut before.pins;
        pins.retain(|pin| inspections.contains(&pin.inspection));
        let posts = base.after.engagements.iter();
        let own = posts.filter(|post| inspections.contains(&post.inspection));
        let all = 0..base.universe.len();
        let of: Vec<usize> = all.filter(|at| base.can_matter(*at, own.clone())).collect();
        let universe: Vec<Remedy> = of
            .iter()
            .map(|at| {
                let mut remedy = base.universe[*at].clone();
                remedy.after = remedy.after.and_then(|at| of.binary_search(&at).ok());
                remedy
            })
            .collect();
        Some(Self {
            after: mended(&before, &universe)?,
            before,
            universe,
            of,
        })
    }
}

/// A part's year as a program.
pub(super) struct Part<'a> {
    base: Base<'a>,
    of: &'a [usize],
}

/// What has been made for nothing: changes, and inspections that are moved.
#[derive(Clone)]
struct Made {
    changes: Vec<usize>,
    moved: BTreeSet<InspectionIx>,
}

impl<'a> Part<'a> {
    pub(super) fn new(
        whole: &Base,
        year: &'a PartYear,
        (before, after): (&'a Eligibility<'a>, &'a Eligibility<'a>),
    ) -> Self {
        let prices = year.of.iter().map(|at| whole.price(*at)).collect();
        let exclusions = Year::new(after).exclusions;
        let after = (after, exclusions);
        Self {
            base: Base::new(before, &year.universe, after, prices, whole.seed),
            of: &year.of,
        }
    }

    /// What it takes to fill all posts besides `set`, with no inspections but `moved` moved, as
    /// rows over as few moves and changes as are soon found; none where it takes no more.
    pub(super) fn need(
        &mut self,
        known: &[Need],
        (set, moved): (&[usize], &[InspectionIx]),
        most: f64,
        stop: &Stop,
    ) -> Result<Vec<Need>, RemedyError> {
        let rows: Vec<Cut> = known.iter().filter_map(|need| self.own(need)).collect();
        let all = 0..self.of.len();
        let (changes, left): (Vec<usize>, Vec<usize>) =
            all.partition(|at| set.binary_search(&self.of[*at]).is_ok());
        let moved = moved.iter().copied().collect();
        let mut made = Made { changes, moved };
        let limits = Limits {
            price: Some(most),
            kept: &NOTHING_SHORT,
            rows: &rows,
            nodes: Some(NODES),
            ..Limits::default()
        };
        let price = match self.solve(&made, &limits, stop)? {
            Solved::Found(optimum, _) => self.base.price_from(optimum.bound),
            Solved::Impossible => most,
            Solved::Unknown => return Ok(Vec::new()),
        };
        let step = f64::max(self.base.step(), STEP);
        if price < step {
            return Ok(Vec::new());
        }
        // What doesn't make it cheaper, even for nothing, is no part of the need.
        let limits = Limits {
            price: Some(price - step),
            nodes: Some(NODES_FOR_LESS),
            any: true,
            ..limits
        };
        let moves = self.moves_of_use(&mut made, &limits, stop)?;
        let left = left.into_iter().filter(|at| self.base.price(*at) <= most);
        let mut alike = self.alike(left.collect());
        // Where one change is of use only with another, either is no part of a need without the
        // other: dearer ones are asked about first too, where that is soon done.
        let orders = 1 + usize::from(self.is_small());
        // Where prices are no whole numbers, less by no more than a step was not asked.
        let price = if self.base.step() > 0.0 {
            price
        } else {
            price - step
        };
        let mut needs = Vec::new();
        for _ in 0..orders {
            let changes = self
                .of_use(made.clone(), &alike, &limits, stop)?
                .into_iter();
            let changes = changes.map(|at| (self.of[at], self.base.price(at).min(price)));
            needs.push(Need {
                changes: changes.collect(),
                moves: moves.clone(),
                price,
            });
            alike.reverse();
        }
        Ok(needs)
    }

    /// Whether a question is soon answered.
    fn is_small(&self) -> bool {
        self.base.before.inspections().count() == 1
    }

    /// The inspections that make it cheaper where they are moved; the others are made.
    fn moves_of_use(
        &mut self,
        made: &mut Made,
        limits: &Limits,
        stop: &Stop,
    ) -> Result<Vec<InspectionIx>, RemedyError> {
        let all: Vec<InspectionIx> = self.base.moving.keys().copied().collect();
        let mut of_use = Vec::new();
        for one in all {
            if made.moved.insert(one) && !self.is_no_cheaper(made, limits, stop)? {
                made.moved.remove(&one);
                of_use.push(one);
            }
        }
        Ok(of_use)
    }

    /// Changes that are asked about together, the cheapest first: each by itself where that is soon
    /// answered, else all that are alike.
    fn alike(&self, all: Vec<usize>) -> Vec<Vec<usize>> {
        let mut alike: Vec<Vec<usize>> = if self.is_small() {
            all.into_iter().map(|at| vec![at]).collect()
        } else {
            let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
            for at in all {
                alike.entry(self.likeness(at)).or_default().push(at);
            }
            alike.into_values().collect()
        };
        let price = |one: &Vec<usize>| one.first().map_or(0.0, |at| self.base.price(*at));
        alike.sort_by(|one, other| price(one).total_cmp(&price(other)));
        alike
    }

    /// Those that make it cheaper where they cost nothing, with all others made: asked about many at
    /// a time, and by halves where some of them do.
    fn of_use(
        &mut self,
        mut made: Made,
        alike: &[Vec<usize>],
        limits: &Limits,
        stop: &Stop,
    ) -> Result<Vec<usize>, RemedyError> {
        let most = if self.is_small() {
            usize::MAX
        } else {
            QUESTIONS / self.base.before.inspections().count()
        };
        let mut of_use = Vec::new();
        let mut left = vec![alike];
        let mut questions = 0;
        while let Some(alike) = left.pop() {
            let before = made.changes.len();
            made.changes.extend(alike.iter().flatten());
            questions += 1;
            if questions <= most && self.is_no_cheaper(&made, limits, stop)? {
                continue;
            }
            made.changes.truncate(before);
            if alike.len() <= 1 || questions > most {
                of_use.extend(alike.iter().flatten());
            } else {
                let (half, other) = alike.split_at(alike.len() / 2);
                left.extend([other, half]);
            }
        }
        Ok(of_use)
    }

    /// Whether it is shown that nothing is possible within `limits`.
    fn is_no_cheaper(
        &mut self,
        made: &Made,
        limits: &Limits,
        stop: &Stop,
    ) -> Result<bool, RemedyError> {
        let solved = self.solve(made, limits, stop)?;
        Ok(matches!(solved, Solved::Impossible))
    }

    /// The cheapest changes with which all those posts are filled, where what is `made` costs
    /// nothing and nothing else is moved.
    fn solve(&mut self, made: &Made, limits: &Limits, stop: &Stop) -> Result<Solved, RemedyError> {
        let mut base = self.base.clone();
        base.make(&made.changes);
        let mut seats = vec![None; base.needed.len()];
        let moving = base.moving.iter();
        let stay = moving.filter(|(inspection, _)| !made.moved.contains(inspection));
        for seat in stay.flat_map(|(_, seats)| seats) {
            seats[*seat] = Some(false);
        }
        let limits = Limits {
            seats: &seats,
            ..*limits
        };
        let solved = base.solve(&limits, &[Goal::Price], stop)?;
        self.base.rows = base.rows;
        Ok(solved)
    }

    /// A need that is about this part alone, as a row of its program.
    fn own(&self, need: &Need) -> Option<Cut> {
        let own = |(at, factor): &(usize, f64)| Some((self.of.binary_search(at).ok()?, *factor));
        let changes: Option<Vec<_>> = need.changes.iter().map(own).collect();
        let is_own = |one: &InspectionIx| self.base.moving.contains_key(one);
        let need = Need {
            changes: changes?,
            ..need.clone()
        };
        need.moves.iter().all(is_own).then(|| need.row(&self.base))
    }

    /// What changes are taken together: everybody's offers of a week, and all of a kind about one person,
    /// site or inspection.
    fn likeness(&self, at: usize) -> (RemedyKind, Option<NaiveDate>, About) {
        let remedy = &self.base.universe[at];
        match span_of(&remedy.change) {
            Some(span) => (remedy.kind, Some(span.first()), About::Nothing),
            None => (remedy.kind, None, self.base.about[at]),
        }
    }
}
