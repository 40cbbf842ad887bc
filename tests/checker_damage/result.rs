//! A sound result of a generated year, and what a test needs to damage it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};
use muster::allocate::Options;
use muster::demo::Spec;
use muster::domain::{
    Availability, AvailabilityKind, Clearance, ClearanceLevel, Dataset, DateSpan, Establishment,
    EstablishmentIx, Grade, Inspection, InspectionIx, Inspector, InspectorIx, PinAction, Role,
    WeekdaySet,
};
use muster::model::objectives::Tier;
use muster::solve::Stop;
use muster::verify::{Finding, PostRow, Week, tier_values, verify, verify_posts};
use serde_json::Value;

use crate::support::checked::allocated;
use crate::support::generated::{files, written, year};
use crate::support::tiny::dice::Dice;

use crate::table::Table;

/// The year's dataset and its result.
#[derive(Clone)]
pub struct YearResult {
    pub dataset: Dataset,
    pub tables: BTreeMap<String, Table>,
    pub summary: Value,
}

/// A post of `allocations.csv` and the row that says it.
#[derive(Clone)]
pub struct Post {
    pub at: usize,
    pub row: PostRow,
    pub inspection: InspectionIx,
    pub inspector: InspectorIx,
}

impl YearResult {
    /// The result of the generated year of `seed`, solved up to the tier `last`, in which the
    /// checker finds nothing.
    pub fn sound(seed: u64, last: Tier) -> Self {
        let size = |low: usize, span: u64| low + (seed % span) as usize;
        let spec = Spec::varied(seed, size(8, 13), size(5, 6), size(6, 9));
        let dataset = year(&spec);
        let options = Options {
            stop_after: Some(last),
            max_nodes: Some(200),
            ..Options::default()
        };
        let stop = Stop::never();
        let allocation = allocated(&dataset, &options, &stop);
        let mut tables = BTreeMap::new();
        let mut summary = Value::Null;
        for (name, bytes) in files(&dataset, &allocation, &options, &stop) {
            if name == "summary.json" {
                summary = serde_json::from_slice(&bytes).expect("a summary is JSON");
            } else {
                tables.insert(name, Table::parse(&bytes));
            }
        }
        let result = Self {
            dataset,
            tables,
            summary,
        };
        assert_eq!(result.findings(), [], "seed {seed}");
        result
    }

    /// What the checker finds in the result on the disk.
    pub fn findings(&self) -> Vec<Finding> {
        let tables = self.tables.iter();
        let mut files: Vec<(String, Vec<u8>)> = tables
            .map(|(name, table)| (name.clone(), table.bytes()))
            .collect();
        files.push((
            "summary.json".to_owned(),
            self.summary.to_string().into_bytes(),
        ));
        let (_place, folder) = written(&files);
        verify(&self.dataset, &folder).expect("a result that can be read")
    }

    /// What the checker finds in its posts alone.
    pub fn findings_of_posts(&self) -> Vec<Finding> {
        let rows: Vec<PostRow> = self.posts().into_iter().map(|post| post.row).collect();
        verify_posts(&self.dataset, &rows)
    }

    /// Has the summary tell again what follows from a dataset that has changed.
    pub fn retell(&mut self) {
        let rows: Vec<PostRow> = self.posts().into_iter().map(|post| post.row).collect();
        let values = tier_values(&self.dataset, &rows);
        let values = BTreeMap::from([
            ("T1", values.t1 as f64),
            ("T2", values.t2 as f64),
            ("T3", values.t3 as f64),
            ("T6", values.t6.pounds()),
            ("T7", values.t7),
            ("T8", values.t8 as f64),
        ]);
        let tiers = self.summary["tiers"].as_array_mut().expect("a list");
        for tier in tiers {
            let value = values[tier["tier"].as_str().expect("a name")];
            tier["value"] = value.into();
            if tier["status"] != "off" {
                tier["reached"] = value.into();
                let bound = tier["bound"].as_f64().expect("a number").min(value);
                tier["bound"] = bound.into();
                tier["gap"] = ((value - bound) / value.abs().max(1.0)).into();
                let proven = value - bound < 1e-9;
                tier["status"] = if proven { "optimal" } else { "gap" }.into();
            }
        }
        self.retell_workload();
        self.summary["cost"] = values["T6"].into();
        self.summary["policy"] = serde_json::to_value(&self.dataset.policy).expect("it is JSON");
    }

