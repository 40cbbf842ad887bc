//! How cheap a whole mend can be at best. The cheapest set of changes that meets all that is known
//! is tried: with it, some inspections can't be staffed, and as few of them as can be told by are
//! asked what they take by themselves, with nobody at any other. That is known from then on. Each
//! such set costs no more than any that mends the year.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::RemedyError;
use super::conflicts::{Conflicts, Posts};
use super::needs::{Need, Weeks};
use super::part::{Part, PartYear};
use super::program::Base;
use crate::domain::InspectionIx;
use crate::eligibility::Eligibility;
use crate::solve::{Column, Mip, Settings, Stop};

/// What parts of a year come to.
#[derive(Default)]
pub(super) struct AtBest {
    /// No set that mends all costs less than this, in the policy's prices.
    pub(super) price: f64,
    /// The cheapest set that meets all that is known.
    pub(super) set: Vec<usize>,
    /// Whether nothing shows that it does not mend all.
    pub(super) may_mend: bool,
    /// The inspections that are moved with it.
    pub(super) moved: Vec<InspectionIx>,
    /// What parts take.
    pub(super) needs: Vec<Need>,
    /// How few are moved, where weeks come before teams.
    pub(super) weeks: Vec<Weeks>,
    /// The parts that were asked what they take with nothing made, and what of them was moved.
    asked: BTreeSet<(Vec<InspectionIx>, Vec<InspectionIx>)>,
}

/// What it takes at best to mend the year for `most` or less.
pub(super) fn at_best(base: &Base, most: f64, stop: &Stop) -> Result<AtBest, RemedyError> {
    let all = in_a_row(base);
    let mut best = AtBest::default();
    while best.price < most && !stop.is_set() {
        let tried = (&best.set[..], &best.moved[..]);
        let Some(conflicts) = Conflicts::of(base, &all, tried, stop)? else {
            best.may_mend = !stop.is_set();
            break;
        };
        let needs = best.needs_of(base, &conflicts, most, stop)?;
        if needs.iter().all(|need| need.is_met(&best.set, &best.moved)) {
            break;
        }
        best.needs.extend(needs);
        best.meet(base, stop)?;
    }
    Ok(best)
}

/// The inspections by the first day on which any of their work can lie.
fn in_a_row(base: &Base) -> Vec<InspectionIx> {
    let first_day = |ix: &InspectionIx| {
        let posts = base.after.engagements.iter();
        let own = posts.filter(|post| post.inspection == *ix);
        own.map(|post| post.extent.0).min()
    };
    let mut all: Vec<_> = base.after.inspections().collect();
    all.sort_by_key(|ix| (first_day(ix), *ix));
    all
}

impl AtBest {
    /// What parts of the year take that can't be staffed with this set.
    fn needs_of(
        &mut self,
        base: &Base,
        conflicts: &Conflicts,
        most: f64,
        stop: &Stop,
    ) -> Result<Vec<Need>, RemedyError> {
        let parts = conflicts.parts.par_iter().with_max_len(1);
        let needs = parts.map(|part| self.need_of(base, part, conflicts.posts, most, stop));
        let needs: Vec<Vec<Need>> = needs.collect::<Result<_, _>>()?;
        for part in &conflicts.parts {
            self.asked.insert(self.as_asked(part));
        }
        Ok(needs.into_iter().flatten().collect())
    }

    fn need_of(
        &self,
        base: &Base,
        inspections: &[InspectionIx],
        posts: Posts,
        most: f64,
        stop: &Stop,
    ) -> Result<Vec<Need>, RemedyError> {
        let year = PartYear::new(base, inspections).ok_or(RemedyError::Unsound)?;
        let before = Eligibility::new(&year.before);
        let after = Eligibility::new(&year.after);
        let mut part = Part::new(base, &year, (&before, &after), posts);
        let mut needs = Vec::new();
        // What it takes with nothing made holds off more sets.
        if !self.asked.contains(&self.as_asked(inspections)) {
            needs.extend(part.need(&self.needs, (&[], &self.moved), most, stop)?);
        }
        if needs.iter().all(|need| need.is_met(&self.set, &self.moved)) {
            needs.extend(part.need(&self.needs, (&self.set, &self.moved), most, stop)?);
        }
        Ok(needs)
    }

    fn as_asked(&self, part: &[InspectionIx]) -> (Vec<InspectionIx>, Vec<InspectionIx>) {
        let moved = self.moved.iter().copied();
        (
            part.to_vec(),
            moved.filter(|one| part.contains(one)).collect(),
        )
    }

    /// Finds the cheapest set that meets all that is known, and moves no more than it has to.
    fn meet(&mut self, base: &Base, stop: &Stop) -> Result<(), RemedyError> {
        while self.cheapest(base, stop)? {
            let Some(weeks) = Weeks::fewer(base, &self.set, self.moved.len(), stop)? else {
                break;
            };
            self.weeks.push(weeks);
        }
        Ok(())
    }

