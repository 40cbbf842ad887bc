//! The year with every inspection at every time that it may have.

use crate::domain::{Dataset, InspectionIx, PinAction, Role};
use crate::eligibility::{Eligibility, Engagement};
use crate::model::constraints::off_site_span;
use crate::model::objectives::Tier;
use crate::model::{Selection, Year};
use crate::solve::{Column, End, Mip, Settings, SolveError, Stop};

use super::moves::{self, Move, as_moved, is_hmips, weeks};

/// A row Σ factor × column ≤ `most`.
pub(super) struct Row {
    pub(super) most: f64,
    pub(super) terms: Vec<(usize, f64)>,
}

/// An inspection at one of its times.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub(super) inspection: InspectionIx,
    /// By how many weeks it is moved; 0: not.
    pub(super) weeks: i32,
}

/// The dataset in which each inspection has a row for each of its times; HMIP's people are counted
/// apart, as they move with it.
pub(super) fn at_all_times(base: &Dataset, moves: &[Move]) -> (Dataset, Vec<At>) {
    let mut year = base.clone();
    year.published = None;
    let mut of: Vec<At> = base
        .inspection_ixs()
        .map(|inspection| At {
            inspection,
            weeks: 0,
        })
        .collect();
    for one in moves {
        let row = as_moved(base.inspection(one.inspection), one.weeks);
        let copy = InspectionIx::new(year.programme.len());
        let pins = base.pins.iter();
        let forbidden =
            pins.filter(|pin| pin.inspection == one.inspection && pin.action == PinAction::Forbid);
        for pin in forbidden {
            let mut pin = pin.clone();
            pin.inspection = copy;
            year.pins.push(pin);
        }
        year.programme.push(row);
        of.push(At {
            inspection: one.inspection,
            weeks: one.weeks,
        });
    }
    year.pins.retain(|pin| pin.action == PinAction::Forbid);
    for row in &mut year.programme {
        row.hmip_team = 0;
        row.partner_team = 0;
    }
    (year, of)
}

/// A tier: its coefficients, and its constant.
type Objective = (Tier, Vec<(usize, f64)>, f64);

/// The program: the year's own columns, and one for each move.
pub(super) struct Program<'a> {
    pub(super) base: &'a Dataset,
    pub(super) year: &'a Eligibility<'a>,
    /// Which inspection and time each row of the year's programme is.
    pub(super) of: &'a [At],
    mip: Mip,
    seats: usize,
    /// The first column of the moves, in the order of the rows after the base's.
    first: usize,
    moves: &'a [Move],
    seats_of: Vec<Vec<usize>>,
    /// For each tier, the coefficients of seats and the constant.
    tiers: Vec<Objective>,
    /// The row that says how many moves there may be.
    count: usize,
    seed: u32,
}

/// A plan with its moves.
#[derive(Clone, Debug)]
pub(super) struct Solution {
    pub(super) moves: Vec<Move>,
    pub(super) values: Vec<f64>,
    pub(super) proven: bool,
    columns: Vec<f64>,
}

/// How far a tier is searched.
const MAX_NODES: u32 = 5_000;

impl<'a> Program<'a> {
    pub(super) fn new(
        base: &'a Dataset,
        year: &'a Eligibility<'a>,
        of: &'a [At],
        moves: &'a [Move],
        seed: u32,
    ) -> Result<Self, SolveError> {
        let stated = Year::new(year);
        let seats_of = stated.seats_of.clone();
        let (mip, columns) = stated.state()?;
        let first = mip.columns();
        let mut program = Self {
            base,
            year,
            of,
            mip,
            seats: columns.seats,
            first,
            moves,
            seats_of,
            tiers: Vec::new(),
            count: 0,
            seed,
        };
        let one = Column {
            cost: 0.0,
            bounds: (0.0, 1.0),
            whole: true,
            terms: Vec::new(),
        };
        program.mip.add_columns(&vec![one; moves.len()])?;
        let mut rows = program.one_time_each();
        rows.extend(program.hmips_teams());
        rows.extend(program.places());
        rows.extend(program.pins());
        for row in rows {
            program.mip.add_row_at_most(row.most, &row.terms)?;
        }
        program.count = program.mip.rows();
        let all: Vec<_> = (0..moves.len()).map(|at| (first + at, 1.0)).collect();
        program.mip.add_row_at_most(0.0, &all)?;
        program.tiers = program.objectives();
        Ok(program)
    }

