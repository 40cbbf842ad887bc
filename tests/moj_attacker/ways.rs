//! The ways in which an inspection can have a shortfall. A way has a shape (kind, days on site,
//! whether the lead is missing, how many of the team), a place, a quarter, and a cause a post.

use super::knowledge::{FULL_DAYS, IRP_DAYS, IRP_TEAMS, Practice};

/// What is counted of a way, in all or in a group: inspections, posts, a lead's days, a team's.
pub type Counts = [i64; 4];

/// The largest team of Ofsted's.
const LARGEST: u32 = 6;

/// A way without its place, quarter and causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shape {
    pub is_irp: bool,
    pub days: u32,
    /// Without a lead nobody comes: the whole team is missing too.
    pub no_lead: bool,
    pub team: u32,
}

impl Shape {
    /// Every shape of a full inspection, at whatever site.
    pub fn full() -> Vec<Self> {
        let mut all = Vec::new();
        for days in FULL_DAYS {
            all.extend(shapes(false, days, LARGEST));
        }
        all
    }

    /// Every shape of a review of progress with `days` on site.
    pub fn irp(days: u32) -> Vec<Self> {
        shapes(true, days, IRP_TEAMS[IRP_TEAMS.len() - 1])
    }

    /// The usual reviews of progress.
    pub fn usual_irp() -> Vec<Self> {
        Self::irp(IRP_DAYS)
    }

    /// Whether teams of these sizes can be so short.
    pub fn fits(self, teams: &[u32]) -> bool {
        teams.iter().any(|size| {
            if self.no_lead {
                size - 1 == self.team
            } else {
                self.team < *size
            }
        })
    }

    /// The days that filling the lead's post would take.
    pub fn lead_days(self, practice: &Practice) -> i64 {
        let off_site = if self.is_irp {
            practice.lead_off_site_irp
        } else {
            practice.lead_off_site_full
        };
        i64::from(self.days + off_site)
    }

    /// The days that filling one post of the team would take.
    pub fn team_days(self, practice: &Practice) -> i64 {
        i64::from(self.days + practice.team_off_site)
    }

    /// What it adds to a group that holds `lead` of its leads and `team` of its team.
    pub fn counts(self, lead: bool, team: u32, practice: &Practice) -> Counts {
        let posts = i64::from(lead) + i64::from(team);
        [
            i64::from(posts > 0),
            posts,
            i64::from(lead) * self.lead_days(practice),
            i64::from(team) * self.team_days(practice),
        ]
    }

    /// What it adds to the totals.
    pub fn all(self, practice: &Practice) -> Counts {
        self.counts(self.no_lead, self.team, practice)
    }

    /// Every way to give its posts one of `causes` causes: the lead's, where it is missing, and
    /// how many of the team have each.
    pub fn causes(self, causes: usize) -> Vec<(Option<usize>, Vec<u32>)> {
        let teams = splits(self.team, causes);
        let leads: Vec<Option<usize>> = if self.no_lead {
            (0..causes).map(Some).collect()
        } else {
            vec![None]
        };
        leads
            .into_iter()
            .flat_map(|lead| teams.iter().map(move |team| (lead, team.clone())))
            .collect()
    }
}

fn shapes(is_irp: bool, days: u32, largest: u32) -> Vec<Shape> {
    let shape = |no_lead, team| Shape {
        is_irp,
        days,
        no_lead,
        team,
    };
    let without = (0..largest).map(|team| shape(true, team));
    without
        .chain((1..largest).map(|team| shape(false, team)))
        .collect()
}

/// Every way to split `posts` among `parts`.
fn splits(posts: u32, parts: usize) -> Vec<Vec<u32>> {
    if parts == 1 {
        return vec![vec![posts]];
    }
    (0..=posts)
        .flat_map(|first| {
            splits(posts - first, parts - 1)
                .into_iter()
                .map(move |rest| [vec![first], rest].concat())
        })
        .collect()
}
