//! The cause of each empty post: the first of clearance, site capacity and different week
//! whose mending alone, solved again, fills it with nobody else worse off; else resourcing.

use rayon::prelude::*;

use super::{Cause, Obstacle, Shortfall, days_of_post, tally};
use crate::allocate::{Measures, with_posts_filled};
use crate::domain::{Dataset, DifferentWeek, InspectionIx, Role};
use crate::eligibility::{Eligibility, Waiver};
use crate::model::objectives::Tier;
use crate::model::{Columns, Program, Selection, Values};
use crate::solve::{End, Settings, SolveError, Stop};

/// A failure while solving again.
pub type CauseError = SolveError;

/// How far one mend is searched. What is not found within it is not confirmed, and said so.
const MAX_NODES: u32 = 500;

/// Posts of one inspection that are filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Filled {
    lead: u32,
    team: u32,
}

impl Filled {
    fn of(self, role: Role) -> u32 {
        match role {
            Role::Lead => self.lead,
            Role::Team => self.team,
        }
    }
}

/// What mending one obstacle at one inspection comes to.
#[derive(Clone, Copy, Debug)]
struct Mended {
    cause: Cause,
    filled: Filled,
    /// Whether nothing more could be filled this way, or the search was cut short.
    certain: bool,
}

/// Every empty post of `selection`, with its cause, by inspection, role and cause.
pub fn shortfalls(
    eligibility: &Eligibility,
    selection: &Selection,
    seed: u32,
    stop: &Stop,
) -> Result<Vec<Shortfall>, CauseError> {
    let short: Vec<_> = eligibility
        .inspections()
        .filter(|ix| {
            let filled = filled(eligibility, selection, *ix);
            filled.lead == 0 || filled.team < eligibility.team_posts(*ix)
        })
        .collect();
    let of_each: Vec<_> = short
        .into_par_iter()
        .map(|inspection| of_inspection(eligibility, selection, inspection, seed, stop))
        .collect::<Result<_, _>>()?;
    Ok(of_each.into_iter().flatten().collect())
}

fn of_inspection(
    eligibility: &Eligibility,
    selection: &Selection,
    inspection: InspectionIx,
    seed: u32,
    stop: &Stop,
) -> Result<Vec<Shortfall>, CauseError> {
    let base = filled(eligibility, selection, inspection);
    let all = Filled {
        lead: 1,
        team: eligibility.team_posts(inspection),
    };
    let mut mends: Vec<Mended> = Vec::new();
    let mut cut = false;
    for cause in [Cause::Clearance, Cause::SiteCapacity, Cause::DifferentWeek] {
        // The first that fills a post is its cause: once all are filled, nothing is left to ask.
        if mends.iter().any(|mended| mended.filled == all) {
            break;
        }
        if stop.is_set() {
            cut = true;
            break;
        }
        mends.extend(mend(eligibility, selection, inspection, cause, seed, stop)?);
    }
    let held = selection.held(eligibility);
    let window = window_of(eligibility, selection, inspection);
    let mut shortfalls = Vec::new();
    for (role, wanted) in [
        (Role::Lead, 1),
        (Role::Team, eligibility.team_posts(inspection)),
    ] {
        let mut from = base.of(role);
        if from >= wanted {
            continue;
        }
        let tally = tally(eligibility, &held, inspection, window, role);
        let mut row = |posts, cause: Cause, mended: &str| {
            let explanation = match tally.people {
                0 => format!("no day on which anybody could attend{mended}"),
                _ => format!("{}{mended}", tally.sentence(role)),
            };
            shortfalls.push(Shortfall {
                inspection,
                role,
                posts,
                inspector_days: posts * days_of_post(eligibility, inspection, role),
                cause,
                explanation,
            });
        };
        for mended in &mends {
            let to = mended.filled.of(role).min(wanted);
            if to > from {
                row(to - from, mended.cause, remedy(mended.cause));
                from = to;
            }
        }
        if from < wanted {
            let uncertain = cut || mends.iter().any(|mended| !mended.certain);
            let note = if uncertain {
                "; not every remedy could be searched to the end"
            } else {
                ""
            };
            row(wanted - from, Cause::Resourcing, note);
        }
    }
    Ok(shortfalls)
}

