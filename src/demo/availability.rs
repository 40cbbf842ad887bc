//! `availability.csv`: leave, other duties and training of HMIs, and the weeks that OIs offer.

use chrono::NaiveDate;

use crate::domain::{DateSpan, Grade};

use super::calendar::{after, christmas, date, monday, mondays, overlap, span};
use super::draw::Draw;
use super::people::Person;
use super::spec::{Spec, TrainingWeek};
use super::table::Table;

/// A row of the file.
#[derive(Clone, Debug)]
pub(super) struct Span {
    /// Position of the person.
    pub(super) person: usize,
    pub(super) days: DateSpan,
    /// Whether it is offered, rather than taken away.
    pub(super) offered: bool,
    reason: &'static str,
}

/// Everybody's spans, by person, then day.
pub(super) fn spans(spec: &Spec, people: &[Person], draw: &mut Draw) -> Vec<Span> {
    let offering = leads_who_offer(spec, people, draw);
    people
        .iter()
        .enumerate()
        .flat_map(|(position, person)| {
            let mut spans = match person.grade {
                Grade::Hmi => hmi(spec, position, draw),
                Grade::Oi => oi(spec, position, person, &offering, draw),
            };
            spans.sort_by_key(|span| span.days);
            spans
        })
        .collect()
}

/// For each training week, who of the OIs who can lead offers it nevertheless.
fn leads_who_offer(
    spec: &Spec,
    people: &[Person],
    draw: &mut Draw,
) -> Vec<(TrainingWeek, Vec<usize>)> {
    let leads: Vec<usize> = (0..people.len())
        .filter(|&position| people[position].grade == Grade::Oi && people[position].may_lead())
        .collect();
    spec.tightness
        .training_weeks
        .iter()
        .map(|week| {
            let mut order = leads.clone();
            draw.shuffle(&mut order);
            order.truncate((leads.len() * week.lead_offers as usize + 50) / 100);
            (*week, order)
        })
        .collect()
}

/// The five working days of the week of `monday`, and of as many weeks more.
fn weeks(monday: NaiveDate, count: u64) -> DateSpan {
    span(monday, after(monday, 7 * count - 3))
}

/// About thirty days of leave, other duties in blocks of one to three weeks, and training.
fn hmi(spec: &Spec, person: usize, draw: &mut Draw) -> Vec<Span> {
    let away = |days, reason| Span {
        person,
        days,
        offered: false,
        reason,
    };
    let mut spans = leave(draw)
        .into_iter()
        .map(|days| away(days, "leave"))
        .collect::<Vec<_>>();
    for week in &spec.tightness.training_weeks {
        let tuesday = after(week.monday, 1);
        spans.push(away(span(tuesday, after(tuesday, 1)), "national training"));
    }

    for days in blocks(
        &[(1, 4), (2, 3), (3, 2)],
        |_| spec.tightness.other_duties,
        draw,
    ) {
        if !spans.iter().any(|span| overlap(span.days, days)) {
            spans.push(away(days, "other inspection duties"));
        }
    }
    spans
}

/// Blocks of whole weeks through the year, of the weighted `lengths`, so that they take about
/// the `share` of weeks, in per cent, that each week asks for.
fn blocks(
    lengths: &[(u32, u32)],
    share: impl Fn(NaiveDate) -> u32,
    draw: &mut Draw,
) -> Vec<DateSpan> {
    let weights: u32 = lengths.iter().map(|(_, weight)| weight).sum();
    let weeks_by_weight: u32 = lengths.iter().map(|(length, weight)| length * weight).sum();
    let all = mondays();
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let share = share(all[at]).min(100);
        // With b the chance that a block begins in a free week and m the mean length of one,
        // blocks take bm ∕ (bm + 1 − b) of the weeks; this is that share solved for b.
        let per_mille =
            1_000 * share * weights / (share * weights + (100 - share) * weeks_by_weight).max(1);
        if draw.between(1, 1_000) <= per_mille {
            let length = draw.weighted(lengths);
            blocks.push(weeks(all[at], u64::from(length)));
            at += length as usize;
        } else {
            at += 1;
        }
    }
    blocks
}

/// Leave of a year: at Easter, in summer, in one or two other weeks, and at Christmas.
fn leave(draw: &mut Draw) -> Vec<DateSpan> {
    let mut leave = vec![
        weeks(draw.pick(&[date(2026, 3, 30), date(2026, 4, 6)]), 1),
        weeks(
            after(date(2026, 7, 20), 7 * u64::from(draw.between(0, 5))),
            u64::from(draw.between(2, 3)),
        ),
        span(
            after(date(2026, 12, 21), u64::from(draw.between(0, 2))),
            date(2027, 1, 1),
        ),
        weeks(draw.pick(&[date(2027, 3, 22), date(2027, 3, 29)]), 1),
    ];
    let half_terms = [date(2026, 5, 25), date(2026, 10, 26), date(2027, 2, 15)];
    leave.push(weeks(draw.pick(&half_terms), 1));
    leave
}

/// Weeks offered here and there, fewer in summer, none at Christmas; some weeks away.
fn oi(
    spec: &Spec,
    position: usize,
    person: &Person,
    offering: &[(TrainingWeek, Vec<usize>)],
    draw: &mut Draw,
) -> Vec<Span> {
    let mut offered = blocks(
        &[(1, 3), (2, 2)],
        |week| summer_share(spec.tightness.offers, week),
        draw,
    );
    if person.may_lead() {
        for (week, who) in offering {
            offered = offered
                .into_iter()
                .flat_map(|span| without(span, week.monday))
                .collect();
            if who.contains(&position) {
                offered.push(weeks(week.monday, 1));
            }
        }
    }
    for week in [christmas().first(), after(christmas().first(), 7)] {
        offered = offered
            .into_iter()
            .flat_map(|span| without(span, week))
            .collect();
    }

    let mut spans: Vec<Span> = offered
        .into_iter()
        .map(|days| Span {
            person: position,
            days,
            offered: true,
            reason: "",
        })
        .collect();
    let holiday = after(date(2026, 7, 20), 7 * u64::from(draw.between(0, 5)));
    for days in [
        weeks(holiday, 2),
        span(date(2026, 12, 24), date(2027, 1, 1)),
    ] {
        spans.push(Span {
            person: position,
            days,
            offered: false,
            reason: "holiday",
        });
    }
    spans
}

/// Colleges are shut in summer, and so are those who come from them.
fn summer_share(share: u32, week: NaiveDate) -> u32 {
    if span(date(2026, 7, 20), date(2026, 8, 31)).contains(week) {
        share * 2 / 3
    } else {
        share
    }
}

/// What is left of `whole`, which is of whole weeks, without the week of `week`.
fn without(whole: DateSpan, week: NaiveDate) -> Vec<DateSpan> {
    if !whole.contains(week) {
        return vec![whole];
    }
    whole
        .days()
        .filter(|day| monday(*day) == *day && *day != week)
        .map(|monday| weeks(monday, 1))
        .collect()
}

/// The file.
pub(super) fn table(people: &[Person], spans: &[Span]) -> Table {
    let mut table = Table::new("availability.csv");
    for span in spans {
        let kind = if span.offered {
            "offered"
        } else {
            "unavailable"
        };
        table.row(&[
            ("inspector_id", people[span.person].id.clone()),
            ("from", span.days.first().to_string()),
            ("to", span.days.last().to_string()),
            ("kind", kind.to_owned()),
            ("reason", span.reason.to_owned()),
        ]);
    }
    table
}
