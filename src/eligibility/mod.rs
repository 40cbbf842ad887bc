//! Who can hold which post in which window, and if not, why: the one source that the model,
//! the plans' repair, the explanations and the search for a stand-in share.
//!
//! What concerns one post and one person is decided in `rules`, one file a rule (H2, H5, H6,
//! H9, H10, H15, and H7, H11, H12 and H13 for the post alone); what several posts of one person
//! need together is in [`load`]; what links people to each other (H1, H7) is the model's.

pub mod calendar;
pub mod cost;
mod engagement;
pub mod load;
pub mod off_site;
mod people;
mod places;
mod reason;
mod rules;
pub mod scope;
mod settled;
#[cfg(test)]
mod test_support;
pub mod windows;

use rayon::prelude::*;

use crate::domain::{
    Conflict, Dataset, DateSpan, EstablishmentIx, InspectionIx, InspectorIx, Role,
};
use calendar::{Calendar, Horizon};
use engagement::Draft;
pub use engagement::Engagement;
use load::Limits;
use people::PersonDays;
use places::Places;
pub use reason::Reason;
use scope::Scope;
pub use settled::Settled;
use windows::Window;

/// A person who may hold a post in a window: one binary of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Candidate {
    /// The position of the post and window in [`Eligibility::engagements`].
    pub engagement: usize,
    /// Who.
    pub person: InspectorIx,
}

/// Who can hold which post of a year's programme.
#[derive(Clone, Debug)]
pub struct Eligibility<'a> {
    /// The dataset it was made of.
    pub dataset: &'a Dataset,
    /// Its working days.
    pub calendar: Calendar,
    /// The numbers of its days.
    pub horizon: Horizon,
    /// The scope of each inspection, by position in `programme.csv`.
    pub scopes: Vec<Scope>,
    /// The windows of each inspection, by position in `programme.csv`; none out of scope.
    pub windows: Vec<Vec<Window>>,
    /// Every post in every window that is open, by inspection, window and role.
    pub engagements: Vec<Engagement>,
    /// Everybody who may hold one, in the order of the engagements, then of `inspectors.csv`.
    pub candidates: Vec<Candidate>,
    /// What of a published plan can't be changed any more.
    pub settled: Settled,
    people: Vec<PersonDays>,
    limits: Vec<Limits>,
    /// The positions of each person's rows in `conflicts.csv`.
    conflicts: Vec<Vec<usize>>,
    /// The places left at each site (H7).
    places: Places,
    /// Of each engagement the first day on which its site has none.
    full: Vec<Option<chrono::NaiveDate>>,
}

