//! What would fill one empty post: the cheapest changes with which it is filled and no other
//! inspection is worse off.
//!
//! Inspections whose work can lie in the same days may take each other's people for it; all
//! others keep theirs, so that a post is answered in a second. Then the whole year is asked whether
//! anything cheaper fills it, or anything at all where nothing near does. It is asked for more and more
//! money, for the less there is, the sooner it is answered. The posts of an inspection are filled
//! one after the other, its lead's first, each with the changes of those before it made already.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::about::same_post;
use super::frontier::Proof;
use super::program::Base;
use super::question::{Cut, Goal, Limits, Optimum, Solved};
use super::stated::Stated;
use super::{RemedyError, mended, universe};
use crate::domain::{InspectionIx, RemedyKind, Role};
use crate::eligibility::{Candidate, Eligibility, Engagement};
use crate::model::objectives::Tier;
use crate::model::{MOST_STATED, Selection, Year};
use crate::solve::Stop;

/// How far one question is searched: nearly all are answered before there is anything to branch
/// on, and the others would take minutes.
const NODES: u32 = 5;

/// The share of the time in which it is also asked whether the whole year fills a post for less.
const FROM_AFAR: f64 = 0.5;

/// What would fill an empty post.
#[derive(Clone, Debug)]
pub struct Filling {
    /// Of which inspection.
    pub inspection: InspectionIx,
    /// In which role.
    pub role: Role,
    /// The kinds of the changes, those of the posts before it left out; nothing where none are known that fill it.
    pub kinds: Option<Vec<RemedyKind>>,
    /// Whether it is proven that nothing cheaper does.
    pub proof: Proof,
}

/// What would fill each empty post of `selection`, by inspection, its lead's post first; what
/// a change of a kind costs is `price`.
pub fn fillings(
    before: &Eligibility,
    selection: &Selection,
    price: &dyn Fn(RemedyKind) -> f64,
    seed: u32,
    stop: &Stop,
) -> Result<Vec<Filling>, RemedyError> {
    let short = short(before, selection);
    if short.is_empty() {
        return Ok(Vec::new());
    }
    if stop.is_set() {
        return Ok(unknown(before, selection, &short));
    }
    let universe = universe(before);
    let all = mended(before.dataset, &universe).ok_or(RemedyError::Unsound)?;
    let after = Eligibility::new(&all);
    if after.candidates.len() > MOST_STATED {
        return Ok(unknown(before, selection, &short));
    }
    let prices = universe.iter().map(|remedy| price(remedy.kind)).collect();
    let Some(year) = Year::unless_stopped(&after, stop) else {
        return Ok(unknown(before, selection, &short));
    };
    let base = Base::new(before, &universe, (&after, year.exclusions), prices, seed);
    let plan = carried_over(before, &after, selection);
    let afar = stop.for_share(FROM_AFAR);
    let of_each: Vec<Vec<Filling>> = short
        .into_par_iter()
        .with_max_len(1)
        .map(|inspection| {
            let mut posts = Posts::new(base.clone(), inspection, plan.clone(), stop);
            posts.afar = Some(&afar);
            posts.fill()
        })
        .collect::<Result<_, _>>()?;
    let mut all: Vec<Filling> = of_each.into_iter().flatten().collect();
    all.sort_by_key(|filling| filling.inspection);
    Ok(all)
}

/// The empty posts of inspections for which nothing was looked at.
fn unknown(year: &Eligibility, selection: &Selection, short: &[InspectionIx]) -> Vec<Filling> {
    let posts = |inspection: &InspectionIx| {
        let inspection = *inspection;
        let [lead, team] = filled(year, selection, inspection);
        let empty = [1 - lead, year.team_posts(inspection) - team];
        let of_role = move |(role, posts)| {
            (0..posts).map(move |_| Filling {
                inspection,
                role,
                kinds: None,
                proof: Proof::Open,
            })
        };
        std::iter::zip([Role::Lead, Role::Team], empty).flat_map(of_role)
    };
    let mut all: Vec<Filling> = short.iter().flat_map(posts).collect();
    all.sort_by_key(|filling| filling.inspection);
    all
}

