//! Posts given out anew, in large years: a few people hand in some of what they hold, and each of
//! these posts goes to whoever is cheapest and can take it (ruin and recreate, Schrimpf and others 2000).
//! What is a little dearer is kept as well at first, and less and less of it (simulated annealing).

use std::cmp::Reverse;
use std::iter::zip;

use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::Draft;
use crate::domain::InspectorIx;
use crate::eligibility::Candidate;
use crate::solve::Stop;

/// How often this is tried, for each post that is held; with a time limit that ends it sooner, as often
/// as there is time for.
const TRIALS_OF_A_POST: u64 = 10_000;

/// How many trials are made between two looks at the clock.
const TRIALS_AT_A_TIME: u64 = 64;

/// The temperatures at the beginning and at the end, in pence: a plan that is dearer by so much is
/// kept once in e times.
const HOTTEST: f64 = 20_000.0;
const COLDEST: f64 = 200.0;

/// How many people are asked beside who holds a post, and how many of their posts each hands in.
const MOST_ASKED: usize = 3;
const MOST_HANDED_IN: usize = 4;

/// How often somebody who is cheaper is passed over, so that no two trials are alike.
const PASSED_OVER: f64 = 0.02;

/// One person's price for a post, in pence.
type Offer = (i64, InspectorIx);

/// The posts that may change hands, and what everybody would cost in each.
struct Market {
    /// Each that is held, and once more for each further person who holds it.
    posts: Vec<usize>,
    /// Of each engagement that is held, the cheapest first.
    offers: Vec<Vec<Offer>>,
}

impl Market {
    fn new(draft: &Draft) -> Self {
        let eligibility = draft.eligibility;
        let held = draft.holders.iter().enumerate();
        let posts = held.flat_map(|(post, holders)| std::iter::repeat_n(post, holders.len()));
        let offers = draft.holders.iter().enumerate().map(|(post, holders)| {
            if holders.is_empty() {
                return Vec::new();
            }
            let candidates = eligibility.candidates_of(post).iter();
            let offers = candidates.map(|one| (eligibility.cost(*one).0, one.person));
            let mut offers: Vec<Offer> = offers.collect();
            offers.sort_unstable();
            offers
        });
        Self {
            posts: posts.collect(),
            offers: offers.collect(),
        }
    }
}

