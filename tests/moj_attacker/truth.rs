//! What is truly short in a year, counted apart from the pack, and what a pack's groups must be.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use muster::domain::{Country, Kind};

use super::formulation::Crossed;
use super::knowledge::{IRP_TEAMS, Knowledge, days_on_site, full_teams, quarter};
use super::reading::{Group, Pack, Row, TABLES};
use super::ways::Shape;
use super::years::Drawn;

/// An empty post.
struct Post {
    inspection: usize,
    site: usize,
    /// Its value in each table.
    values: BTreeMap<&'static str, String>,
    days: i64,
    pence: i64,
}

/// The truth of a year.
pub struct Truth {
    posts: Vec<Post>,
    /// Every value of each table.
    values: BTreeMap<&'static str, BTreeSet<String>>,
    /// Region and type of every establishment of England.
    english: Vec<(String, String)>,
    /// Whether each shortfall is of a way that the attacker knows.
    pub is_in_practice: bool,
}

impl Truth {
    pub fn of(year: &Drawn, knowledge: &Knowledge) -> Self {
        let dataset = &year.dataset;
        let holidays: BTreeSet<NaiveDate> = dataset.bank_holidays.keys().copied().collect();
        let practice = &knowledge.practice;
        let quarters = ["q1", "q2", "q3", "q4"];
        let mut posts = Vec::new();
        let mut is_in_practice = true;
        let mut seen = BTreeSet::new();
        for gap in &year.gaps {
            let row = dataset.inspection(gap.inspection);
            let site = dataset.establishment(row.establishment);
            let shape = Shape {
                is_irp: row.kind == Kind::Irp,
                days: days_on_site(row, &holidays),
                no_lead: gap.lead.is_some(),
                team: gap.team.len() as u32,
            };
            let known = knowledge.sites.iter().find(|known| known.id == site.id);
            let announced = known.and_then(|known| known.review);
            let (shapes, teams) = match (shape.is_irp, announced) {
                (true, Some(review)) => (Shape::irp(review.days), &IRP_TEAMS[..]),
                (true, None) => (Shape::usual_irp(), &IRP_TEAMS[..]),
                (false, _) => (Shape::full(), full_teams(&site.site_type)),
            };
            is_in_practice &= shapes.contains(&shape)
                && shape.fits(teams)
                && seen.insert((row.establishment, shape.is_irp));
            let lead = gap.lead.iter().map(|cause| ("lead", cause));
            let team = gap.team.iter().map(|cause| ("team", cause));
            for (role, cause) in lead.chain(team) {
                let (days, fee) = if role == "lead" {
                    (shape.lead_days(practice), practice.lead_fee)
                } else {
                    (shape.team_days(practice), practice.team_fee)
                };
                let values = [
                    ("quarter", quarters[quarter(row)]),
                    ("region", &site.region),
                    ("type", &site.site_type),
                    ("cause", cause.as_str()),
                    ("role", role),
                ];
                posts.push(Post {
                    inspection: gap.inspection.get(),
                    site: row.establishment.get(),
                    values: values
                        .map(|(table, value)| (table, value.to_owned()))
                        .into(),
                    days,
                    pence: days * fee,
                });
            }
        }
        let sites = || dataset.establishments.iter();
        let english = sites().filter(|site| site.country == Country::England);
        Self {
            posts,
            values: [
                ("quarter", quarters.map(str::to_owned).into()),
                ("region", sites().map(|site| site.region.clone()).collect()),
                ("type", sites().map(|site| site.site_type.clone()).collect()),
                (
                    "cause",
                    ["clearance", "different-week", "resourcing", "site-capacity"]
                        .map(str::to_owned)
                        .into(),
                ),
                ("role", ["lead", "team"].map(str::to_owned).into()),
            ]
            .into(),
            english: english
                .map(|site| (site.region.clone(), site.site_type.clone()))
                .collect(),
            is_in_practice,
        }
    }

    /// The figures of the posts that `holds` holds of, and how many sites they are at.
    fn figures(&self, holds: impl Fn(&Post) -> bool) -> (Row, usize) {
        let mut row = Row::default();
        let mut inspections = BTreeSet::new();
        let mut sites = BTreeSet::new();
        for post in self.posts.iter().filter(|post| holds(post)) {
            inspections.insert(post.inspection);
            sites.insert(post.site);
            row.posts += 1;
            row.days += post.days;
            row.pence += post.pence;
        }
        row.inspections = inspections.len() as i64;
        (row, sites.len())
    }