    fn retell_workload(&mut self) {
        for inspector in self.dataset.inspectors.clone() {
            let days = &self.tables["days.csv"];
            let is_theirs = |at: &usize| days.cell(*at, "inspector_id") == inspector.id;
            let days = (0..days.rows.len()).filter(is_theirs).count();
            let used = days as f64 + f64::from(inspector.days_used);
            let share = used / f64::from(inspector.max_days).max(1.0);
            let table = self.table("workload.csv");
            let at = (0..table.rows.len())
                .find(|at| table.cell(*at, "inspector_id") == inspector.id)
                .expect("everybody has a row");
            table.set(at, "max_days", inspector.max_days.to_string());
            table.set(at, "utilisation", format!("{share:.4}"));
        }
    }

    /// Every post that `allocations.csv` says.
    pub fn posts(&self) -> Vec<Post> {
        let table = &self.tables["allocations.csv"];
        (0..table.rows.len())
            .map(|at| {
                let cell = |column| table.cell(at, column).to_owned();
                let row = PostRow {
                    inspection_id: cell("inspection_id"),
                    role: role(&cell("role")),
                    inspector_id: cell("inspector_id"),
                    attend_from: cell("attend_from").parse().expect("a date"),
                    attend_to: cell("attend_to").parse().expect("a date"),
                    week: if cell("week") == "normal" {
                        Week::Normal
                    } else {
                        Week::Different
                    },
                };
                Post {
                    at,
                    inspection: self.inspection(&row.inspection_id),
                    inspector: self.inspector(&row.inspector_id),
                    row,
                }
            })
            .collect()
    }

    /// Any post.
    pub fn post(&self, dice: &mut Dice) -> Option<Post> {
        self.any_post(dice, |_| true)
    }

    /// Any post of which `wanted` holds.
    pub fn any_post(&self, dice: &mut Dice, wanted: impl Fn(&Post) -> bool) -> Option<Post> {
        let posts: Vec<Post> = self.posts().into_iter().filter(|p| wanted(p)).collect();
        dice.any(&posts).cloned()
    }

    /// The posts of one inspection.
    pub fn posts_of(&self, inspection: InspectionIx) -> Vec<Post> {
        let posts = self.posts().into_iter();
        posts.filter(|post| post.inspection == inspection).collect()
    }

    /// Where a post is.
    pub fn site(&self, post: &Post) -> EstablishmentIx {
        self.dataset.inspection(post.inspection).establishment
    }

    /// The grade of who holds a post.
    pub fn grade(&self, post: &Post) -> Grade {
        self.dataset.inspector(post.inspector).grade
    }

    /// The dataset's row of who holds a post.
    pub fn holder(&mut self, post: &Post) -> &mut Inspector {
        &mut self.dataset.inspectors[post.inspector.get()]
    }

    /// The dataset's row of where a post is.
    pub fn establishment(&mut self, post: &Post) -> &mut Establishment {
        let site = self.site(post);
        &mut self.dataset.establishments[site.get()]
    }

    /// The programme's row of a post's inspection.
    pub fn entry(&mut self, post: &Post) -> &mut Inspection {
        &mut self.dataset.programme[post.inspection.get()]
    }

    pub fn inspection(&self, id: &str) -> InspectionIx {
        let mut all = self.dataset.inspection_ixs();
        all.find(|ix| self.dataset.inspection(*ix).id == id)
            .expect("an inspection of the year")
    }

