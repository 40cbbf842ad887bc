//! Depth first over the inspections, each choice of each in turn.
//!
//! The tiers that add up are packed into one number, so that their strict order is that of
//! numbers. Two lower bounds cut the search: the optimum of the inspections still to come,
//! were nothing chosen before them, found by solving from the last inspection backwards; and
//! the sum of the cheapest choice at each of them that what was chosen leaves open.

use super::Tier;
use super::choices::{Choice, Sums};
use super::fairness::{Fairness, Ratio, UNBOUNDED};
use super::person::PostSet;
use super::year::Year;

/// The most people a tiny year has.
const MOST_PEOPLE: usize = 16;

/// More than any tier but the cost ever reaches; the cost's own room is its square.
const ROOM: i128 = 1 << 20;

/// A whole plan: the choice made at each inspection in scope, and its values.
#[derive(Clone, Debug)]
pub struct Found {
    /// The choice at each inspection.
    pub chosen: Vec<usize>,
    /// The tiers that add up.
    pub sums: Sums,
    /// T7.
    pub unfairness: Ratio,
    scaled: i64,
}

/// What later stages may not give up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    /// The most of the packed tiers.
    pub packed: Option<i128>,
    /// The plan whose T7 may not be exceeded.
    pub unfairness: Option<i64>,
    /// The most of T8.
    pub discontinuity: Option<i64>,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Goal {
    /// The least of the packed tiers.
    Least,
    /// The least T7 and, where asked, of those the least T8.
    Fairest { continuity: bool },
    /// The most of a tier.
    Worst(Tier),
}

/// A search over one year, its additive tiers in one order.
pub struct Search<'a> {
    year: &'a Year<'a>,
    order: Vec<Tier>,
    /// For each inspection: packed value and number of each choice, rising.
    sorted: Vec<Vec<(i128, usize)>>,
    /// For each inspection: the least packed value of it and all after.
    remaining: Vec<i128>,
    /// For each inspection: the most days each person may spend on it and all after.
    ahead: Vec<[i64; MOST_PEOPLE]>,
    /// People who may hold at least one post.
    pool: Vec<usize>,
    fairness: Fairness,
    goal: Goal,
    limits: Limits,
    chosen: Vec<usize>,
    best: Option<Found>,
    /// The packed value that [`Goal::Least`] must stay below.
    ceiling: i128,
}

#[derive(Clone, Copy)]
struct Node {
    depth: usize,
    packed: i128,
    sums: Sums,
    held: [PostSet; MOST_PEOPLE],
    open: [PostSet; MOST_PEOPLE],
    used: [i64; MOST_PEOPLE],
}

impl<'a> Search<'a> {
    /// A search that packs the tiers of `order`.
    pub fn new(year: &'a Year<'a>, order: &[Tier]) -> Self {
        assert!(year.people.len() <= MOST_PEOPLE, "not a tiny year");
        let sorted = year
            .choices
            .iter()
            .map(|choices| {
                let mut sorted: Vec<_> = choices
                    .iter()
                    .enumerate()
                    .map(|(number, choice)| (pack(order, &choice.sums), number))
                    .collect();
                sorted.sort_unstable();
                sorted
            })
            .collect();
        let pool: Vec<usize> = (0..year.people.len())
            .filter(|person| !year.people[*person].posts.is_empty())
            .collect();
        let contracts = pool.iter().map(|person| year.people[*person].max_days);
        Self {
            year,
            order: order.to_vec(),
            sorted,
            remaining: vec![0; year.scoped.len() + 1],
            ahead: days_ahead(year),
            fairness: Fairness::new(contracts.collect()),
            pool,
            goal: Goal::Least,
            limits: Limits::default(),
            chosen: Vec::new(),
            best: None,
            ceiling: i128::MAX,
        }
    }

    /// A plan with the least packed tiers; none where the pins can't all be kept.
    pub fn least(&mut self) -> Option<Found> {
        self.goal = Goal::Least;
        self.limits = Limits::default();
        for first in (0..self.year.scoped.len()).rev() {
            self.start_from(first);
            self.remaining[first] = self.pack(&self.best.as_ref()?.sums);
        }
        if self.year.scoped.is_empty() {
            self.start_from(0);
        }
        self.best.take()
    }

