//! H13: in any `window_weeks` consecutive weeks, at most `max_weeks` hold a day on site (¶37).

use good_lp::{Constraint, Expression, Variable, constraint, variable};

use crate::domain::InspectorIx;
use crate::model::Year;

/// One person's week.
pub struct PersonWeek {
    person: InspectorIx,
    number: i32,
    /// The person's seats with a day on site in it.
    pub seats: Vec<usize>,
    /// Where two of the seats can be held together, their sum counts the week twice: this
    /// variable, at least each of them, counts it once.
    pub extra: Option<Variable>,
}

impl PersonWeek {
    /// Whether they were on site in it, and that is settled (H17).
    fn is_settled(&self, year: &Year) -> bool {
        let settled = |seat: &usize| year.eligibility.settled.is_settled(year.candidate(*seat));
        self.seats.iter().any(settled)
    }
}

/// Every week of every person with a seat in it, by person and week.
pub struct Load {
    /// The weeks.
    pub weeks: Vec<PersonWeek>,
}

/// The weeks that may hold a day on site, and the variables that some of them need.
pub fn weeks(year: &mut Year) -> Load {
    let eligibility = year.eligibility;
    let mut weeks: Vec<PersonWeek> = Vec::new();
    for person in eligibility.dataset.inspector_ixs() {
        let mut by_week = std::collections::BTreeMap::<i32, Vec<usize>>::new();
        for seat in &year.seats_of[person.get()] {
            for week in &eligibility.engagement(year.candidate(*seat)).weeks {
                by_week.entry(*week).or_default().push(*seat);
            }
        }
        for (number, seats) in by_week {
            let engagement = |seat: usize| eligibility.candidates[seat].engagement;
            let together = seats.iter().enumerate().any(|(at, a)| {
                seats[at + 1..]
                    .iter()
                    .any(|b| !eligibility.clash(person, engagement(*a), engagement(*b)))
            });
            let extra = together.then(|| year.add_variable(variable().min(0.0).max(1.0)));
            weeks.push(PersonWeek {
                person,
                number,
                seats,
                extra,
            });
        }
    }
    Load { weeks }
}

/// For each person and run of weeks: Σ weeks on site ≤ `max_weeks`; a week that needs a
/// variable of its own is at least each of its seats.
pub fn rows(year: &Year, load: &Load) -> Vec<Constraint> {
    let rolling = &year.eligibility.dataset.policy.rolling;
    let most = f64::from(rolling.max_weeks);
    let mut rows = Vec::new();
    for week in &load.weeks {
        if let Some(extra) = week.extra {
            rows.extend(
                week.seats
                    .iter()
                    .map(|seat| constraint!(year.seats[*seat] <= extra)),
            );
        }
    }
    for weeks in load.weeks.chunk_by(|a, b| a.person == b.person) {
        let mut end = 0;
        for (first, week) in weeks.iter().enumerate() {
            let inside = |w: &PersonWeek| w.number - week.number < rolling.window_weeks as i32;
            let last = first + weeks[first..].iter().take_while(|w| inside(w)).count();
            // A run that ends no later than the one before it is a part of that one.
            if last == end || last - first <= rolling.max_weeks as usize {
                continue;
            }
            end = last;
            let run = &weeks[first..last];
            let settled = run.iter().filter(|week| week.is_settled(year)).count() as f64;
            let on_site: Expression = run.iter().map(|w| on_site(year, w)).sum();
            rows.push(constraint!(on_site <= most.max(settled)));
        }
    }
    rows
}

fn on_site(year: &Year, week: &PersonWeek) -> Expression {
    match week.extra {
        Some(extra) => extra.into(),
        None => year.sum(week.seats.iter().copied()),
    }
}
