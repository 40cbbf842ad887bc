//! Pins that break a hard rule (M0701), and pins that can't all be kept together (M0702).

use super::words;
use crate::allocate::has_greedy_plan;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::domain::{Dataset, Pin, PinAction, Role};
use crate::eligibility::{Candidate, Eligibility};
use crate::model::Program;
use crate::solve::{End, Settings, Stop};

const FILE: &str = "pins.csv";

/// Reports every pin that can't be kept.
pub(super) fn check(dataset: &Dataset, diagnostics: &mut Diagnostics) {
    let published = dataset.published.as_ref();
    let is_open =
        |pin: &&Pin| !published.is_some_and(|published| published.is_over(pin.inspection));
    let pinned: Vec<_> = pins(dataset).filter(is_open).collect();
    if pinned.is_empty() {
        return;
    }
    let eligibility = Eligibility::new(dataset);
    let before = diagnostics.len();
    for pin in &pinned {
        alone(&eligibility, pin, diagnostics);
    }
    let each_can_be_kept = diagnostics.len() == before;
    if each_can_be_kept && !has_greedy_plan(&eligibility) && !can_keep(dataset, &pinned) {
        together(
            dataset,
            smallest_clash(dataset, pinned.clone()),
            diagnostics,
        );
    }
}

fn pins(dataset: &Dataset) -> impl Iterator<Item = &Pin> {
    dataset
        .pins
        .iter()
        .filter(|pin| pin.action == PinAction::Pin)
}

/// M0701: a pin that no window of its inspection allows.
fn alone(eligibility: &Eligibility, pin: &Pin, diagnostics: &mut Diagnostics) {
    let dataset = eligibility.dataset;
    let (inspection, inspector) = (
        dataset.inspection(pin.inspection),
        dataset.inspector(pin.inspector),
    );
    let role = pin.role.unwrap_or(Role::Lead);
    let windows = 0..eligibility.windows[pin.inspection.get()].len();
    let candidate = |window| {
        let engagement = eligibility.engagement_of(pin.inspection, window, role)?;
        Some(Candidate {
            engagement,
            person: pin.inspector,
        })
    };
    let possible: Vec<_> = windows.filter_map(candidate).collect();
    if possible
        .iter()
        .any(|candidate| eligibility.candidates.binary_search(candidate).is_ok())
    {
        return;
    }
    let at = diagnostics.cell(FILE, pin.line, "inspector_id");
    let what = match role {
        Role::Lead => format!("{} can't lead {}", inspector.id, inspection.id),
        Role::Team => format!("{} can't be on the team of {}", inspector.id, inspection.id),
    };
    // The normal window comes first, and is what a scheduler looks at.
    let reasons = possible
        .first()
        .map(|normal| eligibility.reasons(*normal))
        .unwrap_or_default();
    let Some(first) = reasons.first() else {
        let (why, column) = match (eligibility.team_posts(pin.inspection), role) {
            (0, Role::Team) => ("the lead goes alone (H1)", "team_required"),
            _ => (
                "it has no window in which anybody could attend (H14, H16, H17)",
                "start_date",
            ),
        };
        let row = diagnostics.cell("programme.csv", inspection.line, column);
        diagnostics.push(
            Diagnostic::at(codes::M0701, at, format!("{what}: {why}"))
                .cell(&inspector.id)
                .help("remove the pin, or mend the inspection's row")
                .related(row, "the inspection"),
        );
        return;
    };
    let said = |reason| words::of(dataset, pin.inspector, pin.inspection, reason);
    let mut report = Diagnostic::at(
        codes::M0701,
        at,
        format!("{what}: {} ({})", said(*first).0, first.rule()),
    )
    .cell(&inspector.id)
    .help(match possible.len() {
        1 => "remove the pin, or mend the row that it clashes with",
        _ => "remove the pin, or mend the row that it clashes with; a different week would not do either",
    });
    for reason in &reasons {
        let (words, (file, line, column)) = said(*reason);
        let place = diagnostics.cell(file, line, column);
        report = report.related(place, format!("{words} ({})", reason.rule()));
    }
    diagnostics.push(report);
}

/// M0702: pins of which each can be kept, but not all.
fn together(dataset: &Dataset, clash: Vec<&Pin>, diagnostics: &mut Diagnostics) {
    let Some((first, others)) = clash.split_first() else {
        return;
    };
    let post = |pin: &Pin| {
        let inspector = &dataset.inspector(pin.inspector).id;
        let inspection = &dataset.inspection(pin.inspection).id;
        match pin.role {
            Some(Role::Team) => format!("{inspector} on the team of {inspection}"),
            _ => format!("{inspector} as lead of {inspection}"),
        }
    };
    let posts: Vec<_> = clash.iter().map(|pin| post(pin)).collect();
    let rules = rules_between(dataset, &clash);
    let why = rules.iter().map(|rule| rule.words()).collect::<Vec<_>>();
    let why = why.join("; ");
    let message = match &posts[..] {
        [one] => format!("{one} can't be kept: {why}"),
        [one, other] => format!("{one} and {other} can't both be kept: {why}"),
        many => format!(
            "these {} pins can't all be kept: {}: {why}",
            many.len(),
            many.join(", ")
        ),
    };
    let at = diagnostics.cell(FILE, first.line, "inspector_id");
    let mut report = Diagnostic::at(codes::M0702, at, message)
        .cell(&dataset.inspector(first.inspector).id)
        .help(match clash.len() {
            1 if rules.contains(&Rule::Places) => "remove it, or ask HMIP for a place on the site",
            1 => "remove it, or find somebody who can lead in the same week",
            2 => "remove one of the two",
            _ => "remove one of them, whichever: the others can then be kept",
        });
    for pin in others {
        let place = diagnostics.cell(FILE, pin.line, "inspector_id");
        report = report.related(place, format!("and {}", post(pin)));
    }
    if rules.contains(&Rule::Places) {
        let site = dataset.establishment(dataset.inspection(first.inspection).establishment);
        let place = diagnostics.cell("establishments.csv", site.line, "site_capacity");
        report = report.related(place, "so many people fit on the site");
    }
    diagnostics.push(report);
}