/// A set with which every post of the year is filled, and the plan in the year with all changes
/// that shows it: one inspection after the other is filled, with all that is made before it; nothing
/// where one can't be.
pub(super) fn one_after_the_other(
    base: &Base,
    selection: &Selection,
    stop: &Stop,
) -> Result<Option<(Vec<usize>, Selection)>, RemedyError> {
    let mut base = base.clone();
    let mut plan = carried_over(base.before, base.after, selection);
    let mut set = BTreeSet::new();
    for inspection in short(base.before, selection) {
        let mut posts = Posts::new(base, inspection, plan, stop);
        let fillings = posts.fill()?;
        if fillings.iter().any(|filling| filling.kinds.is_none()) {
            return Ok(None);
        }
        set.append(&mut posts.made);
        (base, plan) = (posts.base, posts.plan);
    }
    Ok(Some((set.into_iter().collect(), plan)))
}

/// The inspections with an empty post, those with most of them first: they take longest.
pub(super) fn short(year: &Eligibility, selection: &Selection) -> Vec<InspectionIx> {
    let empty = |ix: InspectionIx| {
        let [lead, team] = filled(year, selection, ix);
        1 - lead + year.team_posts(ix) - team
    };
    let inspections = year.inspections();
    let mut short: Vec<InspectionIx> = inspections.filter(|ix| empty(*ix) > 0).collect();
    short.sort_by_key(|ix| std::cmp::Reverse(empty(*ix)));
    short
}

/// The lead and the team that an inspection has.
fn filled(year: &Eligibility, plan: &Selection, inspection: InspectionIx) -> [u32; 2] {
    let mut filled = [0; 2];
    for seat in plan.seats() {
        let post = year.engagement(year.candidates[seat]);
        if post.inspection == inspection {
            filled[usize::from(post.role == Role::Team)] += 1;
        }
    }
    filled
}

/// The same plan in the year with all changes, which has every seat of the one before.
pub(super) fn carried_over(
    before: &Eligibility,
    after: &Eligibility,
    plan: &Selection,
) -> Selection {
    let seat = |seat: usize| {
        let candidate = before.candidates[seat];
        let candidate = Candidate {
            engagement: same_post(after, before, candidate.engagement)?,
            person: candidate.person,
        };
        after.candidates.binary_search(&candidate).ok()
    };
    Selection::new(plan.seats().filter_map(seat).collect())
}

/// The empty posts of an inspection.
struct Posts<'a> {
    base: Base<'a>,
    inspection: InspectionIx,
    /// The rows that keep all others as well off as they are.
    kept: Vec<Cut>,
    /// The plan, with what has been filled so far.
    plan: Selection,
    /// The changes that were made for it.
    made: BTreeSet<usize>,
    stop: &'a Stop,
    /// Until when the whole year is asked for less, where that is wanted.
    afar: Option<&'a Stop>,
}

impl<'a> Posts<'a> {
    fn new(base: Base<'a>, inspection: InspectionIx, plan: Selection, stop: &'a Stop) -> Self {
        let mut posts = Self {
            base,
            inspection,
            kept: Vec::new(),
            plan,
            made: BTreeSet::new(),
            stop,
            afar: None,
        };
        posts.kept = posts.others_kept();
        posts
    }

    fn fill(&mut self) -> Result<Vec<Filling>, RemedyError> {
        let mut fillings = Vec::new();
        let [mut lead, mut team] = filled(self.base.after, &self.plan, self.inspection);
        let wanted = self.base.after.team_posts(self.inspection);
        while lead < 1 || team < wanted {
            let role = if lead < 1 { Role::Lead } else { Role::Team };
            match role {
                Role::Lead => lead += 1,
                Role::Team => team += 1,
            }
            let (found, proof) = self.cheapest([lead, team])?;
            let kinds = found.map(|optimum| {
                let kinds = optimum.set.iter().filter(|at| !self.base.is_free(**at));
                let kinds = kinds.map(|at| self.base.universe[*at].kind).collect();
                self.base.make(&optimum.set);
                self.made.extend(&optimum.set);
                self.plan = optimum.selection;
                kinds
            });
            let is_filled = kinds.is_some();
            fillings.push(Filling {
                inspection: self.inspection,
                role,
                kinds,
                proof,
            });
            if !is_filled {
                // Those after it are not filled either: its lead is missing, or nobody is left.
                let left = [1 - lead, wanted - team];
                for (role, posts) in std::iter::zip([Role::Lead, Role::Team], left) {
                    fillings.extend((0..posts).map(|_| Filling {
                        inspection: self.inspection,
                        role,
                        kinds: None,
                        proof,
                    }));
                }
                return Ok(fillings);
            }
        }
        Ok(fillings)
    }

