//! Everything that can be done at one inspection, all others left aside.

use std::collections::BTreeSet;

use muster::domain::{PinAction, Role};

use super::person::{Person, PostSet};
use super::sites::UNLIMITED;
use super::year::Scoped;
use super::{Rule, Tier};

/// What a choice adds to each tier that adds up: all but T7.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Leads whose names were given and who don't stay.
    pub names: i64,
    /// Weight not attended.
    pub t1: i64,
    /// Different weeks.
    pub t2: i64,
    /// Empty team posts.
    pub t3: i64,
    /// Published posts that change.
    pub t4: i64,
    /// Pence.
    pub t6: i64,
    /// IRPs without the lead of last time.
    pub t8: i64,
}

impl Sums {
    /// The value of one tier.
    ///
    /// # Panics
    /// For T5 and T7, which no sum gives.
    pub fn of(&self, tier: Tier) -> i64 {
        match tier {
            Tier::Names => self.names,
            Tier::T1 => self.t1,
            Tier::T2 => self.t2,
            Tier::T3 => self.t3,
            Tier::T4 => self.t4,
            Tier::T6 => self.t6,
            Tier::T8 => self.t8,
            Tier::T5 | Tier::T7 => unreachable!("it is not a sum over inspections"),
        }
    }

    /// Both together.
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            names: self.names + other.names,
            t1: self.t1 + other.t1,
            t2: self.t2 + other.t2,
            t3: self.t3 + other.t3,
            t4: self.t4 + other.t4,
            t6: self.t6 + other.t6,
            t8: self.t8 + other.t8,
        }
    }
}

/// People of one inspection on one working day.
#[derive(Clone, Copy, Debug)]
pub struct Presence {
    /// The day's number.
    pub day: usize,
    /// How many are there.
    pub people: i64,
    /// How many of Ofsted's may be there in all, as far as this inspection is concerned.
    pub limit: i64,
}

/// Attendance by certain people in certain windows, or none.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Who holds which post: the person, and the position among their posts.
    pub holders: Vec<(usize, usize)>,
    /// The site.
    pub site: usize,
    /// The days on which the site's places are limited.
    pub presence: Vec<Presence>,
    /// What it adds to the tiers.
    pub sums: Sums,
}

impl Choice {
    /// Whether everybody's `open` posts hold theirs.
    pub fn is_open(&self, open: &[PostSet]) -> bool {
        self.holders
            .iter()
            .all(|(person, post)| open[*person] >> post & 1 == 1)
    }

    /// Whether the site has room for it beside `others` (H7).
    pub fn has_room<'a>(&self, others: impl Iterator<Item = &'a Choice> + Clone) -> bool {
        self.presence.iter().all(|mine| {
            let (mut people, mut limit) = (mine.people, mine.limit);
            for other in others.clone().filter(|other| other.site == self.site) {
                for theirs in other.presence.iter().filter(|there| there.day == mine.day) {
                    people += theirs.people;
                    limit = limit.min(theirs.limit);
                }
            }
            people <= limit
        })
    }
}

/// All that can be done at `scoped`, the inspection at `position` among those in scope.
pub fn choices(
    position: usize,
    scoped: &Scoped,
    people: &[Person],
    dropped: &BTreeSet<Rule>,
) -> Vec<Choice> {
    let mut found = Vec::new();
    let mut builder = Builder {
        position,
        scoped,
        people,
        dropped,
        holders: Vec::new(),
        found: &mut found,
    };
    builder.add_person(0);
    found
}

struct Builder<'a> {
    position: usize,
    scoped: &'a Scoped,
    people: &'a [Person],
    dropped: &'a BTreeSet<Rule>,
    holders: Vec<(usize, usize)>,
    found: &'a mut Vec<Choice>,
}

impl Builder<'_> {
    /// Decides on person `number` and all after.
    fn add_person(&mut self, number: usize) {
        let Some(person) = self.people.get(number) else {
            self.finish();
            return;
        };
        self.add_person(number + 1);
        for post in 0..person.posts.len() {
            if person.posts[post].inspection == self.position && self.joins(number, post) {
                self.holders.push((number, post));
                self.add_person(number + 1);
                self.holders.pop();
            }
        }
    }

    /// Whether a post goes with those held so far (H1, H14).
    fn joins(&self, number: usize, post: usize) -> bool {
        let new = &self.people[number].posts[post];
        let held = || {
            self.holders
                .iter()
                .map(|(person, post)| &self.people[*person].posts[*post])
        };
        let same_role = held().filter(|post| post.role == new.role).count() as i64;
        let room = match new.role {
            Role::Lead => 1,
            Role::Team => self.scoped.team_required - 1,
        };
        let together =
            self.dropped.contains(&Rule::H14) || held().all(|post| post.window == new.window);
        same_role < room && together
    }

    fn finish(&mut self) {
        let held = || {
            self.holders
                .iter()
                .map(|(person, post)| (*person, &self.people[*person].posts[*post]))
        };
        let led = held().any(|(_, post)| post.role == Role::Lead);
        let attended = !self.holders.is_empty();
        if attended && !led && !self.dropped.contains(&Rule::H1) {
            return;
        }
        let pins_kept = self.scoped.pins.iter().all(|pin| {
            pin.action == PinAction::Forbid
                || held().any(|(person, post)| {
                    self.people[person].ix == pin.inspector && Some(post.role) == pin.role
                })
        });
        if !pins_kept {
            return;
        }
        let windows = &self.scoped.windows;
        let choice = Choice {
            holders: self.holders.clone(),
            site: self.scoped.site,
            presence: self.presence(),
            sums: Sums {
                t1: if attended { 0 } else { self.scoped.weight },
                t2: i64::from(held().any(|(_, post)| windows[post.window].different)),
                t3: self.scoped.team_required
                    - 1
                    - held().filter(|(_, post)| post.role == Role::Team).count() as i64,
                t6: held().map(|(_, post)| post.cost).sum(),
                t8: i64::from(attended && self.breaks_continuity()),
                ..Sums::default()
            },
        };
        if choice.has_room(std::iter::empty()) {
            self.found.push(choice);
        }
    }

    fn presence(&self) -> Vec<Presence> {
        let mut presence: Vec<Presence> = Vec::new();
        for (person, post) in &self.holders {
            let window = self.people[*person].posts[*post].window;
            for (day, limit) in &self.scoped.limits[window] {
                if *limit == UNLIMITED {
                    continue;
                }
                match presence.iter_mut().find(|known| known.day == *day) {
                    Some(known) => {
                        known.people += 1;
                        known.limit = known.limit.min(*limit);
                    }
                    None => presence.push(Presence {
                        day: *day,
                        people: 1,
                        limit: *limit,
                    }),
                }
            }
        }
        presence
    }

    /// T8: the site's last full inspection had a lead, who does not lead this IRP.
    fn breaks_continuity(&self) -> bool {
        let leads = &self.scoped.former_leads;
        !leads.is_empty()
            && !self.holders.iter().any(|(person, post)| {
                let person = &self.people[*person];
                person.posts[*post].role == Role::Lead && leads.contains(&person.ix.get())
            })
    }
}
