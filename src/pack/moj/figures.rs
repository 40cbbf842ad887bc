//! The figures of a pack: its separate tables, never crossed, each row a group of values.

use std::ops::AddAssign;

use crate::domain::{Dataset, Establishment, FeePolicy, Pence, Policy};

use super::lack::Lack;

/// By what a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// One row for all.
    Total,
    /// By quarter of the year.
    Quarter,
    /// By region of the establishment.
    Region,
    /// By type of establishment.
    Type,
    /// By cause.
    Cause,
    /// By role.
    Role,
}

impl Dimension {
    /// All of them, in the order in which they are written.
    pub const ALL: [Self; 6] = [
        Self::Total,
        Self::Quarter,
        Self::Region,
        Self::Type,
        Self::Cause,
        Self::Role,
    ];

    /// As written in the files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Quarter => "quarter",
            Self::Region => "region",
            Self::Type => "type",
            Self::Cause => "cause",
            Self::Role => "role",
        }
    }

    /// The value of `site`, where the table is by establishment.
    pub(super) fn of_site(self, site: &Establishment) -> Option<&str> {
        match self {
            Self::Region => Some(&site.region),
            Self::Type => Some(&site.site_type),
            _ => None,
        }
    }
}

/// How much is short, with the days of leads and of team members apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Amounts {
    /// Inspections with an empty post.
    pub inspections: u32,
    /// Empty posts.
    pub posts: u32,
    /// Days that leads would take.
    pub lead_days: u32,
    /// Days that team members would take.
    pub team_days: u32,
}

impl AddAssign for Amounts {
    fn add_assign(&mut self, other: Self) {
        self.inspections += other.inspections;
        self.posts += other.posts;
        self.lead_days += other.lead_days;
        self.team_days += other.team_days;
    }
}

impl Amounts {
    /// The figures that they are shown as.
    pub(super) fn figures(self, fees: &FeePolicy) -> Figures {
        Figures {
            inspections: self.inspections,
            posts: self.posts,
            inspector_days: self.lead_days + self.team_days,
            cost: fees.lead * self.lead_days + fees.team * self.team_days,
        }
    }
}

/// One row's figures, as the files have them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Inspections with an empty post.
    pub inspections: u32,
    /// Empty posts.
    pub posts: u32,
    /// Days that filling them takes.
    pub inspector_days: u32,
    /// What that costs with OIs.
    pub cost: Pence,
}

/// A row of a table: values taken together, with their figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The table.
    pub table: Dimension,
    /// Its values, sorted; none in the table of totals.
    pub members: Vec<String>,
    /// Its name, unique in its table.
    pub name: String,
    /// What is shown of it.
    pub figures: Figures,
}

/// All that a pack shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Its rows, by table, then as written.
    pub groups: Vec<Group>,
}

impl Shown {
    /// The rows of one table.
    pub fn table(&self, table: Dimension) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(move |group| group.table == table)
    }

    /// The row of totals.
    pub fn total(&self) -> Figures {
        let total = self.table(Dimension::Total).next();
        total.map(|group| group.figures).unwrap_or_default()
    }
}

/// A group's amounts.
pub(super) fn amounts(
    dataset: &Dataset,
    lacks: &[Lack],
    table: Dimension,
    members: &[String],
) -> Amounts {
    let mut sum = Amounts::default();
    for lack in lacks {
        let value = table.of_site(dataset.establishment(lack.site));
        if value.is_none_or(|value| members.iter().any(|member| member == value)) {
            sum += lack.way.amounts(table, members, &dataset.policy);
        }
    }
    sum
}

/// The days of leads and of team members that figures tell, as there are two fees: nothing
/// where no such days come to that cost.
pub(super) fn told(figures: &Figures, policy: &Policy) -> Option<Amounts> {
    let (lead, team) = (policy.fees.lead.0, policy.fees.team.0);
    let days = i64::from(figures.inspector_days);
    let more = figures.cost.0 - team * days;
    // With one fee for all, cost tells nothing that days don't.
    let lead_days = if lead == team {
        (more == 0).then_some(0)
    } else {
        (more % (lead - team) == 0).then_some(more / (lead - team))
    }?;
    let lead_days = u32::try_from(lead_days)
        .ok()
        .filter(|lead| *lead <= figures.inspector_days)?;
    Some(Amounts {
        inspections: figures.inspections,
        posts: figures.posts,
        lead_days,
        team_days: figures.inspector_days - lead_days,
    })
}
