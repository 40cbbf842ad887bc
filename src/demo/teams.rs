//! `programme.csv`: who comes in what strength, earlier judgements, and what HMIP has said.

use chrono::NaiveDate;

use crate::domain::{DateSpan, Kind};

use super::calendar::{after, before, date, last_week, monday, span};
use super::draw::Draw;
use super::programme::Dates;
use super::sites::Site;
use super::spec::Spec;
use super::table::{Table, cell, yes_no};

/// A row of the programme.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) dates: Dates,
    hmip_team: u32,
    partner_team: u32,
    pub(super) team_required: u32,
    pub(super) previous_esw: &'static str,
    different_week: &'static str,
    bounds: Option<DateSpan>,
    dates_named_on: Option<NaiveDate>,
    ofsted_attends: Option<bool>,
    notified_on: Option<NaiveDate>,
    announced_on: Option<NaiveDate>,
    prison_named_on: Option<NaiveDate>,
    status: &'static str,
}

impl Entry {
    /// Whether Ofsted takes part (rules H3 and H4).
    pub(super) fn in_scope(&self, sites: &[Site]) -> bool {
        let judged = match self.dates.kind {
            Kind::Irp => {
                ["requires-improvement", "inadequate", "awaited"].contains(&self.previous_esw)
            }
            Kind::Full | Kind::Standalone => true,
        };
        self.status == "planned"
            && sites[self.dates.site].in_england()
            && self.ofsted_attends.unwrap_or(judged)
    }

    /// Ofsted's days unless the week is moved.
    pub(super) fn normal_window(&self) -> DateSpan {
        normal_window(&self.dates)
    }

    /// Places left for Ofsted beside this inspection's other teams.
    pub(super) fn places(&self, sites: &[Site]) -> u32 {
        sites[self.dates.site]
            .site_capacity
            .saturating_sub(self.hmip_team + self.partner_team)
    }
}

fn normal_window(dates: &Dates) -> DateSpan {
    dates.attend.unwrap_or(match dates.kind {
        Kind::Full => last_week(dates.days),
        Kind::Irp | Kind::Standalone => dates.days,
    })
}

/// The day that the programme is written as of: what HMIP has said by then is in it.
fn written_on() -> NaiveDate {
    date(2026, 4, 1)
}

/// Fills in everything but the dates.
pub(super) fn fill(spec: &Spec, sites: &[Site], dates: &[Dates], draw: &mut Draw) -> Vec<Entry> {
    let digits = dates.len().to_string().len().max(3);
    let mut judgements = irp_judgements(
        dates
            .iter()
            .filter(|dates| is_english_irp(sites, dates))
            .count(),
        draw,
    );
    let mut in_training_weeks = 0;
    dates
        .iter()
        .enumerate()
        .map(|(position, dates)| {
            let id = format!("P{:0digits$}", position + 1);
            let judgement = is_english_irp(sites, dates)
                .then(|| judgements.pop())
                .flatten();
            let mut entry = entry(spec, sites, id, dates.clone(), judgement, draw);
            if entry.dates.kind == Kind::Full && in_training_week(spec, &entry.dates) {
                // Of those that hardly anybody can lead, the first may move, the next may not:
                // so the year shows both.
                entry.different_week = ["ask", "no"][in_training_weeks % 2];
                in_training_weeks += 1;
            }
            entry
        })
        .collect()
}

fn in_training_week(spec: &Spec, dates: &Dates) -> bool {
    let window = normal_window(dates);
    spec.tightness
        .training_weeks
        .iter()
        .any(|week| week.monday == monday(window.first()))
}

fn is_english_irp(sites: &[Site], dates: &Dates) -> bool {
    dates.kind == Kind::Irp && sites[dates.site].in_england()
}

/// Judgements before `count` reviews of progress: of twenty, two good, one awaited and one
/// none; the others split evenly, in random order.
fn irp_judgements(count: usize, draw: &mut Draw) -> Vec<&'static str> {
    let mut judgements: Vec<&str> = (0..count)
        .map(|position| match position % 20 {
            3 | 13 => "good",
            7 => "awaited",
            17 => "none",
            even if even % 2 == 0 => "requires-improvement",
            _ => "inadequate",
        })
        .collect();
    draw.shuffle(&mut judgements);
    judgements
}

