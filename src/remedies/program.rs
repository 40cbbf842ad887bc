//! The year with its changes as variables: a binary for each seat of the year in which all of
//! them are made, and one for each change.

use std::collections::{BTreeMap, BTreeSet};

use super::{Remedy, mended};
use crate::allocate::Measures;
use crate::change::apply::Files;
use crate::change::{Change, Who};
use crate::domain::{Dataset, DateSpan, EstablishmentIx, InspectionIx, InspectorIx, RemedyKind};
use crate::eligibility::{Candidate, Eligibility, Reason, Waiver};
use crate::model::constraints::site_capacity::site_days;
use crate::model::objectives::Tier;
use crate::model::{Selection, Year};
use crate::solve::{Column, End, Mip, Settings, SolveError, Stop};

/// How far one optimum is searched.
const MAX_NODES: u32 = 20_000;

/// What a change is about, in the year with all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Person(InspectorIx),
    Site(EstablishmentIx),
    Inspection(InspectionIx),
    Nothing,
}

/// A row over seats and changes: Σ factor × seat − Σ factor × change ≤ most.
#[derive(Clone, Debug)]
struct Cut {
    seats: Vec<(usize, f64)>,
    changes: Vec<(usize, f64)>,
    most: f64,
}

/// What is minimised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// A tier.
    Tier(Tier),
    /// The changes' prices.
    Price,
}

/// What a search came to.
#[derive(Clone, Debug)]
pub(super) struct Optimum {
    /// The changes that are made.
    pub(super) set: Vec<usize>,
    /// The plan, in the year with all changes.
    pub(super) selection: Selection,
    /// Whether the value is proven.
    pub(super) proven: bool,
}

/// What a search is held to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Limits<'a> {
    /// At most so many changes.
    pub(super) most: Option<u32>,
    /// No changes but these.
    pub(super) only: Option<&'a [usize]>,
    /// Tiers that are at most so high.
    pub(super) kept: &'a [(Tier, f64)],
}

/// The base of every program of one year: stated again for each number of changes.
pub(super) struct Base<'a> {
    files: &'a Files,
    before: &'a Eligibility<'a>,
    universe: &'a [Remedy],
    after: &'a Eligibility<'a>,
    measures: Measures<'a>,
    about: Vec<About>,
    /// Rows that hold whatever is asked.
    rows: Vec<Cut>,
    seed: u32,
}

impl<'a> Base<'a> {
    /// `before` is the year as it is, `after` with all of `universe` made.
    pub(super) fn new(
        files: &'a Files,
        before: &'a Eligibility<'a>,
        universe: &'a [Remedy],
        after: &'a Eligibility<'a>,
        seed: u32,
    ) -> Self {
        let about: Vec<_> = universe
            .iter()
            .map(|remedy| about(after.dataset, &remedy.change))
            .collect();
        let mut base = Self {
            files,
            before,
            universe,
            after,
            measures: Measures::new(after),
            about,
            rows: Vec::new(),
            seed,
        };
        base.rows = base.needs();
        base.rows.extend(base.year_days());
        base.rows.extend(base.order());
        base
    }

    /// The tier's value for a plan.
    pub(super) fn value(&self, goal: Goal, optimum: &Optimum) -> f64 {
        match goal {
            Goal::Tier(tier) => self.measures.value(tier, &optimum.selection).number(),
            Goal::Price => optimum.set.iter().map(|at| self.price(*at)).sum(),
        }
    }

    fn price(&self, at: usize) -> f64 {
        self.before.dataset.policy.remedy[&self.universe[at].kind].price
    }

    /// The changes without which somebody can't have a seat, even alone.
    fn needs(&self) -> Vec<Cut> {
        let mut rows = Vec::new();
        for (seat, candidate) in self.after.candidates.iter().enumerate() {
            for change in self.needed(*candidate) {
                rows.push(Cut {
                    seats: vec![(seat, 1.0)],
                    changes: vec![(change, 1.0)],
                    most: 0.0,
                });
            }
        }
        rows
    }

