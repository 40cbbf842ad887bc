//! All programmes that agree with packs, as one whole-number program.
//!
//! Sites that no figure tells apart are counted together, and so are places, quarters and causes:
//! no table crosses them, so that any that agree in number for each shape can be put together.
//! Over several packs a way stands from one of them to another; the cost is how many ways end.

use std::collections::{BTreeMap, BTreeSet};

use super::knowledge::{Knowledge, Practice, Review, full_teams};
use super::reading::{Pack, Row};
use super::solver::Program;
use super::ways::{Counts, Shape};

/// Packs, in the order given, and what a figure that no pack may hold would add to the first.
pub struct Question<'a> {
    pub knowledge: &'a Knowledge,
    pub packs: &'a [&'a Pack],
    pub crossed: Option<&'a Crossed>,
}

/// A figure of some types of establishment in some regions, in some quarters.
pub struct Crossed {
    pub regions: BTreeSet<String>,
    pub types: BTreeSet<String>,
    pub quarters: BTreeSet<String>,
    pub row: Row,
}

/// Sites that no figure tells apart.
#[derive(Debug)]
pub struct Class {
    /// By their place in the knowledge.
    pub sites: Vec<usize>,
    /// How many of them have no announced review.
    pub plain: usize,
    teams: &'static [u32],
    regions: Vec<usize>,
    types: Vec<usize>,
    is_crossed: bool,
}

/// A column of ways at a place.
pub struct PlaceColumn {
    pub column: usize,
    pub span: Span,
    pub class: usize,
    /// An announced review, and the site that it is of.
    pub review: Option<(usize, Review)>,
    pub shape: Shape,
}

/// A column of ways in a quarter, or one of those like it.
pub struct QuarterColumn {
    pub column: usize,
    pub span: Span,
    pub shape: Shape,
    pub quarter: &'static str,
}

/// A column of ways of some causes, or some like them: the lead's, and how many posts of the team
/// have which.
pub struct CauseColumn {
    pub column: usize,
    pub span: Span,
    pub shape: Shape,
    pub lead: Option<&'static str>,
    pub team: Vec<(&'static str, u32)>,
}

/// From which pack to which a way stands, both included.
pub type Span = (usize, usize);

pub const QUARTERS: [&str; 4] = ["q1", "q2", "q3", "q4"];

const CAUSES: [&str; 4] = ["clearance", "different-week", "resourcing", "site-capacity"];

/// The program, and how to read its solutions.
pub struct Formulation {
    pub program: Program,
    pub classes: Vec<Class>,
    pub places: Vec<PlaceColumn>,
    pub quarters: Vec<QuarterColumn>,
    pub causes: Vec<CauseColumn>,
    /// Class and place in the knowledge of every site whose review is announced.
    pub announced: Vec<(usize, usize)>,
    /// How many packs.
    pub packs: usize,
}

/// Totals and groups of a pack, its cost told apart into days of leads and of teams.
struct Told<'a> {
    total: Counts,
    tables: BTreeMap<&'static str, Vec<(&'a BTreeSet<String>, Counts)>>,
}

/// The figures of `row`; nothing where its cost is none that days can have.
fn told(row: &Row, practice: &Practice) -> Option<Counts> {
    let apart = practice.lead_fee - practice.team_fee;
    assert!(apart != 0, "equal fees tell no days apart");
    let rest = row.pence - practice.team_fee * row.days;
    let lead = rest / apart;
    (rest % apart == 0 && (0..=row.days).contains(&lead)).then_some([
        row.inspections,
        row.posts,
        lead,
        row.days - lead,
    ])
}

impl<'a> Told<'a> {
    fn of(pack: &'a Pack, practice: &Practice) -> Option<Self> {
        let mut tables = BTreeMap::new();
        for (table, groups) in &pack.tables {
            let rows = groups
                .iter()
                .map(|group| Some((&group.members, told(&group.row, practice)?)));
            tables.insert(*table, rows.collect::<Option<Vec<_>>>()?);
        }
        Some(Self {
            total: told(&pack.total, practice)?,
            tables,
        })
    }
}

