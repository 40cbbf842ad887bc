//! Two plans, post by post: the person who holds one is told of it where it is new to them, moved
//! to other days, or theirs no more.

use std::collections::BTreeMap;

use crate::domain::{DateSpan, Role};

/// A post that somebody holds, as `allocations.csv` has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The inspection's id.
    pub inspection: String,
    /// The site's id.
    pub establishment: String,
    /// In which role.
    pub role: Role,
    /// The inspector's id.
    pub inspector: String,
    /// Their name.
    pub name: String,
    /// From the first to the last day on site.
    pub days: DateSpan,
}

/// What becomes of a post that somebody holds in one plan or in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They hold it in the later plan only.
    New(DateSpan),
    /// They hold it in the earlier plan only.
    Released(DateSpan),
    /// They hold it on other days.
    Moved {
        /// In the earlier plan.
        was: DateSpan,
        /// In the later one.
        now: DateSpan,
    },
    /// They hold it on the same days.
    Unchanged(DateSpan),
}

impl Fate {
    /// As `changes.csv` has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New(_) => "new",
            Self::Released(_) => "released",
            Self::Moved { .. } => "moved",
            Self::Unchanged(_) => "unchanged",
        }
    }

    /// The days in the later plan.
    pub fn now(self) -> Option<DateSpan> {
        match self {
            Self::New(now) | Self::Moved { now, .. } | Self::Unchanged(now) => Some(now),
            Self::Released(_) => None,
        }
    }

    /// The days in the earlier plan.
    pub fn was(self) -> Option<DateSpan> {
        match self {
            Self::Released(was) | Self::Moved { was, .. } | Self::Unchanged(was) => Some(was),
            Self::New(_) => None,
        }
    }
}

/// A person, a post, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostChange {
    /// As the later plan has it, where it does.
    pub held: Held,
    /// What becomes of it.
    pub fate: Fate,
}

/// Every post of either plan with whoever holds it, by date, inspection, role and person.
pub fn posts(was: &[Held], now: &[Held]) -> Vec<PostChange> {
    let key = |held: &Held| (held.inspection.clone(), held.role, held.inspector.clone());
    let mut earlier: BTreeMap<_, &Held> = was.iter().map(|held| (key(held), held)).collect();
    let mut changes: Vec<PostChange> = Vec::new();
    for held in now {
        let fate = match earlier.remove(&key(held)) {
            None => Fate::New(held.days),
            Some(before) if before.days == held.days => Fate::Unchanged(held.days),
            Some(before) => Fate::Moved {
                was: before.days,
                now: held.days,
            },
        };
        let held = held.clone();
        changes.push(PostChange { held, fate });
    }
    changes.extend(earlier.into_values().map(|held| PostChange {
        held: held.clone(),
        fate: Fate::Released(held.days),
    }));
    changes.sort_by(|one, other| {
        let order = |change: &PostChange| (change.held.days, key(&change.held));
        order(one).cmp(&order(other))
    });
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(inspection: &str, role: Role, inspector: &str, first: &str, last: &str) -> Held {
        let date = |text: &str| text.parse().expect("a date");
        Held {
            inspection: inspection.to_owned(),
            establishment: "site".to_owned(),
            role,
            inspector: inspector.to_owned(),
            name: inspector.to_lowercase(),
            days: DateSpan::new(date(first), date(last)).expect("a span"),
        }
    }

    #[test]
    fn each_post_has_one_fate() {
        let week = ["2026-09-14", "2026-09-17"];
        let next = ["2026-09-21", "2026-09-24"];
        let was = [
            held("P1", Role::Lead, "I1", week[0], week[1]),
            held("P1", Role::Team, "I2", week[0], week[1]),
            held("P2", Role::Lead, "I3", week[0], week[1]),
            held("P2", Role::Team, "I1", week[0], week[1]),
        ];
        let now = [
            held("P1", Role::Lead, "I1", week[0], week[1]),
            held("P1", Role::Team, "I4", week[0], week[1]),
            held("P2", Role::Lead, "I3", next[0], next[1]),
            // Who leads what they were on the team of holds another post.
            held("P2", Role::Team, "I2", next[0], next[1]),
        ];
        let changes = posts(&was, &now);
        let told: Vec<_> = changes
            .iter()
            .map(|change| {
                let held = &change.held;
                let role = held.role.as_str();
                let ids = format!("{} {role} {}", held.inspection, held.inspector);
                (ids, change.fate.as_str())
            })
            .collect();
        let expected = [
            ("P1 lead I1", "unchanged"),
            ("P1 team I2", "released"),
            ("P1 team I4", "new"),
            ("P2 team I1", "released"),
            ("P2 lead I3", "moved"),
            ("P2 team I2", "new"),
        ];
        assert_eq!(told, expected.map(|(ids, fate)| (ids.to_owned(), fate)));
        assert!(
            changes
                .iter()
                .all(|one| { one.fate.now().is_some() || one.fate.was().is_some() })
        );
    }
}
