//! Ejection chains: an empty post is given to somebody who hands one of theirs on to the next, and so
//! on, to somebody who is free. Where there is no such chain, a post that weighs little is left empty in
//! place of one that weighs much, and what is left for long weighs more and more.

use fixedbitset::FixedBitSet;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::Draft;
use crate::domain::{InspectionIx, InspectorIx, Role};
use crate::eligibility::Candidate;
use crate::model::objectives::attendance;
use crate::solve::Stop;

/// How many people are asked about posts until a chain is given up.
const MOST_ASKED: usize = 20_000;

/// The same while posts are worked in, one after the other.
const MOST_ASKED_IN_A_STEP: usize = 8_000;

/// How many steps may gain nothing.
const PATIENCE: u32 = 20_000;

/// A post that a chain reaches.
#[derive(Clone, Copy)]
struct Reached {
    engagement: usize,
    /// For which post it would be handed on (a position among the reached), and by whom; nothing for
    /// the one that is empty.
    from: Option<(usize, InspectorIx)>,
}

/// What chains from an empty post reach.
struct Chains {
    reached: Vec<Reached>,
    /// Where the shortest ends that somebody is free for, and who that is.
    end: Option<(usize, InspectorIx)>,
}

impl Draft<'_> {
    /// Fills a post by the shortest chain.
    pub(super) fn exchange(&mut self, engagement: usize) -> bool {
        let chains = self.chains(&[engagement], MOST_ASKED);
        if let Some((at, person)) = chains.end {
            self.hand_on(&chains.reached, at, person);
        }
        chains.end.is_some()
    }

    /// Works in leads, or people of teams, until what is left empty weighs no more than `enough`, many
    /// steps have gained nothing or it is told to stop. What is empty never comes to weigh more.
    pub(super) fn work_in(&mut self, role: Role, enough: i64, seed: u32, stop: &Stop) {
        let mut random = ChaCha8Rng::seed_from_u64(u64::from(seed));
        let mut patience = vec![1_u32; self.eligibility.dataset.programme.len()];
        let mut left = self.left(role);
        let lacking = left.iter().map(|inspection| self.weight(role, *inspection));
        let mut short = lacking.sum::<i64>() + self.without_lead(role);
        let mut idle = 0;
        while !left.is_empty() && short > enough && idle < PATIENCE && !stop.is_set() {
            idle += 1;
            let first = random.random_range(0..left.len());
            let mut any = (first..left.len()).chain(0..first);
            let focus = any.find_map(|at| {
                let roots = self.roots(role, left[at]);
                (!roots.is_empty()).then_some((at, roots))
            });
            // No site has room for any of them.
            let Some((at, roots)) = focus else { return };
            let inspection = left[at];
            let chains = self.chains(&roots, MOST_ASKED_IN_A_STEP);
            if let Some((end, person)) = chains.end {
                self.hand_on(&chains.reached, end, person);
                left.swap_remove(at);
                short -= self.weight(role, inspection);
                idle = 0;
                continue;
            }
            patience[inspection.get()] += 1;
            let post = |reached: &Reached| &self.eligibility.engagements[reached.engagement];
            let others = chains.reached.iter().filter(|reached| {
                let post = post(reached);
                reached.from.is_some()
                    && post.role == role
                    && self.may_be_left(role, post.inspection, inspection)
            });
            let lightest = others.min_by_key(|reached| {
                let weight = patience[post(reached).inspection.get()];
                (weight, random.random::<u32>())
            });
            let Some(Reached { engagement, from }) = lightest else {
                continue;
            };
            let Some((before, person)) = *from else {
                continue;
            };
            let other = self.eligibility.engagements[*engagement].inspection;
            self.release(Candidate {
                engagement: *engagement,
                person,
            });
            self.hand_on(&chains.reached, before, person);
            let gained = self.weight(role, inspection) - self.weight(role, other);
            left[at] = other;
            short -= gained;
            if gained > 0 {
                idle = 0;
            }
        }
    }

    /// Has posts change hands, each time by the chain from one of them, or the ring, that saves most,
    /// until none saves anything, or it is told to stop.
    pub(super) fn cheapen(&mut self, stop: &Stop) {
        let mut idle = 0;
        let posts: Vec<usize> = (0..self.holders.len()).collect();
        for post in posts.iter().copied().cycle() {
            if idle > posts.len() || stop.is_set() {
                return;
            }
            idle += 1;
            for holder in self.holders[post].clone() {
                if self.is_held(holder) && !self.is_pinned(holder) && self.cheapen_one(holder) {
                    idle = 0;
                }
            }
        }
    }

    /// Has somebody hand on a post; whether that saves anything: if not, they hold it still.
    fn cheapen_one(&mut self, holder: Candidate) -> bool {
        self.release(holder);
        let mut reached = vec![Reached {
            engagement: holder.engagement,
            from: None,
        }];
        // What there is to gain by each, less what it costs so far.
        let mut gains = vec![self.eligibility.cost(holder).0];
        let mut known = FixedBitSet::with_capacity(self.eligibility.engagements.len());
        known.insert(holder.engagement);
        let mut best: Option<(i64, usize, InspectorIx)> = None;
        let (mut at, mut asked) = (0, 0);
        while at < reached.len() && asked < MOST_ASKED_IN_A_STEP {
            let path = self.path(&reached, at);
            for candidate in self.eligibility.candidates_of(reached[at].engagement) {
                let person = candidate.person;
                asked += 1;
                let gain = gains[at] - self.eligibility.cost(*candidate).0;
                if path.contains(&person) || self.is_held(*candidate) {
                    continue;
                }
                let is_more = best.is_none_or(|(most, ..)| gain > most);
                if gain > 0 && is_more && self.fits_without(*candidate, None) {
                    best = Some((gain, at, person));
                }
                asked += self.held[person.get()].len();
                for engagement in self.held[person.get()].iter().copied() {
                    let given = Candidate { engagement, person };
                    let gain = gain + self.eligibility.cost(given).0;
                    // A ring that saves anything can be begun where each part of it does.
                    if gain > 0
                        && !known.contains(engagement)
                        && !self.is_fixed(given, *candidate)
                        && self.fits_without(*candidate, Some(engagement))
                    {
                        known.insert(engagement);
                        gains.push(gain);
                        reached.push(Reached {
                            engagement,
                            from: Some((at, person)),
                        });
                    }
                }
            }
            at += 1;
        }
        match best {
            Some((_, at, person)) => self.hand_on(&reached, at, person),
            None => {
                self.put(holder);
                self.recount(holder.engagement);
            }
        }
        best.is_some()
    }

    /// The people whose posts change by the chain to `at`.
    fn path(&self, reached: &[Reached], at: usize) -> Vec<InspectorIx> {
        let path = std::iter::successors(reached[at].from, |(at, _)| reached[*at].from);
        path.map(|(_, person)| person).collect()
    }

    /// Every inspection, once for each post that it lacks.
    fn left(&self, role: Role) -> Vec<InspectionIx> {
        let lacks = |inspection: InspectionIx| match (role, self.attended[inspection.get()]) {
            (Role::Lead, Some(_)) | (Role::Team, None) => 0,
            (Role::Lead, None) => 1,
            (Role::Team, Some(window)) => {
                let team = self.eligibility.engagement_of(inspection, window, role);
                let held = team.map_or(0, |team| self.holders[team].len());
                self.eligibility.team_posts(inspection) as usize - held
            }
        };
        let inspections = self.eligibility.inspections();
        inspections
            .flat_map(|inspection| std::iter::repeat_n(inspection, lacks(inspection)))
            .collect()
    }

    /// The posts of teams that stay empty for want of a lead.
    fn without_lead(&self, role: Role) -> i64 {
        let inspections = self.eligibility.inspections();
        let without = inspections.filter(|one| role == Role::Team && !self.has_lead(*one));
        without
            .map(|inspection| i64::from(self.eligibility.team_posts(inspection)))
            .sum()
    }

    /// What an empty post comes to, in T1 or in T3.
    fn weight(&self, role: Role, inspection: InspectionIx) -> i64 {
        let dataset = self.eligibility.dataset;
        match role {
            Role::Lead => attendance::weight(dataset, dataset.inspection(inspection)),
            Role::Team => 1,
        }
    }

    /// Whether `inspection` may lack a post in place of `other`.
    fn may_be_left(&self, role: Role, inspection: InspectionIx, other: InspectionIx) -> bool {
        let team = || {
            let window = self.attended[inspection.get()];
            let team = window.and_then(|window| {
                self.eligibility
                    .engagement_of(inspection, window, Role::Team)
            });
            team.map_or(0, |team| self.holders[team].len())
        };
        match role {
            // Nobody attends without a lead.
            Role::Lead => self.weight(role, inspection) <= self.weight(role, other) && team() == 0,
            Role::Team => true,
        }
    }

    /// The posts of which one more may be filled: a lead's in any window, a team's where its lead is.
    fn roots(&self, role: Role, inspection: InspectionIx) -> Vec<usize> {
        let windows = 0..self.eligibility.windows[inspection.get()].len();
        let attended = self.attended[inspection.get()];
        let windows = windows.filter(|window| role == Role::Lead || attended == Some(*window));
        let posts =
            windows.filter_map(|window| self.eligibility.engagement_of(inspection, window, role));
        posts.filter(|post| self.has_room(*post)).collect()
    }

    /// What chains from any of these empty posts reach, until so many people are asked or somebody
    /// is free.
    fn chains(&self, roots: &[usize], most_asked: usize) -> Chains {
        let root = |engagement: &usize| Reached {
            engagement: *engagement,
            from: None,
        };
        let mut reached: Vec<Reached> = roots.iter().map(root).collect();
        let mut known = FixedBitSet::with_capacity(self.eligibility.engagements.len());
        known.extend(roots.iter().copied());
        let (mut at, mut asked) = (0, 0);
        while at < reached.len() && asked < most_asked {
            let post = reached[at].engagement;
            // What they hold is not what it is now, further along.
            let path = self.path(&reached, at);
            let mut candidates = self.by_days_left(post);
            candidates.retain(|candidate| !path.contains(&candidate.person));
            let mut free = candidates.iter();
            if let Some(free) = free.find(|one| self.fits_without(**one, None)) {
                let end = Some((at, free.person));
                return Chains { reached, end };
            }
            for candidate in candidates {
                let held = &self.held[candidate.person.get()];
                asked += 1 + held.len();
                for given in held.iter().copied() {
                    let is_new = !known.contains(given)
                        && !self.is_fixed(
                            Candidate {
                                engagement: given,
                                ..candidate
                            },
                            candidate,
                        );
                    if is_new && self.fits_without(candidate, Some(given)) {
                        known.insert(given);
                        reached.push(Reached {
                            engagement: given,
                            from: Some((at, candidate.person)),
                        });
                    }
                }
            }
            at += 1;
        }
        Chains { reached, end: None }
    }

    /// Has `person` take the post at `at`, whoever held it the one before, up to the first.
    fn hand_on(&mut self, reached: &[Reached], mut at: usize, mut person: InspectorIx) {
        loop {
            let Reached { engagement, from } = reached[at];
            if let Some((_, holder)) = from
                && self.is_held(Candidate {
                    engagement,
                    person: holder,
                })
            {
                self.release(Candidate {
                    engagement,
                    person: holder,
                });
            }
            self.put(Candidate { engagement, person });
            self.recount(engagement);
            match from {
                Some(before) => (at, person) = before,
                None => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{cheapened, first_plan, worked_in};
    use super::*;
    use crate::allocate::Measures;
    use crate::demo::Spec;
    use crate::eligibility::Eligibility;
    use crate::model::Selection;
    use crate::model::objectives::Tier;
    use crate::test_support;

    /// What the tiers come to, in order; everybody can hold what they are given.
    fn tiers(eligibility: &Eligibility, plan: &Selection) -> [f64; 4] {
        assert!(plan.fits(eligibility));
        let measures = Measures::new(eligibility);
        [Tier::T1, Tier::T2, Tier::T3, Tier::T6].map(|tier| measures.value(tier, plan).number())
    }

    #[test]
    fn chains_fill_posts_and_make_them_cheaper_and_lose_nothing() {
        let (mut led, mut filled, mut cheaper) = (0, 0, 0);
        for seed in 0..30 {
            let Some(dataset) = test_support::read(&Spec::varied(seed, 24, 7, 10)) else {
                continue;
            };
            let eligibility = Eligibility::new(&dataset);
            let Some(first) = first_plan(&eligibility) else {
                // Its pins are not kept this way.
                continue;
            };
            let stop = Stop::never();
            let attended = worked_in(&eligibility, &first, Role::Lead, 0, 1, &stop);
            let whole = worked_in(&eligibility, &attended, Role::Team, 0, 1, &stop);
            let cheap = cheapened(&eligibility, &whole, &stop);
            let [t1, ..] = tiers(&eligibility, &first);
            let [more, weeks, teams, _] = tiers(&eligibility, &attended);
            assert!(more <= t1, "seed {seed}");
            led += i32::from(more < t1);
            let [t1, t2, t3, cost] = tiers(&eligibility, &whole);
            assert_eq!([t1, t2], [more, weeks], "seed {seed}");
            assert!(t3 <= teams, "seed {seed}");
            filled += i32::from(t3 < teams);
            let [one, two, three, less] = tiers(&eligibility, &cheap);
            assert_eq!([one, two, three], [t1, t2, t3], "seed {seed}");
            assert!(less <= cost, "seed {seed}");
            cheaper += i32::from(less < cost);
            // The same seed gives the same.
            let again = worked_in(&eligibility, &attended, Role::Team, 0, 1, &stop);
            assert_eq!(again, whole, "seed {seed}");
        }
        assert!(
            led > 0 && filled > 5 && cheaper > 15,
            "{led} {filled} {cheaper}"
        );
    }
}