fn remedy(cause: Cause) -> &'static str {
    match cause {
        Cause::Clearance => "; with clearances, DBS checks and training in order it can be filled",
        Cause::SiteCapacity => "; with more places on the site it can be filled",
        Cause::DifferentWeek => "; in a different week it can be filled",
        Cause::Resourcing => "",
    }
}

fn filled(eligibility: &Eligibility, selection: &Selection, inspection: InspectionIx) -> Filled {
    let mut filled = Filled::default();
    for seat in selection.seats() {
        let post = eligibility.engagement(eligibility.candidates[seat]);
        if post.inspection == inspection {
            match post.role {
                Role::Lead => filled.lead += 1,
                Role::Team => filled.team += 1,
            }
        }
    }
    filled
}

/// The window in which an inspection is attended; the normal one where it is not.
pub fn window_of(
    eligibility: &Eligibility,
    selection: &Selection,
    inspection: InspectionIx,
) -> usize {
    let posts = selection
        .seats()
        .map(|seat| eligibility.engagement(eligibility.candidates[seat]));
    posts
        .filter(|post| post.inspection == inspection)
        .map(|post| post.window)
        .next()
        .unwrap_or(0)
}

/// What `cause` mended at `inspection` fills there; nothing where mending it changes nothing.
fn mend(
    eligibility: &Eligibility,
    selection: &Selection,
    inspection: InspectionIx,
    cause: Cause,
    seed: u32,
    stop: &Stop,
) -> Result<Option<Mended>, CauseError> {
    let Some((dataset, waiver)) = mended_dataset(eligibility, selection, inspection, cause) else {
        return Ok(None);
    };
    let mended = Eligibility::new(&dataset, waiver);
    // Attendance goes before the week (T1 before T2): a lead may be won by moving.
    let unattended = filled(eligibility, selection, inspection).lead == 0;
    let may_move = unattended || cause == Cause::DifferentWeek;
    let again = Again {
        mended: &mended,
        inspection,
        may_move,
    };
    again
        .solve(eligibility, selection, seed, stop)
        .map(|(filled, certain)| {
            Some(Mended {
                cause,
                filled,
                certain,
            })
        })
}

/// The dataset in which `cause` is mended at `inspection`, where that can matter.
fn mended_dataset(
    eligibility: &Eligibility,
    selection: &Selection,
    inspection: InspectionIx,
    cause: Cause,
) -> Option<(Dataset, Waiver)> {
    let mut dataset = eligibility.dataset.clone();
    let row = &mut dataset.programme[inspection.get()];
    match cause {
        Cause::Clearance => {
            let held = selection.held(eligibility);
            let window = window_of(eligibility, selection, inspection);
            let stops = [Role::Lead, Role::Team].iter().any(|role| {
                let tally = tally(eligibility, &held, inspection, window, *role);
                tally.stopped.contains_key(&Obstacle::NotCleared)
            });
            // Somebody who is busy then, and not cleared either, may be exchanged.
            let any = stops || {
                let waiver = Waiver {
                    clearance_at: Some(inspection),
                };
                let candidates = Eligibility::new(eligibility.dataset, waiver)
                    .candidates
                    .len();
                candidates > eligibility.candidates.len()
            };
            any.then_some((
                dataset,
                Waiver {
                    clearance_at: Some(inspection),
                },
            ))
        }
        Cause::SiteCapacity => {
            let site = row.establishment;
            dataset.establishments[site.get()].site_capacity.take()?;
            Some((dataset, Waiver::default()))
        }
        Cause::DifferentWeek => {
            let policy = &dataset.policy.different_week;
            // Where it may move already, T1 has seen to it; T3 does not move a week by itself.
            let tried = row.different_week != DifferentWeek::No
                && filled(eligibility, selection, inspection).lead == 0;
            let movable = !tried
                && row.bounds.is_none()
                && policy.kinds.contains(&row.kind)
                && !policy.offsets.is_empty();
            row.different_week = DifferentWeek::Agreed;
            movable.then_some((dataset, Waiver::default()))
        }
        Cause::Resourcing => None,
    }
}

