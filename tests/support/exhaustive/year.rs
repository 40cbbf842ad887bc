//! A tiny year laid out for the search: who may hold what, and all that can be done where.

use std::collections::BTreeSet;

use muster::domain::{
    Conflict, ConflictWith, Dataset, Grade, Inspection, Inspector, InspectorIx, Kind, Pin,
    PinAction, Role,
};

use super::Rule;
use super::calendar::{Calendar, numbers};
use super::choices::{Choice, choices};
use super::person::Person;
use super::posts::{Post, cost, kilometres, quarter, tasks};
use super::scope::{in_scope, weight};
use super::sites::{limit_of, places};
use super::windows::{Window, windows};

/// An inspection in scope.
pub struct Scoped {
    /// Position in the programme.
    pub row: usize,
    /// Position of its site.
    pub site: usize,
    /// People asked for, lead included.
    pub team_required: i64,
    /// Weight in T1.
    pub weight: i64,
    /// Windows it can be attended in.
    pub windows: Vec<Window>,
    /// For each window: its days, and the most of Ofsted's people there (H7).
    pub limits: Vec<Vec<(usize, i64)>>,
    /// Its pins and forbidden posts.
    pub pins: Vec<Pin>,
    /// Of an IRP: rows of those who led the site's last full inspection; `usize::MAX` for
    /// somebody who is no longer there.
    pub former_leads: BTreeSet<usize>,
}

/// The whole year.
pub struct Year<'a> {
    /// The rows.
    pub dataset: &'a Dataset,
    /// The inspections in scope, by their first day.
    pub scoped: Vec<Scoped>,
    /// All people.
    pub people: Vec<Person>,
    /// What can be done at each inspection in scope.
    pub choices: Vec<Vec<Choice>>,
}

impl<'a> Year<'a> {
    /// Lays `dataset` out, the `dropped` rules apart.
    pub fn new(dataset: &'a Dataset, dropped: &BTreeSet<Rule>) -> Self {
        let calendar = Calendar::new(dataset);
        let mut scoped: Vec<Scoped> = dataset
            .programme
            .iter()
            .enumerate()
            .filter(|(_, inspection)| in_scope(dataset, inspection, dropped))
            .map(|(row, inspection)| scope(dataset, &calendar, row, inspection, dropped))
            .collect();
        scoped.sort_by_key(|scoped| dataset.programme[scoped.row].dates);
        let people: Vec<Person> = dataset
            .inspector_ixs()
            .map(|ix| {
                let mut person = Person::new(dataset, &calendar, ix, dropped);
                person.posts = posts(dataset, &calendar, &scoped, ix, dropped);
                let held_alone = |post: &Post| person.can_hold(&[post]);
                let alone: Vec<bool> = person.posts.iter().map(held_alone).collect();
                let mut alone = alone.into_iter();
                person.posts.retain(|_| alone.next() == Some(true));
                assert!(person.posts.len() <= 128, "not a tiny year");
                person
            })
            .collect();
        let choices = scoped
            .iter()
            .enumerate()
            .map(|(position, scoped)| choices(position, scoped, &people, dropped))
            .collect();
        Self {
            dataset,
            scoped,
            people,
            choices,
        }
    }
}

fn scope(
    dataset: &Dataset,
    calendar: &Calendar,
    row: usize,
    inspection: &Inspection,
    dropped: &BTreeSet<Rule>,
) -> Scoped {
    let windows = windows(dataset, calendar, inspection, dropped);
    let places = places(dataset, calendar, inspection, dropped);
    let limits = windows
        .iter()
        .map(|window| {
            let own = limit_of(dataset, calendar, inspection, window, &places);
            numbers(window.days)
                .map(|day| (day, places[day].min(own)))
                .collect()
        })
        .collect();
    let pins = dataset
        .pins
        .iter()
        .filter(|pin| pin.inspection.get() == row && !dropped.contains(&Rule::H15))
        .cloned()
        .collect();
    let former_leads = if inspection.kind == Kind::Irp {
        former_leads(dataset, inspection)
    } else {
        BTreeSet::new()
    };
    Scoped {
        row,
        site: inspection.establishment.get(),
        team_required: inspection.team_required.map_or(1, i64::from),
        weight: weight(dataset, inspection),
        windows,
        limits,
        pins,
        former_leads,
    }
}