    fn needed(&self, candidate: Candidate) -> BTreeSet<usize> {
        let post = self.after.engagement(candidate);
        let person = candidate.person;
        let mut needed = BTreeSet::new();
        if person.get() >= self.before.dataset.inspectors.len() {
            needed.extend(self.first(About::Person(person), RemedyKind::Person));
            return needed;
        }
        let Some(engagement) = same_post(self.before, self.after, candidate.engagement) else {
            needed.extend(self.first(About::Inspection(post.inspection), RemedyKind::Week));
            return needed;
        };
        let site = self.after.dataset.inspection(post.inspection).establishment;
        for reason in self.before.reasons(Candidate { engagement, person }) {
            let own = About::Person(person);
            let mends = match reason {
                Reason::ClearanceLevel { .. } | Reason::ClearanceExpired { .. } => {
                    self.first(own, RemedyKind::Clearance)
                }
                Reason::Dbs { .. } => self.first(own, RemedyKind::Dbs),
                Reason::Training { .. } => self.first(own, RemedyKind::Training),
                Reason::NotTrainedToLead => self.first(own, RemedyKind::LeadTraining),
                Reason::YearDays { .. } => self.first(own, RemedyKind::Days),
                Reason::NoPlace { .. } => self.first(About::Site(site), RemedyKind::Place),
                Reason::NotOffered { day } => {
                    let mut of_person = self.of(own, RemedyKind::Offer);
                    of_person.find(|at| {
                        span_of(&self.universe[*at].change).is_some_and(|s| s.contains(day))
                    })
                }
                _ => None,
            };
            needed.extend(mends);
        }
        needed
    }

