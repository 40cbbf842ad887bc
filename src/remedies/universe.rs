//! Every change that is looked at, one by one: what the policy allows, and what could give
//! somebody a seat that they can't have.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::{Remedy, recruits};
use crate::change::{Amount, Capacity, Change, Who};
use crate::domain::{
    AvailabilityKind, Dataset, DateSpan, DifferentWeek, Grade, Inspector, InspectorIx, RemedyKind,
};
use crate::eligibility::Eligibility;
use crate::eligibility::calendar::monday;

/// So many steps of days, places of a site or people of a grade and region are looked at.
const MOST_OF_ONE: u32 = 3;

/// Weeks before and after a window in which work off site for it may lie.
const WEEKS_AROUND: (u64, u64) = (2, 4);

/// All of them, kind after kind.
pub fn universe(eligibility: &Eligibility) -> Vec<Remedy> {
    let mut all = List {
        eligibility,
        dataset: eligibility.dataset,
        until: last_day(eligibility),
        remedies: Vec::new(),
    };
    for kind in RemedyKind::ALL {
        let policy = all.dataset.policy.remedy.get(&kind);
        if policy.is_some_and(|remedy| remedy.allowed) {
            all.add_kind(kind);
        }
    }
    all.remedies
}

/// The last day on which papers can be needed: the programme year's, or of a window after it.
fn last_day(eligibility: &Eligibility) -> NaiveDate {
    let year = eligibility.dataset.policy.programme_year;
    let end = NaiveDate::from_ymd_opt(year + 1, 3, 31).unwrap_or_default();
    let days = eligibility.engagements.iter().map(|post| post.last_day);
    days.max().map_or(end, |last| last.max(end))
}

struct List<'a> {
    eligibility: &'a Eligibility<'a>,
    dataset: &'a Dataset,
    until: NaiveDate,
    remedies: Vec<Remedy>,
}