/// Who led the last full inspection of an inspection's site.
fn former_leads(dataset: &Dataset, inspection: &Inspection) -> BTreeSet<usize> {
    let rows = || {
        dataset
            .history
            .iter()
            .filter(|row| row.establishment == inspection.establishment)
    };
    let last = rows().map(|row| row.date).max();
    rows()
        .filter(|row| Some(row.date) == last && row.role == Role::Lead)
        .map(|row| {
            dataset
                .inspectors
                .iter()
                .position(|inspector| inspector.id == row.inspector_id)
                .unwrap_or(usize::MAX)
        })
        .collect()
}

/// The posts that the rules about person and place leave to the inspector at `ix`: all rules
/// but those on their own days, which the person's own check answers.
fn posts(
    dataset: &Dataset,
    calendar: &Calendar,
    scoped: &[Scoped],
    ix: InspectorIx,
    dropped: &BTreeSet<Rule>,
) -> Vec<Post> {
    let row = dataset.inspector(ix);
    let mut posts = Vec::new();
    for (position, at) in scoped.iter().enumerate() {
        let inspection = &dataset.programme[at.row];
        let km = kilometres(row, dataset.establishment(inspection.establishment));
        let too_far =
            row.grade == Grade::Hmi && dataset.policy.travel.max_km.is_some_and(|most| km > most);
        for (number, window) in at.windows.iter().enumerate() {
            let admitted = !too_far
                && at.limits[number].iter().all(|(_, most)| *most >= 1)
                && admits(dataset, inspection, window, row, dropped)
                && !conflicted(dataset, inspection, window, ix, dropped);
            for role in [Role::Lead, Role::Team] {
                if !admitted || !may_hold(row, role, at, ix, dropped) {
                    continue;
                }
                let tasks = tasks(dataset, calendar, inspection, window, role);
                let on_site = window.days.count_ones();
                let off_site: u32 = tasks.iter().map(|task| task.days).sum();
                let days = i64::from(on_site + off_site);
                posts.push(Post {
                    inspection: position,
                    window: number,
                    role,
                    on_site: window.days,
                    weeks: calendar.weeks(window.days),
                    tasks,
                    days,
                    quarter: quarter(window.first),
                    cost: cost(dataset, row, role, km, on_site, days),
                });
            }
        }
    }
    posts
}

/// H2, the forbidden posts of H15, and whether there is such a post at all.
fn may_hold(
    row: &Inspector,
    role: Role,
    at: &Scoped,
    ix: InspectorIx,
    dropped: &BTreeSet<Rule>,
) -> bool {
    let trained = row.grade == Grade::Hmi || row.lead_trained || dropped.contains(&Rule::H2);
    let exists = match role {
        Role::Lead => trained,
        Role::Team => at.team_required > 1,
    };
    let forbidden = at.pins.iter().any(|pin| {
        pin.action == PinAction::Forbid
            && pin.inspector == ix
            && pin.role.is_none_or(|named| named == role)
    });
    exists && !forbidden
}

/// H5 and H6, on the last day on site: what is valid then is valid on the days before it.
fn admits(
    dataset: &Dataset,
    inspection: &Inspection,
    window: &Window,
    row: &Inspector,
    dropped: &BTreeSet<Rule>,
) -> bool {
    let needed = dataset
        .establishment(inspection.establishment)
        .clearance_required;
    let checked = row.dbs_expires.is_some_and(|until| until >= window.last)
        && row
            .custody_training_until
            .is_none_or(|until| until >= window.last);
    let cleared = row
        .clearance
        .is_some_and(|held| held.level >= needed && held.expires >= window.last);
    (checked || dropped.contains(&Rule::H5)) && (cleared || dropped.contains(&Rule::H6))
}

/// H10.
fn conflicted(
    dataset: &Dataset,
    inspection: &Inspection,
    window: &Window,
    ix: InspectorIx,
    dropped: &BTreeSet<Rule>,
) -> bool {
    let provider = &dataset
        .establishment(inspection.establishment)
        .education_provider;
    let touches = |conflict: &Conflict| match &conflict.with {
        ConflictWith::Establishment(site) => *site == inspection.establishment,
        ConflictWith::Provider(name) => Some(name) == provider.as_ref(),
    };
    !dropped.contains(&Rule::H10)
        && dataset.conflicts.iter().any(|conflict| {
            conflict.inspector == ix
                && touches(conflict)
                && conflict.until.is_none_or(|until| until >= window.first)
        })
}
