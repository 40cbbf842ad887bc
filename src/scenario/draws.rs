//! Random changes, drawn from a seed and a case's number: the same for the same dataset, whatever
//! else is run.

use chrono::{Datelike as _, Days, NaiveDate};
use rand::{RngExt as _, SeedableRng as _, seq::SliceRandom as _};
use rand_chacha::ChaCha8Rng;

use super::Draw;
use crate::change::{Change, NewDates, Who};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes, nearest, quoted};
use crate::domain::{
    Availability, AvailabilityKind, Dataset, DateSpan, Inspection, Inspector, Kind, Policy, Status,
};

/// Says which regions of `draws` nobody lives in; nothing where there is one.
pub(super) fn check(
    dataset: &Dataset,
    draws: &[Draw],
    source: &str,
    diagnostics: &mut Diagnostics,
) -> Option<()> {
    let before = diagnostics.len();
    for draw in draws {
        let Draw::Absence {
            region: Some(region),
            ..
        } = draw
        else {
            continue;
        };
        let regions = || dataset.inspectors.iter().map(|one| one.region.as_str());
        if !regions().any(|known| known == region) {
            let message = format!("nobody lives in the region {}", quoted(region));
            diagnostics.push(
                Diagnostic::at(codes::M0908, Place::file(source), message)
                    .help("write it as inspectors.csv does")
                    .suggest(nearest(region, regions())),
            );
        }
    }
    (diagnostics.len() == before).then_some(())
}

/// The changes of case `number`, beside those that the scenario makes itself: nobody who leaves by
/// them is away, and no inspection is moved that they move, cancel or take away.
pub(super) fn changes(
    dataset: &Dataset,
    own: &[&Change],
    draws: &[Draw],
    seed: u64,
    number: u32,
) -> Vec<Change> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(u64::from(number));
    let has_left = |person: &Inspector| {
        own.iter().any(|change| match change {
            Change::RemoveInspector { who } => match who {
                Who::Person(id) => *id == person.id,
                Who::Grade(grade) => *grade == person.grade,
                Who::Region(region) => *region == person.region,
                Who::GradeInRegion(grade, region) => {
                    *grade == person.grade && *region == person.region
                }
            },
            _ => false,
        })
    };
    let is_settled = |inspection: &Inspection| {
        own.iter().any(|change| match change {
            Change::MoveInspection { inspection: id, .. }
            | Change::Status { inspection: id, .. } => *id == inspection.id,
            _ => false,
        })
    };
    let mut changes = Vec::new();
    for draw in draws {
        match draw {
            Draw::Absence {
                grade,
                region,
                share,
                weeks,
            } => {
                let is_meant = |one: &&Inspector| {
                    !has_left(one)
                        && grade.is_none_or(|grade| grade == one.grade)
                        && region.as_ref().is_none_or(|region| *region == one.region)
                };
                let mut people: Vec<_> = dataset.inspectors.iter().filter(is_meant).collect();
                people.shuffle(&mut random);
                let away = (people.len() as f64 * share).round() as usize;
                for person in people.into_iter().take(away) {
                    let span = some_weeks(&dataset.policy, *weeks, &mut random);
                    changes.extend(span.map(|span| Change::Away {
                        who: Who::Person(person.id.clone()),
                        span,
                    }));
                }
            }
            Draw::WithdrawnOffers { share } => {
                let offers = dataset.availability.iter();
                let mut gone: Vec<&Availability> = Vec::new();
                for offer in offers.filter(|row| row.kind == AvailabilityKind::Offered) {
                    let person = dataset.inspector(offer.inspector);
                    // Spans may overlap: what is withdrawn already can't be once more.
                    let is_gone = gone.iter().any(|other| {
                        other.inspector == offer.inspector
                            && other.span.first() <= offer.span.last()
                            && offer.span.first() <= other.span.last()
                    });
                    if random.random_bool(*share) && !is_gone && !has_left(person) {
                        gone.push(offer);
                        changes.push(Change::WithdrawOffer {
                            who: Who::Person(person.id.clone()),
                            span: offer.span,
                        });
                    }
                }
            }
            Draw::Amendments { count, weeks } => {
                let can_move = |one: &&Inspection| {
                    one.status == Status::Planned
                        && one.kind != Kind::Standalone
                        && !is_settled(one)
                };
                let mut all: Vec<_> = dataset.programme.iter().filter(can_move).collect();
                all.shuffle(&mut random);
                for inspection in all.into_iter().take(*count as usize) {
                    let by = random.random_range(1..=*weeks) as i32;
                    let by = if random.random_bool(0.5) { by } else { -by };
                    let weeks = std::num::NonZeroI32::new(by);
                    changes.extend(weeks.map(|weeks| Change::MoveInspection {
                        inspection: inspection.id.clone(),
                        to: NewDates::Weeks(weeks),
                    }));
                }
            }
        }
    }
    changes
}

/// So many weeks from a Monday of the programme year.
fn some_weeks(policy: &Policy, weeks: u32, random: &mut ChaCha8Rng) -> Option<DateSpan> {
    let first = NaiveDate::from_ymd_opt(policy.programme_year, 4, 1)?;
    let monday = first - Days::new(u64::from(first.weekday().num_days_from_monday()));
    let from = monday + Days::new(7 * u64::from(random.random_range(0_u32..52)));
    DateSpan::new(from, from + Days::new(7 * u64::from(weeks) - 1))
}