    /// The cheapest changes with which the inspection has that lead and team.
    fn cheapest(&mut self, wanted: [u32; 2]) -> Result<(Option<Optimum>, Proof), RemedyError> {
        if self.stop.is_set() {
            return Ok((None, Proof::Open));
        }
        let mut rows = self.kept.clone();
        rows.extend(self.has(wanted));
        let mut stated = self.base.state(&rows)?;
        let near = self.base.near(self.inspection);
        let near = self.base.held_but(&near, &self.plan);
        let steps = self.base.steps();
        for at_most in &steps {
            match self.ask(&mut stated, &near, *at_most, self.stop)? {
                Solved::Found(optimum, _) => {
                    return self.or_from_afar(&mut stated, optimum, &steps);
                }
                Solved::Impossible => {}
                Solved::Unknown => return Ok((None, Proof::Open)),
            }
        }
        // What nobody near can give may be had from afar.
        let (found, proven) = self.cheapest_from_afar(&mut stated, &steps, self.stop)?;
        Ok((found, Proof::of(&[proven])))
    }

    /// `near`, or what is had from afar where that is cheaper: days that somebody has left over
    /// there may be worth more here.
    fn or_from_afar(
        &mut self,
        stated: &mut Stated,
        near: Optimum,
        steps: &[f64],
    ) -> Result<(Option<Optimum>, Proof), RemedyError> {
        let Some(afar) = self.afar else {
            return Ok((Some(near), Proof::Open));
        };
        let price = self.base.price_of(&near.set);
        if price <= self.base.least_price() {
            let proof = Proof::of(&[near.proven]);
            return Ok((Some(near), proof));
        }
        let cheaper = self.cheaper_than(price);
        let less = steps.iter().copied().take_while(|step| *step < cheaper);
        let steps: Vec<f64> = less.chain([cheaper]).collect();
        Ok(match self.cheapest_from_afar(stated, &steps, afar)? {
            (Some(found), proven) => (Some(found), Proof::of(&[proven])),
            (None, proven) => {
                let proof = Proof::of(&[proven, near.proven]);
                (Some(near), proof)
            }
        })
    }

    /// The cheapest changes with which there is a plan of the whole year, asked for more and more
    /// money; and whether it is proven that none are cheaper, or that there are none.
    fn cheapest_from_afar(
        &mut self,
        stated: &mut Stated,
        steps: &[f64],
        stop: &Stop,
    ) -> Result<(Option<Optimum>, bool), RemedyError> {
        let mut proven = true;
        for at_most in steps {
            match self.ask_from_afar(stated, *at_most, proven, stop)? {
                Solved::Found(optimum, _) => {
                    proven &= optimum.proven;
                    return Ok((Some(optimum), proven));
                }
                Solved::Impossible => {}
                Solved::Unknown => proven = false,
            }
        }
        Ok((None, proven))
    }

    /// One of these questions. A plan among few seats is soon found, and that nothing cheaper will do is
    /// then soon shown. Where it is open whether less would do, more is only looked for among few: of
    /// all seats that would take as long, and be no more certain.
    fn ask_from_afar(
        &mut self,
        stated: &mut Stated,
        at_most: f64,
        less_is_settled: bool,
        stop: &Stop,
    ) -> Result<Solved, RemedyError> {
        let limits = Self::limits(&[], at_most);
        let few = match self.base.ask_among_few(stated, &limits, stop)? {
            Solved::Found(few, _) => few,
            Solved::Impossible => return Ok(Solved::Impossible),
            Solved::Unknown if less_is_settled => return self.ask(stated, &[], at_most, stop),
            Solved::Unknown => return Ok(Solved::Unknown),
        };
        let price = self.base.price_of(&few.set);
        let mut proven = less_is_settled;
        if less_is_settled && price > 0.0 {
            match self.ask(stated, &[], self.cheaper_than(price), stop)? {
                Solved::Found(cheaper, proven) => return Ok(Solved::Found(cheaper, proven)),
                Solved::Impossible => {}
                Solved::Unknown => proven = false,
            }
        }
        let few = Optimum { proven, ..few };
        Ok(Solved::Found(few, vec![proven]))
    }