/// How many times `counts` goes into `limit`.
fn times(counts: &Counts, limit: &Counts) -> i64 {
    let pairs = counts.iter().zip(limit).filter(|(count, _)| **count > 0);
    pairs.map(|(count, limit)| limit / count).min().unwrap_or(0)
}

/// Rows that are filled column by column: four figures of a group of a pack's table.
#[derive(Default)]
struct Rows {
    terms: BTreeMap<(usize, &'static str, usize), FourRows>,
}

/// The terms of a group's four figures.
type FourRows = [Vec<(usize, i64)>; 4];

impl Rows {
    fn add(&mut self, pack: usize, table: &'static str, group: usize, column: usize, by: &Counts) {
        let rows = self.terms.entry((pack, table, group)).or_default();
        for (row, factor) in rows.iter_mut().zip(by) {
            if *factor != 0 {
                row.push((column, *factor));
            }
        }
    }
}

impl Question<'_> {
    fn classes(&self) -> Vec<Class> {
        let mut classes: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (at, site) in self.knowledge.sites.iter().enumerate() {
            let groups = |table: &str, value: &str| -> Vec<usize> {
                let packs = self.packs.iter();
                packs.map(|pack| pack.group_of(table, value)).collect()
            };
            let is_crossed = self.crossed.is_some_and(|crossed| {
                crossed.regions.contains(&site.region) && crossed.types.contains(&site.site_type)
            });
            let key = (
                groups("region", &site.region),
                groups("type", &site.site_type),
                full_teams(&site.site_type),
                is_crossed,
            );
            classes.entry(key).or_default().push(at);
        }
        let classes = classes.into_iter();
        classes
            .map(|((regions, types, teams, is_crossed), sites)| {
                let plain = |at: &&usize| self.knowledge.sites[**at].review.is_none();
                Class {
                    plain: sites.iter().filter(plain).count(),
                    sites,
                    teams,
                    regions,
                    types,
                    is_crossed,
                }
            })
            .collect()
    }

    /// The program; nothing where a figure contradicts the fees.
    pub fn formulate(&self) -> Option<Formulation> {
        let practice = &self.knowledge.practice;
        let told: Option<Vec<Told>> = self
            .packs
            .iter()
            .map(|pack| Told::of(pack, practice))
            .collect();
        let told = told?;
        let last = self.packs.len() - 1;
        let spans: Vec<Span> = (0..=last)
            .flat_map(|first| (first..=last).map(move |end| (first, end)))
            .collect();
        let classes = self.classes();
        let mut program = Program::default();
        let mut rows = Rows::default();
        let mut places = Vec::new();
        let mut announced = Vec::new();
        for (class_at, class) in classes.iter().enumerate() {
            let fitting = Shape::full().into_iter();
            let full: Vec<Shape> = fitting.filter(|shape| shape.fits(class.teams)).collect();
            let mut kinds = vec![
                (full, class.sites.len(), None),
                (Shape::usual_irp(), class.plain, None),
            ];
            for site in &class.sites {
                if let Some(review) = self.knowledge.sites[*site].review {
                    announced.push((class_at, *site));
                    kinds.push((Shape::irp(review.days), 1, Some((*site, review))));
                }
            }
            for (shapes, sites, review) in kinds {
                for span in &spans {
                    for shape in &shapes {
                        let counts = shape.all(practice);
                        let limit = |t: usize| {
                            let region = &told[t].tables["region"][class.regions[t]].1;
                            let site_type = &told[t].tables["type"][class.types[t]].1;
                            let limits = [&told[t].total, region, site_type];
                            limits.map(|limit| times(&counts, limit)).into_iter().min()
                        };
                        let most = (span.0..=span.1).filter_map(limit).min();
                        let most = most.unwrap_or(0).min(sites as i64);
                        if most == 0 {
                            continue;
                        }
                        let column = program.column(most, i64::from(span.1 < last));
                        for t in span.0..=span.1 {
                            rows.add(t, "total", 0, column, &counts);
                            rows.add(t, "region", class.regions[t], column, &counts);
                            rows.add(t, "type", class.types[t], column, &counts);
                        }
                        places.push(PlaceColumn {
                            column,
                            span: *span,
                            class: class_at,
                            review,
                            shape: *shape,
                        });
                    }
                }
            }
        }
        let mut formulation = Formulation {
            program,
            classes,
            places,
            quarters: Vec::new(),
            causes: Vec::new(),
            announced,
            packs: self.packs.len(),
        };
        self.add_roles(&mut formulation, &mut rows, &told);
        self.add_quarters(&mut formulation, &mut rows, &told);
        self.add_causes(&mut formulation, &mut rows, &told);
        for (t, told) in told.iter().enumerate() {
            let total = ("total", 0, told.total);
            let groups = told.tables.iter().flat_map(|(table, groups)| {
                let groups = groups.iter().enumerate();
                groups.map(|(at, (_, counts))| (*table, at, *counts))
            });
            for (table, at, counts) in groups.chain([total]) {
                let terms = rows.terms.remove(&(t, table, at)).unwrap_or_default();
                for (terms, value) in terms.into_iter().zip(counts) {
                    formulation.program.equal(terms, value);
                }
            }
        }
        Some(formulation)
    }

