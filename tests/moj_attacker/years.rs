//! Years whose shortfalls are drawn, or come of an allocation, and amendments of them. They keep
//! to the practice that anybody can know: sizes of teams, days on site, one inspection of a kind
//! a site.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Days, NaiveDate};
use muster::allocate::Options;
use muster::demo::Spec;
use muster::domain::{Country, Dataset, DateSpan, Inspection, InspectionIx, Kind, Role};
use muster::eligibility::{Eligibility, windows};
use muster::explain::{Cause, Shortfall, days_of_post, shortfalls};
use muster::model::objectives::Tier;
use muster::solve::Stop;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::knowledge::{FULL_DAYS, IRP_DAYS, IRP_TEAMS, days_on_site, full_teams, quarter};
use super::support::checked::allocated;
use super::support::generated;

const CAUSES: [Cause; 4] = [
    Cause::Clearance,
    Cause::SiteCapacity,
    Cause::DifferentWeek,
    Cause::Resourcing,
];

/// What groups may be asked to be: how many establishments at least, and the largest share that
/// is short.
pub const GROUPS: [(u32, f64); 3] = [(10, 0.34), (3, 0.6), (1, 1.0)];

/// What an inspection lacks: the causes of its empty posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    pub inspection: InspectionIx,
    pub lead: Option<Cause>,
    pub team: Vec<Cause>,
}

/// A year at a time: its data, and what is short in it.
#[derive(Clone)]
pub struct Drawn {
    pub dataset: Dataset,
    pub gaps: Vec<Gap>,
    draw: ChaCha8Rng,
    /// Whether reviews of progress are announced as the year goes on.
    announces: bool,
}

/// Whether the shortfalls of a seed's year come of an allocation.
pub fn is_allocated(seed: u64) -> bool {
    seed % 50 == 7
}

impl Drawn {
    /// The year of a seed.
    pub fn of(seed: u64) -> Self {
        let mut draw = ChaCha8Rng::seed_from_u64(seed);
        let by_allocation = is_allocated(seed);
        let spec = if by_allocation {
            Spec::varied(seed, 24, 7, 9)
        } else {
            let inspections = *[40, 60, 90].choose(&mut draw).expect("some");
            Spec::varied(seed, inspections, 2, 1)
        };
        let mut year = Self {
            dataset: generated::year(&spec),
            gaps: Vec::new(),
            draw,
            announces: seed % 4 == 3,
        };
        year.keep_to_practice();
        // In some years little but the audit stands in the way.
        year.disclose(match seed % 10 {
            0..=5 => GROUPS[0],
            6 | 7 => GROUPS[1],
            _ => GROUPS[2],
        });
        if by_allocation {
            year.allocate();
            return year;
        }
        year.shrink_england(seed);
        let most = match seed % 5 {
            0 => 20,
            1 => 12,
            2 => 6,
            _ => 3,
        };
        for _ in 0..year.draw.random_range(0..=most) {
            year.add();
        }
        year
    }

    /// Teams, days and announcements as anybody would expect them.
    fn keep_to_practice(&mut self) {
        self.dataset.policy.as_of = NaiveDate::from_ymd_opt(2026, 4, 1);
        self.dataset.pins.clear();
        for at in 0..self.dataset.programme.len() {
            let row = &self.dataset.programme[at];
            let site_type = &self.dataset.establishment(row.establishment).site_type;
            let last = windows::normal_span(row).last();
            let monday = last - Days::new(u64::from(last.weekday().num_days_from_monday()));
            let (teams, spans): (&[u32], &[(u64, u64)]) = if row.kind == Kind::Irp {
                (&IRP_TEAMS, &[(0, 2), (1, 3), (2, 4)])
            } else {
                (full_teams(site_type), &[(1, 3), (0, 3), (0, 4)])
            };
            let team = *teams.choose(&mut self.draw).expect("sizes");
            let (from, to) = *spans.choose(&mut self.draw).expect("spans");
            let row = &mut self.dataset.programme[at];
            row.team_required = Some(team);
            row.attend = DateSpan::new(monday + Days::new(from), monday + Days::new(to));
            if self.announces && row.kind == Kind::Irp {
                row.announced_on = Some(row.dates.first() - Days::new(84));
            }
        }
    }