    /// The most that is less than `price`.
    fn cheaper_than(&self, price: f64) -> f64 {
        price - f64::max(self.base.step(), 1e-3)
    }

    fn limits<'s>(seats: &'s [Option<bool>], at_most: f64) -> Limits<'s> {
        Limits {
            seats,
            price: Some(at_most),
            nodes: Some(NODES),
            ..Limits::default()
        }
    }

    /// The cheapest changes of `at_most` together, with `seats` as they are.
    fn ask(
        &mut self,
        stated: &mut Stated,
        seats: &[Option<bool>],
        at_most: f64,
        stop: &Stop,
    ) -> Result<Solved, RemedyError> {
        let limits = Self::limits(seats, at_most);
        self.base.ask(stated, &limits, &[Goal::Price], stop)
    }

    fn is_own(&self, seat: usize) -> bool {
        let after = self.base.after;
        after.engagement(after.candidates[seat]).inspection == self.inspection
    }

    /// At least so many of the inspection's lead's and team's seats.
    fn has(&self, wanted: [u32; 2]) -> [Cut; 2] {
        let after = self.base.after;
        let row = |role: Role, posts: u32| {
            let seats = (0..after.candidates.len()).filter(|seat| {
                self.is_own(*seat) && after.engagement(after.candidates[*seat]).role == role
            });
            Cut {
                seats: seats.map(|seat| (seat, -1.0)).collect(),
                changes: Vec::new(),
                most: -f64::from(posts),
            }
        };
        [row(Role::Lead, wanted[0]), row(Role::Team, wanted[1])]
    }

    /// T1, T2 and T3 of all other inspections together are no worse than they are. Weeks count in
    /// all, for they come before teams; but not this one's, where it is not attended, and none where
    /// the policy has teams come first.
    fn others_kept(&self) -> Vec<Cut> {
        let dataset = self.base.after.dataset;
        let [lead, _] = filled(self.base.after, &self.plan, self.inspection);
        let may_move = lead == 0;
        let tiers = match dataset.policy.different_week.to_fill_teams {
            true => &[Tier::T1, Tier::T3][..],
            false => &[Tier::T1, Tier::T2, Tier::T3],
        };
        let tiers = tiers.iter().copied();
        let rows = tiers.filter_map(|tier| {
            let counts = |seat: usize| !self.is_own(seat) || (tier == Tier::T2 && !may_move);
            let row = self.base.tier_row(tier, counts)?;
            let held = row
                .seats
                .iter()
                .filter(|(seat, _)| self.plan.contains(*seat));
            Some(Cut {
                most: held.map(|(_, factor)| factor).sum(),
                ..row
            })
        });
        rows.collect()
    }
}

impl Base<'_> {
    /// Every seat of the inspections that are not `free` as it is in `plan`.
    pub(super) fn held_but(
        &self,
        free: &BTreeSet<InspectionIx>,
        plan: &Selection,
    ) -> Vec<Option<bool>> {
        let seats = self.after.candidates.iter().enumerate();
        seats
            .map(|(seat, candidate)| {
                let inspection = self.after.engagement(*candidate).inspection;
                (!free.contains(&inspection)).then(|| plan.contains(seat))
            })
            .collect()
    }

    /// The inspections whose work can lie in the same days as that of `inspection`.
    pub(super) fn near(&self, inspection: InspectionIx) -> BTreeSet<InspectionIx> {
        let posts = || self.after.engagements.iter();
        let own = || posts().filter(|post| post.inspection == inspection);
        let first = own().map(|post| post.extent.0).min();
        let last = own().map(|post| post.extent.1).max();
        let (Some(first), Some(last)) = (first, last) else {
            return BTreeSet::new();
        };
        let is_near = |post: &&Engagement| post.extent.0 <= last && first <= post.extent.1;
        posts()
            .filter(is_near)
            .map(|post| post.inspection)
            .collect()
    }
}