    pub fn inspector(&self, id: &str) -> InspectorIx {
        let mut all = self.dataset.inspector_ixs();
        all.find(|ix| self.dataset.inspector(*ix).id == id)
            .expect("somebody of the year")
    }

    pub fn table(&mut self, name: &str) -> &mut Table {
        self.tables.get_mut(name).expect("a file of the result")
    }

    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        WeekdaySet::MONDAY_TO_FRIDAY.contains(day.weekday())
            && !self.dataset.bank_holidays.contains_key(&day)
    }

    /// The days on site of a post.
    pub fn days_on_site(&self, row: &PostRow) -> Vec<NaiveDate> {
        DateSpan::new(row.attend_from, row.attend_to)
            .expect("in order")
            .days()
            .filter(|day| self.is_working_day(*day))
            .collect()
    }

    /// The rows of `days.csv` that are about a post.
    pub fn days_rows(&self, row: &PostRow) -> Vec<usize> {
        let table = &self.tables["days.csv"];
        let is_of = |at: &usize| {
            table.cell(*at, "inspection_id") == row.inspection_id
                && table.cell(*at, "inspector_id") == row.inspector_id
                && table.cell(*at, "role") == row.role.as_str()
        };
        (0..table.rows.len()).filter(is_of).collect()
    }

    /// Puts the rows of `days.csv` in order again.
    pub fn sort_days(&mut self) {
        let table = self.table("days.csv");
        let (date, person) = (table.column("date"), table.column("inspector_id"));
        table
            .rows
            .sort_by(|a, b| (&a[date], &a[person]).cmp(&(&b[date], &b[person])));
    }

    /// The days that somebody works by `days.csv`.
    pub fn days_of(&self, inspector: &str) -> BTreeSet<NaiveDate> {
        let table = &self.tables["days.csv"];
        (0..table.rows.len())
            .filter(|at| table.cell(*at, "inspector_id") == inspector)
            .map(|at| table.cell(at, "date").parse().expect("a date"))
            .collect()
    }

    /// Takes `inspector` away for the days of `span`.
    pub fn take_away(&mut self, inspector: InspectorIx, span: DateSpan) {
        self.dataset.availability.push(Availability {
            inspector,
            span,
            kind: AvailabilityKind::Unavailable,
            line: 2,
        });
    }

    /// Nothing stands in the way of `inspector` any more: they are there every day, cleared,
    /// and have days enough.
    pub fn free(&mut self, inspector: InspectorIx) {
        let others = |availability: &Availability| availability.inspector != inspector;
        self.dataset.availability.retain(others);
        let year = self.dataset.policy.programme_year;
        let day = |year, month| NaiveDate::from_ymd_opt(year, month, 1).expect("a date");
        self.dataset.availability.push(Availability {
            inspector,
            span: DateSpan::new(day(year, 1), day(year + 1, 12)).expect("in order"),
            kind: AvailabilityKind::Offered,
            line: 2,
        });
        self.dataset.conflicts.retain(|c| c.inspector != inspector);
        self.dataset
            .pins
            .retain(|pin| pin.inspector != inspector || pin.action == PinAction::Pin);
        let highest = self.dataset.policy.clearance_levels.len() as u8 - 1;
        let row = &mut self.dataset.inspectors[inspector.get()];
        row.working_days = WeekdaySet::MONDAY_TO_FRIDAY;
        row.max_days = 400;
        row.max_days_quarter = [None; 4];
        row.dbs_expires = Some(day(year + 9, 1));
        row.custody_training_until = None;
        row.clearance = Some(Clearance {
            level: ClearanceLevel(highest),
            expires: day(year + 9, 1),
        });
    }
}

pub fn role(cell: &str) -> Role {
    if cell == "lead" {
        Role::Lead
    } else {
        Role::Team
    }
}

/// The day before.
pub fn before(day: NaiveDate) -> NaiveDate {
    day - Days::new(1)
}