    /// Takes the cheapest set that meets all that is stated; false where it was not found.
    fn cheapest(&mut self, base: &Base, stop: &Stop) -> Result<bool, RemedyError> {
        let moves = self.needs.iter().flat_map(|need| &need.moves);
        let moves: BTreeSet<InspectionIx> = moves.copied().collect();
        let moves: Vec<InspectionIx> = moves.into_iter().collect();
        let mut program = Program::new(base, moves.len());
        for need in &self.needs {
            let own = |one: &InspectionIx| moves.binary_search(one).ok();
            let moved = need.moves.iter().filter_map(own);
            program.need(need, moved);
        }
        for weeks in &self.weeks {
            program.weeks(weeks);
        }
        let (solution, bound) = program.solve(base.seed, stop)?;
        self.price = f64::max(self.price, base.price_from(bound));
        let Some(solution) = solution else {
            return Ok(false);
        };
        let changes = base.universe.len();
        let is_taken = |column: usize| solution[column] > 0.5;
        self.set = (0..changes).filter(|at| is_taken(*at)).collect();
        let moved = moves.into_iter().enumerate();
        let moved = moved.filter(|(at, _)| is_taken(changes + at));
        self.moved = moved.map(|(_, one)| one).collect();
        self.move_no_more();
        Ok(true)
    }

    /// Leaves out moves that no need asks for.
    fn move_no_more(&mut self) {
        for one in self.moved.clone() {
            let others = self.moved.iter().copied();
            let fewer: Vec<_> = others.filter(|other| *other != one).collect();
            if self.needs.iter().all(|need| need.is_met(&self.set, &fewer)) {
                self.moved = fewer;
            }
        }
    }
}

/// The program of what is known: a binary for each change, then one for each inspection that may
/// be moved, then one for each list of changes of which one is made.
struct Program {
    columns: Vec<Column>,
    rows: Vec<(f64, f64)>,
    changes: usize,
    moves: usize,
}

impl Program {
    fn new(base: &Base, moves: usize) -> Self {
        let changes = base.universe.len();
        let mut program = Self {
            columns: Vec::new(),
            rows: Vec::new(),
            changes,
            moves,
        };
        for at in 0..changes {
            program.column(base.price(at));
        }
        for _ in 0..moves {
            program.column(0.0);
        }
        for row in base.order() {
            let terms = row.changes.iter().map(|(at, factor)| (*at, -factor));
            program.at_most(row.most, terms.collect());
        }
        program
    }

    fn column(&mut self, cost: f64) -> usize {
        self.columns.push(Column {
            cost,
            bounds: (0.0, 1.0),
            whole: true,
            terms: Vec::new(),
        });
        self.columns.len() - 1
    }

    fn at_most(&mut self, most: f64, terms: Vec<(usize, f64)>) {
        for (column, factor) in terms {
            self.columns[column].terms.push((self.rows.len(), factor));
        }
        self.rows.push((f64::NEG_INFINITY, most));
    }

    fn need(&mut self, need: &Need, moved: impl Iterator<Item = usize>) {
        let made = need.changes.iter().map(|(at, factor)| (*at, -factor));
        let moved = moved.map(|at| (self.changes + at, -need.price));
        let terms = made.chain(moved).collect();
        self.at_most(-need.price, terms);
    }

    fn weeks(&mut self, weeks: &Weeks) {
        let one_is_made: Vec<usize> = weeks.of.iter().map(|all| self.one_of(all)).collect();
        // Where none of a list is made, nothing is said.
        let spare = self.moves.saturating_sub(weeks.most) as f64;
        let moved = (self.changes..self.changes + self.moves).map(|column| (column, 1.0));
        let made = one_is_made.iter().map(|column| (*column, spare));
        let terms = moved.chain(made).collect();
        self.at_most(weeks.most as f64 + spare * one_is_made.len() as f64, terms);
    }

    /// The column that is 1 where one of these changes is made.
    fn one_of(&mut self, all: &[usize]) -> usize {
        if let [one] = all {
            return *one;
        }
        let column = self.column(0.0);
        for at in all {
            self.at_most(0.0, vec![(*at, 1.0), (column, -1.0)]);
        }
        column
    }

    /// The values of all columns, where any were found, and the bound.
    fn solve(self, seed: u32, stop: &Stop) -> Result<(Option<Vec<f64>>, f64), RemedyError> {
        let mut mip = Mip::of_rows(&self.rows)?;
        mip.add_columns(&self.columns)?;
        let settings = Settings {
            seed,
            absolute_gap: 1e-6,
            relative_gap: 0.0,
            ..Settings::default()
        };
        let outcome = mip.solve(settings, None, stop, &mut |_| {})?;
        Ok((outcome.solution, outcome.bound))
    }
}