/// The year solved again with something mended at one inspection: as many of its posts filled
/// as can be, its lead before its team, while all other inspections together stay as well off
/// in T1, T2 and T3 as they were.
struct Again<'a> {
    mended: &'a Eligibility<'a>,
    inspection: InspectionIx,
    may_move: bool,
}

impl Again<'_> {
    fn solve(
        &self,
        base: &Eligibility,
        selection: &Selection,
        seed: u32,
        stop: &Stop,
    ) -> Result<(Filled, bool), SolveError> {
        let start = self.carried_over(base, selection);
        let start = with_posts_filled(self.mended, &start, self.inspection, self.may_move);
        let filled = self.filled(&start);
        if filled.lead == 1 && filled.team == self.mended.team_posts(self.inspection) {
            return Ok((filled, true));
        }
        // Stating the year takes long enough to be spared where nothing is solved any more.
        if stop.is_set() {
            return Ok((filled, false));
        }
        let mut program = Program::new(self.mended)?;
        self.keep_the_others(&mut program, &start)?;
        program.minimise(self.costs(program.columns()))?;
        // Values are whole: less than one apart is equal.
        let settings = Settings {
            seed,
            absolute_gap: 0.999,
            relative_gap: 0.0,
            max_nodes: Some(MAX_NODES),
            ..Settings::default()
        };
        let found = program.search(Values::Whole, settings, &start, stop, &mut |_, _| {})?;
        let certain = found.end == End::Proven;
        let best = found
            .selection
            .filter(|found| found.fits(self.mended))
            .unwrap_or(start);
        Ok((self.filled(&best), certain))
    }

    fn filled(&self, selection: &Selection) -> Filled {
        filled(self.mended, selection, self.inspection)
    }

    /// The same plan among the mended year's candidates: mending only ever adds some.
    fn carried_over(&self, base: &Eligibility, selection: &Selection) -> Selection {
        let seat = |seat: usize| {
            let candidate = base.candidates[seat];
            let post = base.engagement(candidate);
            let engagement = self
                .mended
                .engagement_of(post.inspection, post.window, post.role)?;
            let mended = crate::eligibility::Candidate {
                engagement,
                person: candidate.person,
            };
            self.mended.candidates.binary_search(&mended).ok()
        };
        Selection::new(selection.seats().filter_map(seat).collect())
    }

    /// T1, T2 and T3 of all the other inspections together are no worse than before; and this
    /// one is not moved, unless that is what is asked.
    fn keep_the_others(&self, program: &mut Program, base: &Selection) -> Result<(), SolveError> {
        let measures = Measures::new(self.mended);
        for tier in [Tier::T1, Tier::T2, Tier::T3] {
            let Some(linear) = measures.linear(tier) else {
                continue;
            };
            let mut linear = linear.clone();
            for (seat, coefficient) in linear.coefficients.iter_mut().enumerate() {
                if self.is_here(seat) && (tier != Tier::T2 || self.may_move) {
                    *coefficient = 0;
                }
            }
            let most = linear.value(base) - linear.constant;
            let costs = program.columns().costs(&linear);
            program.keep_at_most(&costs, most as f64)?;
        }
        Ok(())
    }

    fn costs(&self, columns: &Columns) -> Vec<f64> {
        let mut costs = vec![0.0; columns.total];
        let lead = 1.0 + f64::from(self.mended.team_posts(self.inspection));
        for (seat, cost) in costs.iter_mut().enumerate().take(columns.seats) {
            if self.is_here(seat) {
                let post = self.mended.engagement(self.mended.candidates[seat]);
                *cost = if post.role == Role::Lead { -lead } else { -1.0 };
            }
        }
        costs
    }

    fn is_here(&self, seat: usize) -> bool {
        self.mended
            .engagement(self.mended.candidates[seat])
            .inspection
            == self.inspection
    }
}
