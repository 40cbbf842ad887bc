//! Rules and tiers that can be taken away, to see whether anything depends on them.

use std::collections::BTreeSet;

/// A hard rule, and what is left of it when it is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Dropped: an inspection may be attended by team inspectors without a lead.
    H1,
    /// Dropped: any OI may lead.
    H2,
    /// Dropped: Welsh sites are inspected like English ones.
    H3,
    /// Dropped: every IRP is in scope, whatever its judgement and `ofsted_attends` say.
    H4,
    /// Dropped: DBS checks and training for custodial sites never lapse.
    H5,
    /// Dropped: everybody is cleared for every site.
    H6,
    /// Dropped: every site takes any number of people, in any week.
    H7,
    /// Dropped: posts of one person may share days; each is still feasible alone.
    H8,
    /// Dropped: everybody is available on every working day, offered or not.
    H9,
    /// Dropped: there are no conflicts of interest.
    H10,
    /// Dropped: neither the year nor a quarter has a cap.
    H11,
    /// Dropped: reports take no days from the calendar (they still count and cost).
    H12,
    /// Dropped: any number of weeks on site in a row.
    H13,
    /// Dropped: each of a team comes in a window of their own. The inspection counts in T2
    /// if any of them comes in a different one.
    H14,
    /// Dropped: pins and forbidden posts are ignored.
    H15,
    /// Dropped: unannounced inspections may be attended before HMIP's first day.
    H16,
    /// Not a rule of its own, but what of H8, H9 and H12 pairs of posts don't show. Dropped:
    /// of one person's posts, any two must find their days, not all together.
    BeyondPairs,
}

impl Rule {
    /// All rules of the domain brief that the annual run keeps, in order.
    pub const ALL: [Self; 16] = [
        Self::H1,
        Self::H2,
        Self::H3,
        Self::H4,
        Self::H5,
        Self::H6,
        Self::H7,
        Self::H8,
        Self::H9,
        Self::H10,
        Self::H11,
        Self::H12,
        Self::H13,
        Self::H14,
        Self::H15,
        Self::H16,
    ];
}

/// A tier of the objective that the annual run solves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Leads whose names were given and who don't stay: before all tiers, where a published plan
    /// is made anew.
    Names,
    /// Weight of inspections not attended.
    T1,
    /// Different weeks.
    T2,
    /// Team posts left empty.
    T3,
    /// Published posts that change.
    T4,
    /// Attended inspections without a reserve, where the policy asks for them.
    T5,
    /// Cost.
    T6,
    /// Unfairness.
    T7,
    /// Continuity.
    T8,
}

impl Tier {
    /// Those of an annual run, in the order of their numbers.
    pub const ALL: [Self; 6] = [Self::T1, Self::T2, Self::T3, Self::T6, Self::T7, Self::T8];
}

/// What is taken away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    /// Rules no longer enforced.
    pub rules: BTreeSet<Rule>,
    /// A tier left out of the order. Its value is then the worst among the plans that are
    /// optimal for the rest: were it never to matter, that would still be its optimum.
    pub tier: Option<Tier>,
}

impl Dropped {
    /// Everything holds.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// One rule is not enforced.
    pub fn rule(rule: Rule) -> Self {
        Self {
            rules: BTreeSet::from([rule]),
            tier: None,
        }
    }

    /// One tier is left out.
    pub fn tier(tier: Tier) -> Self {
        Self {
            rules: BTreeSet::new(),
            tier: Some(tier),
        }
    }
}