fn entry(
    spec: &Spec,
    sites: &[Site],
    id: String,
    mut dates: Dates,
    irp_judgement: Option<&'static str>,
    draw: &mut Draw,
) -> Entry {
    let site = &sites[dates.site];
    let standalone = dates.kind == Kind::Full && draw.chance(spec.extras.standalone);
    if standalone {
        dates = Dates {
            kind: Kind::Standalone,
            days: last_week(dates.days),
            attend: None,
            ..dates
        };
    }
    let start = dates.days.first();
    let team_required = team_required(spec, site, dates.kind, draw);
    let (hmip_team, partner_team) = other_teams(site, dates.kind, team_required, draw);
    let previous_esw = irp_judgement.unwrap_or_else(|| {
        draw.weighted(&[
            ("outstanding", 3),
            ("good", 35),
            ("requires-improvement", 42),
            ("inadequate", 18),
            ("none", 2),
        ])
    });
    let different_week = match dates.kind {
        Kind::Full if draw.chance(spec.tightness.week_fixed) => "no",
        Kind::Full => draw.weighted(&[("ask", 4), ("agreed", 1)]),
        Kind::Irp | Kind::Standalone => "no",
    };
    let bounds = standalone.then(|| {
        let weeks = |draw: &mut Draw| u64::from(draw.between(0, 3)) * 7;
        span(
            before(start, weeks(draw)),
            after(dates.days.last(), weeks(draw)),
        )
    });
    // ¶23: prisons are named four months before, dates three.
    let named = standalone && draw.chance(33);
    let announced_on = (dates.kind == Kind::Irp)
        .then(|| before(start, 84))
        .filter(|day| *day < written_on());
    let withdrawn = draw.chance(spec.extras.withdrawn);
    Entry {
        id,
        hmip_team,
        partner_team,
        team_required,
        previous_esw,
        different_week,
        bounds,
        dates_named_on: named.then(|| before(start, 100)),
        ofsted_attends: (!standalone && draw.chance(spec.extras.settled)).then(|| draw.chance(50)),
        notified_on: (!standalone).then(|| notified_on(start, draw)),
        announced_on,
        prison_named_on: named.then(|| before(start, 130)),
        status: if withdrawn {
            draw.pick(&["cancelled", "postponed"])
        } else {
            "planned"
        },
        dates,
    }
}

/// Ofsted's team by the kind of inspection and of site.
fn team_required(spec: &Spec, site: &Site, kind: Kind, draw: &mut Draw) -> u32 {
    if kind == Kind::Irp {
        return draw.weighted(&[(1, 2), (2, 3)]);
    }
    let usual = match site.site_type.as_str() {
        _ if site.is_small() => 3,
        "reception" => draw.weighted(&[(4, 3), (5, 5), (6, 2)]),
        "high-security" => draw.weighted(&[(5, 1), (6, 1)]),
        "training" => draw.weighted(&[(4, 3), (5, 2)]),
        "open" => 3,
        _ => draw.weighted(&[(3, 1), (4, 2)]),
    };
    (usual + spec.tightness.larger_teams).min(6)
}

/// HMIP's and the partners' people. They leave room for Ofsted's team, but at small sites only
/// for two of it (¶19).
fn other_teams(site: &Site, kind: Kind, team_required: u32, draw: &mut Draw) -> (u32, u32) {
    let (hmip, partner) = match kind {
        Kind::Full => (draw.between(6, 9), draw.between(1, 3)),
        Kind::Irp => (draw.between(4, 5), draw.between(0, 1)),
        Kind::Standalone => (0, 0),
    };
    let ours = if site.is_small() {
        team_required.min(2)
    } else {
        team_required
    };
    let room = site.site_capacity.saturating_sub(ours);
    let hmip = hmip.min(room.saturating_sub(partner));
    (hmip, partner)
}

/// When HMIP told Ofsted (¶22): the first half of the year in September, the second in March;
/// some of the first half late.
fn notified_on(start: NaiveDate, draw: &mut Draw) -> NaiveDate {
    let first_half = start < date(2026, 10, 1);
    let late = first_half && start > date(2026, 5, 1) && draw.chance(15);
    match (first_half, late) {
        (true, true) => date(2026, 3, 16),
        (true, false) => date(2025, 9, 30),
        (false, _) => date(2026, 3, 30),
    }
}

/// The file.
pub(super) fn table(sites: &[Site], entries: &[Entry]) -> Table {
    let mut table = Table::new("programme.csv");
    for entry in entries {
        let dates = &entry.dates;
        table.row(&[
            ("inspection_id", entry.id.clone()),
            ("establishment_id", sites[dates.site].id.clone()),
            ("kind", dates.kind.as_str().to_owned()),
            ("announced", yes_no(dates.announced)),
            ("start_date", dates.days.first().to_string()),
            ("end_date", dates.days.last().to_string()),
            ("hmip_team", entry.hmip_team.to_string()),
            ("partner_team", entry.partner_team.to_string()),
            ("team_required", entry.team_required.to_string()),
            ("previous_esw", entry.previous_esw.to_owned()),
            ("different_week", entry.different_week.to_owned()),
            ("attend_from", cell(dates.attend.map(DateSpan::first))),
            ("attend_to", cell(dates.attend.map(DateSpan::last))),
            ("earliest", cell(entry.bounds.map(DateSpan::first))),
            ("latest", cell(entry.bounds.map(DateSpan::last))),
            ("dates_named_on", cell(entry.dates_named_on)),
            ("ofsted_attends", cell(entry.ofsted_attends.map(yes_no))),
            ("notified_on", cell(entry.notified_on)),
            ("announced_on", cell(entry.announced_on)),
            ("prison_named_on", cell(entry.prison_named_on)),
            ("status", entry.status.to_owned()),
        ]);
    }
    table
}