impl Draft<'_> {
    /// Gives posts out anew, a few at a time, until as many trials are made as there are posts for, or
    /// it is told to stop. It is cheaper at the end than it was, mostly; where it is stopped early it may
    /// be dearer.
    pub(super) fn give_anew(&mut self, seed: u32, stop: &Stop) {
        let mut random = ChaCha8Rng::seed_from_u64(u64::from(seed));
        let market = Market::new(self);
        if market.posts.is_empty() {
            return;
        }
        let trials = TRIALS_OF_A_POST * market.posts.len() as u64;
        let time = stop.left();
        let mut temperature = HOTTEST;
        for trial in 0..trials {
            if trial.is_multiple_of(TRIALS_AT_A_TIME) {
                if stop.is_set() {
                    return;
                }
                let of_time =
                    zip(time, stop.left()).map(|(time, left)| 1.0 - left.div_duration_f64(time));
                let done = of_time.fold(trial as f64 / trials as f64, f64::max);
                temperature = HOTTEST * (COLDEST / HOTTEST).powf(done);
            }
            self.try_anew(&market, temperature, &mut random);
        }
    }

    /// A trial; where it comes to more than it may, all is as it was.
    fn try_anew(&mut self, market: &Market, temperature: f64, random: &mut ChaCha8Rng) {
        let eligibility = self.eligibility;
        let handed_in = self.handed_in(market, random);
        let cost = |held: &Candidate| eligibility.cost(*held).0;
        let before: i64 = handed_in.iter().map(cost).sum();
        // Not of 0.
        let more = -temperature * (1.0 - random.random::<f64>()).ln();
        let most = before + more as i64;
        let mut posts: Vec<usize> = handed_in.iter().map(|held| held.engagement).collect();
        match random.random_range(0..3) {
            0 => posts.shuffle(random),
            1 => posts.sort_by_key(|post| Reverse(eligibility.engagements[*post].days())),
            _ => posts.sort_by_key(|post| market.offers[*post].len()),
        }
        handed_in.iter().for_each(|held| self.lift(*held));
        let given_out = self.given_out(market, &posts, most, random);
        if given_out.len() < posts.len() {
            given_out.iter().for_each(|held| self.lift(*held));
            handed_in.iter().for_each(|held| self.put(*held));
        }
    }

    /// Some posts of who holds one drawn at random, and of a few who could: of each those that are next
    /// to it in time. Of how cheap they are there are as many among the first ten as among the
    /// next ninety.
    fn handed_in(&self, market: &Market, random: &mut ChaCha8Rng) -> Vec<Candidate> {
        let eligibility = self.eligibility;
        let drawn = market.posts[random.random_range(0..market.posts.len())];
        let holders = &self.holders[drawn];
        let mut people = vec![holders[random.random_range(0..holders.len())].person];
        let offers = &market.offers[drawn];
        for _ in 0..random.random_range(1..=MOST_ASKED) {
            let rank = (offers.len() as f64).powf(random.random()) as usize;
            let (_, person) = offers[rank.clamp(1, offers.len()) - 1];
            if !people.contains(&person) {
                people.push(person);
            }
        }
        let begins = |post: usize| eligibility.engagements[post].extent.0;
        let mut handed_in = Vec::new();
        for person in people {
            let mut own = self.held[person.get()].clone();
            own.sort_by_key(|post| begins(*post).abs_diff(begins(drawn)));
            own.truncate(random.random_range(1..=MOST_HANDED_IN));
            let own = own
                .into_iter()
                .map(|engagement| Candidate { engagement, person });
            handed_in.extend(own.filter(|held| !self.is_pinned(*held)));
        }
        handed_in
    }

    /// Gives each of `posts` to the cheapest who can take it, as long as they cost no more than `most`
    /// together: fewer where one finds nobody.
    fn given_out(
        &mut self,
        market: &Market,
        posts: &[usize],
        most: i64,
        random: &mut ChaCha8Rng,
    ) -> Vec<Candidate> {
        let cheapest = |post: usize| market.offers[post][0].0;
        // What all costs at least that is not given out yet.
        let mut left: i64 = posts.iter().map(|post| cheapest(*post)).sum();
        let (mut cost, mut given_out) = (0, Vec::new());
        for engagement in posts.iter().copied() {
            left -= cheapest(engagement);
            let offers = market.offers[engagement].iter();
            let mut affordable = offers.take_while(|(own, _)| cost + own + left <= most);
            let taken = affordable.find_map(|(own, person)| {
                let candidate = Candidate {
                    engagement,
                    person: *person,
                };
                let takes = !random.random_bool(PASSED_OVER) && self.fits_without(candidate, None);
                takes.then_some((*own, candidate))
            });
            let Some((own, candidate)) = taken else { break };
            cost += own;
            self.put(candidate);
            given_out.push(candidate);
        }
        given_out
    }
}

#[cfg(test)]
mod tests {
    use super::super::{cheapened, first_plan, given_anew};
    use super::*;
    use crate::allocate::Measures;
    use crate::demo::Spec;
    use crate::eligibility::Eligibility;
    use crate::model::Selection;
    use crate::model::objectives::Tier;
    use crate::test_support;

    /// The same posts are held, pins are kept, everybody can hold what they are given, and it is cheaper than
    /// by chains alone.
    #[test]
    fn the_same_posts_are_given_to_whom_they_are_cheaper_with() {
        let (mut cheaper, mut as_cheap) = (0, 0);
        for seed in 0..12 {
            let Some(dataset) = test_support::read(&Spec::varied(seed, 12, 5, 7)) else {
                continue;
            };
            let eligibility = Eligibility::new(&dataset);
            let Some(first) = first_plan(&eligibility) else {
                // Its pins are not kept this way.
                continue;
            };
            let stop = Stop::never();
            let anew = given_anew(&eligibility, &first, 1, &stop);
            assert!(anew.fits(&eligibility));
            let posts = |plan: &Selection| {
                let engagement = |seat: usize| eligibility.candidates[seat].engagement;
                let mut posts: Vec<usize> = plan.seats().map(engagement).collect();
                posts.sort_unstable();
                posts
            };
            assert_eq!(posts(&anew), posts(&first), "seed {seed}");
            let pinned = |plan: &Selection| {
                let draft = Draft::holding(&eligibility, plan, |_, _| true);
                let held = draft.holders.iter().flatten();
                held.filter(|held| draft.is_pinned(**held)).count()
            };
            assert_eq!(pinned(&anew), pinned(&first), "seed {seed}");
            let measures = Measures::new(&eligibility);
            let cost = |plan: &Selection| measures.value(Tier::T6, plan).number();
            let by_chains = cheapened(&eligibility, &first, &stop);
            let anew_cost = cost(&anew);
            cheaper += i32::from(anew_cost < cost(&by_chains));
            as_cheap += i32::from(anew_cost <= cost(&by_chains));
            // The same seed gives the same.
            assert_eq!(given_anew(&eligibility, &first, 1, &stop), anew);
        }
        assert!(cheaper > 4 && as_cheap > 8, "{cheaper} {as_cheap}");
    }
}
