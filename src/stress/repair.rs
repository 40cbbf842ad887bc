//! One draw: absence after absence, each repaired before the next is known.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::absences::{Absence, absences};
use crate::allocate::{AllocateError, Options, Unobserved, allocate};
use crate::domain::{
    Availability, AvailabilityKind, Dataset, DateSpan, Given, InspectionIx, InspectorIx, PinAction,
    Published, PublishedPost, Role,
};
use crate::eligibility::{Candidate, Eligibility};
use crate::model::Selection;
use crate::model::objectives::Tier;
use crate::model::objectives::reserves::{Reserve, could_lead};
use crate::solve::Stop;
use crate::stand_in::{self, Proposal, Vacancy};

/// How an absence is repaired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Each post by the best stand-in, or chain of swaps; else it stays empty.
    StandIn,
    /// The rest of the year planned anew, with as few changes as can be.
    Replan,
}

/// What is stressed.
#[derive(Clone, Copy)]
pub struct Stress<'a> {
    /// The year, and who can hold what.
    pub eligibility: &'a Eligibility<'a>,
    /// The plan.
    pub selection: &'a Selection,
    /// Who leads in a lead's place before anybody else is looked for.
    pub reserves: &'a [Reserve],
    /// How absences are repaired.
    pub repair: Repair,
    /// From which seed absences are drawn.
    pub seed: u64,
}

/// Why a draw could not be made.
#[derive(Debug, thiserror::Error)]
pub enum StressError {
    /// Planning anew failed.
    #[error(transparent)]
    Allocate(#[from] AllocateError),
}

/// A post that an absence left empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lost {
    /// Of which inspection.
    pub inspection: InspectionIx,
    /// In which role.
    pub role: Role,
    /// By whose absence.
    pub person: InspectorIx,
    /// The first day on site.
    pub day: NaiveDate,
    /// Whether its holder could have gone, and stays at home for want of a lead (H1).
    pub at_home: bool,
}

/// What became of a plan in one year of absences.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Absences in which somebody had a post.
    pub absences: u32,
    /// Leads who could not go.
    pub leads_away: u32,
    /// Of them, those whose reserve went.
    pub by_reserves: u32,
    /// Posts whose holders could not go.
    pub posts_away: u32,
    /// Posts that were filled in another way.
    pub refilled: u32,
    /// Posts that are empty at the end and were not, each once, with whose absence it was; with a
    /// lead, the posts of the team too.
    pub lost: Vec<Lost>,
    /// The dataset at the end, with every absence that touched a post.
    pub dataset: Dataset,
    /// Who holds what at the end: positions in [`Eligibility::engagements`], which absences leave as
    /// they are.
    pub held: BTreeSet<Candidate>,
}

/// Draw `number`.
///
/// # Errors
/// If planning anew fails.
pub fn draw(stress: &Stress, number: u32, stop: &Stop) -> Result<Drawn, StressError> {
    let dataset = stress.eligibility.dataset;
    let seats = stress.selection.seats();
    let mut drawn = Drawn {
        absences: 0,
        leads_away: 0,
        by_reserves: 0,
        posts_away: 0,
        refilled: 0,
        lost: Vec::new(),
        dataset: dataset.clone(),
        held: seats
            .map(|seat| stress.eligibility.candidates[seat])
            .collect(),
    };
    // What lies before the day from which the plan was made is past.
    let published = dataset.published.as_ref();
    let is_past = |absence: &Absence| {
        published.is_some_and(|published| absence.span.first() < published.as_of)
    };
    for absence in absences(dataset, stress.seed, number) {
        if stop.is_set() {
            break;
        }
        if is_past(&absence) {
            continue;
        }
        let touched = touched(stress.eligibility, &drawn.held, absence);
        if touched.is_empty() {
            continue;
        }
        drawn.absences += 1;
        drawn.posts_away += touched.len() as u32;
        let role = |post: &Candidate| stress.eligibility.engagement(*post).role;
        let leads = touched.iter().filter(|post| role(post) == Role::Lead);
        drawn.leads_away += leads.count() as u32;
        drawn.dataset.availability.push(Availability {
            inspector: absence.person,
            span: absence.span,
            kind: AvailabilityKind::Unavailable,
            line: 0,
        });
        // Who can't go can't be pinned.
        drawn.dataset.pins.retain(|pin| {
            let is_of = |post: &Candidate| {
                let engagement = stress.eligibility.engagement(*post);
                pin.inspector == post.person && pin.inspection == engagement.inspection
            };
            pin.action == PinAction::Forbid || !touched.iter().any(is_of)
        });
        let left = reserves_go(stress, &mut drawn, absence, touched);
        match stress.repair {
            _ if left.is_empty() => {}
            Repair::StandIn => stand_in(&mut drawn, absence, left),
            Repair::Replan => replan(stress.eligibility, &mut drawn, absence, stop)?,
        }
    }
    let engagement = |post: &Candidate| stress.eligibility.engagement(*post);
    // Posts that were lost and filled again later are not lost at the end.
    let filled = |lost: &Lost| {
        let here = drawn.held.iter().map(engagement);
        here.filter(|post| post.inspection == lost.inspection && post.role == lost.role)
            .count()
    };
    let mut before = std::collections::BTreeMap::<(InspectionIx, Role), usize>::new();
    for seat in stress.selection.seats() {
        let post = stress
            .eligibility
            .engagement(stress.eligibility.candidates[seat]);
        *before.entry((post.inspection, post.role)).or_default() += 1;
    }
    let mut left: Vec<Lost> = Vec::new();
    for lost in drawn.lost.iter().rev() {
        let key = (lost.inspection, lost.role);
        let same = left
            .iter()
            .filter(|other| (other.inspection, other.role) == key);
        let missing = before
            .get(&key)
            .copied()
            .unwrap_or(0)
            .saturating_sub(filled(lost));
        if same.count() < missing {
            left.push(*lost);
        }
    }
    left.sort_unstable();
    let of_the_absent = left.iter().filter(|lost| !lost.at_home).count();
    drawn.refilled = drawn.posts_away.saturating_sub(of_the_absent as u32);
    drawn.lost = left;
    Ok(drawn)
}

