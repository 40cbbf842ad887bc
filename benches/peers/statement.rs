//! A year as the plain compact program that whoever models it first would write: a binary a post,
//! window and person, a row a day or a pair, and no cliques. It is stated apart from
//! `muster::model`, of what `muster::eligibility` says of single posts, and knows nothing of any
//! solver.
//!
//! H8, H9 and H12 beyond pairs of posts are left out, as in Muster's own program: their rows are
//! one for each person and span of days. Whoever solves a statement checks its solutions by
//! `people` and `posts`, and adds the row of the span that is too full.

use std::collections::{BTreeMap, BTreeSet};

use muster::domain::{InspectorIx, PinAction, Role};
use muster::eligibility::Eligibility;
use muster::model::objectives::{
    Linear, Tier, attendance, continuity, cost, different_week, fairness, team_posts,
};
use serde::Serialize;

/// The whole year. Columns are the seats, then the weeks.
#[derive(Serialize)]
pub struct Statement {
    /// How many seats there are, each a binary.
    seats: usize,
    /// How many weeks on site of one person, each 1 where any of its seats is taken.
    weeks: usize,
    /// Seats and weeks: where the seat is taken, so is the week.
    week_of: Vec<(usize, usize)>,
    /// Sets of seats of which one can be taken: H1, H8 by the day, and pairs.
    at_most_one: Vec<Vec<usize>>,
    /// Sets of seats of which one must be taken: pins.
    exactly_one: Vec<Vec<usize>>,
    /// H7, H11, H13, H14.
    at_most: Vec<AtMost>,
    /// The tiers, in their order.
    tiers: Vec<Objective>,
    /// T7: everybody whose days are to be alike.
    shares: Vec<Share>,
    /// T7: a rate that the best one never exceeds.
    highest_rate: f64,
    /// All days used on other work, which T7's gap is a share of too.
    days_used_elsewhere: u32,
    /// H12: what each person can do.
    people: Vec<Person>,
    /// H12: what each post takes.
    posts: Vec<Post>,
    /// The post of each seat.
    post_of: Vec<usize>,
    /// The seats of a plan to begin with.
    start: Vec<usize>,
}

/// Σ coefficient × column ≤ most.
#[derive(Serialize)]
struct AtMost {
    terms: Vec<(usize, i64)>,
    most: i64,
}

/// One tier: constant + Σ coefficient × seat, in whole numbers; T7 has no terms of its own.
#[derive(Serialize)]
struct Objective {
    name: &'static str,
    constant: i64,
    terms: Vec<(usize, i64)>,
    /// At which gap it counts as proven: a share of the value, or of all days used for T7.
    gap: f64,
    /// By how much of its value later tiers may exceed it.
    tolerance: f64,
}

/// One person's days, as T7 sees them.
#[derive(Serialize)]
struct Share {
    /// Days used on other work.
    used: u32,
    contracted: u32,
    /// Seats with the days that they take.
    days: Vec<(usize, i64)>,
}

#[derive(Serialize)]
struct Person {
    seats: Vec<usize>,
    /// The days on which they can work.
    workable: Vec<usize>,
}

#[derive(Serialize)]
struct Post {
    on_site: Vec<usize>,
    /// Work off site: how many days, the first day of its span, the last.
    tasks: Vec<(u32, usize, usize)>,
    days: u32,
}

impl Statement {
    /// States a year in which nothing is published and no reserve is named.
    pub fn of(eligibility: &Eligibility, start: Vec<usize>) -> Self {
        let dataset = eligibility.dataset;
        let candidates = &eligibility.candidates;
        let mut seats_of = vec![Vec::new(); dataset.inspectors.len()];
        for (seat, candidate) in candidates.iter().enumerate() {
            seats_of[candidate.person.get()].push(seat);
        }
        let mut statement = Self {
            seats: candidates.len(),
            weeks: 0,
            week_of: Vec::new(),
            at_most_one: Vec::new(),
            exactly_one: pins(eligibility, &seats_of),
            at_most: site_capacity(eligibility),
            tiers: objectives(eligibility),
            shares: Vec::new(),
            highest_rate: fairness::highest_rate(eligibility),
            days_used_elsewhere: dataset.inspectors.iter().map(|i| i.days_used).sum(),
            people: Vec::new(),
            posts: posts(eligibility),
            post_of: candidates.iter().map(|c| c.engagement).collect(),
            start,
        };
        statement.teams(eligibility);
        for (person, seats) in std::iter::zip(dataset.inspector_ixs(), seats_of) {
            if !seats.is_empty() {
                statement.person(eligibility, person, seats);
            }
        }
        statement
    }

    /// How many seats, weeks, sets of which one can be taken, and other rows there are.
    pub fn size(&self) -> [usize; 4] {
        let others = self.at_most.len() + self.exactly_one.len() + self.week_of.len();
        [self.seats, self.weeks, self.at_most_one.len(), others]
    }