    fn add_roles(&self, formulation: &mut Formulation, rows: &mut Rows, told: &[Told]) {
        for place in &formulation.places {
            for (t, told) in told.iter().enumerate() {
                for (at, (members, _)) in told.tables["role"].iter().enumerate() {
                    let lead = members.contains("lead") && place.shape.no_lead;
                    let team = u32::from(members.contains("team")) * place.shape.team;
                    let counts = place.shape.counts(lead, team, &self.knowledge.practice);
                    if place.span.0 <= t && t <= place.span.1 {
                        rows.add(t, "role", at, place.column, &counts);
                    }
                }
            }
        }
    }

    /// Columns of how many ways of a shape are in which quarter. An announced review's is known.
    fn add_quarters(&self, formulation: &mut Formulation, rows: &mut Rows, told: &[Told]) {
        let practice = &self.knowledge.practice;
        let is_crossed = |quarter: &str| {
            self.crossed
                .is_some_and(|crossed| crossed.quarters.contains(quarter))
        };
        let mut refined: BTreeMap<(Vec<usize>, bool), &'static str> = BTreeMap::new();
        for value in QUARTERS {
            let packs = self.packs.iter();
            let groups = packs.map(|pack| pack.group_of("quarter", value)).collect();
            refined.insert((groups, is_crossed(value)), value);
        }
        let mut crossing = FourRows::default();
        let mut of_shape: BTreeMap<(Span, Shape), Vec<(usize, bool)>> = BTreeMap::new();
        for place in &formulation.places {
            let counts = place.shape.all(practice);
            let crosses = formulation.classes[place.class].is_crossed;
            let Some((_, review)) = place.review else {
                let columns = of_shape.entry((place.span, place.shape)).or_default();
                columns.push((place.column, crosses));
                continue;
            };
            let quarter = QUARTERS[review.quarter];
            for t in place.span.0..=place.span.1 {
                let group = self.packs[t].group_of("quarter", quarter);
                rows.add(t, "quarter", group, place.column, &counts);
            }
            if crosses && is_crossed(quarter) {
                for (terms, factor) in crossing.iter_mut().zip(counts) {
                    terms.push((place.column, factor));
                }
            }
        }
        for ((span, shape), columns) in of_shape {
            let counts = shape.all(practice);
            let mut link: Vec<(usize, i64)> = columns.iter().map(|(at, _)| (*at, 1)).collect();
            let mut in_quarters = Vec::new();
            for ((groups, crosses), quarter) in &refined {
                let limit = |t: usize| times(&counts, &told[t].tables["quarter"][groups[t]].1);
                let most = (span.0..=span.1).map(limit).min().unwrap_or(0);
                if most == 0 {
                    continue;
                }
                let column = formulation.program.column(most, 0);
                link.push((column, -1));
                formulation.quarters.push(QuarterColumn {
                    column,
                    span,
                    shape,
                    quarter,
                });
                if *crosses {
                    in_quarters.push(column);
                }
                for (t, group) in groups.iter().enumerate() {
                    if span.0 <= t && t <= span.1 {
                        rows.add(t, "quarter", *group, column, &counts);
                    }
                }
            }
            formulation.program.equal(link.clone(), 0);
            if let Some(crossed) = self.crossed {
                // How many are at such a place and in such a quarter: no more than in either, and no fewer than must be.
                let program = &mut formulation.program;
                let both = program.column(crossed.row.inspections, 0);
                let in_regions = columns.iter().filter(|(_, crosses)| *crosses);
                let in_regions: Vec<usize> = in_regions.map(|(at, _)| *at).collect();
                for part in [&in_regions, &in_quarters] {
                    let mut terms: Vec<_> = part.iter().map(|column| (*column, -1)).collect();
                    terms.push((both, 1));
                    program.line(terms, -1_000_000, 0);
                }
                let outside = columns.iter().filter(|(_, crosses)| !*crosses);
                let mut terms: Vec<_> = outside.map(|(column, _)| (*column, -1)).collect();
                terms.extend(in_quarters.iter().map(|column| (*column, 1)));
                terms.push((both, -1));
                program.line(terms, -1_000_000, 0);
                for (terms, factor) in crossing.iter_mut().zip(counts) {
                    terms.push((both, factor));
                }
            }
        }
        if let Some(crossed) = self.crossed {
            let value = self::told(&crossed.row, practice).expect("days and fees agree");
            for (terms, value) in crossing.into_iter().zip(value) {
                let terms = terms.into_iter().filter(|(_, factor)| *factor != 0);
                formulation.program.equal(terms.collect(), value);
            }
        }
    }