    fn of(&self, about: About, kind: RemedyKind) -> impl Iterator<Item = usize> + '_ {
        let all = self.universe.iter().enumerate();
        all.filter(move |(at, remedy)| remedy.kind == kind && self.about[*at] == about)
            .map(|(at, _)| at)
    }

    fn first(&self, about: About, kind: RemedyKind) -> Option<usize> {
        self.of(about, kind).next()
    }

    /// H11: the days of a year, and how many more each step gives.
    fn year_days(&self) -> Vec<Cut> {
        let step = self.before.dataset.policy.remedy.get(&RemedyKind::Days);
        let step = step.and_then(|remedy| remedy.step).unwrap_or(0);
        let people = self.before.dataset.inspector_ixs();
        people
            .filter_map(|person| {
                let steps: Vec<_> = self.of(About::Person(person), RemedyKind::Days).collect();
                let seats = self.after.candidates.iter().enumerate();
                let seats = seats.filter(|(_, candidate)| candidate.person == person);
                let days = |candidate: &Candidate| self.after.engagement(*candidate).days();
                (!steps.is_empty()).then(|| Cut {
                    seats: seats
                        .map(|(seat, one)| (seat, f64::from(days(one))))
                        .collect(),
                    changes: steps.iter().map(|at| (*at, f64::from(step))).collect(),
                    most: f64::from(self.before.limits(person).year),
                })
            })
            .collect()
    }

    /// Steps come one after the other, and no more of a kind than the policy allows.
    fn order(&self) -> Vec<Cut> {
        let mut rows = Vec::new();
        for (at, remedy) in self.universe.iter().enumerate() {
            if let Some(after) = remedy.after {
                rows.push(Cut {
                    seats: Vec::new(),
                    changes: vec![(after, 1.0), (at, -1.0)],
                    most: 0.0,
                });
            }
        }
        for (kind, policy) in &self.before.dataset.policy.remedy {
            if let Some(limit) = policy.limit {
                let all = self.universe.iter().enumerate();
                let of_kind = all.filter(|(_, remedy)| remedy.kind == *kind);
                rows.push(Cut {
                    seats: Vec::new(),
                    changes: of_kind.map(|(at, _)| (at, -1.0)).collect(),
                    most: f64::from(limit),
                });
            }
        }
        rows
    }

    /// From now on, where all of `set` are made, T2 is at most `most`: what is reached with
    /// them comes before T3 is asked.
    pub(super) fn expect_weeks(&mut self, set: &[usize], most: f64) {
        let Some(linear) = self.measures.linear(Tier::T2) else {
            return;
        };
        let all = linear.coefficients.iter().map(|factor| *factor as f64);
        let seats: Vec<_> = all
            .enumerate()
            .filter(|(_, factor)| *factor != 0.0)
            .collect();
        // As much as T2 can be: with one of them missing, nothing is said.
        let any = self.after.inspections().count() as f64;
        self.rows.push(Cut {
            seats,
            changes: set.iter().map(|at| (*at, -any)).collect(),
            most: most - linear.constant as f64 + any * set.len() as f64,
        });
    }

    /// The optimum of each goal in turn, each kept for the next, under `limits`. Nothing where
    /// it was told to stop before there was any.
    pub(super) fn solve(
        &mut self,
        limits: &Limits,
        goals: &[Goal],
        stop: &Stop,
    ) -> Result<Option<(Optimum, Vec<bool>)>, SolveError> {
        let year = Year::new(self.after);
        let days = site_days(&year);
        let (mip, columns) = year.state()?;
        let mut stated = Stated {
            first: mip.columns(),
            seats: columns.seats,
            mip,
        };
        for _ in self.universe {
            stated.mip.add_column(&Column {
                cost: 0.0,
                bounds: (0.0, 1.0),
                whole: true,
                terms: Vec::new(),
            })?;
        }
        for day in days {
            let places: Vec<_> = self.of(About::Site(day.site), RemedyKind::Place).collect();
            if !places.is_empty() {
                // The year with all changes has these places already.
                let before = f64::from(day.most) - places.len() as f64;
                stated.add(&Cut {
                    seats: day.places,
                    changes: places.into_iter().map(|at| (at, 1.0)).collect(),
                    most: before,
                })?;
            }
        }
        for row in &self.rows {
            stated.add(row)?;
        }
        let all = 0..self.universe.len();
        let counted = |changes: Vec<usize>, most: u32| Cut {
            seats: Vec::new(),
            changes: changes.into_iter().map(|at| (at, -1.0)).collect(),
            most: f64::from(most),
        };
        if let Some(most) = limits.most {
            stated.add(&counted(all.clone().collect(), most))?;
        }
        if let Some(only) = limits.only {
            stated.add(&counted(all.filter(|at| !only.contains(at)).collect(), 0))?;
        }
        for (tier, value) in limits.kept {
            self.keep(&mut stated, Goal::Tier(*tier), *value)?;
        }
        let mut found = None;
        let mut proven = Vec::new();
        for goal in goals {
            let Some(optimum) = self.optimum(&mut stated, *goal, stop)? else {
                return Ok(None);
            };
            proven.push(optimum.proven);
            let value = self.value(*goal, &optimum);
            self.keep(&mut stated, *goal, value)?;
            found = Some(optimum);
        }
        Ok(found.map(|optimum| (optimum, proven)))
    }

    fn costs(&self, stated: &Stated, goal: Goal) -> (Vec<f64>, f64) {
        let mut costs = vec![0.0; stated.mip.columns()];
        let mut constant = 0.0;
        match goal {
            Goal::Tier(tier) => {
                if let Some(linear) = self.measures.linear(tier) {
                    constant = linear.constant as f64;
                    for (cost, coefficient) in std::iter::zip(&mut costs, &linear.coefficients) {
                        *cost = *coefficient as f64;
                    }
                }
            }
            Goal::Price => {
                for at in 0..self.universe.len() {
                    costs[stated.first + at] = self.price(at);
                }
            }
        }
        (costs, constant)
    }

    fn keep(&self, stated: &mut Stated, goal: Goal, value: f64) -> Result<(), SolveError> {
        let (costs, constant) = self.costs(stated, goal);
        let slack = if goal == Goal::Price { 1e-6 } else { 0.0 };
        let terms = costs
            .into_iter()
            .enumerate()
            .filter(|(_, cost)| *cost != 0.0);
        let terms: Vec<_> = terms.collect();
        if terms.is_empty() {
            return Ok(());
        }
        stated.mip.add_row_at_most(value - constant + slack, &terms)
    }

    /// The optimum of one goal: solved, and given the rows that its solutions turn out to
    /// break, until they break none.
    fn optimum(
        &mut self,
        stated: &mut Stated,
        goal: Goal,
        stop: &Stop,
    ) -> Result<Option<Optimum>, SolveError> {
        let (costs, _) = self.costs(stated, goal);
        stated.mip.set_costs(costs)?;
        let settings = Settings {
            seed: self.seed,
            absolute_gap: if goal == Goal::Price { 1e-6 } else { 0.999 },
            relative_gap: 0.0,
            max_nodes: Some(MAX_NODES),
            ..Settings::default()
        };
        loop {
            if stop.is_set() {
                return Ok(None);
            }
            let outcome = stated.mip.solve(settings, None, stop, &mut |_| {})?;
            let Some(solution) = outcome.solution else {
                return Ok(None);
            };
            let set = (0..self.universe.len())
                .filter(|at| solution[stated.first + at] > 0.5)
                .collect();
            let optimum = Optimum {
                set,
                selection: Selection::from_solution(&solution, stated.seats),
                proven: outcome.end == End::Proven,
            };
            let broken = self.broken(&optimum);
            if broken.is_empty() {
                return Ok(Some(optimum));
            }
            for row in broken {
                stated.add(&row)?;
                self.rows.push(row);
            }
        }
    }

    /// The rows that a solution breaks: of everybody who can't hold what they are given with
    /// the changes that are made.
    fn broken(&self, optimum: &Optimum) -> Vec<Cut> {
        let chosen: BTreeSet<usize> = optimum.set.iter().copied().collect();
        let Some(dataset) = self.with(&chosen) else {
            return Vec::new();
        };
        let now = Eligibility::new(&dataset, Waiver::default());
        let mut held: BTreeMap<InspectorIx, Vec<usize>> = BTreeMap::new();
        for seat in optimum.selection.seats() {
            let person = self.after.candidates[seat].person;
            held.entry(person).or_default().push(seat);
        }
        held.into_iter()
            .filter(|(person, seats)| !self.fits(&now, *person, seats))
            .map(|(person, seats)| self.cut(&now, &chosen, person, seats))
            .collect()
    }

    fn with(&self, set: &BTreeSet<usize>) -> Option<Dataset> {
        let chosen = set.iter().map(|at| &self.universe[*at]);
        mended(self.files, self.before.dataset, chosen)
    }

    /// Whether `person` can hold those seats of the year with all changes in the year `now`.
    fn fits(&self, now: &Eligibility, person: InspectorIx, seats: &[usize]) -> bool {
        let id = &self.after.dataset.inspector(person).id;
        let mut people = now.dataset.inspector_ixs();
        let Some(person) = people.find(|ix| now.dataset.inspector(*ix).id == *id) else {
            return false;
        };
        let posts: Option<Vec<usize>> = seats
            .iter()
            .map(|seat| {
                let engagement = self.after.candidates[*seat].engagement;
                let engagement = same_post(now, self.after, engagement)?;
                let candidate = Candidate { engagement, person };
                now.candidates.binary_search(&candidate).ok()?;
                Some(engagement)
            })
            .collect();
        posts.is_some_and(|posts| now.fits(person, &posts))
    }

    /// As few of the seats as don't fit, and the changes of which one must be made with them.
    fn cut(
        &self,
        now: &Eligibility,
        chosen: &BTreeSet<usize>,
        person: InspectorIx,
        mut seats: Vec<usize>,
    ) -> Cut {
        let mut at = 0;
        while at < seats.len() && seats.len() > 1 {
            let mut fewer = seats.clone();
            fewer.remove(at);
            if self.fits(now, person, &fewer) {
                at += 1;
            } else {
                seats = fewer;
            }
        }
        // Changes that don't help even together with those that are made are made too; one of
        // the others is needed.
        let mut made = chosen.clone();
        let mut others: Vec<usize> = (0..self.universe.len())
            .filter(|at| !chosen.contains(at) && self.matters(*at, person, &seats))
            .collect();
        others.retain(|at| {
            made.insert(*at);
            let helps = self.with(&made).is_none_or(|dataset| {
                self.fits(
                    &Eligibility::new(&dataset, Waiver::default()),
                    person,
                    &seats,
                )
            });
            if helps {
                made.remove(at);
            }
            helps
        });
        Cut {
            most: seats.len() as f64 - 1.0,
            seats: seats.into_iter().map(|seat| (seat, 1.0)).collect(),
            changes: others.into_iter().map(|at| (at, 1.0)).collect(),
        }
    }

    /// Whether a change can matter to whether somebody holds those seats.
    fn matters(&self, at: usize, person: InspectorIx, seats: &[usize]) -> bool {
        let posts = || {
            seats
                .iter()
                .map(|seat| self.after.engagement(self.after.candidates[*seat]))
        };
        let site = |ix: InspectionIx| self.after.dataset.inspection(ix).establishment;
        match self.about[at] {
            About::Person(about) if about != person => false,
            About::Person(_) => {
                let Some(span) = span_of(&self.universe[at].change) else {
                    return true;
                };
                let date = |day| self.after.horizon.date(day);
                posts().any(|post| {
                    span.first() <= date(post.extent.1) && date(post.extent.0) <= span.last()
                })
            }
            About::Site(about) => posts().any(|post| site(post.inspection) == about),
            About::Inspection(about) => posts().any(|post| post.inspection == about),
            About::Nothing => false,
        }
    }
}