    /// Within `limits`, a plan with the least T7 and, where `continuity` is asked, then T8.
    ///
    /// [`Search::least`] must have been called before: it leaves the bounds.
    pub fn fairest(&mut self, limits: Limits, continuity: bool) -> Option<Found> {
        self.goal = Goal::Fairest { continuity };
        self.limits = limits;
        self.start_from(0);
        self.best.take()
    }

    /// Within `limits`, a plan with the most of `tier`.
    ///
    /// [`Search::least`] must have been called before: it leaves the bounds.
    pub fn worst(&mut self, limits: Limits, tier: Tier) -> Option<Found> {
        self.goal = Goal::Worst(tier);
        self.limits = limits;
        self.start_from(0);
        self.best.take()
    }

    /// The packed tiers of `sums`.
    pub fn pack(&self, sums: &Sums) -> i128 {
        pack(&self.order, sums)
    }

    /// The limit that keeps `found`'s T7.
    pub fn as_fair_as(&self, found: &Found) -> i64 {
        found.scaled
    }

    fn start_from(&mut self, first: usize) {
        self.best = None;
        self.ceiling = i128::MAX;
        self.chosen.clear();
        let mut node = Node {
            depth: first,
            packed: 0,
            sums: Sums::default(),
            held: [0; MOST_PEOPLE],
            open: [0; MOST_PEOPLE],
            used: [0; MOST_PEOPLE],
        };
        for (number, person) in self.year.people.iter().enumerate() {
            node.open[number] = person.further(0);
            node.used[number] = person.days_used;
        }
        self.descend(first, &node);
    }

    fn descend(&mut self, first: usize, node: &Node) {
        let year = self.year;
        if node.depth == year.scoped.len() {
            self.keep(first, node);
            return;
        }
        if self.is_hopeless(first, node) {
            return;
        }
        let choices = &year.choices[node.depth];
        for position in 0..choices.len() {
            let (packed, number) = self.sorted[node.depth][position];
            if self.exceeds(node.packed + packed + self.remaining[node.depth + 1]) {
                break;
            }
            let choice = &choices[number];
            if !self.is_open(first, choice, node) {
                continue;
            }
            let mut next = *node;
            next.depth += 1;
            next.packed += packed;
            next.sums = node.sums.plus(&choice.sums);
            for (person, post) in &choice.holders {
                let row = &year.people[*person];
                next.held[*person] |= 1 << post;
                next.open[*person] = row.further(next.held[*person]);
                next.used[*person] += row.posts[*post].days;
            }
            self.chosen.push(number);
            self.descend(first, &next);
            self.chosen.pop();
        }
    }

    /// Whether `choice` breaks no rule beside what was chosen.
    fn is_open(&self, first: usize, choice: &Choice, node: &Node) -> bool {
        let chosen = || {
            self.chosen
                .iter()
                .enumerate()
                .map(move |(since, number)| &self.year.choices[first + since][*number])
        };
        choice.is_open(&node.open) && choice.has_room(chosen())
    }

    /// Whether a plan whose packed tiers are at least `packed` is of no use.
    fn exceeds(&self, packed: i128) -> bool {
        packed >= self.ceiling || self.limits.packed.is_some_and(|most| packed > most)
    }

    /// Whether no plan under `node` can be of use.
    fn is_hopeless(&self, first: usize, node: &Node) -> bool {
        let mut packed = node.packed;
        for depth in node.depth..self.year.scoped.len() {
            let cheapest = self.sorted[depth]
                .iter()
                .find(|(_, number)| self.is_open(first, &self.year.choices[depth][*number], node));
            let Some((cheapest, _)) = cheapest else {
                return true;
            };
            packed += cheapest;
        }
        if self.exceeds(packed) {
            return true;
        }
        if self
            .limits
            .discontinuity
            .is_some_and(|most| node.sums.t8 > most)
        {
            return true;
        }
        match self.goal {
            Goal::Least => false,
            Goal::Fairest { continuity } => self.best.as_ref().is_some_and(|best| {
                let mine = self.least_unfairness(node);
                mine > best.scaled
                    || mine == best.scaled && (!continuity || node.sums.t8 >= best.sums.t8)
            }),
            Goal::Worst(tier) => {
                let unfair = self
                    .limits
                    .unfairness
                    .is_some_and(|most| self.least_unfairness(node) > most);
                unfair || tier != Tier::T7 && self.is_no_worse(first, node, tier)
            }
        }
    }