    /// Columns of how many ways of a shape have which causes.
    fn add_causes(&self, formulation: &mut Formulation, rows: &mut Rows, told: &[Told]) {
        let practice = &self.knowledge.practice;
        // Causes that no pack tells apart are one: its group in every pack, and the last's name.
        let mut causes: BTreeMap<Vec<usize>, &'static str> = BTreeMap::new();
        for cause in CAUSES {
            let packs = self.packs.iter();
            causes.insert(
                packs.map(|pack| pack.group_of("cause", cause)).collect(),
                cause,
            );
        }
        let causes: Vec<_> = causes.into_iter().collect();
        let mut of_shape: BTreeMap<(Span, Shape), Vec<(usize, i64)>> = BTreeMap::new();
        for place in &formulation.places {
            let columns = of_shape.entry((place.span, place.shape)).or_default();
            columns.push((place.column, 1));
        }
        for ((span, shape), mut link) in of_shape {
            for (lead, team) in shape.causes(causes.len()) {
                let mut adds = Vec::new();
                for t in span.0..=span.1 {
                    for group in 0..told[t].tables["cause"].len() {
                        let lead = lead.is_some_and(|cause| causes[cause].0[t] == group);
                        let posts = causes.iter().zip(&team);
                        let posts = posts.filter(|((groups, _), _)| groups[t] == group);
                        let posts: u32 = posts.map(|(_, posts)| posts).sum();
                        let counts = shape.counts(lead, posts, practice);
                        if counts[0] > 0 {
                            adds.push((t, group, counts));
                        }
                    }
                }
                let limits = adds.iter();
                let limits = limits
                    .map(|(t, group, counts)| times(counts, &told[*t].tables["cause"][*group].1));
                let most = limits.min().unwrap_or(0);
                if most == 0 {
                    continue;
                }
                let column = formulation.program.column(most, 0);
                link.push((column, -1));
                let team = causes.iter().zip(&team);
                formulation.causes.push(CauseColumn {
                    column,
                    span,
                    shape,
                    lead: lead.map(|cause| causes[cause].1),
                    team: team.map(|((_, cause), posts)| (*cause, *posts)).collect(),
                });
                for (t, group, counts) in adds {
                    rows.add(t, "cause", group, column, &counts);
                }
            }
            formulation.program.equal(link, 0);
        }
    }
}