/// A program that is stated, and where the changes' columns begin.
struct Stated {
    mip: Mip,
    first: usize,
    seats: usize,
}

impl Stated {
    fn add(&mut self, row: &Cut) -> Result<(), SolveError> {
        let changes = row
            .changes
            .iter()
            .map(|(at, factor)| (self.first + at, -factor));
        let terms: Vec<_> = row.seats.iter().copied().chain(changes).collect();
        self.mip.add_row_at_most(row.most, &terms)
    }
}

/// The post of `of` at `engagement`, as `year` has it.
fn same_post(year: &Eligibility, of: &Eligibility, engagement: usize) -> Option<usize> {
    let post = &of.engagements[engagement];
    let windows = year.windows[post.inspection.get()].iter();
    let mut windows = windows.enumerate();
    let (window, _) =
        windows.find(|(_, window)| window.on_site.first() == Some(&post.first_day))?;
    year.engagement_of(post.inspection, window, post.role)
}

/// The days that a change is about, where it is about days.
fn span_of(change: &Change) -> Option<DateSpan> {
    match change {
        Change::Offer { span, .. } | Change::MoveLeave { span, .. } => Some(*span),
        _ => None,
    }
}

fn about(dataset: &Dataset, change: &Change) -> About {
    let person = |id: &str| {
        let mut people = dataset.inspector_ixs();
        let found = people.find(|ix| dataset.inspector(*ix).id == id);
        found.map_or(About::Nothing, About::Person)
    };
    match change {
        Change::Clearance { who, .. }
        | Change::Dbs { who, .. }
        | Change::Training { who, .. }
        | Change::LeadTraining { who, .. }
        | Change::Days { who, .. }
        | Change::Offer { who, .. } => match who {
            Who::Person(id) => person(id),
            _ => About::Nothing,
        },
        Change::MoveLeave { inspector, .. } => person(inspector),
        Change::AddInspectors(new) => person(&new.id),
        Change::SiteCapacity { establishment, .. } => {
            let all = dataset.establishments.iter();
            let found = all.enumerate().find(|(_, site)| site.id == *establishment);
            found.map_or(About::Nothing, |(at, _)| {
                About::Site(EstablishmentIx::new(at))
            })
        }
        Change::DifferentWeek { inspection, .. } => {
            let mut all = dataset.inspection_ixs();
            let found = all.find(|ix| dataset.inspection(*ix).id == *inspection);
            found.map_or(About::Nothing, About::Inspection)
        }
        _ => About::Nothing,
    }
}
