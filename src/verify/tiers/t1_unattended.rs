//! T1 (¶13, 16): inspections in scope left without attendance, by weight.

use crate::domain::{AgeGroup, InspectionIx, Judgement, Kind};
use crate::verify::facts::Facts;
use crate::verify::posts::Posts;

pub fn value(facts: &Facts, posts: &Posts) -> i64 {
    facts
        .in_scope()
        .filter(|ix| posts.lead(*ix).is_none())
        .map(|ix| weight(facts, ix))
        .sum()
}

fn weight(facts: &Facts, ix: InspectionIx) -> i64 {
    let policy = &facts.dataset.policy.priority;
    let inspection = facts.dataset.inspection(ix);
    let mut weight = policy.base;
    if facts.site(ix).age_group == AgeGroup::Children {
        weight += policy.children;
    }
    if inspection.previous_esw == Some(Judgement::Inadequate) {
        weight += policy.inadequate;
    }
    if inspection.kind == Kind::Standalone {
        weight += policy.standalone;
    }
    weight
}

#[cfg(test)]
mod tests {
    use crate::domain::{AgeGroup, Judgement, Role::Lead};
    use crate::verify::test_support::Year;
    use crate::verify::tier_values;

    #[test]
    fn weights_add_up_over_what_is_not_attended() {
        let mut year = Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .irp("R1", "2026-06-02", "2026-06-04")
            .standalone("S1", "2026-07-07", "2026-07-08")
            .irp("R2", "2026-08-04", "2026-08-06")
            .hmi("A");
        year.dataset.programme[3].previous_esw = Some(Judgement::Good);
        let value = |year: &Year| tier_values(&year.dataset, &year.posts).t1;
        assert_eq!(value(&year), 2 + 3 + 1);
        year.dataset.establishments[0].age_group = AgeGroup::Children;
        assert_eq!(value(&year), 4 + 5 + 3);
        assert_eq!(value(&year.post("R1", Lead, "A")), 4 + 3);
    }
}