    /// H1 and H14: one lead, in one window; a team there of at most so many.
    fn teams(&mut self, eligibility: &Eligibility) {
        for inspection in eligibility.inspections() {
            let mut leads = Vec::new();
            for window in 0..eligibility.windows[inspection.get()].len() {
                let seats = |role| {
                    let post = eligibility.engagement_of(inspection, window, role);
                    post.map_or(0..0, |post| eligibility.seats_in(post))
                };
                leads.extend(seats(Role::Lead));
                let posts = i64::from(eligibility.team_posts(inspection));
                let team = seats(Role::Team).map(|seat| (seat, 1));
                let led = seats(Role::Lead).map(|seat| (seat, -posts));
                if !seats(Role::Team).is_empty() {
                    let terms = team.chain(led).collect();
                    self.at_most.push(AtMost { terms, most: 0 });
                }
            }
            self.one_of(leads);
        }
    }

    fn one_of(&mut self, seats: Vec<usize>) {
        if seats.len() > 1 {
            self.at_most_one.push(seats);
        }
    }

    /// Everything that is one person's own.
    fn person(&mut self, eligibility: &Eligibility, person: InspectorIx, seats: Vec<usize>) {
        let post = |seat: usize| eligibility.engagement(eligibility.candidates[seat]);
        let (inspector, limits) = (
            eligibility.dataset.inspector(person),
            eligibility.limits(person),
        );

        // Once at each inspection, and at one on each day. The days of one window mostly give the
        // same row: once is enough.
        let mut at_inspection = BTreeMap::<_, Vec<usize>>::new();
        let mut on_day = BTreeMap::<usize, Vec<usize>>::new();
        for seat in &seats {
            let post = post(*seat);
            at_inspection
                .entry(post.inspection)
                .or_default()
                .push(*seat);
            for day in post.on_site.ones() {
                on_day.entry(day).or_default().push(*seat);
            }
        }
        let rows: BTreeSet<_> = at_inspection
            .into_values()
            .chain(on_day.into_values())
            .collect();
        rows.into_iter().for_each(|row| self.one_of(row));

        // Two posts whose work off site finds no days beside the other's.
        let together = |a: usize, b: usize| {
            let (first, second) = (post(a), post(b));
            first.inspection != second.inspection && first.on_site.is_disjoint(&second.on_site)
        };
        let meet = |a: usize, b: usize| {
            let (first, second) = (post(a).extent, post(b).extent);
            first.0 <= second.1 && second.0 <= first.1
        };
        let mut no_days = BTreeSet::new();
        for (at, a) in seats.iter().enumerate() {
            for b in &seats[at + 1..] {
                let both = [*a, *b].map(|seat| eligibility.candidates[seat].engagement);
                if together(*a, *b) && meet(*a, *b) && eligibility.place(person, &both).is_none() {
                    no_days.insert((*a, *b));
                    self.at_most_one.push(vec![*a, *b]);
                }
            }
        }

        // H11: days of the year and of each capped quarter.
        let days = |seats: &mut dyn Iterator<Item = &usize>| -> Vec<(usize, i64)> {
            seats
                .map(|seat| (*seat, i64::from(post(*seat).days())))
                .collect()
        };
        let mut caps = vec![(days(&mut seats.iter()), limits.year)];
        for (quarter, most) in limits.quarter.iter().enumerate() {
            if let Some(most) = most {
                let mut inside = seats.iter().filter(|seat| post(**seat).quarter == quarter);
                caps.push((days(&mut inside), *most));
            }
        }
        for (terms, most) in caps {
            let most = i64::from(most);
            if terms.iter().map(|(_, days)| days).sum::<i64>() > most {
                self.at_most.push(AtMost { terms, most });
            }
        }

        // H13: a week whose seats all exclude each other is their sum, any other has a column.
        let rolling = &eligibility.dataset.policy.rolling;
        let mut in_week = BTreeMap::<i32, Vec<usize>>::new();
        for seat in &seats {
            for week in &post(*seat).weeks {
                in_week.entry(*week).or_default().push(*seat);
            }
        }
        let mut weeks = Vec::new();
        for (week, seats) in in_week {
            let twice = seats.iter().enumerate().any(|(at, a)| {
                let mut later = seats[at + 1..].iter();
                later.any(|b| together(*a, *b) && !no_days.contains(&(*a, *b)))
            });
            let counted = if twice {
                let column = self.seats + self.weeks;
                self.weeks += 1;
                self.week_of
                    .extend(seats.iter().map(|seat| (*seat, column)));
                vec![(column, 1)]
            } else {
                seats.iter().map(|seat| (*seat, 1)).collect()
            };
            weeks.push((week, counted));
        }
        let length = rolling.window_weeks as i32;
        let mut end = 0;
        for (first, (week, _)) in weeks.iter().enumerate() {
            let inside = weeks[first..].iter().take_while(|w| w.0 - week < length);
            let last = first + inside.count();
            if last > end && last - first > rolling.max_weeks as usize {
                let terms = weeks[first..last]
                    .iter()
                    .flat_map(|(_, terms)| terms.clone());
                let most = i64::from(rolling.max_weeks);
                self.at_most.push(AtMost {
                    terms: terms.collect(),
                    most,
                });
            }
            end = end.max(last);
        }

        self.shares.push(Share {
            used: inspector.days_used,
            contracted: inspector.max_days,
            days: days(&mut seats.iter()),
        });
        let workable = eligibility.workable(person).ones().collect();
        self.people.push(Person { seats, workable });
    }
}

