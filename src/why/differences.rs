//! What two plans do differently, inspection by inspection: attendance, weeks and how many are
//! on the team; not who.

use crate::domain::{DateSpan, InspectionIx, Plan};

/// What becomes of an inspection when one plan is exchanged for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// It is not attended any more.
    NotAttended,
    /// It is attended, as it was not before.
    Attended,
    /// It moves to a different week.
    Moved(DateSpan),
    /// It moves back to its second week.
    MovedBack(DateSpan),
    /// So many more team posts stay empty, or fewer where below 0.
    TeamShorter(i32),
}

impl Difference {
    /// Whether the inspection is worse off.
    pub fn is_loss(self) -> bool {
        match self {
            Self::NotAttended | Self::Moved(_) => true,
            Self::Attended | Self::MovedBack(_) => false,
            Self::TeamShorter(posts) => posts > 0,
        }
    }
}

/// Every difference that `after` makes to `before`, in the order of the programme; the worse
/// ones of an inspection first.
pub fn differences(before: &Plan, after: &Plan) -> Vec<(InspectionIx, Difference)> {
    let mut all = Vec::new();
    for (at, (before, after)) in std::iter::zip(&before.attendances, &after.attendances).enumerate()
    {
        let inspection = InspectionIx::new(at);
        let mut add = |difference| all.push((inspection, difference));
        let team = |attendance: &Option<crate::domain::Attendance>| {
            attendance.as_ref().map_or(0, |a| a.team.len() as i32)
        };
        match (before, after) {
            (Some(_), None) => add(Difference::NotAttended),
            (None, Some(_)) => add(Difference::Attended),
            (Some(before), Some(after)) if before.different_week != after.different_week => {
                add(if after.different_week {
                    Difference::Moved(after.on_site)
                } else {
                    Difference::MovedBack(after.on_site)
                });
            }
            _ => {}
        }
        // Of an inspection that is not attended, the team goes without saying.
        let shorter = team(before) - team(after);
        if shorter != 0 && after.is_some() {
            add(Difference::TeamShorter(shorter));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Attendance, InspectorIx};

    fn attended(team: usize, different_week: bool) -> Option<Attendance> {
        let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 5, day).expect("a date");
        Some(Attendance {
            on_site: DateSpan::new(day(4), day(7)).expect("in order"),
            different_week,
            lead: InspectorIx::new(0),
            team: (1..=team).map(InspectorIx::new).collect(),
        })
    }

    #[test]
    fn each_inspection_is_told_by_what_it_loses_or_wins() {
        let before = Plan {
            attendances: vec![
                attended(3, false),
                attended(2, false),
                None,
                attended(1, true),
            ],
        };
        let after = Plan {
            attendances: vec![
                None,
                attended(1, true),
                attended(0, false),
                attended(2, false),
            ],
        };
        let span = before.attendances[0].as_ref().expect("attended").on_site;
        let found = differences(&before, &after);
        let at = InspectionIx::new;
        assert_eq!(
            found,
            [
                (at(0), Difference::NotAttended),
                (at(1), Difference::Moved(span)),
                (at(1), Difference::TeamShorter(1)),
                (at(2), Difference::Attended),
                (at(3), Difference::MovedBack(span)),
                (at(3), Difference::TeamShorter(-1)),
            ]
        );
        let losses = found.iter().filter(|(_, difference)| difference.is_loss());
        assert_eq!(losses.count(), 3);
        assert!(differences(&before, &before).is_empty());
    }
}