    /// The columns of an inspection's moves, each with its weeks.
    pub(super) fn moves_of(
        &self,
        inspection: InspectionIx,
    ) -> impl Iterator<Item = (usize, i32)> + '_ {
        let moves = self.moves.iter().enumerate();
        let own = moves.filter(move |(_, one)| one.inspection == inspection);
        own.map(|(at, one)| (self.first + at, one.weeks))
    }

    pub(super) fn seats_in(&self, engagement: usize) -> std::ops::Range<usize> {
        let candidates = &self.year.candidates;
        let first = candidates.partition_point(|one| one.engagement < engagement);
        let last = candidates.partition_point(|one| one.engagement <= engagement);
        first..last
    }

    pub(super) fn position(&self, engagement: &Engagement) -> usize {
        let (inspection, window) = (engagement.inspection, engagement.window);
        let at = self.year.engagement_of(inspection, window, engagement.role);
        at.expect("one of the year's")
    }

    /// The seats of leads at a row of the year's programme.
    fn leads(&self, row: InspectionIx) -> impl Iterator<Item = usize> + '_ {
        let windows = 0..self.year.windows[row.get()].len();
        windows.flat_map(move |window| {
            let lead = self.year.engagement_of(row, window, Role::Lead);
            lead.map_or(0..0, |lead| self.seats_in(lead))
        })
    }

    /// An inspection is led where it is moved to, or, where it is not moved, at its own time; and
    /// it is moved once at most.
    fn one_time_each(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (at, time) in self.of.iter().enumerate() {
            let row = InspectionIx::new(at);
            let mut terms: Vec<_> = self.leads(row).map(|seat| (seat, 1.0)).collect();
            let own = self.moves_of(time.inspection);
            if time.weeks == 0 {
                terms.extend(own.map(|(column, _)| (column, 1.0)));
                rows.push(Row { most: 1.0, terms });
            } else {
                let here = own.filter(|(_, weeks)| *weeks == time.weeks);
                terms.extend(here.map(|(column, _)| (column, -1.0)));
                rows.push(Row { most: 0.0, terms });
            }
        }
        rows
    }

    /// HMIP has no more inspections in a week than its teams allow, or than there were.
    fn hmips_teams(&self) -> Vec<Row> {
        let programme = self.base.programme.iter().filter(|one| is_hmips(one));
        let mut before = std::collections::BTreeMap::<i32, u32>::new();
        for week in programme.flat_map(|one| weeks(one.dates)) {
            *before.entry(week).or_default() += 1;
        }
        let allowed = self.base.policy.hmip.inspections_a_week;
        let mut rows = Vec::new();
        for (week, count) in before {
            let mut terms = Vec::new();
            for (at, one) in self.moves.iter().enumerate() {
                let dates = self.base.inspection(one.inspection).dates;
                let is_in = |dates| weeks(dates).any(|other| other == week);
                let was = f64::from(u8::from(is_in(dates)));
                let will = f64::from(u8::from(is_in(moves::moved(dates, one.weeks))));
                if will != was {
                    terms.push((self.first + at, will - was));
                }
            }
            rows.push(Row {
                most: f64::from(allowed.max(count)) - f64::from(count),
                terms,
            });
        }
        rows
    }

    /// A pinned post is held by its person, at whichever time.
    fn pins(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for pin in self
            .base
            .pins
            .iter()
            .filter(|pin| pin.action == PinAction::Pin)
        {
            let seats = self.seats_of[pin.inspector.get()].iter().filter(|seat| {
                let engagement = self.year.engagement(self.year.candidates[**seat]);
                let at = self.of[engagement.inspection.get()];
                at.inspection == pin.inspection && Some(engagement.role) == pin.role
            });
            let terms: Vec<_> = seats.map(|seat| (*seat, -1.0)).collect();
            rows.push(Row { most: -1.0, terms });
        }
        rows
    }

    /// T1, T2 and T3 in the policy's order: what the year as it is has with nobody anywhere, less
    /// what its seats fill.
    fn objectives(&self) -> Vec<Objective> {
        let before = Eligibility::new(self.base);
        let of_base = crate::allocate::Measures::new(&before);
        let of_all = crate::allocate::Measures::new(self.year);
        let order = Tier::of_shortfall(&self.base.policy);
        order
            .into_iter()
            .filter_map(|tier| {
                let factors = &of_all.linear(tier)?.coefficients;
                let terms = factors
                    .iter()
                    .enumerate()
                    .filter(|(_, factor)| **factor != 0);
                let terms = terms.map(|(seat, factor)| (seat, *factor as f64)).collect();
                Some((tier, terms, of_base.linear(tier)?.constant as f64))
            })
            .collect()
    }

    /// The least of each tier in turn with at most `most` moves, from `start` where there is one;
    /// nothing where it was stopped, or the pins can't be kept.
    pub(super) fn solve(
        &mut self,
        most: u32,
        start: Option<&Solution>,
        stop: &Stop,
    ) -> Result<Option<Solution>, SolveError> {
        self.mip.set_row_most(self.count, f64::from(most))?;
        let mut columns = start.map(|start| start.columns.clone());
        let mut values = Vec::new();
        let mut proven = true;
        // What each tier reaches is a row, which the next number of moves takes back.
        let mut kept = Vec::new();
        for at in 0..self.tiers.len() {
            let (tier, terms, constant) = &self.tiers[at];
            let (tier, constant, terms) = (*tier, *constant, terms.clone());
            let mut costs = vec![0.0; self.mip.columns()];
            for (column, factor) in &terms {
                costs[*column] = *factor;
            }
            self.mip.set_costs(costs)?;
            self.leave_teams(self.tiers[..=at].iter().any(|(one, ..)| *one == Tier::T3))?;
            let Some((found, is_proven)) = self.optimum(columns.as_deref(), stop)? else {
                for row in kept {
                    self.mip.set_row_most(row, f64::INFINITY)?;
                }
                return Ok(None);
            };
            proven &= is_proven;
            let reached: f64 = terms
                .iter()
                .map(|(column, factor)| factor * found[*column])
                .sum();
            let reached = reached.round();
            values.push(reached + constant);
            kept.push(self.mip.rows());
            self.mip.add_row_at_most(reached, &terms)?;
            columns = Some(found);
            debug_assert!(tier <= Tier::T3);
        }
        for row in kept {
            self.mip.set_row_most(row, f64::INFINITY)?;
        }
        let columns = columns.unwrap_or_default();
        let made = self.moves.iter().enumerate();
        let made = made.filter(|(at, _)| columns[self.first + at] > 0.5);
        Ok(Some(Solution {
            moves: made.map(|(_, one)| *one).collect(),
            values,
            proven,
            columns,
        }))
    }

    /// A team can always be left out while only leads and weeks are asked for, but for who is
    /// pinned to it.
    fn leave_teams(&mut self, asked: bool) -> Result<(), SolveError> {
        let bounds: Vec<_> = self
            .year
            .candidates
            .iter()
            .map(|candidate| {
                let engagement = self.year.engagement(*candidate);
                let at = self.of[engagement.inspection.get()];
                let mut pins = self.base.pins.iter();
                let pinned = pins.any(|pin| {
                    pin.inspection == at.inspection && pin.inspector == candidate.person
                });
                let open = asked || pinned || engagement.role == Role::Lead;
                (0.0, f64::from(u8::from(open)))
            })
            .collect();
        self.mip.set_bounds(0, &bounds)
    }

    /// The optimum of what is asked, in whole numbers, and whether it is proven; rows of H12 are
    /// added until none is broken.
    fn optimum(
        &mut self,
        start: Option<&[f64]>,
        stop: &Stop,
    ) -> Result<Option<(Vec<f64>, bool)>, SolveError> {
        let settings = Settings {
            seed: self.seed,
            absolute_gap: 0.999,
            max_nodes: Some(MAX_NODES),
            ..Settings::default()
        };
        loop {
            if stop.is_set() {
                return Ok(None);
            }
            let outcome = self.mip.solve(settings, start, stop, &mut |_| {})?;
            let Some(mut solution) = outcome.solution else {
                return Ok(None);
            };
            for value in &mut solution[..self.seats] {
                *value = value.round();
            }
            for value in &mut solution[self.first..] {
                *value = value.round();
            }
            let found = Selection::from_solution(&solution, self.seats);
            if !off_site_span::forbid(self.year, &self.seats_of, &found, &mut self.mip)? {
                return Ok(Some((solution, outcome.end == End::Proven)));
            }
        }
    }
}
