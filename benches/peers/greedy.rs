//! The list that a spreadsheet's user makes: inspection by inspection in order of date, each post
//! to the nearest person who may hold it and is still free. Nothing is ever taken back.

use std::collections::BTreeMap;

use muster::domain::{InspectionIx, PinAction, Role};
use muster::eligibility::Eligibility;

/// The seats of the list.
pub fn list(eligibility: &Eligibility) -> Vec<usize> {
    let dataset = eligibility.dataset;
    let mut list = List {
        eligibility,
        seats: Vec::new(),
        held: vec![Vec::new(); dataset.inspectors.len()],
        there: BTreeMap::new(),
    };
    let mut order: Vec<InspectionIx> = eligibility.inspections().collect();
    let is_pinned = |inspection: InspectionIx| {
        let mut pins = dataset.pins.iter();
        pins.any(|pin| pin.inspection == inspection && pin.action == PinAction::Pin)
    };
    // What is settled already stands in the list before it is begun.
    order.sort_by_key(|ix| (!is_pinned(*ix), dataset.inspection(*ix).dates.first(), *ix));
    for inspection in order {
        let windows = 0..eligibility.windows[inspection.get()].len();
        for window in windows {
            if list.staff(inspection, window) {
                break;
            }
        }
    }
    list.seats
}

struct List<'a> {
    eligibility: &'a Eligibility<'a>,
    seats: Vec<usize>,
    /// The posts that each person holds.
    held: Vec<Vec<usize>>,
    /// For each site and day the people there, and the fewest places that a window leaves.
    there: BTreeMap<(usize, usize), (u32, u32)>,
}

impl List<'_> {
    /// Gives the posts of an inspection in one window to whoever is nearest; whether anybody
    /// leads it there.
    fn staff(&mut self, inspection: InspectionIx, window: usize) -> bool {
        let posts = [Role::Lead, Role::Team]
            .map(|role| self.eligibility.engagement_of(inspection, window, role));
        let [Some(lead), team] = posts else {
            return false;
        };
        // A pinned lead leads, and whoever is pinned to the team does not.
        if !self.take(lead, 1) {
            return false;
        }
        if let Some(team) = team {
            self.take(team, self.eligibility.team_posts(inspection));
        }
        true
    }

    /// Fills `posts` posts of an engagement, pinned people first; whether any was filled.
    fn take(&mut self, engagement: usize, posts: u32) -> bool {
        let eligibility = self.eligibility;
        let post = &eligibility.engagements[engagement];
        let pinned_as = |person| {
            let mut pins = eligibility.dataset.pins.iter().filter(|pin| {
                pin.inspection == post.inspection
                    && pin.inspector == person
                    && pin.action == PinAction::Pin
            });
            pins.next().and_then(|pin| pin.role)
        };
        let leads_by_pin = eligibility.dataset.pins.iter().any(|pin| {
            pin.inspection == post.inspection
                && pin.action == PinAction::Pin
                && pin.role == Some(Role::Lead)
        });
        let mut seats: Vec<usize> = eligibility.seats_in(engagement).collect();
        seats.retain(|seat| {
            let pinned = pinned_as(eligibility.candidates[*seat].person);
            match pinned {
                Some(role) => role == post.role,
                None => !(leads_by_pin && post.role == Role::Lead),
            }
        });
        seats.sort_by(|a, b| {
            let key = |seat: usize| {
                let person = eligibility.candidates[seat].person;
                let distance = eligibility.distance(person, post.inspection).0;
                (pinned_as(person).is_none(), distance)
            };
            let ((a_free, a_far), (b_free, b_far)) = (key(*a), key(*b));
            a_free.cmp(&b_free).then(a_far.total_cmp(&b_far))
        });
        let mut taken = 0;
        for seat in seats {
            if taken == posts || !self.has_room(engagement) {
                break;
            }
            let held = &mut self.held[eligibility.candidates[seat].person.get()];
            held.push(engagement);
            if eligibility.fits(eligibility.candidates[seat].person, held) {
                self.seats.push(seat);
                self.count(engagement);
                taken += 1;
            } else {
                held.pop();
            }
        }
        taken > 0
    }

    /// H7: whether one more finds a place there on every day.
    fn has_room(&self, engagement: usize) -> bool {
        self.days(engagement).into_iter().all(|(at, places)| {
            let (people, fewest) = self.there.get(&at).copied().unwrap_or((0, u32::MAX));
            people < places.min(fewest)
        })
    }

    fn count(&mut self, engagement: usize) {
        for (at, places) in self.days(engagement) {
            let (people, fewest) = self.there.entry(at).or_insert((0, u32::MAX));
            *people += 1;
            *fewest = (*fewest).min(places);
        }
    }

    /// The site and days of a post, with the places that its window leaves there.
    fn days(&self, engagement: usize) -> Vec<((usize, usize), u32)> {
        let eligibility = self.eligibility;
        let post = &eligibility.engagements[engagement];
        let site = eligibility
            .dataset
            .inspection(post.inspection)
            .establishment;
        let days = post.on_site.ones().map(|day| {
            let date = eligibility.horizon.date(day);
            let window = eligibility.window(post);
            let places = eligibility.places(post.inspection, window, date);
            ((site.get(), day), places.unwrap_or(u32::MAX))
        });
        days.collect()
    }
}