    /// What is short of a group of a table, and at how many sites.
    pub fn group(&self, table: &str, members: &BTreeSet<String>) -> (Row, usize) {
        self.figures(|post| members.contains(&post.values[table]))
    }

    /// The same for what is short of some regions, types and quarters together: figures that no
    /// pack may hold. One for each type that is short in a region group, and one for each quarter.
    pub fn crossings(&self, pack: &Pack) -> Vec<Crossed> {
        let mut all = BTreeSet::new();
        for post in &self.posts {
            let group = pack.group_of("region", &post.values["region"]);
            let regions = &pack.tables["region"][group].members;
            let only = |table: &str| BTreeSet::from([post.values[table].clone()]);
            all.insert((regions, only("type"), self.values["quarter"].clone()));
            all.insert((regions, self.values["type"].clone(), only("quarter")));
        }
        let crossed = |(regions, types, quarters): (&BTreeSet<String>, _, _)| {
            let is_in = |post: &Post, table: &str, members: &BTreeSet<String>| {
                members.contains(&post.values[table])
            };
            let row = self.figures(|post| {
                is_in(post, "region", regions)
                    && is_in(post, "type", &types)
                    && is_in(post, "quarter", &quarters)
            });
            Crossed {
                regions: regions.clone(),
                types: types.clone(),
                quarters: quarters.clone(),
                row: row.0,
            }
        };
        all.into_iter().map(crossed).collect()
    }

    /// What is short in all, and at how many sites.
    pub fn total(&self) -> (Row, usize) {
        self.figures(|_| true)
    }

    /// The pack that shows nothing but totals.
    pub fn totals_alone(&self) -> Pack {
        let total = self.total().0;
        let table = |table: &'static str| {
            let members = self.values[table].clone();
            let row = total;
            (table, vec![Group { members, row }])
        };
        Pack {
            total,
            tables: TABLES.map(table).into(),
        }
    }

    /// How many establishments of England a group could be about.
    fn candidates(&self, table: &str, members: &BTreeSet<String>) -> usize {
        let belongs = |(region, site_type): &&(String, String)| match table {
            "region" => members.contains(region),
            "type" => members.contains(site_type),
            _ => true,
        };
        self.english.iter().filter(belongs).count()
    }

    /// What a pack says that is not so.
    pub fn lies(&self, pack: &Pack) -> Vec<String> {
        let mut lies = Vec::new();
        let total = self.total().0;
        if pack.total != total {
            lies.push(format!("totals: {:?} for {total:?}", pack.total));
        }
        for (table, groups) in &pack.tables {
            let members = groups
                .iter()
                .flat_map(|group| group.members.iter().cloned());
            if members.collect::<BTreeSet<_>>() != self.values[table] {
                lies.push(format!("{table}: not every value, or others"));
            }
            let mut sum = Row::default();
            for group in groups {
                let truth = self.group(table, &group.members).0;
                if group.row != truth {
                    lies.push(format!("{table}: {group:?} for {truth:?}"));
                }
                sum.add(group.row);
            }
            if matches!(*table, "cause" | "role") {
                sum.inspections = total.inspections;
            }
            if sum != total {
                lies.push(format!("{table} doesn't add up: {sum:?} for {total:?}"));
            }
        }
        lies
    }

    /// The groups that are about too few establishments, or in which too many are short.
    pub fn broken_groups(&self, pack: &Pack, knowledge: &Knowledge) -> Vec<String> {
        let mut broken = Vec::new();
        for (table, groups) in &pack.tables {
            for group in groups {
                let candidates = self.candidates(table, &group.members);
                let short = self.group(table, &group.members).1;
                if candidates < knowledge.min_candidates {
                    broken.push(format!("{table} {:?}: {candidates} sites", group.members));
                }
                if is_too_many(short, candidates, knowledge) {
                    let of = format!("{short} of {candidates} sites short");
                    broken.push(format!("{table} {:?}: {of}", group.members));
                }
            }
        }
        broken
    }

    /// Why not even totals may be shown: too few establishments, or too many short.
    pub fn totals_broken(&self, knowledge: &Knowledge) -> Option<&'static str> {
        if self.english.len() < knowledge.min_candidates {
            return Some("too few establishments");
        }
        is_too_many(self.total().1, self.english.len(), knowledge).then_some("too many short")
    }
}

fn is_too_many(short: usize, candidates: usize, knowledge: &Knowledge) -> bool {
    short as u64 * 10_000 > knowledge.max_share * candidates as u64
}