impl<'a> Eligibility<'a> {
    /// Works out the eligibility of everybody for everything.
    pub fn new(dataset: &'a Dataset) -> Self {
        let _span = tracing::info_span!("eligibility").entered();
        let calendar = Calendar::new(dataset.bank_holidays.keys().copied());
        let scopes: Vec<_> = dataset
            .programme
            .iter()
            .enumerate()
            .map(|(at, inspection)| settled::scope(dataset, InspectionIx::new(at), inspection))
            .collect();
        let mut windows: Vec<Vec<Window>> = std::iter::zip(&dataset.programme, &scopes)
            .map(|(inspection, scope)| match scope {
                Scope::In { .. } => windows::windows(inspection, &dataset.policy, &calendar),
                Scope::Out(_) => Vec::new(),
            })
            .collect();
        settled::close(dataset, &calendar, &mut windows);
        let drafts: Vec<Draft> = dataset
            .inspection_ixs()
            .flat_map(|ix| {
                let inspection = dataset.inspection(ix);
                let roles: &[Role] = match inspection.team_required {
                    Some(1) => &[Role::Lead],
                    _ => &[Role::Lead, Role::Team],
                };
                let (policy, calendar) = (&dataset.policy, &calendar);
                let open = windows[ix.get()]
                    .iter()
                    .enumerate()
                    .filter(|w| w.1.closed.is_none());
                open.flat_map(move |window| {
                    roles.iter().map(move |role| {
                        Draft::new((ix, inspection), window, *role, policy, calendar)
                    })
                })
            })
            .collect();
        let horizon = Horizon::new(extent(dataset, &drafts));
        let engagements: Vec<_> = drafts
            .into_iter()
            .map(|draft| draft.number(horizon))
            .collect();
        let people = people::person_days(dataset, &calendar, horizon);
        let limits = dataset
            .inspectors
            .iter()
            .map(|i| Limits::new(i, &dataset.policy))
            .collect();
        let mut conflicts = vec![Vec::new(); dataset.inspectors.len()];
        for (at, conflict) in dataset.conflicts.iter().enumerate() {
            conflicts[conflict.inspector.get()].push(at);
        }
        let mut eligibility = Self {
            dataset,
            calendar,
            horizon,
            scopes,
            windows,
            engagements,
            candidates: Vec::new(),
            settled: Settled::default(),
            people,
            limits,
            conflicts,
            places: Places::new(dataset),
            full: Vec::new(),
        };
        let posts = eligibility.engagements.iter();
        eligibility.full = posts
            .map(|post| rules::place::full(&eligibility, post))
            .collect();
        eligibility.settle();
        eligibility.candidates = (0..eligibility.engagements.len())
            .into_par_iter()
            .flat_map_iter(|engagement| {
                dataset
                    .inspector_ixs()
                    .map(move |person| Candidate { engagement, person })
            })
            .filter(|candidate| {
                eligibility.settled.is_settled(*candidate) || rules::allow(&eligibility, *candidate)
            })
            .collect();
        eligibility
    }

    /// Whether `inspection` is Ofsted's to staff.
    pub fn in_scope(&self, inspection: InspectionIx) -> bool {
        matches!(self.scopes[inspection.get()], Scope::In { .. })
    }

    /// Every inspection in scope, in the file's order.
    pub fn inspections(&self) -> impl Iterator<Item = InspectionIx> {
        self.dataset
            .inspection_ixs()
            .filter(|ix| self.in_scope(*ix))
    }

    /// How many team members besides the lead `inspection`, in scope, asks for.
    pub fn team_posts(&self, inspection: InspectionIx) -> u32 {
        let required = self.dataset.inspection(inspection).team_required;
        required
            .expect("an inspection in scope names its team")
            .saturating_sub(1)
    }

    /// The window that `engagement` uses.
    pub fn window(&self, engagement: &Engagement) -> &Window {
        &self.windows[engagement.inspection.get()][engagement.window]
    }

    /// Which posts, windows and inspections a candidate stands for.
    pub fn engagement(&self, candidate: Candidate) -> &Engagement {
        &self.engagements[candidate.engagement]
    }

    /// The post of `inspection` in `role` in the window at `window`, where that is open.
    pub fn engagement_of(
        &self,
        inspection: InspectionIx,
        window: usize,
        role: Role,
    ) -> Option<usize> {
        self.engagements
            .binary_search_by_key(&(inspection, window, role), |e| {
                (e.inspection, e.window, e.role)
            })
            .ok()
    }

    /// The candidates of one post and window.
    pub fn candidates_of(&self, engagement: usize) -> &[Candidate] {
        &self.candidates[self.seats_in(engagement)]
    }

    /// Where they stand in [`Self::candidates`].
    pub fn seats_in(&self, engagement: usize) -> std::ops::Range<usize> {
        let candidates = &self.candidates;
        let first = candidates.partition_point(|c| c.engagement < engagement);
        let last = candidates.partition_point(|c| c.engagement <= engagement);
        first..last
    }

    /// Their conflicts of interest, in the order of `conflicts.csv`.
    pub fn conflicts(&self, person: InspectorIx) -> impl Iterator<Item = &Conflict> {
        let at = self.conflicts[person.get()].iter();
        at.map(|at| &self.dataset.conflicts[*at])
    }