    /// Whether `tier` can't get above the best found, whatever is done from here.
    fn is_no_worse(&self, first: usize, node: &Node, tier: Tier) -> bool {
        let Some(best) = &self.best else {
            return false;
        };
        let ahead: i64 = (node.depth..self.year.scoped.len())
            .map(|depth| {
                let choices = self.year.choices[depth].iter();
                choices
                    .filter(|choice| self.is_open(first, choice, node))
                    .map(|choice| choice.sums.of(tier))
                    .max()
                    .unwrap_or(0)
            })
            .sum();
        node.sums.of(tier) + ahead <= best.sums.of(tier)
    }

    /// No more than T7, scaled, of any plan under `node`.
    fn least_unfairness(&self, node: &Node) -> i64 {
        let mut low = [0; MOST_PEOPLE];
        let mut high = [0; MOST_PEOPLE];
        for (number, person) in self.pool.iter().enumerate() {
            let used = node.used[*person];
            low[number] = used;
            high[number] = (used + self.ahead[node.depth][*person])
                .min(self.year.people[*person].most_days(used))
                .min(UNBOUNDED);
        }
        let among = ..self.pool.len();
        self.fairness.scaled_between(&low[among], &high[among])
    }

    /// Takes the whole plan at `node` if it is the best so far.
    fn keep(&mut self, first: usize, node: &Node) {
        let scaled = self.least_unfairness(node);
        let within = self.limits.packed.is_none_or(|most| node.packed <= most)
            && self.limits.unfairness.is_none_or(|most| scaled <= most)
            && self
                .limits
                .discontinuity
                .is_none_or(|most| node.sums.t8 <= most);
        let better = self.best.as_ref().is_none_or(|best| match self.goal {
            Goal::Least => node.packed < self.ceiling,
            Goal::Fairest { continuity: true } => {
                (scaled, node.sums.t8) < (best.scaled, best.sums.t8)
            }
            Goal::Fairest { continuity: false } => scaled < best.scaled,
            Goal::Worst(Tier::T7) => scaled > best.scaled,
            Goal::Worst(tier) => node.sums.of(tier) > best.sums.of(tier),
        });
        if !within || !better {
            return;
        }
        if self.goal == Goal::Least {
            self.ceiling = node.packed;
        }
        self.best = Some(Found {
            chosen: self.chosen.clone(),
            sums: node.sums,
            unfairness: Ratio::new(scaled, self.fairness.scale),
            scaled,
        });
        debug_assert_eq!(self.chosen.len(), self.year.scoped.len() - first);
    }
}

fn pack(order: &[Tier], sums: &Sums) -> i128 {
    order.iter().fold(0, |packed, tier| {
        let room = if *tier == Tier::T6 { ROOM * ROOM } else { ROOM };
        packed * room + i128::from(sums.of(*tier))
    })
}

/// For each inspection, the most days that each person may spend on it and all after it.
fn days_ahead(year: &Year) -> Vec<[i64; MOST_PEOPLE]> {
    let mut ahead = vec![[0; MOST_PEOPLE]; year.scoped.len() + 1];
    for position in (0..year.scoped.len()).rev() {
        ahead[position] = ahead[position + 1];
        for (number, person) in year.people.iter().enumerate() {
            let posts = person.posts.iter();
            let most = posts
                .filter(|post| post.inspection == position)
                .map(|post| post.days)
                .max();
            ahead[position][number] += most.unwrap_or(0);
        }
    }
    ahead
}
