//! Preparation, report and write-up: how many days, and in which window (¶31).

use chrono::{Days, NaiveDate};

use crate::domain::{InspectionIx, Kind, Role};
use crate::verify::posts::HeldPost;

use super::{Facts, monday_of};

/// What a day of work is spent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Work {
    OnSite,
    Preparation,
    Report,
    WriteUp,
}

impl Work {
    /// As written in the files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OnSite => "on-site",
            Self::Preparation => "preparation",
            Self::Report => "report",
            Self::WriteUp => "write-up",
        }
    }

    /// What a cell says.
    pub fn from_text(text: &str) -> Option<Self> {
        [Self::OnSite, Self::Preparation, Self::Report, Self::WriteUp]
            .into_iter()
            .find(|work| work.as_str() == text)
    }
}

/// A piece of off-site work that a post brings: so many days out of a window's working days.
#[derive(Clone, Debug)]
pub struct Task {
    pub work: Work,
    pub days: u32,
    pub window: Vec<NaiveDate>,
}

impl Facts<'_> {
    /// The off-site work of a post; none that takes no day.
    pub fn tasks(&self, post: &HeldPost) -> Vec<Task> {
        let policy = &self.dataset.policy;
        let tasks = match post.role {
            Role::Lead => vec![
                Task {
                    work: Work::Preparation,
                    days: policy.lead.preparation_days,
                    window: self.working_days_before(post.first, policy.lead.preparation_window),
                },
                Task {
                    work: Work::Report,
                    days: self.report_days(post.inspection),
                    window: self.report_window(post.inspection, post.last),
                },
            ],
            Role::Team => vec![Task {
                work: Work::WriteUp,
                days: policy.team.writeup_days,
                window: self.working_days_after(post.last, policy.team.writeup_window),
            }],
        };
        tasks.into_iter().filter(|task| task.days > 0).collect()
    }

    /// Days of off-site work that a role at an inspection brings.
    pub fn off_site_days(&self, inspection: InspectionIx, role: Role) -> i64 {
        let policy = &self.dataset.policy;
        match role {
            Role::Lead => {
                i64::from(policy.lead.preparation_days) + i64::from(self.report_days(inspection))
            }
            Role::Team => i64::from(policy.team.writeup_days),
        }
    }

    /// All days of a post, on site and off.
    pub fn post_days(&self, post: &HeldPost) -> i64 {
        post.days.len() as i64 + self.off_site_days(post.inspection, post.role)
    }

    /// The report's deadline where `last` is the last day on site.
    pub fn report_due(&self, ix: InspectionIx, last: NaiveDate) -> NaiveDate {
        let inspection = self.dataset.inspection(ix);
        let later = last.max(inspection.dates.last());
        let after_working_days = |day| {
            let window = self.dataset.policy.lead.report_window_full;
            self.working_days_after(day, window)
                .last()
                .copied()
                .unwrap_or(day)
        };
        match inspection.kind {
            Kind::Full => after_working_days(later),
            Kind::Standalone => after_working_days(last),
            // The Friday of the week after: eleven days after this week's Monday.
            Kind::Irp => monday_of(later)
                .checked_add_days(Days::new(11))
                .unwrap_or(later),
        }
    }

    fn report_days(&self, inspection: InspectionIx) -> u32 {
        let lead = &self.dataset.policy.lead;
        match self.dataset.inspection(inspection).kind {
            Kind::Full | Kind::Standalone => lead.report_days_full,
            Kind::Irp => lead.report_days_irp,
        }
    }

    fn report_window(&self, inspection: InspectionIx, last: NaiveDate) -> Vec<NaiveDate> {
        let due = self.report_due(inspection, last);
        last.iter_days()
            .skip(1)
            .take_while(|day| *day <= due)
            .filter(|day| self.is_working_day(*day))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::test_support::{Year, day};

    fn due(year: &Year, last: &str) -> String {
        Facts::new(&year.dataset)
            .report_due(InspectionIx::new(0), day(last))
            .to_string()
    }

    #[test]
    fn a_full_report_is_due_thirteen_working_days_after_the_later_end() {
        let year = Year::new()
            .full("F1", "2026-06-01", "2026-06-12")
            .bank_holiday("2026-06-15");
        assert_eq!(due(&year, "2026-06-05"), "2026-07-02");
        assert_eq!(due(&year, "2026-06-12"), "2026-07-02");
        assert_eq!(due(&year, "2026-06-19"), "2026-07-08");
    }

    #[test]
    fn a_standalone_counts_from_its_last_day_on_site() {
        let year = Year::new().standalone("S1", "2026-06-09", "2026-06-12");
        assert_eq!(due(&year, "2026-06-05"), "2026-06-24");
    }

    #[test]
    fn an_irp_is_due_on_the_friday_of_the_week_after() {
        let year = Year::new().irp("R1", "2026-06-02", "2026-06-04");
        assert_eq!(due(&year, "2026-06-04"), "2026-06-12");
        assert_eq!(due(&year, "2026-06-08"), "2026-06-19");
        assert_eq!(due(&year, "2026-06-01"), "2026-06-12");
    }
}