/// H15: a pinned post is held by its person, in whichever window.
fn pins(eligibility: &Eligibility, seats_of: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let pins = eligibility.dataset.pins.iter();
    let pinned = pins.filter(|pin| pin.action == PinAction::Pin);
    pinned
        .map(|pin| {
            let seats = seats_of[pin.inspector.get()].iter().copied();
            let fits = |seat: &usize| {
                let post = eligibility.engagement(eligibility.candidates[*seat]);
                post.inspection == pin.inspection && Some(post.role) == pin.role
            };
            seats.filter(fits).collect()
        })
        .collect()
}

/// H7, for each site and day: people there ≤ places; and the same once more for each different
/// week, whose lead takes the places that it has fewer.
fn site_capacity(eligibility: &Eligibility) -> Vec<AtMost> {
    let dataset = eligibility.dataset;
    let mut there = BTreeMap::<_, Vec<usize>>::new();
    for (at, post) in eligibility.engagements.iter().enumerate() {
        let site = dataset.inspection(post.inspection).establishment;
        for day in post.on_site.ones() {
            there.entry((site, day)).or_default().push(at);
        }
    }
    let mut rows = BTreeSet::new();
    for ((site, day), posts) in there {
        let Some(places) = eligibility.places_on(site, day) else {
            continue;
        };
        let seats = |at: usize| eligibility.seats_in(at);
        let people: Vec<usize> = posts.iter().flat_map(|at| seats(*at)).collect();
        rows.insert((
            people.iter().map(|seat| (*seat, 1)).collect::<Vec<_>>(),
            places,
        ));
        for at in &posts {
            let post = &eligibility.engagements[*at];
            let window = eligibility.window(post);
            let fewest = eligibility.different_week_places(post.inspection, window);
            let fewer = fewest.map_or(0, |fewest| places.saturating_sub(fewest));
            if post.role == Role::Lead && fewer > 0 {
                let led = |seat| seats(*at).contains(&seat);
                let each =
                    |seat: &usize| (*seat, 1 + if led(*seat) { i64::from(fewer) } else { 0 });
                rows.insert((people.iter().map(each).collect(), places));
            }
        }
    }
    let rows = rows.into_iter().map(|(terms, most)| AtMost {
        terms,
        most: i64::from(most),
    });
    rows.filter(|row| row.terms.iter().map(|(_, places)| places).sum::<i64>() > row.most)
        .collect()
}

fn objectives(eligibility: &Eligibility) -> Vec<Objective> {
    let dataset = eligibility.dataset;
    let tolerance = dataset.policy.tolerance.cost_percent / 100.0;
    let objective = |tier: Tier| {
        let linear = match tier {
            Tier::T1 => attendance::linear(eligibility),
            Tier::T2 => different_week::linear(eligibility),
            Tier::T3 => team_posts::linear(eligibility),
            Tier::T6 => cost::linear(eligibility),
            Tier::T8 => continuity::linear(eligibility),
            // T7 is no sum over seats; T4 and T5 are no tiers of an annual run.
            Tier::T4 | Tier::T5 | Tier::T7 => Linear {
                constant: 0,
                coefficients: Vec::new(),
            },
        };
        let terms = linear.coefficients.into_iter().enumerate();
        Objective {
            name: tier.name(),
            constant: linear.constant,
            terms: terms.filter(|(_, coefficient)| *coefficient != 0).collect(),
            gap: tier.default_gap(),
            tolerance: if tier == Tier::T6 { tolerance } else { 0.0 },
        }
    };
    Tier::in_order(dataset).into_iter().map(objective).collect()
}

fn posts(eligibility: &Eligibility) -> Vec<Post> {
    let posts = eligibility.engagements.iter();
    posts
        .map(|post| Post {
            on_site: post.on_site.ones().collect(),
            tasks: post
                .tasks
                .iter()
                .map(|task| (task.days, task.first, task.last))
                .collect(),
            days: post.days(),
        })
        .collect()
}
