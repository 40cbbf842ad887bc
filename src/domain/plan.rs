//! A year's allocation: who holds which post, in which window.

use super::{DateSpan, InspectionIx, InspectorIx, Role};

/// Ofsted's attendance at one inspection. One window and one lead, so that a split team
/// (H14) or an attendance without a lead (H1) can't be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// The first and last day on site.
    pub on_site: DateSpan,
    /// Whether it is a different week from the normal one (¶17).
    pub different_week: bool,
    /// Who leads.
    pub lead: InspectorIx,
    /// The rest of the team, each once, in the order of `inspectors.csv`.
    pub team: Vec<InspectorIx>,
}

/// One filled post of a [`Plan`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Post {
    /// Of which inspection.
    pub inspection: InspectionIx,
    /// In which role.
    pub role: Role,
    /// Held by whom.
    pub inspector: InspectorIx,
}

/// What is done at each inspection of the programme: `None` where Ofsted does not attend.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// By position in `programme.csv`.
    pub attendances: Vec<Option<Attendance>>,
}

impl Plan {
    /// The plan for `inspections` entries in which nobody goes anywhere.
    pub fn empty(inspections: usize) -> Self {
        Self {
            attendances: vec![None; inspections],
        }
    }

    /// What is done at `inspection`.
    pub fn at(&self, inspection: InspectionIx) -> Option<&Attendance> {
        self.attendances[inspection.get()].as_ref()
    }

    /// Every filled post, by inspection, lead first.
    pub fn posts(&self) -> impl Iterator<Item = (Post, &Attendance)> {
        self.attendances
            .iter()
            .enumerate()
            .flat_map(|(position, attendance)| {
                let inspection = InspectionIx::new(position);
                attendance.iter().flat_map(move |attendance| {
                    std::iter::once((Role::Lead, attendance.lead))
                        .chain(attendance.team.iter().map(|person| (Role::Team, *person)))
                        .map(move |(role, inspector)| {
                            (
                                Post {
                                    inspection,
                                    role,
                                    inspector,
                                },
                                attendance,
                            )
                        })
                })
            })
    }
}
