//! Which seats a solution takes, and the plan that they make.

use crate::domain::{Attendance, DateSpan, InspectionIx, InspectorIx, Plan, Role};
use crate::eligibility::Eligibility;

/// The seats that are taken: positions in [`Eligibility::candidates`], in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection(Vec<usize>);

impl Selection {
    /// The selection of the given seats, in any order.
    pub fn new(mut seats: Vec<usize>) -> Self {
        seats.sort_unstable();
        seats.dedup();
        Self(seats)
    }

    /// The seats whose columns are 1 in `solution`.
    pub fn from_solution(solution: &[f64], seats: usize) -> Self {
        Self((0..seats).filter(|seat| solution[*seat] > 0.5).collect())
    }

    /// The seats, in order.
    pub fn seats(&self) -> impl Iterator<Item = usize> {
        self.0.iter().copied()
    }

    /// Whether `seat` is taken.
    pub fn contains(&self, seat: usize) -> bool {
        self.0.binary_search(&seat).is_ok()
    }

    /// The engagements that each person holds, by position in `inspectors.csv`.
    pub fn held(&self, eligibility: &Eligibility) -> Vec<Vec<usize>> {
        let mut held = vec![Vec::new(); eligibility.dataset.inspectors.len()];
        for seat in self.seats() {
            let candidate = eligibility.candidates[seat];
            held[candidate.person.get()].push(candidate.engagement);
        }
        held
    }

    /// Whether everybody can hold what they are given: H8, H11, H12 and H13, exactly.
    pub fn fits(&self, eligibility: &Eligibility) -> bool {
        std::iter::zip(eligibility.dataset.inspector_ixs(), self.held(eligibility))
            .all(|(person, held)| eligibility.fits(person, &held))
    }

    /// The plan that they make.
    ///
    /// # Panics
    /// Where a team has no lead or two windows, which the model's rows rule out.
    pub fn plan(&self, eligibility: &Eligibility) -> Plan {
        let mut plan = Plan::empty(eligibility.dataset.programme.len());
        for lead in self.seats() {
            let candidate = eligibility.candidates[lead];
            let engagement = eligibility.engagement(candidate);
            if engagement.role == Role::Team {
                continue;
            }
            let window = eligibility.window(engagement);
            let on_site = DateSpan::new(engagement.first_day, engagement.last_day)
                .expect("days on site are in order");
            let attendance = Attendance {
                on_site,
                different_week: window.different_week,
                lead: candidate.person,
                team: self.team(eligibility, engagement.inspection),
            };
            let earlier = plan.attendances[engagement.inspection.get()].replace(attendance);
            assert!(earlier.is_none(), "one lead an inspection");
        }
        plan
    }

    fn team(&self, eligibility: &Eligibility, inspection: InspectionIx) -> Vec<InspectorIx> {
        let candidates = self.seats().map(|seat| eligibility.candidates[seat]);
        let mut team: Vec<_> = candidates
            .filter(|candidate| {
                let engagement = eligibility.engagement(*candidate);
                engagement.inspection == inspection && engagement.role == Role::Team
            })
            .map(|candidate| candidate.person)
            .collect();
        team.sort_unstable();
        team
    }
}