/// What can stand between pins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Team,
    Lead,
    Places,
    TwoPlaces,
    Days,
    Report,
    RollingLoad,
    Together,
}

impl Rule {
    fn words(self) -> &'static str {
        match self {
            Self::Team => "that is more people than the team has posts (H1)",
            Self::Lead => "nobody else could lead (H1)",
            Self::Places => "there is no place for lead and team together on the site (H7)",
            Self::TwoPlaces => "nobody can be in two places at once (H8)",
            Self::Days => "that is more days than are left (H11)",
            Self::Report => "there is no room for what is to be done off site (H12)",
            Self::RollingLoad => "that is too many weeks on site one after another (H13)",
            Self::Together => "they can't all come in one week (H14)",
        }
    }
}

/// Which rules stand between pins that clash, as far as they show on people, teams and sites.
fn rules_between(dataset: &Dataset, clash: &[&Pin]) -> Vec<Rule> {
    let eligibility = Eligibility::new(dataset);
    let mut rules = Vec::new();
    let mut rule = |broken: bool, rule: Rule| {
        if broken && !rules.contains(&rule) {
            rules.push(rule);
        }
    };
    for pin in clash {
        let theirs: Vec<_> = clash
            .iter()
            .filter(|other| other.inspector == pin.inspector)
            .filter_map(|other| first_engagement(&eligibility, other))
            .collect();
        let person = pin.inspector;
        rule(!eligibility.days_apart(&theirs), Rule::TwoPlaces);
        rule(!eligibility.days_allow(person, &theirs), Rule::Days);
        rule(
            !eligibility.rolling_allows(person, &theirs),
            Rule::RollingLoad,
        );
        rule(eligibility.place(person, &theirs).is_none(), Rule::Report);
        let of_inspection = || {
            clash
                .iter()
                .filter(|other| other.inspection == pin.inspection)
        };
        let team = of_inspection()
            .filter(|other| other.role == Some(Role::Team))
            .count();
        rule(
            team > eligibility.team_posts(pin.inspection) as usize,
            Rule::Team,
        );
        let windows: Vec<_> = of_inspection()
            .filter_map(|other| first_engagement(&eligibility, other))
            .map(|engagement| eligibility.engagements[engagement].window)
            .collect();
        rule(
            windows.windows(2).any(|two| two[0] != two[1]),
            Rule::Together,
        );
    }
    if rules.is_empty() {
        // People can hold what they are given, so nobody is left to lead, or there is no room
        // on a site.
        let led = |pin: &&Pin| {
            (0..eligibility.windows[pin.inspection.get()].len())
                .filter_map(|window| eligibility.engagement_of(pin.inspection, window, Role::Lead))
                .flat_map(|engagement| eligibility.candidates_of(engagement))
                .any(|lead| lead.person != pin.inspector)
        };
        let needs_lead = |pin: &&&Pin| pin.role == Some(Role::Team);
        rules.push(if clash.iter().filter(needs_lead).all(led) {
            Rule::Places
        } else {
            Rule::Lead
        });
    }
    rules
}

/// The post of a pin in the first window in which it can be held.
fn first_engagement(eligibility: &Eligibility, pin: &Pin) -> Option<usize> {
    (0..eligibility.windows[pin.inspection.get()].len())
        .filter_map(|window| eligibility.engagement_of(pin.inspection, window, pin.role?))
        .find(|engagement| {
            let candidate = Candidate {
                engagement: *engagement,
                person: pin.inspector,
            };
            eligibility.candidates.binary_search(&candidate).is_ok()
        })
}

/// A set that can't be kept, of which every part can.
fn smallest_clash<'a>(dataset: &Dataset, mut clash: Vec<&'a Pin>) -> Vec<&'a Pin> {
    let mut at = 0;
    while at < clash.len() {
        let without = clash[at];
        clash.remove(at);
        if can_keep(dataset, &clash) {
            clash.insert(at, without);
            at += 1;
        }
    }
    clash
}

/// Whether some plan keeps all of `pinned`; also where that can't be told.
fn can_keep(dataset: &Dataset, pinned: &[&Pin]) -> bool {
    let mut year = dataset.clone();
    year.pins.retain(|pin| pin.action == PinAction::Forbid);
    year.pins.extend(pinned.iter().map(|pin| (*pin).clone()));
    // Whatever has no pin can be left alone; its people on the site stay.
    for ix in dataset.inspection_ixs() {
        if !pinned.iter().any(|pin| pin.inspection == ix) {
            year.programme[ix.get()].ofsted_attends = Some(false);
        }
    }
    let eligibility = Eligibility::new(&year);
    let settings = Settings {
        max_nodes: Some(10_000),
        ..Settings::default()
    };
    Program::new(&eligibility)
        .and_then(|mut program| program.solve(settings, None, &Stop::never(), &mut |_, _| {}))
        .map_or(true, |found| found.end != End::Infeasible)
}