    /// The distance that `person` travels to `inspection`.
    pub fn distance(
        &self,
        person: InspectorIx,
        inspection: InspectionIx,
    ) -> crate::domain::Kilometres {
        let site = self
            .dataset
            .establishment(self.dataset.inspection(inspection).establishment);
        cost::distance(self.dataset.inspector(person).location, site.location)
    }

    /// What a post costs (T6).
    pub fn cost(&self, candidate: Candidate) -> crate::domain::Pence {
        let engagement = self.engagement(candidate);
        cost::cost(
            &self.dataset.policy,
            self.dataset.inspector(candidate.person).grade,
            engagement.role,
            self.distance(candidate.person, engagement.inspection),
            engagement.days_on_site,
            engagement.days_off_site,
        )
    }

    /// The places that a window of `inspection` leaves to Ofsted on `date` (H7, ¶19): those of
    /// that day, and in a different week no more than the fewest of the normal window.
    pub fn places(
        &self,
        inspection: InspectionIx,
        window: &Window,
        date: chrono::NaiveDate,
    ) -> Option<u32> {
        let site = self.dataset.inspection(inspection).establishment;
        let that_day = self.places.on(site, date)?;
        match self.different_week_places(inspection, window) {
            Some(fewest) => Some(that_day.min(fewest)),
            None => Some(that_day),
        }
    }

    /// The places left to Ofsted at `site` on `day`, whichever window they are for (H7).
    pub fn places_on(&self, site: EstablishmentIx, day: calendar::Day) -> Option<u32> {
        self.places.on(site, self.horizon.date(day))
    }

    /// The fewest places of the normal window, where `window` is a different week that is not
    /// moved for room.
    pub fn different_week_places(&self, inspection: InspectionIx, window: &Window) -> Option<u32> {
        if !window.different_week || self.dataset.policy.different_week.for_room {
            return None;
        }
        let site = self.dataset.inspection(inspection).establishment;
        let normal = &self.windows[inspection.get()][0];
        let days = normal.on_site.iter();
        days.filter_map(|date| self.places.on(site, *date)).min()
    }

    /// Whether what is published of `inspection` can't be changed any more (H17).
    pub fn is_over(&self, inspection: InspectionIx) -> bool {
        let published = self.dataset.published.as_ref();
        published.is_some_and(|published| published.is_over(inspection))
    }

    /// The day of planning, where somebody is at an inspection that was under way before it (H17).
    pub fn there_before(&self, candidate: Candidate) -> Option<chrono::NaiveDate> {
        let published = self.dataset.published.as_ref()?;
        let inspection = self.engagement(candidate).inspection;
        let is_theirs =
            |post: &crate::domain::PublishedPost| post.inspector == Some(candidate.person);
        let was_there = published.of(inspection).any(is_theirs);
        let under_way = published.has_begun(inspection) && !published.is_over(inspection);
        (was_there && under_way).then_some(published.as_of)
    }

    /// The seats that are settled, in order.
    pub fn settled_seats(&self) -> impl Iterator<Item = usize> {
        let posts = self.settled.posts().iter();
        posts.filter_map(|post| self.candidates.binary_search(post).ok())
    }

    /// Every reason why `candidate` may not hold the post; none where they may.
    pub fn reasons(&self, candidate: Candidate) -> Vec<Reason> {
        rules::reasons(self, candidate).collect()
    }
}

/// The days that anything can touch: all engagements, and the programme year.
fn extent(dataset: &Dataset, drafts: &[Draft]) -> DateSpan {
    let year = chrono::NaiveDate::from_ymd_opt(dataset.policy.programme_year, 4, 1)
        .unwrap_or(chrono::NaiveDate::MIN);
    let (mut first, mut last) = match drafts.first() {
        Some(draft) => (draft.extent().first(), draft.extent().last()),
        None => (year, year),
    };
    for draft in drafts {
        first = first.min(draft.extent().first());
        last = last.max(draft.extent().last());
    }
    DateSpan::new(first, last).expect("the least is not after the greatest")
}