    /// Some years have far fewer establishments in England: the others are taken to be in Wales.
    fn shrink_england(&mut self, seed: u64) {
        let kept = match seed % 3 {
            0 => return,
            1 => self.draw.random_range(9..=30),
            _ => self.draw.random_range(25..=80),
        };
        let mut english: Vec<usize> = (0..self.dataset.establishments.len())
            .filter(|at| self.dataset.establishments[*at].country == Country::England)
            .collect();
        while english.len() > kept {
            let at = self.draw.random_range(0..english.len());
            self.dataset.establishments[english.swap_remove(at)].country = Country::Wales;
        }
    }

    fn allocate(&mut self) {
        let options = Options {
            stop_after: Some(Tier::T3),
            max_nodes: Some(500),
            ..Options::default()
        };
        let allocation = allocated(&self.dataset, &options, &Stop::never());
        let eligibility = Eligibility::new(&self.dataset);
        let found = shortfalls(&eligibility, &allocation.selection, 0, &Stop::never());
        let mut gaps: BTreeMap<InspectionIx, Gap> = BTreeMap::new();
        for short in found.expect("the causes are found") {
            let gap = gaps.entry(short.inspection).or_insert(Gap {
                inspection: short.inspection,
                lead: None,
                team: Vec::new(),
            });
            match short.role {
                Role::Lead => gap.lead = Some(short.cause),
                Role::Team => gap.team.extend(vec![short.cause; short.posts as usize]),
            }
        }
        self.gaps = gaps.into_values().collect();
    }

    fn holidays(&self) -> BTreeSet<NaiveDate> {
        self.dataset.bank_holidays.keys().copied().collect()
    }

    fn is_in_practice(&self, row: &Inspection) -> bool {
        let days = days_on_site(row, &self.holidays());
        let is_irp = row.kind == Kind::Irp;
        let same = self.dataset.programme.iter().filter(|other| {
            other.establishment == row.establishment && (other.kind == Kind::Irp) == is_irp
        });
        let usual = if is_irp {
            days == IRP_DAYS
        } else {
            FULL_DAYS.contains(&days)
        };
        usual && same.count() == 1
    }

    /// Inspections in scope that could have a shortfall and have none.
    fn free(&self) -> Vec<InspectionIx> {
        let eligibility = Eligibility::new(&self.dataset);
        let inspections = eligibility.inspections();
        let inspections = inspections.filter(|at| {
            self.is_in_practice(self.dataset.inspection(*at))
                && self.gaps.iter().all(|gap| gap.inspection != *at)
        });
        inspections.collect()
    }

    fn cause(&mut self) -> Cause {
        *CAUSES.choose(&mut self.draw).expect("causes")
    }

    /// One cause for all of `posts`, or one for each.
    fn causes(&mut self, posts: usize) -> Vec<Cause> {
        let one = self.cause();
        let same = self.draw.random_bool(0.7);
        (0..posts)
            .map(|_| if same { one } else { self.cause() })
            .collect()
    }

    /// A shortfall more, where there is an inspection left for it.
    fn add(&mut self) {
        let free = self.free();
        let Some(inspection) = free.choose(&mut self.draw).copied() else {
            return;
        };
        let team = self.dataset.inspection(inspection).team_required;
        let team = team.expect("in scope") as usize - 1;
        let no_lead = team == 0 || self.draw.random_bool(0.3);
        let posts = if no_lead {
            team
        } else {
            self.draw.random_range(1..=team)
        };
        let gap = Gap {
            inspection,
            lead: no_lead.then(|| self.cause()),
            team: self.causes(posts),
        };
        self.gaps.push(gap);
        self.gaps.sort_by_key(|gap| gap.inspection);
    }

    /// From now on groups are to be of so many establishments, of which so large a share may be
    /// short.
    pub fn disclose(&mut self, (min_candidates, max_share): (u32, f64)) {
        let disclosure = &mut self.dataset.policy.disclosure;
        (disclosure.min_candidates, disclosure.max_share) = (min_candidates, max_share);
    }