impl List<'_> {
    fn add_kind(&mut self, kind: RemedyKind) {
        let people: Vec<_> = self.dataset.inspector_ixs().collect();
        match kind {
            RemedyKind::Clearance => people.iter().for_each(|who| self.clearance(*who)),
            RemedyKind::Dbs => {
                let needs =
                    |row: &Inspector, until| row.dbs_expires.is_none_or(|ends| ends < until);
                let change = |who, until| Change::Dbs { who, until };
                people
                    .iter()
                    .for_each(|who| self.paper(kind, *who, needs, change));
            }
            RemedyKind::Training => {
                let needs = |row: &Inspector, until| {
                    row.custody_training_until.is_some_and(|ends| ends < until)
                };
                let change = |who, until| Change::Training { who, until };
                people
                    .iter()
                    .for_each(|who| self.paper(kind, *who, needs, change));
            }
            RemedyKind::LeadTraining => people.iter().for_each(|who| self.lead_training(*who)),
            RemedyKind::Days => people.iter().for_each(|who| self.days(*who)),
            RemedyKind::Offer => people.iter().for_each(|who| self.offers(*who)),
            RemedyKind::Leave => self.leaves(),
            RemedyKind::Place => self.places(),
            RemedyKind::Week => self.weeks(),
            RemedyKind::Person => self.people(),
        }
    }

    fn add(&mut self, kind: RemedyKind, change: Change) {
        self.remedies.push(Remedy {
            kind,
            change,
            after: None,
        });
    }

    /// `times` of the same, each after the one before.
    fn add_steps(&mut self, kind: RemedyKind, times: u32, change: impl Fn(u32) -> Change) {
        let limit = self.dataset.policy.remedy[&kind].limit.unwrap_or(u32::MAX);
        for step in 0..times.min(limit) {
            let before = self.remedies.len().checked_sub(1);
            self.remedies.push(Remedy {
                kind,
                change: change(step),
                after: before.filter(|_| step > 0),
            });
        }
    }

    fn who(&self, who: InspectorIx) -> Who {
        Who::Person(self.dataset.inspector(who).id.clone())
    }

    /// To the highest level that a site of the year asks for, to the end of the year.
    fn clearance(&mut self, who: InspectorIx) {
        let inspections = self.eligibility.inspections();
        let sites = inspections.map(|ix| self.dataset.inspection(ix).establishment);
        let highest = sites.map(|site| self.dataset.establishment(site).clearance_required);
        let Some(highest) = highest.max() else {
            return;
        };
        let held = self.dataset.inspector(who).clearance;
        if held.is_some_and(|held| held.level >= highest && held.expires >= self.until) {
            return;
        }
        let level = held.map_or(highest, |held| held.level.max(highest));
        let level = self.dataset.policy.clearance_levels[usize::from(level.0)].clone();
        // A clearance is renewed, never cut short.
        let until = held.map_or(self.until, |held| held.expires.max(self.until));
        let change = Change::Clearance {
            who: self.who(who),
            level: Some(level),
            until,
        };
        self.add(RemedyKind::Clearance, change);
    }

    fn paper(
        &mut self,
        kind: RemedyKind,
        who: InspectorIx,
        needs: impl Fn(&Inspector, NaiveDate) -> bool,
        change: impl Fn(Who, NaiveDate) -> Change,
    ) {
        if needs(self.dataset.inspector(who), self.until) {
            let change = change(self.who(who), self.until);
            self.add(kind, change);
        }
    }

    fn lead_training(&mut self, who: InspectorIx) {
        let row = self.dataset.inspector(who);
        if row.grade == Grade::Oi && !row.lead_trained {
            let who = self.who(who);
            let change = Change::LeadTraining { who, trained: true };
            self.add(RemedyKind::LeadTraining, change);
        }
    }

    /// As many steps as serve: nobody works more days than all their posts take.
    fn days(&mut self, who: InspectorIx) {
        let step = self.dataset.policy.remedy[&RemedyKind::Days].step;
        let Some(step) = step.and_then(|step| i32::try_from(step).ok()) else {
            return;
        };
        let Some(by) = std::num::NonZeroI32::new(step) else {
            return;
        };
        let who = self.who(who);
        self.add_steps(RemedyKind::Days, MOST_OF_ONE, |_| Change::Days {
            who: who.clone(),
            days: Amount::By(by),
        });
    }

    /// Monday to Friday of a week around a window, where not all of it is offered.
    fn offers(&mut self, who: InspectorIx) {
        let row = self.dataset.inspector(who);
        if row.grade != Grade::Oi {
            return;
        }
        let offered: Vec<DateSpan> = self
            .dataset
            .availability
            .iter()
            .filter(|one| one.inspector == who && one.kind == AvailabilityKind::Offered)
            .map(|one| one.span)
            .collect();
        let mut weeks = BTreeSet::new();
        for post in &self.eligibility.engagements {
            let (before, after) = WEEKS_AROUND;
            let mut week = monday(post.first_day) - Days::new(7 * before);
            while week <= post.last_day + Days::new(7 * after) {
                weeks.insert(week);
                week = week + Days::new(7);
            }
        }
        for week in weeks {
            let Some(span) = DateSpan::new(week, week + Days::new(4)) else {
                continue;
            };
            let is_offered = |day| offered.iter().any(|span| span.contains(day));
            let working = self.eligibility.calendar.working_days(span);
            let mut own =
                working.filter(|day| row.working_days.contains(chrono::Datelike::weekday(day)));
            if own.any(|day| !is_offered(day)) {
                let who = self.who(who);
                self.add(RemedyKind::Offer, Change::Offer { who, span });
            }
        }
    }

    /// To the days after all that the year can ask for.
    fn leaves(&mut self) {
        let to = self.until + Days::new(60);
        let rows = self.dataset.availability.iter();
        let away = rows.filter(|row| row.kind == AvailabilityKind::Unavailable);
        let changes: Vec<_> = away
            .map(|row| Change::MoveLeave {
                inspector: self.dataset.inspector(row.inspector).id.clone(),
                span: row.span,
                to,
            })
            .collect();
        for change in changes {
            self.add(RemedyKind::Leave, change);
        }
    }

    fn places(&mut self) {
        let inspections = self.eligibility.inspections();
        let sites: BTreeSet<_> = inspections
            .map(|ix| self.dataset.inspection(ix).establishment)
            .filter(|site| self.dataset.establishment(*site).site_capacity.is_some())
            .collect();
        for site in sites {
            let establishment = self.dataset.establishment(site).id.clone();
            if let Some(one) = std::num::NonZeroI32::new(1) {
                self.add_steps(RemedyKind::Place, MOST_OF_ONE, |_| Change::SiteCapacity {
                    establishment: establishment.clone(),
                    capacity: Capacity::Places(Amount::By(one)),
                });
            }
        }
    }

    /// Where another week is not allowed yet, and could be.
    fn weeks(&mut self) {
        let different_week = &self.dataset.policy.different_week;
        if different_week.offsets.is_empty() {
            return;
        }
        let rows = self
            .eligibility
            .inspections()
            .map(|ix| self.dataset.inspection(ix));
        let movable = rows.filter(|row| {
            row.different_week == DifferentWeek::No
                && row.bounds.is_none()
                && different_week.kinds.contains(&row.kind)
        });
        let changes: Vec<_> = movable
            .map(|row| Change::DifferentWeek {
                inspection: row.id.clone(),
                answer: DifferentWeek::Agreed,
            })
            .collect();
        for change in changes {
            self.add(RemedyKind::Week, change);
        }
    }

    /// People who join.
    fn people(&mut self) {
        let limit = self.dataset.policy.remedy[&RemedyKind::Person].limit;
        let of_each = MOST_OF_ONE as usize;
        let most = limit.map_or(of_each, |limit| of_each.min(limit as usize));
        for kind in recruits(self.dataset, MOST_OF_ONE) {
            for (step, remedy) in kind.into_iter().take(most).enumerate() {
                let before = self.remedies.len().checked_sub(1);
                self.remedies.push(Remedy {
                    after: before.filter(|_| step > 0),
                    ..remedy
                });
            }
        }
    }
}