/// The posts to which somebody can't go: one of their days on site lies in the absence.
fn touched(
    eligibility: &Eligibility,
    held: &BTreeSet<Candidate>,
    absence: Absence,
) -> Vec<Candidate> {
    let days = eligibility.horizon.days(absence.span);
    let mut touched: Vec<_> = held
        .iter()
        .filter(|post| {
            let engagement = eligibility.engagement(**post);
            post.person == absence.person && engagement.on_site.count_ones(days.clone()) > 0
        })
        .copied()
        .collect();
    touched.sort_by_key(|post| {
        let engagement = eligibility.engagement(*post);
        (engagement.first_day, engagement.role)
    });
    touched
}

/// Each lead's post by the reserve, where that can be still; the other posts are left.
fn reserves_go(
    stress: &Stress,
    drawn: &mut Drawn,
    absence: Absence,
    touched: Vec<Candidate>,
) -> Vec<Candidate> {
    let reserves = stress.reserves;
    if reserves.is_empty() {
        return touched;
    }
    // What is held is told by its place in the year of the plan that is stressed.
    let dataset = Dataset {
        published: stress.eligibility.dataset.published.clone(),
        ..drawn.dataset.clone()
    };
    let eligibility = Eligibility::new(&dataset);
    let mut goes = |post: &Candidate| {
        let engagement = eligibility.engagement(*post);
        let of_it = |reserve: &&Reserve| reserve.inspection == engagement.inspection;
        let reserve = reserves.iter().find(of_it).map(|reserve| Candidate {
            engagement: post.engagement,
            person: reserve.person,
        });
        // A team attends together: nobody joins what has begun.
        let is_to_come = engagement.first_day >= absence.span.first();
        let reserve = reserve.filter(|reserve| {
            let theirs = drawn
                .held
                .iter()
                .filter(|held| held.person == reserve.person);
            let held: Vec<usize> = theirs.map(|held| held.engagement).collect();
            engagement.role == Role::Lead
                && is_to_come
                && eligibility.candidates.binary_search(reserve).is_ok()
                && could_lead(&eligibility, *reserve, &held)
        });
        let Some(reserve) = reserve else { return false };
        drawn.held.remove(post);
        drawn.held.insert(reserve);
        drawn.by_reserves += 1;
        true
    };
    let mut left = touched;
    left.retain(|post| !goes(post));
    left
}