    /// Some weeks later: a shortfall or three added, mended, or of another cause or quarter, and
    /// now and then other groups that are to be disclosed.
    pub fn amended(&self) -> Self {
        let mut year = self.clone();
        for _ in 0..year.draw.random_range(1..=3) {
            let chosen =
                (!year.gaps.is_empty()).then(|| year.draw.random_range(0..year.gaps.len()));
            match (year.draw.random_range(0..5), chosen) {
                (0 | 1, _) | (_, None) => year.add(),
                (2, Some(at)) => {
                    year.gaps.remove(at);
                }
                (3, Some(at)) => year.mend_or_blame(at),
                (_, Some(at)) => year.move_a_quarter(at),
            }
        }
        if year.draw.random_bool(0.3) {
            let groups = *GROUPS.choose(&mut year.draw).expect("some");
            year.disclose(groups);
        }
        if year.announces {
            let day = year.dataset.policy.as_of.expect("a day");
            year.dataset.policy.as_of = Some(day + Days::new(60));
        }
        year
    }

    /// A post of the team filled, or another cause.
    fn mend_or_blame(&mut self, at: usize) {
        let cause = self.cause();
        let gap = &mut self.gaps[at];
        if gap.lead.is_none() && gap.team.len() > 1 {
            gap.team.pop();
        } else if gap.lead.is_some() {
            gap.lead = Some(cause);
        } else {
            gap.team[0] = cause;
        }
    }

    /// The inspection is moved by thirteen weeks, unless it is a review of progress: one that was
    /// announced stays.
    fn move_a_quarter(&mut self, at: usize) {
        let inspection = self.gaps[at].inspection.get();
        let row = self.dataset.programme[inspection].clone();
        if row.kind == Kind::Irp {
            return;
        }
        let weeks = Days::new(91);
        let moved = |span: DateSpan| DateSpan::new(span.first() + weeks, span.last() + weeks);
        let later = Inspection {
            dates: moved(row.dates).expect("a span"),
            attend: row.attend.and_then(moved),
            bounds: row.bounds.and_then(moved),
            ..row
        };
        let ends_in_year = later.dates.last() < NaiveDate::from_ymd_opt(2027, 4, 1).expect("a day");
        let days = days_on_site(&later, &self.holidays());
        if ends_in_year && FULL_DAYS.contains(&days) {
            self.dataset.programme[inspection] = later;
        }
    }

    /// What is short, as a result has it.
    pub fn shortfalls(&self, eligibility: &Eligibility) -> Vec<Shortfall> {
        let mut all = Vec::new();
        for gap in &self.gaps {
            let mut posts: BTreeMap<(Role, Cause), u32> = BTreeMap::new();
            if let Some(cause) = gap.lead {
                posts.insert((Role::Lead, cause), 1);
            }
            for cause in &gap.team {
                *posts.entry((Role::Team, *cause)).or_default() += 1;
            }
            for ((role, cause), posts) in posts {
                all.push(Shortfall {
                    inspection: gap.inspection,
                    role,
                    posts,
                    inspector_days: posts * days_of_post(eligibility, gap.inspection, role),
                    cause,
                    explanation: String::new(),
                });
            }
        }
        all
    }

    /// What is short, a line an inspection.
    pub fn told(&self) -> String {
        let line = |gap: &Gap| {
            let row = self.dataset.inspection(gap.inspection);
            let site = self.dataset.establishment(row.establishment);
            format!(
                "    {} {} at {} ({}, {}), q{}, {} days, team of {:?}: lead {:?}, team {:?}",
                row.id,
                row.kind.as_str(),
                site.id,
                site.region,
                site.site_type,
                quarter(row) + 1,
                days_on_site(row, &self.holidays()),
                row.team_required,
                gap.lead,
                gap.team
            )
        };
        let lines: Vec<String> = self.gaps.iter().map(line).collect();
        lines.join("\n")
    }
}