/// Every post by the best stand-in; one that nobody can take stays empty, and a team whose lead
/// nobody replaces stays at home (H1).
fn stand_in(drawn: &mut Drawn, absence: Absence, touched: Vec<Candidate>) {
    let dataset = drawn.dataset.clone();
    let eligibility = Eligibility::new(&dataset);
    let on = absence.span.first();
    for post in touched {
        if !drawn.held.remove(&post) {
            continue;
        }
        let engagement = eligibility.engagement(post);
        let seat = |held: &Candidate| eligibility.candidates.binary_search(held).ok();
        let selection = Selection::new(drawn.held.iter().filter_map(seat).collect());
        let vacancy = Vacancy {
            engagement: post.engagement,
            absent: post.person,
            on: Some(on),
            pinned: None,
        };
        // A team attends together: nobody joins what has begun.
        let begun = engagement.first_day < on;
        let best = if begun {
            None
        } else {
            let found = stand_in::proposals(&eligibility, &selection, &vacancy);
            let holds = |proposal: &Proposal| {
                proposal.moves.iter().all(|step| {
                    let theirs = drawn.held.iter().filter(|held| held.person == step.person);
                    let theirs = theirs.map(|held| held.engagement);
                    let kept = theirs.filter(|held| Some(*held) != step.gives_up);
                    let all: Vec<usize> = kept.chain([step.takes]).collect();
                    eligibility.fits(step.person, &all)
                })
            };
            // Who is late with a report after an absence holds a post that they could not take now:
            // the plan above does not know it.
            found.into_iter().find(holds)
        };
        if let Some(best) = best {
            for step in &best.moves {
                drawn.held.extend([Candidate {
                    engagement: step.takes,
                    person: step.person,
                }]);
                if let Some(given_up) = step.gives_up {
                    drawn.held.remove(&Candidate {
                        engagement: given_up,
                        person: step.person,
                    });
                }
            }
            continue;
        }
        let lost = |role, at_home| Lost {
            inspection: engagement.inspection,
            role,
            person: absence.person,
            day: engagement.first_day,
            at_home,
        };
        drawn.lost.push(lost(engagement.role, false));
        if engagement.role == Role::Lead && !begun {
            let inspection = engagement.inspection;
            let is_there =
                |held: &&Candidate| eligibility.engagement(**held).inspection == inspection;
            let team: Vec<_> = drawn.held.iter().filter(is_there).copied().collect();
            for member in team {
                drawn.held.remove(&member);
                drawn.lost.push(lost(Role::Team, true));
            }
        }
    }
}

/// The rest of the year planned anew from the first day of the absence. What is held is told by its
/// place in `before`, the year of the plan that is stressed.
fn replan(
    before: &Eligibility,
    drawn: &mut Drawn,
    absence: Absence,
    stop: &Stop,
) -> Result<(), StressError> {
    let mut anew = drawn.dataset.clone();
    anew.published = Some(published(before, &drawn.held, absence.span.first()));
    let eligibility = Eligibility::new(&anew);
    let options = Options {
        stop_after: Some(Tier::T4),
        max_nodes: Some(200),
        ..Options::default()
    };
    let allocation = allocate(&eligibility, &options, stop, &mut Unobserved)?;
    let now = allocation.selection.seats().filter_map(|seat| {
        let held = eligibility.candidates[seat];
        let post = eligibility.engagement(held);
        let engagement = before.engagements.iter().position(|other| {
            (other.inspection, other.role) == (post.inspection, post.role)
                && (other.first_day, other.last_day) == (post.first_day, post.last_day)
        })?;
        Some(Candidate {
            engagement,
            person: held.person,
        })
    });
    let now: BTreeSet<_> = now.collect();
    for post in drawn.held.difference(&now) {
        let engagement = before.engagement(*post);
        drawn.lost.push(Lost {
            inspection: engagement.inspection,
            role: engagement.role,
            person: absence.person,
            day: engagement.first_day,
            at_home: post.person != absence.person,
        });
    }
    drawn.held = now;
    drawn.dataset = anew;
    Ok(())
}

/// What is held, as it was published on the day before `as_of`.
fn published(eligibility: &Eligibility, held: &BTreeSet<Candidate>, as_of: NaiveDate) -> Published {
    let dataset = eligibility.dataset;
    let notice = chrono::Days::new(u64::from(dataset.policy.notice.lead_name_days));
    let posts = held.iter().filter_map(|held| {
        let engagement = eligibility.engagement(*held);
        let inspection = dataset.inspection(engagement.inspection);
        let person = dataset.inspector(held.person);
        let begins = inspection.dates.first().min(engagement.first_day);
        Some(PublishedPost {
            inspection: Some(engagement.inspection),
            inspection_id: inspection.id.clone(),
            establishment_id: dataset.establishment(inspection.establishment).id.clone(),
            role: engagement.role,
            inspector: Some(held.person),
            inspector_id: person.id.clone(),
            inspector_name: person.name.clone(),
            days: DateSpan::new(engagement.first_day, engagement.last_day)?,
            different_week: eligibility.window(engagement).different_week,
            name_due: (engagement.role == Role::Lead).then(|| begins - notice),
            line: 1,
        })
    });
    Published {
        as_of,
        as_of_given: Given::InBase,
        posts: posts.collect(),
        given: Given::InBase,
        file: Vec::new(),
        sha256: String::new(),
    }
}
